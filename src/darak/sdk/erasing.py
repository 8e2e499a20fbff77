"""Forgetting in two steps: what would go is shown and held, and only that is erased."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from darak.memory.forgetting import Scope, forget, hidden, select
from darak.memory.memory import Memory
from darak.memory.named import named_filter
from darak.records.cipher import keyed_hash
from darak.records.erasure import Request, Selection
from darak.records.samples import stored_samples
from darak.records.vault import Vault
from darak.sdk.results import Forgetting, Problem, Receipt, Which


class Erasing:
    """The previews of one open memory, by their tokens. Each can be confirmed once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._shown: dict[str, tuple[Selection, Request]] = {}

    def preview(self, words: str | None, records: Sequence[str], metrics: Sequence[str], which: Which) -> Forgetting:
        """What fits all that is given. Problem when that is nothing; UnknownName for a name nobody has."""
        vault = self._memory.vault
        asked: dict[str, Any] = {
            "record": sorted(records),
            "search": " ".join((words or "").split()),
            "person": sorted(which.get("people", ())),
            "thread": sorted(which.get("threads", ())),
            "source": sorted(which.get("sources", ())),
            "kind": sorted(which.get("kinds", ())),
            "metric": sorted(metrics),
            "since": which.get("since"),
            "until": which.get("until"),
        }
        if not any(asked.values()):
            raise Problem("say what to forget, as in people=[…] or words=…")
        if metrics and any(asked[part] for part in ("record", "search", "person", "thread", "kind")):
            raise Problem("a metric has no words, people, threads or kinds; forget these by themselves")
        chosen = named_filter(vault, **which, exact=True)
        numbers = tuple(_number(vault, one) for one in records) if records else None
        selection = select(self._memory, Scope(chosen, numbers, asked["search"] or None, tuple(metrics)))
        token = secrets.token_hex(16)
        told = _told(vault, selection, token)
        if not (told.records or told.samples or told.unreadable_rows):
            raise Problem("nothing in this memory fits")
        self._shown[token] = selection, _request(vault, asked)
        return told

    def erase(self, token: str, now: datetime) -> Receipt:
        """Erases what was shown under this token. Problem when nothing was, or it is gone already."""
        shown = self._shown.pop(token, None)
        if shown is None:
            raise Problem("show first what would be forgotten, with forgetting(), and confirm that")
        self._shown.clear()  # what others have shown may be gone now
        receipt = forget(self._memory, *shown, now)
        files = tuple(file.path for file in receipt.files)
        return Receipt(receipt.time, receipt.records, receipt.samples, receipt.bad_rows, files, receipt.json())


def _number(vault: Vault, record_id: str) -> int:
    n = vault.number(record_id) if record_id else None
    if n is None:
        raise Problem(f"no record, or more than one, has an id that begins with {record_id}")
    return n


def _told(vault: Vault, selection: Selection, token: str) -> Forgetting:
    days: list[str] = []
    samples = 0
    for stored in vault.get(selection.ns).values():
        if stored.record.time.local is not None:
            days.append(stored.record.time.local.date().isoformat())
    if selection.samples is not None:
        for sample in stored_samples(vault.db, selection.samples):
            samples += 1
            days.append(sample.day())
    first, last = min(days, default=""), max(days, default="")
    return Forgetting(token, len(selection.ns), samples, len(selection.bad_rows), first, last)


def _request(vault: Vault, asked: dict[str, Any]) -> Request:
    """What was asked for, in words that tell nothing of what they find."""
    words = ["samples" if asked["metric"] else "everything"]
    if asked["record"]:
        words.append(f"with {len(asked['record'])} given ids")
    if asked["search"]:
        words.append("that says " + " ".join(hidden(vault, word) for word in asked["search"].split()))
    for name, said in (("person", "of"), ("thread", "in thread")):
        if asked[name]:
            words.append(f"{said} " + " or ".join(hidden(vault, value) for value in asked[name]))
    for name, said in (("source", "from"), ("kind", "of kind"), ("metric", "of metric")):
        if asked[name]:
            words.append(f"{said} " + " or ".join(asked[name]))
    words += [f"{name} {asked[name]}" for name in ("since", "until") if asked[name]]
    known_by = keyed_hash(vault.key, b"forget\0" + orjson.dumps(asked, option=orjson.OPT_SORT_KEYS))
    return Request(" ".join(words), known_by.hex())
