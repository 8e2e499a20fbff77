"""Tells one story into a life: each method plants a record and returns the evidence that it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from darak.sample.gold import Gold, Group, words
from darak.sample.grammar import Bilingual, expand, language_of
from darak.sample.life import Life
from darak.sample.model import (
    AiChat,
    Attachment,
    CalendarEvent,
    ChatLine,
    Evidence,
    Mail,
    Note,
    Purchase,
    Question,
    Turn,
    iso,
)
from darak.sample.person import Person
from darak.sample.places import Place
from darak.sample.wording.seasons import seasonal
from darak.sample.wording.vocabulary import VOCABULARY

_ENGLISH = 0.62
_SENTENCE = re.compile(r"^[a-z]|(?<=[.!?] )[a-z]")
T = TypeVar("T")
Lines = Sequence[tuple[str, str]]
Pool = Sequence[str] | str
_NOTHING: Mapping[str, object] = {}


class Teller:
    """`values` are the slots of this story; a slot not among them is drawn anew from the vocabulary in each text."""

    def __init__(self, life: Life, name: str) -> None:
        self.life = life
        self.rng = life.rng(name)
        self.name = name
        self.values: dict[str, object] = {}
        cast = life.cast
        for key in cast.__slots__:
            self.values[key] = getattr(cast, key)
        self.values["me"] = cast.owner

    # --- choosing -------------------------------------------------------------------------------------------

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.rng.random() * len(options))]

    def word(self, template: str, **fill: object) -> str:
        values = {**self.values, **fill}
        return expand(template, self.rng, values, VOCABULARY[language_of(template)])

    def shared(self, language: str, *slots: str) -> dict[str, str]:
        """One word for each of these slots, for texts that belong together."""
        return {slot: expand(f"{{{slot}}}", self.rng, {}, VOCABULARY[language], language) for slot in slots}

    def one(self, pool: Sequence[str] | str, **fill: object) -> str:
        return self.word(pool if isinstance(pool, str) else self.pick(pool), **fill)

    def day(self, years_ago: float, spread: int = 30, weekdays: str = "") -> date:
        """A day about so many years before the end; `weekdays` holds allowed ones as digits, Monday is 0."""
        day = self.life.until - timedelta(days=int(years_ago * 365.25) + self.rng.randint(-spread, spread))
        while weekdays and str(day.weekday()) not in weekdays:
            day -= timedelta(days=1)
        return day

    def at(self, day: date, hour: int, until_hour: int | None = None) -> datetime:
        hours = self.rng.randint(hour, until_hour if until_hour is not None else hour)
        return datetime(day.year, day.month, day.day, hours, self.rng.randint(0, 59))

    def draw(self, **pools: Sequence[object]) -> None:
        """Fills a slot from each pool."""
        self.values |= {name: self.pick(pool) for name, pool in pools.items()}

    def forms(self, *slots: str) -> Group:
        """What a right answer may call the fillings of these slots, in both languages."""
        return words(*(value for value in map(self.values.get, slots) if isinstance(value, Bilingual | str)))

    # --- planting -------------------------------------------------------------------------------------------

    def talk(self, room: str, when: datetime, lines: Lines, **fill: object) -> list[Evidence]:
        """A conversation. Speakers are keys of the cast, or `me`; a slot drawn once stays through all lines."""
        values = {**self.values, **fill}
        self.life.taken.add((room, when.date()))
        language = self.life.course.rooms[room].language
        out: list[Evidence] = []
        for speaker, template in lines:
            text = expand(template, self.rng, values, VOCABULARY[language], language).strip()
            person = self.life.cast.owner if speaker == "me" else getattr(self.life.cast, speaker)
            self.life.lines.append(ChatLine(room, when, person.nick, text))
            out.append(Evidence("kakaotalk", iso(when), text))
            when += timedelta(minutes=self.rng.choice((0, 0, 1, 1, 1, 2, 3, 5)))
        return out

    def diary(self, day: date, pool: Sequence[str] | str, **fill: object) -> Evidence:
        """A paragraph of the daily note."""
        template = pool if isinstance(pool, str) else self.pick(pool)
        language = language_of(template)
        text = self.word(template, **{**seasonal(language, day.month, self.rng), **fill})
        if language == "en":
            text = _SENTENCE.sub(lambda begin: begin[0].upper(), text)
        self.life.daily[day].append(text)
        return Evidence("markdown", day.isoformat(), text)

    def note(
        self, when: datetime, title: str, body: str, folder: str, tags: Sequence[str] = (), **fill: object
    ) -> Evidence:
        """A note of its own; its evidence is the whole body."""
        title, text = self.word(title, **fill), self.word(body, **fill)
        name = "".join(c for c in title if c not in '\\/:*?"<>|#^[]')
        front: dict[str, object] = {"created": when.isoformat(timespec="minutes"), "tags": list(tags)}
        self.life.notes.append(Note(f"{folder}/{name}.md", when, f"# {title}\n\n{text}\n", front))
        return Evidence("markdown", iso(when), text)

    def mail(
        self,
        when: datetime,
        sender: Person | tuple[str, str],
        subject: str,
        body: str,
        *,
        to: Person | None = None,
        reply_to: Mail | None = None,
        labels: Sequence[str] = (),
        charset: str = "utf-8",
        html: bool = False,
        attachments: Sequence[Attachment] = (),
        fill: Mapping[str, object] = _NOTHING,
    ) -> tuple[Mail, Evidence]:
        """A mail to (or from) the owner; its evidence is the whole body."""
        owner = self.life.cast.owner
        source = _address(sender, language_of(body))
        target = _address(to or owner, language_of(body))
        number = self.life.number("mail")
        mail = Mail(
            id=f"{number:05d}.{self.life.seed:x}@{source[1].rpartition('@')[2]}",
            time=when,
            sender=source,
            to=(target,),
            subject=self.word(subject, **fill),
            body=self.word(body, **fill),
            parent=reply_to.id if reply_to else None,
            thread=reply_to.thread if reply_to else self.life.number("thread"),
            labels=tuple(labels),
            charset=charset,
            html=html,
            attachments=tuple(attachments),
        )
        self.life.mails.append(mail)
        return mail, Evidence("mail", iso(when), mail.body)

    def event(
        self,
        title: str,
        start: datetime | date,
        *,
        hours: float = 1,
        days: int = 1,
        place: str = "",
        description: str = "",
        rule: str = "",
        without: Sequence[datetime] = (),
        floating: bool = False,
        people: Sequence[Person] = (),
        fill: Mapping[str, object] = _NOTHING,
    ) -> Evidence:
        """A calendar entry: timed when `start` is a datetime, all-day for `days` when it is a date."""
        if isinstance(start, datetime):
            start = start.replace(minute=start.minute // 30 * 30)
        timed = isinstance(start, datetime)
        language = language_of(title)
        event = CalendarEvent(
            uid=f"{self.life.number('event'):05d}-{self.life.seed:x}@calendar.example",
            title=self.word(title, **fill),
            start=start,
            end=start + (timedelta(hours=hours) if timed else timedelta(days=days)),
            place=expand(place, self.rng, {**self.values, **fill}, VOCABULARY[language], language),
            description=self.word(description, **fill),
            rule=rule,
            without=tuple(without),
            floating=floating,
            people=tuple((person.full("ko"), person.email) for person in people),
        )
        self.life.events.append(event)
        return Evidence("calendar", iso(start) if isinstance(start, datetime) else start.isoformat(), event.title)

    def ask_ai(self, when: datetime, title: str, turns: Lines, **fill: object) -> list[Evidence]:
        """A conversation with an AI; roles are user, assistant and abandoned (an answer that was tried again)."""
        values = {**self.values, **fill}
        language = language_of(turns[0][1])
        number = self.life.number("ai")
        said: list[Turn] = []
        for role, template in turns:
            text = expand(template, self.rng, values, VOCABULARY[language], language)
            said.append(Turn("assistant" if role == "abandoned" else role, text, role == "abandoned"))
        heading = expand(title, self.rng, values, VOCABULARY[language], language)
        self.life.ai_chats.append(AiChat(f"{self.life.seed:08x}-{number:04x}", heading, when, tuple(said)))
        return [Evidence("chatgpt", iso(when), turn.text) for turn in said]

    def phone(self, source: str, kind: str, when: datetime, **fields: object) -> Evidence:
        """A record of the phone in Darak's own format."""
        number = self.life.number(source)
        record: dict[str, object] = {"type": "record", "id": f"{source}-{number}", "source": source, "kind": kind}
        record |= {"account": "me", "time": iso(when)} | fields
        self.life.phone.append(record)
        text = fields.get("text") or fields.get("title") or ""
        return Evidence(source, iso(when), str(text))

    def buy(self, when: datetime, merchant: str, category: str, amount: int, item: str = "") -> Evidence:
        text = f"{merchant}{' · ' + item if item else ''} {amount:,}원 ({category})"
        extra = {"amount": amount, "currency": "KRW", "category": category}
        evidence = self.phone("card", "purchase", when, title=merchant, text=text, extra=extra)
        self.life.purchases.append(Purchase(when, category, amount, evidence))
        return evidence

    def call(self, when: datetime, person: Person, seconds: int, direction: str) -> Evidence:
        said = {"out": "발신", "in": "수신", "missed": "부재중"}[direction]
        minutes = f"{seconds // 60}분 {seconds % 60}초" if seconds else "응답 없음"
        end = iso(when + timedelta(seconds=seconds)) if seconds else None
        extra = {"direction": direction, "seconds": seconds}
        people = [person.nick, "me"]
        text = f"{said} 통화 {person.nick} ({minutes})"
        return self.phone("phone", "call", when, end=end, people=people, text=text, extra=extra)

    def photo(
        self, when: datetime, caption: str, place: Place, people: Sequence[Person] = (), **fill: object
    ) -> Evidence:
        text = self.word(caption, **fill)
        where = {"name": place.form(language_of(text)), "lat": place.lat, "lon": place.lon}
        names = [person.nick for person in people]
        return self.phone("photos", "photo", when, text=text, place=where, people=names)

    def visit(self, when: datetime, name: str, place: Place, minutes: int) -> Evidence:
        where = {"name": name, "lat": place.lat, "lon": place.lon}
        end = iso(when + timedelta(minutes=minutes))
        return self.phone("phone", "visit", when, end=end, title=name, text=name, place=where)

    # --- asking ---------------------------------------------------------------------------------------------

    def ask(
        self,
        kind: str,
        gold: Gold | Sequence[Group],
        evidence: Sequence[Evidence],
        ko: Pool = (),
        en: Pool = (),
        both: bool = False,
        now: datetime | None = None,
        **fill: object,
    ) -> None:
        """One question: in the language that has wording, in either when both have, in each when `both` is set.

        English is taken more often of the two, since more records, and so more questions, are Korean only.
        A question is cross-lingual when no evidence is in its language.
        """
        pools = [(language, pool) for language, pool in (("ko", ko), ("en", en)) if pool]
        for language, pool in pools if both else [pools[-1] if self.rng.random() < _ENGLISH else pools[0]]:
            template = pool if isinstance(pool, str) else self.pick(pool)
            text = expand(template, self.rng, {**self.values, **fill}, VOCABULARY[language], language)
            crossing = bool(evidence) and not any(_readable(one, language) for one in evidence)
            question = Question(kind, language, text, tuple(gold), tuple(evidence), bool(evidence), crossing, now)
            self.life.questions.append(question)

    def ask_nothing(self, kind: str, ko: Pool = (), en: Pool = (), both: bool = False, **fill: object) -> None:
        """A near miss: nothing in the life answers it."""
        self.ask(kind, (), (), ko, en, both, None, **fill)


def _readable(evidence: Evidence, language: str) -> bool:
    """Whether evidence is in the language. Samples, card entries and visits are found by name in either."""
    if evidence.metric or evidence.source in ("card", "phone"):
        return True
    return language_of(evidence.text) == language


def _address(person: Person | tuple[str, str], language: str) -> tuple[str, str]:
    return (person.full(language), person.email) if isinstance(person, Person) else person
