"""`darak conversations`: what was asked and answered, listed, shown, searched and erased."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Protocol

import orjson

from darak.cli.printing import shorten
from darak.cli.session import UsageProblem, open_vault
from darak.language.saying import all_said, sayings
from darak.records.conversations import (
    delete_conversations,
    keeps_conversations,
    list_conversations,
    read_conversation,
    set_keeping,
)
from darak.records.vault import Vault, VaultBusy

_LISTED = 50


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "conversations",
        parents=[common],
        help="what was asked and answered; search it, erase it",
        description="Conversations are kept in the vault. They are no records of yours: nothing finds them but this.",
    )
    parser.add_argument("id", nargs="?", help="show this conversation; its first few characters do")
    parser.add_argument("--search", metavar="WORDS", default="", help="those that say all of these words")
    parser.add_argument("--forget", nargs="*", metavar="ID", help="erase these")
    parser.add_argument("--all", action="store_true", help="with --forget: erase all of them")
    parser.add_argument("--keep", choices=("yes", "no"), help="whether conversations are kept from now on")
    parser.add_argument("--json", action="store_true", help="one JSON object for each conversation or turn")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        with open_vault(args) as vault:
            return _do(args, _Here(vault))
    except VaultBusy as busy:
        from darak.cli.server_of import server_of

        return _do(args, _There(server_of(args, busy)))


class _Shelf(Protocol):
    """Where the conversations are; ids may be their first few characters."""

    def heads(self, search: str) -> list[dict[str, Any]]: ...
    def turns(self, conversation: str) -> list[dict[str, Any]] | None: ...
    def forget(self, conversations: Sequence[str] | None) -> int: ...
    def keep(self, keep: bool | None) -> bool: ...


class _Here:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def heads(self, search: str) -> list[dict[str, Any]]:
        asked = sayings(search)
        found = list_conversations(self._vault, _LISTED, said=partial(all_said, asked) if asked else None)
        return [asdict(one) | {"key": one.key or None} for one in found]

    def turns(self, conversation: str) -> list[dict[str, Any]] | None:
        found = read_conversation(self._vault, conversation)
        return None if found is None else [turn.json() for turn in found.turns]

    def forget(self, conversations: Sequence[str] | None) -> int:
        if conversations is None:
            return delete_conversations(self._vault)
        found = [read_conversation(self._vault, one) for one in conversations]
        return delete_conversations(self._vault, [one.id for one in found if one is not None])

    def keep(self, keep: bool | None) -> bool:
        if keep is not None:
            set_keeping(self._vault, keep)
        return keeps_conversations(self._vault)


class _There:
    def __init__(self, server: Any) -> None:
        self._wire = server.wire

    def heads(self, search: str) -> list[dict[str, Any]]:
        return self._wire.get("/api/conversations", search=search, limit=_LISTED)["conversations"]

    def turns(self, conversation: str) -> list[dict[str, Any]] | None:
        whole = self._whole(conversation)
        if whole is None:
            return None
        turns = self._wire.get(f"/api/conversations/{whole}")["turns"]
        cited = ("number", "id")
        return [turn | {"cited": [{k: one[k] for k in cited} for one in turn.pop("citations")]} for turn in turns]

    def forget(self, conversations: Sequence[str] | None) -> int:
        if conversations is None:
            count = len(self.heads(""))
            self._wire.call("DELETE", "/api/conversations")
            return count
        found = [whole for one in conversations if (whole := self._whole(one))]
        for one in found:
            self._wire.call("DELETE", f"/api/conversations/{one}")
        return len(found)

    def keep(self, keep: bool | None) -> bool:
        if keep is not None:
            body = orjson.dumps({"keep": keep})
            self._wire.call("PUT", "/api/conversations/keeping", body, {"Content-Type": "application/json"})
        return self._wire.get("/api/conversations", limit=1)["keeping"]

    def _whole(self, conversation: str) -> str | None:
        heads = self._wire.get("/api/conversations", limit=500)["conversations"]
        found = [head["id"] for head in heads if head["id"].startswith(conversation)]
        return found[0] if len(found) == 1 else None


def _do(args: argparse.Namespace, shelf: _Shelf) -> int:
    if args.keep is not None:
        kept = shelf.keep(args.keep == "yes")
        print(
            "Conversations are kept." if kept else "Conversations are kept no more. `--forget --all` erases the others."
        )
        return 0
    if args.forget is not None or args.all:
        return _forget(args, shelf)
    if args.id:
        return _show(args, shelf)
    heads = shelf.heads(args.search)
    if args.json:
        return _json(heads)
    for head in heads:
        by = f"  ({head['key']})" if head["key"] else ""
        count = f"{head['turns']:>3} question{'s' * (head['turns'] != 1)}"
        print(f"{head['id'][:8]}  {head['last'][:16].replace('T', ' ')}  {count:13} {shorten(head['title'], 80)}{by}")
    if not heads:
        print("No conversation says that." if args.search else "There is no conversation yet.", file=sys.stderr)
    return 0


def _forget(args: argparse.Namespace, shelf: _Shelf) -> int:
    if args.forget is None or bool(args.all) == bool(args.forget):
        raise UsageProblem("say which, as `darak conversations` lists them, or --all")
    count = shelf.forget(None if args.all else args.forget)
    print(f"{count:,} conversation{'s were' if count != 1 else ' was'} erased.")
    return 0 if args.all or count == len(args.forget) else 1


def _show(args: argparse.Namespace, shelf: _Shelf) -> int:
    turns = shelf.turns(args.id)
    if turns is None:
        raise UsageProblem(f"no conversation, or more than one, has an id that begins with {args.id}")
    if args.json:
        return _json(turns)
    for turn in turns:
        print(f"{turn['time'][:16].replace('T', ' ')}  {turn['question']}\n{turn['answer']}\n")
    return 0


def _json(objects: Sequence[dict[str, Any]]) -> int:
    for one in objects:
        sys.stdout.buffer.write(orjson.dumps(one) + b"\n")
    return 0
