"""KML of Google Earth, Google My Maps, Google's old Timeline and others; a KMZ is a zip with it.

Recognised by the root element `kml`. A placemark with a point becomes a place, one with a track (gx:Track) a record of
the way with its timed points as samples (`latitude`, `longitude`, `altitude`), one with another shape a record that
keeps its XML as a file. Locators are "bytes A-B": the placemark. Elements: developers.google.com/kml/documentation.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.members import read_each
from darak.importers.formats.outcomes import Built, built_items
from darak.importers.formats.xml_pieces import Piece, encoding_of, read_pieces, starts
from darak.importers.health.activities import activity_record
from darak.importers.health.trail import Point, Trail, instant_id, number, on_earth, samples
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin, Place, Record, Sample
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

SOURCE = "kml"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?kml[\s>]")
_PLACEMARK = starts(("Placemark",))
_END = re.compile(rb"</(?:[\w.-]+:)?kml\s*>\s*$")
_FOLDER = re.compile(
    rb"<(?P<close>/?)(?:[\w.-]+:)?(?:Document|Folder)\b[^<>]*?(?P<empty>/?)>|<(?:[\w.-]+:)?name>(?P<name>[^<]*)"
)
_SHAPES = ("LineString", "Polygon", "LinearRing", "MultiGeometry", "Model")
_LARGEST = 64 << 20
_LARGEST_SHAPE = 16 << 20
_RAW = 64 * 1024
_PROBLEMS = {
    "damaged-element": "a placemark is damaged and cannot be read",
    "cut-off": "the file ends within the data; export or download it again",
}


class KmlImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.9, "root element kml")
            for member in tree.members()
            if is_kml(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            encoding = encoding_of(tree.head(member))
            folders: list[str] = []
            piece = None
            with tree.open(member) as stream:
                for piece in read_pieces(stream, ("Placemark",), _LARGEST):
                    if piece.name:
                        yield from _items(piece, member, encoding, folders)
                    else:
                        _enter(piece.markup(), folders, encoding)
            end = piece.end if piece else 0
            if piece is None or not (piece.problem == "cut-off" or _END.search(piece.raw)):
                yield Units(1)
                yield BadRow("cut-off", Origin(member, f"bytes {end}-{end}"), _PROBLEMS["cut-off"])

        yield from read_each(match.members, read)


def is_kml(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and _ROOT.search(head[:4096]) is not None


def _enter(markup: bytes, folders: list[str], encoding: str) -> None:
    """Follows the folders and layers that placemarks lie in by their names."""
    for found in _FOLDER.finditer(markup):
        if found["name"] is not None:
            if folders and not folders[-1]:
                folders[-1] = html.unescape(found["name"].decode(encoding, "replace")).strip()
        elif found["close"]:
            del folders[-1:]
        elif not found["empty"]:
            folders.append("")


def _items(piece: Piece, member: str, encoding: str, folders: list[str]) -> Iterator[Item]:
    origin = Origin(member, f"bytes {piece.start}-{piece.end}")
    counted = len(_PLACEMARK.findall(piece.markup()))
    yield Units(max(counted, 1))
    element = None if piece.problem else piece.element(encoding)
    if element is None:
        code = piece.problem or "damaged-element"
        yield BadRow(code, origin, _PROBLEMS[code], piece.raw[:_RAW])
    else:
        intact = "\ufffd" not in piece.raw.decode(encoding, "replace")
        built = _build(element, origin, piece, [name for name in folders if name])
        yield from built_items(built, origin, piece.raw, intact=intact, code="bad-placemark")
    if counted > 1:
        yield Ignored("in-damaged-element", origin, counted - 1)


def _build(element: Element, origin: Origin, piece: Piece, folders: list[str]) -> Built:
    name, address = _said(element, "name"), _said(element, "address")
    text = text_of_html(_said(element, "description"))
    extra: dict[str, Any] = {"folder": " / ".join(folders), "address": address} | _data(element)
    extra = {key: value for key, value in extra.items() if value}
    if (tracks := list(element.iter("Track"))) and (way := _way(tracks, name, text, extra, origin)):
        return way
    start, end = _times(element)
    position = next((found for point in element.iter("Point") if (found := _position(point))), None)
    shape = next((tag for tag in _SHAPES if element.find(f".//{tag}") is not None), "")
    if shape and position is None:
        position = next((found for part in element.iter(shape) if (found := _position(part))), None)
    if position is None and not name and not text:
        return "a placemark without a place and without a name"
    lat, lon = position or (None, None)
    blobs: tuple[Blob, ...] = ()
    if shape and len(piece.raw) <= _LARGEST_SHAPE:
        xml = b'<kml xmlns="http://www.opengis.net/kml/2.2">' + piece.raw + b"</kml>"
        blobs = (Blob.of(xml, f"{name or shape}.kml", "application/vnd.google-earth.kml+xml"),)
    return Record(
        source=SOURCE,
        kind="visit" if end else "place",
        time=start or UNKNOWN_TIME,
        end=end,
        origin=origin,
        title=name or shape or None,
        text="\n".join(part for part in (text if text != name else "", address) if part),
        place=Place(name or address or None, lat, lon) if position or name or address else None,
        url=link.get("href") if (link := element.find("link")) is not None else None,
        blobs=blobs,
        extra=extra | ({"shape": shape} if shape else {}),
    )


def _way(
    tracks: list[Element], name: str, text: str, extra: dict[str, Any], origin: Origin
) -> list[Record | Sample] | str:
    """A track's record and the samples of its points; empty when none of them has both a time and a place."""
    trail = Trail()
    measured: list[Record | Sample] = []
    for track in tracks:
        whens = [_moment(when.text) for when in track.iter("when")]
        coords = [_position_of((coord.text or "").split()) for coord in track.iter("coord")]
        if len(whens) != len(coords):
            return "a track that has not as many times as places"
        trail.leap()
        for time, place in zip(whens, coords, strict=True):
            if time is None or place is None:
                return "a track with a point that has no time or no place"
            point = Point(time, place[0], place[1], altitude=place[2])
            trail.add(point)
            measured += samples(point, SOURCE, origin, "")
    if trail.start is None:
        return []
    record = activity_record(
        source=SOURCE,
        origin=origin,
        start=trail.start,
        end=trail.end if trail.end != trail.start else None,
        activity="",
        otherwise="Track (경로)",
        name=name,
        notes=text,
        native_id=f"track/{instant_id(trail.start)}/{instant_id(trail.end)}",
        place=trail.place,
        extra=extra | trail.extra() | {"points": trail.points},
    )
    return [record, *measured]


