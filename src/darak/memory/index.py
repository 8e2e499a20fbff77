"""The volumes in one folder, brought up to the vault's journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import tantivy

from darak.memory.volume import SIZE, Entry, Volume
from darak.records.private_folder import remove_folder
from darak.records.vault import ADDED, ERASED, Vault

_STEP = 2000
OnIndexed = Callable[[int, int], None]
"""Called with the journal entries followed and those there are to follow in all."""


class Index:
    """Plain volumes by number, and `seq`, the journal entry they have followed."""

    def __init__(self, vault: Vault, folder: Path, seq: int) -> None:
        self.vault = vault
        self.folder = folder
        self.seq = seq
        self.volumes: dict[int, Volume] = {}
        self.load()

    def load(self) -> None:
        """Opens the volumes that lie in the folder, as they are there now."""
        numbers = sorted(int(path.name) for path in self.folder.iterdir())
        self.volumes = {number: Volume(self.folder / str(number)) for number in numbers}

    def follow(self, end: int, on_indexed: OnIndexed = lambda done, total: None) -> None:
        """Takes in the journal up to sequence number `end`."""
        start = self.seq
        while self.seq < end and (changes := self.vault.changes(self.seq, min(_STEP, end - self.seq))):
            added = [c.n for c in changes if c.change == ADDED]
            others = [c for c in changes if c.change != ADDED]
            self._add(added)
            if others:
                self._delete({c.n for c in others})
                self._add(sorted({c.n for c in others if c.change != ERASED}))
            self.seq = changes[-1].seq
            on_indexed(self.seq - start, end - start)

    def commit(self) -> None:
        """Makes what was followed searchable."""
        for volume in self.volumes.values():
            volume.commit()

    def finish(self) -> None:
        """Commits and lets go of the files, so that they stay as they are."""
        for volume in self.volumes.values():
            volume.finish()

    def remake(self, number: int) -> None:
        """Makes one volume anew from the vault."""
        self.drop(number)
        low, high = number * SIZE, (number + 1) * SIZE
        rows = self.vault.rows("SELECT n FROM record WHERE n>=? AND n<? ORDER BY n", (low, high))
        for start in range(0, len(rows), _STEP):
            self._add([n for (n,) in rows[start : start + _STEP]])

    def drop(self, number: int) -> None:
        volume = self.volumes.pop(number, None)
        if volume is not None:
            volume.finish()
            remove_folder(volume.folder)

    def holds(self, n: int) -> bool:
        """Whether the index still knows a record number."""
        volume = self.volumes.get(n // SIZE)
        if volume is None:
            return False
        return bool(volume.searcher.search(tantivy.Query.term_query(volume.schema, "n", n), 1).hits)

    def _volume(self, number: int) -> Volume:
        if number not in self.volumes:
            self.volumes[number] = Volume(self.folder / str(number))
        return self.volumes[number]

    def _add(self, ns: Sequence[int]) -> None:
        for number, group in groupby(ns, key=lambda n: n // SIZE):
            self._volume(number).add(self._entries(list(group)))

    def _delete(self, ns: set[int]) -> None:
        for number, group in groupby(sorted(ns), key=lambda n: n // SIZE):
            self._volume(number).delete(group)

    def _entries(self, ns: Sequence[int]) -> Iterator[Entry]:
        """The entries of records by number; ns are ascending. Numbers no longer in the vault are left out."""
        low, high = ns[0], ns[-1]
        wanted = None if high - low + 1 == len(ns) else set(ns)
        identities: dict[int, list[int]] = {}
        sql = "SELECT n, identity FROM record_person WHERE n BETWEEN ? AND ?"
        for n, identity in self.vault.rows(sql, (low, high)):
            identities.setdefault(n, []).append(identity)
        sources: dict[int, str] = dict(self.vault.rows("SELECT id, name FROM source"))
        sql = "SELECT n, body, source, kind, thread, local FROM record WHERE n BETWEEN ? AND ? ORDER BY n"
        for n, body, source, kind, thread, local in self.vault.rows(sql, (low, high)):
            if wanted is None or n in wanted:
                yield Entry(n, body, sources[source], kind, thread, local, identities.get(n, ()))
