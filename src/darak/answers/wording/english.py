"""Answers in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.statistics import season
from darak.answers.plan import Group, Kind, Measure, Span
from darak.answers.wording.wording import MISSING, SAME_CALENDAR, Quote, Row, Wording, shorten

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = ("winter", "spring", "summer", "autumn")
_AMOUNTS = {"amount": "spending", "call_minutes": "time on the phone", "distance_km": "distance"}
_ACTIVITIES = {
    "running": "running distance",
    "cycling": "cycling distance",
    "swimming": "swimming distance",
    "hiking": "hiking distance",
}
_HEADS: dict[Kind, str] = {
    "sum": "total",
    "average": "average",
    "max": "highest",
    "min": "lowest",
    "last": "latest",
    "first": "first",
}
_UNITS = {"amount": "", "call_minutes": "min", "distance_km": "km"}


def plural(n: float, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


class English(Wording):
    def date(self, day: date, clock: time | None = None) -> str:
        text = _day(day)
        if day.year >= SAME_CALENDAR:
            text = f"{_WEEKDAYS[day.weekday()]} {text}"
        return f"{text}, {clock:%H:%M}" if clock else text

    def month(self, day: date) -> str:
        return f"{_MONTHS[day.month - 1]} {day.year}"

    def days(self, since: date, until: date) -> str:
        if since == date.min:
            return f"before {_day(until)}"
        last = date.fromordinal(until.toordinal() - 1)
        if since == last:
            return self.date(since)
        if (since.day, until.day) != (1, 1):
            return f"{_day(since)} to {_day(last)}"
        if (since.month, until.month, until.year) == (1, 1, since.year + 1):
            return f"{since.year}"
        if (until.year * 12 + until.month) - (since.year * 12 + since.month) == 1:
            return self.month(since)
        return f"{self.month(since)} to {self.month(last)}"

    def period(self, span: Span) -> str:
        days = self.days(span.since, span.until)
        return f"{self.label(season(span.since), 'season')} ({days})" if span.grain == "season" else days

    def duration(self, first: date, last: date) -> str:
        months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
        years, months = divmod(months, 12)
        if not years and not months:
            return plural((last - first).days, "day")
        return " and ".join([plural(years, "year")] * bool(years) + [plural(months, "month")] * bool(months))

    def number(self, value: float, digits: int, unit: str) -> str:
        text = f"{value:,.{digits}f}"
        return f"{text}%" if unit == "%" else f"{text} {unit}".strip()

    def unit(self, measure: Measure) -> str:
        return metric_of(measure.metrics[0]).unit_english if measure.metrics else _UNITS[measure.amount or "amount"]

    def title(self, measure: Measure, about: Sequence[str] = ()) -> str:
        if measure.metrics:
            return metric_of(measure.metrics[0]).english
        title = _ACTIVITIES.get(measure.activity or "") or _AMOUNTS[measure.amount or "amount"]
        return f"{title} ({', '.join(about)})" if about else title

    def label(self, key: Sequence[int], group: Group) -> str:
        if group == "season":
            return f"{_SEASONS[key[1]]} {key[0]}"
        if group == "weekday":
            return _WEEKDAYS[key[0]]
        if group == "week":
            return f"week {key[1]} of {key[0]}"
        if group == "month":
            return f"{_MONTHS[key[1] - 1]} {key[0]}"
        return str(key[0]) if len(key) == 1 else f"{key[2]} {_MONTHS[key[1] - 1]} {key[0]}"

    def season(self, number: int) -> str:
        return _SEASONS[number]

    def monthly(self, what: str) -> str:
        return f"monthly {what}"

    def daily(self, what: str) -> str:
        return f"daily {what}"

    def quoted(self, text: str) -> str:
        return f"“{shorten(text)}”"

    def is_date(self, day: str, quote: str, marks: str) -> str:
        return f"{day}. {self.quoted(quote)} {marks}"

    def birthday(self, month: int, day: int, born: int | None, quote: str, marks: str) -> str:
        year = f" (born in {born})" if born else ""
        return f"{day} {_MONTHS[month - 1]}{year}. {self.quoted(quote)} {marks}"

    def coming(self, day: str, days: int) -> str:
        left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days:,} days"
        return f"The next is on {day}, {left}." if day else f"That is {left}."

    def is_fact(self, fact: str, quote: str, marks: str) -> str:
        return f"{fact}. {self.quoted(quote)} {marks}"

    def says(self, quotes: Sequence[Quote], marks: str) -> str:
        parts = [f"of {day}" if day else "without a date" for day, _ in quotes]
        told = [f"{part} says: {self.quoted(text)}" for part, (_, text) in zip(parts, quotes, strict=True)]
        return f"Your record {'; the one '.join(told)} {marks}"

    def is_people(self, names: Sequence[str], quote: str, marks: str) -> str:
        together = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
        return f"{together}. {self.quoted(quote)} {marks}"

    def known(self, name: str, n: int, sources: Sequence[str], days: Sequence[str], quote: str, marks: str) -> str:
        span = f", from {days[0]} to {days[1]}" if len(set(days)) > 1 else ""
        return f"{name}: {plural(n, 'record')} in {', '.join(sources)}{span}. {self.quoted(quote)} {marks}"

    def since(self, duration: str, day: str, days: int, marks: str) -> str:
        exact = f" ({days:,} days)" if "day" not in duration else ""
        return f"{duration}{exact}, since {day}. {marks}"

    def between(self, duration: str, first: str, last: str, days: int, marks: str) -> str:
        exact = f" ({days:,} days)" if "day" not in duration else ""
        return f"{duration}{exact}, from {first} to {last}. {marks}"

    def count(self, n: int, period: str, first: str, last: str, marks: str) -> str:
        when = f" in {period}" if period else ""
        span = f", from {first} to {last}" if n > 1 and first else ""
        return f"{plural(n, 'time')}{when}{span}. {marks}"

    def often(self, gap_days: float, n: int, first: str, last: str, marks: str) -> str:
        return f"Every {gap_days:.1f} days on average ({n:,} times from {first} to {last}). {marks}"

    def rate(self, times: float, group: Group) -> str:
        return f"{times:,.2g} times a {group}." if times < 10 else f"{times:,.0f} times a {group}."

    def usual(self, clock: time, low: time, high: time, n: int, marks: str) -> str:
        return f"Usually around {clock:%H:%M}: half of {n:,} times between {low:%H:%M} and {high:%H:%M}. {marks}"

    def clocks(self, clocks: Sequence[str], marks: str) -> str:
        return f"{', '.join(clocks)}. {marks}"

    def most(self, name: str, n: int, of: int, marks: str) -> str:
        return f"{name}: {n:,} of {plural(of, 'time')}. {marks}"

    def company(self, n: int, period: str, most: Sequence[tuple[str, int]]) -> str:
        when = f" in {period}" if period else ""
        names = ", ".join(f"{name} ({times:,}) [{number}]" for number, (name, times) in enumerate(most, 1))
        people = "1 person" if n == 1 else f"{n:,} people"
        return f"{people}{when}. Most often: {names}."

    def read_unknown(self) -> str:
        return "Your records do not say what was read and what was not; only the mail or message app itself knows."

    def none_unread(self, n: int) -> str:
        return f"None: of the mails here, {n:,} say whether they were read, and all of them were."

    def times(self, n: int) -> str:
        return plural(n, "time")

    def listing(self, n: int, items: Sequence[str], more: int) -> str:
        rest = f"; and {more} more" if more else ""
        return f"{n} found: " + "; ".join(items) + rest

    def day_told(self, period: str, items: Sequence[str], more: int) -> str:
        rest = f" And {more:,} more records." if more else ""
        return f"{period}: " + " ".join(items) + rest

    def statistic(self, kind: Kind, what: str, value: str, period: str, n: int, *, daily: bool, when: str) -> str:
        at = f" on {when}" if when and when[-1].isdigit() and " " in when else f" ({when})" if when else ""
        every = "daily " if daily and kind in ("average", "max", "min") else ""
        during = f", {period}" if kind not in ("first", "last") else ""
        return f"{value}{at}: the {_HEADS[kind]} {every}{what}{during} (n={n:,})."

    def compared(
        self, measure: Measure, what: str, rows: Sequence[Row], higher: str | None, change: str, rising: bool
    ) -> str:
        values = ", ".join(f"{label}: {value}" for label, value in rows)
        if higher is None:
            return f"There is hardly a difference in {what} ({values})."
        course = "an increase" if rising else "a decrease"
        more = "Higher" if _is_level(measure) else "More"
        return f"{more} in {higher}. {_capital(what)}: {values}, {course} of {change}."

    def weekday_names(self, days: Sequence[int]) -> str:
        if len(days) == 6:
            return "other days"
        if len(days) == 1:
            return f"{_WEEKDAYS[days[0]]}s"
        return "weekends" if days[0] == 5 else "weekdays"

    def contrasted(
        self, measure: Measure, what: str, rows: Sequence[Row], higher: str | None, apart: str, n: int
    ) -> str:
        values = ", ".join(f"{label}: {value}" for label, value in rows)
        if higher is None:
            return f"There is no clear difference in {what} ({values}, n={n:,})."
        more = "Higher" if _is_level(measure) else "More"
        return f"{more} on {higher}, by {apart}. {_capital(what)}: {values} (n={n:,})."

    def course(
        self, measure: Measure, what: str, period: str, direction: int, ends: tuple[Row, Row], per_year: str
    ) -> str:
        values = ", ".join(f"{value} in {label}" for label, value in ends)
        rate = f", {per_year} a year" if per_year else ""
        if not direction:
            return f"Your {what} shows no clear change, {period} ({values})."
        return f"Your {what} {'rose' if direction > 0 else 'fell'}, {period}: {values}{rate}."

    def seasonal(self, what: str, season: int, years: int, of: int, mean: str, other: str) -> str:
        name = _SEASONS[season]
        return (
            f"Your {what} rises each {name}: in {years} of {of} years, with a mean of {mean} against {other} otherwise."
        )

    def changed(self, before: str, after: str) -> str:
        return f"It was {before} at first and was changed to {after}."

    def nothing(self, nearest: str, missing: Sequence[str]) -> str:
        words = ", ".join(f"“{word}”" for word in missing[:MISSING])
        text = f"There is no record of that: nothing about {words}." if missing else "There is no record of that."
        return f"{text} The nearest is {nearest}" if nearest else text

    def respelt(self, words: Sequence[tuple[str, str]]) -> str:
        return " ".join(f"No record of “{typed}”; looked for “{meant}”." for typed, meant in words)

    def no_more(self) -> str:
        return "That is all there is of it."

    def weekdays(self, what: str, most: Row, least: Row, n: int) -> str:
        return f"{_capital(what)}: most on {most[0]} ({most[1]}), least on {least[0]} ({least[1]}) (n={n:,})."

    def spent_most(self, place: str, amount: str, of: str, marks: str) -> str:
        return f"{place}: {amount} of {of}. {marks}"

    def greeting(self) -> str:
        return (
            "Ask me about your own records: when something was, who said it, how often, how much, what happened on a"
            " day. I answer from them alone, and say where it stands."
        )

    def today(self, day: str) -> str:
        return f"Today is {day}."

    def no_such_day(self, day: str) -> str:
        return f"There is no such date as {day}."

    def unsure(self, text: str) -> str:
        return f"I am not sure, but: {text}"

    def by_rules(self, why: str) -> str:
        return f"No language model answered, so this is what the rules found: {why}"

    def ends(self, source: str, day: str) -> str:
        return f"{source} ends on {day}"

    def begins(self, source: str, day: str) -> str:
        return f"{source} begins on {day}"

    def not_reached(self, sources: Sequence[str], more: int) -> str:
        together = sources[0] if len(sources) == 1 else ", ".join(sources[:-1]) + " and " + sources[-1]
        rest = f"; {plural(more, 'other source')} {'falls' if more == 1 else 'fall'} short, too" if more else ""
        return f"{together}{rest}."


def _day(day: date) -> str:
    """A day without its weekday, in a range."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_level(measure: Measure) -> bool:
    """Whether it is rather high or low than much or little."""
    return bool(measure.metrics) and metric_of(measure.metrics[0]).daily == "mean"


ENGLISH = English()
