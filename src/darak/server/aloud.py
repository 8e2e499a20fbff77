"""Long work whose parts are sent as they come, and which ends when nobody reads them any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import TypeVar

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
