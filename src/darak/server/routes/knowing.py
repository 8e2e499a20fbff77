"""What the memory knows: its coverage, search, and answers, at once or step by step."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any

import apsw
import orjson
from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, Field
from starlette.responses import Response, StreamingResponse

from darak import __version__
from darak.answers.answer import Step
from darak.answers.written.draft import Words
from darak.answers.written.written import Event, OnEvent
from darak.memory.coverage import SourceCoverage, source_coverage
from darak.memory.memory import index_size
from darak.memory.named import named_filter
from darak.memory.search import Hit, search
from darak.models.wire import Cancel
from darak.records.storage import storage_problem
from darak.records.time import zone_info
from darak.records.vault import Vault
from darak.server.aloud import aloud, once
from darak.server.answered import AnswerShape
from darak.server.answering import Answering
from darak.server.caller import Asks, Caller, Reads
from darak.server.house import House
from darak.server.limits import UNLIMITED
from darak.server.readers import Busy, View
from darak.server.shapes import (
    Asked,
    ConversationId,
    Day,
    Kind,
    Names,
    Origin,
    RecordShape,
    Shape,
    fields_of,
    origins,
    shapes,
)
from darak.server.talking import NoConversation, Talking

router = APIRouter(prefix="/api", tags=["knowing"])
SearchWords = Annotated[str, Field(max_length=1_000)]


def _near(now: datetime) -> datetime:
    if not 1 < now.year < 9999:
        raise ValueError("is too far away")
    return now


Moment = Annotated[datetime, AfterValidator(_near)]
"""A moment of asking, against which dates such as "last week" are read; without a zone it is the owner's."""
EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}}}


class Coverage(BaseModel):
    """One source: records and samples, together by year; what is missing within its span; days since its last record
    where they are many; when it was last imported."""

    source: str
    account: str
    records: int
    samples: int
    first: str | None
    last: str | None
    years: dict[int, int]
    missing_years: list[int]
    stale_days: int | None
    last_import: str | None


class Status(BaseModel):
    """What is in the memory. Sizes in bytes; `importing` says that more is just coming in. Both tell of the whole
    memory, so that they are empty and false through a key that sees a part of it."""

    version: str
    zone: str
    records: int
    samples: int
    people: int
    sources: list[Coverage]
    bytes: dict[str, int]
    importing: bool


