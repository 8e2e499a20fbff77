"""The lines of an iCalendar file (RFC 5545): components with their line numbers, properties with their parameters.

Read leniently, component by component: a missing BEGIN or END, or a line that is no property, costs at most the
component it stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.decoding import decode

ITEMS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")
"""The components that are something of the owner's; each is one unit of the source."""
MAX_COMPONENT = 16 * 1024 * 1024
_LINE = 1 << 20
_INSIDE = frozenset(("VALARM", "STANDARD", "DAYLIGHT", "VLOCATION", "VRESOURCE", "PARTICIPANT", "AVAILABLE"))
_MARK = re.compile(rb"(BEGIN|END):[ \t]*([A-Z0-9-]+)\s*", re.IGNORECASE)
_ITEM_MARK = re.compile(rb"(BEGIN|END):[ \t]*(" + "|".join(ITEMS).encode() + rb")\s*", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_HEAD = re.compile(r'((?:"[^"]*"|\\.|[^":\\])*):(.*)', re.DOTALL)
_UNQUOTED = re.compile(r'([A-Za-z-]+;(?:[^"]*;)?TZID=[^"]*):(\d{8}[\w,/]*)', re.IGNORECASE)
"""A time in a zone that should stand in quotes, for its colon: `DTSTART;TZID=(UTC+09:00) Seoul:20250301T090000`."""
_PARAMETER = re.compile(r';\s*([^=;"]+?)\s*=((?:"[^"]*"|\\.|[^";\\])*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n^'])")
_CARETS = {"n": "\n", "^": "^", "'": '"'}


@dataclass(frozen=True, slots=True)
class Component:
    """Lines `first` to `last` (counted from 1) of a file: one component, or with `name` "" lines between components.

    `state` is "whole", "no-begin", "no-end" (another one began before it ended), "cut-off" (the file ends in it) or
    "too-large" (only its beginning is here). BEGIN:VCALENDAR is a component of its own that holds nothing.
    """

    name: str
    first: int
    last: int
    data: bytes
    state: str = "whole"


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT, its escapes undone."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)


class Scanner:
    """Iterates over the components of a stream.

    `units` counts the items by their BEGIN and END lines alone: the independent count. `error` says why the stream
    could not be read to its end.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.error: str | None = None
        self.calendar_open = False
        self._stream = stream
        self._marks: Counter[bytes] = Counter()
        self._lines: list[bytes] = []
        self._size = 0
        self._first = 1
        self._stack: list[str] = []

    @property
    def units(self) -> int:
        names = {mark.rpartition(b":")[2] for mark in self._marks}
        return sum(max(self._marks[b"BEGIN:" + name], self._marks[b"END:" + name]) for name in names)

    def __iter__(self) -> Iterator[Component]:
        number = 0
        for line in self._read():
            number += 1
            mark = _MARK.fullmatch(line)
            if mark is None:
                self._keep(line)
                continue
            name = mark[2].decode("ascii").upper()
            handle = self._begin if mark[1].upper() == b"BEGIN" else self._end
            yield from handle(name, line, number)
        if self._stack:
            yield self._take(self._stack[0], number, "cut-off")
        elif self._lines:
            yield self._take("", number)

    def _read(self) -> Iterator[bytes]:
        """Physical lines; what a line has beyond `_LINE` bytes is added to the component without looking at it."""
        try:
            line = self._stream.readline(_LINE).removeprefix(b"\xef\xbb\xbf")
            while line:
                if item := _ITEM_MARK.fullmatch(line):
                    self._marks[item[1].upper() + b":" + item[2].upper()] += 1
                yield line
                while not line.endswith(b"\n") and (line := self._stream.readline(_LINE)):
                    self._keep(line)
                line = self._stream.readline(_LINE)
        except READ_ERRORS as error:
            self.error = str(error)

    def _begin(self, name: str, line: bytes, number: int) -> Iterator[Component]:
        if name in _INSIDE or (self._stack and name not in (*ITEMS, "VTIMEZONE", "VCALENDAR")):
            if self._stack:
                self._stack.append(name)
            self._keep(line)
            return
        if self._stack:
            yield self._take(self._stack[0], number - 1, "no-end")
        elif self._lines:
            yield self._take("", number - 1)
        self._first = number
        if name == "VCALENDAR":
            self.calendar_open = True
            self._first = number + 1
            yield Component(name, number, number, b"")
            return
        self._stack = [name]
        self._keep(line)

    def _end(self, name: str, line: bytes, number: int) -> Iterator[Component]:
        if name == "VCALENDAR":
            self.calendar_open = False
            if self._stack:
                yield self._take(self._stack[0], number - 1, "no-end")
            elif self._lines:
                yield self._take("", number - 1)
            self._first = number + 1
            return
        self._keep(line)
        if name in self._stack[1:]:
            del self._stack[len(self._stack) - 1 - self._stack[::-1].index(name) :]
        elif self._stack[:1] == [name]:
            yield self._take(name, number)
        elif name in ITEMS or name == "VTIMEZONE":
            yield self._take(name, number, "no-begin")

    def _keep(self, line: bytes) -> None:
        self._size += len(line)
        if self._size <= MAX_COMPONENT:
            self._lines.append(line)

    def _take(self, name: str, last: int, state: str = "whole") -> Component:
        if self._size > MAX_COMPONENT:
            state = "too-large"
        taken = Component(name, self._first, last, b"".join(self._lines), state)
        self._lines, self._stack, self._size, self._first = [], [], 0, last + 1
        return taken


def properties(component: Component) -> tuple[list[Property], list[str], bool]:
    """A component's own properties, what is wrong with its lines, and whether all its bytes could be decoded.

    Those of components inside it are left out, but for the triggers of its alarms.
    """
    text, whole = decode(_FOLD.sub(b"", component.data))
    found: list[Property] = []
    wrong: list[str] = []
    inside: list[str] = []
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    for place, line in enumerate(lines):
        mark = line.partition(":")[0].strip().upper()
        if mark == "BEGIN":
            name = line.partition(":")[2].strip().upper()
            if place or name in _INSIDE:
                inside.append(name)
        elif mark == "END":
            inside = inside[:-1]
        elif (parsed := parse_property(line)) is None:
            wrong.append(line[:60])
        elif not inside or (inside == ["VALARM"] and parsed.name == "TRIGGER"):
            found.append(parsed)
    return found, wrong, whole


def parse_property(line: str) -> Property | None:
    """`NAME;PARAMETER=value:value`; quotes protect colons and semicolons. None when the line is no property."""
    match = _UNQUOTED.fullmatch(line) or _HEAD.fullmatch(line)
    head, value = (match[1], match[2]) if match else line.partition(":")[::2]
    name = _NAME.match(head)
    if name is None or (match is None and ":" not in line) or head[name.end() : name.end() + 1] not in ("", ";"):
        return None
    parameters = {
        key.upper(): _CARET.sub(lambda m: _CARETS[m[1]], _ESCAPED.sub(r"\1", raw.strip().replace('"', "")))
        for key, raw in _PARAMETER.findall(head)
    }
    return Property(name[0].upper(), parameters, value.strip())
