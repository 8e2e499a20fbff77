"""One component of a calendar as a record."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from darak.importers.calendars.ics_lines import Component, Property, properties
from darak.importers.calendars.ics_times import Zones, read_end, read_time
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import BadRow, Item
from darak.records.record import Blob, Identity, Origin, Place, Record
from darak.records.time import UNKNOWN_TIME, Time

_HTML = re.compile(r"<(?:br|p|b|i|u|a|ul|ol|li|div|span|html|table)\b[^<>]*>", re.IGNORECASE)
_GEO = re.compile(r"(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*[;,]\s*(-?\d+(?:\.\d+)?)")
_STARTS = {
    "VEVENT": ("DTSTART",),
    "VTODO": ("DTSTART", "DUE", "COMPLETED", "CREATED"),
    "VJOURNAL": ("DTSTART", "CREATED"),
}
"""What tells when it is, best first."""
_TYPES = {"VTODO": "task", "VJOURNAL": "journal"}
_WORDS = {"STATUS": "status", "CLASS": "class", "TRANSP": "transparency"}
_USUAL = ("PUBLIC", "OPAQUE", "CONFIRMED")
_TEXTS = {"RRULE": "rrule", "EXRULE": "exrule", "RECURRENCE-ID": "recurrence_id"}
_LISTS = {"EXDATE": "exdate", "RDATE": "rdate", "CATEGORIES": "categories", "TRIGGER": "reminders"}
_TIMES = {"DUE": "due", "COMPLETED": "completed", "CREATED": "created"}
_NUMBERS = {"PRIORITY": "priority", "PERCENT-COMPLETE": "percent_complete"}
_CALENDAR = {"X-WR-CALNAME": "calendar", "METHOD": "method"}
_STATES = {
    "no-begin": "its BEGIN line is missing or damaged",
    "no-end": "its END line is missing or damaged",
    "too-large": "only its beginning was read",
}


def read_component(
    source: str, component: Component, origin: Origin, zones: Zones, calendar: Mapping[str, str]
) -> Iterator[Item]:
    """The items of a VEVENT, VTODO or VJOURNAL: a record, with one flaw when something in it could not be read."""
    found, wrong_lines, whole = properties(component)
    if component.state == "cut-off":
        yield BadRow("cut-off", origin, f"the file ends in the middle of a {component.name}", component.data)
        return
    if not found:
        yield BadRow("empty-component", origin, f"a {component.name} that says nothing", component.data)
        return
    flaws: list[tuple[str, str]] = []
    if component.state != "whole":
        flaws.append((component.state, _STATES[component.state]))
    if wrong_lines:
        flaws.append(("bad-line", f"a line is no property: {wrong_lines[0]!r}"))
    if not whole:
        flaws.append(("undecodable-text", "some of its bytes could not be decoded"))
    yield _record(source, component.name, found, origin, zones, calendar, flaws)
    yield from one_flaw(flaws, origin)


def _record(
    source: str,
    name: str,
    found: list[Property],
    origin: Origin,
    zones: Zones,
    calendar: Mapping[str, str],
    flaws: list[tuple[str, str]],
) -> Record:
    first: dict[str, Property] = {}
    for prop in found:
        first.setdefault(prop.name, prop)
    time = _start(name, first, zones, flaws)
    end, wrong = read_end(time, first.get("DTEND"), first.get("DURATION"), zones)
    if wrong and wrong not in dict(flaws).values():
        flaws.append(("invalid-end", wrong))
    uid = first["UID"].text.strip() if "UID" in first else ""
    occurrence = first["RECURRENCE-ID"].value if "RECURRENCE-ID" in first else ""
    organizer = _identity(first["ORGANIZER"]) if "ORGANIZER" in first else None
    people = {person.handle: person for prop in found if prop.name == "ATTENDEE" and (person := _guest(prop))}
    return Record(
        source=source,
        kind="note" if name == "VJOURNAL" else "event",
        time=time,
        end=end,
        origin=origin,
        native_id=(f"{uid}#{occurrence}" if occurrence else uid) or None,
        author=organizer,
        people=tuple(person for person in people.values() if organizer is None or person.handle != organizer.handle),
        thread=uid if uid and (occurrence or "RRULE" in first) else None,
        parent=uid if uid and occurrence else None,
        title=first["SUMMARY"].text.strip() or None if "SUMMARY" in first else None,
        text=_text(found),
        place=_place(first),
        url=first["URL"].value or None if "URL" in first else None,
        blobs=tuple(_blobs(found, flaws)),
        extra=_extra(name, found, zones, calendar),
    )


def _start(name: str, first: Mapping[str, Property], zones: Zones, flaws: list[tuple[str, str]]) -> Time:
    prop = next((first[key] for key in _STARTS[name] if key in first), None)
    if prop is None:
        if name == "VEVENT":
            flaws.append(("missing-date", "it has no DTSTART"))
        return UNKNOWN_TIME
    time, wrong = read_time(prop, zones)
    if wrong:
        flaws.append(("invalid-date" if time.local is None else "unknown-zone", wrong))
    return time


def _identity(prop: Property) -> Identity | None:
    """Who a CAL-ADDRESS is: by mail address, or by name when there is none."""
    name = prop.parameters.get("CN", "").strip() or None
    address = re.sub(r"(?i)^mailto:", "", prop.value.strip())
    if not address or address.lower().startswith("invalid:"):
        address = prop.parameters.get("EMAIL", "") or name or ""
    handle = address.strip().lower() if "@" in address else address.strip()
    if not handle:
        return None
    return Identity(handle, name if name and name.lower() != handle.lower() else None)


def _guest(prop: Property) -> Identity | None:
    """An attendee who is a human: rooms and equipment are invited like people."""
    return None if prop.parameters.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE") else _identity(prop)


def _text(found: list[Property]) -> str:
    texts = [prop.text.strip() for prop in found if prop.name in ("DESCRIPTION", "COMMENT") and prop.value]
    return "\n\n".join(text_of_html(text.replace("\n", "<br>")) if _HTML.search(text) else text for text in texts)


def _place(first: Mapping[str, Property]) -> Place | None:
    name = ", ".join(first["LOCATION"].text.split("\n")).strip() or None if "LOCATION" in first else None
    geo = next((first[key].value for key in ("GEO", "X-APPLE-STRUCTURED-LOCATION") if key in first), "")
    match = _GEO.match(geo)
    if match:
        return Place(name, float(match[1]), float(match[2]))
    return Place(name) if name else None


def _blobs(found: list[Property], flaws: list[tuple[str, str]]) -> Iterator[Blob]:
    for prop in found:
        if prop.name == "ATTACH" and prop.parameters.get("ENCODING", "").upper() == "BASE64":
            name = prop.parameters.get("FILENAME") or prop.parameters.get("X-FILENAME")
            try:
                data = base64.b64decode(prop.value)
            except (binascii.Error, ValueError):
                flaws.append(("undecodable-part", "an attachment is damaged"))
                continue
            yield Blob.of(data, name, prop.parameters.get("FMTTYPE"))


def _extra(name: str, found: list[Property], zones: Zones, calendar: Mapping[str, str]) -> dict[str, Any]:
    """What else the component says, under plain names; recurrence rules and dates stay as they are written."""
    extra: dict[str, Any] = {"type": _TYPES[name]} if name in _TYPES else {}
    extra |= {key: calendar[prop] for prop, key in _CALENDAR.items() if calendar.get(prop, "PUBLISH") != "PUBLISH"}
    for prop in found:
        if (key := _WORDS.get(prop.name)) and prop.value.upper() not in _USUAL:
            extra[key] = prop.value.lower()
        elif key := _TEXTS.get(prop.name):
            extra[key] = prop.value
        elif key := _LISTS.get(prop.name):
            items = re.split(r"(?<!\\),", prop.value)
            texts = [Property("", {}, item).text.strip() for item in items]
            extra[key] = [*extra.get(key, ()), *(text for text in texts if text)]
        elif key := _TIMES.get(prop.name):
            time, wrong = read_time(prop, zones)
            extra[key] = prop.value if wrong else time.iso()
        elif (key := _NUMBERS.get(prop.name)) and prop.value.isdecimal():
            extra[key] = int(prop.value)
        elif prop.name == "ATTENDEE":
            _add_attendee(prop, extra)
        elif prop.name == "ATTACH" and "ENCODING" not in prop.parameters:
            extra["attachments"] = [*extra.get("attachments", ()), prop.value]
        elif prop.name in ("CONFERENCE", "X-GOOGLE-CONFERENCE"):
            extra["conference"] = prop.value
    return extra


def _add_attendee(prop: Property, extra: dict[str, Any]) -> None:
    who = _identity(prop)
    if who is None:
        return
    if _guest(prop) is None:
        extra["rooms"] = [*extra.get("rooms", ()), who.display]
    elif answer := prop.parameters.get("PARTSTAT"):
        extra.setdefault("responses", {})[who.handle] = answer.lower()
