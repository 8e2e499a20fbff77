"""Which records a search may look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import tantivy

from darak.records.time import day_number


@dataclass(frozen=True, slots=True)
class Filter:
    """Only records that fit every part that is given. Days are the records' own; `until` is not included.

    `identities` are numbers of identities, one of which must take part; `threads` numbers of threads.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    identities: tuple[int, ...] | None = None
    threads: tuple[int, ...] | None = None

    def queries(self, schema: tantivy.Schema) -> list[tantivy.Query]:
        """One query for each part of the filter; a document must match them all."""
        parts: list[tantivy.Query] = []
        if self.since is not None or self.until is not None:
            low = None if self.since is None else day_number(self.since)
            high = None if self.until is None else day_number(self.until)
            parts.append(
                tantivy.Query.range_query(
                    schema,
                    "day",
                    tantivy.FieldType.Integer,
                    low,
                    high,
                    include_lower=True,
                    include_upper=high is None,
                )
            )
        terms: tuple[tuple[str, Sequence[Any] | None], ...] = (
            ("source", self.sources or None),
            ("kind", self.kinds or None),
            ("identity", self.identities),
            ("thread", self.threads),
        )
        for field, values in terms:
            if values is not None:
                parts.append(tantivy.Query.term_set_query(schema, field, list(values)))
        return parts


NO_FILTER = Filter()
