"""Notion's exports in Markdown or HTML: one record a page, and one for each row of a table that is no page.

Detected by `index.html` with Notion's list of page ids, by pages that are an `article` of class `page` with such an
id, and by Markdown pages and tables whose names end with an id and that begin as Notion's do. The id is the native
id; the parts of an export and its zips within zips are read as one. A table comes twice (`X.csv`, `X_all.csv`), and
most rows are pages too: nothing is taken in twice. The locator is "bytes A-B", the whole page or the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.decoding import decode
from darak.importers.formats.members import whole_file
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.notes.attachments import read_files
from darak.importers.notes.notion.export import Export, find_exports, indexed_ids, split_name
from darak.importers.notes.notion.page import Page, page_time, parse_html, parse_markdown
from darak.importers.notes.notion.table import columns_of, table_items
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

MAX_PAGE = 32 << 20


class NotionImporter:
    name = "notion"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for export in find_exports(tree):
            score, why = (
                (0.97, "Notion's page ids in its pages") if export.sure else (0.9, "names with Notion's page ids")
            )
            matches.append(Match(self.name, tuple(export.files.values()), score, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        members = set(match.members)
        for export in find_exports(tree):
            if not members.isdisjoint(export.files.values()):
                export.files = {path: name for path, name in export.files.items() if name in members}
                yield from _Reading(tree, export).items()


class _Reading:
    """One export: its pages, then the rows that are none, then what belongs to neither."""

    def __init__(self, tree: Tree, export: Export) -> None:
        self._tree = tree
        self._export = export
        self._ids: dict[str, str] = {}
        self._known = {*export.index, *export.pages, *export.tables}
        self._used: set[str] = set()
        self._columns = {
            path: columns_of(tree.head(export.files[path])) for path in export.tables if path in export.files
        }

    def items(self) -> Iterator[Item]:
        export = self._export
        for path in export.index:
            yield from self._index(path)
        for path in export.pages:
            if path in export.files:
                yield Units(1)
                yield from self._page(path)
        for path in export.tables:
            if path in export.files:
                yield from self._table(path)
        for path, member in export.files.items():
            if path not in self._known and path not in self._used:
                yield Units(1)
                yield Ignored("file-of-no-page", Origin(member, ""))

    def _index(self, path: str) -> Iterator[Item]:
        member = self._export.files.get(path)
        if member is None:
            return
        try:
            with self._tree.open(member) as stream:
                self._ids |= indexed_ids(decode(stream.read(MAX_PAGE))[0])
        except READ_ERRORS:
            pass  # it only repeats what the pages' names say
        yield Units(1)
        yield Ignored("list-of-pages", Origin(member, ""))

    def _page(self, path: str) -> Iterator[Item]:
        member = self._export.files[path]
        data = yield from whole_file(self._tree, member, MAX_PAGE)
        if data is None:
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        text, intact = decode(data)
        owner = self._export.owner(path)
        if path.endswith(".html"):
            page = parse_html(text)
        else:
            page = parse_markdown(text, self._columns.get(owner, ()) if owner else ())
        files = self._files(path, page)
        blobs, left_out = read_files(self._tree, files)
        title = page.title or self._export.title_in_name(path)
        time, end = page_time(page.properties, page.types, title)
        extra: dict[str, Any] = {"properties": page.properties, "tags": page.tags, "missing": left_out}
        yield Record(
            source="notion",
            kind="note",
            native_id=self._export.page_id(path, data[:MAX_PAGE], self._ids),
            time=time,
            end=end,
            origin=origin,
            thread=self._title(owner) if owner else None,
            title=title,
            text=page.text,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        flaws = [] if intact else [("undecodable-text", "some of its bytes could not be decoded")]
        if left_out:
            flaws.append(("attachment-left-out", f"files too large or not readable were left out: {len(left_out)}"))
        if path.endswith(".html") and not text.rstrip().endswith("</html>"):
            flaws.append(("cut-off", "the page ends in the middle; export it again"))
        yield from one_flaw(flaws, origin)

    def _files(self, path: str, page: Page) -> list[str]:
        """The files that the page shows, and those in its folder."""
        export = self._export
        known = self._known
        linked = [found for link in page.links if (found := export.resolve(path, link)) is not None]
        own = [
            file
            for file in dict.fromkeys((*linked, *export.below.get(path, ())))
            if file not in known and file in export.files
        ]
        self._used.update(own)
        return [export.files[file] for file in own]

    def _title(self, path: str) -> str | None:
        head = decode(self._tree.head(self._export.files[path]))[0] if path in self._export.files else ""
        if path.endswith(".md"):
            return parse_markdown(head, ()).title
        if path.endswith(".html") and (title := parse_html(head[: head.find("page-body")]).title):
            return title
        return self._export.title_in_name(path)

    def _table(self, path: str) -> Iterator[Item]:
        export = self._export
        member = export.files[path]
        title, _, whole = split_name(path)
        stem = path.removesuffix(".csv")
        if not whole and f"{stem}_all.csv" in export.files:
            yield Units(1)
            yield Ignored("table-twice", Origin(member, ""))
            return
        tables = (f"{stem.removesuffix('_all')}.csv", f"{stem.removesuffix('_all')}_all.csv")
        below = {file for table in tables for file in export.below.get(table, ()) if file.endswith((".md", ".html"))}
        pages = Counter(found for page in below if (found := self._title(page)) is not None)
        try:
            yield from table_items(self._tree, member, title, pages)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the table cannot be read to its end: {error}")
