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

# A year from 1000 to 1899 in digits, where it counts nothing: not 1500 steps, 1200 won, 1800 hours, 1400%.
OLD_YEAR = (
    r"1[0-8]\d\d(?![\w:]|[.,/:\-]\d|\s*[%°$€£₩]|\s+(?!(?:was|is|as|has|does|his|this)\b)(?-i:[a-z]+s)\b"
    r"|\s*(?:won|krw|usd|eur|people|kcal|km|kg|mb|gb|ml|m|px|square|more|원|명|개|번|보)\b)"
)
FEW = 0  # the value of "a few" and "몇"
_VAGUE = ("few", "several", "some", "many")

# What may be a number; the functions below tell whether it is one. Short, because dates use them many times over.
ENGLISH_NUMBER = r"\d{1,4}|(?:a\s+)?couple(?:\s+of)?|(?:a\s+)?few|[a-z]+"
KOREAN_NUMBER = r"\d{1,4}|[하한두둘세셋석서네넷넉다섯여일곱덟아홉열스물무른마흔쉰이삼사오육칠팔구십나몇]{1,4}"


def english_number(text: str) -> int | None:
    """The value of an English number: digits, a word up to fifty, FEW for a vague one; None for other words."""
    word = re.sub(r"^a\s+(?=couple|few)|\s+of$", "", text.strip().lower())
    if word in _VAGUE:
        return FEW
    return int(word) if word.isdecimal() else _ENGLISH.get(word)


def korean_number(text: str) -> int | None:
    """The value of a Korean number, native (`열두`) or Sino-Korean (`십이`), FEW for `몇`; None for other words."""
    if text == "몇":
        return FEW
    if text.isdecimal():
        return int(text)
    if text in _SINO:
        return _SINO[text]
    if "십" in text:
        tens, _, ones = text.partition("십")
        known = (not tens or tens in _SINO) and (not ones or ones in _SINO)
        return 10 * _SINO.get(tens, 1) + _SINO.get(ones, 0) if known else None
    for tens, value in _NATIVE_TENS.items():
        if text.startswith(tens):
            ones = text[len(tens) :]
            return value + _NATIVE_ONES[ones] if ones in _NATIVE_ONES else None if ones else value
    return _NATIVE_ONES.get(text)
