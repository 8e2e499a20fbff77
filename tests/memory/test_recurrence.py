"""Rules of repetition, against those of a library that knows them all."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.memory.recurrence import days_of, read_rule

_DAY = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
_STARTS = st.dates(date(2019, 1, 1), date(2021, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    if frequency in ("MONTHLY", "YEARLY"):
        which = draw(st.sampled_from(["", "BYMONTHDAY", "BYDAY", "nth", "last"]))
        if which == "BYMONTHDAY":
            days = draw(st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3, unique=True))
            parts.append("BYMONTHDAY=" + ",".join(map(str, days)))
        elif which == "nth":
            parts.append(f"BYDAY={draw(st.sampled_from([1, 2, 3, 4, 5, -1, -2]))}{draw(_DAY)}")
        elif which:
            parts.append("BYDAY=" + ",".join(draw(st.lists(_DAY, min_size=1, max_size=5, unique=True))))
            parts += ["BYSETPOS=-1"] if which == "last" else []
    elif draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(_DAY, min_size=1, max_size=5, unique=True))))
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3)))))
    if draw(st.booleans()):
        parts.append(f"WKST={draw(_DAY)}")
    return ";".join(parts)


def _comes_true(text: str) -> bool:
    """What may never come true the library looks for until the year 9999: the 31st of April, a Sunday that is a Monday
    and some weeks."""
    never_a_date = "BYMONTHDAY" in text and "BYMONTH=" in text
    return not never_a_date and ("DAILY;INTERVAL=1" in text or "DAILY" not in text or "BYDAY" not in text)


@settings(max_examples=150, deadline=None)
@given(rules().filter(_comes_true), _STARTS)
def test_a_rule_gives_the_days_that_the_library_gives(text: str, start: date) -> None:
    rule = read_rule(text)
    assert rule is not None
    until = date(2026, 1, 1)
    theirs = rrulestr(text, dtstart=datetime.combine(start, datetime.min.time()))
    expected = [one.date() for one in theirs.between(datetime(2018, 1, 1), datetime(2025, 12, 31, 1), inc=True)]
    assert list(days_of(rule, start, until)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=9",
        "FREQ=YEARLY;BYMONTH=13",
    ],
)
def test_what_never_comes_is_no_endless_search(text: str) -> None:
    rule = read_rule(text)
    assert rule is not None
    began = time.process_time()
    assert list(days_of(rule, date(1990, 1, 2), date(2040, 1, 1))) == []
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text", ["", ";", "FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;COUNT=x",
             "FREQ=YEARLY;BYWEEKNO=20", "RRULE", "FREQ=DAILY;WKST=?"]
)  # fmt: skip
def test_what_is_no_rule_or_not_read_is_none(text: str) -> None:
    assert read_rule(text) is None
