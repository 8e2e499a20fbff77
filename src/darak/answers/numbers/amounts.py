"""Amounts that records carry: money of purchases, minutes of calls, kilometres of workouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from darak.answers.evidence.gather import Gathered, Support, gather
from darak.answers.evidence.judge import Evidence
from darak.answers.evidence.passages import Passage
from darak.answers.inquiry import Inquiry
from darak.answers.numbers.samples import Value
from darak.answers.plan import Measure
from darak.memory.filter import Filter
from darak.memory.lookup import Glance
from darak.records.record import Record
from darak.records.vault import Stored

_CURRENCIES = {"KRW": {"ko": "원", "en": "won"}, "USD": {"ko": "달러", "en": "dollars"}}
_ACTIVITY_WORDS = {
    "running": ("run", "달리기", "러닝"), "cycling": ("cycl", "bik", "자전거"), "swimming": ("swim", "수영"),
    "hiking": ("hik", "등산"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amounts:
    """The values in the order of time, with the records they stand in."""

    values: tuple[Value, ...]
    unit: str
    records: dict[int, Stored]

    def evidence(self, ns: Sequence[int]) -> tuple[Evidence, ...]:
        """These records as evidence, for citing."""
        return tuple(cited(self.records[n]) for n in ns)


def find_amounts(inquiry: Inquiry, measure: Measure, since: date | None, until: date | None) -> Amounts:
    """The amounts of the records of the measure's kinds that hold every word and person of the question."""
    filter = Filter(since=since, until=until, kinds=measure.kinds)
    plan = inquiry.plan
    if plan.wants or plan.people:
        gathered = gather(inquiry.lookup, plan, filter, days=100_000)
        ns = list(_holding(gathered))
    else:
        ns = list(inquiry.lookup.filtered(filter))
    stored = inquiry.memory.vault.get(sorted(ns))
    found: list[Value] = []
    kept: dict[int, Stored] = {}
    units: Counter[str] = Counter()
    for n, one in stored.items():
        value = _value(one.record, measure)
        day = one.record.time.day
        if value is None or day is None:
            continue
        found.append(Value(day, value, n=n))
        kept[n] = one
        currency = str(one.record.extra.get("currency") or "")
        if measure.amount == "amount" and currency:
            units[_CURRENCIES.get(currency, {}).get(plan.language, currency)] += 1
    found.sort(key=lambda value: (value.day, value.n or 0))
    inquiry.step(f"read {measure.amount} of {', '.join(measure.kinds)} records", f"{len(found):,} values")
    return Amounts(tuple(found), units.most_common(1)[0][0] if units else "", kept)


def _holding(gathered: Gathered) -> Iterable[int]:
    """Records that hold every noun and person by themselves; verbs, such as to pay, need not be said."""
    return (support.glance.n for support in gathered.supports if gathered.whole(support))


def _value(record: Record, measure: Measure) -> float | None:
    extra = record.extra
    if measure.amount == "call_minutes":
        return _call_minutes(record)
    if measure.activity is not None and not _is_activity(record, measure.activity):
        return None
    value: Any = extra.get(measure.amount or "")
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _call_minutes(record: Record) -> float | None:
    seconds: Any = record.extra.get("seconds", record.extra.get("duration"))
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool):
        return seconds / 60
    if record.end and record.end.local and record.time.local:
        return (record.end.local - record.time.local).total_seconds() / 60
    return None


def _is_activity(record: Record, activity: str) -> bool:
    said = f"{record.extra.get('activity', '')} {record.title or ''} {record.text}".lower()
    return any(word in said for word in _ACTIVITY_WORDS[activity])


def cited(stored: Stored, passage: str | None = None) -> Evidence:
    """A record as evidence that needs no judging."""
    record = stored.record
    text = passage or record.text or record.title or ""
    best = Passage(text, (), 1.0, 0)
    support = Support(Glance(stored.n, record.kind, None, None, None), 1.0, 1.0, (), ())
    return Evidence(stored, support, (best,), best, 1.0, 1.0)
