"""LINE: the chats that phones and computers save as text, one file a chat.

Signs: a first line that begins with `[LINE] `, and days and messages below (`10:23<tab>name<tab>text`); or, as
computers save it, a day (`2017.09.03 Sunday`) with lines of a time, a name and a text. There are no ids and no zones;
minutes are all that is known. Locators are "bytes A-B": from a message's line to the last of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from darak.importers.chats.line_days import Days, day_in, is_cut_day, was_day
from darak.importers.chats.line_words import (
    AFTER_NOON,
    BARE_PLACEHOLDERS,
    HALVES,
    HEADER,
    NOTICES,
    PLACEHOLDERS,
    TITLES,
)
from darak.importers.chats.unit import CUT_OFF, DAMAGED_STAMP, DATE_ORDER, NO_MESSAGE, UNDECODABLE, Unit, flaw
from darak.importers.formats.lines import BOM, Line, encodings_of
from darak.importers.formats.member_lines import MemberLines
from darak.importers.importer import Flaw, Ignored, Item, Match, Units
from darak.importers.names import short_name
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record, nfc
from darak.records.time import Precision, Time

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[LINE\] |\d{4}\.)")
"""A look at the first bytes, before any text is made of them."""
_HALF = "|".join(HALVES)
_CLOCK = rf"(?:(?P<before>{_HALF})\s?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?:\s?(?P<after>{_HALF}))?"
_TABBED = re.compile(rf"(?P<stamp>{_CLOCK})\t(?:(?P<name>[^\t]*)\t)?(?P<text>.*)", re.IGNORECASE)
_SPACED = re.compile(rf"(?P<stamp>{_CLOCK}) (?P<rest>\S.*)", re.IGNORECASE)
_WAS_TABBED = re.compile(r"(?=[^\t]{0,6}\d)[^\t]{3,14}\t[^\t]{0,80}\t")
_CUT_STAMP = re.compile(rf"(?:{_HALF})?\s?\d{{1,2}}(?::\d{{0,2}}(?:\s?\w{{0,2}})?)?(?:\t[^\t]*)?", re.IGNORECASE)
_COPY = re.compile(r"(?:^\[LINE\]\s*|\s?\(\d+\)$)")
_LOOKED_AT = 30


class LineImporter:
    """LINE: chats as phones and computers save them, in any language"""

    name = "line"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.98 if form == "phone" else 0.7, f"a LINE chat, as a {form} saves it")
            for member in tree.members()
            if (form := _form_of(tree.head(member.name)))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        lines = MemberLines(tree, member, encodings_of(tree.head(member)))
        found = _survey(lines.read(), _form_of(tree.head(member)) == "phone")
        yield from _Reader(_Chat.of(member, found), found).read(lines.read())
        yield from lines.damage()


@dataclass(slots=True)
class _Survey:
    """What must be known of the whole file before its first message is read."""

    tabbed: bool
    title: str = ""
    stamped: int = 0
    days: Days = field(default_factory=Days)
    names: set[str] = field(default_factory=set[str])


def _survey(lines: Iterable[Line], tabbed: bool) -> _Survey:
    found = _Survey(tabbed)
    for line in lines:
        if tabbed and not found.title and line.text.startswith(HEADER):
            found.title = line.text
        elif day := day_in(line.text):
            found.days.add(day)
        elif tabbed and (match := _TABBED.fullmatch(line.text)):
            found.stamped += 1
            found.names.update(filter(None, (match["name"],)))
        elif not tabbed and (match := _SPACED.fullmatch(line.text)):
            found.stamped += 1
            # Where blanks divide all, a name is sure only before a word that LINE writes.
            name, _, said = match["rest"].rpartition(" ")
            found.names.update((name,) if name and said in BARE_PLACEHOLDERS else ())
    return found


@dataclass(frozen=True, slots=True)
class _Chat:
    """What all messages of a file share; `partner` is the other one of a talk of two."""

    member: str
    room: str
    partner: Identity | None

    @classmethod
    def of(cls, member: str, found: _Survey) -> _Chat:
        title = found.title.removeprefix(HEADER).strip()
        match = next((match for pattern in TITLES if (match := pattern.fullmatch(title))), None)
        room = nfc(match["room"] if match else title or _COPY.sub("", short_name(member).rpartition(".")[0]).strip())
        names = {nfc(name) for name in found.names}
        return cls(member, room, Identity(room) if room in names and len(names) <= 2 else None)

    def message(self, author: str, text: str, moment: Time, origin: Origin) -> Record:
        identity = Identity(nfc(author))
        stands_for = PLACEHOLDERS.get(text) or BARE_PLACEHOLDERS.get(text)
        return Record(
            source=LineImporter.name,
            kind="message",
            time=moment,
            origin=origin,
            author=identity,
            people=(self.partner,) if self.partner and identity != self.partner else (),
            thread=self.room,
            title=self.room,
            text=text,
            extra={"placeholder": stands_for} if stands_for else {},
        )


class _Reader:
    """Reads one chat, line by line."""

    def __init__(self, chat: _Chat, found: _Survey) -> None:
        self._chat, self._found = chat, found
        self._unit: Unit | None = None
        self._day: date | None = None
        self._written = ""
        self._begun = False
        self._blank = True
        self._unsure = not found.days.sure
        self._names = sorted(found.names, key=len, reverse=True)

    def read(self, lines: Iterable[Line]) -> Iterator[Item]:
        yield Units(self._found.stamped)
        for line in lines:
            yield from self._take(line)
            self._blank = not line.text.strip()
        yield from self._finish()

    def _take(self, line: Line) -> Iterator[Item]:
        match = (_TABBED if self._found.tabbed else _SPACED).fullmatch(line.text)
        if match:
            yield from self._finish()
            self._unit = self._open(line, match)
        elif self._is_day(line.text) or (self._blank and not line.ended and is_cut_day(line.text)):
            yield from self._finish()
        elif problem := self._damage(line):
            yield from self._finish()
            yield Units(1)
            self._unit = Unit(line, problem=problem)
        elif self._unit is not None:
            self._unit.rest.append(line)
        elif self._begun and line.text.strip():
            yield Units(1)
            self._unit = Unit(line, problem=NO_MESSAGE)

    def _is_day(self, text: str) -> bool:
        """Takes over the day that a line names; in a message it may name one that is past."""
        named = day_in(text)
        if named is None:
            if self._blank and was_day(text):
                self._day, self._begun = None, True
                return True
            return False
        day = self._found.days.date_of(named)
        if not self._blank and (day is None or (self._day is not None and day < self._day)):
            return False
        self._day, self._written, self._begun = day, text.strip(), True
        return True

    def _open(self, line: Line, match: re.Match[str]) -> Unit:
        self._begun = True
        name, text = (match["name"] or "", match["text"]) if self._found.tabbed else self._said(match["rest"])
        unit = Unit(line, name, text)
        try:
            clock = _clock(match)
        except ValueError:
            unit.problem = ("impossible-time", f"{match['stamp']!r} is no time")
            return unit
        if self._day is None:
            unit.time = Time(match["stamp"], None, Precision.UNKNOWN)
        else:
            written = f"{self._written} {match['stamp']}"
            unit.time = Time(written, datetime.combine(self._day, clock), Precision.MINUTE)
        if "\ufffd" in name:
            unit.problem = ("damaged-name", "the writer's name cannot be decoded")
        elif self._found.tabbed and match["name"] is None and not line.ended:
            unit.problem = CUT_OFF
        return unit

    def _said(self, rest: str) -> tuple[str, str]:
        """(name, text) of a line in which blanks divide them: the longest name that is known, else the first word."""
        if NOTICES.fullmatch(rest):
            return "", rest
        name = next((name for name in self._names if rest.startswith(f"{name} ")), rest.partition(" ")[0])
        return (name, rest[len(name) + 1 :]) if len(rest) > len(name) else ("", rest)

    def _damage(self, line: Line) -> tuple[str, str] | None:
        if not self._begun:
            return None
        if not line.ended and line.text and _CUT_STAMP.fullmatch(line.text.rstrip("\ufffd")):
            return CUT_OFF
        return DAMAGED_STAMP if self._found.tabbed and _WAS_TABBED.match(line.text) else None

    def _finish(self) -> Iterator[Item]:
        unit, self._unit = self._unit, None
        if unit is None:
            return
        unit.trim()
        if unit.problem:
            yield unit.bad_row(self._chat.member, unit.problem)
            return
        origin, text = unit.origin(self._chat.member), unit.words
        if not unit.author or unit.time is None:
            yield Ignored("system-line", origin)
            return
        if unit.rest and text.startswith('"') and text.endswith('"'):
            text = text[1:-1]
        yield self._chat.message(unit.author, text, unit.time, origin)
        if unit.time.local is None:
            yield Flaw("no-date", origin, "the line above it that says which day it is cannot be read")
        elif not unit.intact:
            yield flaw(UNDECODABLE, origin)
        elif self._unsure:
            self._unsure = False
            yield flaw(DATE_ORDER, origin)


def _clock(match: re.Match[str]) -> time:
    half = (match["before"] or match["after"] or "").upper()
    hour = int(match["hour"])
    if half:
        hour = hour % 12 + (12 if half in AFTER_NOON else 0)
    return time(hour, int(match["minute"]))


def _form_of(head: bytes) -> str:
    """Which machine saved the chat with this head: "phone" or "computer"; "" when it is none."""
    if _BEGIN.match(head) is None or head.count(0) > len(head) // 100:
        return ""
    text = head.removeprefix(BOM).decode(encodings_of(head)[0], "replace")
    lines = [line for line in text.split("\n")[: 4 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    lines = [line.rstrip("\r") for line in lines]
    if not lines:
        return ""
    days = sum(day_in(line) is not None for line in lines)
    if lines[0].startswith(HEADER):
        return "phone" if days or any(_TABBED.fullmatch(line) for line in lines) else ""
    first = day_in(lines[0])
    if first is None or not first.dotted:
        return ""
    return "computer" if sum(_SPACED.fullmatch(line) is not None for line in lines) * 2 >= len(lines) - days else ""
