"""What the memory does not reach: sources whose records begin after the asked time, or end before it or before now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from darak.answers.inquiry import Inquiry
from darak.records.time import EPOCH

_STALE = timedelta(days=45)


def coverage(inquiry: Inquiry) -> tuple[str, ...]:
    """One sentence for each source, of those that could answer, that does not reach the asked period, or up to now."""
    plan, say = inquiry.plan, inquiry.say
    since = min((span.since for span in plan.spans), default=None)
    until = max((span.until for span in plan.spans), default=None)
    end = min(until, inquiry.today) if until is not None else inquiry.today - _STALE
    found: list[str] = []
    for name, first, last in _sampled(inquiry) if plan.measure and plan.measure.metrics else _recorded(inquiry):
        if since is not None and since != date.min and first > since:
            found.append(say.begins(name, say.date(first)))
        if last < end - timedelta(days=1):
            found.append(say.ends(name, say.date(last)))
    return tuple(found)


def _recorded(inquiry: Inquiry) -> Iterator[tuple[str, date, date]]:
    """The sources with the days of their first and last records, of the asked kinds if the question asks for any."""
    vault, measure = inquiry.memory.vault, inquiry.plan.measure
    kinds = measure.kinds if measure else inquiry.plan.kinds
    fits = f" AND kind IN ({','.join('?' * len(kinds))})" if kinds else ""
    days: dict[str, list[date]] = {}
    for source, name in vault.rows("SELECT id, name FROM source ORDER BY name"):
        for order in ("ASC", "DESC"):
            for (local,) in vault.rows(
                f"SELECT local FROM record WHERE local IS NOT NULL AND source=?{fits} ORDER BY local {order} LIMIT 1",
                (source, *kinds),
            ):
                days.setdefault(name, []).append((EPOCH + timedelta(seconds=local)).date())
    return ((name, min(known), max(known)) for name, known in days.items())


def _sampled(inquiry: Inquiry) -> Iterator[tuple[str, date, date]]:
    """The asked metrics with the days of their first and last samples."""
    vault, measure = inquiry.memory.vault, inquiry.plan.measure
    for metric in measure.metrics if measure else ():
        days: list[date] = []
        for (series,) in vault.rows("SELECT id FROM series WHERE metric=?", (metric,)):
            for order in ("ASC", "DESC"):
                for start, offset in vault.rows(
                    f"SELECT start, offset FROM sample WHERE series=? ORDER BY start {order} LIMIT 1", (series,)
                ):
                    days.append((EPOCH + timedelta(milliseconds=start, seconds=offset)).date())
        if days:
            yield metric.replace("_", " "), min(days), max(days)
