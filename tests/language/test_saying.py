"""Whether a text says a word: with particles and endings, not inside a longer word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.endings_korean import AFTER_ANY
from darak.language.saying import quoted, sayings
from darak.language.tokens import index_terms, normalise


def says(word: str, text: str) -> bool:
    (saying,) = sayings(word)
    return saying.is_in(text)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        (
            "이사",
            "이사 이사를 이사의 이사에서부터 이사때문에 이사라도 이사라는 이사라서 이사였어 이사예요 이사입니다 이사들",
        ),
        ("이사", "이사했어 이사하는 이사해준 이사하신다고 이사할 이사갔어 이사간 이사오는 이사후 이사전에 이사님이"),
        ("친구", "친구들이랑 친구들 친구도요 친구랑요"),
        ("민지", "민지가 민지야 민지네 민지씨가 민지랑 민지한테"),
        ("지훈", "지훈이가 지훈이 지훈아 지훈이랑 지훈씨"),
        ("약", "약을 약이 약도 약으로 약이었다"),
        ("꿈", "꿈을 꿈에서 꿈이었다"),
        ("병원", "병원에서는 병원이요 병원가서 병원이라서"),
        ("수술", "수술받았다 수술이후 수술했는데"),
        ("헤어졌다", "헤어진 헤어지고 헤어졌어"),
        ("iPhone", "iPhone을 iphone, iPhones"),
        ("3월", "3월에 3월은"),
        ("dentist", "dentists DENTIST dentist's"),
        ("art", "art arts"),
    ],
)
def test_a_word_is_said_with_its_particles_and_endings(word, forms):
    assert [form for form in forms.split() if not says(word, f"그 {form} a day")] == []


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("이사", "이사회 이사회의 이사벨 이사벨이 포장이사 이사장 이사짐 이사비 남이사 고양이사료"),
        ("민지", "김민지 민지영 민지수"),
        ("약", "약속 약간 약국 약하다"),
        ("차", "차고 차례 자동차 차갑다"),
        ("꿈", "꿈나라 악몽"),
        ("3월", "13월 33월"),
        ("art", "party start artist"),
        ("heron", "heronkeeper"),
    ],
)
def test_a_longer_word_does_not_say_it(word, others):
    assert [other for other in others.split() if says(word, other)] == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('"이사"', "그 이사회"),
        ('"art"', "a Party"),
        ("“다락 방”", "다락  방에"),
        ("❤", "나❤너"),
        ("東京", "上京東京都"),
    ],
)
def test_quoted_characters_are_said_anywhere(words, text):
    assert says(words, text)


def test_quoting_every_word():
    assert quoted('이사 "a b" art') == '"이사" "a b" "art"' == quoted('"이사" "a b" "art"')
    assert not sayings(' "" ')


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("이사", "이사했어"),
        ("꿈", "꿈을"),
        ("헤어졌다", "헤어진 날"),
        ("3월", "3월에"),
        ("dentist", "the dentists"),
        ('"왜가"', "큰왜가리"),
    ],
)
def test_the_index_finds_every_text_that_says_it(words, text):
    (saying,) = sayings(words)
    terms = index_terms(text)
    assert saying.is_in(text)
    assert any(tuple(terms[at : at + len(phrase)]) == phrase for phrase in saying.phrases for at in range(len(terms)))


def test_where_the_index_does_not_help_every_text_is_looked_at():
    assert [saying.phrases for words in ('"art"', '"꿈"', "❤", "x" * 50) for saying in sayings(words)] == [()] * 4


@pytest.mark.parametrize("word", ["이사", "병원", "지하철", "회의실"])
def test_every_particle_that_may_follow_any_sound_is_known(word):
    assert [particle for particle in AFTER_ANY if not says(word, word + particle)] == []


WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)


@given(WORDS, st.text(max_size=12), st.text(max_size=12))
def test_a_word_that_stands_in_a_text_is_said_and_found(word, before, after):
    text = f"{before} {word} {after}"
    (saying,) = sayings(word)
    assert saying.is_in(text)
    terms = index_terms(normalise(text))
    rows = [tuple(terms[at : at + len(phrase)]) == phrase for phrase in saying.phrases for at in range(len(terms))]
    assert any(rows) or not saying.phrases
