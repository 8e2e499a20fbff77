"""GPX tracks, routes and waypoints (topografix.com/GPX/1/1 and 1/0).

Recognised by the root element `gpx`. A track becomes a record with its figures, its timed points become samples:
`latitude` and `longitude`, and `altitude`, `heart_rate`, `cadence` and `power` where they are known. A track or route
with points without times keeps its whole XML as an attached file. Waypoints become places.
Locators are "bytes A-B": the element.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.formats.members import by_folder, read_each
from darak.importers.formats.xml_pieces import Piece, encoding_of, read_pieces, starts
from darak.importers.health.activities import ACTIVITIES, activity_name, activity_record
from darak.importers.health.trail import Point, Trail, instant_id, number, on_earth, samples
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin, Place, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

SOURCE = "gpx"
POINTS = ("trkpt", "rtept", "wpt")
_POINT = starts(POINTS)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?gpx[\s>]")
_PATH = re.compile(rb"<(?:[\w.-]+:)?(?:trk|rte)(?:\s[^<>]*)?/?>")
_MARKUP = re.compile(
    rb"<(?:[\w.-]+:)?(?P<skipped>link|extensions)\b[^<>]*(?<!/)>.*?</(?:[\w.-]+:)?(?P=skipped)\s*>"
    rb"|<(?P<close>/?)(?:[\w.-]+:)?(?P<tag>gpx|trk|rte|trkseg)(?P<attributes>\s[^<>]*?)?(?P<empty>/?)>"
    rb"|<(?:[\w.-]+:)?(?P<key>name|desc|cmt|type)\s*>(?P<value>.*?)</(?:[\w.-]+:)?(?P=key)\s*>",
    re.DOTALL,
)
_HREF = re.compile(rb"""<(?:[\w.-]+:)?link\s[^<>]*href\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CREATOR = re.compile(rb"""creator\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SORTS = {"trk": "Track (경로)", "rte": "Route (경로)"}
_FIRST_YEAR = 1980
"""GPS tells no time before; a watch without a fix writes one."""
_LONGEST_RAW = 64 * 1024
_LARGEST_ROUTE = 16 << 20
_PROBLEMS = {
    "damaged-element": "a point is damaged and cannot be read",
    "cut-off": "the file ends within the data; export or download it again",
    "no-position": "a point without a position on the earth",
    "bad-time": "a point whose time is none",
    "unclosed-track": "a track or route that is not closed; its points were read",
}


class GpxImporter:
    """GPX: tracks, routes and waypoints of watches, phones and maps."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [Match(self.name, members, 0.9, "root element gpx") for members in by_folder(tree, is_gpx)]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            with tree.open(member) as stream:
                yield from GpxFile(member, SOURCE, encoding_of(tree.head(member))).read(stream)

        yield from read_each(match.members, read)


def is_gpx(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and _ROOT.search(head) is not None


class _Path:
    """One track or route while it is read."""

    def __init__(self, tag: str, start: int) -> None:
        self.tag, self.start = tag, start
        self.said: dict[str, str] = {}
        self.trail = Trail()
        self.untimed = 0
        self.raw: list[bytes] = []
        self.size = 0


class GpxFile:
    """Reads one GPX document."""

    def __init__(self, member: str, source: str, encoding: str = "utf-8") -> None:
        self._member, self._source, self._encoding = member, source, encoding
        self._device = ""
        self._path: _Path | None = None
        self._closed = False

    def read(self, stream: BinaryIO) -> Iterator[Item]:
        piece = None
        for piece in read_pieces(stream, POINTS):
            yield from self._between(piece) if not piece.name else self._point(piece)
        end = piece.end if piece else 0
        told = self._closed or bool(piece and piece.problem == "cut-off")
        path = self._path
        if path is not None and path.trail.start is None:
            # The track is what was cut: it is told once, be it as a point or as itself.
            yield (
                Ignored("in-damaged-element", Origin(self._member, ""))
                if told
                else self._bad("cut-off", path.start, end, b"".join(path.raw))
            )
            return
        if path is not None:
            yield from self._finish(path, end, whole=False)
        if not told:
            yield Units(1)
            yield self._bad("cut-off", end, end)

    def _bad(self, code: str, start: int, end: int, raw: bytes = b"") -> BadRow:
        return BadRow(code, Origin(self._member, f"bytes {start}-{end}"), _PROBLEMS[code], raw[:_LONGEST_RAW])

    def _between(self, piece: Piece) -> Iterator[Item]:
        """Where tracks begin and end, and what is said of them."""
        yield Units(len(_PATH.findall(piece.markup())))
        kept = 0
        for found in _MARKUP.finditer(piece.markup()):
            at, path = piece.start + found.start(), self._path
            tag = (found["tag"] or b"").decode()
            if found["skipped"]:
                href = _HREF.search(found[0])
                if path is not None and href:
                    path.said.setdefault("url", _plain((href[1] or href[2] or b"").decode(self._encoding, "replace")))
                continue
            if found["key"]:
                if path is not None:
                    path.said.setdefault(
                        found["key"].decode(), _plain(found["value"].decode(self._encoding, "replace"))
                    )
            elif tag == "gpx":
                self._closed = bool(found["close"])
                creator = _CREATOR.search(found["attributes"] or b"")
                if creator:
                    self._device = _plain((creator[1] or creator[2] or b"").decode(self._encoding, "replace"))
            elif tag == "trkseg":
                if path is not None:
                    path.trail.leap()
            elif path is not None and found["close"] and tag == path.tag:
                self._keep(path, piece.raw[kept : found.end()])
                yield from self._finish(path, piece.start + found.end(), whole=True)
                self._path = None
            elif not found["close"]:
                if path is not None:
                    yield from self._finish(path, at, whole=False)
                self._path, kept = _Path(tag, at), found.start()
                if found["empty"]:
                    yield from self._finish(self._path, piece.start + found.end(), whole=True)
                    self._path = None
        if self._path is not None:
            self._keep(self._path, piece.raw[kept:])

    def _keep(self, path: _Path, raw: bytes) -> None:
        """Holds the XML of a path, which is kept where points have no times."""
        path.size += len(raw)
        if path.size <= _LARGEST_ROUTE:
            path.raw.append(raw)

    def _point(self, piece: Piece) -> Iterator[Item]:
        counted = len(_POINT.findall(piece.markup()))
        yield Units(counted)
        problem = piece.problem
        element = None if problem else piece.element(self._encoding)
        if element is None:
            if not counted:
                yield Units(1)
            yield self._bad(problem or "damaged-element", piece.start, piece.end, piece.raw)
            if counted > 1:
                yield Ignored(
                    "in-damaged-element", Origin(self._member, f"bytes {piece.start}-{piece.end}"), counted - 1
                )
            if counted:
                # A point that is not closed has swallowed what stands up to the next one.
                yield from self._between(piece)
            return
        point = _point_of(element)
        if isinstance(point, str):
            yield self._bad(point, piece.start, piece.end, piece.raw)
            return
        origin = Origin(self._member, f"bytes {piece.start}-{piece.end}")
        if piece.name == "wpt":
            yield self._waypoint(element, point, origin)
            return
        path = self._path
        if path is not None:
            path.trail.add(point)
            self._keep(path, piece.raw)
        if point.time is None:
            if path is not None:
                path.untimed += 1
            yield Ignored("in-route", origin)
            return
        measured = samples(point, self._source, origin, self._device)
        yield Units(len(measured) - 1)
        yield from measured

    def _waypoint(self, element: Element, point: Point, origin: Origin) -> Record:
        name = element.findtext("name", "").strip()
        notes = dict.fromkeys(element.findtext(key, "").strip() for key in ("desc", "cmt"))
        link = element.find("link")
        return Record(
            source=self._source,
            kind="place",
            time=point.time or UNKNOWN_TIME,
            origin=origin,
            title=name or None,
            text="\n".join(note for note in notes if note and note != name),
            place=Place(name or None, point.lat, point.lon),
            url=link.get("href") if link is not None else None,
            extra={key: text for key in ("type", "sym") if (text := element.findtext(key, "").strip())},
        )

    def _finish(self, path: _Path, end: int, whole: bool) -> Iterator[Item]:
        """The record of a path that ends at byte `end`."""
        trail, said = path.trail, path.said
        origin = Origin(self._member, f"bytes {path.start}-{end}")
        if not whole and trail.start is None:
            yield BadRow("unclosed-track", origin, _PROBLEMS["unclosed-track"], b"".join(path.raw)[:_LONGEST_RAW])
            return
        extra = trail.extra() | {"device": self._device, "points": trail.points, "type": said.get("type")}
        blobs: tuple[Blob, ...] = ()
        if path.untimed and path.size <= _LARGEST_ROUTE:
            xml = b'<gpx version="1.1">' + b"".join(path.raw) + b"</gpx>"
            blobs = (Blob.of(xml, f"{said.get('name') or path.tag}.gpx", "application/gpx+xml"),)
        activity = activity_name(said.get("type", ""))
        yield activity_record(
            source=self._source,
            origin=origin,
            start=trail.start,
            end=trail.end if trail.end != trail.start else None,
            activity=activity if activity in ACTIVITIES else "",
            otherwise=_SORTS[path.tag],
            name=said.get("name", ""),
            notes="\n".join(dict.fromkeys(said[key] for key in ("desc", "cmt") if said.get(key))),
            native_id=f"{path.tag}/{instant_id(trail.start)}/{self._device}" if trail.start else None,
            place=trail.place,
            url=said.get("url"),
            extra=extra,
            blobs=blobs,
        )
        if not whole:
            yield Flaw("unclosed-track", origin, _PROBLEMS["unclosed-track"])
        elif path.untimed and not blobs:
            yield Flaw("large-route", origin, "the route is too large to be kept with its points")


def _plain(text: str) -> str:
    """Character data: sections are unwrapped, entities are characters."""
    text = text.strip()
    if text.startswith("<![CDATA[") and text.endswith("]]>"):
        return text[9:-3].strip()
    return html.unescape(text)


def _point_of(element: Element) -> Point | str:
    """The point of a trkpt, rtept or wpt, or the code of what is wrong with it."""
    lat, lon = number(element.get("lat")), number(element.get("lon"))
    if not on_earth(lat, lon):
        return "no-position"
    time: Time | None = None
    values: dict[str, float | None] = {}
    for child in element.iter():
        name, text = child.tag.lower(), (child.text or "").strip()
        if name == "time" and text:
            try:
                time = parse_iso(text)
            except ValueError:
                return "bad-time"
            if time.local is None or time.local.year < _FIRST_YEAR:
                time = None
        elif name in _VALUES and text:
            values.setdefault(_VALUES[name], number(text))
    return Point(
        time,
        lat,
        lon,
        altitude=values.get("altitude"),
        heart_rate=values.get("heart_rate"),
        cadence=values.get("cadence"),
        power=values.get("power"),
    )


_VALUES = {
    "ele": "altitude",
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "cadence",
    "cadence": "cadence",
    "runcadence": "cadence",
    "power": "power",
    "watts": "power",
    "powerinwatts": "power",
}
"""What a point's elements measure: the standard's, and those of the extensions of Garmin, Strava and others."""
