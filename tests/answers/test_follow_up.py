"""Questions that lean on the one before them, and questions that stand by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answers.conftest import event

from darak.answers.answer import Answer
from darak.answers.ask import Asker
from darak.answers.follow_up.days import around, words
from darak.answers.follow_up.turn import Turn
from darak.answers.question.spans import read_spans
from darak.language.periods import Grain
from darak.memory.memory import Memory
from darak.records.vault import Vault

NOW = datetime(2025, 6, 1, 12, 0)
Talk = Callable[..., Answer]


@pytest.fixture
def talk(memory: Memory) -> Talk:
    """Asks several questions one after the other; the answer to the last."""
    asker = Asker(memory)

    def ask(*questions: str) -> Answer:
        turns: list[Turn] = []
        for question in questions[:-1]:
            answer = asker.ask(question, NOW, turns)
            turns.append(Turn(question, answer, answer.plan))
        return asker.ask(questions[-1], NOW, turns)

    return ask


def days(answer: Answer) -> list[str]:
    return [f"{span.since}/{span.until}" for span in answer.plan.spans]


STEPS = "How many steps did I walk in May 2024?"
STEPS_KO = "2024년 5월에 걸음 수 평균은?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (STEPS, "and the year before?", "2023-05-01/2023-06-01"),
        (STEPS, "And in March?", "2024-03-01/2024-04-01"),
        (STEPS, "what about 2023?", "2023-01-01/2024-01-01"),
        (STEPS, "How about the previous month?", "2024-04-01/2024-05-01"),
        (STEPS, "and two months earlier?", "2024-03-01/2024-04-01"),
        (STEPS, "and in winter?", "2024-12-01/2025-03-01"),
        (STEPS, "in April?", "2024-04-01/2024-05-01"),
        (STEPS_KO, "그 전 해는?", "2023-05-01/2023-06-01"),
        (STEPS_KO, "3월은?", "2024-03-01/2024-04-01"),
        (STEPS_KO, "그럼 2023년에는?", "2023-01-01/2024-01-01"),
        (STEPS_KO, "겨울에는?", "2024-12-01/2025-03-01"),
        (STEPS_KO, "그 다음 달은?", "2024-06-01/2024-07-01"),
        (STEPS_KO, "그 전달은 어때?", "2024-04-01/2024-05-01"),
    ],
)
def test_other_days_of_the_same(talk: Talk, before: str, question: str, expected: str) -> None:
    answer = talk(before, question)
    assert days(answer) == [expected]
    assert answer.plan.measure is not None and "steps" in answer.plan.measure.metrics
    assert answer.plan.carried and "as before" in answer.plan.line()


@pytest.mark.parametrize(
    ("questions", "kind", "named"),
    [
        ((STEPS, "on average?"), "average", "2024-05-01/2024-06-01"),
        ((STEPS, "highest?"), "max", "2024-05-01/2024-06-01"),
        ((STEPS_KO, "최고는 언제였어?"), "max", "2024-05-01/2024-06-01"),
        ((STEPS, "what about spring?"), "sum", "2024-03-01/2024-06-01"),
        (("What did I do on 10 August 2024?", "and the following week?"), "on_day", "2024-08-12/2024-08-19"),
        (("What did I do on 10 August 2024?", "and a week later?"), "on_day", "2024-08-17/2024-08-18"),
    ],
)
def test_other_numbers_and_days(talk: Talk, questions: tuple[str, ...], kind: str, named: str) -> None:
    answer = talk(*questions)
    assert (answer.plan.kind, days(answer)) == (kind, [named])


@pytest.mark.parametrize(
    ("questions", "subject"),
    [
        (("성수동 이사 언제 했지?", "왜 했어?"), "이사"),
        (("첼로 concert 언제였지?", "얼마 들었어?"), "concert"),
        (("When was the cello concert?", "what did he say?"), "concert"),
        (("When was the cello concert?", "what did he say?", "how much did it cost?"), "concert"),
        (("When did I last see the dentist?", "when is my next one?"), "dentist"),
        (("When was the cello concert?", "and who sang?"), "concert"),
        (("When did I last see the dentist?", "how many times last year?"), "dentist"),
        (("When did I last see the dentist?", "How often did I go in 2024?"), "dentist"),
        (("성수동 이사 언제 했지?", "작년에는 몇 번 했어?"), "이사"),
        (("성수동 이사 언제 했지?", "그럼 누가 도와줬어?"), "이사"),
    ],
)
def test_a_question_that_says_nothing_itself_is_about_the_same(
    talk: Talk, questions: tuple[str, ...], subject: str
) -> None:
    assert subject in [want.surface for want in talk(*questions).plan.wants]


def test_days_go_on_from_turn_to_turn(talk: Talk) -> None:
    assert days(talk(STEPS, "and in April?", "and the month before?")) == ["2024-03-01/2024-04-01"]
    assert "6,000" in talk(STEPS_KO, "4월은?").text


def test_another_measure_of_the_same_days(talk: Talk) -> None:
    answer = talk("How many steps did I walk in March 2024?", "how about my blood pressure?")
    assert answer.plan.measure is not None and "blood_pressure_systolic" in answer.plan.measure.metrics
    assert days(answer) == ["2024-03-01/2024-04-01"]
    assert "128" in answer.text


def test_nobody_is_at_a_number(talk: Talk) -> None:
    answer = talk(STEPS, "and who called me?")
    assert days(answer) == ["2024-05-01/2024-06-01"] and "steps" not in answer.plan.question


@pytest.mark.parametrize("question", ["How much did I spend on coffee in May 2024?", "2024년 5월에 커피에 얼마 썼어?"])
def test_the_same_of_another_thing(talk: Talk, question: str) -> None:
    assert "15,000" in talk(question).text
    english = question.isascii()
    assert "32,000" in talk(question, "and on books?" if english else "책은?").text
    assert "4,000" in talk(question, "and the year before?" if english else "그 전 해는?").text


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("When was the cello concert?", "who was there?"), "Mina"),
        (("When was the cello concert?", "who with?"), "Mina"),
        (("When was the cello concert?", "Where was it?"), "Sejong Center"),
        (("When was the cello concert?", "where?"), "Sejong Center"),
        (("첼로 concert 언제였지?", "거기 누구랑 갔어?"), "Mina"),
        (("부산 여행 언제 갔지?", "그때 어디서 묵었어?"), "해운대"),
        (("부산 여행 언제 갔지?", "어디?"), "해운대"),
        (("여권 언제 새로 발급받았지?", "그건 언제 만료돼?"), "2034"),
        (("노트북 serial number?", "When did I get the new laptop?"), "2 November 2024"),
    ],
)
def test_what_was_found_is_asked_on(talk: Talk, questions: tuple[str, ...], expected: str) -> None:
    assert expected in talk(*questions).text


@pytest.mark.parametrize(
    ("questions", "people"),
    [
        (("When did Jimin Park get married?", "and Eunji?"), None),
        (("박지민 결혼식 언제였지?", "그 사람한테 뭐 빌려줬어?"), "박지민"),
        (("박지민 결혼식 언제였지?", "걔 생일은?"), "박지민"),
        (("박지민 결혼식 언제였지?", "생일은?"), "박지민"),
        (("박지민 마지막 연락 언제였어?", "그럼 최은지는?"), "최은지"),
        (("When did I last hear from Mina Cho?", "what did she say about it?"), "Mina Cho"),
        (("When did I last hear from Mina Cho?", "When is her birthday?"), "Mina Cho"),
        (("When did I last hear from Mina Cho?", "and from Seojun Kim?"), "Seojun Kim"),
        (("When did I last hear from Mina Cho?", "What about Seojun Lee?", "did he have a cat?"), "Seojun Lee"),
    ],
)
def test_whoever_was_spoken_of(talk: Talk, questions: tuple[str, ...], people: str | None) -> None:
    if people is not None:
        assert [person.surface for person in talk(*questions).plan.people] == [people]


def test_a_day_that_was_found_is_then(talk: Talk) -> None:
    assert days(talk("부산 여행 언제 갔지?", "그 다음 날은?")) == ["2024-08-11/2024-08-12"]
    assert talk("부산 여행 언제 갔지?", "그 다음 날은?").plan.kind == "on_day"
    assert days(talk("When did I move?", "What did I do that year?")) != []
    assert days(talk("When was the cello concert?", "How many steps did I walk that month?")) == [
        "2024-09-01/2024-10-01"
    ]
    assert days(talk("성수동으로 언제 이사했지?", "그 해에 뭐 했어?")) == ["2023-01-01/2024-01-01"]
    assert days(talk("What did I do on 10 August 2024?", "and the next day?")) == ["2024-08-11/2024-08-12"]


def test_before_and_after_what_was_found(talk: Talk) -> None:
    assert talk("미용실 마지막으로 간 게 언제야?").text.startswith("2024년 10월 12일")
    assert talk("미용실 마지막으로 간 게 언제야?", "그 전에는?").text.startswith("2024년 7월 13일")
    assert "13 July 2024" in talk("When did I last go to the 미용실?", "and before that?").text


@pytest.mark.parametrize("more", ["더 보여줘", "more", "나머지도 보여줘", "show me more"])
def test_more_of_a_list_goes_on_where_it_stopped(vault: Vault, take_in: Callable[..., object], more: str) -> None:
    take_in(vault, [event(f"e{n}", f"2024-01-{n:02}T10:00", f"Rowing practice {n}", "Lake") for n in range(1, 21)])
    question = "list all my rowing practices"
    with Memory(vault) as memory:
        memory.follow()
        asker = Asker(memory)
        answers = [asker.ask(question, NOW)]
        turns = [Turn(question, answers[0], answers[0].plan)]
        for _ in range(2):
            answers.append(asker.ask(more, NOW, turns))
            turns.append(Turn(more, answers[-1], answers[-1].plan))
    shown = [citation.json()["native_id"] for answer in answers for citation in answer.citations]
    assert len(set(shown)) == len(shown) == 20
    assert answers[-1].status == "no_record"


ALONE = [
    "When was the dentist check-up?",
    "How many swimming lessons were there?",
    "How many swimming lessons were there in June 2024?",
    "Is there a warranty on the laptop?",
    "What did I do on 10 August 2024?",
    "When did it rain last?",
    "What did Seojun Kim say about his dog?",
    "When did my dentist say she moved the appointment?",
    "How long did it take to recover from the knee surgery?",
    "What is the wifi password that I wrote down?",
    "And when did I pass my driving test?",
    "then how much did I spend on coffee in May 2024?",
    "What time is the swimming lesson?",
    "How long has it been since the knee surgery?",
    "When was the day before the wedding?",
    "What did I buy at the time of the move?",
    "Who is Mina Cho?",
    "When is Mina Cho's birthday?",
    "more coffee or less coffee in 2024?",
    "When did I first go running after the surgery?",
    "the wifi password",
    "my last message from Mina Cho",
    "치과 언제 갔지?",
    "시골집 와이파이 비밀번호는?",
    "박지민 생일은?",
    "성수동으로 언제 이사했어?",
    "2024년 8월 10일에 뭐 했어?",
    "결혼식 전날에 뭐 했어?",
    "지난달에 만난 그 사람 이름이 뭐야?",
    "그리고 여권은 언제 발급받았어?",
    "그럼 노트북은 언제 왔어?",
    "전주 여행 언제 갔지?",
    "언제 졸업했지?",
    "운전면허 언제 땄어?",
    "더 현대에서 얼마 썼어?",
    "거기서 거기라는 말 누가 했지?",
    "다음 주 일정 뭐야?",
    "최은지 마라톤 기록이 어떻게 돼?",
    "그때그때 적어 둔 메모 보여줘",
    "작년 5월 커피값은 얼마였어?",
    "누가 결혼했지?",
    "어디서 수영 배웠어?",
    "2022년 12월부터 이듬해 2월까지 위 혈압 평균은?",
    "전세보증금 상담 그날 몇 시 약속이었어?",
    "가장 많이 걸은 날은?",
    "내가 제일 자주 간 식당은?",
    "Where was it when I finally found the planner?",
    "When did Yuna have her first piano lesson?",
    "How long was it between the knee surgery and my first run?",
    "What day is it today?",
    "Who are you?",
    "너는 누구야?",
    "thank you",
    "고마워",
]


@pytest.mark.parametrize("question", ALONE)
@pytest.mark.parametrize("before", [STEPS, "박지민 결혼식 언제였지?", "When was the cello concert?"])
def test_a_question_that_stands_alone_is_left_alone(talk: Talk, before: str, question: str) -> None:
    assert talk(before, question).plan == talk(question).plan


@pytest.mark.parametrize(
    "question", ["and the year before?", "그때 누구랑 있었어?", "왜?", "more", "그럼 민수는?", "she?"]
)
def test_without_a_question_before_there_is_nothing_to_carry(talk: Talk, question: str) -> None:
    assert talk(question).plan.carried == ()


def test_a_turn_without_its_plan_is_understood_again(memory: Memory) -> None:
    asker = Asker(memory)
    first = asker.ask("When was the cello concert?", NOW)
    records = tuple(citation.record for citation in first.citations)  # type: ignore[union-attr]
    kept = [Turn("When was the cello concert?", first.text, None, records, NOW)]
    assert (
        asker.ask("who was there?", NOW, kept).text
        == asker.ask("who was there?", NOW, [Turn("When was the cello concert?", first, first.plan)]).text
    )


def test_the_answer_comes_in_the_language_of_the_question(talk: Talk) -> None:
    assert "걸음" in talk(STEPS, "4월은?").text
    assert "total spending" in talk("2024년 5월에 커피에 얼마 썼어?", "and the year before?").text


@given(st.dates(date(1990, 2, 1), date(2030, 1, 1)), st.sampled_from(["year", "season", "month", "week", "day"]))
def test_days_are_read_back_as_they_are_said(day: date, grain: Grain) -> None:
    span = around(day, grain)
    for language in ("ko", "en"):
        (read,) = read_spans(words(span, language), NOW)
        assert (read[0].since, read[0].until) == (span.since, span.until)
