"""What the kinds share: choosing the records that tell of the same thing, refusing, and marking citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import time

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.judge import Judgement
from darak.answers.evidence.moments import Moment
from darak.answers.evidence.passages import Passage
from darak.answers.evidence.snippet import ellipsed, snippet
from darak.answers.evidence.support import HELD, Gathered
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.plan import Order
from darak.answers.wording.wording import QUOTE, shorten

HAPPENING = ("event", "visit", "call", "purchase", "play", "photo", "other")
"""Kinds of record that are the thing itself, rather than words about it."""
_HAPPENED = 0.55
"""The share of the best score from which a record that is the thing itself is preferred to talk about it."""
_NEAREST = 90
"""Characters that are quoted of the nearest record when there is no answer."""
CLOSE = 0.8
"""The share of the best record's score from which another may stand beside it."""


def marks(n: int, first: int = 1) -> str:
    return "".join(f"[{number}]" for number in range(first, first + n))


def refuse(inquiry: Inquiry, judged: Judgement, *, sure: bool = False) -> Outcome:
    """No record, or unsure when the nearest records hold nearly enough and it is not `sure` that they do not answer.

    The nearest ones are shown.
    """
    nearest = judged.evidence[:2]
    if not nearest:
        return Outcome("no_record", inquiry.say.nothing("", judged.judge.unheard(judged.missing)))
    quote = _nearest(inquiry, nearest[0])
    if judged.some and not judged.missing and not sure:
        return Outcome("unsure", inquiry.say.unsure(quote), nearest)
    return Outcome("no_record", inquiry.say.nothing(quote, judged.judge.unheard(judged.missing)), nearest)


def _nearest(inquiry: Inquiry, evidence: Evidence) -> str:
    day = evidence.record.time.day
    when = f"{inquiry.say.date(day)} " if day else ""
    return f"{when}“{shorten(quote(evidence, evidence.best, _NEAREST) or said(evidence), _NEAREST)}” [1]"


def said(evidence: Evidence) -> str:
    """What a record says where it answers best; a title or a sender where there is no text."""
    return quote(evidence, evidence.best) or evidence.record.title or evidence.record.text


def quote(evidence: Evidence, passage: Passage, width: int = QUOTE) -> str:
    """A passage, or the part of it in which the words of the question stand, as far as an answer quotes."""
    return ellipsed(snippet(passage.text, evidence.words, width=width - 2), passage.text)


def occurrences(gathered: Gathered, judged: Judgement) -> list[Evidence]:
    """The records that each tell of one time that the asked thing happened, in the order of time.

    Records that are the thing itself (calendar, visits, calls, purchases) are counted rather than talk about it;
    where there is only talk, each day on which it is told counts once.
    """
    whole = [one for one in judged.evidence if gathered.whole(one.support)]
    if not whole:
        return []
    best = max(one.score for one in whole)
    near = [one for one in whole if one.score >= CLOSE * best and one.moment is not None]
    by_kind: dict[str, list[Evidence]] = defaultdict(list)
    for one in whole:
        if one.record.kind in HAPPENING and one.moment is not None:
            by_kind[one.record.kind].append(one)
    if by_kind:
        tops = {kind: max(one.score for one in group) for kind, group in by_kind.items()}
        kind = max(by_kind, key=lambda kind: (tops[kind] >= 0.75 * max(tops.values()), len(by_kind[kind])))
        acts = [index for index, word in enumerate(gathered.words) if word.act]
        acted = any(all(one.support.mine[index] >= HELD for index in acts) for one in whole)
        acting = any(all(one.best.strengths[index] >= HELD for index in acts) for one in by_kind[kind])
        sure = len(by_kind[kind]) > 1 or acting or not acted
        if sure and tops[kind] >= _HAPPENED * best:
            return by_time([one for one in by_kind[kind] if one.score >= CLOSE * tops[kind]])
    days: dict[object, Evidence] = {}
    for one in sorted(near, key=lambda one: -one.score):
        days.setdefault(one.moment.day if one.moment else None, one)
    return by_time(days.values())


def ordered(inquiry: Inquiry, gathered: Gathered, judged: Judgement) -> list[Evidence]:
    """The records of the first or the last time, when the question asks for that one; else the best ones."""
    if inquiry.plan.order is None:
        return together(judged)
    times = in_order(inquiry, occurrences(gathered, judged), inquiry.plan.order)
    if not times or times[0].record.kind not in HAPPENING:
        return together(judged)
    chosen = times[-1] if inquiry.plan.order == "last" else times[0]
    inquiry.step(f"take the {inquiry.plan.order}", f"of {len(times):,} times")
    return [chosen]


def in_order(inquiry: Inquiry, times: Sequence[Evidence], order: Order) -> list[Evidence]:
    """The times that may be the first or the last one, up to today, or the next one, after now."""
    now = inquiry.plan.now.replace(tzinfo=None)

    def ahead(moment: Moment) -> bool:
        return moment.day > now.date() or (moment.day == now.date() and (moment.clock or time.max) > now.time())

    if order == "next":
        return [one for one in times if one.moment and ahead(one.moment)]
    return [one for one in times if one.moment and one.moment.day <= inquiry.today]


def together(judged: Judgement) -> list[Evidence]:
    """The records near the best one in score."""
    return [one for one in judged.evidence if one.score >= CLOSE * judged.evidence[0].score]


def by_time(evidence: Iterable[Evidence]) -> list[Evidence]:
    def moment(one: Evidence) -> tuple[int, str, int]:
        at = one.moment
        return (at.day.toordinal(), at.clock.isoformat() if at.clock else "", one.n) if at else (0, "", one.n)

    return sorted(evidence, key=moment)


def apart(evidence: Sequence[Evidence], most: int, *, by_day: bool = False) -> tuple[Evidence, ...]:
    """Up to `most` records, no text twice; with `by_day`, no text twice on one day."""
    kept: dict[object, Evidence] = {}
    for one in evidence:
        text = " ".join(said(one).split()).casefold()
        kept.setdefault((text, one.moment and one.moment.day) if by_day else text, one)
    return tuple(kept.values())[:most]
