"""Questions as they are typed: Korean words run together, ㅆ written as ㅅ, English without its apostrophes."""

from __future__ import annotations

import re
from collections.abc import Callable

from darak.answers.question.korean_words import is_verb
from darak.answers.question.spacing import spaced
from darak.language.hangul import final, parts, with_final
from darak.language.word_list import word_list

_HANGUL = re.compile("[가-힣]{3,}")
_ASKING = re.compile(
    r"(?P<before>[가-힣]{2,}?)(?P<asks>(?:언제|어디|누구|누가|누굴|무슨|어떤|얼마|며칠|몇|뭐|뭘|왜|어떻게)[가-힣]*)"
)
# 뭐먹었어, 언제샀지: a verb right behind the word that asks; not 뭐였지, 언제까지, 몇번이나.
_ASKED = re.compile(
    r"(?P<asks>언제|어디서?|누구랑?|누가|얼마나?|몇\s?번|뭐|뭘|왜)"
    r"(?!였|이[야지에었니냐다]|예|야|에|까지|부터|쯤|[가는은도를]\s|나\b|든|더|니|냐|지|인|일|라|로|하고\b|랑|서)(?P<verb>[가-힣]{2,})"
)
_IS = re.compile(r"\b(when|what|where|who|how)s\b(?=\s)", re.IGNORECASE)
_NOT = re.compile(r"\b(did|do|does|was|were|is|are|have|has|had|could|would|should)nt\b", re.IGNORECASE)
_OF_PAST = "ㅏㅐㅓㅔㅕㅘㅙㅝㅣ"
_NO_PAST = frozenset("못맛옷것곳첫뜻웃씻빗벗붓짓낫잇긋젓솟뺏")
"""Syllables that end in ㅅ by right."""
_SHORT = {
    "현": "현재",
    "젤": "제일",
    "담": "다음",
    "첨": "처음",
    "첨으로": "처음으로",
    "낼": "내일",
    "울집": "우리 집",
    "우리집": "우리 집",
}
_SHORT_ENGLISH = {
    **dict.fromkeys(("wen", "wn"), "when"),
    **dict.fromkeys(("wat", "wut", "wot"), "what"),
    **dict.fromkeys(("tmrw", "tmr", "tmrrw", "2moro", "2morrow"), "tomorrow"),
    **dict.fromkeys(("yday", "ystd", "yest"), "yesterday"),
    **dict.fromkeys(("fav", "fave"), "favourite"),
    **dict.fromkeys(("appt", "apptmt"), "appointment"),
    **dict.fromkeys(("wkend", "wknd"), "weekend"),
    **dict.fromkeys(("pic", "pics"), "photos"),
    **dict.fromkeys(("pls", "plz"), "please"),
    "2day": "today", "hwo": "how", "gonna": "going to", "wanna": "want to", "gotta": "have to", "msg": "message",
    "msgs": "messages", "addr": "address", "pw": "password", "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years",
    "mth": "month", "bc": "because", "abt": "about", "hrs": "hours", "mins": "minutes", "xmas": "christmas",
    "dob": "date of birth", "resto": "restaurant", "b4": "before", "thx": "thanks", "u": "you", "ur": "your",
    "r": "are", "n": "and", "im": "i'm", "ive": "i've", "ppl": "people", "govt": "government",
}  # fmt: skip
"""What is written in chats for short."""
_ENGLISH_SHORTENED = re.compile(rf"(?<![\w'’.@/-])(?:{'|'.join(_SHORT_ENGLISH)})(?![\w'’.@/-])")
_NOISE = re.compile(
    r"[ㄱ-ㅎㅏ-ㅣ]{2,}|(?<=[가-힣\s])[ㄱ-ㅎㅏ-ㅣ](?=[\s?!.~]|$)|[~^;]{2,}|~(?=\s|$)|\b(?:lol|lmao|omg|haha(?:ha)*|btw)\b",
    re.IGNORECASE,
)
"""What is typed for the mood: ㅋㅋ, ㅠㅠ, ㄹㅇ, lol."""
_SHORTENED = re.compile(
    r"(?<![가-힣])(?:(?P<word>현(?=\s(?:직장|회사|집))|젤|담|첨으로|첨|낼|울집|우리집)(?=\s|에|이|은|$)|(?P<this>요번)|(?P<week>담)(?=주|달))"
)
# 산게, 약속한거, 잃어버린적: a verb with the noun behind it.
_MADE_NOUN = re.compile(
    r"(?<![가-힣])(?P<verb>[가-힣]+)(?P<noun>거|게|것|건|걸|적|데|날|때|곳|지)(?P<end>[이은을도]?|에|에서|야|들)(?=\s|[?？.!]|$)"
)
_SHORT_VERBS = word_list("산 간 온 본 한 된 할 갈 올 볼 살 판 탄 준 쓴 잔 난 낸")
# 먹으라고했지, 준다고그랬어: what was said, and that it was.
_QUOTES = re.compile(r"(?<=[가-힣](?:라고|다고|자고|냐고))(?=(?:했|하셨|하신|그랬|말했|하던|한\s))")
_GOES_ON = re.compile(r"(?<=[가-힣]고)(?=(?:있|싶)[가-힣])")
_PAST = re.compile(
    r"(?<!빼)(?P<past>[가-힣])(?=(?:어|지|더라?|니|나|는|던|냐|음|을)[가-힣]{0,3}(?:\s|[?？.!~ㅋㅠ]|$)|다[왓왔오온올])"
)
# 입사일, 미팅 일시: the day of something, asked for in a noun.
_DAY_OF = re.compile(
    r"(?P<deed>입사|퇴사|이사|결혼|가입|구매|구입|출발|도착|마감|갱신|방문|수술|시험|발표|납부|계약|제출|출국|입국|졸업|입학|면접"
    r"|진료|입양|개업|배송)일(?=[은이]?\s*(?:언제\S*|며칠\S*|알려\S*|[?？]|$))|(?<=\s)일시(?=\s*(?:[?？]|$))"
)
_WENT = re.compile(r"갔다\s?(?=[왔온오올])")


