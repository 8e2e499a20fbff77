"""What lies in Outlook's folders as records: mails, appointments, tasks, contacts and notes, each as the format that
the rest of the world exchanges it in, so that it is the same record from there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from darak.importers.calendars.event import read_component
from darak.importers.calendars.ics_lines import ITEMS, Scanner
from darak.importers.calendars.ics_times import Zones
from darak.importers.contacts.cards import Property
from darak.importers.contacts.contact import contact_record
from darak.importers.importer import BadRow, Ignored, Item
from darak.importers.mail.mapi import ADDRESS, CLASS, NAME, SMTP, Properties, body_text, is_draft, subject, text_of
from darak.importers.mail.message import read_message
from darak.importers.mail.recurrence import recurrence
from darak.records.record import Origin, Record, nfc
from darak.records.time import UNKNOWN_TIME, Precision, ZoneSource, from_datetime, zone_info

_START, _END, _PLACE, _ALL_DAY, _RULE, _ZONE = 0x820D, 0x820E, 0x8208, 0x8215, 0x8216, 0x825E
_MEETING, _UID_START = (0x10023, 0x10003), b"vCal-Uid\1\0\0\0"
"""A meeting's number in all calendars; where a number of another program's begins in it (MS-OXOCAL 2.2.1.27)."""
_TASK_START, _DUE, _FINISHED, _DONE, _PART_DONE = 0x8104, 0x8105, 0x810F, 0x811C, 0x8102
_BEGAN, _ENDED, _MADE = 0x8706, 0x8708, 0x3007
_BIRTHDAY, _ANNIVERSARY = 0x3A42, 0x3A41
_NAMED = (0x3A11, 0x3A06, 0x3A44, 0x3A45, 0x3A05)
"""Family name, given name, middle name, title before, suffix: in the order of a card's N."""
_OF_A_CARD: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    *((0x3001, "FN", ()), (0x3A4F, "NICKNAME", ()), (0x3A17, "TITLE", ())),
    *((0x8083, "EMAIL", ()), (0x8093, "EMAIL", ()), (0x80A3, "EMAIL", ())),
    *((0x3A1C, "TEL", ("cell",)), (0x3A09, "TEL", ("home",)), (0x3A2F, "TEL", ("home",)), (0x3A08, "TEL", ("work",))),
    *((0x3A1B, "TEL", ("work",)), (0x3A1A, "TEL", ()), (0x3A1F, "TEL", ("other",)), (0x3A1E, "TEL", ("car",))),
    *((0x3A25, "TEL", ("home", "fax")), (0x3A24, "TEL", ("work", "fax")), (0x8062, "IMPP", ())),
    *((0x801A, "ADR", ("home",)), (0x801B, "ADR", ("work",)), (0x801C, "ADR", ("other",))),
    *((0x802B, "URL", ()), (0x3A51, "URL", ("work",)), (0x3A48, "X-SPOUSE", ()), (0x3A4E, "X-MANAGER", ())),
)


@dataclass(frozen=True, slots=True)
class Message:
    """An item of Outlook: its properties, those of the people it went to, the mail that it makes, its folder's name."""

    said: Properties
    people: Sequence[Properties]
    mail: bytes
    folder: str


def read_item(message: Message, origin: Origin) -> Iterator[Item]:
    """The items that it is: a record, or why there is none."""
    if message.mail:
        extra = {"folder": message.folder} if message.folder else {}
        state = {"state": "draft"} if is_draft(message.said) else {}
        yield from read_message("mail", message.mail, origin, extra=extra | state)
        return
    kind = text_of(message.said, CLASS).upper()
    read = next((read for name, read in _KINDS.items() if kind == name or kind.startswith(f"{name}.")), None)
    if read is None:
        yield Ignored("no-mail", origin)
        return
    yield from read(message, origin)


def _appointment(message: Message, origin: Origin) -> Iterator[Item]:
    said = message.said
    zone = _zone(said)
    start, end = said.get(_START), said.get(_END)
    all_day = bool(said.get(_ALL_DAY))
    rule = said.get(_RULE)
    lines = [("UID", _uid(said)), ("LOCATION", _escaped(text_of(said, _PLACE)))]
    lines += [(f"DTSTART{said_how}", value) for said_how, value in _when(start, zone, all_day)]
    lines += [(f"DTEND{said_how}", value) for said_how, value in _when(end, zone, all_day)]
    if isinstance(rule, bytes) and isinstance(start, datetime):
        lines += recurrence(rule, _local(start, zone).time(), all_day)
    for person in message.people:
        address = text_of(person, SMTP) or text_of(person, ADDRESS)
        if "@" in address:
            name = text_of(person, NAME).replace('"', "'")
            lines.append((f'ATTENDEE;CN="{name}"', f"mailto:{address}"))
    yield from _component("VEVENT", message, lines, origin)


def _task(message: Message, origin: Origin) -> Iterator[Item]:
    said = message.said
    lines = [("DTSTART;VALUE=DATE", _day(said.get(_TASK_START))), ("DUE;VALUE=DATE", _day(said.get(_DUE)))]
    lines += [("CREATED", _utc(said.get(_MADE))), ("STATUS", "COMPLETED" if said.get(_DONE) else "")]
    lines += [("COMPLETED", _utc(said.get(_FINISHED)))]
    yield from _component("VTODO", message, lines, origin)


