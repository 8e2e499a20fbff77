"""People are found under all forms of their names, and common words are not taken for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.names import NameIndex, name_forms
from darak.language.romanisation import family_spellings, given_spellings, romanised

PEOPLE = NameIndex(
    [
        *(("friend", "서기훈"), ("dentist", "치과 임기훈 원장님"), ("soyun", "소윤♡"), ("jieun", "Lee Jieun")),
        *(
            ("minsu", "김민수"),
            ("manager", "김민수 대리"),
            ("hana", "이하나"),
            ("will", "Will Smith"),
            ("may", "May Park"),
        ),
        *(
            ("wang", "王秀英"),
            ("aunt", "이모"),
            ("dain", "Dain Oh"),
            ("dain", "오다인"),
            ("jisu", "jisu.han@mail.example"),
        ),
        *(("mother", "엄마"), ("xiuying", "Wang Xiuying"), ("jane", "Jane Q. Adams-Brown"), ("double", "남궁민")),
    ]
)


def named(text: str) -> list[tuple[str, set[str]]]:
    return [(match.surface, set(match.ids)) for match in PEOPLE.find(text)]


@pytest.mark.parametrize(
    ("text", "surface", "people"),
    [
        ("기훈이가 읽으라고 한 책", "기훈", {"friend", "dentist"}),
        ("서기훈이 결혼한 날", "서기훈", {"friend"}),
        ("치과 임기훈 원장님한테 갔어", "임기훈 원장님", {"dentist"}),
        ("기훈 원장님 결혼식", "기훈 원장님", {"dentist"}),
        ("임 원장님 생일", "임 원장님", {"dentist"}),
        ("소윤이랑 밥 먹은 날", "소윤", {"soyun"}),
        ("소윤아 어디야", "소윤", {"soyun"}),
        ("민수한테 빌린 책", "민수", {"minsu", "manager"}),
        ("김 대리님이 준 자료", "김 대리님", {"manager"}),
        ("민수 씨 전화", "민수 씨", {"minsu", "manager"}),
        ("하나랑 갔던 카페", "하나", {"hana"}),
        ("이모랑 저녁", "이모", {"aunt"}),
        ("엄마가 알려준", "엄마", {"mother"}),
        ("남궁민은 언제 왔지", "남궁민", {"double"}),
        ("What did Jieun Lee say?", "Jieun Lee", {"jieun"}),
        ("lee jieun called", "lee jieun", {"jieun"}),
        ("jieun이랑 통화", "jieun", {"jieun"}),
        ("Kim Min-su's desk", "Kim Min-su", {"minsu", "manager"}),
        ("dinner with Minsoo Kim", "Minsoo Kim", {"minsu", "manager"}),
        ("오다인 대리", "오다인 대리", {"dain"}),
        ("Dain's candy", "Dain", {"dain"}),
        ("call Jisu Han", "Jisu Han", {"jisu"}),
        ("when did Will come", "Will", {"will"}),
        ("I met May there", "May", {"may"}),
        ("王秀英的生日", "王秀英", {"wang"}),
        ("Jane Adams-Brown wrote", "Jane Adams-Brown", {"jane"}),
    ],
)
def test_a_person_is_found(text: str, surface: str, people: set[str]) -> None:
    assert named(text) == [(surface, people)]


@pytest.mark.parametrize(
    "text",
    [
        *("하나 더 줘", "하나도 없어", "이모티콘 보내줘", "정민수가 왔다", "우리민수", "민수기 보고서", "수 없이"),
        *("will you come", "Will it rain?", "it may rain", "May I go?", "a park nearby", "oh no", "janet called"),
    ],
)
def test_common_words_and_other_names_are_nobody(text: str) -> None:
    assert named(text) == []


def test_several_people_are_found_in_order() -> None:
    assert [surface for surface, _ in named("소윤이랑 Jieun Lee, 그리고 민수")] == ["소윤", "Jieun Lee", "민수"]


@pytest.mark.parametrize(
    ("display", "forms"),
    [
        ("김민수", {"김민수", "민수", "민수야", "민수 씨", "김민수 님", "kim minsu", "minsu kim"}),
        ("임기훈 원장님", {"임기훈", "기훈", "기훈원장님", "임원장", "기훈아"}),
        ("Lee Jieun", {"lee jieun", "jieun lee", "jieun", "lee"}),
        ("Kim, Minsu", {"minsu kim", "kim minsu", "minsu"}),
        ("minsu.kim92@mail.example", {"minsu kim", "minsu"}),
        ("남궁민수", {"남궁민수", "민수", "minsu namgung"}),
        ("민수형", {"민수", "민수형"}),
    ],
)
def test_a_displayed_name_has_forms(display: str, forms: set[str]) -> None:
    assert forms <= name_forms(display)


def test_forms_are_never_a_single_syllable_or_nobody() -> None:
    assert name_forms("me") == set()
    assert all(len(form) > 1 for form in name_forms("이산") | name_forms("J. Doe"))


def test_names_are_spelt_by_the_rules_and_by_custom() -> None:
    assert romanised("민수") == "minsu"
    assert romanised("혜원") == "hyewon"
    assert set(given_spellings("준영")) == {"junyeong", "junyoung", "joonyeong", "joonyoung"}
    assert family_spellings("이")[0] == "lee"
    assert family_spellings("한") == ("han",)


@given(st.text(), st.lists(st.tuples(st.integers(), st.text(max_size=20)), max_size=5))
def test_any_text_and_any_names_can_be_searched(text: str, displays: list[tuple[int, str]]) -> None:
    for match in NameIndex(displays).find(text):
        assert text[slice(*match.span)] == match.surface
        assert match.ids
