"""Facts that a record states: what, who, where, and lists of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.judge import Judgement
from darak.answers.evidence.passages import Passage
from darak.answers.evidence.support import Gathered
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import HAPPENING, apart, marks, occurrences, ordered, quote, refuse, said, together
from darak.answers.kinds.known import answer_contact, answer_known, asks_of_person
from darak.answers.kinds.places import names_place, place_of, puts_somewhere
from darak.answers.kinds.whereabouts import answer_haunt, answer_whereabouts, asks_of_places
from darak.answers.question.slots import Slot, slot_named, stated
from darak.answers.wording.wording import shorten

_CITED = 3
_LISTED, _ALL = 12, 10_000
_QUOTED = 170
_SAME = 0.8
_SOLID = ("thing", "number", "deed", "narrow")
_ASKED = re.compile(r"물어|물었|물은|질문|궁금|\bask(?:ed|s)?\b|\bquestions?\b", re.IGNORECASE)
"""Whether a question asks for what somebody asked."""
_ANY_AMOUNT = re.compile(r"^(?!.*(?:[비값료세금돈]|요금|가격|비용)(?:[이가은는을를도]|\s|$)).*얼마")
"""얼마 asks for any amount, where no price is spoken of."""


def answer_lookup(inquiry: Inquiry) -> Outcome:
    """The passages that state the fact, in their own words; a value is put before them when one is asked for."""
    if card := answer_contact(inquiry):
        return card
    if asks_of_person(inquiry.plan):
        return answer_known(inquiry)
    gathered, judged = _look(inquiry)
    if not judged.enough:
        return refuse(inquiry, judged)
    if inquiry.plan.order is not None:
        judged = replace(judged, evidence=tuple(ordered(inquiry, gathered, judged)))
    slot = slot_named(inquiry.plan.target)
    if slot is not None:
        return _value(inquiry, judged, slot)
    asking = _ASKED.search(inquiry.plan.question) is not None
    evidence = [one for one in together(judged) if judged.judge.tells_more(one) and (asking or not one.asks)]
    if not evidence:
        inquiry.step("look for what is asked", "the records only repeat the question's words, or ask themselves")
        return refuse(inquiry, judged, sure=True)
    cited = apart(evidence, _CITED)
    text = inquiry.say.says(_quotes(inquiry, cited, judged), marks(len(cited)))
    return Outcome("answered", text, cited)


def _quotes(inquiry: Inquiry, cited: tuple[Evidence, ...], judged: Judgement | None = None) -> list[tuple[str, str]]:
    """What the first two records say, those of one day together: the days with their texts."""
    by_day: dict[str, list[str]] = defaultdict(list)
    for one in cited[:2]:
        day = one.record.time.day
        by_day[inquiry.say.date(day) if day else ""].append(_text(one, judged.judge.adds(one) if judged else None))
    return [(day, " ".join(texts)) for day, texts in by_day.items()]


def _look(inquiry: Inquiry) -> tuple[Gathered, Judgement]:
    return inquiry.look() if inquiry.plan.order is None else inquiry.look_at_all()


def _stating_best(inquiry: Inquiry, gathered: Gathered, judged: Judgement) -> list[Evidence]:
    """The records of the time that is asked for, or the best ones, but for those that only ask."""
    best = ordered(inquiry, gathered, judged)
    stating = [one for one in best if not one.asks]
    if best and not stating:
        inquiry.step("leave out questions", "the best records only ask")
    return stating


def _value(inquiry: Inquiry, judged: Judgement, slot: Slot) -> Outcome:
    """The value of a slot, in the best passage that states one; in the talk around the best records, if need be."""
    near = together(judged)
    if slot.name in ("clock", "weekday") and (happening := _at_its_time(inquiry, near)):
        return happening
    found = _stating(inquiry, near, slot)
    if not found and near:
        found = _stating(inquiry, _of_that_day(judged, near[0]), slot)
    if not found:
        found = _stating(inquiry, [other for one in near[:3] for other in judged.judge.around(one)], slot)
    if not found and slot.name == "money" and _ANY_AMOUNT.search(inquiry.plan.question):
        any_amount = slot_named("amount") or slot
        found = [one for one in _stating(inquiry, near, any_amount) if one[1].own >= _SAME * one[0].best.own]
    if (
        not found
        and slot.name == "title"
        and near
        and (near[0].record.kind in HAPPENING or _holds_all(near[0], judged))
    ):
        cited = apart(near, _CITED)  # the record itself names it
        return Outcome("answered", inquiry.say.says(_quotes(inquiry, cited, judged), marks(len(cited))), cited)
    if not found:
        inquiry.step(f"look for a {slot.name}", "none of the best records states one")
        return refuse(inquiry, judged, sure=True)
    best, passage, value = max(found, key=lambda one: (round(one[0].score, 3), one[1].own, _written(one[0])))
    cited = apart([best, *(one for one, _, _ in found if one is not best), *near], _CITED)
    stating = quote(best, passage) if len(passage.text) > 12 else _text(best, passage)
    return Outcome("answered", inquiry.say.is_fact(value, stating, marks(len(cited))), cited)


def _written(one: Evidence) -> datetime:
    """When a record was written: of prices that stand alike, the last one holds."""
    return one.record.time.local or datetime.min


def _holds_all(one: Evidence, judged: Judgement) -> bool:
    """Whether a record states all that the question says, in words of its own."""
    return not one.asks and judged.judge.holds_all(one) and judged.judge.tells_more(one)


def _of_that_day(judged: Judgement, best: Evidence) -> list[Evidence]:
    """What else of the best record's day supports the question: the purchase of a visit, the mail of a trip."""
    day = best.record.time.day
    return [one for one in judged.evidence if one.record.time.day == day and one.score >= 0.5 * best.score]


