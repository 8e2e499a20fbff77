"""What the memory holds of each source, year by year: what is there, what is missing, how stale it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from darak.records.time import EPOCH
from darak.records.vault import Vault

_STALE = timedelta(days=45)
_RECORDS = (
    "SELECT source, count(*), min(local), max(local), strftime('%Y', local, 'unixepoch') AS year FROM record"
    " GROUP BY source, year"
)
_SAMPLES = (
    "SELECT r.source, count(*), min(m.start/1000 + m.offset), max(m.start/1000 + m.offset),"
    " strftime('%Y', m.start/1000 + m.offset, 'unixepoch') AS year"
    " FROM sample m JOIN series r ON r.id=m.series GROUP BY r.source, year"
)
_IMPORTED = (
    "SELECT s.source, max(i.finished)"
    " FROM (SELECT DISTINCT r.source, o.file FROM record r JOIN origin o ON o.n=r.n"
    "  UNION SELECT DISTINCT r.source, m.file FROM sample m JOIN series r ON r.id=m.series) s"
    " JOIN file f ON f.id=s.file JOIN import i ON i.importer=f.importer AND i.path=f.path GROUP BY s.source"
)


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source: counts of records and samples, together by year; first and last day; the last import's ISO time."""

    source: str
    account: str
    records: int
    samples: int
    years: dict[int, int]
    first: date | None
    last: date | None
    last_import: str | None

    @property
    def missing(self) -> list[int]:
        """Years within the source's span of which it has nothing."""
        return (
            [year for year in range(min(self.years), max(self.years)) if year not in self.years] if self.years else []
        )

    def stale(self, today: date) -> int | None:
        """Days since its last record, when they are many."""
        return (today - self.last).days if self.last is not None and today - self.last > _STALE else None


def source_coverage(vault: Vault) -> list[SourceCoverage]:
    """Every source that has anything, by name."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    years: dict[int, Counter[int]] = defaultdict(Counter)
    bounds: dict[int, list[int]] = defaultdict(list)
    for kind, sql in enumerate((_RECORDS, _SAMPLES)):
        for source, count, first, last, year in vault.rows(sql):
            counts[source][kind] += count
            if year is not None:
                years[source][int(year)] += count
                bounds[source] += (first, last)
    imported = dict(vault.rows(_IMPORTED))
    return [
        SourceCoverage(
            name,
            account,
            *counts[number],
            years=dict(sorted(years[number].items())),
            first=_day(min(bounds[number], default=None)),
            last=_day(max(bounds[number], default=None)),
            last_import=imported.get(number),
        )
        for number, name, account in vault.rows("SELECT id, name, account FROM source ORDER BY name, account")
        if number in counts
    ]


def _day(seconds: int | None) -> date | None:
    return None if seconds is None else (EPOCH + timedelta(seconds=seconds)).date()
