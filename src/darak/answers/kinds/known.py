"""What is known of a person: who they are, and what their entry in the contacts says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import marks
from darak.answers.kinds.days import account_of
from darak.answers.numbers.amounts import cited
from darak.answers.plan import Plan
from darak.answers.question.slots import slot_named
from darak.memory.filter import Filter
from darak.records.vault import Stored

_READ = 2_000
"""Records of a person that are read at most: the first and the last of more."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A line of a contact: how it is asked for, and the slot that says how it is written."""

    asks: re.Pattern[str]
    slot: str

    @property
    def value(self) -> re.Pattern[str]:
        slot = slot_named(self.slot)
        assert slot is not None
        return slot.value


_FIELDS = (
    _Field(
        re.compile(
            r"\b(?:phone|telephone|mobile|cell)\b(?:\s+number)?|\bnumber\s+of\b"
            r"|(?:전화|휴대폰|핸드폰|폰)\s*번호|연락처|번호(?=[가는은이]?\s*(?:뭐|알려|좀|\?|$))",
            re.IGNORECASE,
        ),
        "phone",
    ),
    _Field(
        re.compile(r"\be-?mail(?:\s+address)?\b|(?:이메일|메일)\s*주소|이메일", re.IGNORECASE),
        "mail_address",
    ),
)
_MY_OWN = re.compile(
    r"(?<![가-힣])(?:내|제|나의|저의)\s*(?:전화|휴대폰|핸드폰|폰|번호|연락처|이메일|메일)"
    r"|\bmy\s+(?:own\s+)?(?:phone|telephone|mobile|cell|e-?mail)(?:\s+(?:number|address))?\s*[?.!]*$",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def answer_contact(inquiry: Inquiry) -> Outcome | None:
    """The phone number or mail address of the person the question names, as their contact states it."""
    if not inquiry.plan.people:
        return _answer_own(inquiry) if _MY_OWN.search(inquiry.plan.question) else None
    for field in _FIELDS:
        if not field.asks.search(inquiry.plan.question):
            continue
        for one in records_of(inquiry, ("contact",)):
            text = account_of(one.record)
            values = [match[0].strip() for match in field.value.finditer(text) if not _ISO_DATE.match(match[0])]
            if values:
                evidence = cited(one, text)
                fact = ", ".join(dict.fromkeys(values))
                inquiry.step("read the contact", text[:80])
                return Outcome("answered", inquiry.say.is_fact(fact, evidence.best.text, marks(1)), (evidence,))
    return None


def asks_of_person(plan: Plan) -> bool:
    """Whether a question names somebody, and nothing of theirs: how do I know Priya?"""
    bare = plan.people and not plan.spans and plan.target is None and plan.order is None
    return bool(bare) and not any(want.role != "hint" for want in plan.wants)


def _answer_own(inquiry: Inquiry) -> Outcome | None:
    """The owner's own number or address: that from which they last wrote or called."""
    field = next((field for field in _FIELDS if field.asks.search(inquiry.plan.question)), None)
    if field is None:
        return None
    found: list[tuple[int, int, str]] = []
    for identity, handle in inquiry.memory.vault.rows("SELECT id, handle FROM identity"):
        if inquiry.people.is_owner(identity) and field.value.fullmatch(handle):
            days = inquiry.lookup.filtered(Filter(identities=(identity,)))
            found += [(day or 0, n, handle) for n, day in days.items()]
    if not found:
        return None
    _, last, handle = max(found)
    inquiry.step("read the owner's own handles", handle)
    stored = inquiry.lookup.get([last])[last]
    evidence = cited(stored, account_of(stored.record))
    return Outcome("answered", inquiry.say.is_fact(handle, evidence.best.text, marks(1)), (evidence,))


def answer_known(inquiry: Inquiry) -> Outcome:
    """Who somebody is: their contact, where their records come from and from when to when, the first and the last."""
    person = inquiry.plan.people[0]
    stored = [one for one in records_of(inquiry, inquiry.plan.kinds) if one.record.time.day is not None]
    contacts = list(records_of(inquiry, ("contact",)))
    say = inquiry.say
    inquiry.step(f"read the records of {person.surface}", f"{len(stored):,} records")
    if not stored and not contacts:
        return Outcome("no_record", say.nothing("", [person.surface]))
    stored.sort(key=lambda one: (one.record.time.day, one.n))
    chosen = {one.n: one for one in (*contacts[:1], *stored[:1], *stored[-1:])}
    evidence: tuple[Evidence, ...] = tuple(
        replace(cited(one, account_of(one.record)), score=1.0) for one in chosen.values()
    )
    sources = list(dict.fromkeys(one.record.source for one in (*contacts, *stored)))
    days = [say.date(one.record.time.day) for one in (stored[0], stored[-1]) if one.record.time.day] if stored else []
    name = next((one.record.title for one in contacts if one.record.title), person.surface)
    count = max(len(_numbers(inquiry, inquiry.plan.kinds)), len(contacts))
    text = say.known(name, count, sources[:3], days, evidence[0].best.text, marks(len(evidence)))
    return Outcome("answered", text, evidence)


def _numbers(inquiry: Inquiry, kinds: tuple[str, ...]) -> dict[int, int | None]:
    """The records in which the person takes part, with their days."""
    plan = inquiry.plan
    since, until = plan.spans[0].bounds if plan.spans else (None, None)
    identities = tuple(sorted(plan.people[0].identities))
    return inquiry.lookup.filtered(Filter(since, until, plan.sources, kinds, identities))


def records_of(inquiry: Inquiry, kinds: tuple[str, ...]) -> Iterator[Stored]:
    """The records in which the person takes part, at most a number of them; the first and the last of more."""
    found = _numbers(inquiry, kinds)
    ns = sorted(found, key=lambda n: (found[n] or 0, n))
    half = _READ // 2
    chosen = ns if len(ns) <= _READ else [*ns[:half], *ns[-half:]]
    yield from inquiry.lookup.get(chosen).values()
