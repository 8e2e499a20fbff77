"""Rows of a CSV file with a header as items: one record each, a bad row for each that is damaged, and the count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.csv_rows import Row, count_rows, read_rows
from darak.importers.formats.lines import encodings_of
from darak.importers.formats.outcomes import LONGEST_RAW, Built, built_items, unreadable
from darak.importers.importer import BadRow, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

Values = Mapping[str, str]
"""A row's values by the names in the header, in small letters."""
Build = Callable[[Values, Origin], Built]


def header_of(head: bytes, delimiter: str = ",") -> tuple[str, ...]:
    """The names in the first row of a file with this head, in small letters; empty when it has no such row."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].rstrip(b"\r")
    if b"\0" in first or len(first) > 4096:
        return ()
    names = first.decode(encodings_of(first)[0], "replace").split(delimiter)
    return tuple(name.strip().strip('"').strip().lower() for name in names)


def row_items(
    tree: Tree,
    member: str,
    build: Build,
    *,
    header: tuple[str, ...] = (),
    delimiter: str = ",",
    last: re.Pattern[str] | None = None,
) -> Iterator[Item]:
    """The items of the rows below the header, or of all rows when their names are given as `header`.

    A last row without a line ending is taken for whole when a quote closes it or `last` describes its last value.
    Locators are "bytes A-B", the row.
    """
    names = header or header_of(tree.head(member), delimiter)
    encodings = encodings_of(tree.head(member))
    position = 0
    try:
        with tree.open(member) as stream:
            yield Units(count_rows(stream, encodings, delimiter, len(names)) - (not header))
        with tree.open(member) as stream:
            rows = read_rows(stream, encodings, delimiter, len(names))
            for number, row in enumerate(rows):
                position = row.end
                if number or header:
                    yield from _items(row, names, Origin(member, f"bytes {row.start}-{row.end}"), build, last)
    except READ_ERRORS as error:
        yield from unreadable(member, position, error)


def _items(
    row: Row, names: tuple[str, ...], origin: Origin, build: Build, last: re.Pattern[str] | None
) -> Iterator[Item]:
    raw = row.raw[:LONGEST_RAW]
    if not row.ended and not (row.values and (row.raw.endswith(b'"') or (last and last.fullmatch(row.values[-1])))):
        yield BadRow("cut-off", origin, "the last row is not ended; export or download the file again", raw)
        return
    if not row.values:
        yield BadRow("damaged-row", origin, f"the row has not the {len(names)} values of the header", raw)
        return
    built = build(dict(zip(names, row.values, strict=False)), origin)
    yield from built_items(built, origin, raw, intact=row.intact, code="bad-row")
