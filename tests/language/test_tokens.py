"""What a text is indexed under, and what finds it."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from darak.language.bulk import index_texts
from darak.language.tokens import (
    english_stem,
    has_cjk,
    index_terms,
    index_text,
    indexed,
    normalise,
    phrase_terms,
)

hangul_words = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


def found_by(query: str, text: str) -> bool:
    """Whether the phrase of a query occurs in the index terms of a text."""
    phrase, terms = list(phrase_terms(query)), index_terms(text)
    return any(terms[i : i + len(phrase)] == phrase for i in range(len(terms)))


@given(st.text())
def test_text_without_cjk_is_given_to_the_index_as_its_words_in_lower_case(text: str) -> None:
    assume(not has_cjk(unicodedata.normalize("NFC", text)))
    words = index_text(text).split(" ")
    kept = [char.lower()[0] for char in unicodedata.normalize("NFC", text) if indexed(char) != " "]
    assert "".join(words) == "".join(kept)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("It's 3:07, ALREADY_late—naïve!", ["it", "s", "3", "07", "alreadi", "late", "naïv"]),
        ("İstanbul'da ŞİŞLİ", ["istanbul", "da", "şişli"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("❤️ 👩‍💻 1️⃣", ["1"]),
        ("a" * 41 + " rest", ["rest"]),
    ],
)
def test_words_of_spaced_scripts(text: str, terms: list[str]) -> None:
    assert index_terms(text) == terms


@given(hangul_words)
def test_a_hangul_word_is_indexed_by_its_border_syllables_and_all_its_bigrams(word: str) -> None:
    assert index_terms(word) == [word[0], *(a + b for a, b in pairwise(word)), word[-1]]


@given(hangul_words, hangul_words, hangul_words)
def test_a_word_of_syllables_is_found_inside_a_longer_one(head: str, word: str, tail: str) -> None:
    assert len(word) < 2 or found_by(word, head + word + tail)


@given(st.lists(hangul_words, min_size=1, max_size=4))
def test_a_run_of_words_finds_itself(words: list[str]) -> None:
    assert found_by(" ".join(words), "앞말 " + " ".join(words) + " 뒷말")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("꿈", "어젯밤 꿈을 꾸었다"),
        ("꿈", "봄꿈"),
        ("다락방", "할머니 다락방에서"),
        ("다락방", "다락방"),
        ("iphone", "새 iPhone을 샀다"),
        ("3월", "3월에 만나자"),
        ("3월", "2021년3월4일"),
        ("ktx", "KTX로 갔다"),
        ("2020", "2020년 봄"),
        ("2020년", "2020년 봄"),
        ("카카오", "카카오talk"),
        ("talk", "카카오talk"),
        ("ㅋㅋㅋ", "재밌다ㅋㅋㅋ"),
        ("12,900", "12,900원"),
        ("회의 자료", "어제 회의 자료를"),
        ("아이폰 케이스", "아이폰 케이스도"),
        ("東京", "東京タワーに行った"),
        ("小明", "我和小明去看电影"),
        ("running", "I RAN, then went for runs"),
        ("Müller", "Frau Müller"),
    ],
)
def test_what_people_look_for_is_found(query: str, text: str) -> None:
    assert found_by(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("꿈", "나꿈이다"), ("다락방", "다락 방에"), ("3월", "13월"), ("다방", "다락방"), ("art", "party")],
)
def test_what_is_not_there_is_not_found(query: str, text: str) -> None:
    assert not found_by(query, text)


def test_decomposed_hangul_is_indexed_as_composed() -> None:
    assert index_terms(unicodedata.normalize("NFD", "다락방")) == index_terms("다락방")


def test_normalise_makes_spaces_and_quotes_plain_and_keeps_emoji_together() -> None:
    assert normalise("\ufeff“It’s\u202f3\u00a0PM”") == '"It\'s 3 PM"'
    assert normalise("e\u200b\u0301") == "é"
    assert normalise("👩\u200d💻") == "👩\u200d💻"


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_stem_agrees_with_the_index() -> None:
    assert [english_stem(w) for w in ("Running", "stories", "flies", "")] == ["run", "stori", "fli", ""]


def test_cjk_is_seen() -> None:
    assert has_cjk("a가") and has_cjk("漢") and has_cjk("カ")
    assert not has_cjk("abc é ㅋㅋ")


mixed = st.text(st.sampled_from("가나 다ㅋa1Zé\n-カ漢ا\0αé😀") | st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(mixed, max_size=5))
def test_many_texts_at_once_are_what_each_is_alone(texts: list[str]) -> None:
    assert index_texts(texts) == [index_text(text.replace("\0", " ")) for text in texts]
