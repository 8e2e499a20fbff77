"""Garmin's Training Center XML (TrainingCenterDatabase v2), also written by Google Fit, Polar, Strava and others.

Recognised by the root element `TrainingCenterDatabase`. An activity becomes a record with the sums of its laps, its
track points become samples. Planned courses are no record of what was done: their points count as ignored.
Locators are "bytes A-B": the element.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.formats.members import by_folder, read_each
from darak.importers.formats.xml_pieces import Piece, encoding_of, read_pieces, starts
from darak.importers.health.activities import activity_record
from darak.importers.health.trail import Point, Trail, instant_id, number, on_earth, samples
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin
from darak.records.time import Time, parse_iso

SOURCE = "tcx"
_POINT = "Trackpoint"
_POINTS = starts((_POINT,))
_WHOLES = re.compile(rb"<(?:[\w.-]+:)?(?:Activity|Course)(?:\s[^<>]*)?>")
_MARKUP = re.compile(
    rb"<(?P<close>/?)(?:[\w.-]+:)?(?P<tag>TrainingCenterDatabase|Activity|Course|Lap|Track)(?P<attributes>\s[^<>]*)?>"
    rb"|<(?:[\w.-]+:)?(?P<key>Id|Notes|TotalTimeSeconds|DistanceMeters|Calories|Name)\s*>(?P<value>[^<]*)</"
    rb"|<(?:[\w.-]+:)?(?P<beats>(?:Average|Maximum)HeartRateBpm)\b[^<>]*>\s*<(?:[\w.-]+:)?Value\s*>(?P<pulse>[^<]*)</"
)
_SPORT = re.compile(rb"""Sport\s*=\s*["']([^"']*)""")
_LONGEST_RAW = 64 * 1024
_PROBLEMS = {
    "damaged-element": "a track point is damaged and cannot be read",
    "cut-off": "the file ends within the data; export or download it again",
    "bad-time": "a track point without a time",
    "unclosed-activity": "an activity that is not closed; its points were read",
}


class TcxImporter:
    """TCX: activities of Garmin, Google Fit, Polar and others."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        why = "root element TrainingCenterDatabase"
        return [Match(self.name, members, 0.9, why) for members in by_folder(tree, is_tcx)]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            with tree.open(member) as stream:
                yield from TcxFile(member, SOURCE, encoding_of(tree.head(member))).read(stream)

        yield from read_each(match.members, read)


def is_tcx(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"<TrainingCenterDatabase" in head


class _Whole:
    """One activity while it is read: what its laps say, and its points."""

    def __init__(self, tag: str, sport: str, start: int) -> None:
        self.tag, self.sport, self.start = tag, sport, start
        self.said: dict[str, str] = {}
        self.trail = Trail()
        self.seconds = self.metres = self.calories = self.beats = 0.0
        self.fastest = 0.0
        self._lap_seconds = 0.0

    def lap(self) -> None:
        self._lap_seconds = 0.0

    def add(self, key: str, text: str) -> None:
        value = number(text.strip()) or 0.0
        if key == "TotalTimeSeconds":
            self._lap_seconds = value
            self.seconds += value
        elif key == "DistanceMeters":
            self.metres += value
        elif key == "Calories":
            self.calories += value
        elif key == "AverageHeartRateBpm":
            self.beats += value * self._lap_seconds
        elif key == "MaximumHeartRateBpm":
            self.fastest = max(self.fastest, value)
        else:
            self.said.setdefault(key, html.unescape(text.strip()))

    def extra(self) -> dict[str, Any]:
        trail = self.trail.extra()
        mean = round(self.beats / self.seconds, 1) if self.beats and self.seconds else None
        return {
            "duration_min": trail.get("duration_min") or (round(self.seconds / 60, 2) if self.seconds else None),
            "distance_km": round(self.metres / 1000, 3) if self.metres else trail.get("distance_km"),
            "energy_kcal": self.calories or None,
            "heart_rate": mean or trail.get("heart_rate"),
            "max_heart_rate": self.fastest or None,
            "moving_min": round(self.seconds / 60, 2) if self.seconds else None,
            "device": self.said.get("Name", ""),
        }


class TcxFile:
    """Reads one TCX document."""

    def __init__(self, member: str, source: str, encoding: str = "utf-8") -> None:
        self._member, self._source, self._encoding = member, source, encoding
        self._whole: _Whole | None = None
        self._closed = False

    def read(self, stream: BinaryIO) -> Iterator[Item]:
        piece = None
        for piece in read_pieces(stream, (_POINT,)):
            yield from self._between(piece) if not piece.name else self._point(piece)
        end = piece.end if piece else 0
        told = self._closed or bool(piece and piece.problem == "cut-off")
        whole = self._whole
        if whole is not None and whole.trail.start is None:
            # The activity is what was cut: it is told once, be it as a point or as itself.
            yield (
                Ignored("in-damaged-element", self._origin(end, end))
                if told
                else self._bad("cut-off", whole.start, end)
            )
            return
        if whole is not None:
            yield from self._finish(whole, end, closed=False)
        if not told:
            yield Units(1)
            yield self._bad("cut-off", end, end)

    def _origin(self, start: int, end: int) -> Origin:
        return Origin(self._member, f"bytes {start}-{end}")

    def _bad(self, code: str, start: int, end: int, raw: bytes = b"") -> BadRow:
        return BadRow(code, self._origin(start, end), _PROBLEMS[code], raw[:_LONGEST_RAW])

    def _between(self, piece: Piece) -> Iterator[Item]:
        """Where activities begin and end, and what their laps say."""
        yield Units(len(_WHOLES.findall(piece.markup())))
        for found in _MARKUP.finditer(piece.markup()):
            at, whole = piece.start + found.start(), self._whole
            tag = (found["tag"] or b"").decode()
            if not tag:
                key, text = found["key"] or found["beats"], found["value"] or found["pulse"] or b""
                if whole is not None:
                    whole.add(key.decode(), text.decode(self._encoding, "replace"))
            elif tag == "TrainingCenterDatabase":
                self._closed = bool(found["close"])
            elif tag == "Lap":
                if whole is not None:
                    whole.lap()
            elif tag == "Track":
                if whole is not None:
                    whole.trail.leap()
            elif found["close"]:
                if whole is not None and tag == whole.tag:
                    yield from self._finish(whole, piece.start + found.end(), closed=True)
                    self._whole = None
            else:
                if whole is not None:
                    yield from self._finish(whole, at, closed=False)
                sport = _SPORT.search(found["attributes"] or b"")
                self._whole = _Whole(tag, sport[1].decode("utf-8", "replace") if sport else "", at)

    def _point(self, piece: Piece) -> Iterator[Item]:
        counted = len(_POINTS.findall(piece.markup()))
        yield Units(counted)
        origin = self._origin(piece.start, piece.end)
        element = None if piece.problem else piece.element(self._encoding)
        if element is None:
            if not counted:
                yield Units(1)
            yield self._bad(piece.problem or "damaged-element", piece.start, piece.end, piece.raw)
            if counted > 1:
                yield Ignored("in-damaged-element", origin, counted - 1)
            if counted:
                # A point that is not closed has swallowed what stands up to the next one.
                yield from self._between(piece)
            return
        whole = self._whole
        if whole is not None and whole.tag == "Course":
            yield Ignored("course", origin)
            return
        point = _point_of(element)
        if point.time is None:
            yield self._bad("bad-time", piece.start, piece.end, piece.raw)
            return
        if whole is not None:
            whole.trail.add(point)
        measured = samples(point, self._source, origin, "")
        if not measured:
            yield Ignored("empty-point", origin)
            return
        yield Units(len(measured) - 1)
        yield from measured

    def _finish(self, whole: _Whole, end: int, closed: bool) -> Iterator[Item]:
        """The record of an activity that ends at byte `end`."""
        origin = self._origin(whole.start, end)
        if whole.tag == "Course":
            yield Ignored("course", origin)
            return
        start = whole.trail.start or _time(whole.said.get("Id", ""))
        if start is None:
            yield self._bad("unclosed-activity" if not closed else "bad-time", whole.start, end)
            return
        yield activity_record(
            source=self._source,
            origin=origin,
            start=start,
            end=whole.trail.end if whole.trail.end != start else None,
            activity=whole.sport,
            notes=whole.said.get("Notes", ""),
            native_id=f"{instant_id(_time(whole.said.get('Id', '')) or start)}/{whole.sport}",
            place=whole.trail.place,
            extra=whole.extra(),
        )
        if not closed:
            yield Flaw("unclosed-activity", origin, _PROBLEMS["unclosed-activity"])


def _time(text: str) -> Time | None:
    try:
        return parse_iso(text.strip())
    except ValueError:
        return None


def _point_of(element: Element) -> Point:
    """The point of a Trackpoint element."""

    def value(path: str) -> float | None:
        return number(element.findtext(path, "").strip() or None)

    lat, lon = value("Position/LatitudeDegrees"), value("Position/LongitudeDegrees")
    if not on_earth(lat, lon):
        lat = lon = None
    return Point(
        _time(element.findtext("Time", "")),
        lat,
        lon,
        altitude=value("AltitudeMeters"),
        heart_rate=value("HeartRateBpm/Value"),
        cadence=value("Cadence") or value("Extensions/TPX/RunCadence"),
        power=value("Extensions/TPX/Watts"),
    )
