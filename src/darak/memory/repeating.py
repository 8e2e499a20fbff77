"""Events that repeat, each at all of its times: what a calendar keeps as one record and a rule is many days of a life.

The times are worked out while a question is answered and kept nowhere, so that a rule which a newer export changes
leaves nothing behind. Each has a number of its own, from `_FIRST` on, under which look-ups give it like a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from heapq import nsmallest
from typing import cast

from msgspec import structs

from darak.memory.filter import NO_FILTER, Filter
from darak.memory.lookup import Glance, Lookup, Terms
from darak.memory.recurrence import Rule, days_of, read_rule
from darak.records.record import Record
from darak.records.time import day_number, local_seconds, zone_info
from darak.records.vault import Stored

_FIRST = 1 << 40
_A_DAY = len("20240507")


@dataclass(frozen=True, slots=True)
class Series:
    """One event with the times at which it repeats or does not, on its own clock. An exception has a record itself."""

    n: int
    thread: int
    rule: Rule | None
    start: datetime
    until: datetime | None
    besides: tuple[datetime, ...]
    without: frozenset[datetime]

    def times(self, since: date, until: date) -> Iterator[datetime]:
        """Its times on the days from `since` to before `until`, but for the first, which is the record's own."""
        ruled = days_of(self.rule, self.start.date(), until) if self.rule else ()
        times = (datetime.combine(day, self.start.time()) for day in ruled)
        found = {time for time in times if self.until is None or time <= self.until} | set(self.besides)
        for time in sorted(found - self.without - {self.start}):
            if since <= time.date() < until:
                yield time


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series, as a record of number `n`."""

    n: int
    series: Series
    time: datetime


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
    return Series(n, thread, rule, start, until, besides, frozenset((*_moments(record, "exdate"), *moved)))


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


class Repeating(Lookup):
    """Look-ups that also give the repetitions of some series between two days, at most so many of each, those nearest
    to now."""

    def __init__(
        self, lookup: Lookup, series: Iterable[Series], since: date, until: date, now: datetime, most: int
    ) -> None:
        super().__init__(lookup._memory)
        self._lookup = lookup
        times = [
            (time, one)
            for one in series
            for time in nsmallest(most, one.times(since, until), key=lambda time: abs(time - now))
        ]
        times.sort(key=lambda pair: abs(pair[0] - now))
        self._occurrences = {_FIRST + k: Occurrence(_FIRST + k, one, time) for k, (time, one) in enumerate(times)}
        self._threads = tuple(sorted({one.thread for _, one in times}))

    def days(
        self,
        alternatives: Sequence[Terms],
        filter: Filter = NO_FILTER,
        *,
        within: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> dict[int, int | None]:
        found = self._lookup.days(alternatives, filter, within=within, without=without)
        if anytime := self._anytime(filter):
            series = self._lookup.days(alternatives, anytime, without=without)
            wanted = None if within is None else set(within)
            found.update((n, day) for n, day in self._of(series, filter).items() if wanted is None or day in wanted)
        return found

    def filtered(self, filter: Filter) -> dict[int, int | None]:
        found = self._lookup.filtered(filter)
        if anytime := self._anytime(filter):
            found.update(self._of(self._lookup.filtered(anytime), filter))
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
        return one.series.n if one else n

    def _anytime(self, filter: Filter) -> Filter | None:
        """The filter without its days, for the series only; None when it leaves none of them."""
        threads = self._threads if filter.threads is None else tuple(set(self._threads) & set(filter.threads))
        return replace(filter, since=None, until=None, threads=threads) if threads else None

    def _of(self, series: Collection[int], filter: Filter) -> dict[int, int | None]:
        """The repetitions of these series on the days of the filter."""
        return {
            n: day_number(one.time)
            for n, one in self._occurrences.items()
            if one.series.n in series
            and (filter.since is None or one.time.date() >= filter.since)
            and (filter.until is None or one.time.date() < filter.until)
        }


def _at(record: Record, one: Occurrence) -> Record:
    """The record as of one of its times."""
    moved = one.time - one.series.start
    end = record.end
    if end is not None and end.local is not None:
        end = structs.replace(end, local=end.local + moved)
    return structs.replace(record, time=structs.replace(record.time, local=one.time), end=end)
