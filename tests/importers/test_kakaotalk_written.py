"""Whatever KakaoTalk writes, in any dialect, is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers.kakaotalk_chats import KAKAO, said, write

from darak.importers.chats.kakaotalk.dialects import notice_of
from darak.records.record import nfc


def clock(moment: datetime) -> str:
    return f"{'오전' if moment.hour < 12 else '오후'} {moment.hour % 12 or 12}:{moment.minute:02d}"


def korean(moment: datetime) -> str:
    return f"{moment.year}년 {moment.month}월 {moment.day}일"


def weekday(moment: datetime) -> str:
    return f"{korean(moment)} {'월화수목금토일'[moment.weekday()]}요일"


WRITERS: dict[str, tuple[Callable[[datetime], str], Callable[[datetime, str, str], str]]] = {
    "android": (lambda t: f"\n{korean(t)} {clock(t)}", lambda t, who, text: f"{korean(t)} {clock(t)}, {who} : {text}"),
    "ios new": (
        lambda t: weekday(t),
        lambda t, who, text: f"{t.year}. {t.month}. {t.day}. {clock(t)}, {who} : {text}",
    ),
    "ios old": (lambda t: f"\n{weekday(t)}", lambda t, who, text: f"{clock(t)}, {who} : {text}"),
    "ios english": (
        lambda t: f"\n{t:%A, %B} {t.day}, {t.year}",
        lambda t, who, text: f"{t:%b} {t.day}, {t.year} at {t:%H:%M}, {who} : {text}",
    ),
    "windows": (
        lambda t: f"--------------- {weekday(t)} ---------------",
        lambda t, who, text: f"[{who}] [{clock(t)}] {text}",
    ),
}
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd")
# A phone calls its owner so.
OWNERS = ("회원님", "you")
NAMES = (
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)
    .map(nfc)
    .filter(lambda name: name not in OWNERS)
)
# KakaoTalk separates days by empty lines, so a blank end of a message is not to be told from them; nor is a line that
# KakaoTalk says itself.
TEXTS = (
    st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=4)
    .filter(lambda lines: len(lines) == 1 or bool(lines[-1].strip()))
    .filter(lambda lines: not any(map(notice_of, lines)))
    .map("\n".join)
)
CHATS = st.lists(st.tuples(st.integers(0, 3000), NAMES, TEXTS), min_size=1, max_size=8)


@pytest.mark.parametrize("dialect", WRITERS)
@given(chat=CHATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(
    dialect: str, chat: list[tuple[int, str, str]], tmp_path: Path, read: Callable
) -> None:
    divide, line = WRITERS[dialect]
    moment, out, expected = datetime(2024, 2, 27, 22, 30), ["방 님과 카카오톡 대화", "저장한 날짜 : 나중", ""], []
    day = None
    for minutes, who, text in chat:
        moment += timedelta(minutes=minutes)
        if moment.date() != day:
            out.append(divide(moment))
            day = moment.date()
        out.append(line(moment, who, text))
        expected.append((moment.isoformat(timespec="minutes"), who, text))
    reading = read(KAKAO, write(tmp_path, "\n".join(out) + "\n"))
    assert said(reading.records) == expected
    assert not reading.bad and not reading.flaws


@given(chat=CHATS, quoted=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_as_csv_is_read_back(
    chat: list[tuple[int, str, str]], quoted: bool, tmp_path: Path, read: Callable
) -> None:
    moment, out, expected = datetime(2024, 2, 27, 22, 30), ["Date,User,Message"], []
    for minutes, who, text in chat:
        moment += timedelta(minutes=minutes)
        name = f'"{who}"' if quoted else who
        field = '"' + text.replace('"', '""') + '"'
        out.append(f"{moment:%Y-%m-%d %H:%M:%S},{name},{field}")
        expected.append((moment.isoformat(timespec="seconds"), who, text))
    reading = read(KAKAO, write(tmp_path, "\n".join(out) + "\n", "방.csv"))
    assert said(reading.records) == expected
    assert not reading.bad and not reading.flaws
