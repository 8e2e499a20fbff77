"""Zip and tar files, and what gzip, bzip2 and xz compressed, as a mapping from member name to stream.

Archives are not trusted.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from darak.importers.names import short_name
from darak.records.record import nfc

READ_ERRORS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    RuntimeError,
)
"""What opening or reading a damaged, encrypted or unknown compressed member may raise."""

MAX_RATIO = 300
"""The largest expansion believed of an archive that unpacks to over 64 MB; health exports reach about 40."""
_SUSPECT = 64 * 1024 * 1024
_IN_MEMORY = 32 * 1024 * 1024
_DOCUMENTS = (b"[Content_Types].xml", b"mimetype", b"_rels/")
"""First entries of the zip files that are one document (Office, OpenDocument, EPUB), not a folder of files."""
_CONTENT_TYPES = "[Content_Types].xml"
"""Stands in every Office document, but not always first: openpyxl and Google write other parts before it."""


_COMPRESSED: tuple[tuple[re.Pattern[bytes], Callable[[BinaryIO], BinaryIO], str], ...] = (
    (re.compile(rb"\x1f\x8b"), lambda stream: cast(BinaryIO, gzip.open(stream)), ".gz"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), lambda stream: cast(BinaryIO, bz2.open(stream)), ".bz2"),
    (re.compile(rb"\xfd7zXZ\0"), lambda stream: cast(BinaryIO, lzma.open(stream)), ".xz"),
)
"""How compressed files begin, what opens them, and what their names end in."""


class ArchiveError(Exception):
    """An archive or a member of it that is refused; `code` is stable, the message says what to do."""

    def __init__(self, code: str, message: str, member: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.member = member


class Archive:
    """The members of one archive by name with their sizes; `refused` tells what was left out."""

    def __init__(self, open_member: Callable[[str], BinaryIO]) -> None:
        self.members: dict[str, int] = {}
        self.refused: list[ArchiveError] = []
        self._raw_names: dict[str, str] = {}
        self._open = open_member

    def open(self, name: str) -> BinaryIO:
        try:
            return self._open(self._raw_names[name])
        except ValueError as error:  # a place that lies before the file's beginning, in a damaged zip
            raise zipfile.BadZipFile(str(error)) from error

    def offer(self, raw_name: str, size: int, name: str | None = None) -> None:
        """Lists a member unless its name is absolute or climbs out of the archive."""
        safe = nfc((raw_name if name is None else name).replace("\\", "/"))
        parts = PurePosixPath(safe).parts
        if safe.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")):
            self.refused.append(
                ArchiveError("path-escape", "its name points outside the archive; it was not read", safe)
            )
        elif parts:
            self.members[safe] = size
            self._raw_names[safe] = raw_name


def open_archive(head: bytes, opener: Callable[[], BinaryIO], name: str) -> Archive | None:
    """The archive that a member with this head is, or None when it is no archive.

    ArchiveError when it is one but cannot be used: truncated, encrypted, or a bomb.
    """
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        if head[30:].startswith(_DOCUMENTS):
            return None
        archive = _open_zip(opener)
        return None if _CONTENT_TYPES in archive.members else archive
    for sign, unpack, ending in _COMPRESSED:
        if sign.match(head):
            return _open_compressed(opener, name, unpack, ending)
    if head[257:262] == b"ustar":
        return _open_tar(opener())
    return None


def _open_zip(opener: Callable[[], BinaryIO]) -> Archive:
    stream = opener()
    if not stream.seekable():
        stream = _spool(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ArchiveError("broken-archive", "the zip is damaged or cut off; export or download it again") from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    check_ratio(sum(i.file_size for i in infos), sum(i.compress_size for i in infos))
    result = Archive(lambda raw: cast(BinaryIO, archive.open(raw)))
    for info in infos:
        if info.flag_bits & 1:
            result.refused.append(ArchiveError("encrypted", "needs a password; unpack it first", info.filename))
        else:
            result.offer(info.filename, info.file_size, _zip_name(info))
    return result


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Zip names without the UTF-8 flag are decoded as cp437 by the standard; Korean Windows writes cp949."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _open_compressed(
    opener: Callable[[], BinaryIO], name: str, unpack: Callable[[BinaryIO], BinaryIO], ending: str
) -> Archive:
    """A compressed tar becomes its members; any other compressed file is one member."""
    try:
        with unpack(opener()) as probe:
            is_tar = probe.read(512)[257:262] == b"ustar"
    except READ_ERRORS as error:
        raise ArchiveError("broken-archive", "the compressed file is damaged or cut off; export it again") from error
    if is_tar:
        return _open_tar(_spool(unpack(opener()), opener))
    archive = Archive(lambda _: unpack(opener()))
    archive.offer(short_name(name).removesuffix(ending) or "data", 0)
    return archive


def _open_tar(stream: BinaryIO) -> Archive:
    if not stream.seekable():
        stream = _spool(stream)
    try:
        archive = tarfile.open(fileobj=stream, mode="r:")
        infos = [info for info in archive if info.isfile()]
    except (tarfile.TarError, OSError, EOFError) as error:
        raise ArchiveError("broken-archive", "the tar is damaged or cut off; export or download it again") from error

    def open_member(raw: str) -> BinaryIO:
        member = archive.extractfile(raw)
        return cast(BinaryIO, member) if member else io.BytesIO()

    result = Archive(open_member)
    for info in infos:
        result.offer(info.name, info.size)
    stream.seek(archive.offset)
    if stream.read(tarfile.BLOCKSIZE).strip(b"\0") or stream.tell() == archive.offset:
        result.refused.append(ArchiveError("broken-archive", "the tar is cut off; export or download it again"))
    return result


def _spool(stream: BinaryIO, compressed: Callable[[], BinaryIO] | None = None) -> BinaryIO:
    """A seekable copy of a stream, in memory while it is small."""
    limit = None
    if compressed is not None:
        with compressed() as raw:
            limit = raw.seek(0, io.SEEK_END) * MAX_RATIO if raw.seekable() else None
    copy = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
    size = 0
    try:
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            if limit is not None and size > max(limit, _SUSPECT):
                check_ratio(size, limit // MAX_RATIO)
            copy.write(chunk)
    except READ_ERRORS as error:
        raise ArchiveError("broken-archive", "the archive is damaged or cut off; download it again") from error
    copy.seek(0)
    return cast(BinaryIO, copy)


def check_ratio(unpacked: int, packed: int) -> None:
    """ArchiveError when so many bytes cannot honestly come from so few."""
    if unpacked > _SUSPECT and unpacked > MAX_RATIO * max(packed, 1):
        raise ArchiveError(
            "zip-bomb",
            f"claims to unpack to {unpacked / 1e9:.1f} GB from {packed / 1e6:.1f} MB, which no real export does; "
            "it was not read",
        )
