"""A file of one activity, whatever its format: FIT, GPX or TCX."""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.formats.xml_pieces import encoding_of
from darak.importers.health.fit import LARGEST, read_fit
from darak.importers.health.fit_layout import is_fit
from darak.importers.health.gpx import GpxFile, is_gpx
from darak.importers.health.tcx import TcxFile, is_tcx
from darak.importers.importer import Ignored, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin


def is_activity_file(head: bytes) -> bool:
    return is_fit(head) or is_gpx(head) or is_tcx(head)


def read_activity_file(tree: Tree, member: str, source: str) -> Iterator[Item]:
    """The items of the file, as records and samples of `source`; one ignored unit when it is of another format."""
    head = tree.head(member)
    with tree.open(member) as stream:
        if is_fit(head):
            yield from read_fit(stream.read(LARGEST), member, source)
        elif is_gpx(head):
            yield from GpxFile(member, source, encoding_of(head)).read(stream)
        elif is_tcx(head):
            yield from TcxFile(member, source, encoding_of(head)).read(stream)
        else:
            yield Units(1)
            yield Ignored("file-beside", Origin(member, ""))
