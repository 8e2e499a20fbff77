"""Questions for the records of a kind themselves: my last mail, what is on next week, who called me most."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.moments import own_moment
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import marks
from darak.answers.kinds.days import account_of
from darak.answers.kinds.whereabouts import answer_haunt, asks_of_places
from darak.answers.numbers.amounts import cited
from darak.answers.plan import Kind
from darak.answers.wording.wording import shorten
from darak.memory.filter import Filter
from darak.records.record import Record
from darak.records.time import day_number
from darak.records.vault import Stored

_LISTED, _CITED = 12, 3
_NEAR = 200
"""Records beside today that are read to find the last or the next one."""
_MISSED = re.compile(r"missed|부재중|rejected|declined|no\s+answer", re.IGNORECASE)
_OUTGOING = re.compile(r"out(?:going)?|발신|sent", re.IGNORECASE)
_TO_ME = re.compile(r"나한테|나에게|내게|\bme\b", re.IGNORECASE)
_SAID = re.compile(
    r"뭐라고|말했|보낸|보냈(?!어\S*\s*지)|\b(?:say|said|tell|told|wrote|write|sent|send)\b", re.IGNORECASE
)
_SENT = frozenset(("message", "mail"))
"""Kinds that are of whoever wrote them; in the others everybody takes part."""


def answer_register(inquiry: Inquiry) -> Outcome:
    return _ANSWERS[inquiry.plan.kind](inquiry)


def _list(inquiry: Inquiry) -> Outcome:
    found = _records(inquiry, _numbers(inquiry))
    if not found:
        return _nothing(inquiry)
    skip = inquiry.plan.skip
    left = found[skip:] if inquiry.plan.spans else found[: len(found) - skip]
    if not left:
        return Outcome("no_record", inquiry.say.no_more())
    most = inquiry.plan.most or _LISTED
    shown = tuple(left[:most] if inquiry.plan.spans else left[-most:])  # of all of them, the latest
    items = [f"{_when(inquiry, one)} {shorten(one.best.text, 70)} [{number}]" for number, one in enumerate(shown, 1)]
    return Outcome("answered", inquiry.say.listing(len(found), items, len(left) - len(shown)), shown)


def _one(inquiry: Inquiry) -> Outcome:
    """The first or the last one up to now, or the next one after it."""
    one = _chosen(inquiry)
    if one is None:
        return _nothing(inquiry)
    return Outcome("answered", inquiry.say.is_date(_when(inquiry, one), one.best.text, marks(1)), (one,))


def _who(inquiry: Inquiry) -> Outcome:
    """Who took part in the first, last or next one."""
    one = _chosen(inquiry, with_others=True)
    if one is None:
        return _nothing(inquiry)
    people = _of(inquiry, one) - inquiry.people.no_others
    names = [inquiry.people.display(person) for person in sorted(people)]
    return Outcome("answered", inquiry.say.is_people(names, f"{_when(inquiry, one)} {one.best.text}", marks(1)), (one,))


def _since(inquiry: Inquiry) -> Outcome:
    one = _chosen(inquiry)
    if one is None or one.moment is None:
        return _nothing(inquiry)
    day, today = one.moment.day, inquiry.today
    say = inquiry.say
    text = say.since(say.duration(day, today), say.date(day), (today - day).days, marks(1))
    return Outcome("answered", text, (one,))


def _chosen(inquiry: Inquiry, *, with_others: bool = False) -> Evidence | None:
    """The first, last or next one; `with_others`: of those in which somebody else than the owner takes part."""
    order = inquiry.plan.order or "last"
    ahead = order == "next"
    now = inquiry.plan.now.replace(tzinfo=None)
    numbers = _numbers(inquiry, ahead=ahead)
    near = numbers[:_NEAR] if ahead or order == "first" else numbers[-_NEAR:]
    found = [one for one in _records(inquiry, near) if (_local(one.record, end=ahead) >= now) == ahead]
    if with_others:
        found = [one for one in found if _of(inquiry, one) - inquiry.people.no_others]
    return (found[0] if ahead or order == "first" else found[-1]) if found else None


def _count(inquiry: Inquiry) -> Outcome:
    found = _records(inquiry, _numbers(inquiry, ahead=False))
    if not found:
        return _nothing(inquiry)
    say, (first, last) = inquiry.say, (_day(found[0]), _day(found[-1]))
    if inquiry.plan.kind == "how_often" and len(found) > 1 and first < last:
        gap = (last - first).days / (len(found) - 1)
        text = say.often(gap, len(found), say.date(first), say.date(last), marks(2))
        return Outcome("answered", text, (found[0], found[-1]))
    shown = tuple(found[:_CITED])
    period = say.period(inquiry.plan.spans[0]) if inquiry.plan.spans else ""
    return Outcome("answered", say.count(len(found), period, say.date(first), say.date(last), marks(len(shown))), shown)


def _most(inquiry: Inquiry) -> Outcome:
    """Whoever most of the records are of, or with; of calls to the owner, those that came in."""
    if asks_of_places(inquiry.plan.question):
        return answer_haunt(inquiry)
    people = inquiry.people
    found = _records(inquiry, _numbers(inquiry, ahead=False))
    if _TO_ME.search(inquiry.plan.question):
        found = [one for one in found if not _says(one.record, ("direction", "type"), _OUTGOING)]
    by_person: dict[int, list[Evidence]] = defaultdict(list)
    for one in found:
        for person in _of(inquiry, one) - people.no_others:
            by_person[person].append(one)
    if not by_person:
        return _nothing(inquiry)
    best = max(by_person, key=lambda person: len(by_person[person]))
    ranked = Counter({people.display(person): len(ones) for person, ones in by_person.items()}).most_common(5)
    inquiry.step("count by person", ", ".join(f"{name} {n:,}" for name, n in ranked))
    shown = tuple(by_person[best][-_CITED:])
    text = inquiry.say.most(people.display(best), len(by_person[best]), len(found), marks(len(shown)))
    return Outcome("answered", text, shown)


def _of(inquiry: Inquiry, one: Evidence) -> set[int]:
    person_of, n = inquiry.people.person_of, inquiry.lookup.real(one.n)
    if one.record.kind in _SENT:
        rows = inquiry.memory.vault.rows("SELECT author FROM record WHERE n=? AND author IS NOT NULL", (n,))
    else:
        rows = inquiry.memory.vault.rows("SELECT identity FROM record_person WHERE n=?", (n,))
    return {person_of[identity] for (identity,) in rows if identity in person_of}


def _numbers(inquiry: Inquiry, *, ahead: bool | None = None) -> list[int]:
    """The records of the asked kinds, people and period in the order of their days; `ahead`: up to or from today."""
    plan = inquiry.plan
    since, until = plan.spans[0].bounds if plan.spans else (None, None)
    asked = Filter(since, until, sources=plan.sources, kinds=plan.kinds)
    wanted = [replace(asked, identities=tuple(sorted(one.identities))) for one in plan.people]
    found = [inquiry.lookup.filtered(filter) for filter in wanted or [asked]]
    both = set(found[0]).intersection(*found[1:])
    today = day_number(inquiry.today)
    days = {n: day for n, day in found[0].items() if n in both and day is not None}
    kept = (n for n, day in days.items() if ahead is None or (day >= today if ahead else day <= today))
    numbers = sorted(kept, key=lambda n: (days[n], n))
    if plan.people and _SAID.search(plan.question):
        asked = {identity for person in plan.people for identity in person.identities}
        authors = {n: glance.author for n, glance in inquiry.lookup.glances(numbers).items()}
        numbers = [n for n in numbers if authors[n] in asked]
    inquiry.step(f"read the {', '.join((*plan.sources, *plan.kinds))} records", f"{len(numbers):,} records")
    return numbers


def _records(inquiry: Inquiry, numbers: Sequence[int]) -> list[Evidence]:
    """The records in the order of time; a call that was missed was none, unless the question asks for such."""
    missed = bool(_MISSED.search(inquiry.plan.question))
    stored = inquiry.lookup.get(numbers).values()
    kept = (one for one in stored if one.record.kind != "call" or is_missed(one.record) == missed)
    return [_evidence(one) for one in sorted(kept, key=lambda one: (_local(one.record), one.n))]


def is_missed(record: Record) -> bool:
    """Whether a call was not taken: what its source says of its direction, type or state, or the text itself."""
    if record.extra.get("missed") is True or _MISSED.match(record.text):
        return True
    return _says(record, ("direction", "type", "call_type", "status", "state", "result"), _MISSED)


def _says(record: Record, keys: Iterable[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(str(record.extra.get(key, ""))) for key in keys)


def _evidence(stored: Stored) -> Evidence:
    one = cited(stored, account_of(stored.record))
    own = own_moment(stored.record)
    return one.at(own, one.best) if own else one


def _local(record: Record, *, end: bool = False) -> datetime:
    """The record's own clock; with `end`, the end of its day where only that is known."""
    local = record.time.local or datetime.min
    moment = own_moment(record)
    return datetime.combine(local.date(), time.max) if end and moment and moment.clock is None else local


def _day(one: Evidence) -> date:
    return _local(one.record).date()


def _when(inquiry: Inquiry, one: Evidence) -> str:
    return inquiry.say.date(one.moment.day, one.moment.clock) if one.moment else ""


def _nothing(inquiry: Inquiry) -> Outcome:
    return Outcome("no_record", inquiry.say.nothing("", [person.surface for person in inquiry.plan.people]))


_ANSWERS: dict[Kind, Callable[[Inquiry], Outcome]] = {
    "list": _list,
    "first": _one,
    "last": _one,
    "next": _one,
    "how_long_since": _since,
    "count": _count,
    "how_often": _count,
    "most": _most,
    "who": _who,
}
