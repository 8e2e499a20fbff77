"""Ordinary mail: newsletters, notices, work threads, letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from darak.sample.grammar import language_of
from darak.sample.life import Life
from darak.sample.model import Attachment, Mail
from darak.sample.person import Person
from darak.sample.teller import Teller
from darak.sample.wording.mails import (
    BILLS,
    LETTERS_EN,
    LETTERS_KO,
    NEWSLETTERS,
    NOTICES,
    WORK_THREADS_EN,
    WORK_THREADS_KO,
)

_INBOX = ("받은편지함",)
_SHARED = ("task", "client", "team", "weekday", "book", "food")
_Thread = tuple[str, tuple[str, ...]]


def tell_mails(life: Life) -> None:
    t = Teller(life, "mails")
    day = life.start
    while day <= life.until:
        chance = t.rng.random
        if chance() < 0.20 * life.scale:
            _single(t, day, t.pick(NEWSLETTERS), ("받은편지함", "프로모션"), html=True)
        if chance() < 0.11 * life.scale:
            _single(t, day, t.pick(NOTICES), _INBOX)
        for day_of_month, bill in BILLS:
            if day.day == day_of_month and chance() < life.scale:
                _single(t, day, bill, _INBOX)
        if day.weekday() < 5 and chance() < 0.22 * life.scale:
            _work(t, day)
        if chance() < 0.016 * life.scale:
            _letter(t, day)
        day += timedelta(days=1)


def _single(t: Teller, day: date, mail: tuple[str, str, str, str], labels: Sequence[str], html: bool = False) -> None:
    name, address, subject, body = mail
    fill: dict[str, object] = {
        **t.shared(language_of(body), "thing"),
        "issue": str(100 + (day - t.life.start).days // 7),
        "month": str(day.month),
        "amount": f"{t.rng.randrange(280_000, 1_900_000, 10):,}",
        "fee": f"{t.rng.randrange(98_000, 260_000, 10):,}",
        "parcel": str(t.rng.randint(10**11, 10**12 - 1)),
    }
    korean = day.year < t.life.start.year + 4 and not html
    charset = "ks_c_5601-1987" if korean and not name.isascii() else "utf-8"
    t.mail(t.at(day, 6, 20), (name, address), subject, body, labels=labels, html=html, charset=charset, fill=fill)


def _work(t: Teller, day: date) -> None:
    job = t.life.course.job(day)
    if job is None:
        return
    first = job is t.life.course.jobs[0]
    cast = t.life.cast
    people = (
        (cast.first_lead, cast.first_colleague, cast.first_junior)
        if first
        else (cast.second_manager, cast.second_colleague, cast.second_designer)
    )
    thread = t.pick(WORK_THREADS_KO if first else WORK_THREADS_EN)
    files: tuple[Attachment, ...] = ()
    if t.rng.random() < 0.06:
        table = f"item,count\nfirst,{t.rng.randint(3, 90)}\nsecond,{t.rng.randint(3, 90)}\n"
        name = "자료.csv" if first else "figures.csv"
        files = (Attachment(name, "text/csv", table.encode()),)
    labels = ("업무",) if first else ("받은편지함", "Work")
    _thread(t, day, t.pick(people), thread, labels, files)


def _letter(t: Teller, day: date) -> None:
    cast = t.life.cast
    if t.rng.random() < 0.6:
        _thread(t, day, t.pick((cast.expat_friend, cast.travel_friend)), t.pick(LETTERS_EN), ("받은편지함", "친구"))
    else:
        _thread(t, day, cast.hometown_friend, t.pick(LETTERS_KO), ("받은편지함", "친구"))


def _thread(
    t: Teller,
    day: date,
    person: Person,
    thread: _Thread,
    labels: Sequence[str],
    files: Sequence[Attachment] = (),
) -> None:
    subject, bodies = thread
    fill: dict[str, object] = {"friend": person, **t.shared(language_of(bodies[0]), *_SHARED)}
    subject = t.word(subject, **fill)
    when = t.at(day, 9, 17)
    owner = t.life.cast.owner
    last: Mail | None = None
    for number, body in enumerate(bodies):
        mine = number % 2 == 1
        heading = subject if number == 0 else f"Re: {subject}"
        last, _ = t.mail(
            when, owner if mine else person, heading, body, to=person if mine else owner,
            reply_to=last, labels=("보낸편지함",) if mine else labels,
            attachments=files if number == 0 else (), fill=fill,
        )  # fmt: skip
        when += timedelta(minutes=t.rng.randint(8, 300))
        if when.hour > 19:  # nobody answers in the evening
            when += timedelta(hours=12 + t.rng.randint(0, 2))
