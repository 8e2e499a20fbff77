"""Passages: the sentences and paragraphs of a record, and which of them answers best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from darak.answers.evidence.support import Weighed
from darak.answers.plan import Terms
from darak.answers.question.concepts import load_concepts
from darak.language.korean import stems
from darak.language.tokens import index_terms
from darak.memory.lookup import in_a_row
from darak.records.record import Record

_LINES = re.compile(r"\n+")
# An end of a sentence; a Korean one may also end without a mark before a new word, which is not guessed here.
_ENDS = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=\S)|(?<=[。！？])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|vs|etc|No|e\.g|i\.e|a\.m|p\.m)|\b[A-Z]|\d)\.$")
_QUESTION = re.compile(
    r"[?？][\s\W]*$|^(?:who|what|when|where|which|how|why|did|do|does|is|are|was|can|could)\b[^.!]*$"
    r"|(?:언제|어디|누가|누구|뭐|무슨|얼마|몇|왜|어떻게).{0,14}(?:거야|야|니|나|까|지|어|냐|데)[\sㅋㅎㅠㅜ~.]*$",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|>\s+|\d+[.)]\s+)")


_MADE_VERB = re.compile(
    r"(?:하|되|됐|했|해|한|할|함|된|될|돼|시키|시켰|당하|당했|받|갔|왔)|이?(?:래|라고|라던|라니|란다|라는|야|에요|예요|었|였|네|구나|지|죠|다|인데|인가|고|라서|면|든|던데)"
)
_NOT_BEFORE = r"\b(?:no|not|never|without|didn['’]t|don['’]t|wasn['’]t|isn['’]t|hardly)\s+(?:\w+\s+){0,2}"
_NEGATED = 0.2
_INSIDE = 0.25
"""Strength of a short Korean noun that only begins or ends another word: 이모 in 이모네포차."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a record's text; `strengths` say how well it holds each word of the question, `own` their share."""

    text: str
    strengths: tuple[float, ...]
    own: float
    index: int

    @property
    def asks(self) -> bool:
        """Whether it is itself a question, which states nothing."""
        return bool(_QUESTION.search(self.text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; the marks of Markdown lists and headings are left out."""
    found: list[str] = []
    for line in _LINES.split(text):
        whole = ""
        for part in _ENDS.split(_MARKUP.sub("", line)):
            whole = f"{whole} {part}".strip() if whole else part.strip()
            if not _ABBREVIATION.search(whole):
                found.append(whole)
                whole = ""
        if whole:
            found.append(whole)
    return [sentence for sentence in found if any(c.isalnum() for c in sentence)]


class Reader:
    """Finds the words of one question in sentences."""

    def __init__(self, words: Sequence[Weighed]) -> None:
        self._words = words
        self._total = sum(word.weight for word in words if not word.hint) or 1.0

    def passages(self, record: Record) -> list[Passage]:
        """The record's title and sentences with what they hold of the question, in order."""
        titled = record.title and record.kind != "message" and record.title not in record.text[: len(record.title) + 4]
        texts = [record.title] if titled and record.title else []
        return [self.read(text, index) for index, text in enumerate([*texts, *sentences(record.text)])]

    def tells_more(self, passage: Passage) -> bool:
        """Whether a passage says anything beside the words of the question, as an answer must."""
        asked = {term for word in self._words for form in word.want.forms for term in form.terms}
        return any(len(term) > 1 and term not in asked for term in dict.fromkeys(index_terms(passage.text)))

    def read(self, text: str, index: int = 0) -> Passage:
        terms = index_terms(text)
        strengths = tuple(self._strength(word, text, terms) for word in self._words)
        return Passage(text, strengths, self.share(strengths), index)

    def share(self, strengths: Sequence[float]) -> float:
        """The weighted share of the question that these strengths of its words come to."""
        return sum(word.weight * strength for word, strength in zip(self._words, strengths, strict=True)) / self._total

    @staticmethod
    def _strength(word: Weighed, text: str, terms: list[str]) -> float:
        held = set(terms)
        best = 0.0
        for form in word.want.forms:
            if form.strength > best and held.issuperset(form.terms) and in_a_row(form.terms, terms):
                whole = form.noun is None or _stands(form.noun, text)
                strength = form.strength if whole else _INSIDE * form.strength
                if word.act and _is_negated(form.terms, text):
                    strength *= _NEGATED
                best = max(best, strength)
        return best


def _is_negated(terms: Terms, text: str) -> bool:
    """Whether a text says that something was not so: 하나도 안 긴장, no jitters, never shook."""
    if terms[0].isascii():
        return bool(re.search(rf"{_NOT_BEFORE}{re.escape(terms[0])}", text, re.IGNORECASE))
    word = terms[0] + "".join(term[-1] for term in terms[1:])
    return bool(re.search(rf"(?:(?<![가-힣])(?:안|못)\s*{word}|{word}[가-힣]{{0,3}}\s*(?:않|없|못|안\s))", text))


def _is_noun(word: str) -> bool:
    """Whether a word is a noun of the table of concepts, with a particle or without."""
    forms = (stem.form for stem in stems(word) if stem.kind == "noun")
    return len(word) > 1 and any(len(form) > 1 and load_concepts().korean(form, False) for form in (word, *forms))


def _stands(noun: str, text: str) -> bool:
    """Whether a short Korean noun is a word of a text, or ends one (병원 in 동물병원), or stands before another noun
    that is known (치과 in 치과예약); not when it only begins a word.

    A noun of one syllable must be the whole word: 산 is not in 부동산.
    """
    before = "" if len(noun) == 1 else "[가-힣]*"
    for match in re.finditer(f"(?<![가-힣]){before}{noun}[가-힣]*", text):
        after = match[0].rpartition(noun)[2]
        if not after or _MADE_VERB.match(after) or _is_noun(after):
            return True
        nouns = [stem.form for stem in stems(match[0])]
        if noun in nouns or (len(noun) > 1 and any(form.endswith(noun) for form in nouns)):
            return True
    return False
