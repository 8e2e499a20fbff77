"""A folder, a file, a zip or a tgz as one view: a tree of members that can be opened, archives inside included.

Text in UTF-16 is shown in UTF-8. Names are NFC with "/" between parts; a member of an archive inside the tree is
"archive.zip!inner/name". What cannot be offered as a member (a truncated zip, a name that climbs out) becomes a
problem; the rest is read. What Finder, Explorer and the like leave in folders for themselves is no member.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from darak.importers.archive import READ_ERRORS, Archive, ArchiveError, check_ratio, open_archive
from darak.importers.json_head import shortened
from darak.importers.markup_head import without_styles
from darak.importers.names import is_of_system
from darak.importers.utf16 import in_utf8, is_utf16
from darak.records.record import nfc

HEAD = 64 * 1024
MAX_DEPTH = 3


class TreeError(Exception):
    """The path cannot be read at all; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class TreeProblem:
    code: str
    member: str
    message: str


class Tree(Protocol):
    @property
    def path(self) -> Path: ...

    @property
    def problems(self) -> list[TreeProblem]: ...

    def members(self) -> list[Member]: ...

    def open(self, name: str) -> BinaryIO:
        """A readable, not always seekable stream of the member's bytes; OSError when it cannot be opened."""
        ...

    def head(self, name: str) -> bytes:
        """The member's first 64 KiB, cached: detection reads nothing else. Empty when unreadable. What would fill
        it by itself, texts of JSON and style sheets of pages, is cut."""
        ...


class FileTree:
    """A file or a folder on disk, with the archives in it opened in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[TreeProblem] = []
        self._files: dict[str, Path] = {}
        self._archived: dict[str, tuple[Archive, str]] = {}
        self._heads: dict[str, bytes] = {}
        self._wide: set[str] = set()
        self._packed = self._unpacked = 0
        self._members: list[Member] = []
        self._find()

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum([member.size for member in self._members])

    def members(self) -> list[Member]:
        return self._members

    def open(self, name: str) -> BinaryIO:
        stream = self._open(name)
        return in_utf8(stream) if name in self._wide else stream

    def _open(self, name: str) -> BinaryIO:
        if name in self._files:
            return self._files[name].open("rb")
        if name not in self._archived:
            raise FileNotFoundError(f"there is no member {name}")
        archive, inner = self._archived[name]
        return archive.open(inner)

    def head(self, name: str) -> bytes:
        if name not in self._heads:
            try:
                with self.open(name) as stream:
                    head = stream.read(HEAD)
                    if is_utf16(head):
                        self._wide.add(name)
                        head = in_utf8(io.BytesIO(head)).read(HEAD)
                    elif len(head) == HEAD:
                        head = without_styles(shortened(head, stream), stream)
                self._heads[name] = head
            except READ_ERRORS as error:
                self.problems.append(TreeProblem("unreadable", name, f"cannot be read: {error}"))
                self._heads[name] = b""
        return self._heads[name]

    def _find(self) -> None:
        single = self.path.is_file()
        for path in [self.path] if single else sorted(self._walk()):
            name = self._name(path) if not single else nfc(_readable(path.name))
            if not single and is_of_system(name):
                continue
            try:
                size = path.stat().st_size
            except OSError as error:
                self.problems.append(TreeProblem("unreadable", name, f"cannot be read: {error.strerror}"))
                continue
            self._files[name] = path
            self._packed, self._unpacked, known = size, 0, len(self._members)
            try:
                self._offer(name, size, depth=0)
            except ArchiveError as error:  # archives in archives that only together would fill the disk
                del self._members[known:]
                self.problems.append(TreeProblem(error.code, name, str(error)))

    def _walk(self) -> Iterator[Path]:
        """The files in the folder and in those within. What cannot be offered is told; but links that lead to what is
        read anyway, or nowhere, lose nothing."""

        def refuse(path: Path, code: str, message: str) -> None:
            self.problems.append(TreeProblem(code, self._name(path), message))

        def unlisted(error: OSError) -> None:
            refuse(Path(error.filename), "unreadable", f"the folder cannot be listed: {error.strerror}")

        whole = self.path.resolve()
        for place, folders, names in os.walk(self.path, onerror=unlisted):
            for path in (Path(place, name) for name in (*folders, *names)):
                if path.is_symlink():
                    if path.exists() and not path.resolve().is_relative_to(whole):
                        refuse(path, "link", "a link to another place is not followed; import what it leads to")
                elif path.is_file():
                    yield path
                elif not path.is_dir():
                    refuse(path, "no-file", "is neither a file nor a folder; it was not read")

    def _name(self, path: Path) -> str:
        return nfc(_readable(path.relative_to(self.path).as_posix()))

    def _offer(self, name: str, size: int, depth: int) -> None:
        """Lists the member, or, when it is an archive, what is in it.

        ArchiveError when all archives in one file of the disk unpack to more than a real export does.
        """
        try:
            archive = open_archive(self.head(name), lambda: self.open(name), name)
        except ArchiveError as error:
            self.problems.append(TreeProblem(error.code, name, str(error)))
            return
        if archive is None:
            self._members.append(Member(name, size))
        elif depth == MAX_DEPTH:
            message = f"lies more than {MAX_DEPTH} archives deep; unpack it first"
            self.problems.append(TreeProblem("nested-too-deep", name, message))
        else:
            self.problems += [TreeProblem(e.code, f"{name}!{e.member}", str(e)) for e in archive.refused]
            self._unpacked += sum(archive.members.values())
            check_ratio(self._unpacked, self._packed)
            for inner, inner_size in archive.members.items():
                self._archived[f"{name}!{inner}"] = archive, inner
                if not is_of_system(inner):
                    self._offer(f"{name}!{inner}", inner_size, depth + 1)


def _readable(name: str) -> str:
    """A file name as text: Linux gives undecodable bytes as surrogates, and old Korean archives leave cp949 names."""
    try:
        name.encode()
        return name
    except UnicodeEncodeError:
        raw = os.fsencode(name)
    try:
        return raw.decode("cp949")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def open_tree(path: Path) -> FileTree:
    """The tree at `path`. TreeError when there is nothing to read."""
    if not path.exists():
        raise TreeError(f"{path}: there is no such file or folder")
    if not path.is_file() and not path.is_dir():
        raise TreeError(f"{path}: is neither a file nor a folder; save what it gives to a file first")
    try:
        tree = FileTree(path)
    except PermissionError as error:
        raise TreeError(f"{error.filename or path}: may not be read by this user") from error
    if not tree.members() and not tree.problems:
        raise TreeError(f"{path}: there is nothing in it to read")
    return tree
