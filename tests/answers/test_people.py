"""Questions find a person under any name that the owner gives or joins, and tell apart whom the owner tells apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from darak.answers.answer import Answer
from darak.answers.people import People
from darak.records import people
from darak.records.vault import Vault

Living = Callable[..., Callable[..., Answer]]


def call(key: str, source: str, day: str, person: str) -> dict[str, Any]:
    line = {"type": "record", "source": source, "id": key, "kind": "message", "time": f"{day}T10:00:00", "thread": key}
    return line | {"author": person, "text": "저녁 같이 먹자", "people": ["me"]}


def person_of(vault: Vault, handle: str) -> int:
    return vault.rows("SELECT person FROM identity WHERE handle=?", (handle,))[0][0]


def test_a_name_of_the_owners_is_understood(vault: Vault, living: Living) -> None:
    ask = living(call("1", "chat", "2024-03-05", "봄날의곰"), call("2", "sms", "2024-03-09", "010-2222-3333"))
    bear, number = person_of(vault, "봄날의곰"), person_of(vault, "01022223333")
    people.merge(vault.db, bear, number, people.BY_OWNER)
    people.rename(vault.db, bear, "한지민")
    answer = ask("지민이랑 마지막으로 연락한 게 언제야?")
    assert "3월 9일" in answer.text


def test_namesakes_that_are_kept_apart_are_two(vault: Vault, living: Living) -> None:
    living(call("1", "chat", "2024-03-05", "한지민"), call("2", "mail", "2024-03-09", "한지민 <han@example.org>"))
    chat, mail = person_of(vault, "한지민"), person_of(vault, "han@example.org")
    assert People(vault).alike([chat]) == {chat, mail}
    people.keep_apart(vault.db, chat, mail)
    assert People(vault).alike([chat]) == {chat}


def test_who_is_never_the_machine_of_a_talk(vault: Vault, living: Living) -> None:
    def talk(key: str, day: str, author: str) -> dict[str, Any]:
        line = {"type": "record", "source": "chatgpt", "id": key, "kind": "chat", "time": f"{day}T10:00:00"}
        return line | {"thread": key[0], "author": author, "text": "물은 일주일에 한 번"}

    days = [f"2024-03-{day:02}" for day in range(1, 9)]
    talks = [talk(f"{day[-1]}{n}", day, who) for day in days for n, who in enumerate(("user", *["assistant"] * 3))]
    ask = living(*talks, call("m1", "phone", "2024-03-05", "한지민"), call("m2", "phone", "2024-03-06", "한지민"))
    known = People(vault)
    assert person_of(vault, "user") in known.owner
    assert person_of(vault, "assistant") in known.no_others - known.owner
    for question in ("3월에 누구랑 제일 많이 연락했어?", "Who did I talk to most in March 2024?"):
        text = ask(question).text
        assert "assistant" not in text and "user" not in text
