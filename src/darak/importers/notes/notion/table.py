"""The tables of a Notion export: CSV files whose rows are, in most exports, pages as well."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

from darak.importers.formats.csv_rows import Row, read_rows
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.importers.notes.notion.page import page_time
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_UTF8 = ("utf-8",)


def columns_of(head: bytes) -> list[str]:
    """The names of a table's columns; the first is the rows' title."""
    row = next(read_rows(io.BytesIO(head), _UTF8), None)
    return row.values if row else []


def table_items(tree: Tree, member: str, title: str, pages: Counter[str]) -> Iterator[Item]:
    """The rows that are no page: `pages` counts the titles of the pages in the table's folder, and is used up."""
    columns: list[str] = []
    with tree.open(member) as stream:
        for number, row in enumerate(read_rows(stream, _UTF8)):
            if number == 0:
                columns = row.values
                continue
            yield Units(1)
            origin = Origin(member, f"bytes {row.start}-{row.end}")
            if not row.values:
                yield BadRow("damaged-row", origin, "a row's quotes do not match, so that it cannot be read", row.raw)
            elif pages[row.values[0].strip()] > 0:
                pages[row.values[0].strip()] -= 1
                yield Ignored("row-is-a-page", origin)
            elif not any(value.strip() for value in row.values):
                yield Ignored("empty-row", origin)
            else:
                yield _record(row, columns, title, origin)


def _record(row: Row, columns: list[str], title: str, origin: Origin) -> Record:
    named = zip(columns, row.values, strict=False)
    properties = {name: value.strip() for name, value in named if value.strip()}
    name = row.values[0].strip()
    time, end = page_time(properties, {}, name)
    return Record(
        source="notion",
        kind="note",
        time=time,
        end=end,
        origin=origin,
        thread=title,
        title=name or None,
        text="\n".join(f"{name}: {value}" for name, value in properties.items()),
        extra={"properties": properties},
    )
