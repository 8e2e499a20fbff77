"""A birthday is a day of the year: the one that contacts, the calendar or somebody's words tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.judge import Judgement
from darak.answers.evidence.moments import Moment, told_moments
from darak.answers.evidence.support import Gathered
from darak.answers.evidence.whose import ASKS_OF_BIRTHDAY, BIRTHDAY, CONGRATULATES, FIRST_PERSON, OF_BIRTHDAY, of_owner
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import CLOSE, apart, marks, refuse, said
from darak.answers.kinds.days import account_of
from darak.answers.kinds.facts import answer_lookup
from darak.answers.kinds.known import records_of
from darak.answers.numbers.amounts import cited
from darak.answers.plan import Kind, Plan
from darak.language.tokens import phrase_terms
from darak.memory.filter import Filter

_CITED = 3
_WHOSE = ("thing", "narrow", "number")
"""Roles of the words that say whose birthday it is: not how long it is still to come."""
_KINDS: frozenset[Kind] = frozenset(
    ("when", "lookup", "first", "last", "next", "on_day", "how_long_since", "how_long_between")
)
_COMING = re.compile(
    r"남았|남은|디데이|d-?day|다가오|다음|\b(?:until|till|away|to\s+go|coming|next)\b|how\s+(?:soon|long\s+before)",
    re.IGNORECASE,
)
_WORDS = [phrase_terms(word) for word in ("생일", "생신", "birthday", "bday")]
_PAST = re.compile(r"지난\s|저번|\blast\b", re.IGNORECASE)
_WRITTEN = re.compile(r"(?:(?P<year>\d{4})|-)-(?P<month>\d\d)-(?P<day>\d\d)")
_LUNAR = re.compile(r"음력|\blunar\b", re.IGNORECASE)
_CHANGES = 0.6
"""The share of the years below which the commonest day of entries is not that of each: a lunar birthday moves."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A day of the year (month, day) and what tells it, the best first; `born` where the year is told, too.

    `days` are those of each year where they differ; `sure` is False where it is only gathered from congratulations.
    """

    day: tuple[int, int]
    evidence: tuple[Evidence, ...]
    born: date | None = None
    days: tuple[date, ...] = ()
    sure: bool = True

    def in_year(self, year: int) -> date | None:
        """The birthday of a year; on 28 February where there is no 29th."""
        if self.days:
            return next((day for day in self.days if day.year == year), None)
        month, day = self.day
        return date(year, month, 28 if (month, day) == (2, 29) and not _is_leap(year) else day)

    def after(self, day: date) -> date | None:
        """The next birthday from a day on, as far as it is known."""
        years = (self.in_year(year) for year in (day.year, day.year + 1))
        return next((one for one in years if one is not None and one >= day), None)

    def before(self, day: date) -> date | None:
        years = (self.in_year(year) for year in (day.year, day.year - 1))
        return next((one for one in years if one is not None and one < day), None)


def asks_of_birthday(plan: Plan) -> bool:
    return plan.kind in _KINDS and ASKS_OF_BIRTHDAY.search(plan.question) is not None


def answer_birthday(inquiry: Inquiry) -> Outcome:
    """The day of the year; the date where that of a year, the last or the next one is asked for."""
    wants = [want for want in inquiry.plan.wants if want.role in _WHOSE or BIRTHDAY.search(want.surface)]
    wants = tuple(replace(want, role="thing") if want.role == "narrow" else want for want in wants)
    asked = replace(inquiry, plan=replace(inquiry.plan, kind="when", wants=wants, spans=(), order=None, target=None))
    told = _of_contact(asked)
    judged = None
    if told is None:
        gathered, judged = asked.look()
        owner = not asked.plan.people and of_owner(asked.plan.question)
        told = (_of_entries(asked, gathered, judged) if judged.enough else None) or _of_congratulations(
            asked, owner=owner
        )
    if told is None:
        assert judged is not None
        if judged.enough and _LUNAR.search(said(judged.evidence[0])):
            return answer_lookup(asked)
        return refuse(inquiry, judged, sure=True)
    return _answer(inquiry, told)


def _answer(inquiry: Inquiry, told: _Told) -> Outcome:
    say, today, plan = inquiry.say, inquiry.today, inquiry.plan
    shown = apart(told.evidence, _CITED)
    quote = said(shown[0])
    coming = told.after(today)
    inquiry.step("read the day of the year", f"{told.day[0]:02}-{told.day[1]:02} by {len(told.evidence)} records")
    if plan.order == "next" or _COMING.search(plan.question):
        when = coming
    elif plan.order == "last" or _PAST.search(plan.question):
        when = told.before(today)
    elif plan.spans and plan.spans[0].since != date.min:
        when = told.in_year(plan.spans[0].since.year)
    elif told.days:
        when = coming or told.days[-1]
    else:
        when = None
        text = say.birthday(*told.day, told.born.year if told.born else None, quote, marks(len(shown)))
        if coming:
            text += " " + say.coming(say.date(coming), (coming - today).days)
        return _sure(inquiry, told, text, shown)
    if when is None:
        return Outcome("no_record", say.nothing(f"“{quote}” [1]", ()), shown)
    text = say.is_date(say.date(when), quote, marks(len(shown)))
    if when == coming:
        text += " " + say.coming("", (when - today).days)
    return _sure(inquiry, told, text, shown)


def _sure(inquiry: Inquiry, told: _Told, text: str, shown: tuple[Evidence, ...]) -> Outcome:
    return Outcome("answered", text, shown) if told.sure else Outcome("unsure", inquiry.say.unsure(text), shown)


def _of_contact(inquiry: Inquiry) -> _Told | None:
    """What the contact of the person says."""
    for stored in records_of(inquiry, ("contact",)) if inquiry.plan.people else ():
        written: Any = stored.record.extra.get("birthday")
        match = _WRITTEN.match(written) if isinstance(written, str) else None
        if match is None:
            continue
        line = next((line for line in stored.record.text.splitlines() if written in line), "")
        evidence = cited(stored, " · ".join(filter(None, (stored.record.title, line))) or account_of(stored.record))
        day = (int(match["month"]), int(match["day"]))
        born = _date(int(match["year"]), *day) if match["year"] else None
        return _Told(day, (evidence,), born)
    return None


def _of_entries(inquiry: Inquiry, gathered: Gathered, judged: Judgement) -> _Told | None:
    """The day on which entries of the calendar are, or which a text names beside the birthday."""
    near = [one for one in judged.evidence if one.score >= CLOSE * judged.evidence[0].score]
    near = [one for one in near if one.record.kind == "message" or gathered.whole(one.support)]
    told = [(one, moment) for one in near for moment in _named(one, inquiry)]
    votes: dict[tuple[int, int], float] = defaultdict(float)
    for one, moment in told:
        votes[(moment.day.month, moment.day.day)] += one.score**4
    if not votes:
        return None
    best = max(votes, key=lambda day: votes[day])
    entries = sorted({moment.day for one, moment in told if one.record.kind == "event"})
    years = {day.year for day in entries}
    same = Counter((day.month, day.day) for day in entries)
    telling = tuple(one for one, moment in told if (moment.day.month, moment.day.day) == best)
    if len(years) > 1 and max(same.values()) < _CHANGES * len(years):
        return _Told(best, tuple(one for one, _ in told), days=tuple(entries))
    return _Told(best, telling)


def _named(one: Evidence, inquiry: Inquiry) -> Iterator[Moment]:
    """The days of a record that may be the birthday it speaks of: not by the lunar calendar, nor of another who says
    it of themselves."""
    if one.record.kind == "event":
        told = account_of(one.record)
        if one.moment is not None and BIRTHDAY.search(told) and not OF_BIRTHDAY.search(told):
            yield one.moment
        return
    author = one.support.glance.author
    asked = {identity for person in inquiry.plan.people for identity in person.identities}
    by_asked = author in asked if asked else author is None or inquiry.people.is_owner(author)
    for passage in one.passages:
        if not (one.replies or BIRTHDAY.search(passage.text)) or _LUNAR.search(passage.text):
            continue
        if one.replies or by_asked or not FIRST_PERSON.search(passage.text):
            yield from [m for m in told_moments(one.record, passage.text) if m.grain == "day"][:1]


def _of_congratulations(inquiry: Inquiry, *, owner: bool) -> _Told | None:
    """The day on which the person, or the owner, was congratulated where only the two of them write."""
    lookup, people, vault = inquiry.lookup, inquiry.people, inquiry.memory.vault
    threads: set[int] = set()
    for identity in (one for person in inquiry.plan.people for one in person.identities):
        rows = vault.rows("SELECT DISTINCT thread FROM record WHERE author=? AND thread IS NOT NULL", (identity,))
        threads.update(thread for (thread,) in rows)
    if not owner and not threads:
        return None
    found = lookup.glances(lookup.days(_WORDS, Filter(kinds=("message",), threads=tuple(sorted(threads)) or None)))
    couples = lookup.couples({glance.thread for glance in found.values() if glance.thread is not None})
    wanted = [n for n, one in found.items() if one.thread in couples and people.is_owner(one.author) != owner]
    votes: dict[tuple[int, int], dict[tuple[int | None, int], Evidence]] = defaultdict(dict)
    for n, stored in vault.get(wanted).items():
        day = stored.record.time.day
        if day is not None and CONGRATULATES.search(stored.record.text):
            votes[(day.month, day.day)][(found[n].thread, day.year)] = cited(stored)
    ranked = sorted(votes.items(), key=lambda pair: -len(pair[1]))
    alone = len(ranked) == 1 or (len(ranked) > 1 and len(ranked[0][1]) > len(ranked[1][1]))
    if not alone or (owner and len(ranked[0][1]) < 2):
        return None
    return _Told(ranked[0][0], tuple(ranked[0][1].values()), sure=False)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
