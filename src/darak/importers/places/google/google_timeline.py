"""Google Timeline: where one was, from Takeout or from the phone.

Recognised by what the JSON is made of: `locations` with latitudeE7 (Records.json), `timelineObjects` (Semantic
Location History), `semanticSegments` or `rawSignals` (Android), a list of stretches with a visit, an activity or a
timelinePath (iOS). Stays become visits, ways become records, positions become samples (`latitude`, `longitude`,
`altitude`). Locators are "bytes A-B": the element. A position is one unit, and one more for each further number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO

from darak.importers.formats.json_array import Element, read_array, read_elements, shape_of
from darak.importers.formats.json_items import element_items, elements_by
from darak.importers.formats.json_values import Json
from darak.importers.importer import Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.places.google import phone, takeout
from darak.importers.places.google.positions import SOURCE
from darak.importers.tree import Tree
from darak.records.record import Origin

_CHECKPOINT_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """An array of a layout: where it lies, what is found once in each of its elements, and what one becomes.

    Without a path it is the document itself.
    """

    path: tuple[str, ...]
    unit: re.Pattern[bytes]
    build: Callable[[Json, Origin], list[Item] | str]


@dataclass(frozen=True, slots=True)
class Layout:
    """One of Google's layouts; `levels` is how many folders its files lie below the export's own."""

    why: str
    head: re.Pattern[bytes]
    parts: tuple[Part, ...]
    levels: int = 1


LAYOUTS = (
    Layout(
        "raw positions of Takeout (locations, latitudeE7)",
        re.compile(rb'\{\s*"locations"\s*:\s*\[(?:\s*\]|.*?"(?:latitudeE7|timestampMs)"\s*:)', re.DOTALL),
        (Part(("locations",), takeout.LOCATION, takeout.location),),
    ),
    Layout(
        "semantic location history of Takeout (timelineObjects)",
        re.compile(rb'\{\s*"timelineObjects"\s*:\s*\['),
        (Part(("timelineObjects",), takeout.TIMELINE_OBJECT, takeout.timeline_object),),
        levels=3,
    ),
    Layout(
        "timeline of an Android phone (semanticSegments)",
        re.compile(rb'\{\s*(?:"semanticSegments"\s*:\s*\[|"rawSignals"\s*:\s*\[|"userLocationProfile"\s*:\s*\{)'),
        (
            Part(("semanticSegments",), phone.SEGMENT, phone.segment),
            Part(("rawSignals",), phone.SIGNAL, phone.signal),
            Part(("userLocationProfile", "frequentPlaces"), phone.FREQUENT_PLACE, phone.frequent_place),
        ),
    ),
    Layout(
        "timeline of an iPhone (stretches with visit, activity or timelinePath)",
        re.compile(
            rb'\[(?=[\s\S]*?\{\s*"(?:start|end)Time"\s*:\s*"\d{4}-)'
            rb'(?=[\s\S]*?"(?:visit|activity|timelinePath)"\s*:)[\s\S]*?"geo:'
        ),
        (Part((), phone.SEGMENT, phone.segment),),
    ),
)


_BESIDE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:createdTime|deviceSettings|timelineEdits)"\s*:')
"""Settings and corrections that lie beside raw positions."""


class GoogleTimelineImporter:
    """Google Timeline: visits, ways and positions, from Takeout, Android or iOS."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        exports: dict[tuple[str, str], tuple[list[str], Layout]] = {}
        beside: list[tuple[str, str]] = []
        for member in tree.members():
            layout = layout_of(tree.head(member.name))
            if layout is None and _BESIDE.match(tree.head(member.name)):
                beside.append((folder_of(member.name).rstrip("/"), member.name))
            if layout is not None:
                folder = member.name.rsplit("/", layout.levels)[0] if "/" in member.name else ""
                key = (folder, "" if layout in LAYOUTS[:2] else member.name)
                exports.setdefault(key, ([], layout))[0].append(member.name)
        for folder, name in beside:
            if (folder, "") in exports:
                exports[folder, ""][0].append(name)
        return [Match(self.name, tuple(members), 0.95, layout.why) for members, layout in exports.values()]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        """Positions of checkpoints are "file, part and byte": all records have native ids."""
        at = [int(number) for number in resume.split()] if resume else [0, 0, 0]
        for number, member in enumerate(match.members[at[0] :], at[0]):
            layout = layout_of(tree.head(member))
            parts = layout.parts if layout else ()
            if not layout:
                yield Units(1)
                yield Ignored("settings", Origin(member, ""))
            first, start = (at[1], at[2]) if number == at[0] else (0, 0)
            damaged = False
            for index in range(first, len(parts)):
                reader = _Reader(member, parts[index], f"{number} {index}", damaged)
                yield from reader.read(tree, start if index == first else 0)
                damaged = damaged or reader.damaged


def layout_of(head: bytes) -> Layout | None:
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((layout for layout in LAYOUTS if layout.head.match(head)), None)


class _Reader:
    """Reads one array of a file. `told` says that damage was told by an array that was read before, which may be the
    same that stands in the way here."""

    def __init__(self, member: str, part: Part, position: str, told: bool) -> None:
        self._member, self._part, self._position, self._told = member, part, position, told
        self._found = False
        self.damaged = False
        self._last: Element | None = None
        self._read = 0

    def read(self, tree: Tree, start: int) -> Iterator[Item]:
        read = partial(self._elements, head=tree.head(self._member), start=start)
        elements = self._to_tell(elements_by(read, tree, self._member, start))
        while True:
            before = self._read
            some = islice(elements, _CHECKPOINT_EVERY)
            yield from element_items(some, self._member, self._build, self._part.unit)
            if self._last is None or self._read < before + _CHECKPOINT_EVERY:
                return
            if not self._last.problem:
                yield Checkpoint(f"{self._position} {self._last.end}")

    def _elements(self, stream: BinaryIO, head: bytes, start: int) -> Iterator[Element]:
        if self._part.path:
            return read_array(stream, self._part.path, start)
        starts, ends = (len(re.findall(rb'\{\s*"' + name + rb'"\s*:', head)) for name in (b"startTime", b"endTime"))
        shape = shape_of(b'[{"startTime":' if starts > ends else b'[{"endTime":')
        assert shape is not None
        return read_elements(stream, shape, start)

    def _to_tell(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The elements, but for damage that was told already; notes the last."""
        for element in elements:
            if not element.problem:
                self._found = True
            elif self._told and (not self._found or element.problem == "cut-off"):
                continue
            else:
                self.damaged = True
            self._last = element
            self._read += 1
            yield element

    def _build(self, element: Element, origin: Origin) -> list[Item] | str:
        return self._part.build(element.value, origin)
