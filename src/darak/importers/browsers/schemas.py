"""The tables in which browsers keep their history, as data: a new browser is one entry.

Known from the browsers' own schemas: Chromium's `history_database.cc`, Firefox's `nsPlacesTables.h` (Android: the
`places` crate, before 2020 `BrowserDatabaseHelper.java`), WebKit's History.db, qutebrowser's `sql.py`, GNOME Web's
`ephy-history-service`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_UNIX = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Numbers that count units of `second` to the second since `epoch`.

    Unix times of Firefox are in micro- or milliseconds, by version: with `second` 0 the size of the number decides,
    which is safe for all days since 1978.
    """

    epoch: datetime
    second: int

    def moment(self, number: float) -> datetime | None:
        """The time in UTC; None for 0 and for what no calendar holds."""
        unit = self.second or next((unit for unit in (1_000_000, 1000) if number > 250_000_000 * unit), 1)
        try:
            # Whole numbers stay whole: Chromium's are too large to be exact as floats.
            exact = number * 1_000_000 // unit if isinstance(number, int) else round(number * 1_000_000 / unit)
            moment = self.epoch + timedelta(microseconds=exact)
        except (OverflowError, ValueError):
            return None
        return moment if number > 0 else None


CHROMIUM = Clock(datetime(1601, 1, 1), 1_000_000)
UNIX = Clock(_UNIX, 0)
APPLE = Clock(datetime(2001, 1, 1), 1)


@dataclass(frozen=True, slots=True)
class Schema:
    """One row of `visits` is one visit.

    `tables` have to be there, `without` not. Columns are SQL expressions over `source`, whose visits are named v;
    of the `optional` ones each needs the (table, column) beside it.
    """

    browser: str
    title: str
    clock: Clock
    tables: frozenset[str]
    visits: str
    key: str
    source: str
    url: str
    time: str
    name: str
    without: frozenset[str] = frozenset()
    optional: Mapping[str, tuple[str, str, str]] = field(default_factory=dict[str, tuple[str, str, str]])
    transitions: Mapping[int, str] = field(default_factory=dict[int, str])

    def fits(self, tables: frozenset[str]) -> bool:
        return self.tables <= tables and not self.without & tables


SCHEMAS = (
    Schema(
        browser="firefox",
        title="Firefox and its kin (desktop and Android)",
        clock=UNIX,
        tables=frozenset(("moz_places", "moz_historyvisits")),
        visits="moz_historyvisits",
        key="v.id",
        source="moz_historyvisits v LEFT JOIN moz_places p ON p.id = v.place_id",
        url="p.url",
        time="v.visit_date",
        name="p.title",
        optional={
            "transition": ("v.visit_type", "moz_historyvisits", "visit_type"),
            "description": ("p.description", "moz_places", "description"),
        },
        transitions={
            1: "link", 2: "typed", 3: "bookmark", 4: "embed", 5: "redirect", 6: "redirect", 7: "download",
            8: "frame", 9: "reload",
        },
    ),
    Schema(
        browser="firefox",
        title="Firefox for Android before 2020",
        clock=UNIX,
        tables=frozenset(("history", "visits", "bookmarks")),
        visits="visits",
        key="v._id",
        source="visits v LEFT JOIN history h ON h.guid = v.history_guid",
        url="h.url",
        time="v.date",
        name="h.title",
    ),
    Schema(
        browser="safari",
        title="Safari",
        clock=APPLE,
        tables=frozenset(("history_items", "history_visits")),
        visits="history_visits",
        key="v.id",
        source="history_visits v LEFT JOIN history_items i ON i.id = v.history_item",
        url="i.url",
        time="v.visit_time",
        name="v.title",
        optional={"failed": ("v.load_successful = 0", "history_visits", "load_successful")},
    ),
    Schema(
        browser="epiphany",
        title="GNOME Web",
        clock=UNIX,
        tables=frozenset(("urls", "visits", "hosts")),
        visits="visits",
        key="v.id",
        source="visits v LEFT JOIN urls u ON u.id = v.url",
        url="u.url",
        time="v.visit_time",
        name="u.title",
    ),
    Schema(
        browser="chrome",
        title="Chrome and its kin (Chromium, Edge, Brave, Vivaldi, Opera, Whale)",
        clock=CHROMIUM,
        tables=frozenset(("urls", "visits", "keyword_search_terms")),
        without=frozenset(("hosts",)),
        visits="visits",
        key="v.id",
        source="visits v LEFT JOIN urls u ON u.id = v.url",
        url="u.url",
        time="v.visit_time",
        name="u.title",
        optional={
            "transition": ("v.transition & 255", "visits", "transition"),
            "seconds": ("v.visit_duration / 1000000", "visits", "visit_duration"),
            "search": (
                "(SELECT term FROM keyword_search_terms k WHERE k.url_id = u.id LIMIT 1)",
                "keyword_search_terms",
                "term",
            ),
        },
        transitions={
            0: "link", 1: "typed", 2: "bookmark", 3: "frame", 4: "frame", 5: "typed", 6: "start page",
            7: "form", 8: "reload", 9: "search", 10: "search",
        },
    ),
    Schema(
        browser="qutebrowser",
        title="qutebrowser",
        clock=UNIX,
        tables=frozenset(("History", "CompletionHistory")),
        visits="History",
        key="v.rowid",
        source="History v",
        url="v.url",
        time="v.atime",
        name="v.title",
        optional={"redirect": ("v.redirect", "History", "redirect")},
    ),
)  # fmt: skip

_KIN = re.compile(
    r"(?<![a-z])(?:(?:ms|microsoft)?(?P<edge>edge)(?:mac)?|(?P<brave>brave)(?:software)?|(?P<vivaldi>vivaldi)"
    r"|(?P<opera>opera)|(?:naver)?(?P<whale>whale)|(?P<chromium>chromium)|(?P<chrome>chrome)|(?P<arc>arc)"
    r"|(?P<librewolf>librewolf)|(?P<waterfox>waterfox)|(?P<palemoon>pale ?moon)|(?P<floorp>floorp))(?![a-z])"
)
_SHARED: Mapping[str, frozenset[str]] = {
    "chrome": frozenset(("edge", "brave", "vivaldi", "opera", "whale", "chromium", "arc")),
    "firefox": frozenset(("librewolf", "waterfox", "palemoon", "floorp")),
}
"""Browsers whose tables are those of another, by the other's name."""


def browser_of(schema: Schema, path: str) -> str:
    """The browser whose database lies at `path`: of those that share the schema, the one that is named last there."""
    named = [found.lastgroup for found in _KIN.finditer(path.lower())]
    last = named[-1] if named else None
    return last if last and last in _SHARED.get(schema.browser, ()) else schema.browser
