"""What the owner asks to be forgotten, as every face of Darak says it, and what would go."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import orjson

from darak.language.saying import all_said, sayings
from darak.memory.filter import Filter
from darak.memory.forgetting import Scope, select
from darak.memory.memory import Memory
from darak.memory.named import named_filter
from darak.memory.people import HAS_ROLE
from darak.records.cipher import keyed_hash
from darak.records.conversations import turns_to_forget
from darak.records.erasure import Request, Selection, turns_resting_on
from darak.records.samples import stored_samples
from darak.records.time import EPOCH
from darak.records.vault import Vault

_LIVES = 900.0
"""Seconds for which what was shown can be confirmed."""
_MOST = 20
_NAMES = 10
TYPED = ("forget", "잊기")
"""One of these is typed by whoever wants everything forgotten."""
_RECORDS_ONLY = ("records", "words", "people", "threads", "kinds")


class CannotForget(Exception):
    """It cannot be forgotten as asked; the message says why."""


class Changed(CannotForget):
    """What was shown is not what would go now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToForget:
    """All that fits every part that is given; or, with `everything`, all there is.

    `records` and `keep`, which are left out after all, are ids or their beginnings; `words` are all said, quoted ones
    also inside longer words; `people` are meant by their whole names; `metrics` are names of samples; `since` and
    `until` days, months or years, both included. CannotForget when nothing is given, or what cannot go together.
    """

    records: tuple[str, ...] = ()
    words: str = ""
    people: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    everything: bool = False
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = {name for name, value in asdict(self).items() if value} - {"keep"}
        if not given:
            raise CannotForget("say what to forget: words, a person, a thread, a source, days, or everything")
        if self.everything and len(given) > 1:
            raise CannotForget("everything is more than what else is asked for; say one of the two")
        if self.metrics and not given.isdisjoint(_RECORDS_ONLY):
            raise CannotForget("a metric has no words, people, threads or kinds; forget these apart")

    def select(self, memory: Memory) -> Selection:
        """What would go; the memory must have followed the journal to its end.

        UnknownName for a day that is none, or for what is not in this memory; CannotForget for a record to keep that
        would not go.
        """
        vault = memory.vault
        chosen = named_filter(
            vault,
            since=self.since,
            until=self.until,
            sources=self.sources,
            kinds=self.kinds,
            people=self.people,
            threads=self.threads,
            exact=True,
        )
        records = tuple(_number(vault, one) for one in self.records) if self.records else None
        selection = select(memory, Scope(chosen, records, self.words or None, self.metrics))
        kept = {_number(vault, one) for one in self.keep}
        if not kept.issubset(selection.ns):
            raise CannotForget("only records that would go can be kept")
        return replace(selection, ns=tuple(n for n in selection.ns if n not in kept), turns=self._turns(vault, chosen))

    def _turns(self, vault: Vault, chosen: Filter) -> tuple[int, ...]:
        """The turns of conversations that are asked for themselves: by words and days alone, for a turn has no more."""
        if self.everything:
            return turns_to_forget(vault)
        if not (self.words or self.since or self.until) or any(
            (self.records, self.people, self.threads, self.sources, self.kinds, self.metrics)
        ):
            return ()
        asked = sayings(self.words)
        said = partial(all_said, asked) if asked else None
        return turns_to_forget(vault, said, chosen.since, chosen.until)

    def request(self, vault: Vault) -> Request:
        """What is asked for, in words that tell nothing of what they find, and the hash that knows it again."""
        words = ["samples" if self.metrics else "everything"]
        if self.records:
            words.append(f"with {len(self.records)} given ids")
        if self.words:
            words.append("that says " + " ".join(_hidden(vault, word) for word in self.words.split()))
        for names, said in ((self.people, "of"), (self.threads, "in thread")):
            if names:
                words.append(f"{said} " + " or ".join(_hidden(vault, name) for name in sorted(names)))
        for names, said in ((self.sources, "from"), (self.kinds, "of kind"), (self.metrics, "of metric")):
            if names:
                words.append(f"{said} " + " or ".join(sorted(names)))
        words += [f"{name} {day}" for name, day in (("since", self.since), ("until", self.until)) if day]
        if self.keep:
            words.append(f"but for {len(self.keep)} records")
        known = orjson.dumps(self._canonical(), option=orjson.OPT_SORT_KEYS)
        return Request(" ".join(words), keyed_hash(vault.key, b"forget\0" + known).hex())

    def _canonical(self) -> dict[str, Any]:
        """The same for the same request, however it was written: receipts are found by it, so that it never changes."""
        later = {"keep": sorted(self.keep), "everything": self.everything}
        return {
            "record": sorted(self.records),
            "search": " ".join(self.words.split()),
            "person": sorted(self.people),
            "thread": sorted(self.threads),
            "source": sorted(self.sources),
            "kind": sorted(self.kinds),
            "metric": sorted(self.metrics),
            "since": self.since,
            "until": self.until,
        } | {name: value for name, value in later.items() if value}


