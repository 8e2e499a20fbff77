"""What is uploaded: under which name it is kept, what was said of it, and why it may not be taken."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from darak.records.cipher import atomic_write
from darak.records.record import nfc

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class UploadRefused(Exception):
    """The upload cannot be taken; `status` is that of the response."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Said:
    """By which key a file was sent, None for the owner, and what the columns of a bank's statement hold."""

    by: str | None = None
    columns: str | None = None

    def write(self, path: Path) -> None:
        with atomic_write(path) as stream:
            stream.write(orjson.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> Said:
        """What was written; nothing where that is gone."""
        try:
            return cls(**orjson.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return cls()


def safe_name(name: str) -> str:
    """A file name that names nothing but a file in the folder it is put in."""
    text = _UNSAFE.sub("_", nfc(name.replace("\\", "/").rpartition("/")[2])).strip(" .")
    while len(text.encode("utf-8", "replace")) > 200:
        text = text[1:]
    return text.encode("utf-8", "replace").decode() or "upload"
