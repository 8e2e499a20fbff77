"""The memory: all volumes together. It follows the vault's journal, finds, rebuilds and forgets."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from darak.memory import sealing
from darak.memory.volume import FORMAT, SIZE, Entry, Volume
from darak.records.vault import ADDED, ERASED, Vault

_STEP = 5000
OnIndexed = Callable[[int, int], None]


class Memory:
    """The index of one open vault. Use it in a `with`, or close it, so that it is sealed again."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._sealed = vault.home / "index"
        self._manifest = sealing.read_manifest(self._sealed, vault.key)
        sealing.clean_sealed(self._sealed, self._manifest)
        size = sum(f.stat().st_size for f in self._sealed.iterdir()) if self._sealed.exists() else 0
        self._folder = sealing.private_folder(vault.home, size)
        usable = self._manifest.format == FORMAT and self._manifest.seq <= vault.last_seq()
        if not usable or not sealing.open_index(self._sealed, self._manifest, self._folder, vault.key):
            shutil.rmtree(self._folder)
            self._folder.mkdir(mode=0o700)
            self._manifest = sealing.Manifest()
        self.seq = self._manifest.seq
        self.volumes: dict[int, Volume] = {
            int(path.name): Volume(path) for path in sorted(self._folder.iterdir(), key=lambda p: int(p.name))
        }
        self._changed = False

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def lag(self) -> int:
        """Entries of the journal that the index has not followed yet."""
        return self.vault.last_seq() - self.seq

    def follow(self, on_indexed: OnIndexed = lambda done, total: None) -> None:
        """Brings the index up to the journal's end; `on_indexed` gets entries done and in all."""
        start, end = self.seq, self.vault.last_seq()
        while changes := self.vault.changes(self.seq, _STEP):
            added = [c.n for c in changes if c.change == ADDED]
            others = [c for c in changes if c.change != ADDED]
            self._add(added)
            if others:
                self._delete({c.n for c in others})
                self._add(sorted({c.n for c in others if c.change != ERASED}))
            self.seq = changes[-1].seq
            self._changed = True
            on_indexed(self.seq - start, end - start)

    def commit(self) -> None:
        """Makes what was followed searchable in this process."""
        for volume in self.volumes.values():
            volume.commit()

    def seal(self) -> None:
        """Puts the index at rest as it is now, sealed; the memory stays open."""
        for volume in self.volumes.values():
            volume.finish()
        if self._changed or not self._sealed.exists():
            self._manifest = sealing.seal_index(
                self._sealed, self._manifest, self._folder, self.vault.key, format=FORMAT, seq=self.seq
            )
            self._changed = False

    def close(self) -> None:
        self.seal()
        self.volumes.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def rebuild(self, on_indexed: OnIndexed = lambda done, total: None) -> None:
        """Makes the whole index anew from the vault."""
        for number in list(self.volumes):
            self._drop(number)
        self.seq = 0
        self._changed = True
        self.follow(on_indexed)
        self.seal()

    def forget(self, ns: Sequence[int]) -> None:
        """Makes the volumes of these erased records anew, so that none of their words is left in any file."""
        for number in sorted({n // SIZE for n in ns}):
            self._drop(number)
            low, high = number * SIZE, (number + 1) * SIZE
            rows = self.vault.rows("SELECT n FROM record WHERE n>=? AND n<? ORDER BY n", (low, high))
            for start in range(0, len(rows), _STEP):
                self._add([n for (n,) in rows[start : start + _STEP]])
        self.seq = self.vault.last_seq()
        self._changed = True
        self.seal()

    def holds(self, n: int) -> bool:
        """Whether the index still knows a record number."""
        volume = self.volumes.get(n // SIZE)
        if volume is None:
            return False
        import tantivy

        query = tantivy.Query.term_query(volume.schema, "n", n)
        return bool(volume.searcher.search(query, 1).count)

    def _drop(self, number: int) -> None:
        volume = self.volumes.pop(number, None)
        if volume is not None:
            volume.finish()
            shutil.rmtree(volume.folder)

    def _volume(self, number: int) -> Volume:
        if number not in self.volumes:
            self.volumes[number] = Volume(self._folder / str(number))
        return self.volumes[number]

    def _add(self, ns: Sequence[int]) -> None:
        for number, group in groupby(ns, key=lambda n: n // SIZE):
            self._volume(number).add(self._entries(list(group)))

    def _delete(self, ns: set[int]) -> None:
        for number, group in groupby(sorted(ns), key=lambda n: n // SIZE):
            self._volume(number).delete(group)

    def _entries(self, ns: Sequence[int]) -> Iterator[Entry]:
        """The entries of records by number; ns are ascending. Numbers no longer in the vault are left out."""
        if not ns:
            return
        low, high = ns[0], ns[-1]
        wanted = None if high - low + 1 == len(ns) else set(ns)
        identities: dict[int, list[int]] = {}
        for n, identity in self.vault.rows("SELECT n, identity FROM record_person WHERE n BETWEEN ? AND ?", (low, high)):
            identities.setdefault(n, []).append(identity)
        sources: dict[int, str] = dict(self.vault.rows("SELECT id, name FROM source"))
        rows = self.vault.rows(
            "SELECT n, body, source, kind, thread, local FROM record WHERE n BETWEEN ? AND ? ORDER BY n", (low, high)
        )
        for n, body, source, kind, thread, local in rows:
            if wanted is None or n in wanted:
                yield Entry(n, body, sources[source], kind, thread, local, identities.get(n, ()))


def index_size(home: Path) -> int:
    """Bytes of the sealed index on the disk."""
    folder = home / "index"
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.exists() else 0
