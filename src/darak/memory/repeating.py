"""Events that repeat or last, each at all of its times: what a calendar keeps as one record is many days of a life.

The times are worked out while a question is answered and kept nowhere, so that a rule which a newer export changes
leaves nothing behind. Each has a number of its own, from `_FIRST` on, under which look-ups give it like a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from heapq import nsmallest
from typing import cast

from msgspec import structs

from darak.memory.filter import NO_FILTER, Filter
from darak.memory.lookup import Glance, Lookup, Terms
from darak.memory.recurrence import Rule, days_of, read_rule
from darak.records.record import Record
from darak.records.time import Precision, ZoneSource, day_number, local_seconds, zone_info
from darak.records.vault import Stored

_FIRST = 1 << 40
_A_DAY = len("20240507")
_A_WEEK = timedelta(days=7)
_LONGEST = timedelta(days=62)
"""How long an event lasts at most, to be looked for on its later days."""


@dataclass(frozen=True, slots=True)
class Series:
    """One event with the times at which it repeats or does not, on its own clock. An exception has a record itself.

    `ahead` are the days by which that clock is ahead of the rule's, which for a time in UTC names weekdays in UTC.
    """

    n: int
    thread: int
    rule: Rule | None
    start: datetime
    ahead: timedelta
    until: datetime | None
    besides: tuple[datetime, ...]
    without: frozenset[datetime]

    def times(self, since: date, until: date) -> Iterator[datetime]:
        """Its times on the days from `since` to before `until`, but for the first, which is the record's own."""
        first, end = self.start.date() - self.ahead, min(until, date.max - _A_WEEK) - self.ahead
        ruled = days_of(self.rule, first, end) if self.rule else ()
        times = (datetime.combine(day + self.ahead, self.start.time()) for day in ruled)
        found = {time for time in times if self.until is None or time <= self.until} | set(self.besides)
        for time in sorted(found - self.without - {self.start}):
            if since <= time.date() < until:
                yield time


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A time of the record `of`, as a record of number `n`: one of its repetitions, or a day on which it `lasts`."""

    n: int
    of: int
    time: datetime
    moved: timedelta
    lasts: bool = False


def find_series(lookup: Lookup) -> list[Series]:
    """All events that repeat."""
    events = lookup.filtered(Filter(kinds=("event",)))
    threads = {n: glance.thread for n, glance in lookup.glances(events).items() if glance.thread is not None}
    stored = lookup.get(threads)
    moved: dict[int, set[datetime]] = {}
    for n, one in stored.items():
        if (when := _moment(one.record, one.record.extra.get("recurrence_id"))) is not None:
            moved.setdefault(threads[n], set()).add(when)
    found = (_series(n, threads[n], one.record, moved.get(threads[n], set())) for n, one in stored.items())
    return [one for one in found if one is not None]


def _series(n: int, thread: int, record: Record, moved: set[datetime]) -> Series | None:
    start = record.time.local
    rule = read_rule(str(record.extra.get("rrule", "")))
    besides = tuple(_moments(record, "rdate"))
    if start is None or record.extra.get("recurrence_id") or (rule is None and not besides):
        return None
    until = _moment(record, rule.until) if rule else None
    if until and rule and rule.until and len(rule.until) == _A_DAY:
        until = datetime.combine(until.date(), datetime.max.time())
    ahead = timedelta()
    if record.time.zone_source is ZoneSource.OWNER and record.time.zone and record.time.precision is not Precision.DAY:
        ahead = start.date() - (start - (zone_info(record.time.zone).utcoffset(start) or timedelta())).date()
    return Series(n, thread, rule, start, ahead, until, besides, frozenset((*_moments(record, "exdate"), *moved)))


def _moments(record: Record, key: str) -> Iterator[datetime]:
    listed = record.extra.get(key)
    for written in cast("list[object]", listed) if isinstance(listed, list) else ():
        if (when := _moment(record, written)) is not None:
            yield when


def _moment(record: Record, written: object) -> datetime | None:
    """A time as iCalendar writes it, on the record's own clock; a day at the time of day at which the event begins."""
    start = record.time.local
    text = str(written or "").partition("/")[0].strip().upper()
    try:
        if len(text) == _A_DAY:
            day = datetime.strptime(text, "%Y%m%d").date()
            return datetime.combine(day, start.time()) if start else None
        when = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")
        if text.endswith("Z") and record.time.zone:
            when = when.replace(tzinfo=UTC).astimezone(zone_info(record.time.zone)).replace(tzinfo=None)
        return when
    except (ValueError, OverflowError):
        return None


