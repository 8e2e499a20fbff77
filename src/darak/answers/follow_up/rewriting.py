"""A question that leans on the turns before it, made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from darak.answers.follow_up import days, english, korean
from darak.answers.follow_up.before import Before, who
from darak.answers.follow_up.pointing import Pointing, words_of
from darak.answers.follow_up.whole import SOLID, Read, Whole, added, exchanged, plain, put, without
from darak.answers.people import People
from darak.answers.plan import Kind, Plan, Role, Span
from darak.answers.question.read import language_of
from darak.answers.question.spans import read_spans
from darak.answers.wording.korean import particle

_NUMBERS: frozenset[Kind] = frozenset(("sum", "average", "min", "max", "trend", "count", "how_often"))
_ONE_TIME: frozenset[Kind] = frozenset(("when", "first", "last", "next", "how_long_since"))
_LISTS: frozenset[Kind] = frozenset(("list", "on_day"))
_SHORT, _SHORTEST = 4, 2
"""Words, beside those of days, of which what is put in the place of something has no more; of a superlative."""
_PARTICLES_OF_DAYS = frozenset(("에는", "에도", "에", "엔", "은", "는", "의", "도", "동안", "때", "부터", "까지"))


def made_whole(question: str, befores: Sequence[Before], people: People, read: Read) -> Whole | None:
    """The question made whole; None when it stands by itself, or nothing is there to which it could point."""
    text = plain(question)
    language = language_of(text)
    words = words_of(language)
    last = befores[-1]
    if words.MORE.match(text):
        return _more(last)
    if bare := words.BARE.match(without(words.LEAD, text)):
        return _asked_anew(last, bare["asked"])
    pointing = Pointing(befores, people, read, language, read(text))
    pointed = pointing.resolved(text)
    said = pointed.text if pointed else text
    core = plain(words.TAIL.sub("", without(words.LEAD, said)))
    fragment = _Fragment.of(core, pointed, pointing, led=pointed is not None or without(words.LEAD, said) != said)
    if fragment is not None and (whole := fragment.whole()):
        return whole
    if pointed is not None:
        return pointed
    if language == "ko" and korean.SAYING.match(core) and (names := who(befores, people)):
        return Whole(f"{particle(names[0], '이', '가')} {core}", (names[0],))
    if not pointing.subject or words.OF_DARAK.search(core):
        return None
    asks = words.QUESTION_WORDS.search(core) or korean.TOPIC_END.search(core)
    unsaid = _says_nothing(pointing.alone) or (language == "ko" and korean.WITH_VERB.match(core))
    often = words.HOW_OFTEN.search(core) is not None
    if words.LEAD.match(text) or often:
        unsaid = unsaid or _says_nothing(pointing.alone, beside=("act", "deed"), days=often)
    if not (asks and unsaid):
        return None
    whole = Whole(core)
    if last.plan.measure and pointing.alone.kind == "who":  # nobody is at a number
        about = pointing.about(whole)
        return about if about != whole else None
    return pointing.with_subject(whole)


def _says_nothing(alone: Plan, beside: Sequence[Role] = (), *, days: bool = False) -> bool:
    """Whether nothing is left to be looked for `beside` words of such roles, and `days`: no whole question is so."""
    named = alone.people or (alone.spans and not days) or alone.measure or alone.sources or alone.register
    return not named and not any(want.role in SOLID and want.role not in beside for want in alone.wants)


def _more(last: Before) -> Whole | None:
    """Further records of the same: those that a list has left out, or a list of what was one answer."""
    before = last.plan
    if before.measure or not (before.wants or before.spans or before.people or before.register):
        return None
    skip = before.skip + len(last.records) if before.kind in _LISTS else 0
    kind: Kind = before.kind if before.kind in _LISTS else "list"
    return Whole(before.question, _standing(last), before.spans or None, kind=kind, skip=skip)


def _asked_anew(last: Before, asked: str) -> Whole:
    """The question before with another question word: why? 누구랑?"""
    before = last.plan
    question = before.question
    match = words_of(before.language).QUESTION_WORDS.search(question)
    text = f"{question[: match.start()]}{asked}{question[match.end() :]}" if match else f"{asked} {question}"
    return Whole(text[:1].upper() + text[1:], _standing(last), before.spans or None)


def _standing(last: Before, *, subject: bool = True, people: bool = True, spans: bool = True) -> tuple[str, ...]:
    """What the question before was about, as it is shown."""
    before = last.plan
    parts = [last.told] if subject else []
    parts += [person.surface for person in before.people] if people else []
    parts += [days.words(span, before.language) for span in before.spans] if spans else []
    return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A question that only names what is to be put in the place of something: and in winter? 민수는?

    `clear` when a word that leads it in, or its last particle, says that it leans on the question before.
    """

    core: str
    plan: Plan
    spans: tuple[Span, ...]
    pointed: Whole | None
    pointing: Pointing
    clear: bool

    @classmethod
    def of(cls, core: str, pointed: Whole | None, pointing: Pointing, *, led: bool) -> _Fragment | None:
        """The fragment; None for a question that says itself what it asks."""
        words, before = words_of(pointing.language), pointing.last.plan
        ended = pointing.language == "ko" and korean.TOPIC_END.search(core) is not None
        if pointing.language == "ko":
            core = korean.WITH_TOPIC.sub(r"\1", core)
        elif led and english.SEASON.match(core):
            core = f"in {core}"
        numeric = pointing.alone.kind in _NUMBERS and before.measure is not None and _says_nothing(pointing.alone)
        if not (led or ended or numeric or words.ELLIPSIS.match(core)):
            return None
        plan = pointing.read(core)
        named = days.beside(core, pointing.last.days, before.now)
        places = [place for _, place in (*named, *read_spans(core, before.now))]
        rest = core
        for start, end in places:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        own = words.QUESTION_WORDS.search(rest) or (words.PREDICATE.search(rest) and not ended)
        if own and not numeric:
            return None
        if len(rest.split()) > (_SHORTEST if words.SUPERLATIVE.search(rest) else _SHORT):
            return None
        said = "".join(core[start:end] for start, end in places)
        wants = tuple(w for w in plan.wants if w.surface not in _PARTICLES_OF_DAYS and w.surface not in said)
        solid = [want for want in wants if want.role in SOLID]
        if any(want.role == "act" for want in solid) or len(solid) > 2:
            return None
        spans = pointed.spans if pointed and pointed.spans else tuple(span for span, _ in named)
        clear = led or ended or numeric
        return cls(core, replace(plan, wants=tuple(solid)), spans, pointed, pointing, clear)

    @property
    def _last(self) -> Before:
        return self.pointing.last

    def whole(self) -> Whole | None:
        if self.plan.wants and not self.plan.measure:
            return self._of_somebody() or self._other_subject()
        before, plan = self._last.plan, self.plan
        numeric = plan.kind in _NUMBERS and plan.measure is None and before.measure is not None
        if not (self.spans or plan.people or plan.measure or plan.sources or plan.group or numeric):
            return None
        if not self.clear and not (self.spans and before.spans):
            return None
        if self.spans and self.pointed and not plan.people and not plan.measure and (asked := self._of_other_days()):
            return asked
        if plan.measure:
            return self._other_measure()
        kept = _standing(self._last, people=not plan.people, spans=not self.spans)
        whole = Whole(before.question, kept, sources=plan.sources)
        if numeric or plan.group:
            text = added(whole.text, self._stem(), before.language)
            whole = replace(whole, text=text, kind=plan.kind if numeric else None)
        if plan.people:
            whole = self._with_other_people(whole)
        return self._on_days(whole)

    def _on_days(self, whole: Whole) -> Whole:
        before = self._last.plan
        if self.spans:
            return whole.on(self.spans, before.language, before.now)
        return replace(whole, spans=before.spans or None)

    def _of_somebody(self) -> Whole | None:
        """Something that everybody has, of whom was spoken of: 생일은?"""
        words, language = words_of(self.pointing.language), self.pointing.language
        named = [one.plan.people[-1].surface for one in self.pointing.befores[-3:] if one.plan.people]
        if not named or self.plan.people or not words.TRAITS.search(self.core):
            return None
        name = named[-1]
        text = f"{name} {self.core}" if language == "ko" else f"What is {name}’s {_bare(self.core)}?"
        return Whole(text, (name,))

    def _other_subject(self) -> Whole | None:
        """The same asked of another thing: 폰은? and the phone?"""
        last = self._last
        if not self.clear or self.plan.people or not last.things or last.plan.language != self.pointing.language:
            return None
        said = " ".join(want.surface for want in self.plan.wants)
        text = exchanged(last.plan.question, [want.surface for want in last.things], said)
        return (
            None if text is None else self._on_days(Whole(text, _standing(last, subject=False, spans=not self.spans)))
        )

    def _of_other_days(self) -> Whole | None:
        """What was done the day after something that was found; when something was before that."""
        last, before, language = self._last, self._last.plan, self.pointing.language
        (span,) = self.spans[:1]
        one_day = bool(last.things) and last.found is not None and span.grain == "day"
        if not (one_day or (not before.spans and before.kind in _ONE_TIME)):
            return None
        said = days.words(span, language)
        if None in span.bounds:
            return self._on_days(Whole(before.question, _standing(last, spans=False)))
        return Whole(f"{said}에 뭐 했어?" if language == "ko" else f"What did I do {said}?", (said,), (span,))

    def _other_measure(self) -> Whole:
        """The same of another measure, where it can be asked so; else that measure in the same days."""
        before, measure = self._last.plan, self.plan.measure
        assert measure is not None
        if before.measure:
            text = before.question.replace(before.measure.surface, measure.surface, 1)
            plan = self.pointing.read(text)
            same = plan.measure is not None and plan.measure.surface == measure.surface
            if same and not any(want.role in SOLID for want in plan.wants if want not in before.wants):
                return self._on_days(Whole(text, _standing(self._last, subject=False, spans=not self.spans)))
        whole = Whole(self.core, spans=self.spans or None)
        return whole.with_days(before.spans[0], self.pointing.language) if before.spans and not self.spans else whole

    def _with_other_people(self, whole: Whole) -> Whole:
        before = self._last.plan
        names = [person.surface for person in self.plan.people]
        old = [person.surface for person in before.people]
        if not old:
            return replace(whole.with_people(names, before.language), carried=whole.carried)
        text = whole.text
        for place, name in enumerate(old):
            new = names[place] if place < len(names) else ""
            if (at := text.find(name)) >= 0:
                text = put(text, (at, at + len(name)), new)
        return replace(whole, text=text)

    def _stem(self) -> str:
        """What it says, without its last particle."""
        return korean.TOPIC_END.sub("", self.core).strip(" ?？.") or self.core


def _bare(core: str) -> str:
    """A noun without what stands before it: the birthday, her number."""
    return core.rstrip(" ?.!").removeprefix("the ").removeprefix("a ")
