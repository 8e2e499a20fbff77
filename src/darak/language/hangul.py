"""Hangul syllables as first consonant, vowel and final consonant (Unicode, chapter 3.12)."""

_BASE, _VOWEL_COUNT, _FINAL_COUNT = 0xAC00, 21, 28
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def is_hangul(text: str) -> bool:
    """Whether a text is all Hangul syllables, and not empty."""
    return bool(text) and all("가" <= char <= "힣" for char in text)


def parts(syllable: str) -> tuple[int, str, str]:
    """The number of the first consonant, the vowel, and the final consonant or an empty text."""
    code = ord(syllable) - _BASE
    final = FINALS[code % _FINAL_COUNT].strip()
    return code // (_VOWEL_COUNT * _FINAL_COUNT), VOWELS[code // _FINAL_COUNT % _VOWEL_COUNT], final


def syllable(first: int, vowel: str, final: str = "") -> str:
    """The syllable of a first consonant's number, a vowel and a final consonant."""
    number = (first * _VOWEL_COUNT + VOWELS.index(vowel)) * _FINAL_COUNT + FINALS.index(final or " ")
    return chr(_BASE + number)


def final(char: str) -> str:
    """The final consonant of a syllable; empty without one and for anything but a syllable."""
    return parts(char)[2] if "가" <= char <= "힣" else ""


def with_final(char: str, consonant: str) -> str:
    """The syllable with another final consonant; an empty one takes it away."""
    first, vowel, _ = parts(char)
    return syllable(first, vowel, consonant)
