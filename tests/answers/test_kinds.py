"""Every kind of question, in Korean and English, is answered from the one record that holds it, and cites it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from darak.answers.answer import Answer
from darak.memory.memory import Memory

Asked = Callable[..., Answer]

# question, the kind it is read as, what the answer must say, the record it must cite
FROM_RECORDS = [
    ("When did I pass my driving test?", "when", ("19 July 2022",), "n-license"),
    ("성수동으로 이사한 게 언제야?", "when", ("2023년 4월 15일",), "n-move"),
    ("When was my first swimming lesson?", "first", ("3 June 2024",), "e-swim-1"),
    ("When was my last swimming lesson?", "last", ("17 June 2024",), "e-swim-3"),
    ("미용실에 처음 간 게 언제야?", "first", ("2024년 1월 13일",), "e-hair-1"),
    ("마지막으로 미용실 간 게 언제야?", "last", ("2024년 10월 12일",), "e-hair-4"),
    ("How long has it been since the knee surgery?", "how_long_since", ("628 days", "12 September 2023"), "n-surgery"),
    ("성수동으로 이사한 지 얼마나 됐어?", "how_long_since", ("778일", "2023년 4월 15일"), "n-move"),
    ("How long was it between the knee surgery and my first run?", "how_long_between", ("130 days",), "n-running"),
    ("How many days between the knee surgery and my driving test?", "how_long_between", ("420 days",), "n-license"),
    ("How many swimming lessons did I have in 2024?", "count", ("3 times",), "e-swim-1"),
    ("2024년에 미용실 몇 번 갔어?", "count", ("4번",), "e-hair-1"),
    ("How often do I go to the swimming lesson?", "how_often", ("7.0 days",), "e-swim-3"),
    ("미용실 얼마나 자주 가?", "how_often", ("91.0일",), "e-hair-4"),
    ("Who did I go to the cello concert with?", "who", ("Mina Cho",), "e-concert"),
    ("Who has a cat called Nabi?", "who", ("Seojun Lee",), "m-seojun-lee"),
    ("누가 춘천 마라톤 완주했어?", "who", ("최은지",), "m-eunji-marathon"),
    ("Where was the cello concert?", "where", ("Sejong Center",), "e-concert"),
    ("2024년 가족 여행 어디로 갔어?", "where", ("해운대",), "e-busan"),
    ("List my swimming lessons", "list", ("3 June 2024",), "e-swim-1"),
    ("2024년 미용실 간 날 다 알려줘", "list", ("2024년 1월 13일",), "e-hair-1"),
    ("How much did I spend on coffee in May 2024?", "sum", ("15,000",), "p-coffee-3"),
    ("2024년 5월에 커피에 총 얼마 썼어?", "sum", ("15,000",), "p-coffee-3"),
    ("What did I pay for coffee on average in May 2024?", "average", ("5,000",), "p-coffee-2"),
    ("2024년 5월에 커피 결제 평균 얼마야?", "average", ("5,000",), "p-coffee-2"),
    ("2024년에 가장 싼 커피는 얼마였어?", "min", ("4,500", "5월 3일"), "p-coffee-1"),
    ("Did I spend more on coffee in May 2023 or May 2024?", "compare", ("4,000", "15,000", "11,000"), "p-coffee-4"),
    ("2023년 5월과 2024년 5월 커피 지출 비교", "compare", ("4,000", "15,000", "11,000"), "p-coffee-4"),
    ("What was the cheapest coffee in 2024?", "min", ("4,500", "3 May 2024"), "p-coffee-1"),
    ("What was my biggest purchase in May 2024?", "max", ("81,200", "25 May 2024"), "p-grocery"),
    ("2024년 5월에 제일 큰 결제는 얼마야?", "max", ("81,200", "5월 25일"), "p-grocery"),
    ("What did I do on 10 August 2024?", "on_day", ("10 August 2024", "해운대"), "e-busan"),
    ("2024년 8월 10일에 뭐 했어?", "on_day", ("8월 10일", "해운대"), "e-busan"),
    ("2024년 9월 21일쯤 무슨 일 있었어?", "on_day", ("9월 21일",), "e-concert"),
    ("What was I doing around 20 January 2024?", "on_day", ("20 January 2024",), "n-running"),
    ("What is the serial number of the new laptop?", "lookup", ("LX-4471",), "n-laptop"),
    ("시골집 와이파이 비밀번호가 뭐야?", "lookup", ("감자밭2023",), "n-wifi"),
]  # fmt: skip

FROM_SAMPLES = [
    ("What was my highest blood pressure in 2023?", "max", ("142 mmHg", "5 March 2023")),
    ("2024년 혈압 최저가 얼마였어?", "min", ("120 mmHg", "2024년 9월 5일")),
    ("What was my average blood pressure in 2024?", "average", ("124.0 mmHg",)),
    ("2024년 혈압 평균은?", "average", ("124.0 mmHg",)),
    ("How has my blood pressure changed?", "trend", ("fell", "142.0", "120.0")),
    ("혈압 추이 어때?", "trend", ("내렸", "142.0", "120.0")),
    ("Compare my blood pressure in 2023 and 2024", "compare", ("138.0", "124.0", "14.0")),
    ("2023년이랑 2024년 혈압 비교해줘", "compare", ("138.0", "124.0", "14.0")),
    ("2024년 5월 하루 평균 걸음 수는?", "average", ("9,000",)),
    ("How many steps in total in May 2024?", "sum", ("18,000",)),
    ("2024년 5월 총 걸음 수는?", "sum", ("18,000",)),
    ("가장 많이 걸은 날은?", "max", ("9,000", "2024년 5월 1일")),
    ("How have my steps changed in 2024?", "trend", ("rose", "4,000", "9,000")),
    ("Compare my steps in April 2024 and May 2024", "compare", ("6,000", "9,000", "3,000")),
]


@pytest.mark.parametrize(("question", "kind", "said", "cited"), FROM_RECORDS)
def test_a_question_is_answered_from_its_record(
    asked: Asked, question: str, kind: str, said: tuple[str, ...], cited: str
) -> None:
    answer = asked(question)
    assert (answer.plan.kind, answer.status) == (kind, "answered"), answer.text
    assert [part for part in said if part not in answer.text] == [], answer.text
    assert cited in [citation.record.native_id for citation in answer.citations]


@pytest.mark.parametrize(("question", "kind", "said"), FROM_SAMPLES)
def test_a_question_of_measurements_is_calculated(
    asked: Asked, question: str, kind: str, said: tuple[str, ...]
) -> None:
    answer = asked(question)
    assert (answer.plan.kind, answer.status) == (kind, "answered"), answer.text
    assert [part for part in said if part not in answer.text] == [], answer.text


@pytest.mark.parametrize("question", [row[0] for row in FROM_RECORDS])
def test_what_is_cited_is_in_the_vault_and_marked_in_the_text(asked: Asked, memory: Memory, question: str) -> None:
    answer = asked(question)
    held = memory.vault.get([citation.n for citation in answer.citations])
    assert [held[citation.n].id for citation in answer.citations] == [citation.id for citation in answer.citations]
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert "[1]" in answer.text


@pytest.mark.parametrize(
    "question", ["When did I pass my driving test?", "2024년에 미용실 몇 번 갔어?", "혈압 추이 어때?"]
)
def test_the_same_question_gets_the_same_answer_again(asked: Asked, question: str) -> None:
    one, two = asked(question).json(), asked(question).json()
    assert one.pop("seconds") >= 0 and two.pop("seconds") >= 0
    assert one == two


def test_the_answer_is_in_the_language_of_the_question(asked: Asked) -> None:
    assert asked("성수동으로 이사한 게 언제야?").plan.language == "ko"
    assert asked("When did I pass my driving test?").plan.language == "en"


def test_no_language_model_is_asked(asked: Asked) -> None:
    assert asked("Where was the cello concert?").model is None


def test_the_sum_of_a_month_leaves_out_other_shops_and_years(asked: Asked) -> None:
    cited = {citation.record.native_id for citation in asked("How much did I spend on coffee in May 2024?").citations}
    assert cited == {"p-coffee-1", "p-coffee-2", "p-coffee-3"}


def test_measurements_come_with_a_series_to_draw(asked: Asked) -> None:
    (series,) = asked("Compare my blood pressure in 2023 and 2024").series
    assert series.unit == "mmHg"
    assert [point.value for point in series.points] == [138, 124]


def test_every_step_says_what_it_did_and_found(asked: Asked) -> None:
    answer = asked("When did I pass my driving test?")
    assert answer.steps and all(step.action and step.found for step in answer.steps)


@pytest.mark.parametrize(
    ("question", "said", "cited"),
    [
        ("무릎 수술 언제 했어?", "2023년 9월 12일", "n-surgery"),
        ("누가 강아지를 입양했어?", "Seojun Kim", "m-seojun-dog"),
        ("치과 어디로 가?", "Maple Dental", "e-dentist"),
    ],
)
def test_a_korean_question_finds_what_was_written_in_english(
    asked: Asked, question: str, said: str, cited: str
) -> None:
    answer = asked(question)
    assert answer.status == "answered" and said in answer.text
    assert cited in [citation.record.native_id for citation in answer.citations]
