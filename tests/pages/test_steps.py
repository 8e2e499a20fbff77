"""Each step of an answer can be told in Korean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import darak.answers
from darak.server.pages.texts_of_steps import korean_step

_STEP = re.compile(r"""step\(\s*f?"((?:[^"\\]|\\.)*)"(?:,\s*f?"((?:[^"\\]|\\.)*)"(?=[,)]))?""")
_FACTOR = re.compile(r'yield "([^"]+)", _|^(?:REPLIES|ASKS) = "([^"]+)"', re.MULTILINE)
_FOLDER = Path(darak.answers.__file__).parent
_SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(_FOLDER.rglob("*.py")))


def filled(text: str) -> str:
    """The sentence as it may be told: figures and words in place of what is computed."""
    text = text.replace("{inquiry.plan.order}", "last")
    text = re.sub(r"\{[^{}]*:,\}|\{len\([^{}]*\)\}|\{[^{}]*:[.\d]*f\}", "7", text)
    text = re.sub(r"\{[^{}]*:\.0%\}", "80%", text)
    return re.sub(r"\{[^{}]*\}", "word", text)


def test_there_are_steps() -> None:
    assert len(_STEP.findall(_SOURCE)) > 35 and len(_FACTOR.findall(_SOURCE)) > 8


@pytest.mark.parametrize("action", sorted({filled(action) for action, _ in _STEP.findall(_SOURCE)}))
def test_what_was_done_is_told_in_korean(action: str) -> None:
    told, _ = korean_step(action, "")
    assert re.search("[가-힣]", told) and told != action


_FOUND = [found for _, found in _STEP.findall(_SOURCE) if re.search("[a-z]{3}", re.sub(r"\{[^{}]*\}", "", found))]


@pytest.mark.parametrize("found", sorted(set(map(filled, _FOUND))))
def test_what_it_came_to_is_told_in_korean(found: str) -> None:
    _, told = korean_step("judge", found)
    assert re.search("[가-힣]", told)


@pytest.mark.parametrize("factor", sorted({one or other for one, other in _FACTOR.findall(_SOURCE)}))
def test_why_a_record_counts_less_is_told_in_korean(factor: str) -> None:
    _, told = korean_step("read 2024-05-01 mail", f"0.71 [{factor}] the words")
    assert factor not in told and told.endswith("] the words")