@router.get("/status")
def status(request: Request, caller: Reads) -> Status:
    """What is in the memory, from where, and from when."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        sources = view.once(source_coverage)
        home, whole = house.home, caller.limits == UNLIMITED
        return Status(
            version=__version__,
            zone=view.vault.zone,
            records=sum(one.records for one in sources),
            samples=sum(one.samples for one in sources),
            people=view.once(_people),
            sources=[_coverage(one, house.clock(view.vault.zone)) for one in sources],
            bytes={"vault": (home / "vault.db").stat().st_size, "index": index_size(home)} if whole else {},
            importing=whole and request.app.state.imports.running,
        )


def _people(vault: Vault) -> int:
    return vault.rows("SELECT count(DISTINCT person) FROM identity")[0][0]


def _coverage(one: SourceCoverage, now: datetime) -> Coverage:
    return Coverage(
        source=one.source,
        account=one.account,
        records=one.records,
        samples=one.samples,
        first=one.first and one.first.isoformat(),
        last=one.last and one.last.isoformat(),
        years=one.years,
        missing_years=one.missing,
        stale_days=one.stale(now.date()),
        last_import=one.last_import,
    )


class SearchRequest(Shape):
    """Words, names and times, and which records may be found: days, months or years (`until` is included), sources,
    kinds, names of people and of threads."""

    query: SearchWords = ""
    since: Day | None = None
    until: Day | None = None
    sources: Names = Field(default_factory=list[str])
    kinds: list[Kind] = Field(default_factory=list[Kind], max_length=16)
    people: Names = Field(default_factory=list[str])
    threads: Names = Field(default_factory=list[str])
    limit: int = Field(10, ge=1, le=100)
    context: int = Field(1, ge=0, le=10)
    now: Moment | None = None


class HitShape(RecordShape):
    """A found record; scores order the hits of one search. `before` and `after` are its neighbours in the thread."""

    score: float
    origins: list[Origin]
    before: list[RecordShape]
    after: list[RecordShape]


class Hits(BaseModel):
    hits: list[HitShape]
    seconds: float


@router.post("/search")
def find(request: Request, asked: SearchRequest, caller: Reads) -> Hits:
    """The records that fit best, best first, with their context."""
    house: House = request.app.state.house
    began = perf_counter()
    with house.read(caller.limits) as view:
        chosen = named_filter(
            view.vault,
            since=asked.since,
            until=asked.until,
            sources=asked.sources,
            kinds=asked.kinds,
            people=asked.people,
            threads=asked.threads,
        )
        now = _moment(house, view, asked.now)
        hits = search(view.memory, asked.query, now=now, filter=chosen, k=asked.limit, context=asked.context)
        return Hits(hits=[_hit(view.vault, hit, caller) for hit in hits], seconds=round(perf_counter() - began, 4))


def _hit(vault: Vault, hit: Hit, caller: Caller) -> HitShape:
    return HitShape(
        **fields_of(hit.id, hit.record, whole=False),
        score=round(hit.score, 4),
        origins=origins(vault, hit.n, caller),
        before=shapes(hit.before),
        after=shapes(hit.after),
    )


class Question(Shape):
    """A question in Korean or English; `now` is the moment of asking, if it is not this one. `conversation` is the one
    that it goes on with, null to begin one; without it the question stands alone and is not kept. `no_model` leaves
    language models out."""

    question: Asked
    now: Moment | None = None
    conversation: ConversationId | None = None
    no_model: bool = False


@router.post("/ask", response_model=AnswerShape)
async def ask(request: Request, asked: Question, caller: Asks) -> Response:
    """The answer to a question, with the records it rests on; or that there is no record. A question whose asker goes
    away is given up, and not kept."""

    def answer(cancel: Cancel) -> str:
        return answered(request, asked, caller, cancel=cancel).model_dump_json()

    told = await once(request, answer, request.app.state.house.closing)
    if told is None:
        raise Busy("Darak is being stopped; ask again when it runs")
    return Response(told, media_type="application/json")


@router.post("/ask/stream", response_class=StreamingResponse, responses=EVENTS)
def ask_aloud(request: Request, asked: Question, caller: Asks) -> StreamingResponse:
    """The same as server-sent events: a `step` as each thing is done, `words` as a model's sentences are checked,
    `anew` when what was said so far is void, then the whole `answer`; or an `error`."""
    house: House = request.app.state.house

    async def events() -> AsyncGenerator[bytes, None]:
        def work(tell: Callable[[bytes], None], cancel: Cancel) -> None:
            answer = answered(request, asked, caller, lambda one: tell(_told(one)), cancel)
            tell(event("answer", answer.model_dump()))

        try:
            async for one in aloud(work, house.closing):
                yield one
        except NoConversation:
            yield event("error", {"detail": "there is no such conversation", "status": 404})
        except Busy as busy:
            yield event("error", {"detail": str(busy)})
        except (apsw.Error, OSError, ValueError) as error:
            if (sentence := storage_problem(error, places=caller.key is None)) is None:
                raise
            yield event("error", {"detail": sentence, "status": 507})

    return StreamingResponse(events(), media_type="text/event-stream")


def event(name: str, data: Any) -> bytes:
    """One server-sent event; its data is a line of JSON."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), orjson.dumps(data))


def _told(one: Event) -> bytes:
    if isinstance(one, Step):
        return event("step", one.json())
    return event("words", {"text": one.text}) if isinstance(one, Words) else event("anew", {"why": one.why})


def answered(
    request: Request, asked: Question, caller: Caller, on_event: OnEvent | None = None, cancel: Cancel | None = None
) -> AnswerShape:
    """The answer to a question, kept in its conversation where it belongs to one."""
    state = request.app.state
    with state.house.read(caller.limits) as view:
        now = _moment(state.house, view, asked.now)
    if "conversation" not in asked.model_fields_set:
        answering: Answering = state.answering
        answer = answering.answer(
            asked.question, caller.limits, now=now, rules=asked.no_model, on_event=on_event, cancel=cancel
        )
        return AnswerShape.of(answer)
    talking: Talking = state.talking
    answer, conversation = talking.ask(
        asked.question,
        caller,
        asked.conversation,
        now=now,
        rules=asked.no_model,
        on_event=on_event,
        cancel=cancel,
    )
    return AnswerShape.of(answer, conversation)


def _moment(house: House, view: View, now: datetime | None) -> datetime:
    if now is None:
        return house.clock(view.vault.zone)
    return now if now.tzinfo else now.replace(tzinfo=zone_info(view.vault.zone))