def _said(element: Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def _data(element: Element) -> dict[str, str]:
    """What My Maps and others put beside the name: pairs of a word and a value."""
    named = {data.get("name", ""): _said(data, "value") for data in element.iter("Data")}
    return named | {data.get("name", ""): (data.text or "").strip() for data in element.iter("SimpleData")}


def _times(element: Element) -> tuple[Time | None, Time | None]:
    stamp = _moment(element.findtext("TimeStamp/when"))
    return stamp or _moment(element.findtext("TimeSpan/begin")), _moment(element.findtext("TimeSpan/end"))


def _moment(written: str | None) -> Time | None:
    try:
        return parse_iso((written or "").strip())
    except ValueError:
        return None


def _position(shape: Element) -> tuple[float, float] | None:
    """Latitude and longitude of a shape's first point."""
    first = (shape.findtext(".//coordinates") or "").split()
    found = _position_of(first[0].split(",")) if first else None
    return (found[0], found[1]) if found else None


def _position_of(numbers: list[str]) -> tuple[float, float, float | None] | None:
    """Latitude, longitude and altitude of "longitude latitude altitude"; None when it is none on the earth."""
    values = [number(part) for part in numbers[:3]]
    if len(values) < 2 or values[0] is None or values[1] is None or not on_earth(values[1], values[0]):
        return None
    return values[1], values[0], values[2] if len(values) > 2 else None
