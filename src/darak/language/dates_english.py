"""English date expressions: patterns made of shared pieces, whose groups `mentions.Vocabulary` reads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from darak.language import words_english as words
from darak.language.mentions import Mention, fold, folded, one_of
from darak.language.nearby import just_before
from darak.language.numbers import ENGLISH_NUMBER, OLD_YEAR
from darak.language.periods import WEEKEND, When
from darak.language.sense_english import is_date
from darak.language.times import DAY_PARTS
from darak.language.words_english import ENGLISH

_number = ENGLISH_NUMBER
_pick = rf"(?:the\s+)?(?P<pick>{one_of(words.PICKS)})\s+"
_part = (
    r"(?:(?P<part>early|mid|late)(?:\s+|-)(?:in\s+)?"
    r"|(?:the\s+)?(?P<edge>beginning|start|middle|end)\s+of\s+(?:the\s+)?)"
)
_own = r"(?:['’]s\b)?"
_month = rf"(?P<month>{one_of(words.MONTHS)})\b(?:\.(?=\s*\d))?{_own}"
_season = rf"(?P<run>{one_of(words.SEASONS)})\b{_own}"
_quarter = rf"(?:the\s+)?(?P<run>{one_of(words.HALVES_AND_QUARTERS)})\b{_own}"
_weekday = rf"(?P<weekday>{one_of(words.WEEKDAYS)})\b{_own}"
_day_number = r"(?:3[01]|[12]\d|0?[1-9])"
_day_ends = r"(?:(?P<ordinal>st|nd|rd|th)\b|(?![\w:]|[.,]\d))"
_to = r"\s*(?:-|–|to|through)\s*"
_month_day = rf"(?P<day>{_day_number})(?:(?:st|nd|rd|th)?{_to}(?P<day_to>{_day_number}))?{_day_ends}"
_day = rf"(?P<day>{_day_number}){_day_ends}"
_days_from = rf"(?P<day>{_day_number})(?:st|nd|rd|th)?(?:{_to}(?P<day_to>{_day_number})|)(?P<ordinal>st|nd|rd|th)?"
_nth = rf"(?:the\s+)?(?P<nth>{one_of(words.ORDINALS)})\s+"
_year_word = rf"(?P<year_word>{one_of(words.YEARS)})\b{_own}"
_year = (
    rf"(?:(?P<year>(?:19|20)\d\d|{OLD_YEAR})(?![\w:]|[.,]\d){_own}|['’](?P<year2>\d\d)\b|{_year_word}"
    rf"|(?P<years_ago>{_number})\s+years?\s+(?:ago|back)\b)"
)
_of_year = rf"(?:(?P<link>\s*,\s*|\s+(?:of\s+|in\s+)?){_year})?"
_month_word = rf"(?P<month_word>{one_of(words.MONTH_SHIFTS)})\b{_own}"
_week_word = rf"(?P<week_word>{one_of(words.WEEKS)})\b{_own}"
_weekday_first = rf"(?P<week>(?:the\s+)?week\s+of\s+(?:the\s+)?)?(?:{_weekday},?\s+(?:the\s+)?)?"


_unit = rf"(?P<unit>{one_of(words.UNITS)})s?\b"
_now_part = r"(?:the\s+)?(?P<edge>beginning|start|middle|end)\s+of\s+the\s+(?P<unit_now>week|month|year)\b"
_nth_of = rf"{_nth}(?:(?P<week>week)(?P<end>end)?|(?P<nth_day>day)|{_weekday})\s+(?:of|in)\s+(?:the\s+)?"


def _counted(direction: str) -> str:
    """A count of units, each in a group of its own: `3 years`, `a couple of weeks`, `a few days`."""
    return "|".join(rf"(?P<{unit}s_{direction}>{_number})\s+{unit}s?\b(?:['’]\s+time)?" for unit in words.UNITS)


def _named(name: str) -> tuple[str, ...]:
    """Early May 2020, last May, last year in May; the same for seasons, quarters and halves."""
    return (
        rf"(?:{_part})?(?:{_pick})?{name}{_of_year}",
        rf"(?:{_part})?{_year}\s+(?:in\s+)?(?:the\s+)?{name}",
    )


def _words_of(*tables: Iterable[str]) -> frozenset[str]:
    return frozenset(word for table in tables for key in table for word in re.findall("[a-z]+", key))


# Patterns by the words of which a text must hold one: most texts hold few of them, and need few patterns.
_FORMS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        _words_of(words.MONTHS),
        (
            # Tuesday, March 4th, 2021; March 4-6; 4 March; the week of March 4; the first week of May
            rf"{_weekday_first}{_month}\s+(?:the\s+)?{_month_day}{_of_year}",
            rf"{_weekday_first}{_days_from}\s+(?:of\s+)?{_month}{_of_year}",
            rf"{_nth_of}(?:{_pick})?{_month}{_of_year}",
            *_named(_month),
        ),
    ),
    (_words_of(words.SEASONS), _named(_season)),
    (_words_of(words.HALVES_AND_QUARTERS) - {"first", "second", "third", "fourth", "last"}, _named(_quarter)),
    (frozenset({"early", "mid", "late", "beginning", "start", "middle", "end"}), (rf"{_part}{_year}", _now_part)),
    (frozenset({"year"}), (_year_word,)),
    (frozenset({"s"}), (r"(?:the\s+)?(?P<decade>(?:19|20)\d0)s\b", r"the\s+(?P<decade>1[0-8][1-9]0)s\b")),
    (
        frozenset({"month"}),
        (rf"(?:{_part})?{_month_word}", rf"{_nth_of}{_month_word}", rf"{_day}\s+of\s+{_month_word}"),
    ),
    (frozenset({"week"}), (rf"(?:{_part})?{_week_word}",)),
    (frozenset({"yesterday", "today", "tomorrow"}), (rf"(?P<day_word>{one_of(words.DAYS)})\b{_own}",)),
    (frozenset({"night", "tonight"}), (rf"(?P<night>(?P<day_word>{one_of(words.NIGHTS)}))\b",)),
    (frozenset({"this"}), (r"this\s+(?P<this_part>morning|afternoon|evening)\b",)),
    (
        _words_of(words.WEEKDAYS),
        (
            # last Friday, the weekend, Friday of last week, Friday two weeks ago, last week on Friday
            rf"(?:{_pick}|(?:the\s+)(?=weekend))?{_weekday}",
            rf"{_weekday}\s+(?:of\s+|in\s+)?(?:{_week_word}|(?P<weeks_ago>{_number})\s+weeks?\s+ago\b)",
            rf"{_week_word}\s+(?:on\s+)?{_weekday}",
        ),
    ),
    (frozenset({"ago", "back"}), (rf"(?:{_counted('ago')})\s+(?:ago|back)\b(?P<today>\s+today\b)?",)),
    (frozenset({"in"}), (rf"in\s+(?:{_counted('ahead')})",)),
    (frozenset({"from"}), (rf"(?:{_counted('ahead')})\s+from\s+(?:now|today)\b",)),
    (frozenset({"within"}), (rf"(?P<stretch>within)\s+(?:the\s+next\s+)?(?P<count>{_number})\s+{_unit}",)),
    (
        frozenset({"last", "past", "next", "coming"}),
        (
            rf"(?:the\s+)?(?P<stretch>last|past|next|coming)\s+(?P<count>{_number})\s+{_unit}",
            r"(?:the\s+)(?P<stretch>last|next|coming)\s+(?P<unit>week|month|year)\b",
            r"(?:the\s+)?(?P<stretch>past)\s+(?P<unit>week|month|year)\b",
        ),
    ),
    (_words_of(words.IDIOMS), (rf"(?P<idiom>{one_of(words.IDIOMS)})\b",)),
    (
        _words_of(words.HOLIDAYS),
        (
            rf"(?:{_pick})?(?P<holiday>{one_of(words.HOLIDAYS)})\b{_own}{_of_year}",
            rf"{_year}\s+(?P<holiday>{one_of(words.HOLIDAYS)})\b{_own}",
        ),
    ),
    (
        frozenset({"st", "nd", "rd", "th"}),
        (r"the\s+(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?=\s*(?:$|[.,!?;:)]|and\b|at\b|to\b))",),
    ),
)

_IDIOMS = folded(words.IDIOMS)
_word = re.compile("[a-z]+")
_habit_before = re.compile(r"\b(?:every|each|any|per|most|all)\s+(?:other\s+|single\s+)?(?:the\s+)?$", re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: all of them together would slow the start of every command."""
    return re.compile(rf"(?<![\w'’$#]){pattern}", re.IGNORECASE | re.ASCII)


