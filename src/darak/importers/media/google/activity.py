"""One entry of Google's activity as a record, the same from its JSON and its HTML form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from darak.importers.media.google.words import OTHER, PLAYED, SOURCES, without_verb
from darak.records.record import Origin, Place, Record
from darak.records.time import Time, utc_ms

_EPOCH = datetime(1970, 1, 1)
_POINT = re.compile(r"[?&](?:q|center|query)=(-?\d{1,2}\.\d+)(?:,|%2C)(-?\d{1,3}\.\d+)", re.IGNORECASE)
_WATCH = re.compile(r"https?://(?:www\.|m\.|music\.)?(?:youtube\.com/(?:watch|shorts)|youtu\.be/)", re.IGNORECASE)
_AD = re.compile(r"Google Ads|Google 광고|Google-Anzeigen|Google 広告")


@dataclass(frozen=True, slots=True)
class Activity:
    """`header` is the product as the account's language names it; `lines` what stands below the title."""

    header: str
    title: str
    time: Time
    url: str | None = None
    lines: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """(name, address of a map)"""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Activities:
    """Makes records of one export's entries; numbers those that are the same at the same second."""

    def __init__(self) -> None:
        self._seen: Counter[int] = Counter()

    def record(self, activity: Activity, origin: Origin) -> Record:
        action, what = without_verb(activity.title)
        played = action in PLAYED or (not action and bool(activity.url and _WATCH.match(activity.url)))
        source = SOURCES.get(activity.header, OTHER)
        extra: dict[str, Any] = {
            "activity": action or None,
            "product": activity.header if source in (OTHER, "youtube") and activity.header != "YouTube" else None,
            "channel": activity.lines[0] if source == "youtube" and activity.lines else None,
            "details": list(activity.details),
            "ad": any(_AD.search(detail) for detail in activity.details),
            **activity.extra,
        }
        return Record(
            source=source,
            kind="play" if played else "other",
            native_id=self._id(activity, what),
            time=activity.time,
            origin=origin,
            title=what,
            text="\n".join((activity.title, *activity.lines)),
            place=_place(activity.places),
            url=activity.url,
            extra={key: value for key, value in extra.items() if value},
        )

    def _id(self, activity: Activity, what: str) -> str | None:
        """The second in UTC and the address (or what the title names): the same in both forms and all languages."""
        time = activity.time
        if time.local is None or time.zone is None:
            return None
        second = _EPOCH + timedelta(seconds=utc_ms(time.local, time.zone) // 1000)
        key = f"{second.isoformat()} {activity.url or what}"
        number = self._seen[hash(key)]
        self._seen[hash(key)] += 1
        return f"{key} {number}" if number else key


def _place(places: tuple[tuple[str, str], ...]) -> Place | None:
    for name, url in places:
        if point := _POINT.search(url):
            return Place(name or None, float(point[1]), float(point[2]))
    return None
