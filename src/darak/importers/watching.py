"""A watched folder: which of the things that lie in it are whole, at rest, and not imported yet.

Each file or folder directly in it is one export. What happened while nobody watched is found by looking; an event of
the system only says that it is worth looking.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ON_ITS_WAY = (".part", ".partial", ".crdownload", ".download", ".opdownload", ".aria2", ".!qB", ".tmp", "~")
"""How browsers and copying programs name what they have not finished, or what they keep beside it until then."""
_BESIDE = (".part", ".aria2")
"""Of these the file itself may lie there too, with nothing or only a part in it."""

Signature = tuple[int, int, int]
"""How many files, their bytes, and the last change in nanoseconds since 1970: of what is in them, or of what they are
called and who may read them, so that another file of the same size and date is another one."""


@dataclass(slots=True)
class WatchedFolder:
    """`settle` is how long something must stay as it is, in seconds, to be taken for whole."""

    folder: Path
    settle: float
    _since: dict[Path, tuple[Signature, float]] = field(default_factory=dict[Path, tuple[Signature, float]])

    def ready(self, known: Mapping[str, Signature], now: float) -> Iterator[tuple[Path, Signature]]:
        """What may be imported: at rest since `settle` before `now` (a monotonic clock), and not as in `known`."""
        try:
            entries = sorted(path for path in self.folder.iterdir() if _is_offered(path))
        except OSError:  # a disk that was taken out, a share that is gone
            entries = []
        self._since = {path: self._since[path] for path in entries if path in self._since}
        for path in entries:
            signature = sign(path)
            if signature is None or known.get(str(path.absolute())) == signature:
                continue
            before, since = self._since.get(path, (None, now))
            if before != signature:
                self._since[path] = (signature, now)
                since = now
            if now - since >= self.settle:
                yield path, signature

    def is_waiting(self, known: Mapping[str, Signature]) -> bool:
        """Whether something lies there that has yet to come to rest."""
        return any(known.get(str(path.absolute())) != signature for path, (signature, _) in self._since.items())


def sign(path: Path) -> Signature | None:
    """The signature of a file, or of all files of a folder; None when it is gone, or still on its way.

    An empty file is one that is yet to be filled: browsers make it before they begin.
    """
    files, size, changed = 0, 0, 0
    try:
        for file in [path] if path.is_file() else _files(path):
            if file.name.endswith(_ON_ITS_WAY) or any(Path(f"{file}{ending}").exists() for ending in _BESIDE):
                return None
            state = file.stat()
            files, size, changed = files + 1, size + state.st_size, max(changed, state.st_mtime_ns, state.st_ctime_ns)
    except OSError:
        return None
    return (files, size, changed) if size else None


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names if not Path(place, name).is_symlink())


def _is_offered(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return not hidden and not path.name.endswith(_ON_ITS_WAY) and (path.is_file() or path.is_dir())
