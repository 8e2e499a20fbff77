"""Attached files beside the vault, each sealed and named by a keyed hash, so that a name tells nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from darak.records.cipher import atomic_write, keyed_hash, seal, unseal


class BlobStore:
    """Blobs by the SHA-256 of their bytes, under `folder`."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def name(self, blob_hash: str) -> str:
        """The keyed hash that a blob is stored under."""
        return keyed_hash(self._key, blob_hash.encode()).hex()

    def path(self, blob_hash: str) -> Path:
        return self._place(self.name(blob_hash))

    def holds(self, name: str) -> bool:
        """Whether there is a file under a keyed hash."""
        return self._place(name).exists()

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:]

    def put(self, blob_hash: str, data: bytes) -> None:
        path = self.path(blob_hash)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with atomic_write(path) as target:
            seal(io.BytesIO(data), target, self._key)

    def get(self, blob_hash: str) -> bytes:
        """The bytes of a blob. FileNotFoundError when it is not here, SealBroken when it is damaged."""
        plain = io.BytesIO()
        with self.path(blob_hash).open("rb") as sealed:
            unseal(sealed, plain, self._key)
        return plain.getvalue()

    def delete(self, blob_hash: str) -> None:
        self.path(blob_hash).unlink(missing_ok=True)

    def files(self) -> Iterator[Path]:
        """Every file in the store, also those that no record names (left by a kill)."""
        yield from (path for path in self._folder.glob("*/*") if path.is_file())
