"""Who asks: the owner, in a browser or on this machine's command line, or a program with an API key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Request

from darak.server.limits import UNLIMITED, Limits

Scope = Literal["read", "ask", "write"]
SCOPES: tuple[Scope, ...] = ("read", "ask", "write")


@dataclass(frozen=True, slots=True)
class Caller:
    """`key` is the name of an API key, None for the owner, who may do everything."""

    key: str | None = None
    scopes: frozenset[str] = frozenset(SCOPES)
    limits: Limits = UNLIMITED


OWNER = Caller()


def _caller(request: Request) -> Caller:
    return request.scope["darak.caller"]


def _needs(scope: Scope) -> Callable[[Request], Caller]:
    def check(request: Request) -> Caller:
        caller = _caller(request)
        if scope not in caller.scopes:
            raise HTTPException(403, f"this key may not {scope}")
        if scope == "write" and caller.limits != UNLIMITED:
            raise HTTPException(403, "a key that sees a part of the memory may not change it")
        return caller

    return check


def _owner(request: Request) -> Caller:
    caller = _caller(request)
    if caller.key is not None:
        raise HTTPException(403, "only the owner may do this, signed in with a browser")
    return caller


Reads = Annotated[Caller, Depends(_needs("read"))]
Asks = Annotated[Caller, Depends(_needs("ask"))]
Writes = Annotated[Caller, Depends(_needs("write"))]
Owner = Annotated[Caller, Depends(_owner)]
