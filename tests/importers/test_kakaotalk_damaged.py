"""KakaoTalk chats that are cut off, damaged or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.importers.kakaotalk_chats import ANDROID, EXPECTED, KAKAO, WINDOWS, said, write

from darak.importers.chats.kakaotalk.survey import longest_rise


@pytest.mark.parametrize("dialect", EXPECTED)
def test_a_file_that_is_cut_anywhere_keeps_what_stands_before(dialect: str, tmp_path: Path, read: Callable) -> None:
    text, expected, _ = EXPECTED[dialect]
    data = text.encode()
    for size in range(len(data) // 2, len(data)):
        reading = read(KAKAO, write(tmp_path, data[:size]))
        if not reading.matches:
            continue
        got = said(reading.records)
        assert got[:-1] == expected[: len(got) - 1] if got else True
        assert len(reading.bad) <= 1


@pytest.mark.parametrize("dialect", EXPECTED)
@pytest.mark.parametrize("byte", [0x00, 0x41, 0xFF])
def test_one_damaged_byte_costs_at_most_one_message(dialect: str, byte: int, tmp_path: Path, read: Callable) -> None:
    text, expected, _ = EXPECTED[dialect]
    data = text.encode()
    body = data.index(b"\n\n") if b"\n\n" in data[:200] else 0
    for position in range(body, len(data)):
        # A lost line ending joins two messages, and a lost date takes the date of its whole day with it.
        line = data[data.rfind(b"\n", 0, position) + 1 : data.find(b"\n", position)]
        if data[position : position + 1] == b"\n" or b"---" in line or "요일" in line.decode("utf-8", "replace"):
            continue
        reading = read(KAKAO, write(tmp_path, data[:position] + bytes([byte]) + data[position + 1 :]))
        lost = Counter(expected) - Counter(said(reading.records))
        assert lost.total() <= 1
        assert len(reading.bad) <= 1


def test_a_damaged_divider_takes_the_date_from_its_messages_and_says_so(tmp_path: Path, read: Callable) -> None:
    reading = read(KAKAO, write(tmp_path, WINDOWS.replace("2024년 1월 2일", "2024년 1x 2일")))
    assert [row.code for row in reading.bad] == ["damaged-date"]
    assert reading.records[-1].time.local is None and reading.records[-1].text == "좋은 아침"


def test_one_endless_line_is_cut_and_told(tmp_path: Path, read: Callable) -> None:
    text = ANDROID.replace("올해도 끝", "x" * 3_000_000)
    reading = read(KAKAO, write(tmp_path, text))
    assert [flaw.code for flaw in reading.flaws] == ["line-too-long"]
    assert len(reading.records) == 3 and len(reading.records[0].text) < 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\n2024년 1월 1일 오전 9:00, 가온 : 이런 줄이 하나\n" + "다른 글\n" * 20,
        "Date,Amount,Memo\n2024-01-01,100,x\n",
        "[1/2/24, 10:00:00] Gaon: WhatsApp\n[1/2/24, 10:01:00] Mir: yes\n",
    ],
)
def test_other_files_are_left_alone(text: str, tmp_path: Path, read: Callable) -> None:
    assert not read(KAKAO, write(tmp_path, text)).matches


def test_the_longest_rise_takes_the_earliest_days_it_can() -> None:
    days = [date(2024, 1, day) for day in (1, 9, 2, 3, 3, 1, 4)]
    assert longest_rise(days) == [0, 2, 3, 6]
    assert longest_rise([]) == []
