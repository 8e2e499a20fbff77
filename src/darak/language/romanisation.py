"""Hangul names in Latin letters: the Revised Romanisation, and the spellings that people really use."""

from functools import cache, lru_cache
from itertools import product

from darak.language.hangul import parts
from darak.language.word_list import word_list

# In the order of Unicode.
_FIRST = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWEL = {
    "ㅏ": "a",
    "ㅐ": "ae",
    "ㅑ": "ya",
    "ㅒ": "yae",
    "ㅓ": "eo",
    "ㅔ": "e",
    "ㅕ": "yeo",
    "ㅖ": "ye",
    "ㅗ": "o",
    "ㅘ": "wa",
    "ㅙ": "wae",
    "ㅚ": "oe",
    "ㅛ": "yo",
    "ㅜ": "u",
    "ㅝ": "wo",
    "ㅞ": "we",
    "ㅟ": "wi",
    "ㅠ": "yu",
    "ㅡ": "eu",
    "ㅢ": "ui",
    "ㅣ": "i",
}
_FINAL = {
    **dict.fromkeys("ㄱㄲㄳㄺㅋ", "k"),
    **dict.fromkeys("ㄴㄵㄶ", "n"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "t"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "l"),
    **dict.fromkeys("ㅁㄻ", "m"),
    **dict.fromkeys("ㅂㅄㅍㄿ", "p"),
    "ㅇ": "ng",
    "": "",
}
# Family names are spelt by custom; the first is the most common.
_FAMILY = {
    entry[0]: tuple(entry[1:].split("/"))
    for entry in word_list(
        "김kim/gim 이lee/yi/rhee 박park/bak/pak 최choi/choe 정jung/jeong/chung 조cho/jo 강kang/gang",
        "윤yoon/yun 장jang/chang",
        "임lim/im 오oh/o 서seo/suh 신shin/sin 권kwon/gwon 안ahn/an 유yoo/yu/ryu 전jeon/jun 고ko/go 문moon/mun",
        "백baek/paik",
        "허heo/hur 심shim/sim 노noh/roh/no 곽kwak/gwak 성sung/seong 주joo/ju 우woo/u 구koo/gu/ku 류ryu/yoo 엄eom/um",
        "천cheon/chun 공kong/gong 현hyun/hyeon 변byun/byeon 추choo/chu 선sun/seon 명myung/myeong 기ki/gi 금keum/geum",
    )
}
# Syllables of given names whose usual spelling differs from the rules.
_GIVEN = {
    entry[0]: entry[1:]
    for entry in word_list(
        "수soo 준joon 영young 현hyun 정jung 성sung 우woo 희hee 경kyung 선sun 철chul 훈hoon 주joo 유yoo 기ki 건gun",
        "규kyu 범bum 석suk 형hyung 연yun 근keun 구koo 국kook 용yong 순soon 숙sook 옥ok 균kyun",
    )
}


def romanised(word: str) -> str:
    """The Revised Romanisation of Hangul syllables, each for itself, as in names: 민수 -> minsu."""
    letters = ""
    for char in word:
        first, vowel, final = parts(char)
        letters += _FIRST[first] + _VOWEL[vowel] + _FINAL[final]
    return letters


@lru_cache(maxsize=4096)
def given_spellings(given: str) -> tuple[str, ...]:
    """How a given name may be spelt: 준영 -> junyeong, joonyoung, …"""
    choices = [dict.fromkeys((romanised(char), _GIVEN.get(char, romanised(char)))) for char in given]
    return tuple("".join(choice) for choice in product(*choices))


def family_spellings(family: str) -> tuple[str, ...]:
    """How a family name may be spelt: 이 -> lee, yi, rhee."""
    return _FAMILY.get(family, (romanised(family),))


def is_romanised(name: str) -> bool:
    """Whether a name in Latin letters has a Korean family name, first or last: Seoyun Ryu, Lee Jieun."""
    words = name.lower().split()
    return len(words) > 1 and bool({words[0], words[-1]} & _all_families())


@cache
def _all_families() -> frozenset[str]:
    return frozenset(spelling for spellings in _FAMILY.values() for spelling in spellings)
