"""What a model is worth here beside no model, found out on an invented life."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import asdict

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from darak.models.problems import Cancelled, ModelProblem
from darak.models.wire import Cancel
from darak.server.aloud import aloud
from darak.server.backends import Backends
from darak.server.caller import Owner
from darak.server.routes.knowing import EVENTS, event
from darak.server.routes.models import Failure, Test, backends_of, house_of

router = APIRouter(prefix="/api/models", tags=["models"])
_LIMIT = 180.0
"""Seconds that a model has for all questions."""


class ScoreShape(BaseModel):
    """Of `asked` questions: right answers, and answers to what no record holds; the median seconds of an answer."""

    asked: int
    right: int
    false: int
    seconds: float | None


class WorthShape(BaseModel):
    """Without a model, and with it; `wrote` answers were the model's own words, the others those of the rules. There
    were `of` questions, of which fewer may have been asked when there was no more time."""

    rules: ScoreShape
    model: ScoreShape
    wrote: int
    of: int


class Examining(BaseModel):
    """How far the questions are."""

    done: int
    of: int


@router.post("/worth", response_class=StreamingResponse, responses=EVENTS)
def worth_aloud(request: Request, caller: Owner, asked: Test) -> StreamingResponse:
    """Asks a model some twenty questions about an invented life, for three minutes at most, as server-sent events:
    `graded` after each, then `worth`; or an `error`. Nothing of the owner's memory is used."""
    backends, house = backends_of(request), house_of(request)
    backends.models.model(asked.model)

    async def events() -> AsyncGenerator[bytes, None]:
        def work(tell: Callable[[bytes], None], cancel: Cancel) -> None:
            try:
                found = worth(backends, asked.model, lambda one: tell(event("graded", one.model_dump())))
            except Cancelled:
                raise
            except ModelProblem as problem:
                tell(event("error", Failure.of(problem).model_dump()))
            else:
                tell(event("worth", found.model_dump()))

        async for one in aloud(work, house.closing):
            yield one

    return StreamingResponse(events(), media_type="text/event-stream")


def worth(backends: Backends, name: str, tell: Callable[[Examining], None]) -> WorthShape:
    """What a model is worth; tells how far it is after each question."""
    from darak.answers.written.worth import Graded, sample_exam, worth_of  # with all importers: only when it is wanted

    model = backends.ready(name)
    graded: list[Graded] = []
    with sample_exam() as exam:
        of = len(exam.questions)
        tell(Examining(done=0, of=of))
        for one in exam.take(model, _LIMIT):
            graded.append(one)
            tell(Examining(done=len(graded), of=of))
    return WorthShape.model_validate(asdict(worth_of(graded, of)))
