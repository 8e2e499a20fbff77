"""Numbers of samples name what they rest on: the series, or the very sample; days are the owner's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.answers.conftest import sample

from darak.answers.answer import Answer, SampleCitation
from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.samples import Samples
from darak.records.vault import Vault

Living = Callable[..., Callable[..., Answer]]

WEIGHTS = [sample("body_mass", f"2024-05-{day:02}T07:00:00+09:00", 60 + day / 10, "kg") for day in range(1, 21)]
STEPS = [sample("steps", f"2024-0{month}-{day:02}T12:00:00+09:00", 1000 * month + day, "count")
         for month in (4, 5) for day in range(1, 11)]  # fmt: skip


def cited(answer: Answer) -> list[dict[str, Any]]:
    assert all(isinstance(one, SampleCitation) for one in answer.citations)
    return [one.json() for one in answer.citations]


def test_an_average_names_its_series_and_period(living: Living) -> None:
    answer = living(*WEIGHTS)("What was my average weight in May 2024?")
    (one,) = cited(answer)
    assert answer.text.endswith("[1]")
    assert (one["source"], one["time"], one["id"]) == ("watch", "2024-05-01/2024-05-20", None)
    assert one["series"] == {"metric": "body_mass", "unit": "kg", "device": None, "n": 20}


def test_the_highest_value_names_the_very_sample_and_where_it_was_read(living: Living) -> None:
    (one,) = cited(living(*WEIGHTS)("2024년 5월에 몸무게 가장 많이 나간 게 언제야?"))
    assert (one["time"], one["value"]) == ("2024-05-20T07:00:00+09:00", 62.0)
    assert one["origin"]["locator"]


def test_the_highest_day_names_the_samples_of_that_day(living: Living) -> None:
    (one,) = cited(living(*STEPS)("On which day in May 2024 did I walk the most steps?"))
    assert (one["time"], one["series"]["n"]) == ("2024-05-10", 1)


def test_a_comparison_names_the_samples_of_both_periods(living: Living) -> None:
    answer = living(*STEPS)("2024년 4월이랑 5월 중에 언제 더 많이 걸었어?")
    assert [one["time"] for one in cited(answer)] == ["2024-04-01/2024-04-10", "2024-05-01/2024-05-10"]
    assert "[1][2]" in answer.text


def test_each_sentence_names_its_own_samples(living: Living) -> None:
    lines = [sample(f"blood_pressure_{part}", f"2024-05-{day:02}T07:00:00+09:00", value, "mmHg")
             for part, value in (("systolic", 120), ("diastolic", 80)) for day in (1, 2)]  # fmt: skip
    answer = living(*lines)("What was my average blood pressure in May 2024?")
    assert answer.text.index("[1]") < answer.text.index("diastolic") < answer.text.index("[2]")


def test_what_is_stamped_in_bare_utc_is_of_the_owner_s_day(vault: Vault, take_in: Callable[..., object]) -> None:
    take_in(vault, [sample("steps", "2024-05-01T20:00:00Z", 900, "count")])  # 05:00 on 2 May in Seoul
    assert [value.day for value in Samples(vault, metric_of("steps")).days()] == [date(2024, 5, 2)]


def test_the_owner_s_clock_follows_its_summer_time(vault: Vault, take_in: Callable[..., object]) -> None:
    vault.set("zone", "America/New_York")
    take_in(vault, [
        sample("steps", "2024-01-10T04:30:00Z", 1, "count"),  # 23:30 on 9 January
        sample("steps", "2024-07-10T04:30:00Z", 2, "count"),  # 00:30 on 10 July
    ])  # fmt: skip
    found = Samples(vault, metric_of("steps")).days()
    assert [value.day for value in found] == [date(2024, 1, 9), date(2024, 7, 10)]


def test_how_many_steps_in_a_month_are_all_of_them_together(living: Living) -> None:
    ask = living(*STEPS)
    assert "50,055" in ask("How many steps did I walk in May 2024?").text
    assert "50,055" in ask("2024년 5월에 몇 걸음 걸었어?").text


def test_months_said_with_their_year_once_are_of_that_year(living: Living) -> None:
    ask = living(*STEPS)
    for question in ("Did I walk more in April or May 2024?", "2024년 4월이랑 5월 중에 언제 더 많이 걸었어?"):
        assert [str(span.since) for span in ask(question).plan.spans] == ["2024-04-01", "2024-05-01"]


def test_a_course_of_months_is_not_drawn_out_to_a_year(living: Living) -> None:
    text = living(*STEPS, sample("steps", "2024-06-05", 6000, "count"))("How did my steps change in 2024?").text
    assert "rose" in text and "a year" not in text