def _at_its_time(inquiry: Inquiry, near: list[Evidence]) -> Outcome | None:
    """The time of an entry that happens at a time."""
    for one in near:
        if one.record.kind in HAPPENING and one.moment and one.moment.clock:
            cited = apart([one, *near], _CITED)
            when = inquiry.say.date(one.moment.day, one.moment.clock)
            return Outcome("answered", inquiry.say.is_date(when, said(one), marks(len(cited))), cited)
    return None


def _stating(inquiry: Inquiry, near: list[Evidence], slot: Slot) -> list[tuple[Evidence, Passage, str]]:
    """The records that state a value of this kind, with the passage that holds most of the question, and the value.

    What the question itself names is no answer to it.
    """
    found: list[tuple[Evidence, Passage, str]] = []
    words = tuple(form.spelt for want in inquiry.plan.wants for form in want.forms)
    for one in near:
        stating = [
            (passage, value)
            for passage in one.passages
            if not (slot.name == "title" and passage.asks)
            and (value := stated(slot, passage.text, inquiry.plan.question, words))
        ]
        if stating:
            passage, value = max(
                stating, key=lambda pair: (round(pair[0].own, 6), -abs(pair[0].index - one.best.index))
            )
            found.append((one, passage, value))
    return found


def _named(one: Evidence) -> str:
    """A note or document by its title, which names what it is of; anything else by what it says."""
    title = one.record.title or ""
    titled = one.record.kind in ("note", "document") and any(char.isalpha() for char in title)
    return title if titled else said(one)


def _text(one: Evidence, passage: Passage | None = None) -> str:
    """A passage with the sentence before it and what follows, as far as an answer may quote."""
    passage = passage or one.best
    text = quote(one, passage) or said(one)
    for other in [p for p in one.passages if p.index == passage.index - 1]:
        if len(text) + len(other.text) < _QUOTED:
            text = f"{other.text} {text}"
    for other in [p for p in one.passages if p.index > passage.index]:
        if len(text) + len(other.text) > _QUOTED:
            break
        text = f"{text} {other.text}"
    return text


def answer_who(inquiry: Inquiry) -> Outcome:
    """The people whom the best records name, or who said it; never those whom the question names itself."""
    if inquiry.plan.people and not any(want.role != "hint" for want in inquiry.plan.wants):
        return answer_known(inquiry)
    gathered, judged = _look(inquiry)
    if not judged.enough:
        return refuse(inquiry, judged)
    near = _stating_best(inquiry, gathered, judged)
    if not near:
        return refuse(inquiry, judged, sure=True)
    telling: dict[int, Evidence] = {}
    votes: dict[int, float] = defaultdict(float)
    for one in near:
        for person, weight in _people(inquiry, one):
            votes[person] += weight * one.score**2
            telling.setdefault(person, one)
    if not votes or max(votes.values()) < 0.4:
        for one in (other for first in near[:3] for other in judged.judge.around(first)):
            for person, weight in _people(inquiry, one):
                votes[person] += 0.5 * weight * one.score**2
                telling.setdefault(person, one)
    if not votes:
        inquiry.step("look for people", "none of the best records names anybody")
        return refuse(inquiry, judged)
    best = max(votes.values())
    ranked = sorted(votes.items(), key=lambda pair: -pair[1])
    chosen = [person for person, vote in ranked if vote >= 0.6 * best][:3]
    cited = apart([*(telling[person] for person in chosen), *near], _CITED)
    names = list(dict.fromkeys(inquiry.people.display(person) for person in chosen))
    voted = ", ".join(f"{inquiry.people.display(person)} {vote:.2f}" for person, vote in ranked[:5])
    inquiry.step("look for people", voted)
    return Outcome("answered", inquiry.say.is_people(names, said(cited[0]), marks(len(cited))), cited)


