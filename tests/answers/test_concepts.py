"""The table of words of like meaning: well written, and used in both directions unless it says otherwise."""

from __future__ import annotations

from importlib.resources import files

import pytest

from darak.answers.plan import LIKE
from darak.answers.question.concepts import Concepts, Like, load_concepts

KINDS = {"visit", "call", "message", "mail", "photo", "purchase", "note", "event", "chat"}
TABLE = files("darak.answers.words").joinpath("concepts.txt").read_text("utf-8")
ROWS = [line for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]


def terms(like: Like) -> set[tuple[str, ...]]:
    return {form.terms for form in like.forms}


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_two_sides_and_names_known_kinds(row: str) -> None:
    words, _, kinds = row.partition("@")
    sides = words.split(">") if ">" in words else words.split("=")
    assert len(sides) == 2
    assert all(word.strip() for side in sides for word in side.split(","))
    assert set(kinds.split()) <= KINDS


def test_a_word_finds_those_of_the_other_language() -> None:
    table = load_concepts()
    assert ("여행",) in terms(table.english("trip", ("trip",)))
    assert ("trip",) in terms(table.korean("여행", False))


def test_a_korean_verb_is_looked_for_in_its_forms() -> None:
    found = terms(load_concepts().english("moved", ("move",)))
    assert {("이사",)} <= found


def test_an_arrow_points_one_way() -> None:
    table = Concepts("sport, 운동 > tennis, 테니스")
    assert ("tenni",) in terms(table.korean("운동", False))
    assert not table.english("tennis", ("tenni",))


def test_a_weak_word_counts_less() -> None:
    table = Concepts("boat, ship = 배, ~보트")
    strengths = {form.terms: form.strength for form in table.english("boat", ("boat",)).forms}
    assert strengths[("ship",)] == LIKE
    assert strengths[("배",)] < LIKE  # one syllable stands in many words
    assert strengths[("보트",)] < LIKE


def test_a_kind_of_record_says_the_word_by_being_there() -> None:
    assert load_concepts().english("bought", ("buy",)).kinds == {"purchase"}


def test_pronouns_inside_a_phrase_are_passed_over() -> None:
    table = Concepts("pay back, paid me back = 갚다")
    assert table.english("paid back", ("paid", "back"))


def test_an_unknown_word_is_like_nothing() -> None:
    assert not load_concepts().english("xyzzy", ("xyzzi",))
