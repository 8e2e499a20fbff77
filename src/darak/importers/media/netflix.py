"""Netflix: ViewingActivity.csv of the personal data (start, length, device) and the list of a profile (title, day).

Structural signs: a header with `Start Time`, `Duration`, `Title` and `Supplemental Video Type`; or two columns that
are the words for title and date, above dates. Locators are "bytes A-B", the row. Starts are UTC. The list's dates
follow the account's language: which number is the day is decided over the whole file (a number over 12, else the
order, newest first); when both fit, English headers are read month first, others day first, and this is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.csv_rows import read_rows
from darak.importers.formats.lines import encodings_of
from darak.importers.importer import Flaw, Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision, Time, ZoneSource

_RICH = frozenset(("start time", "duration", "title", "supplemental video type"))
_SLIM: dict[tuple[str, ...], str] = {
    ("title", "date"): "month",
    ("제목", "날짜"): "day",
    ("titel", "datum"): "day",
    ("titre", "date"): "day",
    ("título", "fecha"): "day",
    ("título", "data"): "day",
    ("titolo", "data"): "day",
    ("タイトル", "日付"): "day",
    ("标题", "日期"): "day",
    ("標題", "日期"): "day",
    ("片名", "日期"): "day",
    ("tytuł", "data"): "day",
    ("başlık", "tarih"): "day",
}
"""Headers of the list, and which number of an ambiguous date comes first."""
_NUMBERS = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\.?")
_YEAR_FIRST = re.compile(r"(\d{4}|\d\d(?=\. \d{1,2}\. \d{1,2}\.(?!\d)))\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
"""With four digits for the year, or as Korea writes it: "24. 1. 2."."""
_ANY_DATE = re.compile(f"{_YEAR_FIRST.pattern}|{_NUMBERS.pattern}")
_LENGTH = re.compile(r"(\d+):(\d\d):(\d\d)")
_COUNTRY = re.compile(r"[A-Z]{2} \(.+\)")
_KEPT = {
    "device": "device type",
    "country": "country",
    "attributes": "attributes",
    "trailer": "supplemental video type",
}


class NetflixImporter:
    """Netflix: viewing activity of the personal data, and a profile's list of what was watched"""

    name = "netflix"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        rich: list[str] = []
        slim: list[tuple[str, tuple[str, ...]]] = []
        for member in tree.members():
            head = tree.head(member.name)
            header = header_of(head)
            if frozenset(header) >= _RICH:
                rich.append(member.name)
            elif header in _SLIM and _dated(head):
                slim.append((member.name, header))
        activity = "viewing activity: Start Time, Duration, Title"
        return [Match(self.name, (name,), 0.95, activity) for name in rich] + [
            Match(self.name, (name,), 0.7, f"titles with days ({', '.join(header)})") for name, header in slim
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        header = header_of(tree.head(member))
        if header in _SLIM:
            yield from _Listed(tree, member, header).items()
        else:
            yield from row_items(tree, member, _viewing, last=_COUNTRY)


def _viewing(row: Values, origin: Origin) -> Record | Ignored | str:
    try:
        start = datetime.strptime(row["start time"].strip(), "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return "a row whose start is no time"
    length = _LENGTH.fullmatch(row["duration"].strip())
    title = row["title"].strip()
    if length is None:
        return "a row without a length"
    if not title:
        return Ignored("no-title", origin)
    seconds = int(length[1]) * 3600 + int(length[2]) * 60 + int(length[3])
    end = start + timedelta(seconds=seconds)
    extra = {name: row[column].strip() for name, column in _KEPT.items() if row.get(column, "").strip()}
    return Record(
        source="netflix",
        kind="play",
        account=row.get("profile name", "").strip(),
        time=Time(row["start time"].strip(), start, Precision.SECOND, "UTC", ZoneSource.UTC),
        end=Time("", end, Precision.SECOND, "UTC", ZoneSource.UTC),
        origin=origin,
        title=title,
        text=title,
        extra={"seconds": seconds, **extra},
        # A list's day may be the one before or after that of the activity, which is in UTC.
        also=tuple(_listed_id(title, start + timedelta(days)) for days in (0, -1, 1)),
    )


def _listed_id(title: str, day: datetime) -> str:
    """The native id of what a list says was watched on a day."""
    return f"{day.date()} {title}"


class _Listed:
    """Reads the list of title and day."""

    def __init__(self, tree: Tree, member: str, header: tuple[str, ...]) -> None:
        self._tree, self._member, self._names = tree, member, header
        self._order, self._sure = _order(self._dates(), _SLIM[header])
        self._seen: Counter[str] = Counter()

    def items(self) -> Iterator[Item]:
        told = self._sure
        for item in row_items(self._tree, self._member, self._record, last=_ANY_DATE):
            yield item
            if not told and isinstance(item, Record):
                told = True
                yield Flaw(
                    "ambiguous-dates",
                    item.origin,
                    f"no date of the file shows which number is the day; they were read {self._order} first",
                )

    def _dates(self) -> Iterator[str]:
        with self._tree.open(self._member) as stream:
            for row in read_rows(stream, encodings_of(self._tree.head(self._member)), width=2):
                if row.values:
                    yield row.values[1].strip()

    def _record(self, row: Values, origin: Origin) -> Record | Ignored | str:
        title, written = row[self._names[0]].strip(), row[self._names[1]].strip()
        day = _day(written, self._order)
        if day is None:
            return "a row without a day"
        if not title:
            return Ignored("no-title", origin)
        time = Time(written, day, Precision.DAY)
        native = _listed_id(title, day)
        self._seen[native] += 1
        native += f" {self._seen[native]}" if self._seen[native] > 1 else ""
        return Record(
            source="netflix", kind="play", time=time, origin=origin, native_id=native, title=title, text=title
        )


def _dated(head: bytes) -> bool:
    lines = head.decode("utf-8", "replace").splitlines()[1:4]
    return any(_NUMBERS.search(line[-14:]) or _YEAR_FIRST.search(line[-16:]) for line in lines)


def _day(written: str, order: str) -> datetime | None:
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = map(int, found.groups())
        year += 2000 if year < 100 else 0
    elif found := _NUMBERS.fullmatch(written):
        first, second, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
        day, month = (first, second) if order == "day" else (second, first)
    else:
        return None
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _order(dates: Iterator[str], default: str) -> tuple[str, bool]:
    """("day" or "month", whether that is sure): which number comes first in the dates, the newest of them first."""
    broken = {"day": 0, "month": 0}
    impossible = {"day": 0, "month": 0}
    before: dict[str, datetime | None] = {"day": None, "month": None}
    ambiguous = False
    for written in dates:
        if _YEAR_FIRST.fullmatch(written) or not _NUMBERS.fullmatch(written):
            continue
        for order in broken:
            day = _day(written, order)
            last = before[order]
            impossible[order] += day is None
            broken[order] += day is not None and last is not None and day > last
            before[order] = day or last
        ambiguous |= before["day"] != before["month"]
    for signs in (impossible, broken):
        if signs["day"] != signs["month"]:
            return min(signs, key=lambda order: signs[order]), True
    return default, not ambiguous