def find_lasting(lookup: Lookup, since: date) -> list[tuple[int, datetime]]:
    """Events that began before a day and last until it at least, with their beginnings."""
    began = lookup.filtered(Filter(since - _LONGEST, since, kinds=("event",)))
    records = ((n, stored.record) for n, stored in lookup.get(began).items())
    return [
        (n, record.time.local)
        for n, record in records
        if record.time.local and record.end and record.end.local and record.end.local.date() >= since
    ]


class Repeating(Lookup):
    """Look-ups that also give the repetitions of some series between two days, at most so many of each, those nearest
    to now; and, on the first of the days, what lasts from before."""

    def __init__(
        self,
        lookup: Lookup,
        series: Iterable[Series],
        since: date,
        until: date,
        now: datetime,
        most: int,
        lasting: Sequence[tuple[int, datetime]] = (),
    ) -> None:
        super().__init__(lookup._memory)
        self._lookup = lookup
        times = [
            (time, one)
            for one in series
            for time in nsmallest(most, one.times(since, until), key=lambda time: abs(time - now))
        ]
        times.sort(key=lambda pair: abs(pair[0] - now))
        begin = datetime.combine(since, datetime.min.time())
        found = [Occurrence(_FIRST + k, one.n, time, time - one.start) for k, (time, one) in enumerate(times)]
        found += [
            Occurrence(_FIRST + k, n, begin, begin - start, lasts=True)
            for k, (n, start) in enumerate(lasting, len(found))
        ]
        self._occurrences = {one.n: one for one in found}
        self._threads = tuple(sorted({one.thread for _, one in times}))
        self._before = (since - _LONGEST, since) if lasting else None

    def days(
        self,
        alternatives: Sequence[Terms],
        filter: Filter = NO_FILTER,
        *,
        within: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> dict[int, int | None]:
        found = self._lookup.days(alternatives, filter, within=within, without=without)
        for begun in self._begun(filter):
            of = self._lookup.days(alternatives, begun, without=without)
            wanted = None if within is None else set(within)
            found.update((n, day) for n, day in self._of(of, filter).items() if wanted is None or day in wanted)
        return found

    def filtered(self, filter: Filter) -> dict[int, int | None]:
        found = self._lookup.filtered(filter)
        for begun in self._begun(filter):
            found.update(self._of(self._lookup.filtered(begun), filter))
        return found

    def rooms(self, alternatives: Sequence[Terms]) -> list[int]:
        return self._lookup.rooms(alternatives)

    def couples(self, threads: Collection[int]) -> set[int]:
        return self._lookup.couples(threads)

    def glances(self, ns: Collection[int]) -> dict[int, Glance]:
        real = self._lookup.glances({self.real(n) for n in ns})
        found: dict[int, Glance] = {}
        for n in ns:
            if (glance := real.get(self.real(n))) is not None:
                one = self._occurrences.get(n)
                found[n] = replace(glance, n=n, second=local_seconds(one.time)) if one else glance
        return found

    def get(self, ns: Iterable[int]) -> dict[int, Stored]:
        wanted = list(ns)
        real = self._lookup.get({self.real(n) for n in wanted})
        found: dict[int, Stored] = {}
        for n in wanted:
            if (stored := real.get(self.real(n))) is not None:
                one = self._occurrences.get(n)
                found[n] = Stored(n, stored.id, _at(stored.record, one)) if one else stored
        return found

    def real(self, n: int) -> int:
        one = self._occurrences.get(n)
        return one.of if one else n

    def told(self, stored: Stored) -> Stored:
        one = self._occurrences.get(stored.n)
        if one is None:
            return stored
        return self._lookup.get((one.of,))[one.of] if one.lasts else Stored(one.of, stored.id, stored.record)

    def _begun(self, filter: Filter) -> Iterator[Filter]:
        """The filter for the records themselves, whose first times lie elsewhere: the series, and what lasts."""
        threads = self._threads if filter.threads is None else tuple(set(self._threads) & set(filter.threads))
        if threads:
            yield replace(filter, since=None, until=None, threads=threads)
        if self._before and (not filter.kinds or "event" in filter.kinds):
            yield replace(filter, since=self._before[0], until=self._before[1], kinds=("event",))

    def _of(self, records: Collection[int], filter: Filter) -> dict[int, int | None]:
        """The times of these records on the days of the filter."""
        return {
            n: day_number(one.time)
            for n, one in self._occurrences.items()
            if one.of in records
            and (filter.since is None or one.time.date() >= filter.since)
            and (filter.until is None or one.time.date() < filter.until)
        }


def _at(record: Record, one: Occurrence) -> Record:
    """The record as of one of its times; of what lasts, only the day is told."""
    if one.lasts:
        return structs.replace(record, time=structs.replace(record.time, local=one.time, precision=Precision.DAY))
    end = record.end
    if end is not None and end.local is not None:
        end = structs.replace(end, local=end.local + one.moved)
    return structs.replace(record, time=structs.replace(record.time, local=one.time), end=end)
