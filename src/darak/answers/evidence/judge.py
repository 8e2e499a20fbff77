"""Reads the gathered records and judges what they support: which stand as evidence, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from darak.answers.evidence.evidence import ASKS, REPLIES, Evidence
from darak.answers.evidence.passages import Passage, Reader
from darak.answers.evidence.support import HELD, Support, Weighed
from darak.answers.evidence.whose import (
    ASKS_OF_BIRTHDAY,
    ASKS_OF_OWN_DEEDS,
    CONGRATULATES,
    FIRST_PERSON,
    asks_of_step_of_life,
    is_of_another,
)
from darak.answers.people import People
from darak.answers.plan import LIKE, Person, Plan
from darak.answers.question.slots import slot_named, stated
from darak.memory.lookup import Lookup
from darak.records.record import Record
from darak.records.vault import Stored, Vault

ENOUGH, PINNED = 0.74, 0.66
"""The share of the question's weight that evidence must hold to be an answer; less is enough where the record itself
holds two or more of its nouns and people, which pin down what is meant, and for a long question."""
SOME = 0.7
"""The share from which the nearest record is worth showing as unsure."""

_CHAT_WITH_AI = 0.8
_ASKING = 0.8
_OF_ANOTHER = 0.4
_BY_ASKED = 1.15
_ONLY_ASKS = (ASKS, _ASKING)
_REPLY = 0.97
_ASKS_FOR_IT = 0.5
"""The share of the question that a record must hold for what replies to it to count."""
_SHORT_TEXT, _LONG_TEXT = 400, 600
_NEAR_BY = 2
_ELSEWHERE = 0.35
_HOLDS_NONE = 0.5
_ENTRY = 1.1
_SCENERY = ("photo", "visit", "place", "notification")
_ONLY_SHOWS = 0.8
_GAIN = 0.1
_BY_ROOM = 0.2
_TIMES = ("count", "how_often", "first", "last", "list")
_FAR_OFF = 0.15
_OTHERS_WROTE = 0.7
"""What is left of a mail by others in a list of what the owner did: newsletters speak of books that are unread."""
_IMPLIED = 0.5
_LASTING = frozenset(
    ("살다", "거주하다", "일하다", "사귀다", "키우다", "live", "lived", "living", "work", "worked", "working")
)
"""Strength of a verb that a calendar entry leaves out."""
_LACKS = 0.85
"""What is left of the score for each required word that neither a record nor its surroundings hold."""
_NEAR = 0.85
_TALK = ("message", "chat")
_CALLS = ("message", "mail")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The evidence, best first, and what the best of it lacks of the question."""

    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    judge: Judge

    @property
    def share(self) -> float:
        return self.evidence[0].share if self.evidence else 0.0

    @property
    def enough(self) -> bool:
        if not self.evidence or len(self.missing) > self.judge.may_lack:
            return False
        pinned = self.judge.pins(self.evidence[0]) or self.judge.may_lack > 0
        return self.share >= (PINNED if pinned else ENOUGH)

    @property
    def some(self) -> bool:
        return bool(self.evidence) and self.share >= SOME


