"""The questions file: one JSON object a line, gold answers and evidence beside each question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from darak.sample.model import Evidence, Question, iso


def question_json(question: Question, number: int, now: datetime) -> dict[str, object]:
    """`gold` is a list of groups; a right answer holds one alternative of each. Numbers come with a tolerance."""
    out: dict[str, object] = {
        "id": f"q{number:03d}",
        "question": question.text,
        "language": question.language,
        "now": iso(question.now or now),
        "kind": question.kind,
        "answerable": question.answerable,
        "gold": [list(group) for group in question.gold],
        "evidence": [_evidence_json(one) for one in question.evidence],
    }
    if question.cross_lingual:
        out["cross_lingual"] = True
    return out


def write_questions(questions: Sequence[Question], now: datetime, path: Path) -> None:
    lines = (question_json(one, number, now) for number, one in enumerate(questions, 1))
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    out: dict[str, object] = {"source": evidence.source, "time": evidence.time, "text": evidence.text}
    return out | ({"metric": evidence.metric} if evidence.metric else {})
