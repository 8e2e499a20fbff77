"""What happened on a day, or around a time: the records of these days that tell most."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.numbers.amounts import cited
from darak.answers.people import ROLES
from darak.answers.plan import Span
from darak.answers.wording.wording import shorten
from darak.language.tokens import index_terms, phrase_terms
from darak.memory.filter import Filter
from darak.records.record import Record
from darak.records.time import day_number
from darak.records.vault import Stored

_SHOWN, _TOLD = 6, 480
"""Records of a day that are told at most, and characters of all of them."""
_SEASONS = {3: ("봄", "spring"), 6: ("여름", "summer"), 9: ("가을", "autumn"), 12: ("겨울", "winter")}
_READ = 600
_LONG = 45
"""Days from which a time is told by the best record of each of its parts, so that no month of a year is left out."""
_KIND = {
    "event": 1.5, "note": 1.4, "photo": 1.1, "message": 1.0, "visit": 0.9, "mail": 0.7, "chat": 0.6,
    "call": 0.5, "purchase": 0.5, "notification": 0.3,
}  # fmt: skip
"""How telling a kind of record is of its day."""


def answer_day(inquiry: Inquiry) -> Outcome:
    span = inquiry.plan.spans[0]
    say = inquiry.say
    since, until = span.bounds
    days = inquiry.lookup.filtered(Filter(since=since, until=until))
    inquiry.step(f"read the days {span.since} to {span.until}", f"{len(days):,} records")
    if not days:
        return Outcome("no_record", say.nothing("", (span.surface or say.period(span),)))
    names = _SEASONS.get(span.since.month, ()) if span.grain == "season" else ()
    naming = inquiry.lookup.days([phrase_terms(name) for name in names], Filter(since=since, until=until))
    parts = [[*list(naming)[:_READ], *_around_middle(days, span)]]
    if (span.until - span.since).days > _LONG and not naming:
        parts = _parts(days)
    shown = _SHOWN // len(parts)
    skip = inquiry.plan.skip // len(parts)
    stored = [list(inquiry.lookup.get(ns).values()) for ns in parts]
    chosen = [pair for part in stored for pair in _most_telling(inquiry, part, names)[skip : skip + shown]]
    if not chosen:
        return Outcome("no_record", say.no_more())
    evidence: list[Evidence] = [cited(one, passage) for one, passage in chosen]
    evidence.sort(key=lambda one: (one.record.time.local is None, one.record.time.local))
    long = (span.until - span.since).days > 1
    items: list[str] = []
    for number, one in enumerate(evidence, 1):
        day = one.record.time.day
        head = f"{say.date(day)}: " if long and day else ""
        items.append(f"{head}“{shorten(one.best.text, max(100, _TOLD // len(evidence)))}” [{number}]")
    period = say.period(span)
    left = max(0, len(days) - inquiry.plan.skip - len(evidence))
    return Outcome("answered", say.day_told(period, items, left), tuple(evidence))


def _around_middle(days: Mapping[int, int | None], span: Span) -> list[int]:
    """The records nearest to the middle of a period: around a time is rather then than at its ends."""
    middle = (day_number(span.since) + day_number(span.until) - 1) / 2
    return sorted(days, key=lambda n: abs((days[n] or 0) - middle))[:_READ]


def _parts(days: Mapping[int, int | None]) -> list[list[int]]:
    """The records of the equal parts of a long time, each part thinned out evenly to what is read of it."""
    told = sorted((day, n) for n, day in days.items() if day is not None)
    first, last = told[0][0], told[-1][0]
    parts: list[list[int]] = [[] for _ in range(_SHOWN)]
    for day, n in told:
        parts[(day - first) * _SHOWN // (last - first + 1)].append(n)
    return [part[:: -(-len(part) * _SHOWN // _READ)] for part in parts if part]


def account_of(record: Record) -> str:
    """The title of what is known by one, as events and mails are, with its text; else the text, or who took part."""
    if record.title and record.kind not in ("message", "chat", "note") and record.title not in record.text:
        return f"{record.title}: {record.text}" if record.text else record.title
    names = (one.display for one in (record.author, *record.people) if one is not None)
    people = ", ".join(name for name in dict.fromkeys(names) if name.lower() not in ROLES)
    return record.text or record.title or (record.place and record.place.name) or people


def _most_telling(inquiry: Inquiry, stored: list[Stored], names: tuple[str, ...]) -> list[tuple[Stored, str]]:
    """The best record of each talk, the most telling first: many rare words, an event rather than noise."""
    size = inquiry.lookup.size
    rarity: dict[str, float] = {}

    def rare(term: str) -> float:
        if term not in rarity:
            rarity[term] = log((size + 1) / (inquiry.lookup.count([(term,)]) + 1))
        return rarity[term]

    best: dict[object, tuple[float, Stored]] = {}
    for one in stored:
        record = one.record
        text = account_of(record)
        terms = [term for term in dict.fromkeys(index_terms(text)) if len(term) > 1 and not term.isdigit()][:60]
        telling = sum(sorted((rare(term) for term in terms), reverse=True)[:8])
        score = telling * _KIND.get(record.kind, 0.8)
        if any(name in text.lower() for name in names):  # looks back on the whole of it: this summer, 올여름
            score *= 2
        key = (record.source, record.thread or one.n, record.time.day)
        if key not in best or score > best[key][0]:
            best[key] = (score, one)
    return [(one, account_of(one.record)) for _, one in sorted(best.values(), key=lambda pair: -pair[0])]
