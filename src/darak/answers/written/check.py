"""Whether a sentence stands in the evidence that it cites: its figures, days, names and words.

No language model is asked: what a sentence says is read with the same rules as a question, and each of its words, in
any form or word of like meaning in both languages, is looked for in what the model was shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from darak.answers.evidence.whose import FIRST_PERSON
from darak.answers.people import ROLES, People
from darak.answers.plan import Form, Role, Span, Want
from darak.answers.question.read import language_of
from darak.answers.question.wants import read_wants
from darak.answers.written.sentences import MARKS
from darak.answers.written.sheet import Piece
from darak.answers.written.support import CLOCK, QUOTE, Figure, Support, blanked, clocks, codes, figures
from darak.language.dates import find_periods
from darak.language.word_list import word_list
from darak.memory.lookup import in_a_row

_ENOUGH, _ALONE = 0.65, 0.8
"""The share of a sentence's words that its evidence must hold; and where the model cites nothing, one piece alone."""
_HELD = 0.5
_WEIGHT: dict[Role, float] = {
    "thing": 1.0, "deed": 0.9, "act": 0.8, "narrow": 0.7, "trait": 0.4, "number": 0.0, "vague": 0.0, "hint": 0.5
}  # fmt: skip
_TELLING = word_list(
    """
    record records recorded entry entries mail mails email emails message messages note notes noted calendar event
    according found show shows showed shown state states stated mention mentions mentioned write writes wrote written
    say says said tell tells told report reports reported evidence computed darak owner answer date dated day days time
    based provided available nearly almost about around approximately exactly finally currently also however appear
    appears seem seems likely
    times total average year years month months week weeks hour hours minute minutes
    기록 메일 이메일 메시지 메모 일정 달력 일기 쪽지 따르다 나오다 나타나다 적다 적히다 쓰다 쓰이다 말하다 언급 언급하다
    전하다 보이다 되다 하다 이다 있다 확인 확인되다 확인하다 남기다 알리다 주인 사용자 본인 당신 날짜 시간 번 회 총 모두
    평균 답 다락 따르면 보 증거 자료 근거 바탕 제공 제공되다 약 대략 정확히 현재 또한 것 시도
    """
)
"""What sentences say of their evidence rather than of the life."""
_MARKUP = re.compile(r"!?\[[^\]]*\]\([^)]*\)|!\[|\]\(|<[A-Za-z/!][^>]*>?|```|\[[^\]]+\]:\s*\S+")
_URL = re.compile(
    r"(?:\w+://|www\.)[^\s<>\"”’)\]]+|\b[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,12}/[^\s<>\"”’)\]]*", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+(?:com|net|org|io|ai|app|dev|kr|co|me|info|biz|xyz|ru|cn|link|click|example|test)\b",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:records?|entr(?:y|ies)|information|evidence|mention|data|answer)\b|\bnot\s+(?:\w+\s+)?(?:mentioned|recorded"
    r"|found|stated|specified|contain\w*|available)\b|\b(?:vault|memory|archive|records?|evidence|data)\b.{0,20}\b(?:is|are|was|were|has|have|does|do)\b"
    r".{0,14}\b(?:empty|gone|deleted|erased|missing|not|no|nothing|forgotten|reset)\b|\bcan(?:no|['’])t\s+(?:find|tell|say|answer|determine|access|help|see)\b"
    r"|\bunable\s+to\b|\bI\s+(?:do\s+not|don['’]t)\s+know\b|\bas\s+an\s+(?:ai|assistant|language)\b"
    r"|(?:기록|정보|자료|데이터|증거|금고|보관함|메모리|기억|언급|내용)\S{0,3}\s?.{0,10}?(?:없|비어|비었|삭제|지워|초기화|않)"
    r"|(?:찾을|알|확인할|답할|대답할)\s?수\s?(?:가\s?)?없|모르겠|알려\s?드릴\s?수\s?없",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|nobody|without|cancelled|canceled|(?:did|do|does|was|were|is|are|has|have|had|could|would|wo)n['’]?t)\b"
    r"|(?<![가-힣])(?:안|못)\s|않|못\s?하|못했|없|아니|취소",
    re.IGNORECASE,
)
_TELLS_TO_DO = re.compile(
    r"^\W*(?:please|click|visit|open|buy|call|send|forward|reply|pay|transfer|download|install|enter|type|contact|subscribe"
    r"|delete|erase|ignore|forget|trust|copy|paste|run|log\s+in|sign\s+in|share|give|provide|confirm|verify|act|hurry|do\s+not"
    r"|don['’]t|never|always)\b|(?:세요|십시오|시오|바랍니다|하라|해라|마라|할\s?것|말\s?것)[\s.!~]*$",
    re.IGNORECASE,
)
"""An answer states what is recorded; it sends nobody anywhere."""
_OF_OWNER = re.compile(
    r"^\W*(?:(?:yes|then|on\s[^,]{3,40}|in\s[^,]{3,40}),?\s+)?your?\b|당신|셨|(?<=으)십니다|하십니다", re.IGNORECASE
)
"""What the owner did or is: you passed, 합격하셨습니다."""
_BEGINS_OWN = re.compile(r"\b(?:My|Our)\b")
_COPULA = re.compile(r"(?<=\s)(?:이었|였|입니다|이에요|예요|이다|이며|이고|인데|이라)[가-힣]{0,4}(?![가-힣])")
"""What is left of a Korean sentence behind its figure or its day: 4번(이었습니다)."""
_LEADING_NO = re.compile(r"^\s*(?:no|아니요|아니오|아뇨)\s*[,.]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence without its marks, the pieces that it rests on, and why it does not stand ("" when it does)."""

    text: str
    pieces: tuple[Piece, ...]
    why: str = ""
    absence: bool = False
    """Whether it says that there is no record, which is for Darak to say."""


class Checker:
    """Checks the sentences of one answer. `shown` are the pieces that this model was shown."""

    def __init__(self, people: People, now: datetime, shown: Sequence[Piece]) -> None:
        self._people = people
        self._now = now.replace(tzinfo=None)
        self._shown = {piece.number: piece for piece in shown}

    def check(self, sentence: str) -> Checked:
        """The sentence held against what it cites; where it cites nothing, against each piece alone."""
        text = " ".join(MARKS.sub("", sentence).split())
        numbers = [int(one) for marks in MARKS.findall(sentence) for one in re.findall(r"\d+", marks)]
        cited = tuple(self._shown[number] for number in dict.fromkeys(numbers) if number in self._shown)
        if _MARKUP.search(text):
            return Checked(text, (), "it holds a link, an image or markup")
        if _TELLS_TO_DO.search(text) and not QUOTE.search(text):
            return Checked(text, (), "it tells its reader what to do")
        quoted = Support(tuple(self._shown.values()), self._now).quotes(text)
        if _ABSENCE.search(blanked(text, quoted)):
            return Checked(text, (), "it speaks of what is not recorded", absence=True)
        if numbers:
            if not cited:
                return Checked(text, (), "what it cites was not shown")
            return Checked(text, self._held_by(text, cited), self._fault(text, cited, _ENOUGH))
        for piece in sorted(self._shown.values(), key=lambda piece: not piece.computed):
            if not self._fault(text, (piece,), _ALONE):
                return Checked(text, self._held_by(text, (piece,)))
        return Checked(text, (), "it cites nothing")

    def _held_by(self, text: str, cited: Sequence[Piece]) -> tuple[Piece, ...]:
        """What is cited; of what Darak found in several records, those of them that hold the sentence alone."""
        held: list[Piece] = []
        for piece in cited:
            alone = [part for part in piece.parts if not self._fault(text, (part,), _ENOUGH)]
            held += alone or [piece]
        return tuple(held)

    def holds(self, wanted: Sequence[Sequence[Form]], pieces: Sequence[Piece]) -> int:
        """How many words, each given as the forms that would do for it, the pieces hold."""
        support = Support(tuple(pieces), self._now)
        return sum(any(_stands(form, support) for form in forms if form.strength >= _HELD) for forms in wanted)

    def reach(self, spans: Sequence[Span], pieces: Sequence[Piece]) -> bool:
        """Whether the pieces tell of a day in one of the periods; of no period, always."""
        days = Support(tuple(pieces), self._now).days
        return not spans or any(since < span.until and span.since < until for span in spans for since, until in days)

    def _fault(self, text: str, cited: tuple[Piece, ...], enough: float) -> str:
        """What of a sentence the pieces do not state; "" when they state enough of it."""
        if author := self._said_by_another(text, cited):
            return f"{author} said it of themselves"
        support = Support(cited, self._now)
        for found in (*_URL.findall(text), *_ADDRESS.findall(text)):
            if found.casefold().rstrip(".,") not in support.flat:
                return f"{found} is not in what it cites"
        quoted = support.quotes(text)
        rest = blanked(text, quoted)
        days = find_periods(rest, self._now)
        for day in days:
            if not support.names_day(day):
                return f"{day.surface} is not in what it cites"
        for clock in clocks(rest):
            if not any(clock.fits(other) for other in support.clocks):
                return "its time of day is not in what it cites"
        rest = blanked(rest, [*(day.span for day in days), *(match.span() for match in CLOCK.finditer(rest))])
        numbers = list(figures(rest))
        for one in numbers:
            if not _is_stated(one, support.figures):
                return f"{one.written} is not in what it cites"
        for code in codes(rest):
            if code.casefold() not in support.flat:
                return f"{code} is not in what it cites"
        rest = _COPULA.sub(" ", blanked(rest, [one.span for one in numbers]))
        names = self._people.find(rest)
        for name in names:
            if not any(form.strength >= _HELD and _stands(form, support) for form in self._people.asked(name).forms):
                return f"{name.surface} is not in what it cites"
        if _NEGATED.search(_LEADING_NO.sub("", rest)) and not _NEGATED.search(support.text):
            return "what it cites does not say no"
        for start, end in (*(name.span for name in names), *self._people.find_owner(rest)):
            stead = "they" if end - start >= len("they") else ""  # so that a verb follows it
            rest = rest[:start] + stead.ljust(end - start) + rest[end:]
        return _words_fault(rest, support, enough, bool(quoted or days or numbers or names))

    def _said_by_another(self, text: str, cited: Sequence[Piece]) -> str:
        """Who said of themselves what the sentence says of the owner, without naming them; "" for nobody."""
        records = [record for piece in cited if not piece.counted for record in piece.records]
        if not _OF_OWNER.search(text) or not records:
            return ""
        for record in records:
            if record.author is None or not (FIRST_PERSON.search(record.text) or _BEGINS_OWN.search(record.text)):
                return ""
            name = record.author.display
            if name.lower() in ROLES or self._people.find_owner(name):
                return ""
            named = {person for mention in self._people.find(text) for person in mention.people}
            if any(mention.people & named for mention in self._people.find(name)):
                return ""
        return records[0].author.display if records[0].author else ""


def _words_fault(text: str, support: Support, enough: float, states_more: bool) -> str:
    wants = [want for want in read_wants(text, language_of(text)) if want.surface.lower() not in _TELLING]
    for want in wants:
        at = text.find(want.surface)
        named = want.role in ("thing", "narrow") and want.surface[0].isupper() and bool(text[:at].strip(" ,“\"'"))
        if named and not _is_held(want, support):
            return f"{want.surface} is not in what it cites"
    whole = sum(_WEIGHT[want.role] for want in wants)
    if not whole:
        return "" if states_more else "it states nothing"
    held = sum(_WEIGHT[want.role] for want in wants if _is_held(want, support))
    deeds = [want for want in wants if want.role in ("act", "deed")]
    if deeds and not any(_is_held(want, support) for want in deeds):
        enough = _ALONE  # lost the job is not got the job
    if held >= enough * whole:
        return ""
    missing = [want.surface for want in wants if _WEIGHT[want.role] and not _is_held(want, support)]
    return f"{', '.join(missing[:4])}: not in what it cites"


def _is_held(want: Want, support: Support) -> bool:
    if want.kinds & support.kinds or (want.surface[0].isupper() and _letters(want.surface) in support.romanised):
        return True
    return any(form.strength >= _HELD and _stands(form, support) for form in want.forms)


def _stands(form: Form, support: Support) -> bool:
    return support.held.issuperset(form.terms) and in_a_row(form.terms, support.terms)


def _is_stated(one: Figure, stated: frozenset[float]) -> bool:
    """Whether a number stands in the evidence, as it is or rounded to the digits that are written."""
    digits = len(one.written.partition(".")[2])
    return one.value in stated or any(other % 1 and round(other, digits) == one.value for other in stated)


def _letters(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalpha())
