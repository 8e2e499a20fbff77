"""What a picture says of itself: EXIF (CIPA DC-008), IPTC and XMP, with people by name (MWG regions).

The pixels are never decoded.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

from darak.records.time import Precision, Time, ZoneSource

_EXIF, _GPS = 0x8769, 0x8825
_PNG_EXIF = frozenset(("exif", "Raw profile type exif"))
_TIMES = ((0x9003, 0x9291, 0x9011, ""), (0x9004, 0x9292, 0x9012, "digitised"), (0x0132, 0x9290, 0x9010, "changed"))
"""Tag of a time, of its fraction and of its offset, and what the time is of when it is not of the shot."""
_TIME = re.compile(
    r"(\d{4})[:.-](\d{2})[:.-](\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.(\d+))?\s*(Z|[+-]\d{2}:\d{2})?.*"
)
_XMP_PLACE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")
_OFFSET = re.compile(r"[+-]\d{2}:\d{2}")
_CHARSETS = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "cp932", b"\0" * 8: "utf-8"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SHOT = ("DateTimeOriginal", "DateCreated", "CreateDate")
_PERSONS = ("PersonInImage", "PersonDisplayName")
_NOTHING = frozenset(("", "default", "sony dsc", "untitled", "cof"))
_SILENCE = logging.NullHandler()
_BY_CAMERAS = re.compile(r"[A-Z ]+ DIGITAL CAMERA|<Digimax .*>")
"""Captions that cameras write by themselves."""


@dataclass(slots=True)
class Facts:
    """`time_of` says what the time is of when it is not that of the shot; `problem` what could not be read."""

    time: Time | None = None
    time_of: str = ""
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    title: str = ""
    caption: str = ""
    author: str = ""
    people: list[str] = field(default_factory=list[str])
    keywords: list[str] = field(default_factory=list[str])
    extra: dict[str, Any] = field(default_factory=dict[str, Any])
    problem: str = ""


def read_picture(data: bytes, heic: bool) -> Facts:
    """The facts in a picture's file. ValueError when it is no picture that can be opened."""
    from PIL import Image  # 60 ms that only who has pictures pays

    Image.MAX_IMAGE_PIXELS = None  # a guard for those who decode pixels; phones make pictures that it refuses
    warnings.filterwarnings("ignore", module=r"PIL\.")  # what is damaged is told in the report, in our words
    logging.getLogger("PIL").addHandler(_SILENCE)
    if heic:
        import_module("pi_heif").register_heif_opener()
    facts = Facts()
    try:
        picture = Image.open(io.BytesIO(data))
    except (OSError, SyntaxError, ValueError, KeyError, IndexError) as error:
        raise ValueError("it is no picture that can be opened") from error
    with picture:
        facts.extra["size"] = "×".join(map(str, picture.size))
        info = dict(picture.info)
        try:
            if picture.format != "PNG" or not _PNG_EXIF.isdisjoint(info):  # else Pillow decodes a PNG to look for it
                exif = picture.getexif()
                _read_exif(dict(exif), dict(exif.get_ifd(_EXIF)), dict(exif.get_ifd(_GPS)), facts)
        except Exception as error:  # Pillow raises whatever the damaged tag makes of it
            facts.problem = f"its EXIF data is damaged: {error}"
        xmp = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
        try:
            read_xmp(xmp.encode() if isinstance(xmp, str) else bytes(xmp), facts)
        except (ElementTree.ParseError, ValueError) as error:
            facts.problem = facts.problem or f"its XMP data is damaged: {error}"
        _read_iptc(picture, facts)
        if picture.format == "PNG":
            facts.caption = facts.caption or _clean(info.get("Description")) or _clean(info.get("Comment"))
            facts.time = facts.time or read_time(str(info.get("Creation Time", "")), "", "")
    return facts


def _read_exif(main: Mapping[int, Any], shot: Mapping[int, Any], gps: Mapping[int, Any], facts: Facts) -> None:
    for tag, fraction, offset, what in _TIMES:
        written = _clean(shot.get(tag) or main.get(tag))
        if time := read_time(written, _clean(shot.get(fraction)), _clean(shot.get(offset))):
            facts.time, facts.time_of = time, what
            break
    facts.lat, facts.lon = _degrees(gps, 1, 2), _degrees(gps, 3, 4)
    if facts.lat is None or facts.lon is None or (facts.lat == 0 and facts.lon == 0):
        facts.lat = facts.lon = None
    facts.caption = _clean(main.get(0x010E)) or _comment(shot.get(0x9286)) or _windows(main.get(0x9C9C))
    facts.title = _windows(main.get(0x9C9B))
    facts.keywords += [word for part in _windows(main.get(0x9C9E)).split(";") if (word := part.strip())]
    facts.author = _clean(main.get(0x013B)) or _windows(main.get(0x9C9D))
    make, model = _clean(main.get(0x010F)), _clean(main.get(0x0110))
    camera = model if model.lower().startswith(make.lower()[:5]) else f"{make} {model}".strip()
    known = {"camera": camera or make, "lens": _clean(shot.get(0xA434)), "software": _clean(main.get(0x0131))}
    facts.extra |= {key: value for key, value in known.items() if value}
    if (altitude := _number(gps.get(6))) is not None and facts.lat is not None:
        facts.extra["altitude_m"] = round(-altitude if gps.get(5) in (b"\1", 1) else altitude, 1)


