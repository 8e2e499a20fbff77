"""The files that lie beside a note, as blobs of its record."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable

from darak.importers.archive import READ_ERRORS
from darak.importers.names import short_name
from darak.importers.tree import Tree
from darak.records.record import Blob

MAX_FILES = 96 << 20
"""Bytes of files that one record bears; a video may be larger than the memory an import may use."""


def read_files(tree: Tree, members: Iterable[str]) -> tuple[tuple[Blob, ...], list[str]]:
    """The files as blobs, and the names of those that cannot be read or do not fit into MAX_FILES any more."""
    blobs: list[Blob] = []
    left_out: list[str] = []
    room = MAX_FILES
    for member in dict.fromkeys(members):
        name = short_name(member)
        try:
            with tree.open(member) as stream:
                data = stream.read(room + 1)
        except (*READ_ERRORS, KeyError):
            left_out.append(name)
            continue
        if len(data) > room:
            left_out.append(name)
            continue
        room -= len(data)
        blobs.append(Blob.of(data, name, mimetypes.guess_type(name)[0]))
    return tuple(blobs), left_out
