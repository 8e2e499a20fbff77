"""One entry of a Day One journal: its time on the clock of the place, its text, where and how it was.

Keys as in Day One's own JSON exports, version 1.0.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import orjson

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_list, as_text
from darak.records.record import Place
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource, zone_info

MEDIA = ("photos", "videos", "audios", "pdfAttachments")
_MOMENT = re.compile(r"!\[[^\]\n]*\]\(dayone-moment:[^)\n]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!~|=:])")
_BLANKS = re.compile(r"\n{3,}")
_OFFSET = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?")


def text_of(entry: Json) -> str:
    """The entry's Markdown without the marks for its pictures; of an entry that has only rich text, its words."""
    text = as_text(entry.get("text"))
    if not text.strip():
        return _rich_text(as_text(entry.get("richText")))
    text = _MOMENT.sub("", text.replace("\u2028", "\n").replace("\u200b", ""))
    return _BLANKS.sub("\n\n", _ESCAPED.sub(r"\1", text)).strip()


def _rich_text(source: str) -> str:
    try:
        contents = as_dicts(as_dict(orjson.loads(source)).get("contents")) if source else []
    except orjson.JSONDecodeError:
        return ""
    words: list[str] = []
    for part in contents:
        text = as_text(part.get("text"))
        line = as_dict(as_dict(part.get("attributes")).get("line"))
        if text:
            begins = not words or words[-1].endswith("\n")
            words.append((_line_mark(line) if begins and text.strip() else "") + text)
    return _BLANKS.sub("\n\n", "".join(words)).strip()


def _line_mark(line: Json) -> str:
    header = as_int(line.get("header"))
    if header and 1 <= header <= 6:
        return "#" * header + " "
    style = as_text(line.get("listStyle"))
    if style == "checkbox":
        return "- [x] " if line.get("checked") else "- [ ] "
    if style == "numbered":
        return f"{as_int(line.get('listIndex')) or 1}. "
    return "- " if style == "bulleted" else "> " if line.get("quote") else ""


def title_of(text: str) -> str | None:
    """The heading that an entry begins with."""
    first = text.split("\n", 1)[0]
    return first.lstrip("#").strip() or None if re.match(r"#{1,6} ", first) else None


def time_of(entry: Json) -> Time:
    """The instant in `creationDate`, on the clock of `timeZone`; a date alone for an all-day entry."""
    written = as_text(entry.get("creationDate"))
    if not written:
        return UNKNOWN_TIME
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return Time(written, None, Precision.UNKNOWN)
    precision = Precision.DAY if entry.get("isAllDay") is True else Precision.SECOND
    zone = _zone(as_text(entry.get("timeZone")))
    if moment.tzinfo is None or zone is None:
        offset = moment.utcoffset()
        local = moment.replace(tzinfo=None) - (offset or timedelta())
        return Time(written, local, precision, None if offset is None else "UTC", ZoneSource.UTC)
    try:
        local = moment.astimezone(zone_info(zone)).replace(tzinfo=None)
    except OverflowError:
        return Time(written, None, Precision.UNKNOWN)
    return Time(written, local, precision, zone, ZoneSource.EXPLICIT)


def _zone(name: str) -> str | None:
    if offset := _OFFSET.fullmatch(name):
        name = f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
    try:
        zone_info(name)
    except (ValueError, IndexError):
        return None
    return name


def place_of(entry: Json) -> Place | None:
    location = as_dict(entry.get("location"))
    names = [as_text(location.get(key)) for key in ("placeName", "localityName", "country")]
    latitude, longitude = location.get("latitude"), location.get("longitude")
    place = Place(
        ", ".join(dict.fromkeys(name for name in names if name)) or None,
        float(latitude) if isinstance(latitude, (int, float)) else None,
        float(longitude) if isinstance(longitude, (int, float)) else None,
    )
    return place if place != Place() else None


def extra_of(entry: Json) -> dict[str, Any]:
    weather, music = as_dict(entry.get("weather")), as_dict(entry.get("music"))
    activity = as_dict(entry.get("userActivity"))
    values: dict[str, Any] = {
        "tags": [tag for tag in map(as_text, as_list(entry.get("tags"))) if tag],
        "starred": entry.get("starred") is True,
        "pinned": entry.get("isPinned") is True,
        "modified": as_text(entry.get("modifiedDate")),
        "device": as_text(entry.get("creationDevice")),
        "weather": as_text(weather.get("conditionsDescription")),
        "temperature_celsius": weather.get("temperatureCelsius"),
        "music": " - ".join(filter(None, (as_text(music.get(key)) for key in ("artist", "album", "track")))),
        "activity": as_text(activity.get("activityName")),
        "steps": as_int(activity.get("stepCount")),
    }
    return {key: value for key, value in values.items() if value}


def media_of(entry: Json) -> list[tuple[str, str]]:
    """(MD5, identifier) of the files of an entry: their names in the export are the one or the other."""
    items = [item for kind in MEDIA for item in as_dicts(entry.get(kind))]
    return [(as_text(item.get("md5")), as_text(item.get("identifier"))) for item in items]
