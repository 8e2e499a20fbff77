"""Whose life a record tells of: a wedding that the owner was only asked to is not the owner's."""

from __future__ import annotations

import re
from collections.abc import Collection

from darak.answers.people import People

_STEP_OF_LIFE = re.compile(
    r"내\s*생일(?:이|은)?\s*언제|(?:내|작년|올해|재작년|지난|저번)\s*생일(?:에|날|때)|\bon\s+my\s+(?:\w+\s+)?birthday\b|결혼|장가|시집|졸업|입학|이혼|태어났|환갑|돌잔치"
    r"|\bwhen\s+(?:is|was)\s+my\s+birthday\b|\b(?:get|got|gotten|was|were|been)\s+(?:married|divorced|born)\b|\b(?:my|our|i|we)\b.*\b(?:wedding|marry|married"
    r"|graduat\w+|divorced?)\b",
    re.IGNORECASE,
)
_OF_LIVES = re.compile(
    r"결혼|장가|시집|졸업|입학|이혼|환갑|돌잔치|은퇴|\b(?:wedding|marr(?:y|ied|iage)|graduat\w+|divorced?|retire\w*)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(
    r"^(?:\W|아|와|오|헐)*(?:나|내|내가|난|제|제가|저|저는|전|우리|울)(?![가-힣]{3})|(?<![가-힣])(?:나|나는|내가|제가)(?=\s)|\b(?:I|I'm|I've|I'll|[Mm]y|me|[Mm]ine|[Oo]ur)\b"
)
CONGRATULATES = re.compile(r"축하|\b(?:happy\s+birthday|congrat\w+|many\s+happy\s+returns)\b", re.IGNORECASE)
BIRTHDAY = re.compile(r"생일|생신|귀빠진\s*날|태어나|\b(?:birthday|b-?day|born)\b", re.IGNORECASE)
_DAY_KO = r"(?:생일|생신|귀빠진\s*날|태어난\s*날)(?:날|날짜)?(?:이|은|이란|까지)?"
_ASKS_DAY_KO = r"언제|언젠|며칠|몇\s*[월일]|무슨\s*요일|날짜|남았|남은|디데이|d-?day|알려|알아|기억|모르"
_OF_DAY_EN = r"(?:part(?:y|ies)|presents?|gifts?|dinner|lunch|meal|cakes?|cards?|wish\w*|celebrat\w+|trip|song)\b"
_OF_DAY_KO = "선물|파티|잔치|케이크|카드|축하|때|모임|저녁|점심|밥|상|초대|여행"
_DAY_EN = r"(?:birth\s?day|b-?day|birth\s?date|date\s+of\s+birth)"
ASKS_OF_BIRTHDAY = re.compile(
    rf"{_DAY_KO}(?:\s|[?？]|$)(?!\s*(?:{_OF_DAY_KO})).*?(?:{_ASKS_DAY_KO})"
    rf"|(?:{_ASKS_DAY_KO})\S*\s+(?:\S+\s+)?{_DAY_KO}(?:이[야지니죠]?|이에요|야|이었\S*)?\s*[?？.!]*$"
    rf"|^(?:\S+\s+){{0,3}}{_DAY_KO}(?:은요|이요)?\s*[?？.!]*$|몇\s*월\s*며칠\S*\s*(?:태어|생)|(?:언제|며칠\S*)\s*태어"
    rf"|\b(?:when|what\s+(?:date|day)|which\s+day|how\s+(?:many|long|soon))\b.*\b{_DAY_EN}\b(?!\s+{_OF_DAY_EN})"
    r"|\b(?:when|what\s+(?:date|day)|which\s+day)\b.*\bborn\b"
    rf"|^(?:\S+\s+){{0,4}}{_DAY_EN}\s*[?.!]*$",
    re.IGNORECASE,
)
"""Whether a question asks for the day itself: not for a birthday party, nor for what was given for one."""
OF_BIRTHDAY = re.compile(rf"{_DAY_EN}\s+{_OF_DAY_EN}|(?:생일|생신)\s*(?:{_OF_DAY_KO})", re.IGNORECASE)
"""What is held or given for a birthday, on whatever day."""
_TOGETHER = re.compile(r"[가-힣](?:이랑|랑|와|과|하고)\s+(?:\S+\s+)?(?:결혼|이혼)|\b(?:married|marrying|divorced)\b")
_OF_SOMEBODY = re.compile(
    r"(?:네|씨|형|누나|언니|오빠|선배|후배|님|친구|사촌|동생|동기|동료|엄마|아빠|어머니|아버지|할머니|할아버지|이모|고모|삼촌|조카"
    r"|아내|와이프|남편|딸|아들|장모|장인|며느리|사위|손자|손녀)(?:의)?\s*(?:결혼|졸업|돌잔치|환갑|생일|생신)"
    r"|\b[A-Z]\w+['’]s\s+(?:\w+\s+)?(?:wedding|graduation|birthday)\b|\b(?:friend|cousin|sister|brother|colleague|mom|mum|mother|dad|father|wife|husband|son|daughter|aunt|uncle|grand\w+)['’]s\b"
)
_OF_KIN = re.compile(
    r"\b(?:my|our|his|her|their)\s+(?:\w+\s+)?(?:friend|cousin|sister|brother|colleague|mom|mum|mother|dad|father|son|daughter|aunt|uncle"
    r"|niece|nephew|boss|neighbou?r|roommate|teacher|grand\w+)(?:['’]s|\s+(?:is|was|are|were|has|had|got|gets|just|will|and\s+\w+)?)\s*"
    r"(?:\w+\s+){0,3}(?:wedding|graduat\w+|married|marry\w*|divorced?|birthday|born|retire\w*)\b",
    re.IGNORECASE,
)
"""A step of somebody else's life, told by whoever knows them: my sister had her graduation."""
_MINE = re.compile(
    rf"(?<![가-힣])(?:내|나의|제|저의)\s*{_DAY_KO}|(?:나|내가|제가|난|저는?)\s.*태어|\bmy\s+(?:own\s+)?{_DAY_EN}\b|\bwas\s+i\s+born\b"
    rf"|^{_DAY_KO}",
    re.IGNORECASE,
)
ASKS_OF_OWN_DEEDS = re.compile(
    r"\b(?:did|do|have|had)\s+(?:i|we)\b|내가|나는|(?:읽은|본|간|먹은|산|한)\s+\S+", re.IGNORECASE
)
"""Whether a question asks for what the owner did: which books did I read, 내가 간 곳."""


def of_owner(question: str) -> bool:
    """Whether a question that names nobody is of the owner: my birthday, 내 생일."""
    return _MINE.search(question) is not None


def asks_of_step_of_life(question: str, *, names: bool) -> bool:
    """Whether a question asks for a step of a life: the owner's, or that of those whom it names."""
    if names:
        return _OF_LIVES.search(question) is not None
    own_birthday = ASKS_OF_BIRTHDAY.search(question) is not None and of_owner(question)
    return own_birthday or _STEP_OF_LIFE.search(question) is not None


def is_of_another(text: str, people: People, asked: Collection[int] = ()) -> bool:
    """Whether what is told is the life of somebody else than the owner, or than the identities that are `asked` for:
    지민이 결혼식, Tom's graduation, my sister had her graduation; not what was done with them."""
    named = [person for mention in people.find(text) for person in mention.people]
    if any(people.person_of[identity] in named for identity in asked):
        return False
    if _OF_KIN.search(text):
        return True
    if asked:
        return _OF_LIVES.search(text) is not None and bool(named or _OF_SOMEBODY.search(text))
    if FIRST_PERSON.search(text) or _TOGETHER.search(text):
        return False
    return bool(named or _OF_SOMEBODY.search(text))
