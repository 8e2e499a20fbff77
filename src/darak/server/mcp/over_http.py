"""`/mcp`: the tools over HTTP, each request by itself, with what the caller's key allows and lets see."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Unpack

import apsw
from fastapi import FastAPI
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Send
from starlette.types import Scope as HttpScope

from darak.memory.named import UnknownName, named_filter
from darak.memory.search import search
from darak.memory.timeline import Unit, amounts, by_day, one_day
from darak.records.storage import storage_problem
from darak.sdk.notes import keep_note
from darak.sdk.reading import hits_of, read_answer, record_of, records_of
from darak.sdk.results import Answer, Hit, Period, Problem, Record, Which
from darak.server.answering import Answering
from darak.server.caller import SCOPES, Caller, Scope
from darak.server.house import House
from darak.server.limits import UNLIMITED
from darak.server.mcp.tools import create_server
from darak.server.readers import Busy

_GUARDED = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""Host and Origin are seen to by the gate, before anything comes here."""


class OverHttp:
    """The protocol's side of one application."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._servers: dict[tuple[Scope, ...], MCPServer[Any]] = {}

    async def answer(self, scope: HttpScope, receive: Receive, send: Send) -> None:
        """Answers one request. Nothing is kept between requests, so nothing has to be started or ended."""
        server = self._server(allowed(scope["darak.caller"]))
        app = server.streamable_http_app(
            streamable_http_path=scope["path"], stateless_http=True, json_response=True, transport_security=_GUARDED
        )
        async with server.session_manager.run():
            await app(scope, receive, send)

    def _server(self, scopes: tuple[Scope, ...]) -> MCPServer[Any]:
        if scopes not in self._servers:
            self._servers[scopes] = create_server(self._lend, scopes)
        return self._servers[scopes]

    @contextmanager
    def _lend(self, context: Context) -> Generator[Seen]:
        request = context.request_context.request
        assert request is not None  # it came over HTTP
        caller: Caller = request.scope["darak.caller"]
        try:
            yield Seen(self._app.state.house, self._app.state.answering, caller)
        except (UnknownName, Busy) as error:
            raise Problem(str(error)) from error
        except (apsw.Error, OSError, ValueError) as error:
            if (sentence := storage_problem(error, places=caller.key is None)) is None:
                raise
            raise Problem(sentence) from error


def allowed(caller: Caller) -> tuple[Scope, ...]:
    """What a caller may do; who sees only a part of the memory may not change it."""
    may = caller.scopes if caller.limits == UNLIMITED else caller.scopes - {"write"}
    return tuple(scope for scope in SCOPES if scope in may)


class Seen:
    """What one caller may see of the memory, told as the SDK tells it."""

    def __init__(self, house: House, answering: Answering, caller: Caller) -> None:
        self._house, self._answering, self._caller = house, answering, caller

    def ask(self, question: str) -> Answer:
        return read_answer(self._answering.answer(question, self._caller.limits).json())

    def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        with self._house.read(self._caller.limits) as view:
            chosen = named_filter(view.vault, **which)
            now = now or self._house.clock(view.vault.zone)
            return hits_of(search(view.memory, query, now=now, filter=chosen, k=limit, context=context))

    def timeline(self, by: Unit, *, since: str | None = None, until: str | None = None) -> tuple[Period, ...]:
        with self._house.read(self._caller.limits) as view:
            found = amounts(view.once(by_day), by, since, until)
            return tuple(Period.of(one.period, one.records, one.samples) for one in found)

    def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        with self._house.read(self._caller.limits) as view:
            return records_of(view.vault.get(one_day(view.vault, day, limit=limit).ns).values())

    def remember(self, text: str, *, via: str | None = None) -> Record:
        house = self._house
        by = " ".join(f"{self._caller.key or ''} {via or ''}".split())
        stored = house.write(lambda vault: keep_note(vault, text, house.clock(vault.zone), None, by or None))
        house.index_soon()
        return record_of(stored)
