"""iCalendar (RFC 5545): zoned, floating and all-day events, recurrence with EXDATE, folded and escaped lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from darak.sample.model import CalendarEvent

_HEAD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample Calendar//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:내 캘린더
X-WR-TIMEZONE:Asia/Seoul
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:KST
END:STANDARD
END:VTIMEZONE"""


def write_calendar(events: Iterable[CalendarEvent], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = _HEAD.split("\n")
    for event in sorted(events, key=lambda event: (event.start.isoformat(), event.uid)):
        lines += _event(event)
    lines.append("END:VCALENDAR")
    path.write_bytes(b"".join(_folded(line) for line in lines))


def _event(event: CalendarEvent) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{event.start:%Y%m%d}T000000Z"]
    lines.append(_time("DTSTART", event.start, event.floating))
    lines.append(_time("DTEND", event.end, event.floating))
    lines.append(f"SUMMARY:{_escaped(event.title)}")
    if event.rule:
        lines.append(f"RRULE:{event.rule}")
    lines += [_time("EXDATE", moment, event.floating) for moment in event.without]
    if event.place:
        lines.append(f"LOCATION:{_escaped(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{_escaped(event.description)}")
    lines += [f'ATTENDEE;CN="{name}":mailto:{address}' for name, address in event.people]
    return [*lines, "END:VEVENT"]


def _time(name: str, moment: datetime | date, floating: bool) -> str:
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    stamp = f"{moment:%Y%m%dT%H%M%S}"
    return f"{name}:{stamp}" if floating else f"{name};TZID=Asia/Seoul:{stamp}"


def _escaped(text: str) -> str:
    for char, form in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, form)
    return text


def _folded(line: str) -> bytes:
    """Lines of at most 75 bytes, never cut inside a character."""
    if len(line) * 3 < 75:
        return f"{line}\r\n".encode()
    out, width = [""], 0
    for char in line:
        size = len(char.encode("utf-8"))
        if width + size > 74:
            out.append(" ")
            width = 1
        out[-1] += char
        width += size
    return "".join(part + "\r\n" for part in out).encode("utf-8")
