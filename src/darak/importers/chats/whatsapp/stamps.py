"""How WhatsApp writes the moment before each message, as data.

The phone's locale decides it: the order and separators of the date, the words for before and after noon, brackets
and seconds (iOS) or a dash (Android). One general pattern knows all of that; the stamps of one file are all alike, so
the file's own `Dialect` is made from the separators of its first stamps, and only that is a stamp in this file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from darak.records.time import Precision, Time

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Invisible marks of direction, which stand before and within stamps and before what WhatsApp says itself."""
_MARK = f"[{MARKS}]*"
_GAP = "[ \u00a0\u202f\u2009]"
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " ") | dict.fromkeys(MARKS, None))

_BEFORE_NOON = (
    *("am", "a.m.", "a. m.", "a.m", "오전", "午前", "上午", "凌晨", "清晨", "早上", "ص", "π.μ.", "öö", "de.", "पूर्वाह्न"),
    *("पू", "sa", "pg", "дп", "f.m.", "fm", "ip.", "dop.", "pre podne", "vm.", "ก่อนเที่ยง", "לפנה״צ", "পূর্বাহ্ণ", "ق.ظ"),
)
_AFTER_NOON = (
    *("pm", "p.m.", "p. m.", "p.m", "오후", "午後", "下午", "中午", "晚上", "م", "μ.μ.", "ös", "du.", "अपराह्न"),
    *("अ", "ch", "ptg", "пп", "e.m.", "em", "ap.", "odp.", "po podne", "nm.", "หลังเที่ยง", "אחה״צ", "অপরাহ্ণ", "ب.ظ"),
)
_NOON = "中午"
_HALVES = "|".join(
    re.escape(word).replace(r"\ ", _GAP) for word in sorted((*_BEFORE_NOON, *_AFTER_NOON), key=len, reverse=True)
)
_PART_OF_HALF = r"[^\d:]{1,9}"
_JOINING_WORDS = "à|às|um|klo|kl\\.|alle|at|ob|u|в|a las|a les|o"

_DATE = (
    rf"(?P<a>\d{{1,4}})(?P<s1>{_MARK}(?:[./-]{_GAP}?|年|년{_GAP}?))(?P<b>\d{{1,2}})"
    rf"(?P<s2>{_MARK}(?:[./-]{_GAP}?|月|월{_GAP}?))(?P<c>\d{{1,4}})(?P<tail>\.|日|일|{_GAP}г\.)?"
)
_CLOCK = (
    rf"(?:(?P<before>{_HALVES}){_GAP}?)?(?P<hour>\d{{1,2}})(?P<colon>[:.])(?P<minute>\d{{2}})"
    rf"(?P<seconds>[:.](?P<second>\d{{2}}))?(?:{_GAP}?(?P<after>{_HALVES}))?(?P<unit>{_GAP}(?:Uhr|ч\.))?"
)
_JOIN = rf"{_MARK}(?:[,،]?{_MARK}{_GAP}{{1,2}}(?:(?:{_JOINING_WORDS}){_GAP})?){_MARK}"
_CLOSE = rf"(?P<close>{_MARK}\]{_GAP}?|{_GAP}[-–]{_GAP}|(?<=\d[:.]\d\d[:.]\d\d):{_GAP}|(?<=[AP]M):{_GAP})"
_DATE_FIRST = re.compile(rf"{_MARK}(?P<open>\[)?{_MARK}{_DATE}(?P<join>{_JOIN}){_CLOCK}{_CLOSE}", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"{_MARK}(?P<open>\[)?{_MARK}{_CLOCK}(?P<join>{_JOIN}){_DATE}{_CLOSE}", re.IGNORECASE)

_FIRST_YEAR = 2009
"""WhatsApp's first year: a reading of a date that is earlier is wrong."""
_BUDDHIST = 543
_SCRATCH = "(?:.\ufffd{0,3})?"
"""What a sign with one damaged byte may have become."""
_CALENDAR = 50


@dataclass(frozen=True, slots=True)
class _Form:
    """The separators of a stamp, without its numbers."""

    clock_first: bool
    year_first: bool
    open: bool
    separators: tuple[str, str, str]
    join: str
    colon: str
    seconds: bool
    before: bool
    after: bool
    unit: str
    close: str


