"""What a text states: its words, figures, days and times of day, by which a sentence is held against its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from darak.answers.answer import Citation
from darak.answers.evidence.moments import told_moments
from darak.answers.written.sheet import Piece
from darak.language.dates import DateExpression, find_periods
from darak.language.numbers import english_number, korean_number
from darak.language.romanisation import romanised
from darak.language.tokens import index_terms
from darak.records.record import Record

_NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?=\D|$)|(?<=[가-힣])\d+(?:\.\d+)?")
_TIMES = re.compile(r"\s?(thousand|million|k\b|m\b(?!m))")
_FACTOR = {"억": 1e8, "만": 1e4, "천": 1e3, "백": 1e2, "thousand": 1e3, "million": 1e6, "k": 1e3, "m": 1e6}
_KOREAN_SUM = re.compile(
    r"\d[\d,.]*\s?[억만천](?!\s?[가-힣]\d)(?:\s?\d[\d,.]*\s?[만천백])*(?:\s?\d{1,4}(?=원|명|보|개|걸음))?"
)
_KOREAN_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([억만천백]?)")
_HANGUL = re.compile("[가-힣]+")
_LONGEST_NAME = 8
_LENGTHS = {"hour": 1, "day": 1, "month": 31, "year": 366}
"""Days of one unit at most; an expression of more is a range."""
_CODE = re.compile(r"(?<![^\W_])(?=[A-Za-z0-9-]*[A-Za-z])(?=[A-Za-z0-9-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_WORD_AND_NUMBER = re.compile(r"[가-힣]{2,}\d+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|am|pm|h|km|kg|g|m|cm|mm|ml|l|kcal|bpm|min|won|krw|usd|eur)\b", re.IGNORECASE)
_ENGLISH_WORD = re.compile(r"\b[a-z]{3,9}\b", re.IGNORECASE)
_KOREAN_COUNT = re.compile(
    r"(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열\S?|스물\S?|스무|서른\S?)\s?"
    r"(?:번|차례|개|명|마리|권|잔|달|시간|살|곳|군데|가지|사람|분|대|통|장|병|켤레|주|해|편|끼|회)"
)
_VAGUE = frozenset(("one", "couple", "few", "several", "some", "many"))
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MANY = {"twice": 2.0, "thrice": 3.0}
_DAY_ALONE = re.compile(r"\d{1,2}\s?일\S*|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)")
QUOTE = re.compile(r"[“\"「『‘]([^“”\"「」『』‘’]{2,300})[”\"」』’]")
CLOCK = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|\b(?P<h2>1[0-2]|0?\d)\s*(?P<half2>[ap])\.?m\b\.?|\b(?P<h4>1[0-2]|\d)\s*o['’]clock"
    r"|(?:(?P<half3>오전|오후|아침|저녁|밤|새벽|낮)\s*)?(?<!\d)(?P<h3>[01]?\d|2[0-4])시(?!간)(?:\s*(?P<m3>[0-5]?\d)분|\s*(?P<thirty>반))?",
    re.IGNORECASE,
)

Days = tuple[date, date]
"""From the first day to before the second."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `minute` is None where only the hour is said, `half` tells the half of the day if that is said."""

    hour: int
    minute: int | None
    half: int | None

    def fits(self, other: Clock) -> bool:
        """Whether a record that says `other` may be told so."""
        same = self.hour % 12 == other.hour % 12 and (self.half is None or other.half in (None, self.half))
        return same and (self.minute is None or self.minute == (other.minute or 0))


def clocks(text: str) -> list[Clock]:
    found: list[Clock] = []
    for m in CLOCK.finditer(text):
        hour = int(m["h"] or m["h2"] or m["h3"] or m["h4"])
        minute = int(m["m"] or m["m3"] or 0) if m["m"] or m["m3"] else 30 if m["thirty"] else None
        named = (m["half"] or m["half2"] or m["half3"] or "").lower()
        half = None if not named or named in ("밤", "새벽", "낮") else int(named in ("p", "오후", "저녁"))
        if half is None and (hour > 12 or (m["h"] and len(m["h"]) == 2 and hour < 12)):
            half = int(hour >= 12)
        found.append(Clock(hour, minute, half))
    return found


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text states, in digits or in words, where and as it is written."""

    value: float
    written: str
    span: tuple[int, int]


def figures(text: str) -> Iterator[Figure]:
    """The numbers of a text; a Korean word that goes on behind one belongs to it: 세 번, 3만 2천원."""
    sums = [match.span() for match in _KOREAN_SUM.finditer(text)]
    for start, end in sums:
        parts = _KOREAN_PART.findall(text[start:end])
        value = sum(float(digits.replace(",", "")) * _FACTOR.get(many, 1.0) for digits, many in parts)
        yield Figure(value, text[start:end], _whole(text, start, end))
    rest = blanked(text, sums)
    for match in _NUMBER.finditer(rest):
        many = _TIMES.match(rest, match.end())
        value = float(match[0].replace(",", "")) * (_FACTOR[many[1].lower()] if many else 1.0)
        yield Figure(value, match[0], _whole(text, match.start(), many.end() if many else match.end()))
    for match in _ORDINAL.finditer(rest):
        if digits := re.match(r"\d+", match[0]):
            yield Figure(float(digits[0]), match[0], match.span())
    for match in _ENGLISH_WORD.finditer(rest):
        word = match[0].lower()
        value = _MANY.get(word) or (None if word in _VAGUE else english_number(word))
        if value:
            yield Figure(float(value), match[0], match.span())
    for match in _KOREAN_COUNT.finditer(rest):
        if value := korean_number(match[1]):
            yield Figure(float(value), match[0], _whole(text, *match.span()))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a number with the Hangul that is written right behind it."""
    behind = _HANGUL.match(text, end)
    return start, behind.end() if behind else end


