"""The English words of the calendar."""

import re

from darak.language.mentions import Vocabulary, folded
from darak.language.numbers import english_number
from darak.language.periods import LAST, WEEKEND, Part, Pick, Unit

MONTHS = {
    "january,jan": 1,
    "february,feb": 2,
    "march,mar": 3,
    "april,apr": 4,
    "may": 5,
    "june,jun": 6,
    "july,jul": 7,
    "august,aug": 8,
    "september,sept,sep": 9,
    "october,oct": 10,
    "november,nov": 11,
    "december,dec": 12,
}
WEEKDAYS = {
    "monday,mon": 0,
    "tuesday,tues,tue": 1,
    "wednesday,wed": 2,
    "thursday,thurs,thur,thu": 3,
    "friday,fri": 4,
    "saturday,sat": 5,
    "sunday,sun": 6,
    "weekend": WEEKEND,
}
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn,fall": (9, 3), "winter": (12, 3)}
HALVES_AND_QUARTERS = {
    "first half,h1": (1, 6),
    "second half,h2": (7, 6),
    "first quarter,1st quarter,q1": (1, 3),
    "second quarter,2nd quarter,q2": (4, 3),
    "third quarter,3rd quarter,q3": (7, 3),
    "fourth quarter,4th quarter,last quarter,q4": (10, 3),
}
ORDINALS = {"first,1st": 1, "second,2nd": 2, "third,3rd": 3, "fourth,4th": 4, "fifth,5th": 5, "last,final": LAST}
DAYS = {
    "the day before yesterday,day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "the day after tomorrow,day after tomorrow": 2,
}
NIGHTS = {"last night": -1, "tonight": 0}
HOLIDAYS = {
    "christmas eve,xmas eve": "christmas_eve",
    "christmas,xmas,christmas day,xmas day": "christmas",
    "boxing day": "boxing_day",
    "new year's eve": "new_years_eve",
    "lunar new year,lunar new year's day,korean new year,chinese new year,spring festival,seollal": "seollal",
    "new year's day,new year's": "new_year",
    "valentine's day,valentine's": "valentine",
    "white day": "white_day",
    "april fools' day,april fools": "april_fools",
    "good friday": "good_friday",
    "easter,easter sunday": "easter",
    "mother's day,mothers' day": "mothers_day",
    "father's day,fathers' day": "fathers_day",
    "children's day": "childrens_day",
    "parents' day": "parents_day",
    "teachers' day,teacher's day": "teachers_day",
    "fourth of july,4th of july,independence day": "us_independence_day",
    "labor day": "us_labor_day",
    "halloween,hallowe'en": "halloween",
    "thanksgiving,thanksgiving day": "thanksgiving",
    "black friday": "black_friday",
    "hangul day": "hangul_day",
    "chuseok,mid-autumn festival,mid-autumn day": "chuseok",
    "buddha's birthday": "buddhas_birthday",
}
# Idioms that look back from now: from, to, unit.
IDIOMS: dict[str, tuple[int, int, Unit]] = {
    "recently,lately,these days,nowadays,the other day": (-30, 0, "day"),
    "this time last year,the same time last year": (-13, -11, "month"),
    "half a year ago": (-8, -4, "month"),
}
PARTS: dict[str, Part] = {
    "early": "early",
    "mid,middle": "mid",
    "late": "late",
    "beginning,start": "start",
    "end": "end",
}
PICKS = ("last,past,previous", "this,current", "next,following", "coming,upcoming,this coming")
YEARS = {"last year,previous year": -1, "this year": 0, "next year": 1, "the year before last,year before last": -2}
MONTH_SHIFTS = {"last month,previous month": -1, "this month": 0, "next month": 1, "the month before last": -2}
WEEKS = {
    "last week,previous week": -1,
    "this week": 0,
    "next week": 1,
    "the week before last": -2,
    "the week after next": 2,
}
PICK_WORDS: dict[str, Pick] = {
    PICKS[0]: "last",
    PICKS[1]: "this",
    PICKS[2]: "next",
    PICKS[3]: "coming",
    "within": "next",
}
UNITS: tuple[Unit, ...] = ("minute", "hour", "day", "week", "month", "year")
ENGLISH = Vocabulary(
    number=english_number,
    years=folded(YEARS),
    months=folded(MONTHS),
    month_shifts=folded(MONTH_SHIFTS),
    runs=folded({**SEASONS, **HALVES_AND_QUARTERS}),
    parts=folded(PARTS),
    ordinals=folded(ORDINALS),
    weeks=folded(WEEKS),
    days=folded(DAYS | NIGHTS),
    weekdays=folded(WEEKDAYS),
    picks=folded(PICK_WORDS),
    units={str(unit): unit for unit in UNITS},
    holidays=folded(HOLIDAYS),
)


def english_calendar() -> set[str]:
    """Each word that names a day or a span of days, those of phrases apart."""
    tables = (MONTHS, WEEKDAYS, SEASONS, DAYS, NIGHTS, HOLIDAYS, IDIOMS, PARTS, YEARS, MONTH_SHIFTS, WEEKS, PICK_WORDS)
    units = (form for unit in UNITS for form in (unit, f"{unit}s"))
    return {*units, *(word for table in tables for names in table for word in re.split("[ ,]", names))}
