"""The first page: a question and its answer, with the records it rests on; and single records in their context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.routes import knowing, records
from darak.server.routes.examples import examples
from darak.server.routes.knowing import AnswerShape, Question

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_MARK = re.compile(r"\[(\d{1,3})\]")
_AROUND = 8
"""Lines of a thread that are shown before and after a record."""
_CHATS = ("message", "chat")


@router.get("/")
def ask_page(request: Request, caller: Owner, q: str = "") -> Response:
    """The box; with a question in the address also its answer, so that it can be kept as a bookmark."""
    if q.strip():
        answer = knowing.ask(request, Question(question=q.strip()[:2_000]), caller)
        return render(request, "ask.html", question=q.strip(), **_shown(answer))
    return render(request, "ask.html", question="")


@router.get("/examples")
def examples_page(request: Request, caller: Owner) -> Response:
    """What could be asked; apart from the first page, which need not wait for it."""
    told = examples(request, caller, language_of(request))
    return render(request, "examples.html", questions=told.questions, empty=told.empty)


@router.post("/answer")
def answer_part(request: Request, caller: Owner, answer: AnswerShape) -> Response:
    """An answer as the page shows it: what the stream of `/api/ask/stream` ended with."""
    return render(request, "answer.html", **_shown(answer))


@router.get("/records/{record_id}")
def record_page(request: Request, caller: Owner, record_id: str, number: int | None = None) -> Response:
    record = records.record(request, caller, record_id, _AROUND, _AROUND)
    form = "chat" if record.kind in _CHATS and record.thread else "mail" if record.kind == "mail" else "page"
    return render(request, "record.html", record=record, form=form, number=number)


def pieces(text: str, citations: Sequence[Any]) -> list[str | int]:
    """A text taken apart at its marks: strings, and the numbers of citations that there are."""
    found: list[str | int] = []
    for place, part in enumerate(_MARK.split(text)):
        if place % 2 == 0:
            found.append(part)
        else:
            found.append(int(part) if 0 < int(part) <= len(citations) else f"[{part}]")
    return [part for part in found if part != ""]


def _shown(answer: AnswerShape) -> dict[str, Any]:
    return {"answer": answer.model_dump(mode="json"), "pieces": pieces(answer.answer, answer.citations)}
