"""A series is drawn as bars on the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from darak.answers.answer import Point, Series
from darak.cli.chart import draw


def series(*values: float, unit: str = "mmHg", labels: tuple[str, ...] = ()) -> Series:
    names = labels or tuple(f"p{number}" for number in range(len(values)))
    return Series(
        "blood pressure", unit, tuple(Point(name, value, 1) for name, value in zip(names, values, strict=True))
    )


def bars(text: str) -> list[int]:
    return [line.count("█") for line in text.splitlines()[1:]]


def test_the_title_names_the_unit() -> None:
    assert draw(series(10, 100)).splitlines()[0] == "blood pressure (mmHg)"
    assert draw(series(10, 100, unit="")).splitlines()[0] == "blood pressure"


def test_bars_are_as_long_as_their_values() -> None:
    assert bars(draw(series(25, 50, 100))) == [8, 16, 32]


def test_bars_of_close_values_begin_above_zero_and_say_where() -> None:
    text = draw(series(120, 124, 128))
    assert "│ = 116.0" in text.splitlines()[0]
    assert all("│" in line for line in text.splitlines()[1:])
    short, middle, long = bars(text)
    assert short < middle < long


def test_thousands_are_written_without_decimals() -> None:
    assert draw(series(4000, 9000)).endswith("9,000")


def test_korean_and_english_labels_stand_in_one_column() -> None:
    first, second = draw(series(10, 10, labels=("2024년", "2024 ab"))).splitlines()[1:]
    assert first.index("█") + 1 == second.index("█")  # a Korean syllable takes two columns


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=12))
def test_any_values_are_drawn_one_line_each_within_the_width(values: list[float]) -> None:
    text = draw(series(*values))
    assert len(text.splitlines()) == len(values) + 1
    assert all(count <= 32 for count in bars(text))
