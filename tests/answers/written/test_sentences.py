"""A stream cut into sentences: as early as it can be known, and the same however it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.answers.written.sentences import Sentences

CUT = [
    ("You moved on 4 May 2023 [1]. You were glad [2].", ["You moved on 4 May 2023 [1].", "You were glad [2]."]),
    ("You moved in 2023. [1] You were glad. [2][3]", ["You moved in 2023. [1]", "You were glad. [2][3]"]),
    ("It was 3.5 km, says Dr. Kim [1]. See a.b.com now.", ["It was 3.5 km, says Dr. Kim [1].", "See a.b.com now."]),
    ("이사했습니다 [1]. 상자는 30개였어요 [2, 3].", ["이사했습니다 [1].", "상자는 30개였어요 [2, 3]."]),
    ("- **You** moved [1].\n- You sold `it` [2].", ["You moved [1].", "You sold it [2]."]),
    ("1. First [1]\n\n2) Second [2]", ["First [1]", "Second [2]"]),
    ("He said “never again.” [1] Fine", ["He said “never again.” [1]", "Fine"]),
    ("이사했습니다【1】. 끝 [기록 2].", ["이사했습니다【1】.", "끝 [기록 2]."]),
    ("You moved. [Evidence 1] You left [^2].", ["You moved. [Evidence 1]", "You left [^2]."]),
    ("\n \n", []),
]


def whole(*pieces: str) -> list[str]:
    sentences = Sentences()
    found = [one for piece in pieces for one in sentences.feed(piece)]
    return found + ([rest] if (rest := sentences.end()) else [])


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_sentences_keep_their_marks(text: str, sentences: list[str]) -> None:
    assert whole(text) == sentences
    assert whole(*text) == sentences  # letter by letter


def test_a_sentence_with_its_marks_inside_is_known_at_its_full_stop() -> None:
    assert list(Sentences().feed("You moved on 4 May 2023 [1].")) == ["You moved on 4 May 2023 [1]."]
    sentences = Sentences()
    assert not list(sentences.feed("You moved on a Monday."))
    assert list(sentences.feed(" A")) == ["You moved on a Monday."]


@given(st.lists(st.text(alphabet="ab1 .[],\n!가다”【】^", max_size=6), max_size=12))
def test_nothing_is_lost_or_doubled(pieces: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalpha())

    assert letters("".join(whole(*pieces))) == letters("".join(pieces))
