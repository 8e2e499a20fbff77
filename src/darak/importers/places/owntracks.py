"""OwnTracks: positions, arrivals and departures, and places, as its Recorder keeps or hands them out.

Recognised by JSON objects with a `_type` of OwnTracks, on the lines of a .rec file behind a time and a word, on lines
of their own, in an array, or in the Recorder's answer under `data`. Positions become samples (`latitude`, `longitude`,
`altitude`), transitions become visits, waypoints places. Locators are "bytes A-B": the object, in a .rec file its line.
Fields: owntracks.org/booklet/tech/json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from darak.importers.formats.epochs import from_seconds
from darak.importers.formats.json_array import read_array
from darak.importers.formats.json_element import Element, load_object
from darak.importers.formats.json_items import element_items, elements_by, elements_of
from darak.importers.formats.json_values import Json, as_int, as_text
from darak.importers.formats.lines import read_lines
from darak.importers.formats.members import by_folder, read_each
from darak.importers.formats.outcomes import Built
from darak.importers.health.trail import Point, number, on_earth, samples
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Place, Record

SOURCE = "owntracks"
_TYPE = rb'"_type"\s*:\s*"(?:location|transition|waypoint|lwt|status|steps|card|encrypted)"'
_RECORDED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\t[^\t\n]*\t\{")
_DATA = re.compile(rb'\{\s*(?:"count"\s*:\s*\d+\s*,\s*)?"data"\s*:\s*\[\s*\{')
_OBJECT = re.compile(rb"(?:\[\s*)?\{[^{}]*?" + _TYPE)
_SIGN = re.compile(_TYPE)
_OTHERS = frozenset(
    ("lwt", "status", "steps", "card", "cmd", "beacon", "request", "configuration", "dump", "waypoints")
)
_MOVES = {"enter": "Arrived (도착)", "leave": "Left (출발)"}


class OwnTracksImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        why = "objects with a _type of OwnTracks"
        return [Match(self.name, members, 0.95, why) for members in by_folder(tree, _is_owntracks)]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            head = _begin(tree.head(member))
            if _RECORDED.match(head):
                elements = elements_by(_recorded, tree, member)
            elif _DATA.match(head):
                elements = elements_by(partial(read_array, path=("data",)), tree, member)
            else:
                elements = elements_of(tree, member)
            yield from element_items(elements, member, _build)

        yield from read_each(match.members, read)


def _begin(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _is_owntracks(head: bytes) -> bool:
    head = _begin(head)
    if _RECORDED.match(head) or _DATA.match(head):
        return _SIGN.search(head) is not None
    return _OBJECT.match(head) is not None


def _recorded(stream: BinaryIO) -> Iterator[Element]:
    """The lines of a .rec file: time, tab, a word for the kind, tab, the object."""
    for index, line in enumerate(line for line in read_lines(stream, ("utf-8",)) if line.text.strip()):
        value, repaired = load_object(line.raw[max(line.raw.find(b"{"), 0) :])
        problem = "" if value is not None else "damaged" if line.ended else "cut-off"
        yield Element(index, line.start, line.end, line.raw, value, problem, repaired)


def _build(element: Element, origin: Origin) -> Built:
    value: Json = element.value
    kind = as_text(value.get("_type"))
    if kind == "encrypted":
        return "it is encrypted; let the Recorder decrypt it first"
    if kind in _OTHERS:
        return Ignored("no-position", origin)
    if kind not in ("location", "transition", "waypoint"):
        return "an object of a kind that OwnTracks does not write"
    time = from_seconds(as_int(value.get("tst")))
    if time is None:
        return "a position without a time"
    lat, lon = number(value.get("lat")), number(value.get("lon"))
    if not on_earth(lat, lon):
        return Ignored("no-position", origin) if kind == "transition" else "a position that is none on the earth"
    account, _, device = as_text(value.get("topic")).removeprefix("owntracks/").partition("/")
    device = device.partition("/")[0] or as_text(value.get("tid"))
    if kind == "location":
        point = Point(time, lat, lon, altitude=number(value.get("alt")))
        return samples(point, SOURCE, origin, device)
    name = as_text(value.get("desc"))
    move = _MOVES.get(as_text(value.get("event")), "")
    extra = {"device": device, "radius_m": number(value.get("rad")), "event": as_text(value.get("event"))}
    return Record(
        source=SOURCE,
        kind="place" if kind == "waypoint" else "visit",
        time=time,
        origin=origin,
        account=account,
        native_id=f"{kind}/{value['tst']}/{name}/{extra['event']}/{device}",
        title=f"{name} · {move}" if name and move else name or move or None,
        place=Place(name or None, lat, lon),
        extra={key: part for key, part in extra.items() if part not in (None, "")},
    )
