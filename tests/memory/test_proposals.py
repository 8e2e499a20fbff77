"""Who may be the same human, by what they are called in different places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from darak.memory.people import list_people
from darak.memory.proposals import propose
from darak.records.vault import Vault

TakeIn = Callable[..., Any]


def said(author: str, source: str, thread: str | None = None) -> dict[str, Any]:
    """A message; each source's thread is its own unless one is named."""
    line = {"type": "record", "kind": "message", "time": "2024-05-01T10:00+09:00", "text": f"{author} {source}"}
    return {**line, "source": source, "author": author, "thread": thread or author}


def proposed(vault: Vault) -> set[tuple[frozenset[str], str]]:
    return {(frozenset((p.one.name, p.other.name)), p.why) for p in propose(vault, list_people(vault))}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("박 영희", "박영희", "the same name"),
        ("영희 박", "박영희", "the same name"),
        ("박영희 과장님", "박 영희", "the same name with a title"),
        ("Park, Younghee <yh@example.org>", "박영희", "the same name in other letters"),
        ("김민수", "민수 대리님", "the given name of nobody else"),
        ("김민수", "민수형", "the given name of nobody else"),
        ("김민수", "Minsu", "the given name of nobody else"),
        ("Kim Min-su", "민수", "the given name of nobody else"),
        ("Michael Smith", "Mike Smith", "the same name, for short"),
        ("Robert Fuller", "Bob", "the given name of nobody else"),
        ("Sarah Connor", "Sarah", "the given name of nobody else"),
        ("엄마", "엄마♡", "called the same"),
    ],
)
def test_two_names_of_one_human_are_proposed(vault: Vault, take_in: TakeIn, one: str, other: str, why: str) -> None:
    take_in(vault, [said(one, "mail"), said(other, "talk"), said("이도윤", "talk"), said("Ann Lee", "mail")])
    ((_, found),) = proposed(vault)
    assert found == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("김민수", "박민수"),
        ("Michael Smith", "Mick Jones"),
        ("Sarah Connor", "Connor"),
        ("Kim Minsu", "Kim Jisu"),
        ("Kim Minsu", "Kim"),
        ("Mike Smith", "Mick Smith"),
        ("김 대리", "김 과장"),
        ("친구", "친구 모임"),
    ],
)
def test_two_humans_are_not(vault: Vault, take_in: TakeIn, one: str, other: str) -> None:
    take_in(vault, [said(one, "mail"), said(other, "talk")])
    assert not proposed(vault)


def test_a_given_name_that_two_have_means_neither(vault: Vault, take_in: TakeIn) -> None:
    take_in(vault, [said("김민수", "mail"), said("박민수", "mail"), said("민수", "talk")])
    assert not proposed(vault)


def test_the_names_of_one_human_count_as_one(vault: Vault, take_in: TakeIn) -> None:
    take_in(vault, [said("김민수", "mail"), said("Kim Minsu", "work"), said("민수", "talk")])
    assert (frozenset(("김민수", "민수")), "the given name of nobody else") in proposed(vault)


def test_two_who_write_in_one_chat_are_not_one_by_a_given_name(vault: Vault, take_in: TakeIn) -> None:
    take_in(vault, [said("박영희 과장", "talk", "team"), said("영희", "talk", "team"), said("박영희", "mail")])
    assert proposed(vault) == {(frozenset(("박영희 과장", "박영희")), "the same name with a title")}


def test_two_at_the_same_meal_are_two(vault: Vault, take_in: TakeIn) -> None:
    take_in(vault, [said("김민수", "mail"), said("김민수 대리", "talk"), {**said("Ann", "day"), "people": ["김민수"]}])
    assert len(proposed(vault)) == 2
    meal = {"type": "record", "kind": "event", "source": "day", "time": "2024-05-02", "text": "meal", "people": []}
    take_in(vault, [{**meal, "people": ["김민수 <a@example.org>", "김민수 대리 <b@example.org>"]}], "meal.jsonl")
    names = {frozenset((p.one.number, p.other.number)) for p in propose(vault, list_people(vault))}
    numbers = dict(vault.rows("SELECT handle, person FROM identity"))
    assert frozenset((numbers["a@example.org"], numbers["b@example.org"])) not in names
