"""Darak's own exchange format: what the keys of a line mean, and the patient reading of lines written by hand.

The same form is the vault's stored body, the line of an export, and what a hand-written file may hold, so that
nothing can be lost between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from msgspec.structs import replace

from darak.records.record import KINDS, Blob, Identity, Origin, Place, Record, Sample, mend, nfc
from darak.records.time import Precision, Time, ZoneSource, is_offset, offset_name, parse_iso, zone_info

# fmt: off
_KNOWN = frozenset((
    "type", "id", "source", "account", "kind", "time", "written", "zone", "zone_source", "end", "author", "people",
    "thread", "parent", "title", "text", "place", "url", "blobs", "extra", "also", "copy", "origins", "versions",
))
_TEXTS = frozenset((
    "id", "source", "account", "time", "written", "zone", "end", "author", "thread", "parent", "title", "text", "url",
    "metric", "unit", "device",
))
# fmt: on
_TOLD_BY_OFFSET = (ZoneSource.EXPLICIT, ZoneSource.UTC)
_DATES = (Precision.YEAR, Precision.MONTH, Precision.DAY)
_ZONE_SOURCES = [str(source) for source in ZoneSource]
_WHOLE = 2.0**53
"""Up to here every whole number has a float of its own."""


class FormatError(ValueError):
    """A JSON object that is no valid record or sample; the message names the key."""


def identity_text(identity: Identity) -> str:
    """ "Name <handle>", or the handle alone when it is all there is ("<handle>" when it looks like the former)."""
    name = nfc(identity.name or "")
    handle = nfc(identity.handle) or name
    if not name or name == handle:
        return f"<{handle}>" if handle.endswith(">") else handle
    return f"{name} <{handle}>"


def parse_identity(text: str) -> Identity:
    if text.endswith(">"):
        if text.startswith("<") and text.endswith(">>"):
            return Identity(nfc(text[1:-1]))
        name, _, handle = text[:-1].rpartition(" <")
        if name and handle:
            return Identity(nfc(handle), nfc(name))
    return Identity(nfc(text))


def time_keys(time: Time) -> tuple[str, str | None, str | None, str | None]:
    """What a line says of a time: the keys time, written, zone and zone_source, each None where it adds nothing."""
    iso, zone = time.iso(), time.zone
    written = None if time.written == iso else time.written
    if zone is None:
        return iso, written, None, None
    derived = time.zone_source not in _TOLD_BY_OFFSET
    named = time.precision in _DATES or not is_offset(zone)
    return iso, written, zone if named else None, str(time.zone_source) if derived else None


def end_text(end: Time, start_zone: str | None) -> str:
    """An end as it will be read: on the start's clock unless it has an offset of its own."""
    zone = end.zone or start_zone
    if zone is not None and zone != start_zone and not is_offset(zone) and end.local is not None:
        zone = offset_name(zone_info(zone).utcoffset(end.local) or timedelta())
    return replace(end, zone=zone).iso()


def mended(value: Any) -> Any:
    """JSON that can be written: texts mended, numbers too large for it written out."""
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, dict):
        items = cast(dict[Any, Any], value).items()
        return {mend(str(key)): mended(item) for key, item in items}
    if isinstance(value, (list, tuple)):
        return [mended(item) for item in cast(list[Any], value)]
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    return value