def codes(text: str) -> list[str]:
    """Words of letters and digits, such as serial numbers; not 3rd and 10km."""
    return [match[0] for match in _CODE.finditer(text) if not _ORDINAL.fullmatch(match[0])] + _WORD_AND_NUMBER.findall(
        text
    )


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these stretches blanked out, so that the places of the rest stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@dataclass(frozen=True)
class Support:
    """What some pieces of evidence state together."""

    pieces: tuple[Piece, ...]
    now: datetime

    @cached_property
    def text(self) -> str:
        return "\n".join(piece.said for piece in self.pieces)

    @cached_property
    def flat(self) -> str:
        """The text in lower case with single spaces, for what must stand there word for word."""
        return " ".join(self.text.casefold().split())

    def quotes(self, text: str) -> list[tuple[int, int]]:
        """Where a text quotes the evidence word for word."""
        return [match.span() for match in QUOTE.finditer(text) if _flat(match[1]) in self.flat]

    @cached_property
    def terms(self) -> list[str]:
        return index_terms(self.text)

    @cached_property
    def held(self) -> frozenset[str]:
        return frozenset(self.terms)

    @cached_property
    def romanised(self) -> frozenset[str]:
        """The beginnings of its Korean words in Latin letters, by which a name may be told in English: Seongsu."""
        words = {word for word in _HANGUL.findall(self.text) if len(word) <= _LONGEST_NAME}
        return frozenset(romanised(word[:size]) for word in words for size in range(2, len(word) + 1))

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(record.kind for piece in self.pieces for record in piece.records)

    @cached_property
    def days(self) -> tuple[Days, ...]:
        """The days of the records, and those that their texts name as seen from their own time."""
        return tuple(dict.fromkeys(days for piece in self.pieces for days in _days(piece, self.now)))

    @cached_property
    def clocks(self) -> list[Clock]:
        return clocks(self.text)

    @cached_property
    def figures(self) -> frozenset[float]:
        """Numbers that are no part of a day or a time of day."""
        text = "\n".join(piece.figured for piece in self.pieces)
        days = [one.span for one in find_periods(text, self.now) if one.grain in ("day", "hour")]
        text = blanked(text, [*days, *(match.span() for match in CLOCK.finditer(text))])
        places = (_ORDINALS.index(word) + 1.0 for word in _ORDINALS if re.search(rf"\b{word}\b", text, re.IGNORECASE))
        return frozenset((*(one.value for one in figures(text)), *places))

    def names_day(self, said: DateExpression) -> bool:
        """Whether a date of a sentence is, or holds, one of the evidence; without its year only month and day count."""
        if said.role == "in" and (said.until - said.since).days > _LENGTHS.get(said.grain, 999_999):
            firsts, lasts = {since for since, _ in self.days}, {until for _, until in self.days}
            return said.since in firsts and said.until in lasts  # from one to another: both must be there
        if said.relative or re.search(r"\d{4}|['’]\d\d", said.surface):
            return any(said.since <= since and until <= said.until for since, until in self.days)
        for since, until in self.days:
            if said.grain == "month" and since.month == said.since.month and (until - since).days <= 31:
                return True
            if (since.month, since.day) == (said.since.month, said.since.day):
                return True
            if _DAY_ALONE.fullmatch(said.surface) and said.since.day in (since.day, _before(until).day):
                return True
            bare = not any(char.isdigit() for char in said.surface)
            if bare and said.grain in ("day", "hour") and since.weekday() == said.since.weekday():
                return True
        return False


def _days(piece: Piece, now: datetime) -> Iterator[Days]:
    if piece.computed:
        yield from ((one.since, one.until) for one in find_periods(piece.text, now))
    for one in piece.cited:
        if isinstance(one, Citation):
            yield from _days_of(one.record, one.shown if piece.computed else piece.text)


def _days_of(record: Record, text: str) -> Iterator[Days]:
    """The record's own days, and those that the text names as seen from its time."""
    first, local = record.time.day, record.time.local
    if first is None or local is None:
        return
    yield first, _after(first)
    last = record.end.day if record.end is not None else None
    if last is not None and last > first:
        yield first, last
        yield first, _after(last)  # calendars end a day at the next midnight, people on that day
    for one in find_periods(text, local, prefer="nearest"):
        yield one.since, one.until
    for moment in told_moments(record, text):
        yield moment.day, _after(moment.last or moment.day)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".,!?…")


def _before(day: date) -> date:
    return date.fromordinal(max(1, day.toordinal() - 1))


def _after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))
