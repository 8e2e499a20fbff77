"""Grades an answer against the gold of a question. An answer is the JSON object of `darak ask --json`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_CITATION = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_DATES = (
    re.compile(r"\d{4}-\d{2}(-\d{2})?(T[\d:.+]+)?"),
    re.compile(r"\d{4}\s*년(\s*\d{1,2}\s*월)?(\s*\d{1,2}\s*일)?|\d{1,2}\s*월\s*\d{1,2}\s*일"),
    re.compile(r"\d{4}[./]\s?\d{1,2}[./]\s?\d{1,2}\.?"),
    re.compile(r"\b\d{1,2}\s+[a-z]{3,9}\.?,?\s+\d{4}|\b[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\b[a-z]{3,9}\s+\d{4}\b"),
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?\b")
_NUMBER = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?")
_HOURS = re.compile(r"(\d+)\s*(?:시간|hours?|hrs?|h)\s*(?:and\s*)?(\d+)\s*(?:분|minutes?|mins?|m)")
_MONTH_WORDS = re.compile(r"january|february|march|april|may|june|july|august|september|october|november|december"
                          r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grade:
    """`right` is the verdict; `gold_missing` are the groups not found; `cited` is None where evidence is numbers."""

    right: bool
    answered: bool
    false_answer: bool
    gold_missing: tuple[int, ...]
    cited: bool | None

    @property
    def reason(self) -> str:
        if self.right:
            return "right"
        if self.false_answer:
            return "answered what no record holds"
        if not self.answered:
            return "not answered"
        return "gold missing" if self.gold_missing else "no citation matches the evidence"


def grade(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Grade:
    """`question` is one line of questions.jsonl. An unsure answer counts as not answered."""
    status = answer.get("status")
    answered = status == "answered"
    if not question["answerable"]:
        return Grade(status == "no_record", answered, answered, (), None)
    text = str(answer.get("answer") or "")
    numbers = numbers_in(text)
    missing = tuple(
        index for index, group in enumerate(question["gold"]) if not any(_holds(text, numbers, one) for one in group)
    )
    cited = _cited(question["evidence"], answer.get("citations") or ())
    right = answered and not missing and cited is not False
    return Grade(right, answered, False, missing, cited)


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers of an answer without its citation marks, dates and clock times. `7시간 30분` is 7.5 and 450."""
    plain = _CITATION.sub(" ", _normal(text))
    spans = [(int(h), int(m)) for h, m in _HOURS.findall(plain)]
    found = [h + m / 60 for h, m in spans] + [float(h * 60 + m) for h, m in spans]
    for pattern in _DATES[:3]:
        plain = pattern.sub(" ", plain)
    plain = _DATES[3].sub(lambda m: " " if _MONTH_WORDS.search(m.group()) else m.group(), plain)
    plain = _CLOCK.sub(" ", plain)
    found += [float(one.replace(",", "")) for one in _NUMBER.findall(plain)]
    return tuple(found)


def _holds(text: str, numbers: tuple[float, ...], alternative: object) -> bool:
    if isinstance(alternative, Mapping):
        wanted, tolerance = float(alternative["number"]), float(alternative["tolerance"])  # pyright: ignore
        return any(abs(abs(number) - abs(wanted)) <= tolerance + 1e-9 for number in numbers)
    return _spaced(str(alternative)).search(_normal(text)) is not None


def _spaced(phrase: str) -> re.Pattern[str]:
    """The phrase with any spaces and commas between its characters; digits at its ends stand alone."""
    characters = [char for char in _normal(phrase) if char not in " ,\n\t"]
    body = r"[\s,]*".join(map(re.escape, characters))
    before = r"(?<!\d)" if characters[0].isdigit() else ""
    after = r"(?!\d)" if characters[-1].isdigit() else ""
    return re.compile(before + body + after)


def _cited(evidence: Iterable[Mapping[str, Any]], citations: Iterable[Mapping[str, Any]]) -> bool | None:
    """Whether a citation is one of the evidence records; None where the evidence is samples only."""
    records = [one for one in evidence if not one.get("metric")]
    if not records:
        return None
    cited = list(citations)
    return any(_same(record, citation) for record in records for citation in cited)


def _same(record: Mapping[str, Any], citation: Mapping[str, Any]) -> bool:
    """Same source, and the same text (or a part of it) or the same moment; a record of a whole day, the same day."""
    if record["source"] != citation.get("source"):
        return False
    wanted, shown = _squeezed(record["text"]), _squeezed(str(citation.get("text") or ""))
    first, slash, last = str(record["time"]).partition("/")
    moment = _moment(str(citation.get("time") or ""))
    if slash:
        inside = moment is not None and _begin(first) <= moment < _begin(last)
        return inside and wanted in shown
    if wanted and (wanted in shown or (len(shown) >= 12 and shown.rstrip("….") in wanted)):
        return True
    written = _moment(first)
    if moment is None or written is None:
        return False
    return abs(moment - written) < timedelta(minutes=1) if "T" in first else moment.date() == written.date()


def _moment(text: str) -> datetime | None:
    """A time without its zone: what is compared is the clock of the record."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _begin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _squeezed(text: str) -> str:
    return "".join(_normal(text).split())
