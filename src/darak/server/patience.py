"""Which connections are listened to: not those of other users of this machine, nor without end those that send the head
of their request a byte at a time."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from darak.server.neighbours import is_neighbour

HEAD = 15.0
"""Seconds within which a request's line and headers have to be there, from the first moment or byte on."""


class PatientProtocol(H11Protocol):
    """HTTP as uvicorn speaks it; a connection of a neighbour, or without a whole head in time, is closed."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        peer, here = (transport.get_extra_info(end)[:2] for end in ("peername", "sockname"))
        if is_neighbour(peer, here):
            transport.abort()
            return
        self._late = self.loop.call_later(HEAD, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        waiting = self.conn.their_state is h11.IDLE
        if not waiting:
            self._in_time()
        elif self._late is None:
            self._late = self.loop.call_later(HEAD, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
