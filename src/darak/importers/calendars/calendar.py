"""Calendars: .ics files of any program. Events and tasks become events, journal entries notes.

A record is the event as it stands in the file: a series is one record with its rule in `extra`, not its occurrences;
a moved occurrence is a record of its own whose parent is the series. Locators are "lines A-B" of the member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from darak.importers.archive import READ_ERRORS
from darak.importers.calendars.event import read_component
from darak.importers.calendars.ics_lines import ITEMS, Component, Scanner, properties
from darak.importers.calendars.ics_times import Zones, zone_id
from darak.importers.formats.members import by_folder
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

_BEGIN = re.compile(rb"BEGIN:[ \t]*(VCALENDAR|VEVENT|VTODO|VJOURNAL)\s*?\n", re.IGNORECASE)
_BUSY = ("VFREEBUSY", "VAVAILABILITY")


@dataclass
class _Calendar:
    """What a VCALENDAR says of all that is in it."""

    said: dict[str, str] = field(default_factory=dict[str, str])
    zones: dict[str, Component] = field(default_factory=dict[str, Component])


class CalendarImporter:
    name = "calendar"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders = by_folder(tree, lambda head: _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None)
        return [Match(self.name, names, 0.95, "begins with BEGIN:VCALENDAR") for names in folders]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            try:
                with tree.open(member) as stream:
                    survey = Scanner(stream)
                    calendars = _survey(survey)
                with tree.open(member) as stream:
                    yield from self._read(Scanner(stream), member, calendars)
            except READ_ERRORS as error:
                yield BadRow("cut-off", Origin(member, "lines 1-"), f"the file cannot be read: {error}")
                yield Units(1)
                continue
            yield Units(survey.units)

    def _read(self, scanner: Scanner, member: str, calendars: list[_Calendar]) -> Iterator[Item]:
        number = -1 if len(calendars) > 1 else 0
        zones = [Zones(calendar.zones, calendar.said.get("X-WR-TIMEZONE")) for calendar in calendars]
        component = None
        for component in scanner:
            origin = Origin(member, f"lines {component.first}-{component.last}")
            if component.name == "VCALENDAR":
                number = min(number + 1, len(calendars) - 1)
            elif component.name in _BUSY:
                yield Ignored("free-busy", origin)
            elif component.name in ITEMS:
                place = max(number, 0)
                yield from read_component(self.name, component, origin, zones[place], calendars[place].said)
            elif component.state == "cut-off":
                yield BadRow("cut-off", origin, f"the file ends in a {component.name}", component.data)
                yield Units(1)
            elif component.name not in ("", "VTIMEZONE"):
                yield Ignored("unknown-component", origin)
                yield Units(1)
        if component is not None and component.state != "cut-off" and (scanner.calendar_open or scanner.error):
            why = f"unreadable from here on: {scanner.error}" if scanner.error else "the calendar has no end"
            yield BadRow("cut-off", Origin(member, f"lines {component.last}-"), why)
            yield Units(1)


def _survey(scanner: Scanner) -> list[_Calendar]:
    """What the calendars of a file say of themselves; it may stand behind the events that need it."""
    calendars = [_Calendar()]
    begun = False
    for component in scanner:
        if component.name == "VCALENDAR":
            if begun:
                calendars.append(_Calendar())
            begun = True
        elif component.name == "VTIMEZONE":
            if name := zone_id(component):
                calendars[-1].zones[name] = component
        elif component.name == "":
            for prop in properties(component)[0]:
                calendars[-1].said.setdefault(prop.name, prop.text)
    return calendars