@dataclass(frozen=True, slots=True)
class Going:
    """What would go: records and samples by source, the unreadable rows, the attached files that nothing else has, the
    first and last day ("" when there is none), and the people of the records, the ten with most of them."""

    ns: tuple[int, ...]
    records: Counter[str]
    samples: Counter[str]
    unreadable_rows: int
    attachments: int
    first: str
    last: str
    people: dict[str, int]
    turns: int = 0
    """Turns of conversations, those among them whose answers rested on what would go."""

    def __bool__(self) -> bool:
        return bool(self.records or self.samples or self.unreadable_rows or self.turns)

    @classmethod
    def of(cls, vault: Vault, selection: Selection) -> Going:
        records: Counter[str] = Counter()
        samples: Counter[str] = Counter()
        days: set[str] = set()
        for source, count, *ends in _rows(vault, _BY_SOURCE, selection.ns):
            records[source] += count
            days.update((EPOCH + timedelta(seconds=end)).date().isoformat() for end in ends if end is not None)
        if selection.samples is not None:
            for sample in stored_samples(vault.db, selection.samples):
                samples[sample.source] += 1
                days.add(sample.day())
        first, last = min(days, default=""), max(days, default="")
        rows = len(selection.bad_rows)
        attachments, people = _attachments(vault, selection.ns), _people(vault, selection.ns)
        turns = len(turns_resting_on(vault, selection).union(selection.turns))
        return cls(selection.ns, records, samples, rows, attachments, first, last, people, turns)

    def by_source(self) -> dict[str, int]:
        """Records and samples together."""
        return dict(self.records + self.samples)

    def ids(self, vault: Vault, limit: int) -> list[str]:
        """The ids of the first so many records."""
        return [
            one.hex() for (one,) in _rows(vault, "SELECT id FROM record WHERE n IN ({}) ORDER BY n", self.ns[:limit])
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the owner has seen, and may say yes to."""

    asked: ToForget
    selection: Selection
    until: float

    def again(self, memory: Memory, keep: Sequence[str]) -> tuple[ToForget, Selection]:
        """What is to go now, but for the records to keep. Changed when that is not what was shown."""
        if self.asked.select(memory) != self.selection:
            raise Changed("the memory has changed since; look again at what would go")
        asked = replace(self.asked, keep=(*self.asked.keep, *keep))
        return asked, asked.select(memory)


class Previews:
    """What was shown lately, by tokens that can each be confirmed once."""

    def __init__(self) -> None:
        self._shown: OrderedDict[str, Shown] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, asked: ToForget, selection: Selection) -> str:
        """Returns the token."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._shown[token] = Shown(asked, selection, time.monotonic() + _LIVES)
            while len(self._shown) > _MOST:
                self._shown.popitem(last=False)
        return token

    def take(self, token: str) -> Shown:
        """Changed when it is too old, or was taken before."""
        with self._lock:
            shown = self._shown.pop(token, None)
        if shown is None or shown.until <= time.monotonic():
            raise Changed("what was shown is too old, or was confirmed before; look again at what would go")
        return shown


_AT_ONCE = 1_000
_BY_SOURCE = (
    "SELECT s.name, count(*), min(r.local), max(r.local) FROM record r JOIN source s ON s.id=r.source"
    " WHERE r.n IN ({}) GROUP BY 1"
)
_PEOPLE = (
    "SELECT q.name, count(DISTINCT p.n) FROM record_person p JOIN identity i ON i.id=p.identity"
    f" JOIN person q ON q.id=i.person WHERE p.n IN ({{}}) AND NOT {HAS_ROLE} GROUP BY q.id"
)


def _rows(vault: Vault, sql: str, ns: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query of so many records by their numbers, which it has as {}, a thousand after the other."""
    for start in range(0, len(ns), _AT_ONCE):
        yield from vault.rows(sql.format(",".join(map(str, ns[start : start + _AT_ONCE]))))


def _number(vault: Vault, record_id: str) -> int:
    n = vault.number(record_id) if record_id else None
    if n is None:
        raise CannotForget(f"no record, or more than one, has an id that begins with {record_id}")
    return n


def _hidden(vault: Vault, name: str) -> str:
    """A name or a word as a receipt may show it: always the same for this vault, and telling nobody else anything."""
    return "#" + keyed_hash(vault.key, b"receipt name\0" + name.encode()).hex()[:12]


def _people(vault: Vault, ns: Sequence[int]) -> dict[str, int]:
    people: Counter[str] = Counter()
    for name, count in _rows(vault, _PEOPLE, ns):
        people[name] += count
    return dict(people.most_common(_NAMES))


def _attachments(vault: Vault, ns: Sequence[int]) -> int:
    going = frozenset(ns)
    holders = vault.rows("SELECT hash, n FROM record_blob")
    return len({blob for blob, n in holders if n in going} - {blob for blob, n in holders if n not in going})
