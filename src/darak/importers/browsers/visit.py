"""One visit of a web page as a record, the same from a browser's own database and from Google's export of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from darak.records.record import Origin, Record
from darak.records.time import Precision, Time, ZoneSource

_LONGEST = 500


def web_visit(
    browser: str, moment: datetime, written: str, url: str, title: str, origin: Origin, extra: Mapping[str, Any]
) -> Record:
    """The record of a visit at `moment` in UTC. Its native id is the microsecond and the address.

    So profiles that share their history by synchronising, and Google's export of the same, add nothing twice.
    """
    seconds = extra.get("seconds")
    search = extra.get("search")
    time = _time(moment, written)
    address = readable(url)
    return Record(
        source=browser,
        kind="other",
        native_id=f"{moment.isoformat(timespec='microseconds')} {url}",
        time=time,
        end=_time(moment + timedelta(seconds=seconds), "") if seconds else None,
        origin=origin,
        title=title or address,
        text="\n".join(dict.fromkeys(part for part in (title, search, address) if part)),
        url=url,
        extra={"activity": "web page", **{name: value for name, value in extra.items() if value}},
    )


def readable(url: str) -> str:
    """The address as a person reads it: without scheme, with its characters unescaped, not endless."""
    address = unquote(url.split("://", 1)[-1]).removeprefix("www.").rstrip("/")
    return address if len(address) <= _LONGEST else address[:_LONGEST] + "…"


def _time(moment: datetime, written: str) -> Time:
    millisecond = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    precision = Precision.MILLISECOND if millisecond.microsecond else Precision.SECOND
    return Time(written, millisecond, precision, "UTC", ZoneSource.UTC)
