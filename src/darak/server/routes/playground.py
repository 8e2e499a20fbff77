"""One model asked directly: what is written there, and nothing else, goes to it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from darak.answers.written.draft import Words
from darak.answers.written.written import Event
from darak.models.problems import Cancelled, ModelProblem
from darak.models.request import Message, Reply, Text
from darak.models.request import Request as ModelRequest
from darak.models.wire import Cancel
from darak.server.aloud import aloud
from darak.server.answering import Answering
from darak.server.caller import Owner
from darak.server.readers import Busy
from darak.server.routes.knowing import EVENTS, event
from darak.server.routes.leaving import AT_HOME, Draft, draft_of
from darak.server.routes.models import Failure, ModelName, backends_of, house_of
from darak.server.shapes import Shape

router = APIRouter(prefix="/api/playground", tags=["models"])
PURPOSE = "playground"
OWN = "darak"
"""The model that answers from the memory; it needs none."""
_LONGEST = 2_000
"""Characters of a question to the memory."""


class Play(Shape):
    """A request to one model, by its whole name. Without a limit or a temperature the server takes its own."""

    model: ModelName
    prompt: Annotated[str, Field(min_length=1, max_length=200_000)]
    system: Annotated[str, Field(max_length=50_000)] = ""
    temperature: float | None = Field(None, ge=0, le=2)
    max_tokens: int | None = Field(None, ge=1, le=100_000)

    def request(self) -> ModelRequest:
        system = (Message("system", self.system),) if self.system.strip() else ()
        return ModelRequest(
            (*system, Message("user", self.prompt)),
            PURPOSE,
            max_tokens=self.max_tokens,
            temperature=self.temperature,
        )


class Played(BaseModel):
    """The whole reply: tokens read and written as the server counted them, the seconds to its first words and to its
    end; `cut` when it reached the limit of tokens."""

    text: str
    model: str
    cut: bool
    read: int | None
    written: int | None
    first_seconds: float | None
    seconds: float


@router.post("", response_class=StreamingResponse, responses=EVENTS)
def play_aloud(request: Request, caller: Owner, asked: Play) -> StreamingResponse:
    """The reply as server-sent events: `words` as they come, then the whole `reply`; or an `error`, with the `host`
    where it is the owner's yes that is missing. The model "darak" answers from the memory."""
    if asked.model != OWN:
        backends_of(request).models.model(asked.model)

    async def events() -> AsyncGenerator[bytes, None]:
        def work(tell: Callable[[bytes], None], cancel: Cancel) -> None:
            try:
                played = play(request, asked, lambda text: tell(event("words", {"text": text})), cancel)
            except Cancelled:
                raise
            except ModelProblem as problem:
                tell(event("error", Failure.of(problem).model_dump()))
            except Busy as busy:
                tell(event("error", {"kind": "Busy", "detail": str(busy), "host": None}))
            else:
                tell(event("reply", played.model_dump()))

        async for one in aloud(work, house_of(request).closing):
            yield one

    return StreamingResponse(events(), media_type="text/event-stream")


@router.post("/draft")
def draft(request: Request, caller: Owner, asked: Play) -> Draft:
    """What a request would send, and sends nothing."""
    if asked.model == OWN:
        return AT_HOME
    model = backends_of(request).models.model(asked.model)
    return draft_of(request, model, lambda: model.draft(asked.request()))


def play(request: Request, asked: Play, tell: Callable[[str], None], cancel: Cancel | None = None) -> Played:
    """Asks the model, and tells its words as they come. ModelProblem when it gives no whole reply."""
    if asked.model == OWN:
        return _remember(request, asked, tell, cancel)
    model = backends_of(request).models.model(asked.model)
    began, first = perf_counter(), None
    for piece in model.stream(asked.request(), cancel):
        if isinstance(piece, Text):
            first = first or perf_counter() - began
            tell(piece.text)
        elif isinstance(piece, Reply):
            return Played(
                text=piece.text,
                model=piece.model,
                cut=piece.stop == "length",
                read=piece.usage.read,
                written=piece.usage.written,
                first_seconds=first and round(first, 3),
                seconds=round(perf_counter() - began, 3),
            )
    raise ModelProblem(f"{model.name} gave no reply.")


def _remember(request: Request, asked: Play, tell: Callable[[str], None], cancel: Cancel | None) -> Played:
    """What Darak answers from the memory; it takes no instructions, and has no temperature."""
    answering: Answering = request.app.state.answering
    began, first = perf_counter(), None

    def on_event(one: Event) -> None:
        nonlocal first
        if isinstance(one, Words):
            first = first or perf_counter() - began
            tell(one.text)

    answer = answering.answer(asked.prompt[:_LONGEST], on_event=on_event, cancel=cancel)
    seconds = perf_counter() - began
    return Played(
        text=answer.text,
        model=answer.model or OWN,
        cut=False,
        read=None,
        written=None,
        first_seconds=round(first or seconds, 3),
        seconds=round(seconds, 3),
    )
