"""Calendar arithmetic: from what an expression says (`When`) to the days it means (`Period`), seen from a now."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from darak.language.holidays import holiday

Grain = Literal["year", "season", "month", "week", "day", "hour"]
Prefer = Literal["past", "future", "nearest"]
Unit = Literal["minute", "hour", "day", "week", "month", "year"]
Pick = Literal["last", "this", "next", "coming"]
Part = Literal["early", "mid", "late", "start", "end"]

WEEKEND = 7
LAST = -1


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of a day, or a point: an hour from it; `until` None is midnight, `overnight` the day after."""

    since: time
    until: time | None
    overnight: bool = False
    point: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """What an expression names, from coarse to fine; None is not said. The shifts count from now, 0 is this one."""

    year: int | None = None
    year_shift: int | None = None
    months: tuple[int, int] | None = None  # first month, number of months: May, summer, the second half
    month_shift: int | None = None
    part: Part | None = None
    nth_week: int | None = None  # of the month, 1 to 5, or LAST
    week_shift: int | None = None
    holiday: str | None = None
    day: int | None = None  # of the month, or LAST
    day_shift: int | None = None
    weekday: int | None = None  # Monday is 0; or WEEKEND
    hours: Hours | None = None
    pick: Pick | None = None  # last May, this Christmas, next Friday
    whole_week: bool = False  # the week of March 4
    stretch: tuple[int, int, Unit] | None = None  # from and to, counted from now: the last three weeks

    vague: bool = False  # a few years ago

    @property
    def relative(self) -> bool:
        """Whether the words point from now, rather than naming a calendar date with or without its year."""
        shifts = (self.year_shift, self.month_shift, self.week_shift, self.day_shift)
        return any(shift is not None for shift in shifts) or bool(self.pick or self.stretch)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to before `until`; the times, if any, are of the first and the last of these days."""

    since: date
    until: date
    grain: Grain
    since_time: time | None = None
    until_time: time | None = None


def resolve(when: When, now: datetime, prefer: Prefer) -> Period | None:
    """The days meant, or None when there are none (30 February, a year beyond the calendar)."""
    try:
        period = _period(when, now, prefer)
    except (ValueError, OverflowError):
        return None
    return _at_hours(period, when.hours) if period and when.hours else period


def widened(period: Period) -> Period:
    """The period with the slack that `around` gives it."""
    slack = timedelta(days={"year": 183, "season": 30, "month": 15, "week": 7, "day": 3, "hour": 0}[period.grain])
    return Period(period.since - slack, period.until + slack, period.grain, period.since_time, period.until_time)


def _period(when: When, now: datetime, prefer: Prefer) -> Period | None:
    today = now.date()
    if when.stretch:
        return _stretch(when.stretch, now)
    year = today.year + when.year_shift if when.year_shift is not None else when.year
    if when.holiday or when.months:
        named = _holiday if when.holiday else _in_year
        return _chosen(lambda y: named(when, y), today.year, year, today, when, prefer)
    if when.month_shift is not None:
        return _refined(_month(today.year * 12 + today.month - 1 + when.month_shift), when)
    if when.week_shift is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=when.week_shift)
        return _refined(_days(monday, 7, "week"), when)
    if when.day_shift is not None:
        start = _in_that_year(today, year) if year is not None else today
        return _days(start + timedelta(days=when.day_shift), 1, "day")
    if year is not None:
        return _refined(Period(date(year, 1, 1), date(year + 1, 1, 1), "year"), when)
    if when.day is not None or when.nth_week is not None:
        this_month = today.year * 12 + today.month - 1
        return _chosen(lambda m: _refined(_month(m), when), this_month, None, today, when, prefer)
    if when.weekday is not None:
        return _weekday(when, today, prefer)
    return None


def _in_year(when: When, year: int) -> Period | None:
    first, count = when.months or (1, 12)
    start = year * 12 + first - 1
    grain: Grain = "month" if count == 1 else "season" if count < 12 else "year"
    return _refined(Period(_month(start).since, _month(start + count).since, grain), when)


def _holiday(when: When, year: int) -> Period | None:
    days = holiday(when.holiday or "", year)
    return Period(*days, "day") if days else None


def _chosen(
    build: Callable[[int], Period | None],
    current: int,
    fixed: int | None,
    today: date,
    when: When,
    prefer: Prefer,
) -> Period | None:
    """Of the periods that recur (each May, each 15th), the one that is meant."""
    if fixed is not None:
        return build(fixed)
    reach = 6 if when.day is not None and when.months else 4
    periods = [period for n in range(current - reach, current + reach + 1) if (period := _valid(build, n))]
    # A weekday beside a date tells the year: 3월 4일 (금).
    fitting = [p for p in periods if when.day is not None and p.since.weekday() == when.weekday]
    if fitting:
        return _preferred(fitting, today, prefer) or _preferred(fitting, today, "nearest")
    if when.pick == "this":
        this_one = _valid(build, current)
        return next((p for p in periods if p.since <= today < p.until), this_one)
    if when.pick in ("next", "coming"):
        return next((p for p in periods if p.since > today), None)
    if when.pick == "last":
        # A season is long enough to look back on while it still runs; of a month the finished one is meant.
        ended = (p for p in reversed(periods) if p.until <= today or (p.grain == "season" and p.since <= today))
        return next(ended, None)
    return _preferred(periods, today, prefer)


def _preferred(periods: Iterable[Period], today: date, prefer: Prefer) -> Period | None:
    ordered = sorted(periods, key=lambda period: period.since)
    if prefer == "past":
        return next((p for p in reversed(ordered) if p.since <= today), None)
    if prefer == "future":
        return next((p for p in ordered if p.until > today), None)
    return min(ordered, key=lambda p: max((p.since - today).days, (today - p.until).days + 1, 0), default=None)


def _valid(build: Callable[[int], Period | None], n: int) -> Period | None:
    try:
        return build(n)
    except ValueError:
        return None


def _refined(period: Period, when: When) -> Period | None:
    """The finer part of a year, month or week that is named beside it."""
    if when.part:
        return _part(period, when.part)
    if when.day is not None:
        day = period.until - timedelta(days=1) if when.day == LAST else period.since + timedelta(days=when.day - 1)
        if day >= period.until:
            return None
        monday = day - timedelta(days=day.weekday())
        return _days(monday, 7, "week") if when.whole_week else _days(day, 1, "day")
    if when.nth_week is not None:
        start = (
            period.until - timedelta(days=7)
            if when.nth_week == LAST
            else period.since + timedelta(days=7 * (when.nth_week - 1))
        )
        if start >= period.until:
            return None
        period = Period(start, min(start + timedelta(days=7), period.until), "week")
    if when.weekday is not None and period.grain in ("week", "month"):
        return next(_weekdays_in(period, when.weekday), None)
    return period


def _part(period: Period, part: Part) -> Period:
    days = (period.until - period.since).days
    if period.grain == "month":
        cuts = {"early": (0, 10), "start": (0, 10), "mid": (10, 20), "late": (20, days), "end": (20, days)}
        return _between(period.since, cuts[part], "week")
    if period.grain == "week":
        cuts = {"early": (0, 3), "start": (0, 2), "mid": (2, 4), "late": (3, 7), "end": (4, 7)}
        return _between(period.since, cuts[part], "day")
    start = period.since.year * 12 + period.since.month - 1
    months = round(days / 30.4)
    third = months // 3
    edge = max(months // 6, 1)  # the end of a year is narrower than late in the year
    first, last = {
        "early": (0, third),
        "start": (0, edge),
        "mid": (third, 2 * third),
        "late": (2 * third, months),
        "end": (months - edge, months),
    }[part]
    grain: Grain = "month" if last - first == 1 else "season"
    return Period(_month(start + first).since, _month(start + last).since, grain)


def _weekday(when: When, today: date, prefer: Prefer) -> Period | None:
    """A weekday alone; today is not meant, one would say so. `next` is in the next week, Monday to Sunday."""
    weekday = when.weekday or 0
    monday = today - timedelta(days=today.weekday())
    weeks = [_days(monday + timedelta(weeks=n), 7, "week") for n in (-2, -1, 0, 1, 2)]
    if (weekday == WEEKEND and when.pick == "last") or when.pick in ("this", "next"):
        week = weeks[{"last": 1, "this": 2, "next": 3}[when.pick or "this"]]
        return next(_weekdays_in(week, weekday))
    days = [day for week in weeks for day in _weekdays_in(week, weekday)]
    if when.pick:
        prefer = "past" if when.pick == "last" else "future"
    return _preferred((d for d in days if d.since != today or weekday == WEEKEND), today, prefer)


def _weekdays_in(period: Period, weekday: int) -> Iterator[Period]:
    length, first = (2, 5) if weekday == WEEKEND else (1, weekday)
    day = period.since + timedelta(days=(first - period.since.weekday()) % 7)
    while day < period.until:
        yield _days(day, length, "day")
        day += timedelta(days=7)


def _stretch(stretch: tuple[int, int, Unit], now: datetime) -> Period:
    first, last, unit = stretch
    if unit in ("minute", "hour"):
        start = now + timedelta(**{f"{unit}s": first})
        return _at_hours(_days(start.date(), 1, "day"), hour_from(start.time()))
    since, last_day = (_moved(now.date(), count, unit) for count in (first, last))
    return Period(since, last_day + timedelta(days=1), unit)


def _moved(day: date, count: int, unit: Unit) -> date:
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    month = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    return _clamped(month, day.day)


def _in_that_year(day: date, year: int) -> date:
    return _clamped(year * 12 + day.month - 1, day.day)


def _clamped(month: int, day: int) -> date:
    period = _month(month)
    return min(period.since + timedelta(days=day - 1), period.until - timedelta(days=1))


def _month(number: int) -> Period:
    """A month by its number, counted from January of year 0."""
    year, month = divmod(number, 12)
    next_year, next_month = divmod(number + 1, 12)
    return Period(date(year, month + 1, 1), date(next_year, next_month + 1, 1), "month")


def _days(day: date, count: int, grain: Grain) -> Period:
    return Period(day, day + timedelta(days=count), grain)


def _between(start: date, days: tuple[int, int], grain: Grain) -> Period:
    return Period(start + timedelta(days=days[0]), start + timedelta(days=days[1]), grain)


def hour_from(start: time) -> Hours:
    """The hour that begins at a time."""
    until = time(start.hour + 1, start.minute) if start.hour < 23 else None
    return Hours(start.replace(second=0, microsecond=0), until, point=True)


def _at_hours(period: Period, hours: Hours) -> Period:
    until = period.until + timedelta(days=1) if hours.overnight else period.until
    return Period(period.since, until, "hour", hours.since, hours.until)
