"""GeoJSON (RFC 7946): places with what is said of them, and tracks whose points have times.

Recognised by a FeatureCollection. Takeout writes places that were starred, labelled or reviewed in Google Maps so
(developers.google.com/data-portability/schema-reference/local_actions); maps and trackers export it. A point becomes
a place; a line with a time for each point a record of the way and samples (`latitude`, `longitude`, `altitude`); any
other shape a record that keeps the whole feature as a file. Locators are "bytes A-B": the feature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.json_values import Json, as_dict, as_list, as_text
from darak.importers.formats.members import read_each
from darak.importers.formats.outcomes import Built
from darak.importers.health.activities import activity_record
from darak.importers.health.trail import Point, Trail, instant_id, number, on_earth, samples
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin, Place, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

SOURCE = "geojson"
MAPS = "google-maps"
_COLLECTION = re.compile(rb'\{(?=[\s\S]*?"type"\s*:\s*"FeatureCollection")(?=[\s\S]*?"features"\s*:\s*\[)')
_GOOGLE = re.compile(rb'"(?:google_maps_url|Google Maps URL)"\s*:')
_TIMES = ("coordTimes", "times", "time", "timestamps")
_TIME = ("time", "timestamp", "date", "datetime", "created_at", "Published", "created", "when", "begin")
_NAMES = ("name", "title", "Title", "NAME", "Name")
_TEXTS = ("description", "desc", "cmt", "comment", "note", "notes", "review_text_published", "Comment")
_LARGEST = 16 << 20
_OLDEST = 10**11
"""Milliseconds that are seconds if they are fewer."""


class GeoJsonImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.85, "a FeatureCollection of GeoJSON")
            for member in tree.members()
            if _COLLECTION.match(tree.head(member.name).removeprefix(b"\xef\xbb\xbf").lstrip())
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            source = MAPS if _GOOGLE.search(tree.head(member)) else SOURCE
            found = elements_of(tree, member, ("features",))
            yield from element_items(found, member, lambda element, origin: _build(element, origin, source))

        yield from read_each(match.members, read)


def _build(element: Element, origin: Origin, source: str) -> Built:
    feature: Json = element.value
    shape, said = as_dict(feature.get("geometry")), as_dict(feature.get("properties"))
    if as_text(shape.get("type")) == "Point":
        return _place(feature, shape, said, origin, source)
    times = _times(said)
    line = as_list(shape.get("coordinates"))
    if times and shape.get("type") == "LineString" and len(times) == len(line):
        return _way(said, times, line, origin, source)
    if not shape and not any(as_text(said.get(key)) for key in (*_NAMES, *_TEXTS)):
        return "a feature without a place and without a name"
    raw = element.raw
    sort = as_text(shape.get("type"))
    name = _first(said, _NAMES)
    lat, lon = _first_position(shape)
    return Record(
        source=source,
        kind="place",
        time=_time(said),
        origin=origin,
        native_id=_identifier(feature),
        title=name or sort or None,
        text=_text(said, name),
        place=Place(name or None, lat, lon) if name or lat is not None else None,
        blobs=(Blob.of(raw, f"{name or sort}.geojson", "application/geo+json"),) if len(raw) <= _LARGEST else (),
        extra={"shape": sort} if sort else {},
    )


def _place(feature: Json, shape: Json, said: Json, origin: Origin, source: str) -> Record | str:
    where = as_dict(said.get("location", said.get("Location")))
    position = as_list(shape.get("coordinates"))
    lon, lat = (number(position[0]), number(position[1])) if len(position) >= 2 else (None, None)
    if not on_earth(lat, lon):
        return "a place that is none on the earth"
    if (lat, lon) == (0, 0) and source == MAPS:
        lat = lon = None  # what Takeout writes for a place that it knows by its address alone
    name = as_text(where.get("name", where.get("Business Name"))) or _first(said, _NAMES)
    address = as_text(where.get("address", where.get("Address"))) or as_text(said.get("address"))
    url = _first(said, ("google_maps_url", "Google Maps URL", "url", "link", "website"))
    rating = number(said.get("five_star_rating_published"))
    extra: dict[str, Any] = {"address": address, "rating": rating, "country": as_text(where.get("country_code"))}
    kind = "post" if rating is not None else "place"
    return Record(
        source=source,
        kind=kind,
        time=_time(said),
        origin=origin,
        native_id=f"{kind}/{url}" if source == MAPS and url else _identifier(feature),
        title=name or address or None,
        text="\n".join(part for part in (_text(said, name), address if name else "") if part),
        place=Place(name or address or None, lat, lon),
        url=url or None,
        extra={key: value for key, value in extra.items() if value not in (None, "")},
    )


def _way(said: Json, times: list[Time], line: Any, origin: Origin, source: str) -> list[Item] | str:
    trail = Trail()
    found: list[Item] = []
    for time, position in zip(times, line, strict=True):
        numbers = [number(part) for part in as_list(position)]
        if len(numbers) < 2 or not on_earth(numbers[1], numbers[0]):
            return "a way with a point that is none on the earth"
        point = Point(time, numbers[1], numbers[0], altitude=numbers[2] if len(numbers) > 2 else None)
        trail.add(point)
        found += samples(point, source, origin, "")
    record = activity_record(
        source=source,
        origin=origin,
        start=trail.start,
        end=trail.end if trail.end != trail.start else None,
        activity="",
        otherwise="Track (경로)",
        name=_first(said, _NAMES),
        notes=_first(said, _TEXTS),
        native_id=f"way/{instant_id(trail.start)}/{instant_id(trail.end)}",
        place=trail.place,
        extra=trail.extra() | {"points": trail.points},
    )
    return [record, *found]


def _identifier(feature: Json) -> str | None:
    identifier = feature.get("id")
    return str(identifier) if isinstance(identifier, (str, int)) and str(identifier) else None


def _first(said: Json, keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := as_text(said.get(key)).strip())), "")


def _text(said: Json, name: str) -> str:
    text = _first(said, _TEXTS)
    return "" if text == name else text


def _times(said: Json) -> list[Time]:
    """The time of each point; empty unless each has one."""
    around = as_dict(said.get("coordinateProperties"))
    written = next(
        (as_list(holder.get(key)) for holder in (said, around) for key in _TIMES if as_list(holder.get(key))), ()
    )
    times = [_moment(one) for one in written]
    return [time for time in times if time] if all(times) else []


def _time(said: Json) -> Time:
    return next((time for key in _TIME if (time := _moment(said.get(key)))), UNKNOWN_TIME)


def _moment(written: object) -> Time | None:
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        value = int(written if abs(written) >= _OLDEST else written * 1000)
        return from_milliseconds(value, str(written))
    try:
        return parse_iso(as_text(written).strip())
    except ValueError:
        return None


def _first_position(shape: Json) -> tuple[float | None, float | None]:
    """Latitude and longitude of the first point of a shape."""
    inner = as_list(shape.get("coordinates"))
    while inner and isinstance(inner[0], list):
        inner = as_list(inner[0])
    position = [number(part) for part in inner]
    found = (position[1], position[0]) if len(position) >= 2 else (None, None)
    return found if on_earth(*found) else (None, None)