def _checked_texts(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object with every textual key as text: numbers are written out, anything else is an error."""
    wrong = [k for k, v in data.items() if v.__class__ is not str and v is not None and k in _TEXTS]
    if not wrong:
        return data
    data = dict(data)
    for key in wrong:
        value = data[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise FormatError(f"{key!r} must be text, not {type(value).__name__}")
        data[key] = str(value)
    return data


def parse_time(text: str | None, written: str | None, zone: str | None, zone_source: Any) -> Time:
    """The Time of a line's keys. FormatError names the key that is wrong."""
    if not text:
        return Time(written or "", None, Precision.UNKNOWN)
    source = ZoneSource.EXPLICIT
    if zone_source is not None:
        if zone_source not in _ZONE_SOURCES:
            raise FormatError(f"'zone_source' must be one of {', '.join(_ZONE_SOURCES)}")
        source = ZoneSource(zone_source)
    try:
        time = parse_iso(text, zone, source)
    except (ValueError, IndexError) as error:
        raise FormatError(f"'time' is not an ISO 8601 time with a known zone: {text!r} {zone or ''}".strip()) from error
    if zone_source is not None and time.zone is not None:
        time = replace(time, zone_source=source)
    return time if written is None else replace(time, written=written)


def parse_end(text: str | None, start: Time) -> Time | None:
    if not text:
        return None
    try:
        return parse_iso(text, start.zone, start.zone_source)
    except (ValueError, IndexError) as error:
        raise FormatError(f"'end' is not an ISO 8601 time: {text!r}") from error


def parse_place(value: Any) -> Place | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Place(value)
    if not isinstance(value, dict):
        raise FormatError("'place' must be an object with name, lat, lon")
    place = cast(dict[str, Any], value)
    name, lat, lon = place.get("name"), place.get("lat"), place.get("lon")
    if isinstance(name, (int, float)):
        name = str(name)
    if name is not None and not isinstance(name, str):
        raise FormatError("'place' must have a text for name")
    for number in (lat, lon):
        if number is not None and not isinstance(number, (int, float)):
            raise FormatError("'place' must have numbers for lat and lon")
    return Place(name, lat, lon)


def parse_blobs(value: Any) -> tuple[Blob, ...]:
    try:
        return tuple([Blob(str(b["hash"]), b.get("name"), b.get("mime"), int(b.get("size", 0))) for b in value])
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise FormatError("'blobs' must be a list of objects with hash, name, mime, size") from error


def parse_record(data: Mapping[str, Any], origin: Origin) -> Record:
    """The record of a JSON object. FormatError names what is wrong; unknown keys are kept in `extra`."""
    data = _checked_texts(data)
    source, kind = data.get("source"), data.get("kind") or "other"
    if not source:
        raise FormatError("'source' is missing: say where the record comes from")
    if kind not in KINDS:
        raise FormatError(f"'kind' is {kind!r}; it must be one of {', '.join(KINDS)}")
    people = cast(list[str], data.get("people") or [])
    if people.__class__ is not list or any(person.__class__ is not str for person in people):
        raise FormatError("'people' must be a list of names")
    extra = cast(dict[str, Any], data.get("extra") or {})
    if extra.__class__ is not dict:
        raise FormatError("'extra' must be an object")
    also = cast(list[str], data.get("also") or [])
    if also.__class__ is not list or any(native.__class__ is not str for native in also):
        raise FormatError("'also' must be a list of ids")
    if not data.keys() <= _KNOWN:
        extra = {**extra, **{k: v for k, v in data.items() if k not in _KNOWN}}
    author = data.get("author")
    time = parse_time(data.get("time"), data.get("written"), data.get("zone"), data.get("zone_source"))
    return Record(
        source=source,
        kind=kind,
        time=time,
        origin=origin,
        account=data.get("account") or "",
        native_id=data.get("id"),
        end=parse_end(data.get("end"), time),
        author=parse_identity(author) if author else None,
        people=tuple([parse_identity(person) for person in people]),
        thread=data.get("thread"),
        parent=data.get("parent"),
        title=data.get("title"),
        text=data.get("text") or "",
        place=parse_place(data.get("place")),
        url=data.get("url"),
        blobs=parse_blobs(data["blobs"]) if data.get("blobs") else (),
        extra=extra,
        also=tuple(also),
    )


def sample_json(sample: Sample) -> dict[str, Any]:
    out: dict[str, Any] = {"type": "sample", "source": sample.source}
    if sample.account:
        out["account"] = sample.account
    out["metric"] = sample.metric
    whole = sample.value.is_integer() and abs(sample.value) <= _WHOLE
    out["value"] = int(sample.value) if whole else sample.value
    out["unit"] = sample.unit
    keys = zip(("time", "written", "zone", "zone_source"), time_keys(sample.time), strict=True)
    out.update((key, value) for key, value in keys if value is not None)
    if sample.end is not None:
        out["end"] = sample.end.iso()
    if sample.device:
        out["device"] = sample.device
    return out


def parse_sample(data: Mapping[str, Any], origin: Origin) -> Sample:
    """The sample of a JSON object. FormatError names what is wrong."""
    data = _checked_texts(data)
    source, metric, value = data.get("source"), data.get("metric"), data.get("value")
    if not source or not metric:
        raise FormatError("a sample needs 'source' and 'metric'")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 1e300:
        raise FormatError(f"'value' must be a number, not {value!r}")
    time = parse_time(data.get("time"), data.get("written"), data.get("zone"), data.get("zone_source"))
    if time.local is None:
        raise FormatError("a sample needs a 'time'")
    return Sample(
        source=source,
        metric=metric,
        value=float(value),
        unit=data.get("unit") or "",
        time=time,
        origin=origin,
        account=data.get("account") or "",
        end=parse_end(data.get("end"), time),
        device=data.get("device") or "",
    )
