"""Conversations in the vault: kept, found, taken out and back, and erased with what they quote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest

from darak.language.saying import all_said, sayings
from darak.memory.forgetting import check, forget
from darak.memory.memory import Memory
from darak.memory.search import search
from darak.memory.to_forget import Going, ToForget
from darak.records.conversations import (
    Cited,
    KeptPoint,
    KeptSeries,
    KeptTurn,
    delete_conversations,
    keep_turn,
    keeps_conversations,
    last_conversation,
    list_conversations,
    read_conversation,
    set_keeping,
    turns_to_forget,
)
from darak.records.exchange import Exporter
from darak.records.receipt import parse_receipt, sign
from darak.records.vault import Vault

NOW = datetime(2025, 6, 1, 12, 0)
TakeIn = Callable[..., Any]

LIFE: list[dict[str, Any]] = [
    {
        "type": "record",
        "id": "n1",
        "source": "diary",
        "kind": "note",
        "time": "2024-05-01",
        "text": "heron at the pier",
    },
    {"type": "record", "id": "n2", "source": "diary", "kind": "note", "time": "2024-05-02", "text": "a quiet day"},
    {"type": "sample", "source": "watch", "metric": "steps", "value": 5, "unit": "count", "time": "2024-05-01"},
]


def turn(question: str, answer: str, *cited: Cited, time: str = "2025-06-01T12:00:00+09:00") -> KeptTurn:
    return KeptTurn(time, question, answer, "answered", None, cited)


CHART = (KeptSeries("steps", "count", (KeptPoint("May 2024", 5.0, 1), KeptPoint("June 2024", 7.5, 2))),)


def ids(vault: Vault) -> dict[str, str]:
    return {stored.record.native_id or "": stored.id for stored in vault.get(range(1, 10)).values()}


@pytest.fixture
def life(vault: Vault, take_in: TakeIn) -> Vault:
    take_in(vault, LIFE)
    return vault


@pytest.fixture
def talked(life: Vault) -> tuple[Vault, list[str]]:
    """Three conversations, one of which quotes n1, one of which rests on steps."""
    heron = keep_turn(life, None, turn("Where was the bird?", "“heron at the pier” [1]", Cited(1, ids(life)["n1"])))
    keep_turn(life, heron, turn("and the day after?", "a quiet day", Cited(1, ids(life)["n2"])))
    steps = keep_turn(life, None, replace(turn("How many steps?", "5 steps", Cited(1, metric="steps")), series=CHART))
    other = keep_turn(life, None, turn("다음 주 계획은?", "기록이 없어요.", time="2025-06-02T12:00:00+09:00"), "app")
    return life, [heron, steps, other]


def titles(vault: Vault, **options: Any) -> list[str]:
    return [summary.title for summary in list_conversations(vault, **options)]


def test_turns_follow_one_another_and_the_latest_comes_first(talked: tuple[Vault, list[str]]) -> None:
    vault, (heron, steps, other) = talked
    kept = read_conversation(vault, heron[:6])
    assert kept is not None and [one.question for one in kept.turns] == ["Where was the bird?", "and the day after?"]
    assert kept.turns[0].cited == (Cited(1, ids(vault)["n1"]),) and kept.turns[0].series == ()
    measured = read_conversation(vault, steps)
    assert measured is not None and measured.turns[0].series == CHART
    assert titles(vault) == ["다음 주 계획은?", "How many steps?", "Where was the bird?"]
    last = last_conversation(vault)
    assert last is not None and last.id == steps  # that of the app is not the owner's own
    with pytest.raises(KeyError):
        keep_turn(vault, other, turn("?", "!"))
    assert read_conversation(vault, "") is None and read_conversation(vault, "zz") is None


def test_found_by_what_was_asked_or_answered(talked: tuple[Vault, list[str]]) -> None:
    vault, _ = talked

    def said(words: str) -> list[str]:
        asked = sayings(words)
        return titles(vault, said=lambda texts: all_said(asked, texts))

    assert said("heron") == ["Where was the bird?"]
    assert said("계획") == ["다음 주 계획은?"]
    assert said("submarine") == []


def test_never_found_as_a_record(talked: tuple[Vault, list[str]]) -> None:
    vault, _ = talked
    with Memory(vault) as memory:
        memory.follow()
        assert search(memory, "계획", now=NOW) == []
        assert vault.count() == 2


def test_deleted_one_or_all(talked: tuple[Vault, list[str]]) -> None:
    vault, (heron, *_) = talked
    assert delete_conversations(vault, [heron, "unknown"]) == 1
    assert titles(vault) == ["다음 주 계획은?", "How many steps?"]
    assert delete_conversations(vault) == 2
    assert vault.rows("SELECT count(*) FROM turn")[0][0] == vault.rows("SELECT count(*) FROM cited")[0][0] == 0


def test_keeping_is_the_owners_choice(life: Vault) -> None:
    assert keeps_conversations(life)
    set_keeping(life, False)
    assert not keeps_conversations(life)


def test_an_export_gives_them_back_to_the_byte(
    talked: tuple[Vault, list[str]], tmp_path: Path, take_in: TakeIn
) -> None:
    vault, _ = talked
    exported = b"".join(Exporter(vault).lines())
    assert exported.count(b'"type":"conversation"') == 3
    with Vault.create(tmp_path / "other", zone="Asia/Seoul", use_keyring=False) as other:
        lines = [orjson.loads(line) for line in BytesIO(exported)]
        take_in(other, lines)
        assert b"".join(Exporter(other).lines()) == exported
        take_in(other, lines)
        assert b"".join(Exporter(other).lines()) == exported


def forgotten(vault: Vault, **asked: Any) -> tuple[Going, Any, list[str]]:
    with Memory(vault) as memory:
        memory.follow()
        wanted = ToForget(**asked)
        selection = wanted.select(memory)
        going = Going.of(vault, selection)
        receipt = forget(memory, selection, wanted.request(vault), NOW)
        return going, receipt, check(memory, receipt)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"sources": ("diary",)}, ["다음 주 계획은?", "How many steps?"]),
        ({"words": "heron"}, ["다음 주 계획은?", "How many steps?", "and the day after?"]),
        ({"words": "계획"}, ["How many steps?", "Where was the bird?"]),
        ({"metrics": ("steps",)}, ["다음 주 계획은?", "Where was the bird?"]),
        ({"since": "2025-06-02"}, ["How many steps?", "Where was the bird?"]),
        ({"kinds": ("call",)}, ["다음 주 계획은?", "How many steps?", "Where was the bird?"]),
        ({"everything": True}, []),
    ],
)
def test_forgetting_reaches_the_turns_that_quote_or_say_it(
    talked: tuple[Vault, list[str]], asked: dict[str, Any], left: list[str]
) -> None:
    vault, _ = talked
    before = vault.rows("SELECT count(*) FROM turn")[0][0]
    going, receipt, complaints = forgotten(vault, **asked)
    assert titles(vault) == left
    assert going.turns == receipt.turns == before - vault.rows("SELECT count(*) FROM turn")[0][0]
    assert complaints == []


def test_what_was_forgotten_does_not_come_back_and_a_receipt_says_when_it_has(
    talked: tuple[Vault, list[str]], take_in: TakeIn
) -> None:
    vault, (heron, *_) = talked
    kept = read_conversation(vault, heron)
    assert kept is not None
    lines = [orjson.loads(line) for line in Exporter(vault).lines()]
    _, receipt, _ = forgotten(vault, words="heron")
    take_in(vault, lines)
    assert "Where was the bird?" not in [
        one.question for s in list_conversations(vault) for one in (read_conversation(vault, s.id) or kept).turns
    ]
    keep_turn(vault, heron, kept.turns[0])
    with Memory(vault) as memory:
        memory.follow()
        assert check(memory, receipt) == ["1 forgotten turns of conversations are in the vault again"]


def test_a_receipt_of_before_there_were_conversations_still_holds(life: Vault) -> None:
    _, receipt, _ = forgotten(life, sources=("diary",))
    told = receipt.json()
    assert "turns" not in told
    old = parse_receipt(orjson.dumps(told))
    assert sign(old, life.key).hmac == old.hmac
    with Memory(life) as memory:
        assert check(memory, old) == []


def test_the_days_of_a_turn_are_those_of_asking(talked: tuple[Vault, list[str]]) -> None:
    vault, _ = talked
    assert len(turns_to_forget(vault, since=date(2025, 6, 2))) == 1
    assert len(turns_to_forget(vault, until=date(2025, 6, 2))) == 3


def test_bytes_that_are_no_text_are_kept_as_question_marks(life: Vault) -> None:
    name = keep_turn(life, None, KeptTurn("2025-06-01T12:00:00+09:00", "who \udcff?", "nobody \ud800", "no_record"))
    found = read_conversation(life, name)
    assert found and (found.turns[0].question, found.turns[0].answer) == ("who ??", "nobody ?")
