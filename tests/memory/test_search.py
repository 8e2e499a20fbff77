"""Search finds the record that is meant, in both languages, and first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from darak.memory.filter import Filter
from darak.memory.memory import Memory
from darak.memory.search import search
from darak.records.vault import Vault

NOW = datetime(2025, 6, 18, 9, 0, tzinfo=UTC)


def record(native: str, time: str | None, text: str, kind: str = "message", **more: Any) -> dict[str, Any]:
    return {"type": "record", "source": "phone", "kind": kind, "id": native, "time": time, "text": text, **more}


LIFE = [
    record("invite", "2024-05-03T18:05", "Table for four at the sushi place, eight o'clock?", author="Minsu Kim"),
    record("pay", "2024-05-03T21:40", "Card payment 84,000 won, Haenam", "purchase"),
    record("photo", "2024-05-03T20:30", "Dad laughing behind a wooden boat of sushi", "photo", people=["Dad"]),
    record("later", "2024-11-20T12:00", "Sushi again, alone at my desk"),
    record("dentist", "2023-02-01T10:00", "Dentist appointment, bring the insurance card", "event"),
    record("bank", "2023-02-09T10:00", "The insurance card was sent by post"),
    record("ko-move", "2022-08-13T09:00", "오늘 드디어 다락방 있는 집으로 이사했다", "note", title="이사"),
    record("ko-truck", "2022-08-13T08:10", "트럭이 십 분 뒤에 도착한대", author="김민수"),
    record("ko-plan", "2022-07-30T20:00", "이사 업체 견적 받아 보자"),
    *(record(f"film{n}", f"2020-0{n}-05T22:00", f"영화 보고 들어가는 길 {n}") for n in range(1, 7)),
    record("name", "2020-09-05T22:00", "영호 왔다"),
    record("undated", None, "Grandmother's kimchi recipe: salt, pepper flakes, pears", "note"),
    *(
        record(f"filler{n}", f"2021-{n % 12 + 1:02d}-{n % 27 + 1:02d}T12:00", f"ordinary day number {n}")
        for n in range(60)
    ),
]


@pytest.fixture
def find(vault: Vault, take_in: Callable[..., Any]) -> Iterator[Callable[..., list[str]]]:
    take_in(vault, LIFE)
    with Memory(vault) as memory:
        memory.follow()

        def ids(query: str, **options: Any) -> list[str]:
            return [hit.record.native_id or "" for hit in search(memory, query, now=NOW, **options)]

        yield ids


def test_an_exact_search_has_its_record_first(find: Callable[..., list[str]]):
    assert find("dentist insurance card")[0] == "dentist"
    assert find("kimchi recipe")[0] == "undated"


def test_words_of_little_meaning_are_found_when_there_are_no_others(find: Callable[..., list[str]]):
    assert find("my") == ["later"]


def test_the_date_of_a_question_decides_between_equal_words(find: Callable[..., list[str]]):
    assert find("sushi in November 2024")[0] == "later"
    assert find("sushi in May 2024")[0] in ("invite", "photo")


def test_all_records_of_one_evening_come_before_other_days(find: Callable[..., list[str]]):
    assert set(find("Who paid for the sushi with dad at the table in Haenam?")[:3]) == {"invite", "photo", "pay"}


def test_korean_words_are_found_with_their_endings(find: Callable[..., list[str]]):
    assert find("이사한 날")[0] == "ko-move"
    assert find("2022년 8월에 다락방으로 이사했던 거")[0] == "ko-move"
    assert "ko-truck" in find("김민수")


def test_a_rare_word_that_only_looks_like_the_one_asked_for_does_not_win(find: Callable[..., list[str]]):
    assert find("영화")[0].startswith("film")


def test_a_date_alone_lists_its_records_the_latest_first(find: Callable[..., list[str]]):
    assert find("2024년 5월") == ["pay", "photo", "invite"]


def test_records_outside_the_asked_days_only_fill_the_list(find: Callable[..., list[str]]):
    assert set(find("dentist insurance in June 2024")) == {"dentist", "bank"}


def test_filters_hold(find: Callable[..., list[str]]):
    assert find("sushi", filter=Filter(kinds=("photo",))) == ["photo"]
    assert find("sushi", filter=Filter(since=date(2024, 6, 1))) == ["later"]
    assert find("sushi", filter=Filter(identities=())) == []


def test_k_is_kept_to(find: Callable[..., list[str]]):
    assert len(find("ordinary day", k=7)) == 7


@pytest.mark.parametrize("query", ["", "?!", "the", "   ", "a" * 5000, "가" * 300, "sushi " * 400, '"', "AND OR ("])
def test_odd_queries_do_no_harm(find: Callable[..., list[str]], query: str):
    find(query)


def test_a_question_of_a_day_alone_lists_the_day(find: Callable[..., list[str]]):
    assert find("what happened on 3 May 2024?") == ["pay", "photo", "invite"]
    assert set(find("2024년 5월 3일에 무슨 일이 있었지?")[:3]) == {"pay", "photo", "invite"}


def test_what_happened_around_the_best_record_is_found_with_it(find: Callable[..., list[str]]):
    assert "ko-truck" in find("다락방 이사 업체", k=4)
