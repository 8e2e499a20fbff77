"""Small numbers in words: `two`, `a couple of`, `세`, `열두`, `십오`."""

import re

_ENGLISH = {
    word: value
    for value, words in {
        1: "a an one",
        2: "two couple",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
    }.items()
    for word in words.split()
}
_NATIVE_ONES = {
    "한": 1,
    "하나": 1,
    "두": 2,
    "둘": 2,
    "세": 3,
    "셋": 3,
    "석": 3,
    "서": 3,
    "네": 4,
    "넷": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
_NATIVE_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50}
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}

_native = "|".join(sorted(_NATIVE_ONES, key=len, reverse=True))
_tens = "|".join(_NATIVE_TENS)

ENGLISH_NUMBER = rf"\d{{1,4}}|(?:a\s+)?couple(?:\s+of)?|{'|'.join(sorted(_ENGLISH, key=len, reverse=True))}"
_sino = "[일이삼사오육칠팔구]"
KOREAN_NUMBER = rf"\d{{1,4}}|(?:{_tens})(?:{_native})?|{_native}|{_sino}?십{_sino}?|{_sino}"


def english_number(text: str) -> int | None:
    """The value of what `ENGLISH_NUMBER` matched; `a couple of` is 2."""
    word = re.sub(r"^a\s+(?=couple)|\s+of$", "", text.strip().lower())
    return int(word) if word.isdecimal() else _ENGLISH.get(word)


def korean_number(text: str) -> int | None:
    """The value of what `KOREAN_NUMBER` matched, native (`열두`) or Sino-Korean (`십이`)."""
    if text.isdecimal():
        return int(text)
    if text in _SINO:
        return _SINO[text]
    if "십" in text:
        tens, _, ones = text.partition("십")
        return 10 * _SINO.get(tens, 1) + _SINO.get(ones, 0)
    for tens, value in _NATIVE_TENS.items():
        if text.startswith(tens):
            return value + _NATIVE_ONES.get(text[len(tens) :], 0)
    return _NATIVE_ONES.get(text)