@dataclass(frozen=True)
class Dialect:
    """The stamps of one file. `line` matches at the beginning of a message, `damaged` where one part of a stamp is
    damaged, `cut` what the end of a file may leave of one."""

    form: _Form

    @cached_property
    def line(self) -> re.Pattern[str]:
        return re.compile("".join(self._atoms), re.IGNORECASE)

    @cached_property
    def damaged(self) -> re.Pattern[str]:
        plain = self._plain
        first = 0 if self.form.open else 1
        variants = ("".join((*plain[:i], _damage(plain[i]), *plain[i + 1 :])) for i in range(first, len(plain) - 1))
        # What closes the stamp is told from text behind a date only by a name that follows.
        last = "".join(plain[:-1]) + ".?[^:]{1,60}: "
        return re.compile(f"(?:{'|'.join(variants)}|{last})", re.IGNORECASE)

    @cached_property
    def cut(self) -> re.Pattern[str]:
        pattern = ""
        for atom in reversed(self._plain):
            part = atom.replace(_HALVES, _PART_OF_HALF).replace(r"\d{2}", r"\d{1,2}")
            pattern = f"{part}(?:{pattern})?"
        return re.compile(pattern, re.IGNORECASE)

    @property
    def _plain(self) -> list[str]:
        return [re.sub(r"\(\?P<\w+>", "(?:", atom) for atom in self._atoms]

    @cached_property
    def _atoms(self) -> tuple[str, ...]:
        form = self.form
        s1, s2, tail, join, close, unit = map(_loose, (*form.separators, form.join, form.close, form.unit))
        date = (r"(?P<a>\d{1,4})", *s1, r"(?P<b>\d{1,2})", *s2, r"(?P<c>\d{1,4})", *tail)
        clock = (
            *((rf"(?P<before>{_HALVES})", f"{_GAP}?") if form.before else ()),
            *(r"(?P<hour>\d{1,2})", re.escape(form.colon), r"(?P<minute>\d{2})"),
            *((r"[:.]", r"(?P<second>\d{2})") if form.seconds else ()),
            *((f"{_GAP}?", f"(?P<after>{_HALVES})") if form.after else ()),
            *unit,
        )
        first, second = (clock, date) if form.clock_first else (date, clock)
        opening = (_MARK, rf"\[{_MARK}") if form.open else (_MARK,)
        return (*opening, *first, *join, *second, *close)

    @property
    def foreign(self) -> bool:
        """Whether these are the stamps of a chat of Signal, which WhatsApp never writes so."""
        form = self.form
        return self.may_be_log and "," in form.join and not (form.seconds or form.before or form.after)

    @property
    def may_be_log(self) -> bool:
        """Whether programs write their logs with such stamps too."""
        return self.form.open and self.form.year_first and self.form.separators[0] == "-"


def _loose(literal: str) -> list[str]:
    """Patterns of the characters of a separator, which let marks and kinds of space vary."""
    return [f"{_MARK}{_GAP if sign == ' ' else re.escape(sign)}{_MARK}" for sign in literal.translate(_SPACES)]


def _damage(atom: str) -> str:
    """A pattern of what the part of a stamp may have become by one damaged byte."""
    if _HALVES in atom:
        return ".{1,9}?"
    return r"\d{0,3}" + _SCRATCH + r"\d{0,3}" if r"\d" in atom else _SCRATCH


def match_any(text: str) -> re.Match[str] | None:
    """The stamp of any locale that the line begins with."""
    return _DATE_FIRST.match(text) or _CLOCK_FIRST.match(text)


def dialect_of(lines: Iterable[str]) -> tuple[Dialect, int] | None:
    """The dialect that most of these lines begin with, and how many do."""
    counts: Counter[_Form] = Counter()
    for text in lines:
        if (match := match_any(text)) and bool(match["open"]) == ("]" in match["close"]):
            counts[_form(match)] += 1
    if not counts:
        return None
    form, count = counts.most_common(1)[0]
    return Dialect(form), count


