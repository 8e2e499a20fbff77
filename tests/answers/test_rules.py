"""What a question wants is told by its wording, in both languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from darak.answers.people import People
from darak.answers.plan import Language, Plan
from darak.answers.question.read import language_of, read_question
from darak.answers.question.rules import read_rules
from darak.answers.question.slots import find_slot, slot_named, stated
from darak.memory.memory import Memory

NOW = datetime(2025, 6, 1, 12, 0)
METRICS = frozenset(("steps", "blood_pressure_systolic", "blood_pressure_diastolic", "body_mass", "mindful_session"))

KINDS: list[tuple[Language, str, str]] = [
    ("en", "what did she say about the roof", "lookup"),
    ("en", "when did I get the cat", "when"),
    ("en", "on which day did the boiler break", "when"),
    ("en", "until when is the passport valid", "when"),
    ("en", "who fixed the boiler", "who"),
    ("en", "which friend moved to Hanoi", "who"),
    ("en", "where did we eat after the concert", "where"),
    ("en", "which restaurant did we go to", "where"),
    ("en", "how long ago did I quit smoking", "how_long_since"),
    ("en", "how many months has it been since the surgery", "how_long_since"),
    ("en", "how long did it take from the offer to the first day", "how_long_between"),
    ("en", "how many days were between the two races", "how_long_between"),
    ("en", "how many times did I swim", "count"),
    ("en", "how often do I call Grandma", "how_often"),
    ("en", "how many times a month do I swim", "how_often"),
    ("en", "list the books I read", "list"),
    ("en", "how much did I spend on books", "sum"),
    ("en", "what is my average heart rate", "average"),
    ("en", "what was my highest blood pressure", "max"),
    ("en", "on which day did I walk the least steps", "min"),
    ("en", "was it more in 2021 or in 2022", "compare"),
    ("en", "how has my weight changed", "trend"),
    ("en", "when did I first see the sea", "first"),
    ("en", "when did I start to run", "first"),
    ("en", "when was my last haircut", "last"),
    ("ko", "지붕에 대해 뭐라고 했지", "lookup"),
    ("ko", "고양이 데려온 게 언제야", "when"),
    ("ko", "보일러 고장 난 날이 며칠이지", "when"),
    ("ko", "보일러 누가 고쳤어", "who"),
    ("ko", "공연 끝나고 어디서 먹었지", "where"),
    ("ko", "어느 식당에 갔어", "where"),
    ("ko", "담배 끊은 지 얼마나 됐어", "how_long_since"),
    ("ko", "수술한 지 몇 달 지났어", "how_long_since"),
    ("ko", "합격하고 첫 출근까지 며칠 걸렸어", "how_long_between"),
    ("ko", "그 집에서 얼마나 오래 살았어", "how_long_between"),
    ("ko", "수영 몇 번 갔어", "count"),
    ("ko", "할머니랑 얼마나 자주 통화해", "how_often"),
    ("ko", "한 달에 몇 번 수영해", "how_often"),
    ("ko", "읽은 책 다 알려줘", "list"),
    ("ko", "책에 총 얼마 썼어", "sum"),
    ("ko", "심박수 평균이 얼마야", "average"),
    ("ko", "혈압이 제일 높았던 날", "max"),
    ("ko", "가장 적게 걸은 날", "min"),
    ("ko", "2021년이랑 2022년 중에 언제가 더 많아", "compare"),
    ("ko", "몸무게가 어떻게 변했어", "trend"),
    ("ko", "바다를 처음 본 게 언제지", "first"),
    ("ko", "마지막으로 머리 자른 게 언제야", "last"),
]


@pytest.mark.parametrize(("language", "text", "kind"), KINDS)
def test_the_wording_tells_the_kind(language: Language, text: str, kind: str) -> None:
    assert read_rules(text, language).kind == kind


@pytest.mark.parametrize(
    ("language", "text", "group"),
    [
        ("en", "spending by month", "month"),
        ("en", "does it rise each winter", "season"),
        ("en", "in which year was it highest", "year"),
        ("en", "how many steps a day", "day"),
        ("ko", "월별 지출", "month"),
        ("ko", "겨울마다 오르나", "season"),
        ("ko", "어느 해에 제일 높았지", "year"),
        ("ko", "하루 평균 걸음", "day"),
        ("ko", "지출 평균", None),
    ],
)
def test_the_wording_tells_by_what_values_are_grouped(language: Language, text: str, group: str | None) -> None:
    assert read_rules(text, language).group == group


@pytest.mark.parametrize(
    ("language", "text", "order"),
    [
        ("en", "where did we eat the last time", "last"),
        ("en", "what did we do last summer", None),
        ("en", "who was my first teacher", "first"),
        ("ko", "가장 최근에 이모랑 어디 갔지", "last"),
        ("ko", "처음 일한 회사가 어디야", "first"),
    ],
)
def test_first_and_last_choose_among_several_times(language: Language, text: str, order: str | None) -> None:
    assert read_rules(text, language).order == order


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("when did I move", "en"),
        ("언제 이사했지", "ko"),
        ("The Ledger 구독료 얼마야", "ko"),
        ("my 무비나루 charges", "en"),
    ],
)
def test_the_language_is_that_of_most_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("question", "slot", "text", "value"),
    [
        ("What time was the interview?", "clock", "See you at 14:30 on Monday.", "14:30"),
        ("공연이 몇 시였어?", "clock", "저녁 7시에 보자", "7시"),
        ("How much is the rent?", "money", "Deposit 5,000,000 won, due on 3 May 2024", "5,000,000 won"),
        ("월세가 얼마야?", "money", "2024년 3월부터 월세 550,000원입니다", "550,000원"),
        ("How long should it simmer?", "duration", "let it simmer for 25 minutes", "25 minutes"),
        ("얼마나 끓여야 해?", "duration", "불 줄이고 25분 끓여라", "25분"),
        ("시험 몇 점이야?", "score", "875점 나왔다", "875점"),
        ("What book should I read?", "title", "read “The Quiet Harbour”, you will like it", "“The Quiet Harbour”"),
        ("몇 번 만에 합격했어?", "times", "두 번 떨어지고 세 번째에 붙었다", "두 번"),
        ("How old is the cat?", "age", "she is 4 months old", "4 months old"),
    ],
)
def test_a_value_that_is_asked_for_is_read_from_a_text(question: str, slot: str, text: str, value: str) -> None:
    asked = find_slot(question)
    assert asked is not None and asked.name == slot
    assert stated(asked, text) == value


def test_a_value_that_the_question_names_itself_is_no_answer() -> None:
    money = slot_named("money")
    assert money is not None
    assert stated(money, "rent is 500,000원, deposit 3,000,000원", "is the rent 500,000원?") == "3,000,000원"


def test_a_date_is_no_number_that_was_asked_for() -> None:
    code = slot_named("code")
    assert code is not None
    assert stated(code, "On 2024-05-03 the ticket came") is None


@pytest.fixture
def plan(memory: Memory):
    people = People(memory.vault)
    return lambda question: read_question(question, NOW, people, METRICS)


def words(plan: Plan) -> dict[str, str]:
    return {want.surface: want.role for want in plan.wants}


def test_names_and_days_are_no_words_to_look_for(plan) -> None:
    got = plan("When did Mina Cho start piano lessons in February 2025?")
    assert [person.surface for person in got.people] == ["Mina Cho"]
    assert [(span.since, span.until) for span in got.spans] == [(date(2025, 2, 1), date(2025, 3, 1))]
    assert words(got).keys() == {"start", "piano", "lessons"} or words(got).keys() == {"piano", "lessons", "first"}


def test_relative_days_count_from_the_moment_of_asking(plan) -> None:
    (span,) = plan("작년에 미용실 몇 번 갔어?").spans
    assert (span.since, span.until) == (date(2024, 1, 1), date(2025, 1, 1))


def test_a_day_alone_asks_what_happened_on_it(plan) -> None:
    assert plan("2024년 8월 10일에 뭐 했어?").kind == "on_day"
    assert plan("What happened on 10 August 2024?").kind == "on_day"


def test_korean_nouns_lose_their_particles_and_verbs_stand_as_in_a_dictionary(plan) -> None:
    assert words(plan("이모랑 시장에서 만난 게 언제야?")) == {"이모": "thing", "시장": "thing", "만나다": "act"}


def test_what_only_asks_is_not_looked_for(plan) -> None:
    assert words(plan("Do you know when exactly that concert was?")) == {"concert": "thing"}
    assert words(plan("공연이 정확히 언제였는지 알려줘")).keys() <= {"공연", "정확히"}


def test_a_noun_before_a_noun_narrows_it(plan) -> None:
    assert words(plan("When was the piano lesson?")) == {"piano": "narrow", "lesson": "thing"}


def test_the_sort_of_thing_asked_for_needs_not_be_said(plan) -> None:
    assert words(plan("Which city did Seojun Kim move to?"))["city"] == "hint"
    assert words(plan("춘천 마라톤을 완주한 친구가 누구야?"))["친구"] == "hint"


def test_metrics_and_amounts_are_measured(plan) -> None:
    assert plan("What was my average blood pressure in 2024?").measure.metrics == (
        "blood_pressure_systolic",
        "blood_pressure_diastolic",
    )
    coffee = plan("2024년 5월에 커피에 총 얼마 썼어?")
    assert coffee.measure.amount == "amount" and words(coffee) == {"커피": "thing"}
    assert plan("When was my last phone call with Mina Cho?").measure is None
    assert plan("How many minutes did I talk on the phone with Mina Cho in total?").measure.amount == "call_minutes"


def test_a_metric_that_no_table_knows_goes_by_its_own_name(plan) -> None:
    assert plan("What is my average mindful session?").measure.metrics == ("mindful_session",)


def test_a_word_for_steps_in_another_sense_measures_nothing(plan) -> None:
    assert plan("What did Seojun Kim say?").measure is None


def test_the_plan_is_told_in_one_line(plan) -> None:
    assert plan("When did Mina Cho play piano in 2025?").line().startswith("when · “p")
