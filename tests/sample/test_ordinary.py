"""Ordinary days are believable: what is said fits who is there, the season and the hour."""

from __future__ import annotations

import json
import mailbox
import re
from collections import Counter
from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from darak.sample import SampleLife
from darak.sample.wording.conversations import CONVERSATIONS, Conversation
from darak.sample.wording.phone import SUNSET


@pytest.fixture(scope="module")
def life(full: SampleLife) -> Path:
    return full.directory / "life"


@pytest.mark.parametrize("room", CONVERSATIONS)
def test_something_can_be_said_at_any_time_even_to_one_other(room: str) -> None:
    for month in range(1, 13):
        for hour in (8, 13, 21):
            when = datetime(2024, month, 6, hour)
            assert sum(one.fits(when, 1) for one in CONVERSATIONS[room]) > 6


def test_a_conversation_waits_for_its_season_its_hour_and_its_people() -> None:
    snow = Conversation((("a", "snow"), ("b", "at last"), ("me", "look")), frozenset(("winter", "morning", "evening")))
    assert snow.fits(datetime(2024, 1, 6, 9), 2)
    assert snow.fits(datetime(2024, 12, 6, 21), 3)
    assert not snow.fits(datetime(2024, 7, 6, 9), 2)
    assert not snow.fits(datetime(2024, 1, 6, 13), 2)
    assert not snow.fits(datetime(2024, 1, 6, 9), 1)


def test_in_the_mothers_room_nobody_speaks_to_the_father(life: Path) -> None:
    (path,) = (life / "kakaotalk").glob("*mother*")
    assert "아빠도 운전" not in path.read_text("utf-8-sig")


def test_a_mail_speaks_of_what_its_subject_names(life: Path) -> None:
    parcels = 0
    for raw in mailbox.mbox(life / "mail/All mail.mbox"):
        message = message_from_bytes(bytes(raw), policy=policy.default)
        if named := re.fullmatch("Your (.+) is on its way", message["Subject"]):
            body = message.get_body(("plain",))
            assert body is not None and f"your {named[1]} has left" in body.get_content()
            parcels += 1
    assert parcels > 20


def test_each_bill_comes_once_a_month(life: Path) -> None:
    subjects: Counter[tuple[str, str]] = Counter()
    for raw in mailbox.mbox(life / "mail/All mail.mbox"):
        message = message_from_bytes(bytes(raw), policy=policy.default)
        if re.search("명세서$|고지서$", message["Subject"]):
            subjects[message["Subject"], message["Date"].datetime.strftime("%Y-%m")] += 1
    assert len(subjects) > 200 and set(subjects.values()) == {1}


def test_offices_are_closed_at_weekends(life: Path) -> None:
    text = (life / "calendar.ics").read_bytes().decode().replace("\r\n ", "")
    found = re.findall(r"DTSTART[^:]*:(\d{4})(\d\d)(\d\d).*?SUMMARY:([^\r]*)", text, re.S)
    meetings = [
        date(int(y), int(m), int(d)) for y, m, d, title in found if re.search("미팅$|^Call with|은행 방문", title)
    ]
    assert len(meetings) > 30 and all(day.weekday() < 5 for day in meetings)


def test_the_sun_sets_when_it_sets(life: Path) -> None:
    records = [json.loads(line) for line in (life / "phone.jsonl").read_text("utf-8").splitlines()]
    times = [datetime.fromisoformat(one["time"]) for one in records if re.search("sunset|노을", one.get("text", ""))]
    assert times and all(when.hour == SUNSET[when.month - 1] for when in times)


def test_few_talks_with_an_ai_are_word_for_word_the_same(life: Path) -> None:
    chats = json.loads((life / "chatgpt/conversations.json").read_text("utf-8"))
    asked = Counter(
        next(node["message"]["content"]["parts"][0] for node in chat["mapping"].values() if node["message"])
        for chat in chats
    )
    assert asked.most_common(1)[0][1] <= len(chats) / 12
