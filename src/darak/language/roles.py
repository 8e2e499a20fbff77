"""How a date is used: what stands before it in English (`since May`) and after it in Korean (`5월부터`)."""

import re
from typing import Literal

from darak.language.mentions import fold, folded, one_of
from darak.language.nearby import just_before

Role = Literal["in", "since", "until", "before", "after", "around"]

_ENGLISH: dict[str, Role] = {
    "since": "since",
    "starting": "since",
    "until": "until",
    "till": "until",
    "by": "until",
    "no later than": "until",
    "before": "before",
    "prior to": "before",
    "after": "after",
    "around": "around",
    "circa": "around",
}
_KOREAN: dict[str, Role] = folded(
    {
        "부터,이후,이래": "since",
        "까지": "until",
        "이전,전": "before",
        "후,뒤,지나고,지나서": "after",
        "쯤,경,무렵,즈음,께,전후": "around",
    }
)
_before = re.compile(rf"\b(?P<role>{one_of(_ENGLISH)})\s+(?:from\s+|about\s+)?(?:the\s+)?$", re.IGNORECASE)
_after = re.compile(rf"\s*(?P<role>{one_of(_KOREAN)})(?=에|의|로|도|는|만|엔|이|인|[^가-힣]|$)")
# `from` alone says nothing (photos from May), nor does `about` (what did I say about Christmas).
_from_before = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_onwards = re.compile(
    r"\s+(?:onwards?\b|on(?=\s*(?:$|[.,!?]))|(?:to|till|until)\s+(?:now|today|date|the\s+present)\b)", re.IGNORECASE
)
_about_before = re.compile(
    r"\b(?:about|approximately|roughly|maybe|some)\s+$|(?<![가-힣])(?:한|약|대략|거의)\s*$", re.IGNORECASE
)
_counted_back = re.compile(r"(?:ago|back|전)$", re.IGNORECASE)
_or_so = re.compile(r"\s+or\s+so\b", re.IGNORECASE)
_until_now = re.compile(r"\s*(?:지금|현재|오늘|여태)까지")


def role_beside(text: str, start: int, end: int) -> tuple[Role, int, int]:
    """The role of a date at `start` to `end`, with where the two together start and end; `in` if none is said."""
    role: Role = "in"
    counted_back = _counted_back.search(text, start, end)
    if before := just_before(_before, text, start):
        role, start = _ENGLISH[" ".join(before["role"].lower().split())], before.start()
    elif (before := just_before(_from_before, text, start)) and (after := _onwards.match(text, end)):
        return "since", before.start(), after.end()
    elif counted_back and (before := just_before(_about_before, text, start)):
        role, start = "around", before.start()
    if after := _after.match(text, end):
        role, end = _KOREAN[fold(after["role"])], after.end()
        if role == "since" and (now := _until_now.match(text, end)):
            end = now.end()
    elif counted_back and (after := _or_so.match(text, end)):
        role, end = "around", after.end()
    return role, start, end
