"""A volume: one self-contained index of the words of up to half a million records, on Tantivy.

Volume v holds the records numbered [v * SIZE, (v + 1) * SIZE), so that a record's volume never changes and a
volume can be rebuilt, sealed, copied and dropped on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy
from msgspec import Struct
from msgspec.json import Decoder, Encoder

from darak.language.tokens import index_analyzer

SIZE = 500_000
FORMAT = 3
"""Grows when the same records would be indexed otherwise; an index of another format is rebuilt."""
TEXT_FIELDS = ("words",)
"""All of a record's words are one field: text, title, people and place. BM25 ranks better so than by the sum of four
fields (frac@10 0.31 against 0.29 on LifeBench), and a query costs a quarter."""
_ANALYZER = "darak"
_WRITER_HEAP = 64 * 1024 * 1024
"""Bytes of words that become one segment: few large ones are merged less and searched faster than many small ones."""
_AT_ONCE = 128 * 1024  # bytes


class Entry(Struct, frozen=True, gc=False):
    """What the index takes of a record; `local` is its wall clock in seconds since 1970, None when unknown."""

    n: int
    body: bytes
    source: str
    kind: str
    thread: int | None
    local: int | None
    identities: Sequence[int]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", fast=True, indexed=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=_ANALYZER, index_option="position")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("thread", indexed=True)
    builder.add_unsigned_field("identity", indexed=True)
    builder.add_integer_field("day", fast=True, indexed=True)
    builder.add_integer_field("second", fast=True)
    return builder.build()


class Volume:
    """The index in one folder; made empty when the folder is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.schema = _schema()
        self.index = tantivy.Index(self.schema, str(folder), reuse=True)
        self.index.register_tokenizer(_ANALYZER, index_analyzer())
        self.index.config_reader(reload_policy="manual")  # or a thread of Tantivy's writes while the folder is removed
        self._writer: tantivy.IndexWriter | None = None
        self._searcher: tantivy.Searcher | None = None

    @property
    def searcher(self) -> tantivy.Searcher:
        if self._searcher is None:
            self.index.reload()
            self._searcher = self.index.searcher()
        return self._searcher

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds entries whose numbers the volume does not hold."""
        from darak.language.bulk import index_texts  # here, because a question needs no numpy

        writer = self._open_writer()
        for some in _portions(entries):
            for entry, words in zip(some, index_texts([_read_words(e.body).together() for e in some]), strict=True):
                writer.add_json(_document(entry, words))

    def delete(self, ns: Iterable[int]) -> None:
        # By a query: a term of Python's int is a signed one, which no unsigned field holds.
        query = tantivy.Query.term_set_query(self.schema, "n", list(ns))
        self._open_writer().delete_documents_by_query(query)

    def commit(self) -> None:
        """Makes what was added searchable, and on the disk."""
        if self._writer is not None:
            self._writer.commit()
            self._searcher = None

    def finish(self) -> None:
        """Commits, lets merging end and gives up the writer, so that the folder's files stay as they are."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
            self._searcher = None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self.index.writer(heap_size=_WRITER_HEAP, num_threads=1)
        return self._writer


def _portions(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in lists short enough for the arrays that are made of their words."""
    some: list[Entry] = []
    size = 0
    for entry in entries:
        some.append(entry)
        size += len(entry.body)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


class _Place(Struct):
    name: str | None = None


class _Words(Struct):
    """What a record's stored body has to search for."""

    text: str
    title: str | None = None
    author: str | None = None
    people: tuple[str, ...] = ()
    place: _Place | None = None

    def together(self) -> str:
        words = [self.title, self.text, *dict.fromkeys((self.author, *self.people)), self.place and self.place.name]
        return "\n".join(filter(None, words))


_read_words = Decoder(_Words).decode
_encode = Encoder().encode


def _document(entry: Entry, words: str) -> str:
    """The entry as Tantivy's JSON, which it parses faster than a document is built call by call."""
    document: dict[str, Any] = {"n": entry.n, "source": entry.source, "kind": entry.kind, "words": words}
    if entry.thread is not None:
        document["thread"] = entry.thread
    if entry.identities:
        document["identity"] = entry.identities
    if entry.local is not None:
        document["day"] = entry.local // 86400
        document["second"] = entry.local
    return _encode(document).decode()
