"""What somebody says about time, and the days it means, in short."""

from datetime import date, datetime, timedelta

from darak.language.dates import DateExpression, find_periods
from darak.language.periods import Prefer

WEDNESDAY = datetime(2025, 5, 14, 15, 0)


def days_of(found: DateExpression) -> str:
    """The days in short: first..last, an open end empty, then times of day and role."""
    first = "" if found.since == date.min else str(found.since)
    last = "" if found.until == date.max else str(found.until - timedelta(days=1))
    text = first if first == last else f"{first}..{last}"
    if found.since_time or found.until_time:
        times = (f"{t:%H:%M}" if t else "" for t in (found.since_time, found.until_time))
        text += " " + "-".join(times)
    return text if found.role == "in" else f"{text} {found.role}"


def read(text: str, prefer: Prefer = "past", now: datetime = WEDNESDAY) -> str:
    return "; ".join(days_of(found) for found in find_periods(text, now, prefer))


def table(text: str) -> list[tuple[str, str]]:
    """Lines of `what is said => what it means`."""
    lines = (line.strip() for line in text.strip().splitlines())
    return [(said.strip(), meant.strip()) for said, _, meant in (line.partition("=>") for line in lines)]
