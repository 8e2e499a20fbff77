"""How long an event lasted, and when it ended: what its entry in a calendar says of its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import CLOSE, marks
from darak.answers.question.clauses import two_plans
from darak.answers.wording.lasting import lasted
from darak.records.time import Precision

_LENGTH = re.compile(
    r"(?:며칠|몇\s*(?:일|박|시간|분))\s*(?:동안|간|짜리|했|하|걸|있|묵|갔)|몇\s*(?:박|시간|분)\s*이?[었였]"
    r"|얼마\s*동안|얼마나\s*(?:오래|길|걸|있)"
    r"|언제부터\s*언제까지"
    r"|\bhow\s+long\s+(?:was|were|is|did|does|do|will)\b|\bhow\s+many\s+(?:days|nights|hours|minutes)\b"
    r"|\bfrom\s+when\s+(?:to|until|till)\s+when\b",
    re.IGNORECASE,
)
_KINDS = ("when", "how_long_between", "lookup")
_NIGHTS = re.compile(r"몇\s*박|\bnights\b", re.IGNORECASE)
_END = re.compile(
    r"(?:언제|몇\s*시에?)\s*(?:쯤\s*)?(?:끝나|끝났|끝난|마쳤|마치)|끝난\s*(?:게|건|날|때|시간)"
    r"|\b(?:when|what\s+time)\s+(?:did|does|do|was|is|will)\b.*\b(?:end|finish|over)\b",
    re.IGNORECASE,
)
_DAYS_LONG = re.compile(r"(?<!날이\s)며칠\s*이?[었였]")
"""Asks for the length of what goes on for days; of anything else, for its day."""
_UNTIL = re.compile(r"언제\s*까지|\buntil\s+when\b|\buntil\s*\?", re.IGNORECASE)
"""Asks for the end of what goes on for days; of a task it asks when it is due."""
_ENDING = re.compile(r"끝|마치|마쳤|마감|종료|동안|걸리|걸렸|\b(?:end|finish|over|last|take|took|until)", re.IGNORECASE)
_IS_AN_END = re.compile(
    r"만료|만기|마감|종료|끝|까지|납부|제출|\b(?:deadline|due|expir\w*|ends?|ending|last\s+day|submit|renew\w*)\b",
    re.IGNORECASE,
)
"""An entry of this name is the end itself, whatever hour it was given."""


def answer_lasting(inquiry: Inquiry) -> Outcome | None:
    """The length or the end of the event that is asked for; None where none is, or no entry tells it."""
    plan = inquiry.plan
    length, end = (bool(asks.search(plan.question)) for asks in (_LENGTH, _END))
    days_long, until = (bool(asks.search(plan.question)) for asks in (_DAYS_LONG, _UNTIL))
    if plan.kind not in _KINDS or not (length or end or days_long or until) or two_plans(plan):
        return None
    wants = tuple(want for want in plan.wants if not _ENDING.search(want.surface) and want.role != "vague")
    if not wants and not plan.people:
        return None
    _, judged = inquiry.look(replace(plan, wants=wants, kind="when", measure=None))
    if not judged.enough:
        return None
    one = _entry(judged.evidence, inquiry, over_days=not (length or end))
    if one is None or one.record.time.local is None or one.record.end is None or one.record.end.local is None:
        return None
    first, last, say = one.record.time.local, one.record.end.local, inquiry.say
    clock = one.record.time.precision is not Precision.DAY
    inquiry.step("read the end of the entry", last.isoformat(" ", "minutes"))
    if length or days_long:
        text = lasted(say, plan.language == "ko", first, last, clock=clock, nights=bool(_NIGHTS.search(plan.question)))
        return Outcome("answered", f"{text} {say.quoted(one.record.title or one.best.text)} {marks(1)}", (one,))
    told = say.is_date(say.date(last.date(), last.time() if clock else None), one.record.title or "", marks(1))
    return Outcome("answered", told, (one,))


def _entry(evidence: Sequence[Evidence], inquiry: Inquiry, *, over_days: bool) -> Evidence | None:
    """The event of which the best records tell: the last one that has begun, else the next."""
    best = evidence[0].score

    def tells(one: Evidence) -> bool:
        begin, end = one.record.time.local, one.record.end
        if one.record.kind != "event" or one.score < CLOSE * best or begin is None or end is None or end.local is None:
            return False
        if _IS_AN_END.search(one.record.title or ""):
            return False
        return end.local.date() > begin.date() or (not over_days and end.local > begin)

    def begins(one: Evidence) -> datetime:
        return one.record.time.local or datetime.min

    entries = sorted(filter(tells, evidence), key=begins)
    top = max((one.score for one in entries), default=0.0)
    entries = [one for one in entries if one.score >= CLOSE * top]
    begun = [one for one in entries if begins(one).date() <= inquiry.today]
    return begun[-1] if begun else entries[0] if entries else None
