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
