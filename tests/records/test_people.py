"""Identities become people: by phone number and address card alone, by the owner's word, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.memory.people import find_identities, list_people
from darak.memory.proposals import propose
from darak.records import people
from darak.records.vault import Vault


def said(number: int, author: str, source: str = "chat", **more: Any) -> dict[str, Any]:
    line = {"type": "record", "id": f"{source}{number}", "source": source, "kind": "message", "text": f"hello {number}"}
    return line | {"time": "2024-05-01T10:00:00", "author": author} | more


def card(*handles: str) -> dict[str, Any]:
    return said(0, handles[0], "contacts", kind="contact", people=list(handles), extra={"contact": True})


def person_of(vault: Vault, handle: str) -> int:
    rows = vault.rows("SELECT person FROM identity WHERE handle=?", (handle,))
    assert len(rows) == 1
    return rows[0][0]


def pairs(vault: Vault) -> set[tuple[str, str]]:
    found = propose(vault, list_people(vault))
    return {(one, other) for p in found for one, other in [sorted((p.one.name, p.other.name))]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+82 10-1234-5678", "010-1234-5678", True),
        ("+1 (415) 555-0134", "0415 555 0134", True),
        ("+82 10-1234-5678", "010-1234-5679", False),
        ("+82 10-1234-5678", "1234-5678", False),
        ("010-1234-5678", "010 1234 5678", True),
    ],
)
def test_a_phone_number_is_one_person_however_it_is_written(
    vault: Vault, take_in: Callable[..., Any], one: str, other: str, same: bool
) -> None:
    take_in(vault, [said(1, one, "sms"), said(2, other, "calls")])
    everybody = list_people(vault)
    assert (len(everybody) == 1) is same


def test_an_address_card_makes_its_handles_one_person(vault: Vault, take_in: Callable[..., Any]) -> None:
    take_in(vault, [said(1, "Mina <mina@example.org>", "mail"), said(2, "+82 2-555-0101", "sms")])
    take_in(vault, [card("김미나 <mina@example.org>", "김미나 <+8225550101>")], "cards.jsonl")
    assert person_of(vault, "mina@example.org") == person_of(vault, "+8225550101")


def test_a_merge_can_be_taken_back_and_stays_so(vault: Vault, take_in: Callable[..., Any]) -> None:
    cards = [card("김미나 <mina@example.org>", "김미나 <+8225550101>")]
    take_in(vault, cards)
    ((number,),) = vault.rows("SELECT id FROM merge")
    people.undo(vault.db, number)
    assert person_of(vault, "mina@example.org") != person_of(vault, "+8225550101")
    take_in(vault, [*cards, card("김미나 <mina@example.org>", "김미나 <+8225550101>") | {"id": "again"}], "more.jsonl")
    assert person_of(vault, "mina@example.org") != person_of(vault, "+8225550101")


def test_merging_splitting_and_renaming(vault: Vault, take_in: Callable[..., Any]) -> None:
    take_in(vault, [said(1, "민수"), said(2, "Minsu Kim <minsu@example.org>", "mail"), said(3, "kms", "forum")])
    minsu, mail, forum = (person_of(vault, handle) for handle in ("민수", "minsu@example.org", "kms"))
    people.merge(vault.db, minsu, mail, people.BY_OWNER)
    people.merge(vault.db, minsu, forum, people.BY_OWNER)
    people.rename(vault.db, minsu, "김민수")
    assert len(find_identities(vault, "김민수")) == len(find_identities(vault, "kms")) == 3
    ((identity,),) = vault.rows("SELECT id FROM identity WHERE handle='kms'")
    people.split(vault.db, identity)
    assert len(find_identities(vault, "김민수")) == 2 and len(find_identities(vault, "kms")) == 1


def test_who_may_be_the_same_is_proposed(vault: Vault, take_in: Callable[..., Any]) -> None:
    lines = [
        said(1, "김민수 대리"), said(2, "김민수 <kms@example.org>", "mail"),
        said(3, "Minsu Kim <mk@example.com>", "mail"), said(4, "지훈"),
        said(5, "박지훈 <jh@example.org>", "mail"), said(6, "이영희"), said(7, "이철수"),
    ]  # fmt: skip
    take_in(vault, lines)
    assert pairs(vault) == {
        ("김민수", "김민수 대리"), ("Minsu Kim", "김민수"), ("Minsu Kim", "김민수 대리"), ("박지훈", "지훈"),
    }  # fmt: skip


def test_who_is_kept_apart_or_speaks_with_the_other_is_not_proposed(vault: Vault, take_in: Callable[..., Any]) -> None:
    both = said(3, "홍길동 <a@example.org>", "mail", people=["홍길동 <b@example.org>"])
    take_in(vault, [said(1, "홍길동"), both])
    assert len(propose(vault, list_people(vault))) == 2  # the chat's with each of the two addresses, not these two
    for address in ("a@example.org", "b@example.org"):
        people.keep_apart(vault.db, person_of(vault, "홍길동"), person_of(vault, address))
    assert propose(vault, list_people(vault)) == []


def test_an_export_brings_people_back_as_they_were(
    home: Path, take_in: Callable[..., Any], darak: Callable[..., Any], tmp_path: Path
) -> None:
    vault = Vault.create(home, zone="Asia/Seoul", use_keyring=False)
    cards = [card("김미나 <mina@example.org>", "김미나 <+8225550101>", "김미나 <m2@example.org>")]
    take_in(vault, [*cards, said(1, "미나"), said(2, "Mina <mina@example.org>", "mail")])
    ((first,), *_) = vault.rows("SELECT id FROM merge ORDER BY id")
    people.undo(vault.db, first)
    people.merge(vault.db, person_of(vault, "미나"), person_of(vault, "mina@example.org"), people.BY_OWNER)
    people.rename(vault.db, person_of(vault, "미나"), "미나 언니")
    vault.close()
    other = tmp_path / "other"
    assert darak("export", tmp_path / "one.jsonl").returncode == 0
    lines = (tmp_path / "one.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "sorted.jsonl").write_text("".join(sorted(lines)))
    assert darak("import", "--home", other, tmp_path / "sorted.jsonl").returncode == 0
    assert darak("export", "--home", other, tmp_path / "two.jsonl").returncode == 0
    again = (tmp_path / "two.jsonl").read_text().splitlines(keepends=True)
    assert [line for line in again if '"type":"person"' in line or '"type":"apart"' in line] == [
        line for line in lines if '"type":"person"' in line or '"type":"apart"' in line
    ]


def test_nothing_of_the_forgotten_is_left_in_merges(
    home: Path, take_in: Callable[..., Any], darak: Callable[..., Any]
) -> None:
    vault = Vault.create(home, zone="Asia/Seoul", use_keyring=False)
    take_in(vault, [said(1, "민수"), said(2, "Minsu <minsu@example.org>", "mail"), said(3, "영희")])
    people.merge(vault.db, person_of(vault, "민수"), person_of(vault, "minsu@example.org"), people.BY_OWNER)
    people.keep_apart(vault.db, person_of(vault, "민수"), person_of(vault, "영희"))
    vault.close()
    assert darak("forget", "--person", "민수", "--yes").returncode == 0
    with Vault.open(home) as again:
        assert [row[0] for row in again.rows("SELECT name FROM person")] == ["영희"]
        for table in ("merge", "merged", "apart"):
            assert again.rows(f"SELECT * FROM {table}") == []