def _form(match: re.Match[str]) -> _Form:
    plain = {key: (value or "").translate(_SPACES) for key, value in match.groupdict().items()}
    return _Form(
        clock_first=match.re is _CLOCK_FIRST,
        year_first=len(match["a"]) > 2,
        open=bool(match["open"]),
        separators=(plain["s1"], plain["s2"], plain["tail"]),
        join=plain["join"],
        colon=plain["colon"],
        seconds=bool(plain["seconds"]),
        before=bool(plain["before"]),
        after=bool(plain["after"]),
        unit=plain["unit"],
        close=plain["close"].rstrip() if match["open"] else plain["close"],
    )


Triple = tuple[str, str, str]
Order = tuple[int, int, int]
"""Where year, month and day stand among the three numbers of a date."""
_YMD: Order = (0, 1, 2)
_DMY: Order = (2, 1, 0)
_MDY: Order = (2, 0, 1)
_YDM: Order = (0, 2, 1)
_USUAL = (_DMY, _MDY, _YMD)


@dataclass(frozen=True, slots=True)
class DateOrder:
    """The order of a file's dates; `sure` is false where no date shows it and the locale's habit decided."""

    order: Order
    sure: bool = True

    def day(self, triple: Triple) -> datetime:
        """Midnight of the date; ValueError when there is no such day."""
        year, month, day = (int(triple[i]) for i in self.order)
        if year < 100:
            year += 2000
        elif year > 2000 + _BUDDHIST - _CALENDAR:
            year -= _BUDDHIST
        return datetime(year, month, day)


def date_order(triples: Iterable[Triple], form: _Form, half: str) -> DateOrder:
    """The order in which the file's dates exist, are not older than WhatsApp, and run forward; by most of them, so
    that a damaged date does not turn the rest. `half` is a word of the file for a half of the day."""
    dates = list(dict.fromkeys(triples))
    if not dates:
        return DateOrder(_DMY, False)
    if max(len(a) for a, _, _ in dates) == 4:
        orders = (_YMD, _YDM)
    else:
        orders = (_DMY, _MDY) if max(len(c) for _, _, c in dates) == 4 else (*_USUAL, _YDM)
    faults = {order: _faults(dates, order) for order in orders}
    least = min(faults.values())
    best = [order for order in orders if faults[order] == least]
    if len(best) == 1:
        return DateOrder(best[0])
    usual = [order for order in best if order in _USUAL]
    habit = _habit(form, half, dates) if len(usual) > 1 else usual[0]
    # Dots stand in days before months, and years of four digits before months before days.
    sure = len(usual) == 1 or (form.separators[0].startswith(".") and habit == _DMY)
    return DateOrder(habit if habit in best else best[0], sure)


def _faults(dates: list[Triple], order: Order) -> int:
    faults, before = 0, None
    for triple in dates:
        try:
            day = DateOrder(order).day(triple)
        except ValueError:
            faults += 1
            continue
        faults += day.year < _FIRST_YEAR or (before is not None and before - day > timedelta(days=1))
        before = day
    return faults


def _habit(form: _Form, half: str, dates: list[Triple]) -> Order:
    """American dates are not padded and say AM and PM; where the half of the day stands first, so does the year."""
    if form.before:
        return _YMD
    padded = any(a.startswith("0") for a, _, _ in dates)
    american = form.separators[0] == "/" and half in ("AM", "PM") and not padded
    return _MDY if american else _DMY


def time_of(match: re.Match[str], order: DateOrder) -> Time:
    """The time of a stamp; ValueError when there is none such. Spaces are written plain: app versions differ there."""
    groups = match.groupdict()
    hour, second = int(groups["hour"]), groups.get("second")
    half = (groups.get("before") or groups.get("after") or "").translate(_SPACES).lower()
    if half:
        if hour > 12:
            raise ValueError(f"no {hour} o'clock in a half day")
        late = half in _AFTER_NOON and not (half == _NOON and hour == 11)
        hour = hour % 12 + (12 if late else 0)
    day = order.day((groups["a"], groups["b"], groups["c"]))
    moment = day.replace(hour=hour, minute=int(groups["minute"]), second=int(second or 0))
    written = match[0].translate(_SPACES).strip(" []-–:")
    return Time(written, moment, Precision.SECOND if second else Precision.MINUTE)


def plain(text: str) -> str:
    """The text without invisible marks and with plain spaces."""
    return text.translate(_SPACES)
