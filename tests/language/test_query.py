"""A question becomes the words to look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.query import Term, analyse
from darak.language.tokens import index_terms


def surfaces(question: str) -> list[str]:
    return [term.surface for term in analyse(question)]


def finds(question: str, text: str) -> bool:
    """Whether every content word of a question is found in a text."""
    terms = index_terms(text)

    def found(term: Term) -> bool:
        return any(list(form) == terms[i : i + len(form)] for form in term.forms for i in range(len(terms)))

    words = [term for term in analyse(question) if term.weight == "content"]
    return bool(words) and all(found(term) for term in words)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("내가 발표하면서 덜덜 떨었던 게 언제였지?", "발표 때 덜덜 떨려서 떨고 있었다"),
        ("떨렸던 발표 언제였지?", "오늘 발표했다. 목소리가 떨리더라"),
        ("모카를 어디서 데려왔지?", "모카 데려오는 날"),
        ("색소폰 언제 그만뒀지?", "색소폰 이제 그만두려고"),
        ("이어폰 어디서 찾았어?", "이어폰을 드디어 찾음"),
        ("엄마한테 사드린 선물이 뭐였지?", "엄마 선물로 스카프 사드림"),
        ("기훈이가 읽으라고 한 책이 뭐야?", "기훈: 이 책 꼭 읽어 봐"),
        ("가장 추웠던 날 뭐 했어?", "너무 추워서 집에만 있었다"),
        ("한강에서 걸었던 날", "한강 걷고 왔다"),
        ("컴퓨터활용능력 시험을 몇 번 봤어?", "컴퓨터활용능력 시험 봤다"),
        ("AI한테 물어본 게 뭐지?", "AI에게 물어봤다"),
        ("When did I buy the blue tent?", "Bought a blue tents set"),
        ("Who gave me peppermint candy?", "Dain gives out peppermint candies"),
        ("Where did I leave my umbrella?", "I left the umbrella on the bus"),
        ("Who taught me the knots?", "Minsu will teach me a new knot"),
        ("How many children came?", "one child was coming"),
    ],
)
def test_a_record_with_other_inflections_is_found(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("어디에서 뭘 했지?", []),
        ("What did I do?", []),
        ("그게 언제부터였더라?", []),
        ("여행 누구랑 갔어?", ["여행", "갔어"]),
        ("Where did I have dinner with Ann's sister?", ["dinner", "Ann", "sister"]),
        ("KTX로 갔다", ["KTX", "갔다"]),
        ("3월에 산 자전거 150,000원", ["3", "산", "자전거", "150,000"]),
        ("“소금 상인의 딸” 누가 추천했지?", ["소금 상인의 딸", "추천했지"]),
    ],
)
def test_asking_words_particles_and_stop_words_are_dropped(question: str, words: list[str]) -> None:
    assert surfaces(question) == words


def test_a_compound_is_looked_for_whole_and_in_its_parts() -> None:
    (term,) = analyse("발표자료")
    assert term.forms == (("발표", "표자", "자료"),)
    assert set(term.parts) >= {("발표",), ("자료",)}


def test_a_number_is_looked_for_with_its_unit_first() -> None:
    (term,) = analyse("3월")
    assert term.forms == (("3", "월"), ("3",))


def test_words_that_name_what_is_asked_weigh_less() -> None:
    weights = {term.surface: term.weight for term in analyse("식당 이름 and the restaurant name")}
    assert weights == {"식당": "content", "이름": "light", "restaurant": "content", "name": "light"}


@pytest.mark.parametrize(
    "question",
    ["내가 본 적 있어?", "어디에 간 거야?", "온대?", "덜 왔어?", "거의 다 됐어?", "가 봤어?", "이가 간 때가?"],
)
def test_verbs_that_stand_beside_others_have_no_full_weight(question: str) -> None:
    assert all(term.weight == "light" for term in analyse(question))


def test_a_noun_that_looks_like_such_a_verb_keeps_its_weight() -> None:
    weights = {term.surface: term.weight for term in analyse("가게 보고서 가지 봄")}
    assert set(weights.values()) == {"content"}
    assert len(weights) == 4


@given(st.text())
def test_any_text_can_be_analysed_and_spans_name_surfaces(text: str) -> None:
    for term in analyse(text):
        assert term.forms and all(term.forms)
        assert term.surface
