"""The index at rest: every file of every volume sealed with the vault's key, and opened in a private folder.

The sealed folder changes in one step, the manifest's: a kill before it leaves the earlier index, which then follows
the journal again from where it was. Tantivy never changes a segment file, so only new ones are sealed each time.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson

from darak.records.cipher import SealBroken, atomic_write, seal, seal_file, unseal, unseal_file
from darak.records.private_folder import PrivateFolder, remove_leftovers

_MANIFEST = "manifest"
_ROOM = 2 << 30
"""Bytes that must stay free in memory-backed storage for the open index to lie there."""


@dataclass(slots=True)
class Manifest:
    """`files` maps "volume/name" to the sealed file's name; `seq` is the journal entry that the index has followed."""

    format: int = 0
    seq: int = 0
    files: dict[str, str] = field(default_factory=dict[str, str])


def read_manifest(sealed: Path, key: bytes) -> Manifest:
    """The manifest of a sealed index; an empty one when there is none or it cannot be used."""
    try:
        plain = BytesIO()
        with (sealed / _MANIFEST).open("rb") as stream:
            unseal(stream, plain, key)
        return Manifest(**orjson.loads(plain.getvalue()))
    except (FileNotFoundError, SealBroken, TypeError, ValueError):
        return Manifest()


def open_index(sealed: Path, manifest: Manifest, folder: Path, key: bytes) -> bool:
    """Writes the plain files of a sealed index into `folder`; False when a file is missing or damaged."""
    try:
        for name, sealed_name in manifest.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            unseal_file(sealed / sealed_name, path, key)
    except (SealBroken, FileNotFoundError):
        return False
    return True


def seal_index(sealed: Path, before: Manifest, folder: Path, key: bytes, *, format: int, seq: int) -> Manifest:
    """Seals what is new in `folder` and makes it the index at rest; files no longer in use are deleted."""
    sealed.mkdir(parents=True, exist_ok=True, mode=0o700)
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".lock":
            continue
        name = path.relative_to(folder).as_posix()
        changeable = path.suffix == ".json"
        if not changeable and name in before.files:
            files[name] = before.files[name]
        else:
            files[name] = secrets.token_hex(16)
            seal_file(path, sealed / files[name], key)
    manifest = Manifest(format, seq, files)
    plain: dict[str, Any] = {"format": format, "seq": seq, "files": files}
    with atomic_write(sealed / _MANIFEST) as stream:
        seal(BytesIO(orjson.dumps(plain)), stream, key)
    clean_sealed(sealed, manifest)
    return manifest


def clean_sealed(sealed: Path, manifest: Manifest) -> None:
    """Deletes sealed files that the manifest does not name, left by a kill or by merging."""
    kept = {_MANIFEST, *manifest.files.values()}
    for path in sealed.iterdir() if sealed.exists() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def private_folder(home: Path, need: int) -> PrivateFolder:
    """A new folder for the open index, in memory-backed storage when it has room for `need` bytes."""
    place = home.stat()
    label = f"{place.st_ino:x}-{place.st_dev:x}-"
    candidates = [Path(p) for p in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm") if p and os.access(p, os.W_OK)]
    for parent in (*candidates, home / "open"):
        remove_leftovers(parent)
    for parent in candidates:
        if shutil.disk_usage(parent).free > _ROOM + need * 3:
            return PrivateFolder(parent, label)
    (home / "open").mkdir(exist_ok=True, mode=0o700)
    return PrivateFolder(home / "open", label)