def english_mentions(text: str) -> Iterator[Mention]:
    """Candidate date expressions of an English text; they may overlap."""
    said = set(_word.findall(text.lower()))
    for triggers, patterns in _FORMS:
        if triggers.isdisjoint(said):
            continue
        for match in (match for pattern in patterns for match in _compiled(pattern).finditer(text)):
            if not just_before(_habit_before, text, match.start()) and is_date(match) and (when := _when(match)):
                yield Mention(*match.span(), when, _is_ahead(match), _last(match, when))


def _when(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    if decade := groups.get("decade"):
        return When(year=int(decade), months=(1, 120))
    if idiom := groups.get("idiom"):
        return When(stretch=_IDIOMS[fold(idiom)], vague=True)
    groups["part"] = groups.get("part") or groups.get("edge")
    if unit := groups.get("unit_now"):
        groups[f"{unit.lower()}_word"] = f"this {unit}"
    when = ENGLISH.read(groups)
    if when is None:
        return None
    if groups.get("night"):
        return replace(when, hours=DAY_PARTS["night"])
    if part := groups.get("this_part"):
        return When(day_shift=0, hours=DAY_PARTS[part.lower()])
    if groups.get("nth_day"):
        return replace(when, nth_week=None, day=when.nth_week)
    if groups.get("end"):
        return replace(when, weekday=WEEKEND)
    if groups.get("today"):
        return replace(when, day_shift=0)
    if groups.get("week") and not groups.get("nth"):
        return replace(when, weekday=None, whole_week=True)
    return when


def _is_ahead(match: re.Match[str]) -> bool:
    return match[0].lower().startswith(("in ", "within"))


def _last(match: re.Match[str], when: When) -> When | None:
    """The end of a range of days in one month: 4-6 March, March 4-6."""
    day = match.groupdict().get("day_to")
    return replace(when, day=int(day), weekday=None) if day else None
