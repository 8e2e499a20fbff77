"""What the memory does not reach: sources whose records end before the asked time, or begin after it."""

from __future__ import annotations

from datetime import date, timedelta

from darak.answers.inquiry import Inquiry
from darak.records.time import EPOCH

_STALE = timedelta(days=45)


def coverage(inquiry: Inquiry) -> tuple[str, ...]:
    """One sentence for each source that does not reach the asked period, or not up to now."""
    plan = inquiry.plan
    rows = inquiry.memory.vault.rows(
        "SELECT s.name, min(r.local), max(r.local), count(*) FROM record r JOIN source s ON s.id=r.source"
        " WHERE r.local IS NOT NULL GROUP BY s.name ORDER BY s.name"
    )
    since = min((span.since for span in plan.spans), default=None)
    until = max((span.until for span in plan.spans), default=None)
    found: list[str] = []
    for name, low, high, _ in rows:
        first, last = (EPOCH + timedelta(seconds=low)).date(), (EPOCH + timedelta(seconds=high)).date()
        if since is not None and until is not None and since != date.min and first > since:
            found.append(inquiry.say.begins(name, inquiry.say.date(first)))
        end = min(until, inquiry.today) if until is not None else inquiry.today - _STALE
        if last < end - timedelta(days=1) and (until is None or last < until):
            found.append(inquiry.say.ends(name, inquiry.say.date(last)))
    return tuple(found)
