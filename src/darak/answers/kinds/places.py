"""Whether a text names a place that the question does not."""

from __future__ import annotations

import re

from darak.language.tokens import index_terms
from darak.records.record import Record

_KOREAN = re.compile(
    r"(?P<place>[가-힣A-Za-z0-9]+(?:\s[가-힣A-Za-z0-9]+)?)(?:에서|에다가?|에|으로|로|까지|부터)(?=\s|[,.!?]|$|는|도|만|서)"
)
_ENGLISH = re.compile(
    r"\b(?:at|in|from|near|inside|into|behind|under|on|outside|opposite|off)\s+(?P<place>(?:(?:the|a|an|my|our|his|her)\s+)?[A-Za-z][\w’'-]*(?:\s+[A-Za-z][\w’'-]*){0,2})"
)
_PUTS = re.compile(
    r"\b(?:leave|left|put|keep|kept|lose|lost|hide|hid|park(?:ed)?|stor(?:e|ed))\b"
    r"|(?:두고|두었|뒀|놔|놓고|놓았|넣어|보관|숨겨|잃어버|맡겼|맡겨|주차)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:(?:the|a|my)\s+)?(?:morning|afternoon|evening|night|day|week|month|year|time|end|beginning|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2}\s*(?:am|pm|o'clock)|one|two|three|four|first|last|next|total|fact|case|love|advance|general)\b.*"
    r"|.*(?:[년월일시분주]|오전|오후|아침|저녁|밤|낮|때|날|번|동안|전|후|뒤|만)$|.*(?:덕분|때문|위해|대신|처음|마지막|바람|김|걱정|정도|이번|다음|지난|요즘|주말|평일).*",
    re.IGNORECASE,
)


def names_place(text: str, question: str) -> bool:
    """Whether somewhere is named: a noun after a preposition or before a particle of place, and no time."""
    asked = set(index_terms(question))
    for pattern in (_KOREAN, _ENGLISH):
        for match in pattern.finditer(text):
            place = match["place"]
            if not _TIME.fullmatch(place) and not set(index_terms(place)) <= asked:
                return True
    return False


def puts_somewhere(question: str) -> bool:
    """Whether a question asks where somebody left, put, lost or keeps a thing."""
    return _PUTS.search(question) is not None


def place_of(record: Record) -> str | None:
    """Where a record says that it happened: its place, or the shop of a purchase."""
    if record.place is not None and record.place.name:
        return record.place.name
    return record.title if record.kind in ("purchase", "visit") else None
