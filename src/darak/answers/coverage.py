"""What the memory does not reach: sources whose records begin after the asked time, or end before it or before now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.records.time import EPOCH

_STALE = timedelta(days=45)
_NAMED = 3
_KEPT = ("contact", "document", "note")
"""Kinds that are kept rather than come in day by day: a book that was read is not out of date."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """The days of a source's first and last records, and how many of the cited ones are its own."""

    name: str
    first: date
    last: date
    cited: int = 0


def coverage(inquiry: Inquiry, outcome: Outcome) -> tuple[str, ...]:
    """One sentence on the sources that do not reach the asked period, or up to now; none when all of them do.

    It names those that bear on the question, which are those of the cited records and of what is asked for, and
    counts the others.
    """
    plan, say = inquiry.plan, inquiry.say
    since = min((span.since for span in plan.spans), default=None)
    until = max((span.until for span in plan.spans), default=None)
    ahead = since is not None and since > inquiry.today
    end = (inquiry.today - _STALE if until is None or ahead else min(until, inquiry.today)) - timedelta(days=1)
    sampled = bool(plan.measure and plan.measure.metrics)
    reaches = _sampled(inquiry) if sampled else _recorded(inquiry, outcome)
    late: list[tuple[_Reach, str]] = []
    for one in reaches:
        if since is not None and since != date.min and one.first > since:
            late.append((one, say.begins(one.name, say.date(one.first))))
        elif one.last < end:
            late.append((one, say.ends(one.name, say.date(one.last))))
    if not late:
        return ()
    asked = sampled or bool(plan.sources or plan.kinds or (plan.measure and plan.measure.kinds))
    late.sort(key=lambda pair: (-pair[0].cited, -pair[0].last.toordinal(), pair[0].name))
    bearing = [told for one, told in late if asked or one.cited] or [told for _, told in late]
    return (say.not_reached(bearing[:_NAMED], len(late) - len(bearing[:_NAMED])),)


def _recorded(inquiry: Inquiry, outcome: Outcome) -> Iterable[_Reach]:
    """The sources of what comes in day by day, of the asked kinds and sources if the question asks for any."""
    vault, plan = inquiry.memory.vault, inquiry.plan
    kinds = plan.measure.kinds if plan.measure else plan.kinds
    fits = f" AND kind IN ({','.join('?' * len(kinds))})" if kinds else ""
    fits += f" AND kind NOT IN ({','.join('?' * len(_KEPT))})"
    cited = [one.record.source for one in outcome.evidence if isinstance(one, Evidence)]
    days: dict[str, list[date]] = {}
    for source, name in vault.rows("SELECT id, name FROM source ORDER BY name"):
        if plan.sources and name not in plan.sources:
            continue
        for order in ("ASC", "DESC"):
            for (local,) in vault.rows(
                f"SELECT local FROM record WHERE local IS NOT NULL AND source=?{fits} ORDER BY local {order} LIMIT 1",
                (source, *kinds, *_KEPT),
            ):
                days.setdefault(name, []).append((EPOCH + timedelta(seconds=local)).date())
    return [_Reach(name, min(known), max(known), cited.count(name)) for name, known in days.items()]


def _sampled(inquiry: Inquiry) -> Iterator[_Reach]:
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
            yield _Reach(metric.replace("_", " "), min(days), max(days))