def _activity(message: Message, origin: Origin) -> Iterator[Item]:
    lines = [("DTSTART", _utc(message.said.get(_BEGAN))), ("DTEND", _utc(message.said.get(_ENDED)))]
    yield from _component("VJOURNAL", message, lines, origin)


def _component(name: str, message: Message, lines: list[tuple[str, str]], origin: Origin) -> Iterator[Item]:
    said = [("SUMMARY", _escaped(subject(message.said))), ("DESCRIPTION", _escaped(body_text(message.said).strip()))]
    text = "".join(f"{key}:{value}\r\n" for key, value in [*said, *lines] if value)
    written = f"BEGIN:VCALENDAR\r\nBEGIN:{name}\r\n{text}END:{name}\r\nEND:VCALENDAR\r\n".encode("utf-8", "replace")
    calendar = {"X-WR-CALNAME": message.folder} if message.folder else {}
    for component in Scanner(io.BytesIO(written)):
        if component.name in ITEMS:
            yield from read_component("calendar", component, origin, Zones({}, None), calendar)


def _contact(message: Message, origin: Origin) -> Iterator[Item]:
    said = message.said
    found = [Property("", "N", (), {}, ";".join(_escaped(text_of(said, number)) for number in _NAMED))]
    company = [text_of(said, number) for number in (0x3A16, 0x3A18)]
    values = [(name, text_of(said, number).strip(), types) for number, name, types in _OF_A_CARD]
    told = {(name, value): types for name, value, types in reversed([*values, ("NOTE", body_text(said).strip(), ())])}
    found += [
        Property("", name, types, {}, _escaped(value)) for (name, value), types in reversed(told.items()) if value
    ]
    if any(company):
        found.append(Property("", "ORG", (), {}, ";".join(map(_escaped, company))))
    for number, name in ((_BIRTHDAY, "BDAY"), (_ANNIVERSARY, "ANNIVERSARY")):
        if isinstance(moment := said.get(number), datetime):
            # Midnight where the owner was, in UTC; newer versions write 11:59 UTC.
            found.append(Property("", name, (), {}, f"{moment + timedelta(hours=12):%Y-%m-%d}"))
    record = contact_record("contacts", found, origin, [])
    yield record or BadRow("empty-card", origin, "a contact that names nobody")


def _note(message: Message, origin: Origin) -> Iterator[Item]:
    text = nfc(body_text(message.said).strip())
    made = message.said.get(_MADE)
    if not text and not subject(message.said):
        yield Ignored("empty-note", origin)
        return
    yield Record(
        source="outlook",
        kind="note",
        time=from_datetime(made, made.isoformat(), Precision.SECOND, "UTC", ZoneSource.UTC)
        if isinstance(made, datetime)
        else UNKNOWN_TIME,
        origin=origin,
        title=nfc(subject(message.said)) or None,
        text=text,
        extra={"folder": message.folder} if message.folder else {},
    )


_KINDS: dict[str, Callable[[Message, Origin], Iterator[Item]]] = {
    "IPM.APPOINTMENT": _appointment,
    "IPM.CONTACT": _contact,
    "IPM.TASK": _task,
    "IPM.STICKYNOTE": _note,
    "IPM.ACTIVITY": _activity,
}


def _uid(said: Properties) -> str:
    """The UID that Outlook gives the appointment in the calendars that it sends."""
    number = next((value for key in _MEETING if isinstance(value := said.get(key), bytes)), b"")
    _, mark, foreign = number.partition(_UID_START)
    return foreign.rstrip(b"\0").decode("utf-8", "replace") if mark else number.hex().upper()


def _zone(said: Properties) -> str | None:
    """The zone the appointment was made in, by the name that Windows gives it (MS-OXOCAL 2.2.1.41)."""
    definition = said.get(_ZONE)
    if not isinstance(definition, bytes) or len(definition) < 8:
        return None
    length = int.from_bytes(definition[6:8], "little")
    name = definition[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return Zones({}, None).at(name, datetime(2000, 1, 1)) if name else None


def _local(moment: datetime, zone: str | None) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(zone_info(zone)).replace(tzinfo=None) if zone else moment


def _when(moment: object, zone: str | None, all_day: bool) -> Iterator[tuple[str, str]]:
    """The parameters and the value of a time of the calendar."""
    if not isinstance(moment, datetime):
        return
    if all_day:  # midnight of a place that is not always told
        local = _local(moment, zone) if zone else moment + timedelta(hours=12)
        yield ";VALUE=DATE", f"{local:%Y%m%d}"
    elif zone and zone != "UTC":
        yield f";TZID={zone}", f"{_local(moment, zone):%Y%m%dT%H%M%S}"
    else:
        yield "", _utc(moment)


def _utc(moment: object) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}" if isinstance(moment, datetime) else ""


def _day(moment: object) -> str:
    return f"{moment:%Y%m%d}" if isinstance(moment, datetime) else ""


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
