"""Where the owner lives and works, or did: by the steps in the calendar and in notes after which it was so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import CLOSE, marks, refuse, said
from darak.answers.plan import Plan, Want
from darak.answers.question.concepts import load_concepts
from darak.language.tokens import phrase_terms


@dataclass(frozen=True, slots=True)
class _Standing:
    """What goes on until the next step: how it is asked for, the deed that begins it, and the one that ends it."""

    asks: re.Pattern[str]
    begins: str
    ends: str
    kinds: tuple[str, ...]


_STANDING = (
    _Standing(
        re.compile(
            r"\bwhere\s+(?:do|did|have|was|were|am|are)\s+(?:i|we)\s+(?:been\s+)?(?:live|lived|living)\b"
            r"|\bwhat(?:['’]?s|\s+is|\s+was)\s+(?:my|our)\s+(?:home\s+)?address\b"
            r"|\bwhere(?:['’]?s|\s+is|\s+was)\s+(?:my|our)\s+(?:home|house|flat|apartment)\b"
            r"|어디\s*(?:에서?|서)?\s*(?:살(?:아|았|고|지|던|더|어)|사(?:는|니|나|냐)|거주)"
            r"|(?:우리|내)\s?집(?:은|이)?\s*(?:어디|주소)|(?:^|\s)집\s?주소",
            re.IGNORECASE,
        ),
        "move house",
        "move house",
        ("event",),
    ),
    _Standing(
        re.compile(
            r"\bwhere\s+(?:do|did|am|was)\s+i\s+(?:currently\s+|now\s+)?work(?:ing)?\b(?!\s+out)"
            r"|\bwhat(?:['’]?s|\s+is|\s+was)\s+(?:the\s+name\s+of\s+)?my\s+"
            r"(?:(?:current|first|last|previous|old|former)\s+)?(?:job|company|firm|employer|workplace)\s*[?.!]*$"
            r"|(?:지금|현재|(?<![가-힣])(?:현|전|첫|내)|이전|예전|옛날|우리|다니는)\s*(?:다니(?:는|던)\s*)?(?:회사|직장)(?:은|는|이|가)?\s*"
            r"(?:이름\S*|어디\S*|뭐\S*|무슨\S*)?\s*[?？]?$|어디(?:에서|서|에)?\s*(?:일하|다니)(?:고|는|지|니|더|나|던|세)",
            re.IGNORECASE,
        ),
        "start work",
        "resign",
        ("event", "note", "message"),
    ),
)
_BEFORE = re.compile(
    r"(?<![가-힣])(?:전|이전|예전|옛날|저번)\s*(?:회사|직장|집)|\b(?:last|previous|old|former)\s+\w+", re.IGNORECASE
)
_FIRST = re.compile(r"(?<![가-힣])첫\s*(?:회사|직장|집)|\bfirst\b", re.IGNORECASE)


def asks_of_home(plan: Plan) -> bool:
    return not plan.people and _standing(plan) is not None


def _standing(plan: Plan) -> _Standing | None:
    return next((one for one in _STANDING if one.asks.search(plan.question)), None)


def answer_home(inquiry: Inquiry) -> Outcome:
    """The record of the last step up to the asked time, or of the first one after it, which tells what was left; that
    it went on since is for the reader to say."""
    standing = _standing(inquiry.plan)
    assert standing is not None
    spans = inquiry.plan.spans
    until = max(span.until for span in spans) if spans else inquiry.today + timedelta(days=1)
    begun = _steps(inquiry, standing.begins, standing.kinds)
    left = begun if standing.ends == standing.begins else _steps(inquiry, standing.ends, standing.kinds)
    inquiry.step("look for the steps", f"{len(begun)} beginnings, {len(left)} ends")
    if _FIRST.search(inquiry.plan.question):
        chosen = min((*left[:1], *begun[:1]), key=_day, default=None)
    elif _BEFORE.search(inquiry.plan.question):
        chosen = next(reversed([one for one in left if _day(one) < until]), None)
    else:
        chosen = next(reversed([one for one in begun if _day(one) < until]), None)
        chosen = chosen or next((one for one in left if _day(one) >= until), None)
    if chosen is None:
        _, judged = inquiry.look()
        return refuse(inquiry, replace(judged, evidence=()), sure=True)
    told = inquiry.say.is_date(inquiry.say.date(_day(chosen)), said(chosen), marks(1))
    return Outcome("unsure", inquiry.say.unsure(told), (chosen,))


def _day(one: Evidence) -> date:
    assert one.moment is not None
    return one.moment.day


def _steps(inquiry: Inquiry, deed: str, kinds: tuple[str, ...]) -> list[Evidence]:
    """The records that tell best of a deed, in the order of time, of the first of the kinds that has any."""
    like = load_concepts().english(deed, phrase_terms(deed))
    want = Want(deed, "act", like.forms, like.kinds)
    plan = replace(inquiry.plan, kind="last", wants=(want,), spans=(), order="last", target=None, kinds=())
    _, judged = replace(inquiry, plan=plan).look_at_all()
    told = [one for one in judged.evidence if one.moment is not None and not one.asks]
    for kind in kinds:
        found = [one for one in told if one.record.kind == kind]
        top = max((one.score for one in found), default=0.0)
        if near := [one for one in found if one.score >= CLOSE * top]:
            return sorted(near, key=lambda one: (_day(one), one.score))
    return []
