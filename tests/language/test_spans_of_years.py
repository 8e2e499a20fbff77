"""Two years with a dash between them are one period; numbers that only look so are not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from darak.language.dates import find_periods

NOW = datetime(2025, 6, 1, 12, 0)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("the theatre, 1660-1669", date(1660, 1, 1), date(1670, 1, 1)),
        ("2018–2020 yoga", date(2018, 1, 1), date(2021, 1, 1)),
        ("2019~2021 여행", date(2019, 1, 1), date(2022, 1, 1)),
    ],
)
def test_years_with_a_dash_are_one_period(text: str, since: date, until: date) -> None:
    (found,) = find_periods(text, NOW)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize("text", ["call 1588-1500", "room 1701-1702", "2020-01-1999-4 is the code"])
def test_numbers_that_go_down_or_name_a_room_are_no_years(text: str) -> None:
    assert not any(one.until.year - one.since.year > 1 for one in find_periods(text, NOW))