def tidied(text: str, is_name: Callable[[str], bool]) -> str:
    """The text as it is meant: 엄마생일언제야 -> 엄마 생일 언제야, 갓어 -> 갔어, whens -> when's."""
    if plain := " ".join(_NOISE.sub(" ", text).split()):
        text = plain
    text = _ENGLISH_SHORTENED.sub(lambda match: _SHORT_ENGLISH[match[0]], text)
    text = _NOT.sub(r"\1n't", _IS.sub(r"\1's", text))
    text = _WENT.sub("다녀", _PAST.sub(_past, text))
    text = _DAY_OF.sub(lambda match: f"{match['deed'] or ''} 날짜".strip(), _SHORTENED.sub(_written_out, text))
    text = _GOES_ON.sub(" ", _MADE_NOUN.sub(_noun_apart, text))
    text = _HANGUL.sub(lambda match: _ASKING.sub(r"\g<before> \g<asks>", match[0], count=1), text)
    text = _QUOTES.sub(" ", _ASKED.sub(_verb_apart, text))
    return _HANGUL.sub(lambda match: spaced(match[0], is_name), text)


def _past(match: re.Match[str]) -> str:
    """갓어 -> 갔어: a past tense that is typed with ㅅ."""
    char = match["past"]
    mistyped = final(char) == "ㅅ" and parts(char)[1] in _OF_PAST and char not in _NO_PAST
    if char in "됫됬":
        return "됐"
    return with_final(char, "ㅆ") if mistyped else char


def _written_out(match: re.Match[str]) -> str:
    return "이번" if match["this"] else "다음" if match["week"] else _SHORT[match["word"]]


def _noun_apart(match: re.Match[str]) -> str:
    verb = match["verb"]
    known = verb in _SHORT_VERBS if len(verb) == 1 else final(verb[-1]) in ("ㄴ", "ㄹ") and is_verb(verb)
    return f"{verb} {match['noun']}{match['end']}" if known else match[0]


def _verb_apart(match: re.Match[str]) -> str:
    return f"{match['asks']} {match['verb']}" if is_verb(match["verb"]) else match[0]
