"""With how many people the owner talked, and with whom most."""

from __future__ import annotations

import re
from collections import Counter

from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.days import account_of
from darak.answers.numbers.amounts import cited
from darak.answers.plan import Plan
from darak.memory.filter import Filter
from darak.records.time import day_number

_TALKS_EN = (
    r"(?:talk(?:ed)?|spoke|speak|spoken|chat(?:ted)?|text(?:ed)?|messag\w+|wr[io]te|written|call(?:ed)?|phoned?|e-?mail(?:ed)?"
    r"|hear|heard|contact(?:ed)?|in\s+touch|correspond\w*)\b"
)
_TALKS_KO = r"(?:얘기|이야기|대화|연락|톡|카톡|문자|메시지|메세지|통화|전화|메일)"
_PEOPLE_KO = r"(?:사람|친구|지인|상대)"
_ASKS = re.compile(
    rf"\bhow\s+many\s+(?:different\s+|other\s+)?(?:people|persons|friends|contacts|others)\b.*\b{_TALKS_EN}"
    rf"|몇\s*(?:명|사람|분)\S*\s.*{_TALKS_KO}|{_TALKS_KO}\S*\s+{_PEOPLE_KO}\S*\s+(?:\S+\s+)?몇\s*(?:명|사람|분)",
    re.IGNORECASE,
)
_BY_CALL = re.compile(r"통화|전화|\bcall(?:ed)?\b|\bphoned?\b", re.IGNORECASE)
_BY_MAIL = re.compile(r"메일|\be-?mail(?:ed)?\b", re.IGNORECASE)
_BY_MESSAGE = re.compile(r"톡|문자|메시지|메세지|\btext(?:ed)?\b|\bmessag\w+|\bchat(?:ted)?\b", re.IGNORECASE)
_NAMED, _AT_ONCE = 3, 500


def asks_how_many_people(plan: Plan) -> bool:
    return plan.kind == "count" and not plan.people and _ASKS.search(plan.question) is not None


def answer_company(inquiry: Inquiry) -> Outcome:
    """The people who wrote to the owner, or were on the phone with them; firms are none."""
    plan, people = inquiry.plan, inquiry.people
    since, until = plan.spans[0].bounds if plan.spans else (None, None)
    kinds = _kinds(plan.question)
    found = inquiry.lookup.filtered(Filter(since, until, sources=plan.sources, kinds=kinds))
    today = day_number(inquiry.today)
    ns = sorted(n for n, day in found.items() if day is not None and day <= today)
    times: Counter[str] = Counter()
    last: dict[str, int] = {}
    for n, identities in _with(inquiry, ns).items():
        for person in {people.person_of[one] for one in identities if one in people.person_of}:
            if person not in people.no_others and not people.is_office(person):
                times[people.display(person)] += 1
                last[people.display(person)] = n
    inquiry.step(f"count the people of {', '.join(kinds)} records", f"{len(times):,} in {len(ns):,} records")
    if not times:
        return Outcome("no_record", inquiry.say.nothing("", ()))
    ranked = times.most_common(_NAMED)
    stored = inquiry.lookup.get([last[name] for name, _ in ranked])
    shown = tuple(cited(stored[last[name]], account_of(stored[last[name]].record)) for name, _ in ranked)
    period = inquiry.say.period(plan.spans[0]) if plan.spans else ""
    return Outcome("answered", inquiry.say.company(len(times), period, ranked), shown)


def _kinds(question: str) -> tuple[str, ...]:
    by = {"call": _BY_CALL, "mail": _BY_MAIL, "message": _BY_MESSAGE}
    return tuple(kind for kind, pattern in by.items() if pattern.search(question)) or ("call", "message")


def _with(inquiry: Inquiry, ns: list[int]) -> dict[int, set[int]]:
    """Who wrote each record; of a call, who took part."""
    glances = inquiry.lookup.glances(ns)
    found = {n: {one.author} - {None} for n, one in glances.items() if one.kind != "call"}
    calls = [n for n, one in glances.items() if one.kind == "call"]
    for start in range(0, len(calls), _AT_ONCE):
        some = calls[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        for n, identity in inquiry.memory.vault.rows(
            f"SELECT n, identity FROM record_person WHERE n IN ({marks})", some
        ):
            found.setdefault(n, set()).add(identity)
    return {n: {one for one in found[n] if one is not None} for n in sorted(found)}
