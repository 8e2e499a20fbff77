"""The sources that a question names or that hold what it asks for: in Slack, 넷플릭스에서, which websites I visited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from darak.answers.question.source_table import ACTIVITIES, SOURCE_NAMES, SourceName

Place = tuple[int, int]

_GOES_THERE = (
    r"\b(?:on|in|via|through|over|us(?:e|es|ed|ing)|ask(?:ed|ing)?|tell|told|open(?:ed)?"
    r"|(?:say|said|talk(?:ed)?|wr[io]te|spoke|speak)\s+(?:\w+\s+)?to|(?:talk(?:ed)?|chat(?:s|ted)?|conversations?)\s+with)"
    r"\s+(?:my\s+|the\s+)?"
)
_OF_IT = (
    r"(?=\s+(?:messages?|chats?|history|conversations?|posts?|threads?|notes?|videos?|dms?|searches|pages?|tweets?)\b)"
)
_THERE = r"(?:에서는|에서도|에서|에다가|에다|에는|에|으로|로|한테서|한테|에게|이?랑|하고|와|과)(?![가-힣])"
_OF_THAT = r"(?=\s*(?:메시지|메세지|대화|채팅|기록|검색|영상|글|시청|방문|메모|노트|페이지|톡|명령|물어|디엠))"
_AS_FIRM = re.compile(
    r"얼마|요금|구독|가입|해지|면접|입사|이직|결제|환불|퇴사"
    r"|\b(?:spen[dt]|pay|paid|price|cost|subscri\w+|sign(?:ed)?\s+up|cancel\w*|interview\w*|job|refund\w*|bill)\b",
    re.IGNORECASE,
)
"""What is done with a firm rather than in its product."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """Sources and the kinds of their records, with what of the question only says that these are meant.

    `named`: the question names them; else it asks for what is done in them, if it asks for nothing else.
    """

    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[Place, ...]
    named: bool


def read_sources(text: str, known: frozenset[str]) -> Sourced | None:
    """The sources that a question goes to, of those that the vault has (`known`); None when it goes to none."""
    if not known or _AS_FIRM.search(text):
        return None
    # Compiling takes longer than searching, so only what the vault has and the question may name is compiled.
    rows = [row for row in SOURCE_NAMES if not known.isdisjoint(row.sources)]
    rows = [row for row in rows if re.search(row.names, text, re.IGNORECASE)]
    found = [(match.span(), row.sources) for row in rows for match in _named(row).finditer(text)]
    sources = tuple(dict.fromkeys(s for _, names in found for s in names if s in known))
    if sources:
        places = [place for place, names in found if any(name in known for name in names)]
        return _with_activities(text, sources, places)
    for row in ACTIVITIES:
        held = tuple(source for source in row.sources if source in known)
        if held and row.asks and (match := re.search("|".join(row.asks), text, re.IGNORECASE)):
            sourced = _with_activities(text, held, [match.span()])
            return Sourced(held, row.kinds, sourced.places, named=False)
    return None


def _with_activities(text: str, sources: tuple[str, ...], places: list[Place]) -> Sourced:
    kinds: dict[str, None] = {}
    for row in ACTIVITIES:
        if any(source in row.sources for source in sources):
            said = [match.span() for match in re.finditer("|".join(row.words), text, re.IGNORECASE)]
            places += said
            kinds |= dict.fromkeys(row.kinds if said else ())
    return Sourced(sources, tuple(kinds), tuple(places), named=True)


@cache
def _named(row: SourceName) -> re.Pattern[str]:
    name = rf"(?<![가-힣A-Za-z])(?:{row.names})(?![A-Za-z])"
    forms = (_GOES_THERE + name, name + _OF_IT, name + _THERE, name + _OF_THAT)
    return re.compile("|".join(forms), re.IGNORECASE)
