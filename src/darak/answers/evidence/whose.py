"""Whose life a record tells of: a wedding that the owner was only asked to is not the owner's."""

from __future__ import annotations

import re

from darak.answers.people import People

_STEP_OF_LIFE = re.compile(
    r"내\s*생일(?:이|은)?\s*언제|결혼|장가|시집|졸업|입학|이혼|태어났|환갑|돌잔치"
    r"|\bwhen\s+(?:is|was)\s+my\s+birthday\b|\b(?:get|got|gotten|was|were|been)\s+(?:married|divorced|born)\b|\b(?:my|our|i|we)\b.*\b(?:wedding|marry|married"
    r"|graduat\w+|divorced?)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(
    r"^(?:\W|아|와|오|헐)*(?:나|내|내가|난|제가|저|저는|전|우리|울)(?![가-힣]{3})|\b(?:I|I'm|I've|I'll|my|me|mine|our)\b"
)
CONGRATULATES = re.compile(r"축하|\b(?:happy\s+birthday|congrat\w+|many\s+happy\s+returns)\b", re.IGNORECASE)
ASKS_OF_BIRTHDAY = re.compile(r"(?:생일|생신)\S*\s*(?:이|은)?\s*(?:언제|며칠|몇)|\bwhen\b.*\bbirthday\b", re.IGNORECASE)
_TOGETHER = re.compile(r"[가-힣](?:이랑|랑|와|과|하고)\s+(?:\S+\s+)?(?:결혼|이혼)|\b(?:married|marrying|divorced)\b")
_OF_SOMEBODY = re.compile(
    r"(?:네|씨|형|누나|언니|오빠|선배|후배|님|친구|사촌|동생|동기|동료)(?:의)?\s*(?:결혼|졸업|돌잔치|환갑|생일|생신)"
    r"|\b[A-Z]\w+['’]s\s+(?:\w+\s+)?(?:wedding|graduation|birthday)\b|\b(?:friend|cousin|sister|brother|colleague)['’]s\b"
)
ASKS_OF_OWN_DEEDS = re.compile(
    r"\b(?:did|do|have|had)\s+(?:i|we)\b|내가|나는|(?:읽은|본|간|먹은|산|한)\s+\S+", re.IGNORECASE
)
"""Whether a question asks for what the owner did: which books did I read, 내가 간 곳."""


def asks_of_own_life(question: str) -> bool:
    """Whether a question that names nobody asks for a step of the owner's own life."""
    return bool(_STEP_OF_LIFE.search(question))


def is_of_another(text: str, people: People) -> bool:
    """Whether what is told is somebody else's: 지민이 결혼식, Tom's graduation; not what was done with them."""
    if FIRST_PERSON.search(text) or _TOGETHER.search(text):
        return False
    return bool(_OF_SOMEBODY.search(text) or people.find(text))
