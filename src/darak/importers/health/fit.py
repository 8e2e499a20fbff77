"""FIT files of Garmin, Wahoo, Zwift, Coros and others, decoded by fitdecode.

Recognised by ".FIT" in the header. A session becomes a record, the records of a session become samples (positions,
altitude, pulse, cadence, power), and so do weighings, blood pressure and the pulse of daily monitoring. Every data
message is one unit; what is neither is counted as ignored by its name. Locators are "bytes A-B": the message.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import fitdecode  # pyright: ignore[reportMissingTypeStubs]

from darak.importers.formats.members import by_folder, read_each
from darak.importers.health.activities import ACTIVITIES, activity_name, activity_record
from darak.importers.health.fit_clock import Clock
from darak.importers.health.fit_layout import count_messages, is_fit
from darak.importers.health.trail import Point, Trail, instant_id, number, on_earth, samples
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Place, Record, Sample
from darak.records.time import Time

SOURCE = "fit"
LARGEST = 256 << 20
"""Bytes that are read of a file; no device writes more."""
_DEGREES = 180 / 2**31
_MONITORING = "monitoring"
_MEASURES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "weight_scale": (("weight", "body_mass", "kg"), ("percent_fat", "body_fat", "%")),
    "blood_pressure": (
        ("systolic_pressure", "blood_pressure_systolic", "mmHg"),
        ("diastolic_pressure", "blood_pressure_diastolic", "mmHg"),
        ("heart_rate", "heart_rate", "count/min"),
    ),
    _MONITORING: (("heart_rate", "heart_rate", "count/min"),),
    "spo2_data": (("reading_spo2", "oxygen_saturation", "%"),),
    "respiration_rate": (("respiration_rate", "respiratory_rate", "count/min"),),
}
"""Messages that hold one measurement: (field, metric, unit)."""
_EXTRA = {
    "total_timer_time": ("moving_min", 1 / 60, 2),
    "max_heart_rate": ("max_heart_rate", 1, 0),
    "total_ascent": ("ascent_m", 1, 0),
    "avg_power": ("power_w", 1, 0),
}


class FitImporter:
    """FIT: activities and measurements of sports watches and bike computers."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [Match(self.name, members, 0.95, "FIT header") for members in by_folder(tree, is_fit)]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        def read(member: str) -> Iterator[Item]:
            with tree.open(member) as stream:
                yield from read_fit(stream.read(LARGEST), member, SOURCE)

        yield from read_each(match.members, read)


def read_fit(data: bytes, member: str, source: str) -> Iterator[Item]:
    """The items of a FIT file's bytes, with `source` as the source of its records and samples."""
    reader = _Reader(data, member, source)
    yield Units(count_messages(data))
    yield from reader.read()


class _Message:
    """A data message by its name, with the values of its fields that are known."""

    def __init__(self, frame: Any) -> None:
        self.name: str = frame.name
        self.start: int = frame.chunk.offset
        self.end: int = self.start + len(frame.chunk.bytes)
        self.values: dict[str, Any] = {}
        for field in cast("list[Any]", frame.fields):
            if field.value is not None:
                self.values.setdefault(str(field.name), field.value)


