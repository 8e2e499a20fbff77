"""The same life for programs that await: each call runs beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, Self, TypeVar, Unpack

from darak.memory.timeline import Unit
from darak.sdk.life import Life, OnProgress
from darak.sdk.results import (
    Answer,
    Conversation,
    Forgetting,
    Hit,
    Period,
    Person,
    Problem,
    Receipt,
    Record,
    Report,
    Which,
)

T = TypeVar("T")


class AsyncLife:
    """As Life, with every method awaited. Use it in an `async with`, or await `close`.

    Calls are served one after the other. `on_progress` is called in another thread.
    """

    def __init__(self, life: Life, thread: ThreadPoolExecutor) -> None:
        self._life, self._thread = life, thread

    @classmethod
    async def of(cls, make: Callable[[], Life]) -> AsyncLife:
        """The life that `make` opens, beside the event loop."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="darak-life")
        try:
            life = await asyncio.get_running_loop().run_in_executor(thread, make)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(life, thread)

    async def ask(
        self, question: str, *, now: datetime | None = None, conversation: str | None = None, model: bool = True
    ) -> Answer:
        return await self._run(partial(self._life.ask, question, now=now, conversation=conversation, model=model))

    async def conversations(self, search: str = "", *, limit: int = 50) -> tuple[Conversation, ...]:
        return await self._run(partial(self._life.conversations, search, limit=limit))

    async def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        return await self._run(lambda: self._life.search(query, limit=limit, context=context, now=now, **which))

    async def record(self, record_id: str) -> Record:
        return await self._run(partial(self._life.record, record_id))

    async def timeline(
        self, by: Unit = "year", *, since: str | None = None, until: str | None = None
    ) -> tuple[Period, ...]:
        return await self._run(partial(self._life.timeline, by, since=since, until=until))

    async def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        return await self._run(partial(self._life.day, day, limit=limit))

    async def people(self) -> tuple[Person, ...]:
        return await self._run(self._life.people)

    async def import_(self, path: str | Path, *, on_progress: OnProgress | None = None) -> tuple[Report, ...]:
        return await self._run(partial(self._life.import_, path, on_progress=on_progress))

    async def remember(self, text: str, *, title: str | None = None, via: str | None = None) -> Record:
        return await self._run(partial(self._life.remember, text, title=title, via=via))

    async def forgetting(
        self,
        *,
        words: str | None = None,
        records: Sequence[str] = (),
        metrics: Sequence[str] = (),
        everything: bool = False,
        **which: Unpack[Which],
    ) -> Forgetting:
        asked = partial(self._life.forgetting, words=words, records=records, metrics=metrics, everything=everything)
        return await self._run(lambda: asked(**which))

    async def forget(self, forgetting: Forgetting, *, keep: Sequence[str] = (), confirm: Literal[True]) -> Receipt:
        return await self._run(partial(self._life.forget, forgetting, keep=keep, confirm=confirm))

    async def close(self) -> None:
        try:
            await self._run(self._life.close)
        finally:
            self._thread.shutdown(wait=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _run(self, call: Callable[[], T]) -> T:
        try:
            running = asyncio.get_running_loop().run_in_executor(self._thread, call)
        except RuntimeError as error:  # the thread takes nothing more
            raise Problem("this life is closed; open it again") from error
        return await running


async def open_async(
    home: str | Path | None = None, *, passphrase: str | None = None, create: bool = False, zone: str | None = None
) -> AsyncLife:
    """As `open`, for programs that await."""
    from darak.sdk import local

    return await AsyncLife.of(partial(local.open, home, passphrase=passphrase, create=create, zone=zone))


async def connect_async(url: str, key: str, *, timeout: float = 60.0) -> AsyncLife:
    """As `connect`, for programs that await."""
    from darak.sdk import remote

    return await AsyncLife.of(partial(remote.connect, url, key, timeout=timeout))
