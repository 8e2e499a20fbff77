"""Korean particles, and how Korean and English write dates, clocks and money."""

from __future__ import annotations

import re
from datetime import date, datetime

_PAIRS = {
    "을": ("을", "를"), "은": ("은", "는"), "이": ("이", "가"), "과": ("과", "와"), "이랑": ("이랑", "랑"),
    "으로": ("으로", "로"), "아": ("아", "야"), "이야": ("이야", "야"), "이네": ("이네", "네"),
    "이에요": ("이에요", "예요"), "이라": ("이라", "라"), "이었": ("이었", "였"), "이나": ("이나", "나"),
    "이고": ("이고", "고"), "이지": ("이지", "지"), "이라고": ("이라고", "라고"), "이란": ("이란", "란"),
    "이라서": ("이라서", "라서"), "이래": ("이래", "래"), "이던데": ("이던데", "던데"), "_": ("이", ""),
}
PARTICLES = frozenset(_PAIRS)
_DIGIT_FINALS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
_LETTER_FINALS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "b": "ㅂ", "k": "ㄱ", "p": "ㅂ", "t": "ㅅ", "g": "ㅇ"}
_HANGUL = re.compile("[가-힣]")
_WEEKDAYS = "월화수목금토일"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _final(text: str) -> str:
    """The final consonant of the last syllable: "" when there is none, "ㄹ" for rieul, another mark otherwise."""
    last = next((c for c in reversed(text) if c.isalnum()), "")
    if "가" <= last <= "힣":
        index = (ord(last) - 0xAC00) % 28
        return "" if index == 0 else "ㄹ" if index == 8 else "x"
    return _DIGIT_FINALS.get(last) or _LETTER_FINALS.get(last.lower(), "")


def particle(before: str, name: str) -> str:
    """The form of the particle `name` (given as after a consonant) that fits the text before it."""
    closed, open_ = _PAIRS[name]
    final = _final(before)
    if name == "으로" and final == "ㄹ":
        return open_
    return closed if final else open_


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


def date_ko(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def date_en(day: date) -> str:
    return f"{day.day} {month_en(day.month)} {day.year}"


def month_en(month: int) -> str:
    return _MONTHS[month - 1]


def weekday_ko(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}요일"


def weekday_en(day: date) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]


def clock_ko(moment: datetime) -> str:
    """The clock of KakaoTalk in Korean: `오후 3:05`; midnight is `오전 12`, noon `오후 12`."""
    half = "오전" if moment.hour < 12 else "오후"
    return f"{half} {moment.hour % 12 or 12}:{moment.minute:02}"
