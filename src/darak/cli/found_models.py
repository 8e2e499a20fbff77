"""Servers of language models with what they have, as `darak models` lists them."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from darak.models.dialects.dialect import Listed
from darak.models.models import Found
from darak.models.settings import Abilities, Settings
from darak.models.wire import host_of, is_here


def server_lines(found: Found, settings: Settings) -> list[str]:
    """A server and its models as a person reads them, a line for each."""
    server = found.server
    lines = [f"{server.name}  {server.url}"]
    if found.problem:
        lines.append(f"    {found.problem}")
    for name, listed in zip(found.names(), found.models, strict=True):
        place = f"{settings.order.index(name) + 1}." if name in settings.order else ""
        notes: list[str] = []
        host = listed.host or host_of(server.url)
        if server.kind != "gguf" and not is_here(host):
            notes.append(f"runs at {host}, {'allowed' if host in settings.allowed else 'not allowed'}")
        if not listed.chats:
            notes.append("not for answers")
        if tested := settings.abilities.get(name):
            notes.append(f"tested: {', '.join(tested.rungs) or 'no shapes'}{', calls' if tested.tools else ''}")
        if context := _context(listed, settings.known(name)):
            notes.append(f"{context:,} tokens")
        lines.append(f"  {place:>3} {name}" + (f"  ({'; '.join(notes)})" if notes else ""))
    return lines


def server_json(found: Found, settings: Settings) -> dict[str, Any]:
    """The same for programs."""
    server = found.server
    listed = [
        {
            "name": name,
            "host": one.host or host_of(server.url),
            "context": _context(one, settings.known(name)),
            "chats": one.chats,
            "tested": to_builtins(settings.abilities.get(name)),
        }
        for name, one in zip(found.names(), found.models, strict=True)
    ]
    return {"name": server.name, "kind": server.kind, "url": server.url, "models": listed, "problem": found.problem}


def _context(listed: Listed, known: Abilities | None) -> int | None:
    """A model's window in tokens: what was found out of it, else what its server tells."""
    return (known and known.context) or listed.context
