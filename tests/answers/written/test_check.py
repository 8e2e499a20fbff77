"""Which sentences stand: as models phrase them, against records as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answers.conftest import NOW

from darak.answers.answer import Citation
from darak.answers.ask import Asker
from darak.answers.people import People
from darak.answers.written.check import Checker
from darak.answers.written.orders import without_orders
from darak.answers.written.plain import plain
from darak.answers.written.sheet import Sheet
from darak.memory.memory import Memory
from darak.models.privacy import HomeRules

STANDS = [
    ("m-seojun-dog", "Seojun Kim adopted a puppy called Bori on 1 March 2024."),
    ("m-seojun-dog", "Seojun Kim told you on 2 March 2024 that they had adopted a puppy named Bori the day before."),
    ("m-seojun-dog", "김서준은 2024년 3월 1일에 강아지를 입양했습니다."),
    ("m-seojun-dog", "You heard from Seojun Kim that they had adopted a puppy."),
    ("m-seojun-move", "Seojun Kim started a new job at Hanbit in May 2024."),
    ("m-seojun-lee-2", "Seojun Lee sold the motorcycle on the morning of 20 August 2024."),
    ("m-jimin-wedding", "박지민의 결혼식은 11월 25일입니다."),
    ("m-jimin-wedding", "박지민 씨는 2023년 10월 13일에 청첩장을 돌렸고, 결혼식은 2023년 11월 25일이었습니다."),
    ("m-jimin-wedding", "Jimin's wedding (결혼식) was on 25 November 2023."),
    ("m-jimin-book", "박지민이 2024년 2월 3일에 빌린 소설책을 돌려주겠다고 했습니다."),
    ("m-eunji-marathon", "최은지는 춘천 마라톤을 4시간 12분에 완주했습니다."),
    ("m-eunji-marathon", "최은지 님이 2024년 10월 6일에 춘천 마라톤을 완주하셨습니다."),
    ("m-mina-piano", "Mina Cho had her first piano lesson on 9 February 2025 and found it fun."),
    ("e-dentist", "Your dentist check-up is at Maple Dental on 4 March 2025 at 3 pm."),
    ("e-dentist", "The check-up was moved from 25 February to 4 March."),
    ("e-dentist", "You visited the dentist at Maple Dental on Tuesday 4 March 2025 at 15:00."),
    ("e-dentist", "2025년 3월 4일 오후 3시에 Maple Dental 치과 예약이 있었습니다."),
    ("e-hair-1", "2024년 1월 13일 토요일 11시에 새봄 미용실에서 머리를 잘랐습니다."),
    ("e-busan", "You went on a family trip to Busan from 10 to 11 August 2024."),
    ("e-busan", "부산 가족 여행은 2024년 8월 10일부터 11일까지였고, 해운대 숙소에서 묵었습니다."),
    ("e-concert", "You went to a cello concert with Mina Cho at the Sejong Center on 21 September 2024."),
    ("n-laptop", "Your new laptop arrived on 2 November 2024 with a warranty of two years."),
    ("n-laptop", "The serial number of the laptop is LX-4471."),
    ("n-laptop", "노트북의 시리얼 번호는 LX-4471입니다."),
    ("n-wifi", "시골집 와이파이 비밀번호는 감자밭2023입니다."),
    ("n-wifi", "The wifi password of the country house (시골집) is “감자밭2023”."),
    ("n-move", "You moved to Seongsu-dong (성수동) on 15 April 2023, with thirty boxes (상자)."),
    ("n-move", "2023년 4월 15일 성수동으로 이사하셨고, 상자가 30개였습니다."),
    ("n-license", "Yes, you passed your driving test on 19 July 2022, at the second try."),
    ("n-license", "Based on the records, you passed the driving test on July 19, 2022 (Tuesday), after trying twice."),
    ("n-license", "제공된 증거에 따르면 2022년 7월 19일에 운전면허 시험에 합격하셨습니다."),
    ("n-license", "기록에 따르면 운전면허 시험은 두 번째 시도에서 합격한 것으로 보입니다."),
    ("n-passport", "여권 만료일은 2034년 12월 4일입니다."),
    ("n-passport", "Your passport (여권) expires on 4 December 2034."),
    ("n-surgery", "You had knee surgery in September 2023 and it went well."),
    ("p-coffee-1", "You paid 4,500 won for coffee at 온도커피 on 3 May 2024."),
    ("p-books", "골목서점에서 책을 3만 2천원에 샀습니다."),
    ("p-grocery", "한마음마트에서 장보기에 81,200원을 썼습니다."),
]
FALLS = [
    ("m-seojun-lee", "Your cat Nabi was at the vet on 5 March 2024."),
    ("m-mina-piano", "On 9 February 2025, you had your first piano lesson."),
    ("m-eunji-marathon", "춘천 마라톤을 4시간 12분에 완주하셨습니다."),
    ("m-jimin-book", "박지민이 소설책을 다음 주에 돌려줄 예정입니다."),
    ("m-seojun-dog", "Seojun Kim adopted a puppy yesterday."),
    ("m-seojun-dog", "Seojun Kim adopted a kitten called Bori."),
    ("m-seojun-dog", "Seojun Kim adopted a puppy called Nabi."),
    ("m-seojun-dog", "Seojun Kim adopted two puppies."),
    ("m-seojun-dog", "Seojun Kim adopted a puppy on 5 March 2024."),
    ("m-seojun-move", "Seojun Kim quit the job at Hanbit in May 2024."),
    ("m-seojun-lee-2", "Seojun Lee bought a house."),
    ("m-jimin-wedding", "박지민의 결혼식은 11월 26일입니다."),
    ("m-jimin-wedding", "박지민의 결혼식은 강남에서 열렸습니다."),
    ("m-jimin-wedding", "박지민의 결혼식은 취소되었습니다."),
    ("m-jimin-book", "최은지가 소설책을 돌려준다고 했습니다."),
    ("m-eunji-marathon", "최은지는 춘천 마라톤을 3시간 12분에 완주했습니다."),
    ("m-eunji-marathon", "최은지는 서울 마라톤을 완주하지 못했습니다."),
    ("e-dentist", "Your dentist check-up is at 4 pm."),
    ("e-dentist", "Your dentist check-up is at Oak Dental."),
    ("e-busan", "부산에 세 번 갔습니다."),
    ("e-busan", "You went on a business trip to Tokyo in August 2024."),
    ("e-concert", "You went to a cello concert last week."),
    ("n-laptop", "The serial number of the laptop is LX-4472."),
    ("n-laptop", "The laptop cost 1,500,000 won."),
    ("n-wifi", "시골집 와이파이 비밀번호는 고구마밭2023입니다."),
    ("n-passport", "여권 만료일은 2033년 12월 4일입니다."),
    ("n-surgery", "Your brother died in the hospital."),
    ("n-surgery", "The knee surgery never went well."),
    ("p-coffee-1", "You paid 5,400 won for coffee."),
    ("p-books", "골목서점에서 책을 2만 3천원에 샀습니다."),
    ("p-grocery", "한마음마트에서 옷을 81,200원에 샀습니다."),
]


@pytest.fixture(scope="module")
def people(memory: Memory) -> People:
    return Asker(memory).people


@pytest.fixture(scope="module")
def numbers(memory: Memory) -> dict[str, int]:
    """The number of each record by the id that its source gave it."""
    stored = memory.vault.get(n for (n,) in memory.vault.rows("SELECT n FROM record"))
    return {one.record.native_id or "": n for n, one in stored.items()}


Why = Callable[[str, str], str]


@pytest.fixture
def why(memory: Memory, people: People, numbers: dict[str, int]) -> Why:
    """Why a sentence that cites one record does not stand; "" when it does."""

    def ask(key: str, sentence: str) -> str:
        sheet = Sheet(HomeRules(), (), 600)
        sheet.add_records(memory.vault.get([numbers[key]]).values())
        return Checker(people, NOW, sheet.pieces).check(f"{sentence.rstrip('.')} [1].").why

    return ask


@pytest.mark.parametrize(("key", "sentence"), STANDS)
def test_what_a_record_says_stands_however_it_is_phrased(why: Why, key: str, sentence: str) -> None:
    assert why(key, sentence) == ""


@pytest.mark.parametrize(("key", "sentence"), FALLS)
def test_what_a_record_does_not_say_falls(why: Why, key: str, sentence: str) -> None:
    assert why(key, sentence)


@given(
    st.text(alphabet=st.sampled_from("aeY012359,.:!-~/[]()“”만천년월일시분pmth ㅋ가이9\n'"), max_size=60)
    | st.text(max_size=60)
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_model_writes_is_checked(why: Why, text: str) -> None:
    assert isinstance(why("e-dentist", text), str)


@given(st.text(max_size=200))
def test_leaving_orders_out_never_adds_anything(text: str) -> None:
    left, orders = without_orders(plain(text))
    assert orders >= 0 and len(left) <= len(plain(text)) and set(left) <= set(plain(text))


def test_of_several_records_only_those_are_cited_that_hold_the_sentence(
    memory: Memory, people: People, numbers: dict[str, int]
) -> None:
    sheet, keys = Sheet(HomeRules(), (), 500), ("n-move", "n-laptop")
    stored = memory.vault.get(numbers[key] for key in keys)
    rests_on = [Citation(0, one.n, one.id, one.record, one.record.text) for one in stored.values()]
    sheet.add_computed("15 April 2023, and 2 November 2024.", rests_on, counted=False)
    checker = Checker(people, NOW, sheet.pieces)

    def cited(sentence: str) -> set[str | None]:
        checked = checker.check(sentence)
        assert not checked.why
        return {one.record.native_id for piece in checked.pieces for one in piece.cited if isinstance(one, Citation)}

    assert cited("You moved to Seongsu-dong (성수동) on 15 April 2023 [1].") == {"n-move"}
    assert cited("Your new laptop arrived on 2 November 2024 with a warranty.") == {"n-laptop"}
    both = "You moved to Seongsu-dong (성수동) on 15 April 2023, and the laptop arrived on 2 November 2024 [1]."
    assert cited(both) == {"n-move", "n-laptop"}
