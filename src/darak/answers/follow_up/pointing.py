"""Words of a question that point back, and what they point to: then, there, she, it; 그때, 거기, 그 사람, 그거."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from darak.answers.follow_up import days, english, korean
from darak.answers.follow_up.before import Before, when, who
from darak.answers.follow_up.whole import SOLID, Read, Whole, at, plain, put, without
from darak.answers.people import People
from darak.answers.plan import Language, Plan, Span
from darak.language.hangul import final
from darak.language.korean import stems
from darak.language.periods import Grain

_YEAR = 366
_NAME = re.compile(r"(?<=\S )(?!I\b)[A-Z][a-z]+")
"""A word that is a name by its capital: of whom `she` in the same question speaks."""


def words_of(language: Language) -> ModuleType:
    """The patterns of a language: both modules have the same."""
    return korean if language == "ko" else english


@dataclass(frozen=True, slots=True)
class Pointing:
    """One question after the turns `befores`, the latest last; `alone` is its plan by itself."""

    befores: Sequence[Before]
    people: People
    read: Read
    language: Language
    alone: Plan

    @property
    def last(self) -> Before:
        return self.befores[-1]

    @property
    def subject(self) -> str:
        """What was last asked about, a few turns back."""
        return next((one.subject for one in reversed(self.befores[-3:]) if one.subject), "")

    def resolved(self, text: str) -> Whole | None:
        """The question with what its words point to in their place; None when none of them points back."""
        whole = Whole(text)
        for step in (self._days, self._person, self._thing, self._place):
            whole = step(whole) or whole
        return None if whole == Whole(text) else whole

    def about(self, whole: Whole) -> Whole:
        """The days and people of the question before, where this one names none."""
        before = self.last.plan
        spans = [span for span in before.spans if None not in span.bounds]
        if spans and not self.alone.spans and whole.spans is None:
            whole = whole.with_days(spans[0], self.language)
        if before.people and not self.people.find(whole.text) and self.alone.kind != "who":
            whole = whole.with_people([person.surface for person in before.people], self.language)
        return whole

    def with_subject(self, whole: Whole) -> Whole:
        """What the question before was about, put to a question that leaves it out."""
        subject = self.subject
        if not subject:
            return whole
        said = f"{subject} {whole.text}" if self.language == "ko" else _behind(whole.text, f"at the {subject}")
        return self.about(replace(whole, text=said, carried=(*whole.carried, subject)))

    # -- days ------------------------------------------------------------------------------------------------

    def _days(self, whole: Whole) -> Whole | None:
        words = words_of(self.language)
        for pattern, sign in words.SHIFTS:
            if (match := pattern.search(whole.text)) and not self._has_own_days(match[0]):
                count = match.groupdict().get("count")
                grain = days.grain_of(match["unit"])
                moved = self._shifted(grain, sign * days.count_of(count), whole=count is None)
                return self._at(whole, match, moved)
        for pattern, side in words.SIDES:
            match = pattern.search(whole.text)
            if match and not self._has_own_days(match[0]) and (base := when(self.befores)):
                low, high = (base.since.min, base.since) if side == "before" else (base.until, base.until.max)
                return self._at(whole, match, Span("", low, high, base.grain))
        if self.alone.spans:
            return None
        for pattern, said in words.SAME_DAYS:
            match = pattern.search(whole.text)
            if match is None or self._is_of_a_thing(whole.text[: match.start()]):
                continue
            base = when(self.befores)
            if base is None:
                return None
            unit = match["unit"] if said == "unit" else said
            found = self._at(whole, match, _widened(base, days.grain_of(unit)) if unit else base)
            return self.with_subject(found) if found and self.last.found and not self._says_what(whole.text) else found
        return None

    def _has_own_days(self, words: str) -> bool:
        """Whether the question itself names days, beside these words."""
        return any(span.surface not in words for span in self.alone.spans)

    def _is_of_a_thing(self, earlier: str) -> bool:
        """Whether the words before say whose day is meant: 상담 그날."""
        if _is_described(earlier, self.language):
            return True
        last = earlier.split()[-1:]
        return self.language == "ko" and last in [[want.surface] for want in self.alone.wants if want.role == "thing"]

    def _shifted(self, grain: Grain, count: int, *, whole: bool) -> Span | None:
        """So many years or days on from the days that were asked about, else from the day that was found; a `whole`
        week or month where that is a day."""
        for before in reversed(self.befores[-3:]):
            found = before.found
            asked = before.span
            if whole and asked is not None and asked.grain == "day" and grain in ("week", "month"):
                asked = days.around(asked.since, grain) if None not in asked.bounds else asked
            bases = [asked, days.around(found, grain) if found else None]
            for base in reversed(bases) if grain == "day" else bases:
                if base is not None and (moved := days.shifted(base, grain, count)):
                    return moved
        return None

    def _at(self, whole: Whole, match: re.Match[str], span: Span | None) -> Whole | None:
        if span is None:
            return None
        start, end = match.span()
        said = days.words(span, self.language)
        rest = whole.text[end:]
        text = f"{whole.text[:start]} {at(said, rest) if self.language == 'ko' else said + rest}"
        return replace(whole, text=plain(text), spans=(span,), carried=(*whole.carried, said))

    def _says_what(self, text: str) -> bool:
        """Whether a question about some days says itself what it asks of them."""
        alone = self.alone
        solid = any(want.role in SOLID for want in alone.wants)
        doing = words_of(self.language).DOING.search(text) is not None
        return solid or doing or bool(alone.people) or alone.measure is not None

    # -- people, things, places ---------------------------------------------------------------------------------

    def _person(self, whole: Whole) -> Whole | None:
        words = words_of(self.language)
        match = words.PERSON.search(whole.text)
        if match is None or _is_described(whole.text[: match.start()], self.language):
            return None
        earlier = whole.text[: match.start()]
        if any(person.surface in earlier for person in self.alone.people) or _NAME.search(earlier):
            return None
        if words.PERSON_BEFORE is not None and words.PERSON_BEFORE.search(without(words.QUESTION_WORDS, earlier)):
            return None
        names = who(self.befores, self.people)[:3]
        if not names:
            return None
        joined = (" and " if self.language == "en" else "하고 ").join(names)
        said = f"{joined}’s" if match.groupdict().get("whose") else joined
        return replace(whole, text=put(whole.text, match.span(), said), carried=(*whole.carried, *names))

    def _thing(self, whole: Whole) -> Whole | None:
        words = words_of(self.language)
        match = words.THING.search(whole.text)
        if match is None or self._has_own_antecedent(whole.text[: match.start()]):
            return None
        subject = self.subject
        said = f"the {subject}" if self.language == "en" else subject
        if match.groupdict().get("it") is None:  # about it: without a subject, who and when find what is meant
            said = f" about {said}" if subject else ""
        elif not subject:
            return None
        text = put(whole.text, match.span(), said)
        return self.about(replace(whole, text=text, carried=(*whole.carried, *([subject] if subject else []))))

    def _place(self, whole: Whole) -> Whole | None:
        match = words_of(self.language).PLACE.search(whole.text)
        if match is None or self._has_own_antecedent(whole.text[: match.start()]):
            return None
        name = "there" if match.groupdict().get("there") else "place"
        place, subject = self.last.place, self.subject
        if not place and not subject and not self.last.days:
            return None
        told = place or subject
        said = f"at {'' if place else 'the '}{told}" if self.language == "en" and told else told
        if self.language == "ko" and told and whole.text[match.end(name) :].startswith("서"):  # 거기서
            said += "에"
        text = put(whole.text, match.span(name), said)
        whole = replace(whole, text=text, carried=(*whole.carried, *([told] if told else [])))
        if place:
            return whole
        if self.last.days and not self.alone.spans and whole.spans is None:
            whole = whole.with_days(self.last.days, self.language)
        return self.about(whole)

    def _has_own_antecedent(self, earlier: str) -> bool:
        """Whether the question itself names, before the word that points, a thing to which it may point."""
        named = words_of(self.language).SORT_BEFORE.sub(" ", earlier).lower()
        return any(want.role == "thing" and want.surface.lower() in named for want in self.alone.wants)


def _widened(base: Span, grain: Grain) -> Span:
    """The year, month or day of what was spoken of; that itself where it is longer."""
    around = days.around(base.since, grain)
    return around if around.until >= base.until and (base.until - base.since).days <= _YEAR else base


def _is_described(earlier: str, language: Language) -> bool:
    """Whether the words before say themselves which one is meant: 지난달에 만난 그 사람."""
    words = earlier.split()
    if language != "ko" or not words:
        return False
    last = words[-1]
    adnominal = final(last[-1]) in ("ㄴ", "ㄹ") or korean.ADNOMINAL.search(last) is not None
    return adnominal and not last.endswith("은") and any(stem.kind == "verb" for stem in stems(last))


def _behind(text: str, words: str) -> str:
    return f"{text.rstrip(' ?.!')} {words}?"