class _Reader:
    def __init__(self, data: bytes, member: str, source: str) -> None:
        self._data, self._member, self._source = data, member, source
        self._device = ""
        self._clock = Clock()
        self._sport = ""
        self._trail = Trail()
        self._single = True
        self._sessions = 0
        self._last = 0
        self._middle: datetime | None = None
        self._damaged = False

    def read(self) -> Iterator[Item]:
        counted = count_messages(self._data)
        messages, problem, damaged_at = _messages(self._data)
        self._damaged = bool(problem)
        self._single = sum(message.name == "session" for message in messages) == 1
        stamps = [stamp for m in messages if m.name == "record" and isinstance(stamp := _stamp(m), datetime)]
        self._middle = sorted(stamps)[len(stamps) // 2] if stamps else None
        for message in messages:
            if message.name == "activity":
                self._clock.learn(message.values)
            elif message.name == "file_id" and not self._device:
                self._device = _device(message.values)
        for message in messages:
            yield from self._message(message)
        lost = counted - len(messages)
        if problem:
            if lost < 1:
                yield Units(1)
            yield BadRow(problem, Origin(self._member, f"bytes {damaged_at}-{len(self._data)}"), _PROBLEMS[problem])
            if lost > 1:
                yield Ignored("behind-damage", Origin(self._member, f"bytes {damaged_at}-"), lost - 1)
        if self._trail.points and not self._sessions:
            yield Units(1)
            origin = Origin(self._member, f"bytes 0-{len(self._data)}")
            yield self._activity(self._trail.start, self._trail.end, self._trail.extra(), self._sport, origin)
            yield Flaw("no-session", origin, "the file has no summary of the activity; it was made from its points")

    def _message(self, message: _Message) -> Iterator[Item]:
        values, name = message.values, message.name
        origin = Origin(self._member, f"bytes {message.start}-{message.end}")
        stamp = _stamp(message)
        if isinstance(stamp, datetime):
            if name == "record" and self._middle and abs(stamp - self._middle) > _LONGEST:
                yield Ignored(_FAR, origin) if self._damaged else BadRow(_FAR, origin, _PROBLEMS[_FAR])
                return
            self._last = int(stamp.timestamp())
        found: list[Sample] = []
        if name == "session":
            self._sessions += 1
            yield self._session(values, origin)
            return
        if name == "sport":
            self._sport = _sport(values)
        elif name == "record":
            point = self._point(values)
            self._trail.add(point)
            if point.time is not None:
                found = samples(point, self._source, origin, self._device)
        elif name in _MEASURES:
            found = self._measures(name, values, origin)
        if not found:
            yield Ignored(name, origin)
            return
        yield Units(len(found) - 1)
        yield from found

    def _point(self, values: dict[str, Any]) -> Point:
        lat, lon = _semicircles(values.get("position_lat")), _semicircles(values.get("position_long"))
        if not on_earth(lat, lon):
            lat = lon = None
        altitude = number(values.get("enhanced_altitude", values.get("altitude")))
        return Point(
            self._clock.time(values.get("timestamp")),
            lat,
            lon,
            altitude=None if altitude is None else round(altitude, 3),
            heart_rate=number(values.get("heart_rate")) or None,
            cadence=number(values.get("cadence")),
            power=number(values.get("power")),
        )

    def _measures(self, name: str, values: dict[str, Any], origin: Origin) -> list[Sample]:
        time = self._clock.time(values.get("timestamp"))
        short = values.get("timestamp_16")
        if time is None and isinstance(short, int) and self._last:
            # Monitoring writes the low 16 bits of the seconds since 1989-12-31.
            base = self._last - _FIT_EPOCH
            time = self._clock.time(datetime.fromtimestamp(self._last + (short - base) % 65536, UTC))
        if time is None:
            return []
        found = [(metric, number(values.get(field)), unit) for field, metric, unit in _MEASURES[name]]
        return [
            Sample(
                source=self._source,
                metric=metric,
                value=value,
                unit=unit,
                time=time,
                origin=origin,
                device=self._device,
            )
            for metric, value, unit in found
            if value is not None and (value or name != _MONITORING)
        ]

    def _session(self, values: dict[str, Any], origin: Origin) -> Record:
        start = self._clock.time(values.get("start_time"))
        elapsed = number(values.get("total_elapsed_time"))
        moving = number(values.get("total_timer_time"))
        length = moving if elapsed is None else elapsed
        end = self._clock.time(values.get("start_time"), length or 0) if length else None
        # The points of several sports are of none of them alone.
        trail = self._trail.extra() if self._single else {}
        distance = number(values.get("total_distance"))
        extra: dict[str, Any] = {
            "duration_min": round(length / 60, 2) if length is not None else trail.get("duration_min"),
            "distance_km": round(distance / 1000, 3) if distance else trail.get("distance_km"),
            "energy_kcal": number(values.get("total_calories")) or None,
            "heart_rate": number(values.get("avg_heart_rate")) or trail.get("heart_rate"),
        }
        for field, (key, factor, digits) in _EXTRA.items():
            if value := number(values.get(field)):
                extra[key] = round(value * factor, digits) if digits else round(value * factor)
        sub = str(values.get("sub_sport", ""))
        if sub not in ("", "generic"):
            extra["sub_sport"] = sub
        lat, lon = _semicircles(values.get("start_position_lat")), _semicircles(values.get("start_position_long"))
        place = Place(None, lat, lon) if on_earth(lat, lon) else self._trail.place
        return self._activity(start, end, extra, _sport(values) or self._sport, origin, place)

    def _activity(
        self,
        start: Time | None,
        end: Time | None,
        extra: dict[str, Any],
        sport: str,
        origin: Origin,
        place: Place | None = None,
    ) -> Record:
        return activity_record(
            source=self._source,
            origin=origin,
            start=start,
            end=end if end != start else None,
            activity=sport,
            extra=extra | {"device": self._device},
            native_id=f"{instant_id(start)}/{self._device}" if start and start.zone else None,
            place=place or self._trail.place,
        )


_FIT_EPOCH = 631065600
_LONGEST = timedelta(days=60)
"""From the middle of an activity to its ends; a clock that was set on the way is no damage, a point in 2085 is."""
_FAR = "impossible-time"
_PROBLEMS = {
    "damaged-file": "the file is damaged here; what lies behind cannot be read",
    "bad-checksum": "the file's checksum does not match; some value in it is damaged",
    _FAR: "a point whose time is far from that of all others",
    "cut-off": "the file ends within the data; copy it from the device again",
}


def _messages(data: bytes) -> tuple[list[_Message], str, int]:
    """The data messages, the code of what ended the reading too early or did not match, and the byte where it was."""
    found: list[_Message] = []
    at, problem, damaged_at = 0, "", 0
    try:
        with fitdecode.FitReader(
            io.BytesIO(data),
            check_crc=fitdecode.CrcCheck.READONLY,
            error_handling=fitdecode.ErrorHandling.IGNORE,
            keep_raw_chunks=True,
        ) as frames:
            for frame in cast("Iterator[Any]", frames):
                if frame.frame_type == fitdecode.FIT_FRAME_CRC and not frame.matched and not problem:
                    problem, damaged_at = "bad-checksum", 0
                elif frame.frame_type == fitdecode.FIT_FRAME_DATA:
                    found.append(_Message(frame))
                at = frame.chunk.offset + len(frame.chunk.bytes)
    except fitdecode.FitEOFError:
        problem, damaged_at = "cut-off", at
    except Exception:  # a damaged definition makes the decoder fail in any way
        problem, damaged_at = "damaged-file", at
    return found, problem, damaged_at


def _stamp(message: _Message) -> Any:
    return message.values.get("timestamp")


def _sport(values: dict[str, Any]) -> str:
    """The activity: what the sport's kind tells where it is known, else the sport."""
    for key in ("sub_sport", "sport"):
        written = str(values.get(key, ""))
        if activity_name(written) in ACTIVITIES and activity_name(written) != "other":
            return written
    return str(values.get("sport", ""))


def _device(values: dict[str, Any]) -> str:
    product = values.get("garmin_product") or values.get("product_name") or values.get("product") or ""
    return f"{values.get('manufacturer', '')} {product}".replace("_", " ").strip()


def _semicircles(value: object) -> float | None:
    found = number(value)
    return None if found is None or math.isclose(found, 0) else round(found * _DEGREES, 7)
