"""The first page: a conversation, each answer with the records it rests on; and single records in their context."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from darak.server.caller import Owner
from darak.server.pages.markdown import without_marks
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.routes import conversations, knowing, records
from darak.server.routes.conversations import TurnShape, Which
from darak.server.routes.examples import examples
from darak.server.routes.knowing import AnswerShape, Question

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_MARK = re.compile(r"\[(\d{1,3})\]")
_AROUND = 8
"""Lines of a thread that are shown before and after a record."""
_CHATS = ("message", "chat")
_LONGEST = 2_000
Asked = Annotated[str, Form(max_length=_LONGEST, pattern=r"\S")]


@router.get("/")
def ask_page(request: Request, caller: Owner, q: str = "") -> Response:
    """The box; with a question in the address also its answer, so that it can be kept as a bookmark."""
    question = q.strip()[:_LONGEST]
    turns: list[dict[str, Any]] = []
    if question:
        answer = knowing.answered(request, Question(question=question), caller)
        turns.append({"question": question} | shown(answer))
    return render(request, "ask.html", turns=turns, conversation="", first=question, key=None)


@router.post("/ask")
def begin(request: Request, caller: Owner, q: Asked, first: Annotated[str, Form(max_length=_LONGEST)] = "") -> Response:
    """Begins a conversation, with the question of a bookmark before this one where it was asked there."""
    conversation = None
    for question in (first.strip(), q.strip()):
        if question:
            asked = Question(question=question, conversation=conversation)
            conversation = knowing.answered(request, asked, caller).conversation
    return _at_its_end(conversation or "")


@router.get("/conversations/{conversation}")
def conversation_page(request: Request, caller: Owner, conversation: Which) -> Response:
    """A conversation, and the box to go on with it."""
    told = conversations.read_one(request, caller, conversation)
    turns = [{"question": turn.question} | _kept(turn) for turn in told.turns]
    return render(request, "ask.html", turns=turns, conversation=conversation, first="", key=told.key)


@router.post("/conversations/{conversation}")
def go_on(request: Request, caller: Owner, conversation: Which, q: Asked) -> Response:
    """Goes on with a conversation."""
    knowing.answered(request, Question(question=q.strip(), conversation=conversation), caller)
    return _at_its_end(conversation)


def _at_its_end(conversation: str) -> Response:
    return RedirectResponse(f"/conversations/{conversation}#last", 303)


@router.get("/examples")
def examples_page(request: Request, caller: Owner) -> Response:
    """What could be asked; apart from the first page, which need not wait for it."""
    told = examples(request, caller, language_of(request))
    return render(request, "examples.html", questions=told.questions, empty=told.empty)


@router.post("/answer")
def answer_part(request: Request, caller: Owner, answer: AnswerShape) -> Response:
    """An answer as the page shows it: what the stream of `/api/ask/stream` ended with."""
    return render(request, "answer.html", **shown(answer))


@router.get("/records/{record_id}")
def record_page(request: Request, caller: Owner, record_id: str, number: int | None = None) -> Response:
    record = records.record(request, caller, record_id, _AROUND, _AROUND)
    form = "chat" if record.kind in _CHATS and record.thread else "mail" if record.kind == "mail" else "page"
    return render(request, "record.html", record=record, form=form, number=number)


def pieces(text: str, numbers: Container[int]) -> list[str | int]:
    """A text taken apart at its marks: strings, and the numbers of citations that there are."""
    found: list[str | int] = []
    for place, part in enumerate(_MARK.split(text)):
        if place % 2 == 0:
            found.append(part)
        else:
            found.append(int(part) if int(part) in numbers else f"[{part}]")
    return [part for part in found if part != ""]


def shown(answer: AnswerShape) -> dict[str, Any]:
    """What the template of an answer shows."""
    told = answer.model_dump(mode="json")
    return {"answer": told | {"time": None}, **_taken_apart(told)}


def _kept(turn: TurnShape) -> dict[str, Any]:
    """The same of a turn that was kept, of which less is known."""
    told: dict[str, Any] = turn.model_dump(mode="json")
    nothing: dict[str, Any] = {"plan": {"carried": []}, "coverage": [], "steps": [], "seconds": None}
    return {"answer": nothing | told, **_taken_apart(told)}


def _taken_apart(told: dict[str, Any]) -> dict[str, Any]:
    cited = {one["number"]: one for one in told["citations"]}
    answer: str = without_marks(told["answer"]) if told["model"] else told["answer"]
    return {"cited": cited, "pieces": pieces(answer, cited)}
