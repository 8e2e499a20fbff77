"""Long work whose parts are sent as they come, and which ends when nobody reads them any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing, suppress
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from darak.models.problems import Cancelled
from darak.models.wire import Cancel

_LOOK = 0.5
"""Seconds between two looks whether the server is stopping."""

T = TypeVar("T")


async def aloud(
    work: Callable[[Callable[[T], None], Cancel], None], closing: threading.Event
) -> AsyncGenerator[T, None]:
    """What `work(tell, cancel)` tells, as it does, from a thread of its own; what it raises is raised at the end.

    When the reader goes away, or `closing` is set, `cancel` is set and the next `tell` raises Cancelled.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[tuple[T] | BaseException | None] = asyncio.Queue()
    cancel = Cancel()

    def put(one: tuple[T] | BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever listened
            loop.call_soon_threadsafe(told.put_nowait, one)

    def tell(one: T) -> None:
        cancel.check()
        put((one,))

    def run() -> None:
        try:
            work(tell, cancel)
        except Cancelled:
            put(None)
        except BaseException as error:
            put(error)
        else:
            put(None)

    threading.Thread(target=run, name="darak-aloud", daemon=True).start()
    try:
        while True:
            try:
                one = await asyncio.wait_for(told.get(), _LOOK)
            except TimeoutError:
                if closing.is_set():
                    return
                continue
            if one is None:
                return
            if isinstance(one, BaseException):
                raise one
            yield one[0]
    finally:
        cancel.cancel()


async def once(http: Request, work: Callable[[Cancel], T], closing: threading.Event) -> T | None:
    """What the work gives, from a thread of its own; None when `closing` is set first. It is cancelled when the client
    goes away."""

    def tell_all(tell: Callable[[T], None], cancel: Cancel) -> None:
        tell(work(cancel))

    async def only() -> T | None:
        async with aclosing(aloud(tell_all, closing)) as told:
            async for one in told:
                return one
        return None

    return await unless_gone(http, only())


async def unless_gone(http: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; ClientDisconnect when the client goes away first."""

    async def gone() -> None:
        while (await http.receive())["type"] != "http.disconnect":
            pass

    working, going = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({working, going}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientDisconnect
    finally:
        for task in (working, going):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
