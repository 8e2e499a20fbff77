from __future__ import annotations

from datetime import date

import pytest

from darak.sample import gold
from darak.sample.grade import grade, numbers_in

MAIL = {"source": "mail", "time": "2020-11-12T09:30:00+09:00", "text": "I was so nervous that my hands shook."}


def question(*groups: tuple, evidence: list | None = None, answerable: bool = True) -> dict:
    found = [MAIL] if evidence is None else evidence
    return {"answerable": answerable, "gold": [list(group) for group in groups], "evidence": found}


def answer(said: str, status: str = "answered", **citation: str) -> dict:
    cited = {"id": "1", "native_id": None, **MAIL, **citation}
    return {"answer": said, "status": status, "citations": [cited]}


@pytest.mark.parametrize(
    "text",
    [
        "It was on 12 November 2020 [1].", "2020년 11월 12일이었습니다 [1]", "2020-11-12", "on Nov 12, 2020",
        "November 12 2020",
    ],
)  # fmt: skip
def test_every_form_of_a_date_is_right(text: str) -> None:
    assert grade(question(gold.day(date(2020, 11, 12))), answer(text)).right


@pytest.mark.parametrize(
    "text", ["22 November 2020", "2020년 11월 2일", "2020-11-13", "12 November 2021", "November 2020"]
)
def test_another_day_is_wrong(text: str) -> None:
    verdict = grade(question(gold.day(date(2020, 11, 12))), answer(text))
    assert not verdict.right
    assert verdict.reason == "gold missing"


def test_one_alternative_of_each_group_is_needed() -> None:
    asked = question(("Minsu", "민수"), ("Porto", "포르투"))
    assert grade(asked, answer("민수랑 Porto에 갔어요")).right
    assert not grade(asked, answer("민수랑 갔어요")).right


def test_numbers_count_within_their_tolerance() -> None:
    asked = question((gold.number(132.4, 0.5),))
    assert grade(asked, answer("평균 132.8 mmHg")).right
    assert not grade(asked, answer("평균 133.1 mmHg")).right


def test_amounts_may_have_separators() -> None:
    assert grade(question(gold.money(1_234_500)), answer("모두 1,234,500원입니다")).right


def test_dates_citations_and_clocks_are_no_numbers() -> None:
    assert numbers_in("On 2020-11-12 at 09:30, 12 May 2021, 2021년 3월 4일 [7]: 42 times") == (42,)


def test_hours_and_minutes_are_one_number() -> None:
    assert 7.5 in numbers_in("평균 7시간 30분")
    assert 450 in numbers_in("7 h 30 min")


def test_a_citation_must_be_of_the_evidence() -> None:
    asked = question(("nervous",))
    elsewhere = {"text": "another mail", "time": "2019-01-01T00:00:00+09:00"}
    assert grade(asked, answer("nervous")).right
    assert grade(asked, answer("nervous", **elsewhere)).reason == "no citation matches the evidence"
    assert not grade(asked, answer("nervous", source="kakaotalk")).right


def test_a_citation_may_hold_more_than_the_evidence_or_come_from_its_moment() -> None:
    asked = question(("nervous",))
    assert grade(asked, answer("nervous", text="Hi. I was so nervous that my hands shook. Bye", time="2020")).right
    assert grade(asked, answer("nervous", text="Re: the talk", time="2020-11-12T09:30:00+09:00")).right


def test_an_interval_of_evidence_asks_for_one_record_inside() -> None:
    bought = {"source": "card", "time": "2024-01-01/2025-01-01", "text": "coffee"}
    asked = question((gold.number(3),), evidence=[bought])
    inside = {"source": "card", "time": "2024-05-06T10:00:00+09:00", "text": "Cafe 4,500 (coffee)"}
    assert grade(asked, answer("3", **inside)).right
    assert not grade(asked, answer("3", **{**inside, "time": "2025-01-01T10:00:00+09:00"})).right


def test_samples_need_no_citation() -> None:
    steps = {"source": "apple-health", "time": "2024-01-01/2025-01-01", "text": "", "metric": "steps"}
    asked = question((gold.number(3),), evidence=[steps])
    assert grade(asked, {"answer": "3", "status": "answered", "citations": []}).right


def test_unanswerable_is_right_only_as_no_record() -> None:
    asked = question(evidence=[], answerable=False)
    assert grade(asked, {"answer": "", "status": "no_record", "citations": []}).right
    verdict = grade(asked, answer("yesterday"))
    assert verdict.false_answer
    assert not verdict.right
    assert not grade(asked, answer("perhaps", status="unsure")).false_answer


def test_unsure_does_not_count_as_answered() -> None:
    assert not grade(question(("nervous",)), answer("nervous", status="unsure")).right


@pytest.mark.parametrize(
    "text", ["2년 6개월", "2 years and 6 months", "938일", "938 days", "about 134 weeks", "30.8개월", "2.6 years"]
)
def test_spans_are_right_in_any_unit(text: str) -> None:
    assert grade(question(gold.span(date(2021, 3, 6), date(2023, 9, 30))), answer(text)).right
