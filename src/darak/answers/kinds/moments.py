"""When something was, for the first time, for the last, how long ago, and how long it took."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.moments import Moment, due, told_moments
from darak.answers.evidence.passages import Passage
from darak.answers.evidence.support import Gathered
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import CLOSE, HAPPENING, apart, by_time, in_order, marks, occurrences, refuse, said
from darak.answers.kinds.facts import answer_lookup
from darak.answers.kinds.known import answer_known, asks_of_person
from darak.answers.plan import Order, Plan, Want
from darak.answers.question.concepts import load_concepts

_CITED, _LONG = 3, 600
_SAYS_SO = 0.05
"""The share of the question from which a sentence that names a day speaks of it."""
_ALIKE = 0.95
_TALK = ("message", "mail", "chat")
_SOLID = ("thing", "number", "deed", "act")
_DUE = re.compile(
    r"까지|마감|만료|만기|기한|끝나|끝난|끝났|하기로|기로\s*(?:했|한)|겠다고|돌려받|갚|예정|보증|다시\s*(?:검사|오|보)"
    r"|\b(?:by\s+(?:what|which|when)|until|till|deadline|due|expir\w+|run(?:s)?\s+out|end(?:s)?\s*[?]|end(?:ed)?\s+of|promise\w*|going\s+to|supposed\s+to|warranty"
    r"|guarantee|follow-up)\b|\bend\?",
    re.IGNORECASE,
)
# The end of what still runs is a day that a record names, never the day on which it was spoken of.
_ENDS = re.compile(
    r"(?:만료|만기|끝나)(?![는던])(?!\S*(?:았|었|났))|\bwhen\s+(?:does|do|will)\b.*\b(?:end|expire|run\s+out)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"까지|만료|만기|끝|종료|기한|\b(?:until|till|through|ends?|ending|expir\w*|runs?\s+out|due\s+(?:on|by|date)|valid)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"변경|바뀌|바뀐|밀렸|밀려|미뤄|미룬|연기|앞당|옮겨|정정"
    r"|\b(?:moved|changed|rescheduled|postponed|delayed|pushed\s+back|brought\s+forward|new\s+(?:date|departure|time))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"아직도|여전히|계속\s|\b(?:still|so\s+far|as\s+usual)\b", re.IGNORECASE)
_BEGINNINGS = (
    (
        re.compile(r"\bhow\s+long\s+(?:have|has)\s+.*\bwork(?:ed|ing)\b|(?:일한|다닌|일하고)\S*\s*지", re.I),
        "first day at work",
    ),
    (re.compile(r"\bhow\s+long\s+(?:have|has)\s+.*\bliv(?:ed|ing)\b|산\s*지", re.I), "moving day"),
)
# What goes on since it began, rather than was done again and again.
_LASTING = re.compile(
    r"(?:배우|배운|다니|다닌|살|산|일하|일한|사귀|사귄|키우|키운|시작|알게|끊|그만|입사|이사|결혼|졸업)\S*\s*지"
    r"|\bhow\s+long\s+(?:have|has)\s+(?!it\b)|\b(?:start|began|begin|join|quit|stopp?|mov|marri|graduat)\w*\b",
    re.IGNORECASE,
)


_THIS_TIME = re.compile(r"[(\[（].*")
_PAST = re.compile(
    r"\bwhen\s+did\b|(?:[갔했봤왔샀났먹]|었|았|였)(?:어|지|더라|나|니|는지)?\s*[?？]?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Day:
    """The day an event took place, with the records that say so, and the day it was first planned for."""

    moment: Moment
    evidence: tuple[Evidence, ...]
    before: date | None = None


def find_day(inquiry: Inquiry, plan: Plan | None = None) -> Day | Outcome:
    """The day of the event that the plan asks for: the one that its best records agree on."""
    _, judged = inquiry.look(plan)
    if not judged.enough:
        return refuse(inquiry, judged)
    top = judged.evidence[0].score
    near = [one for one in judged.evidence if one.score >= CLOSE * top and one.moment is not None]
    near = [one for one in near if not (one.replies or one.asks) or (one.moment and one.moment.named)]
    if not near:
        return refuse(inquiry, replace(judged, evidence=()))
    if changed := _changed(near):
        return changed
    if _PAST.search(inquiry.plan.question):  # what is still to come did not happen, if anything did
        near = [one for one in near if one.moment and one.moment.day <= inquiry.today] or near
    if _DUE.search(plan.question if plan else inquiry.plan.question):
        near = [one.at(*ahead) if (ahead := _ahead(one)) else one for one in near]
        ahead_of = [one for one in near if one.moment and one.moment.named]
        if _ENDS.search(inquiry.plan.question):
            ahead_of = [one for one in ahead_of if _tells_end(one)]
            if not ahead_of:
                inquiry.step("look for the day it ends", "none of the best records names one")
                return refuse(inquiry, judged, sure=True)
        near = ahead_of or near
    votes: dict[date, float] = defaultdict(float)
    for one in near:
        assert one.moment is not None
        sure = 1.3 if one.record.kind in HAPPENING else 1.1 if one.moment.named else 1.0
        votes[one.moment.day] += one.score**4 * sure
    day = max(votes, key=lambda day: votes[day])
    # Of entries of one name, the coming one is meant where the past is not asked of, else the last.
    entries = {one.moment.day: _series(one) for one in near if one.moment}
    alike = [other for other, title in entries.items() if title and title == entries.get(day)]
    alike = [other for other in alike if votes[other] >= _ALIKE * votes[day]]
    if len(alike) > 1:
        ahead = [other for other in alike if other >= inquiry.today]
        day = min(ahead) if ahead and not _PAST.search(inquiry.plan.question) else max(alike)
    telling = [one for one in near if one.moment is not None and one.moment.day == day]
    clock = next(
        (
            one.moment
            for one in telling
            if one.moment and one.moment.clock and (one.record.kind in HAPPENING or one.moment.named)
        ),
        None,
    )
    inquiry.step("choose the day", f"{day.isoformat()} by {len(telling)} of {len(near)} records")
    moment = clock or telling[0].moment
    assert moment is not None
    return Day(moment, apart(telling, _CITED))


def _series(one: Evidence) -> str:
    """What entries have in common: the title, without what it says of this one time ("Move (Old Town to Mill Road)");
    calls are all of one sort."""
    if one.record.kind == "call":
        return "call"
    return _THIS_TIME.sub("", one.record.title or "").strip() if one.record.kind == "event" else ""


def _tells_end(one: Evidence) -> bool:
    """Whether the sentence that names the day speaks of what is asked for, and the day is still ahead of it."""
    own = one.record.time.day
    ahead = one.moment is not None and own is not None and one.moment.day > own
    if one.record.kind in HAPPENING:
        return bool(_UNTIL.search(f"{one.record.title or ''} {one.record.text}"))
    return ahead and one.best.own > _SAYS_SO and bool(_UNTIL.search(one.best.text))


def _ahead(one: Evidence) -> tuple[Moment, Passage] | None:
    """The day that a record sets ahead; what happens at a time is dated by that."""
    return None if one.record.kind in HAPPENING else due(one.record, one.passages)


def _changed(near: Sequence[Evidence]) -> Day | None:
    """A later record that moves the event to another day, which corrects the earlier ones."""
    for one in sorted(near, key=lambda one: one.record.time.local or one.record.time.local.min, reverse=True):  # type: ignore[union-attr]
        text = one.record.text if len(one.record.text) < _LONG else said(one)
        if one.record.kind in HAPPENING or not _CHANGE.search(text):
            continue
        told = [moment for moment in told_moments(one.record, text) if moment.grain == "day"]
        days = list(dict.fromkeys(day for moment in told for day in (moment.day, moment.last or moment.day)))
        if len(days) == 2:
            after = Moment(days[1], told[-1].clock, True, told[-1].surface)
            others = [other for other in near if other.moment and other.moment.day == after.day and other is not one]
            return Day(after, apart([one, *others], _CITED), days[0])
    return None


def answer_when(inquiry: Inquiry) -> Outcome:
    if asks_of_person(inquiry.plan):
        return answer_known(inquiry)
    found = find_day(inquiry)
    if isinstance(found, Outcome):
        return found
    return _told(inquiry, found)


def _told(inquiry: Inquiry, found: Day) -> Outcome:
    say = inquiry.say
    told = found.evidence[0].record.kind in ("event", "call") or any(char.isdigit() for char in found.moment.surface)
    shown = say.date(found.moment.day, found.moment.clock if told else None)
    if found.moment.grain == "month":
        shown = say.month(found.moment.day)
    text = say.is_date(shown, said(found.evidence[0]), marks(len(found.evidence)))
    if found.before is not None:
        text += " " + say.changed(say.date(found.before), say.date(found.moment.day))
    return Outcome("answered", text, found.evidence)


def _first_day(inquiry: Inquiry) -> Day | Outcome:
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    whole = by_time(one for one in judged.evidence if gathered.whole(one.support) and one.moment is not None)
    if not whole or whole[0].moment is None:
        return refuse(inquiry, judged, sure=True)
    return Day(whole[0].moment, apart(whole, _CITED))


def answer_first_or_last(inquiry: Inquiry) -> Outcome:
    """The first, last or next of all the times it happened; what is still to come does not count as last."""
    if _ENDS.search(inquiry.plan.question):
        return answer_when(inquiry)
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    order: Order = inquiry.plan.order or "last"
    times = in_order(inquiry, occurrences(gathered, judged), order)
    if not times:
        return refuse(inquiry, judged, sure=True)
    times = _hinted(gathered, times)
    chosen = times[-1] if order == "last" else times[0]
    assert chosen.moment is not None
    inquiry.step("order by time", f"{len(times):,} times, {times[0].moment.day} to {times[-1].moment.day}")  # type: ignore[union-attr]
    same = [one for one in judged.evidence if one.moment and one.moment.day == chosen.moment.day and one is not chosen]
    told = _told(inquiry, Day(chosen.moment, apart([chosen, *same], _CITED)))
    if order == "first" and _GOES_ON.search(chosen.record.text[:_LONG]):  # it had begun before anybody spoke of it
        return Outcome("unsure", inquiry.say.unsure(told.text), told.evidence)
    if chosen.record.kind in _TALK and not any(want.role in _SOLID for want in inquiry.plan.wants):
        return Outcome("unsure", inquiry.say.unsure(told.text), told.evidence)  # to write to Mom is not to see her
    return told


def _hinted(gathered: Gathered, times: list[Evidence]) -> list[Evidence]:
    """Of what was only talked about: those that say themselves that it was the first or the last time."""
    hints = [index for index, word in enumerate(gathered.words) if word.hint]
    if not hints:
        return times
    return [one for one in times if any(one.best.strengths[index] for index in hints)] or times


def answer_since(inquiry: Inquiry) -> Outcome:
    """Since the event, the last one of several; where only a person or thing is named, since it first appears."""
    begun = _began(inquiry.plan)
    if begun:
        inquiry.plan = begun
    bare = not any(want.role in ("act", "deed", "vague") for want in inquiry.plan.wants)
    again = inquiry.plan.order == "last" or not bare
    once = not again or _LASTING.search(inquiry.plan.question)
    last = None if once and not begun else _last_time(inquiry)  # one lives where one moved last
    found = last or (_first_day(inquiry) if bare else find_day(inquiry))
    if isinstance(found, Outcome):
        return found
    day = found.moment.day
    say = inquiry.say
    days = (inquiry.today - day).days
    text = say.since(say.duration(day, inquiry.today), say.date(day), days, marks(len(found.evidence)))
    return Outcome("answered", text, found.evidence)


def _began(plan: Plan) -> Plan | None:
    """Of what goes on, its beginning is looked for: of working, the first day at work; of living, the move."""
    for going_on, beginning in _BEGINNINGS:
        if going_on.search(plan.question):
            like = load_concepts().english(beginning, ())
            wants = tuple(want for want in plan.wants if want.role not in ("act", "deed", "vague"))
            return replace(plan, wants=(*wants, Want(beginning, "act", like.forms)), kind="when")
    return None


def _last_time(inquiry: Inquiry) -> Day | None:
    """The last of several times that the calendar, or another record of the thing itself, tells."""
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return None
    times = [one for one in occurrences(gathered, judged) if one.moment and one.moment.day <= inquiry.today]
    if len(times) < 2 or times[-1].record.kind not in HAPPENING or times[-1].moment is None:
        return None
    return Day(times[-1].moment, (times[-1],))


def answer_between(inquiry: Inquiry) -> Outcome:
    """From one event to another, when the question names two; else from the first to the last of one."""
    from darak.answers.question.clauses import two_plans

    pair = two_plans(inquiry.plan)
    if pair is not None:
        first, last = find_day(inquiry, pair[0]), find_day(inquiry, pair[1])
        if isinstance(first, Outcome):
            return first
        if isinstance(last, Outcome):
            return last
        return _span(inquiry, first, last)
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    times = occurrences(gathered, judged)
    if len(times) < 2 or times[0].moment is None or times[-1].moment is None:
        inquiry.plan = replace(inquiry.plan, target="duration")
        return answer_lookup(inquiry)
    return _span(inquiry, Day(times[0].moment, (times[0],)), Day(times[-1].moment, (times[-1],)))


def _span(inquiry: Inquiry, first: Day, last: Day) -> Outcome:
    if first.moment.day > last.moment.day:
        first, last = last, first
    say = inquiry.say
    days = (last.moment.day - first.moment.day).days
    evidence = apart([*first.evidence[:2], *last.evidence[:2]], 4)
    text = say.between(
        say.duration(first.moment.day, last.moment.day),
        say.date(first.moment.day),
        say.date(last.moment.day),
        days,
        marks(len(evidence)),
    )
    return Outcome("answered", text, evidence)