def read_time(written: str, fraction: str, offset: str) -> Time | None:
    """The time of EXIF's `2024:01:02 03:04:05`; its zone is known only where an offset tells it."""
    match = _TIME.fullmatch(written)
    if match is None:
        return None
    digits = match[7] or (fraction if fraction.isdecimal() else "")
    microsecond = int(digits[:6].ljust(6, "0")) if digits else 0
    zone = match[8] or (offset if _OFFSET.fullmatch(offset) else None)
    try:
        year, month, day, hour, minute = (int(match[n]) for n in range(1, 6))
        local = datetime(year, month, day, hour, minute, int(match[6] or 0), microsecond // 1000 * 1000)
    except ValueError:
        return None
    precision = Precision.MILLISECOND if digits else Precision.SECOND if match[6] else Precision.MINUTE
    if zone == "Z":
        return Time(written, local, precision, "UTC", ZoneSource.UTC)
    return Time(written, local, precision, zone, ZoneSource.EXPLICIT if zone else ZoneSource.ASSUMED)


def _degrees(gps: Mapping[int, Any], reference: int, tag: int) -> float | None:
    parts = gps.get(tag)
    if not isinstance(parts, tuple):
        return None
    numbers = [_number(part) for part in parts]  # type: ignore[reportUnknownVariableType]
    if len(numbers) != 3 or None in numbers:
        return None
    value = sum(number / 60**power for power, number in enumerate(numbers) if number is not None)
    value = -value if _clean(gps.get(reference)).upper() in ("S", "W") else value
    return round(value, 6) if abs(value) <= 180 else None


def _xmp_degrees(text: str) -> float | None:
    """The degrees of "37,33.993N" or "37,33,59.6N"."""
    parts = _XMP_PLACE.fullmatch(text)
    if parts is None:
        return None
    value = int(parts[1]) + float(parts[2]) / 60 + float(parts[3] or 0) / 3600
    return round(-value if parts[4] in "SW" else value, 6) if value <= 180 else None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if abs(number) < 1e9 else None


def _clean(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    text = text.replace("\0", " ").strip()
    if not text.isascii() and "\ufffd" not in text:
        with suppress(UnicodeError):  # Pillow reads EXIF text as Latin-1; what is written there is mostly UTF-8
            text = text.encode("latin-1").decode("utf-8")
    return "" if text.lower() in _NOTHING or _BY_CAMERAS.fullmatch(text) else text


def _comment(value: Any) -> str:
    if not isinstance(value, bytes):
        return _clean(value)
    charset = _CHARSETS.get(value[:8])
    return _clean(value[8:].decode(charset, "replace") if charset else value)


def _windows(value: Any) -> str:
    """What Windows writes into tags of its own, in UTF-16."""
    if isinstance(value, tuple):
        value = bytes(value)  # type: ignore[reportUnknownArgumentType]
    return _clean(value.decode("utf-16-le", "replace")) if isinstance(value, bytes) else ""


def read_xmp(data: bytes, facts: Facts) -> None:
    """Adds what XMP says to the facts. ParseError or ValueError when it is damaged."""
    start, end = data.find(b"<"), data.rfind(b">") + 1
    if start < 0 or end <= start or b"<!ENTITY" in data:
        return
    root = ElementTree.fromstring(data[start:end])
    for element in root.iter():
        attributes = {_local(name): value for name, value in element.attrib.items()}
        if attributes.get("Name", "").strip() and attributes.get("Type") == "Face":
            facts.people.append(attributes["Name"].strip())
        values = [item.text or "" for item in element.iter(f"{_RDF}li")] or [element.text or ""]
        _take(_local(element.tag), values, facts)
        for name, value in attributes.items():
            _take(name, [value], facts)
        said = {_local(child.tag): (child.text or "").strip() for child in element}
        if said.get("Name") and said.get("Type") == "Face":
            facts.people.append(said["Name"])


def _take(name: str, values: Iterable[str], facts: Facts) -> None:
    said = [text for value in values if (text := _clean(value))]
    if not said:
        return
    if name in _PERSONS:
        facts.people += said
    elif name == "subject":
        facts.keywords += said
    elif name == "description":
        facts.caption = facts.caption or said[0]
    elif name == "title":
        facts.title = facts.title or said[0]
    elif name in ("City", "State", "Country", "Location"):
        facts.extra.setdefault(f"place_{name.lower()}", said[0])
    elif name in _SHOT and (facts.time is None or facts.time_of):
        if time := read_time(said[0], "", ""):
            facts.time, facts.time_of = time, ""
    elif name in ("GPSLatitude", "GPSLongitude"):
        if (degrees := _xmp_degrees(said[0])) is None:
            return
        if name == "GPSLatitude":
            facts.lat = degrees if facts.lat is None else facts.lat
        else:
            facts.lon = degrees if facts.lon is None else facts.lon
    elif name == "Rating" and said[0].lstrip("-").isdecimal():
        facts.extra["rating"] = int(said[0])


def _read_iptc(picture: Any, facts: Facts) -> None:
    from PIL import IptcImagePlugin

    try:
        said: dict[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(picture) or {}
    except Exception:  # an old block that most pictures lack; the same words stand in EXIF or XMP
        return
    captions = said.get((2, 120))
    if isinstance(captions, bytes):
        facts.caption = facts.caption or _clean(captions)
    words = said.get((2, 25), [])
    facts.keywords += [_clean(word) for word in (words if isinstance(words, list) else [words])]  # type: ignore[reportUnknownVariableType]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
