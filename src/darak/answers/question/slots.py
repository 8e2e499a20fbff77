"""What an answer should look like: a price, a duration, a score. The words that ask for it need not be in a record,
its value must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of value: how questions ask for it, the words that only name it, and how a text states it."""

    name: str
    asks: re.Pattern[str]
    words: frozenset[str]
    value: re.Pattern[str]


MONEY = (
    r"\d[\d,.]*\s*(?:억|천만|백만|만|천)?\s*원|(?:[₩$€£¥]\s?\d[\d,.]*\d?)"
    r"|\b\d[\d,.]*\s*(?:won|krw|usd|eur|dollars?|euros?|pounds?|yen|francs?|shillings?)\b|[일이삼사오육칠팔구십백천만]{2,}\s*원"
)
_SINO = "한|두|세|네|다섯|여섯|일곱|여덟|아홉|열"
_COUNT_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half"

_TABLE = (
    # name, how it is asked, words that name it (Korean without particles), how it is stated
    ("clock", r"몇\s*시(?!간)|\bwhat\s+time\b|\b(?:day|date)\s+and\s+time\b|\bat\s+what\s+hour\b", "시각", r"\d{1,2}:\d\d|\d{1,2}\s*시|\b\d{1,2}\s*(?:am|pm|o'clock)\b"),
    ("weekday", r"무슨\s*요일|\b(?:what|which)\s+(?:weekday|day\s+of\s+the\s+week)\b", "요일 weekday", r"[월화수목금토일]요일|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"),
    ("times", r"몇\s*번\s*만에|\bhow\s+many\s+(?:tries|attempts)\b", "만 tries attempts", rf"(?:{_SINO}|\d+)\s*번|\b(?:first|second|third|fourth|fifth)\s+(?:try|attempt)|\b(?:{_COUNT_EN}|\d+)\s+(?:tries|attempts|times)"),
    ("title", r"(?:무슨|어떤|어느)\s*(?:책|소설|영화|노래|곡)|(?:책|소설|영화|노래|곡)(?:이|은|의)?\s*(?:뭐|제목|이름)|읽으라고|\b(?:what|which)\s+(?:book|novel|film|movie|song)\b|\bwhat\b.*\b(?:should|to)\s+(?:read|watch)\b",
        "책 소설 영화 제목 book novel film movie song title", r"[『《「“‘\"][^』》」”’\"]{2,60}[』》」”’\"]|(?:The|A|An)\s+(?:[A-Z][\w’'-]+\s*(?:of\s+|the\s+|and\s+|in\s+)*){1,6}|[A-Z][\w’'-]+(?:\s+(?:of|the|and|in|on)?\s*[A-Z][\w’'-]+)+"),
    ("score", r"몇\s*점|점수|\bscores?\b", "점수 점 score scores", r"\d+(?:\.\d+)?\s*점|\bscore[ds]?\b.*\d|\d+\s*(?:points?|/\s*\d+)"),
    ("temperature", r"몇\s*도|온도|\btemperature\b|\bhow\s+(?:hot|warm|cold)\b", "온도 기온 temperature degrees 적정", r"\d+(?:\.\d+)?\s*(?:도|°|℃|degrees?)"),
    ("nights", r"몇\s*박|\bhow\s+many\s+nights\b", "박 nights night", r"\d+\s*박|\b\d+\s+nights?\b"),
    ("duration", r"(?<!하루에\s)얼마나\s*(?:오래|걸|더\s*오래|하라|끓|굽|익|빨리)|몇\s*(?:분|시간|주|일|개월|박)|기록|\bhow\s+(?:long|fast|quickly|many\s+(?:minutes|hours|nights|days|weeks))\b|\b(?:finish(?:ing)?|race)\s+time\b",
        "기록 시간 동안 걸리 long fast quickly time minutes hours days weeks nights 오래",
        rf"\d+\s*(?:시간|분|초|박|주|일간|개월|일|년)|\d+:\d\d|\b(?:\d+|{_COUNT_EN}|an?)\s*-?(?:minutes?|mins?|hours?|hrs?|seconds?|nights?|days?|weeks?|months?|years?)\b|(?:일주일|이틀|사흘|나흘|열흘|보름|하루)"),
    ("length", r"몇\s*(?:미터|센티|cm|킬로|km)|높이|길이|거리가|\bhow\s+(?:high|tall|far|deep|wide)\b", "높이 길이 거리 high tall far height", r"\d+(?:[.,]\d+)?\s*(?:cm|mm|km|m|미터|센티|킬로|miles?|feet|ft|inch(?:es)?|metres?|meters?)\b"),
    ("weight", r"몇\s*(?:킬로그램|kg|그램)|무게|\bhow\s+heavy\b", "무게 heavy", r"\d+(?:[.,]\d+)?\s*(?:kg|g|그램|킬로|pounds?|lbs?)\b"),
    ("age", r"몇\s*살|나이|\bhow\s+old\b", "나이 살 old age", r"\d+\s*살|\b\d+\s*(?:years?\s+old|months?\s+old)\b"),
    ("dose", r"복용량|하루에\s*얼마나|\b(?:dose|dosage)\b|\bhow\s+much\b.*\b(?:a|per)\s+day\b", "복용량 용량 dose dosage daily", r"\d[\d,.]*\s*(?:mg|g|ml|iu|mcg|µg|알|정|포|pills?|tablets?|drops?|방울)\b"),
    ("model", r"모델|\bmodel\b", "모델 모델명 model number", r"\b(?=[\w-]*\d)[A-Z][\w-]*\d[\w-]*|\b[A-Z][a-z]+\s+\d+\b|[A-Za-z가-힣]+\s?\d+"),
    ("code", r"번호|배번|몇\s*번(?:이|인)|\b(?:bib|seat|gate|room|order|booking|flight|phone)\s+number\b|\bwhat\s+number\b|\bnumber\b", "번호 number 번", r"\d{2,}[\w-]*|[A-Z]+\d+"),
    ("amount", r"몇\s*(?:숟갈|스푼|컵|그램|개|잔|장|병|큰술|작은술)|\s양(?:이|은|을)?\s|수치|얼마나\s*(?:먹|들어|넣)|\bhow\s+(?:much|many)\s+(?!(?:\w+\s+)?(?:money|cash)\b|times|did|do|does|was|were|is|are|have|has|had|will|would|should|can|could|a\b|per\b|it\b)\w|\blevel\b|\breading\b|\bwhat\s+amount\b",
        "양 수치 개수 amount level reading spoons count quantity", rf"\d[\d,.]*|\b(?:{_COUNT_EN})\s+[a-z]+s\b|(?:{_SINO})\s?(?:숟갈|스푼|컵|개|잔|장|병|번|명|마리|권)"),
    ("money", r"얼마|가격|금액|월세|보증금|요금|비용|연봉|월급|축의금|\bhow\s+much\b|\b(?:price|cost|costs|rent|salary|fee|deposit)\b",
        "금액 가격 값 비용 요금 돈 price cost costs fee amount money charge bill much pay paid 회비", MONEY),
)  # fmt: skip


@cache
def _slots() -> tuple[Slot, ...]:
    flags = re.IGNORECASE
    return tuple(
        Slot(name, re.compile(asks, flags), frozenset(words.split()), re.compile(value, 0 if name in ("model", "code", "title") else flags))
        for name, asks, words, value in _TABLE
    )


_DATES = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:]+)?|\d{4}년(?:\s*\d+월)?(?:\s*\d+일)?|\b\d{1,2}\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{4})?", re.I)


def stated(slot: Slot, text: str, beside: str = "") -> str | None:
    """The first value of a slot that a text states, dates left aside, that does not stand in `beside`; None if none."""
    found = (match[0].strip() for match in slot.value.finditer(_DATES.sub(" ", text)))
    return next((value for value in found if value and value.lower() not in beside.lower()), None)


def find_slot(question: str) -> Slot | None:
    """The value that a question asks for; None when it asks for a name, a thing or a reason."""
    return next((slot for slot in _slots() if slot.asks.search(question)), None)


def slot_named(name: str | None) -> Slot | None:
    return next((slot for slot in _slots() if slot.name == name), None)
