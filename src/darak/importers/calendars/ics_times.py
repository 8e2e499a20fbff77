"""Dates, times, durations and time zones of iCalendar as Times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import cast
from zoneinfo import available_timezones

from darak.importers.calendars.ics_lines import Component, Property, properties
from darak.importers.formats.decoding import decode
from darak.records.time import EPOCH, Precision, Time, ZoneSource, offset_name, utc_ms, zone_info

_VALUE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(Z)?)?", re.IGNORECASE)
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_DISPLAYED = re.compile(r"(?:(\((?:GMT|UTC)(?:([+-])(\d\d):(\d\d))?\)) )?(.+)")
"""How Windows shows a zone: "(UTC+01:00) Amsterdam, Berlin, Bern", and some programs without what is in brackets."""
_AMERICAN = re.compile(r"(\w+) Time \(US (?:&|and) Canada\).*")
_SHORT = {"KST": "Asia/Seoul", "JST": "Asia/Tokyo"}
"""Zones by names that mean them only, but are none of the zone database."""


class Zones:
    """The time zones that one calendar names: IANA names, Windows names, and those it defines itself."""

    def __init__(self, definitions: Mapping[str, Component], owner: str | None) -> None:
        self._definitions = definitions
        self.owner = _iana(owner or "")
        self._known: dict[str, str | tzinfo | None] = {}

    def at(self, tzid: str, local: datetime) -> str | None:
        """The zone's IANA name, else its offset at `local`; None when nothing tells what it is."""
        if tzid not in self._known:
            self._known[tzid] = self._find(tzid)
        zone = self._known[tzid]
        if isinstance(zone, tzinfo):
            offset = zone.utcoffset(local)
            return offset_name(offset) if offset is not None else None
        return zone

    def _find(self, tzid: str) -> str | tzinfo | None:
        definition = self._definitions.get(tzid)
        if name := _iana(tzid) or (_iana(_location(definition)) if definition else None):
            return name
        if named := _SHORT.get(tzid) or _windows().get(tzid):
            return named
        parts = tzid.strip("/").split("/")
        for size in (3, 2):
            if len(parts) >= size and (name := _iana("/".join(parts[-size:]))):
                return name
        if definition:
            return _defined(definition)
        if city := _of_city(tzid.strip()):
            return city
        offset = _OFFSET.fullmatch(tzid.strip())
        return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}" if offset and int(offset[2]) <= 14 else None


def _iana(name: str) -> str | None:
    """The name itself when it is one of the zone database."""
    return name if name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def _of_city(shown: str) -> str | None:
    """The zone of a city that Windows names, if it is as far from UTC as is said there, in winter or in summer."""
    match = _DISPLAYED.fullmatch(shown)
    if match is None:
        return None
    if american := _AMERICAN.fullmatch(match[5]):
        return _windows().get(f"{american[1]} Standard Time")
    offset = timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0)) * (-1 if match[2] == "-" else 1)
    cities = {city.strip().replace(" ", "_") for city in match[5].split(",")}
    if not match[1] and len(cities) == 1:
        return None  # a word alone may be anything
    for name in sorted(_names()):
        if name.rpartition("/")[2] in cities:
            clock = zone_info(name)
            if not match[1] or offset in (clock.utcoffset(datetime(2025, 1, 1)), clock.utcoffset(datetime(2025, 7, 1))):
                return name
    return None


@cache
def _windows() -> Mapping[str, str]:
    """Windows' names of zones; icalendar takes 40 ms to load, which only who needs its tables pays."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON


def zone_id(component: Component) -> str | None:
    """The TZID that a VTIMEZONE defines."""
    return next((prop.value for prop in _own(component) if prop.name == "TZID"), None)


def _location(component: Component) -> str:
    return next((prop.value for prop in _own(component) if prop.name == "X-LIC-LOCATION"), "")


def _own(component: Component) -> list[Property]:
    return properties(component)[0]


def _defined(component: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE describes by its rules."""
    from icalendar import Timezone

    try:
        parsed = Timezone.from_ical(decode(component.data)[0])
        return cast(tzinfo, parsed.to_tz(lookup_tzid=False)) if isinstance(parsed, Timezone) else None
    except Exception:  # a foreign parser on foreign data: whatever it raises, the definition is unusable
        return None


