"""The messages of a KakaoTalk text file: stamped lines, each with the lines that follow it.

Locators are "bytes A-B": from the first byte of the stamped line to the last of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from darak.importers.chats.kakaotalk.chat import Chat, damage_of
from darak.importers.chats.kakaotalk.dialects import (
    DELETED,
    DIVIDER,
    WAS_SAID,
    Dialect,
    day_of,
    moment_of,
    notice_of,
    was_divider,
)
from darak.importers.chats.kakaotalk.survey import Survey, said
from darak.importers.chats.unit import DAMAGED_STAMP, NO_MESSAGE, Unit, origin_of
from darak.importers.formats.lines import Line
from darak.importers.importer import Flaw, Ignored, Item, Units
from darak.records.time import Precision, Time

_SHORTEST_CUT = 4
_CUT_OFF = ("cut-off", "the file ends within a message; export it again")
_DAMAGED_DIVIDER = ("damaged-date", "the line that says which day begins is damaged; what stands below it has no date")


class TextReader:
    """Reads one chat, line by line."""

    def __init__(self, chat: Chat, dialect: Dialect, survey: Survey) -> None:
        self._chat = chat
        self._dialect = dialect
        self._survey = survey
        self._unit: Unit | None = None
        self._day: date | None = None
        self._day_written = ""

    def read(self, lines: Iterable[Line]) -> Iterator[Item]:
        yield Units(self._survey.stamped)
        for line in lines:
            if line.start >= self._survey.body:
                yield from self._take(line)
        yield from self._finish(None)

    def _take(self, line: Line) -> Iterator[Item]:
        match = self._dialect.line.match(line.text)
        if match:
            unit = self._open(line, match)
            yield from self._finish(unit)
            self._unit = unit
        elif (day := self._survey.dividers.get(line.start)) is not None:
            yield from self._finish(None)
            self._day, self._day_written = day, line.text.strip().strip("-").strip()
        elif problem := self._damage(line):
            unit = Unit(line, problem=problem)
            yield from self._finish(unit)
            yield Units(1)
            self._unit = unit
            if problem is _DAMAGED_DIVIDER:
                self._day = None
        elif self._unit is not None:
            self._unit.rest.append(line)
        elif line.text.strip():
            yield from self._without_unit(line)

    def _without_unit(self, line: Line) -> Iterator[Item]:
        """A line that follows no stamped one: the beginning of a day, a notice, or the end of what was cut away."""
        if self._dialect.dated and (DIVIDER.fullmatch(line.text) or self._dialect.stamp.fullmatch(line.text)):
            return
        yield Units(1)
        if (self._dialect.bare_system and self._day is not None) or self._is_notice(line.text):
            yield self._ignored(line)
        else:
            self._unit = Unit(line, problem=NO_MESSAGE)

    def _open(self, line: Line, match: re.Match[str]) -> Unit:
        groups = match.groupdict()
        author, text = said(match)
        unit = Unit(line, author, text)
        written = _stamp(match)
        try:
            if self._dialect.dated:
                self._day = day_of(groups)
            elif self._day is None:
                moment_of(groups, date.min)
                unit.time = Time(written, None, Precision.UNKNOWN)
                return unit
            else:
                written = f"{self._day_written} {written}"
            moment, precision = moment_of(groups, self._day)
            unit.time = Time(written, moment, precision)
        except ValueError as error:
            unit.problem = ("impossible-time", f"{written!r} is no time: {error}")
            return unit
        if "\ufffd" in (author or "") and not line.intact:
            unit.problem = ("damaged-name", "the writer's name cannot be decoded")
        elif author is None and not self._dialect.bare_system and not self._is_notice(text):
            unit.problem = self._lost_message(line, match, text)
        return unit

    def _lost_message(self, line: Line, match: re.Match[str], text: str) -> tuple[str, str] | None:
        """Whether a line without a writer was a message before it was damaged, rather than a notice."""
        if not line.ended:
            return _CUT_OFF
        comma = match["separator"].startswith(",")
        if not text or (comma and WAS_SAID.search(text)) or self._dialect.line.search(text):
            return DAMAGED_STAMP
        return None

    def _damage(self, line: Line) -> tuple[str, str] | None:
        """Whether the line is what is left of a stamped one."""
        if not line.ended and len(line.text) >= _SHORTEST_CUT and self._dialect.cut.fullmatch(line.text):
            return _CUT_OFF
        if self._dialect.damaged.match(line.text):
            return DAMAGED_STAMP
        if not self._dialect.dated and was_divider(line.text):
            between = self._unit is None or not self._unit.rest or not self._unit.rest[-1].text.strip()
            if between or self._dialect.bare_system:
                return _DAMAGED_DIVIDER
        return None

    def _finish(self, following: Unit | None) -> Iterator[Item]:
        """What the open unit has become, now that it is known what follows it."""
        unit, self._unit = self._unit, None
        if unit is None:
            return
        unit.trim()
        rest = unit.rest
        if rest and self._dialect.dated and self._begins_day(rest, unit.time, following):
            rest.pop()
        notices: list[Line] = []
        while rest and (not rest[-1].text.strip() or self._stands_alone(rest[-1].text)):
            notices.append(rest.pop())
        yield from self._emit(unit)
        for notice in reversed(notices):
            if notice.text.strip():
                yield Units(1)
                yield self._ignored(notice)

    def _begins_day(self, rest: list[Line], time: Time | None, following: Unit | None) -> bool:
        """Whether the last line begins the day of the message that follows, and was not written by somebody."""
        text = rest[-1].text
        divider = DIVIDER.fullmatch(text)
        stamp = None if divider else self._dialect.stamp.fullmatch(text)
        if not divider and not stamp:
            return False
        next_time = following.time.local if following and following.time else None
        if next_time is None:
            return following is not None or (len(rest) > 1 and not rest[-2].text.strip())
        try:
            if stamp:
                return moment_of(stamp.groupdict(), day_of(stamp.groupdict()))[0] == next_time
            day = day_of(divider.groupdict()) if divider else date.max
        except ValueError:
            return False
        before = time.day if time else None
        return day == next_time.date() and (before is None or before < day)

    def _emit(self, unit: Unit) -> Iterator[Item]:
        if unit.problem:
            yield unit.bad_row(self._chat.member, unit.problem)
            return
        origin, whole = unit.origin(self._chat.member), unit.words
        if unit.author is None or unit.time is None:
            yield Ignored("system-line", origin)
            return
        yield self._chat.message(unit.author, whole, unit.time, origin)
        if unit.time.local is None:
            yield Flaw("no-date", origin, "no line above it says which day it is")
        elif not unit.intact:
            yield Flaw(*damage_of(whole, origin))

    def _stands_alone(self, text: str) -> bool:
        """Whether a line behind a message is a notice without a stamp and no part of it."""
        return self._is_notice(text) if self._dialect.bare_system else DELETED.fullmatch(text) is not None

    def _is_notice(self, text: str) -> bool:
        notice = notice_of(text)
        return notice is not None and notice.groupdict().get("member") in (None, *self._survey.authors)

    def _ignored(self, line: Line) -> Ignored:
        return Ignored("system-line", origin_of(self._chat.member, line, line))


def _stamp(match: re.Match[str]) -> str:
    """The time as it stands in the line."""
    groups = match.re.groupindex
    ends = [match.end(name) for name in ("year", "minute", "half_after") if name in groups]
    starts = [match.start(name) for name in ("year", "month", "half", "hour") if name in groups]
    return match.string[min(s for s in starts if s >= 0) : max(ends)]
