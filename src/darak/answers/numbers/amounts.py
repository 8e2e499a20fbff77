"""Amounts that records carry: money of purchases, minutes of calls, kilometres of workouts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.gather import gather
from darak.answers.evidence.passages import Passage
from darak.answers.evidence.support import Gathered, Support
from darak.answers.inquiry import Inquiry
from darak.answers.numbers.samples import Value
from darak.answers.plan import Measure
from darak.memory.filter import Filter
from darak.memory.lookup import Glance
from darak.records.record import Record
from darak.records.vault import Stored, Vault

_ALL_DAYS, _AT_ONCE = 1_000_000, 2_000
_CURRENCIES = {
    "KRW": {"ko": "원", "en": "won"},
    "USD": {"ko": "달러", "en": "dollars"},
    "EUR": {"ko": "유로", "en": "euros"},
    "GBP": {"ko": "파운드", "en": "pounds"},
    "JPY": {"ko": "엔", "en": "yen"},
}
_ACTIVITY_WORDS = {
    "running": ("run", "달리기", "러닝"), "cycling": ("cycl", "bik", "자전거"), "swimming": ("swim", "수영"),
    "hiking": ("hik", "등산"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amounts:
    """Values of one unit in the order of time, with the records they stand in."""

    values: tuple[Value, ...]
    unit: str
    vault: Vault

    def evidence(self, ns: Sequence[int]) -> tuple[Evidence, ...]:
        """These records as evidence, for citing."""
        stored = self.vault.get(ns)
        return tuple(cited(stored[n]) for n in ns)


def find_amounts(inquiry: Inquiry, measure: Measure, since: date | None, until: date | None) -> list[Amounts]:
    """The amounts of the records of the measure's kinds that hold every word and person of the question.

    Money is kept apart by currency, the most used first; what names no currency is in that one.
    """
    filter = Filter(since=since, until=until, kinds=measure.kinds)
    plan, vault = inquiry.plan, inquiry.memory.vault
    if plan.wants or plan.people:
        ns = sorted(holding(gather(inquiry.lookup, plan, filter, days=_ALL_DAYS)))
    else:
        ns = sorted(inquiry.lookup.filtered(filter))
    by_unit: dict[str, list[Value]] = defaultdict(list)
    for start in range(0, len(ns), _AT_ONCE):
        for n, one in vault.get(ns[start : start + _AT_ONCE]).items():
            value, day = _value(one.record, measure), one.record.time.day
            if value is not None and day is not None:
                currency = str(one.record.extra.get("currency") or "") if measure.amount == "amount" else ""
                by_unit[currency].append(Value(day, value, n=n))
    named = sorted((unit for unit in by_unit if unit), key=lambda unit: -len(by_unit[unit]))
    if named and "" in by_unit:
        by_unit[named[0]] += by_unit.pop("")
    inquiry.step(
        f"read {measure.amount} of {', '.join(measure.kinds)} records",
        ", ".join(f"{len(by_unit[unit]):,} values {unit}".strip() for unit in named or by_unit) or "no values",
    )
    return [
        Amounts(
            tuple(sorted(by_unit[unit], key=lambda value: (value.day, value.n or 0))),
            _CURRENCIES.get(unit, {}).get(plan.language, unit),
            vault,
        )
        for unit in named or by_unit
    ]


def holding(gathered: Gathered) -> Iterable[int]:
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
