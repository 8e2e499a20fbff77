"""Where the owner lives or lived: the last house move that the calendar holds up to then."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import CLOSE, marks, refuse, said
from darak.answers.plan import Plan, Want
from darak.answers.question.concepts import load_concepts
from darak.language.tokens import phrase_terms

_ASKS = re.compile(
    r"\bwhere\s+(?:do|did|have|was|were|am|are)\s+(?:i|we)\s+(?:been\s+)?(?:live|lived|living)\b"
    r"|\bwhat(?:['’]?s|\s+is|\s+was)\s+(?:my|our)\s+(?:home\s+)?address\b"
    r"|\bwhere(?:['’]?s|\s+is|\s+was)\s+(?:my|our)\s+(?:home|house|flat|apartment)\b"
    r"|어디\s*(?:에서?|서)?\s*(?:살(?:아|았|고|지|던|더|어)|사(?:는|니|나|냐)|거주)"
    r"|(?:우리|내)\s?집(?:은|이)?\s*(?:어디|주소)|(?:^|\s)집\s?주소",
    re.IGNORECASE,
)
_MOVE = "move house"


def asks_of_home(plan: Plan) -> bool:
    return not plan.people and _ASKS.search(plan.question) is not None


def answer_home(inquiry: Inquiry) -> Outcome:
    """The entry of the last move; that somebody lives there since is for the reader to say."""
    like = load_concepts().english(_MOVE, phrase_terms(_MOVE))
    want = Want(_MOVE, "act", like.forms, like.kinds)
    plan = replace(inquiry.plan, kind="last", wants=(want,), spans=(), order="last", target=None)
    _, judged = replace(inquiry, plan=plan).look_at_all()
    spans = inquiry.plan.spans
    until = max(span.until for span in spans) if spans else inquiry.today + timedelta(days=1)
    entries = [one for one in judged.evidence if one.record.kind == "event" and one.moment is not None]
    top = max((one.score for one in entries), default=0.0)
    moves = [one for one in entries if one.score >= CLOSE * top and one.moment and one.moment.day < until]
    inquiry.step("look for moves in the calendar", f"{len(moves)} until {until.isoformat()}")
    if not moves:
        return refuse(inquiry, replace(judged, evidence=()), sure=True)
    last = max(moves, key=lambda one: (one.moment.day, one.score) if one.moment else (until, 0.0))
    assert last.moment is not None
    told = inquiry.say.is_date(inquiry.say.date(last.moment.day), said(last), marks(1))
    return Outcome("unsure", inquiry.say.unsure(told), (last,))
