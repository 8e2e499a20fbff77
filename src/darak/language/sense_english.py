"""Whether a word of the calendar is meant as a date: `may I`, `march on`, `I sat`, `spring rolls` are not."""

import re

from darak.language import words_english as words
from darak.language.mentions import one_of
from darak.language.nearby import just_before
from darak.language.words_english import ENGLISH

_FULL_MONTHS = ({name for name in ENGLISH.months if len(name) > 4} - {"march"}) | {"june", "july"}
_FULL_WEEKDAYS = {name for name in ENGLISH.weekdays if name.endswith("day")}
_QUALIFIERS = ("part", "edge", "pick", "year", "year2", "year_word", "years_ago", "day", "nth")

_months = one_of(words.MONTHS)
_clearly_in = re.compile(r"\b(?:in|of|since|until|till|during|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
_preposed = re.compile(
    r"(?:\b(?:in|of|since|until|till|during|throughout|around|by|before|after|from|through|between|on|over)\s+(?:the\s+)?"
    rf"|\b(?:{_months})\s*(?:-|–|to|and|or|through|until|till|vs\.?)\s*)$",
    re.IGNORECASE,
)
_month_follows = re.compile(rf"\s*(?:-|–|to|and|or|through|until|till|vs\.?)\s*(?:{_months})\b", re.IGNORECASE)
_on = re.compile(r"\b(?:on|by|until|till|since|before|after|from|through)\s+$", re.IGNORECASE)
_sentence_goes_on = re.compile(r"\s*\w")


def is_date(match: re.Match[str]) -> bool:
    """Whether the words around a match, and its own, make it a date."""
    groups = match.groupdict()
    if month := groups.get("month"):
        return _is_month(match, month)
    if groups.get("run") and groups["run"].lower() in ("spring", "summer", "autumn", "fall", "winter"):
        return _is_season(match, groups["run"].lower())
    if groups.get("weekday"):
        return _is_weekday(match, groups["weekday"])
    return True


def _is_month(match: re.Match[str], month: str) -> bool:
    text, groups = match.string, match.groupdict()
    if month.lower() in _FULL_MONTHS:
        return True
    if any(groups.get(name) for name in ("part", "edge", "nth", "year2", "year_word", "years_ago")):
        return True
    if groups.get("year"):
        return groups.get("link") is None or "in" not in groups["link"]
    capital = month[0].isupper()
    if groups.get("day"):
        sure = capital or groups.get("ordinal") or just_before(_on, text, match.start())
        return bool(sure) or not _sentence_goes_on.match(text, match.end())
    if pick := groups.get("pick"):
        return capital or pick.lower() in ("last", "next")
    if _month_follows.match(text, match.end()):
        return True
    return bool(just_before(_preposed if capital else _clearly_in, text, match.start()))


def _is_season(match: re.Match[str], season: str) -> bool:
    groups = match.groupdict()
    if season == "fall" and groups.get("link") and "in" in groups["link"].split() + ["in"] * (not groups.get("year")):
        # "Did I fall last year?" is no autumn; "in the fall last year" and "fall of 2020" are.
        return bool(just_before(_preposed, match.string, match.start()))
    if any(groups.get(name) for name in _QUALIFIERS):
        return True
    return bool(just_before(_preposed, match.string, match.start()))


def _is_weekday(match: re.Match[str], weekday: str) -> bool:
    groups = match.groupdict()
    if weekday.lower() in _FULL_WEEKDAYS or groups.get("pick") or groups.get("nth"):
        return True
    if weekday.lower() == "weekend":
        return bool(match[0].lower().startswith("the") or just_before(_preposed, match.string, match.start()))
    if any(groups.get(name) for name in ("week_word", "weeks_ago")):
        return weekday[0].isupper() or len(weekday) > 3
    return weekday[0].isupper() and bool(just_before(_on, match.string, match.start()))
