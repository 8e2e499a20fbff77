"""The memory: the vault's index, at rest sealed, opened in a private folder while it is used."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from darak.memory import sealing
from darak.memory.follower import Follower
from darak.memory.index import Index, OnIndexed
from darak.memory.volume import FORMAT, SIZE, Volume
from darak.records import erasure
from darak.records.receipt import erased_numbers
from darak.records.vault import Vault

_WORTH_A_PROCESS = 10_000
"""Entries of the journal that one process takes longer for than another takes to start."""
_EXPECTED = 8 << 20
"""Bytes to be imported that will be so many entries, unless they are pictures, and then nothing is lost."""


class Memory:
    """The index of one open vault. Use it in a `with`, or close it, so that it is sealed again."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.threads = ThreadPoolExecutor(os.cpu_count())
        """In which volumes are searched side by side; Tantivy lets go of the interpreter."""
        self._sealed = vault.home / "index"
        self._private = sealing.private_folder(vault.home, index_size(vault.home))
        self._folder = self._private.path
        try:
            self.index, self._manifest = self._open()
            for receipt in erasure.unfinished(vault):
                self.forget(erased_numbers(vault, receipt))
                erasure.finish(vault, receipt)
        except BaseException:
            self._private.close()
            raise

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reader(self, vault: Vault) -> Memory:
        """The memory as its files are now, for another thread that only reads; `vault` is a reader's own.

        It is not to be closed, and does not follow: what comes later is seen by asking for another.
        """
        reader = object.__new__(Memory)
        reader.vault, reader.threads = vault, self.threads
        reader._sealed, reader._folder, reader._manifest = self._sealed, self._folder, self._manifest
        reader.index = Index(vault, self._folder, self.index.seq)
        return reader

    @property
    def volumes(self) -> dict[int, Volume]:
        return self.index.volumes

    @property
    def lag(self) -> int:
        """Entries of the journal that the index has not followed yet."""
        return self.vault.last_seq() - self.index.seq

    def follow(self, on_indexed: OnIndexed = lambda done, total: None) -> None:
        """Brings the index up to the journal's end and makes it searchable."""
        if self.lag:
            self.index.follow(self.vault.last_seq(), on_indexed)
            self.index.commit()

    @contextmanager
    def follow_beside(self, *, visible: bool = False, expected: int = 0) -> Generator[Callable[[], None]]:
        """While in it, another process follows the journal each time what is yielded is called.

        The second process starts only when there is enough to do, or `expected`, the bytes of what is about to be
        imported; the index is at the journal's end afterwards. With `visible`, those who read meanwhile find what it
        has followed.
        """
        follower: Follower | None = None

        def nudge() -> None:
            if follower is None and self.lag >= _WORTH_A_PROCESS:
                start()
            if follower is not None:
                follower.follow(self.vault.last_seq())

        def start() -> None:
            nonlocal follower
            self.index.finish()
            follower = Follower(self.vault, self._folder, self.index.seq, visible)

        try:
            if expected >= _EXPECTED:
                start()
            yield nudge
        finally:
            if follower is not None:
                seq = follower.finish()
                if seq is None:  # it died: what it wrote cannot be trusted, so the index at rest is taken again
                    self._private.clear()
                    self.index, self._manifest = self._open()
                else:
                    self.index = Index(self.vault, self._folder, seq)
            self.follow()

    def seal(self) -> None:
        """Puts the index at rest as it is now, sealed; the memory stays open."""
        self.index.finish()
        if self.index.seq != self._manifest.seq or not self._sealed.exists():
            self._seal()

    def close(self) -> None:
        try:
            self.seal()
        finally:
            self.threads.shutdown()
            self.volumes.clear()
            self._private.close()

    def rebuild(self, on_indexed: OnIndexed = lambda done, total: None) -> None:
        """Makes the whole index anew from the vault."""
        for number in list(self.volumes):
            self.index.drop(number)
        self.index.seq = 0
        self.follow(on_indexed)
        self.index.finish()
        self._seal()

    def forget(self, ns: Sequence[int]) -> None:
        """Makes the volumes of these erased records anew, so that none of their words is left in any file."""
        self.follow()  # first, or a volume made anew would be given again what it already took from the vault
        for number in sorted({n // SIZE for n in ns}):
            self.index.remake(number)
        self.index.finish()
        self._seal()

    def holds(self, n: int) -> bool:
        """Whether the index still knows a record number."""
        return self.index.holds(n)

    def _open(self) -> tuple[Index, sealing.Manifest]:
        """The plain index in the private folder; empty when there is none at rest that can be used."""
        vault, sealed = self.vault, self._sealed
        manifest = sealing.read_manifest(sealed, vault.key)
        sealing.clean_sealed(sealed, manifest)
        usable = manifest.format == FORMAT and manifest.seq <= vault.last_seq()
        if usable and sealing.open_index(sealed, manifest, self._folder, vault.key):
            try:
                return Index(vault, self._folder, manifest.seq), manifest
            except ValueError:  # what Tantivy raises for files that it cannot read
                pass
        self._private.clear()
        return Index(vault, self._folder, 0), sealing.Manifest()

    def _seal(self) -> None:
        self._manifest = sealing.seal_index(
            self._sealed, self._manifest, self._folder, self.vault.key, format=FORMAT, seq=self.index.seq
        )


def index_size(home: Path) -> int:
    """Bytes of the sealed index on the disk."""
    folder = home / "index"
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.exists() else 0