def answer_most(inquiry: Inquiry) -> Outcome:
    return answer_haunt(inquiry) if asks_of_places(inquiry.plan.question) else answer_who(inquiry)


def _people(inquiry: Inquiry, one: Evidence) -> list[tuple[int, float]]:
    """Those named in the text count fully; else whoever wrote it, when that is not the owner, or took part."""
    people = inquiry.people
    asked = {people.person_of[identity] for person in inquiry.plan.people for identity in person.identities}
    mine = people.no_others | asked
    text = one.record.text if len(one.record.text) < 300 else said(one)
    named = [
        person
        for mention in people.find(f"{one.record.title or ''} . {text}" if one.record.kind != "message" else text)
        for person in mention.people
    ]
    mine |= {person for person in named if people.is_office(person)} if one.record.kind == "mail" else set[int]()
    if others := [person for person in dict.fromkeys(named) if person not in mine]:
        return [(person, 1.0) for person in others]
    author = one.support.glance.author if one.support.glance.n == one.n else None
    if author is not None and people.person_of[author] not in mine and not people.is_office(people.person_of[author]):
        return [(people.person_of[author], 0.6)]
    return []


def answer_where(inquiry: Inquiry) -> Outcome:
    """The place of the best record, or the passage that names one; of days alone, where the owner was."""
    if not inquiry.plan.wants and inquiry.plan.spans:
        return answer_whereabouts(inquiry)
    gathered, judged = _look(inquiry)
    if not judged.enough:
        return refuse(inquiry, judged)
    near = _stating_best(inquiry, gathered, judged)
    if not near:
        return refuse(inquiry, judged, sure=True)
    say = inquiry.say
    # Where a thing was put is told by whoever put it there, not by where something about it took place.
    placed = [] if puts_somewhere(inquiry.plan.question) else [one for one in near if place_of(one.record)]
    telling = [one for one in near if judged.judge.tells_more(one) and names_place(_text(one), inquiry.plan.question)]
    if not placed and not telling:
        inquiry.step("look for a place", "none of the best records names one")
        return refuse(inquiry, judged, sure=True)
    if placed and placed[0].score >= 0.9 * near[0].score:
        cited = apart([*placed, *near], _CITED)
        quotes = " ".join(dict.fromkeys(_text(one) for one in cited[:2]))
        return Outcome("answered", say.is_fact(place_of(placed[0].record) or "", quotes, marks(len(cited))), cited)
    cited = apart([*telling, *near], _CITED)
    text = say.says(_quotes(inquiry, cited), marks(len(cited)))
    if not any(want.role in _SOLID or want.role == "act" for want in inquiry.plan.wants):
        return Outcome("unsure", say.unsure(text), cited)  # a person and “to go” are in many records
    return Outcome("answered", text, cited)


def _series(one: Evidence) -> str:
    """What the entries, purchases or mails of one sort have in common: their title, else what they say."""
    return " ".join((one.record.title or said(one)).split()).casefold()


def _again(inquiry: Inquiry, one: Evidence, times: Counter[str]) -> str:
    return f" ({inquiry.say.times(times[_series(one)])})" if times[_series(one)] > 1 else ""


def answer_list(inquiry: Inquiry) -> Outcome:
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    found = apart(occurrences(gathered, judged), _ALL, by_day=True)
    times = Counter(_series(one) for one in found)
    if len(found) > _LISTED:  # what comes again and again is named once, with its last time
        found = tuple({_series(one): one for one in found}.values())
    skip = inquiry.plan.skip
    shown = found[skip : skip + _LISTED]
    if not shown:
        return Outcome("no_record", inquiry.say.no_more())
    items = [
        f"{inquiry.say.date(one.moment.day) if one.moment else ''} {shorten(_named(one), 70)}"
        f"{_again(inquiry, one, times)} [{number}]"
        for number, one in enumerate(shown, 1)
    ]
    text = inquiry.say.listing(len(found), items, len(found) - skip - len(shown))
    if not inquiry.plan.people and not any(want.role in _SOLID for want in inquiry.plan.wants):
        return Outcome("unsure", inquiry.say.unsure(text), shown)  # a verb alone says little of what is listed
    return Outcome("answered", text, shown)