def read_time(prop: Property, zones: Zones) -> tuple[Time, str | None]:
    """The time of a DATE or DATE-TIME property, and what is wrong with it.

    A UTC time in a calendar that names its owner's zone is told on the owner's clock: Google writes single events so.
    """
    match = _VALUE.fullmatch(prop.value.strip())
    try:
        year, month, day, hour, minute, second, utc = match.groups() if match else ("",) * 7
        # A leap second is told as the last of its minute; years before the calendar's own are placeholders.
        clock = (int(hour or 0), int(minute or 0), min(int(second or 0), 59))
        local = datetime(int(year) if year >= "1000" else 0, int(month), int(day), *clock)
    except ValueError:
        return Time(prop.value, None, Precision.UNKNOWN), f"{prop.name} is no date: {prop.value[:40]!r}"
    if hour is None:
        return Time(prop.value, local, Precision.DAY), None
    precision = Precision.MINUTE if second is None else Precision.SECOND
    if utc:
        time = Time(prop.value, local, precision, "UTC", ZoneSource.UTC)
        return (in_zone(time, zones.owner, ZoneSource.OWNER) if zones.owner else time), None
    tzid = prop.parameters.get("TZID")
    if tzid is None:
        return Time(prop.value, local, precision), None
    zone = zones.at(tzid, local)
    if zone is None:
        return Time(prop.value, local, precision), f"its time zone {tzid[:60]!r} is not known"
    return Time(prop.value, local, precision, zone, ZoneSource.EXPLICIT), None


def in_zone(time: Time, zone: str, source: ZoneSource) -> Time:
    """The same instant on the clock of another zone; `time` must have a zone."""
    if time.local is None or time.zone is None or time.zone == zone:
        return time
    clock = zone_info(zone)
    moment = EPOCH + timedelta(milliseconds=utc_ms(time.local, time.zone))
    try:
        local = clock.fromutc(moment.replace(tzinfo=clock)).replace(tzinfo=None)
    except OverflowError:
        return time
    return Time(time.written, local, time.precision, zone, source)


def read_duration(value: str) -> timedelta | None:
    match = _DURATION.fullmatch(value.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if match[1] == "-" else length


def read_end(
    start: Time, prop: Property | None, duration: Property | None, zones: Zones
) -> tuple[Time | None, str | None]:
    """When it ends, on the clock of its start, and what is wrong with that.

    Of all-day events it is the last day itself (iCalendar writes the day after), and None when that is the first.
    """
    if start.local is None or (prop is None and duration is None):
        return None, None
    if prop is not None:
        end, wrong = read_time(prop, zones)
    else:
        end, wrong = _after(start, duration.value if duration else "")
    if end.local is None:
        return None, wrong
    if start.precision is Precision.DAY and end.precision is Precision.DAY:
        last = end.local - timedelta(days=1)
        return (Time(end.written, last, Precision.DAY) if last > start.local else None), wrong
    if start.zone and end.zone:
        end = in_zone(end, start.zone, start.zone_source)
    if end.local is not None and end.local < start.local:
        return None, f"it ends before it begins: {end.written[:40]!r}"
    return end, wrong


def _after(start: Time, duration: str) -> tuple[Time, str | None]:
    """The time a duration later: days by the calendar, hours by the clock that never jumps."""
    length = read_duration(duration)
    if start.local is None or length is None:
        return Time(duration, None, Precision.UNKNOWN), f"DURATION is none: {duration[:40]!r}"
    try:
        if start.zone is None or length % timedelta(days=1) == timedelta(0):
            local = start.local + length
        else:
            zone = zone_info(start.zone)
            local = (start.local.replace(tzinfo=zone).astimezone(UTC) + length).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return Time(duration, None, Precision.UNKNOWN), f"DURATION is too long: {duration[:40]!r}"
    return Time(duration, local, start.precision, start.zone, start.zone_source), None