class Judge:
    """Reads records for one plan."""

    def __init__(self, vault: Vault, lookup: Lookup, people: People, plan: Plan, words: Sequence[Weighed]) -> None:
        self._vault = vault
        self._lookup = lookup
        self._people = people
        self._plan = plan
        self._words = words
        self._reader = Reader(words)
        self._a_life = plan.kind != "who" and asks_of_step_of_life(plan.question, names=bool(plan.people))
        self._own_deeds = (
            plan.kind == "list" and not plan.sources and ASKS_OF_OWN_DEEDS.search(plan.question) is not None
        )
        self._asked = {identity for person in plan.people for identity in person.identities}

    @property
    def may_lack(self) -> int:
        """How many required words may be missing: none, but some of a long question, which tells more than it asks."""
        return max(0, sum(word.required for word in self._words) - 3) // 3

    def judge(self, supports: Iterable[Support]) -> Judgement:
        """The supporting records, read and ordered."""
        chosen = list(supports)
        stored = self._lookup.get(support.glance.n for support in chosen)
        found = [self._evidence(stored[one.glance.n], one) for one in chosen if one.glance.n in stored]
        found += self._replies(sorted(found, key=lambda one: -one.score)[:8])
        best = {one.n: one for one in sorted(found, key=lambda one: one.score)}
        found = list(best.values())
        found.sort(key=lambda one: (-one.score, one.n))
        if not found:
            return Judgement((), tuple(word.surface for word in self._words if word.required), self)
        return Judgement(tuple(found), self.missing(found[0]), self)

    def missing(self, evidence: Evidence) -> tuple[str, ...]:
        """The required words of the question that neither the evidence nor its surroundings hold."""
        pairs = zip(self._words, evidence.support.strengths, strict=True)
        return tuple(word.surface for word, strength in pairs if word.required and strength < HELD)

    def unheard(self, missing: Iterable[str]) -> tuple[str, ...]:
        """Of what the evidence lacks, what to name as missing: not people of whom there are other records."""
        known = {word.surface for word in self._words if isinstance(word.want, Person) and word.postings}
        return tuple(surface for surface in missing if surface not in known)

    def _evidence(self, stored: Stored, support: Support) -> Evidence:
        passages = self._reader.passages(stored.record)
        best = max(passages, key=lambda p: (round(p.own, 6), -p.index), default=Passage("", (), 0.0, 0))
        if stored.record.kind == "message" or len(stored.record.text) < _SHORT_TEXT:
            support = self._said(support, stored.record, passages)
        elif len(stored.record.text) > _LONG_TEXT:
            support = self._focused(support, passages, best)
        # A long text may hold the words far from each other: what stands together counts half.
        own = support.own if len(passages) <= 1 else 0.5 * support.own + 0.5 * best.own
        score = 0.6 * support.total + 0.4 * own
        pairs = zip(self._words, support.strengths, strict=True)
        score *= _LACKS ** sum(word.required and strength < HELD for word, strength in pairs)
        slot = slot_named(self._plan.target)
        asks = best.asks and not any(
            (not passage.asks and passage.own >= 0.5 * best.own)
            or (slot is not None and stated(slot, passage.text, self._plan.question))
            for passage in passages
        )
        factors = (*self._factors(stored.record, support, best, asks), *self._off(stored.record))
        for _, factor in factors:
            score *= factor
        wants = tuple(word.want for word in self._words)
        return Evidence(stored, support, tuple(passages), best, score, self._held(support), factors, words=wants)

    def _focused(self, support: Support, passages: Sequence[Passage], best: Passage) -> Support:
        """The support of a long record: what stands within two sentences of its best passage, and half of the rest."""
        near = [passage.strengths for passage in passages if abs(passage.index - best.index) <= _NEAR_BY]
        together = [max(column) for column in zip(*near, strict=True)] or list(support.mine)
        mine = [
            strength if isinstance(word.want, Person) else max(here, _ELSEWHERE * strength)
            for word, strength, here in zip(self._words, support.mine, together, strict=True)
        ]
        strengths = [
            min(strength, max(own, _BY_ROOM)) if own < strength == before else strength
            for strength, own, before in zip(support.strengths, mine, support.mine, strict=True)
        ]
        own, total = self._reader.share(mine), self._reader.share(strengths)
        return replace(support, own=own, total=total, mine=tuple(mine), strengths=tuple(strengths))

    def _holds_any(self, support: Support) -> bool:
        """Whether a record itself holds any required word, a name aside; else it only stands near those that do."""
        required = [
            strength
            for word, strength in zip(self._words, support.mine, strict=True)
            if word.required and not isinstance(word.want, Person)
        ]
        return not required or max(required) >= HELD

    def _held(self, support: Support) -> float:
        """A word of like meaning is as good as the word itself here, where it is not about ranking."""
        need = sum(word.need for word in self._words) or 1.0
        pairs = zip(self._words, support.strengths, strict=True)
        return sum(word.need * min(1.0, strength / LIKE) for word, strength in pairs) / need

    def _said(self, support: Support, record: Record, passages: Sequence[Passage]) -> Support:
        """The support of a short record by what its text says. The room and the author of a message are not its words,
        and a noun that only begins another word is hardly there."""
        mine = list(support.mine)
        strengths = list(support.strengths)
        texts = [passage.strengths for passage in passages]
        if record.kind != "message":
            texts += [self._reader.read(name).strengths for name in _names(record)]
        for index, word in enumerate(self._words):
            if isinstance(word.want, Person) or word.want.kinds:
                continue
            said = max((held[index] for held in texts), default=0.0)
            if said < mine[index]:
                strengths[index] = min(strengths[index], max(said, _BY_ROOM))
            if record.kind == "event" and self._plan.kind in _TIMES and word.want.role == "act" and not _goes_on(word):
                said = max(said, _IMPLIED)
            mine[index] = said
            strengths[index] = max(strengths[index], said)
        own, total = self._reader.share(mine), self._reader.share(strengths)
        return replace(support, own=own, total=total, mine=tuple(mine), strengths=tuple(strengths))

    def _factors(self, record: Record, support: Support, best: Passage, asks: bool) -> Iterable[tuple[str, float]]:
        glance = support.glance
        if not self._holds_any(support):
            yield "only stands near what holds the words", _HOLDS_NONE
        if record.kind == "chat" and not self._about_chats():
            yield "chat with an AI", _CHAT_WITH_AI
        if asks:
            yield _ONLY_ASKS
        if record.kind in _SCENERY and self._plan.kind in ("lookup", "when"):
            yield "only shows the place", _ONLY_SHOWS
        if record.kind == "event" and self._plan.kind in ("when", "where", "how_long_since"):
            yield "is an entry of the calendar", _ENTRY
        if self._own_deeds and record.kind == "mail" and not self._is_mine(support):
            yield "others wrote it", _OTHERS_WROTE
        if self._a_life and is_of_another(_told(record, best), self._people, self._asked):
            yield "is of somebody else's life", _OF_ANOTHER
        if record.kind not in _CALLS or glance.author is None or self._plan.kind == "who":
            return
        asked = glance.author in self._asked
        if asked and ASKS_OF_BIRTHDAY.search(self._plan.question) and CONGRATULATES.search(best.text):
            yield "congratulates somebody else", _OF_ANOTHER
        elif asked:
            yield "said by whom the question names", _BY_ASKED
        elif not self._is_mine(support) and FIRST_PERSON.search(best.text):
            yield "somebody else speaks of themselves", _OF_ANOTHER

    def _of_themselves(self, one: Evidence, other: Stored) -> bool:
        """Whether somebody else than the owner, or than whom the question names, speaks of themselves."""
        if not FIRST_PERSON.search(other.record.text) or other.record.author == one.record.author:
            return False
        authors = self._vault.rows("SELECT author FROM record WHERE n=?", (other.n,))
        author = authors[0][0] if authors else None
        return author is not None and author not in self._asked and not self._people.is_owner(author)

    def _is_mine(self, support: Support) -> bool:
        return self._people.is_owner(support.glance.author)

    def _off(self, record: Record) -> Iterable[tuple[str, float]]:
        """What is far from the middle of a period that is only about then counts a little less."""
        span, day = self._plan.spans[0] if self._plan.spans else None, record.time.day
        if span is not None and span.vague and span.grain == "year" and day is not None:
            half = (span.until - span.since).days / 2
            off = abs(day.toordinal() - span.since.toordinal() - half) / half
            yield "is away from the middle of the time", 1 - _FAR_OFF * min(1.0, off)

    def _about_chats(self) -> bool:
        return bool(self._plan.sources) or any("chat" in want.kinds for want in self._plan.wants)

    def _replies(self, evidence: Sequence[Evidence]) -> Iterable[Evidence]:
        """What others answered to the records that only ask."""
        for one in evidence:
            if not one.asks or one.record.kind != "message" or one.support.total < _ASKS_FOR_IT:
                continue
            _, after = self._vault.neighbours(one.n, 0, 2)
            for stored in after:
                if stored.record.author == one.record.author:
                    continue
                passage = Passage(stored.record.text, one.best.strengths, one.best.own, 0)
                if _soon(one.record, stored.record) and not passage.asks:
                    factors = [pair for pair in one.factors if pair[0] != ASKS]
                    factors.append((REPLIES, _REPLY))
                    yield Evidence(
                        stored, one.support, (passage,), passage, one.score / _ASKING * _REPLY, one.held, tuple(factors)
                    )
                    break

    def pins(self, one: Evidence) -> bool:
        """Whether a record itself holds all of several required words."""
        required = [strength for word, strength in zip(self._words, one.support.mine, strict=True) if word.required]
        return len(required) >= 2 and min(required) >= LIKE

    def holds_all(self, one: Evidence) -> bool:
        """Whether a record itself holds each word and person of the question, hints left aside."""
        pairs = zip(self._words, one.support.mine, strict=True)
        return all(word.hint or strength >= HELD for word, strength in pairs)

    def adds(self, one: Evidence) -> Passage:
        """The passage of a record that holds what the best one lacks of the question; the best one if none does.

        The best passage of a note is often its heading, which names the matter; what is asked stands further down.
        """

        def gain(passage: Passage) -> float:
            pairs = zip(self._words, passage.strengths, one.best.strengths, strict=True)
            return sum(word.weight * max(0.0, strength - best) for word, strength, best in pairs)

        found = max(one.passages, key=lambda passage: (gain(passage), -passage.index), default=one.best)
        return found if gain(found) > _GAIN else one.best

    def tells_more(self, one: Evidence) -> bool:
        """Whether a record says anything beside the words of the question."""
        return any(self._reader.tells_more(passage) for passage in one.passages)

    def around(self, one: Evidence) -> list[Evidence]:
        """The records of the same talk just before and after, which support as much as it does, only less surely."""
        if one.record.kind not in _TALK:
            return []
        before, after = self._vault.neighbours(one.n, 4, 4)
        near = [stored for stored in (*before, *after) if _soon(one.record, stored.record)]
        near = [stored for stored in near if self._plan.kind == "who" or not self._of_themselves(one, stored)]
        found: list[Evidence] = []
        for stored in near:
            passages = self._reader.passages(stored.record)
            if passages:
                best = max(passages, key=lambda passage: passage.own)
                found.append(
                    Evidence(stored, one.support, tuple(passages), best, one.score * _NEAR, one.held, one.factors)
                )
        return found


def _goes_on(word: Weighed) -> bool:
    """Whether a verb tells of what goes on, which no entry of a calendar leaves out: to live, to work somewhere."""
    return word.surface.lower() in _LASTING


def _told(record: Record, best: Passage) -> str:
    """What a record says where it answers best, under its title, which of a message is only its room."""
    return best.text if record.kind == "message" or not record.title else f"{record.title} {best.text}"


def _names(record: Record) -> Iterable[str]:
    """What a record names beside its text: its place and its people."""
    if record.place is not None and record.place.name:
        yield record.place.name
    for identity in (record.author, *record.people):
        if identity is not None:
            yield from (name for name in (identity.name, identity.handle) if name)


def _soon(one: Record, other: Record) -> bool:
    """Whether one was said within six hours of the other."""
    if one.time.local is None or other.time.local is None:
        return False
    return abs((other.time.local - one.time.local).total_seconds()) < 6 * 3600
