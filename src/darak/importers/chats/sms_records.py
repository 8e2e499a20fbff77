"""The records of SMS Backup & Restore's elements; the numbers in them are those of Android's telephony provider.

Fields: https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_values import as_int
from darak.importers.formats.mojibake import repaired
from darak.importers.formats.xml_parser import Child
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import Time

SOURCE = "sms"
ME = Identity("me")
_STATES = {"3": "draft", "4": "not sent yet", "5": "failed", "6": "not sent yet"}
_SENT = ("2", *_STATES)
_CALLS = {
    "1": "incoming call",
    "2": "outgoing call",
    "3": "missed call",
    "4": "voicemail",
    "5": "rejected call",
    "6": "blocked call",
    "7": "call answered on another device",
}
_FROM = "137"
_SELF = "insert-address-token"
_NO_FILES = ("text/plain", "application/smil")
"""Parts that are the text, or the layout of a slide show."""
_NOBODY = ("", "-1", "-2", "-3")
"""Numbers that a call has when its number is unknown, hidden or of a public telephone."""


def sms(child: Child, origin: Origin) -> Record | None:
    """The record of an `sms` element; None when it has no time."""
    get = _values(child.attributes)
    time = _time(get)
    if time is None:
        return None
    other = Identity(get.get("address", ""), _name(get))
    kind = get.get("type", "")
    sent = kind in _SENT
    extra = {"state": _STATES[kind]} if kind in _STATES else {}
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        author=ME if sent else other,
        people=(other,) if sent and other.handle else (),
        thread=other.handle or None,
        title=get.get("subject"),
        text=get.get("body", ""),
        extra=extra,
    )


def mms(child: Child, origin: Origin) -> Record | None:
    """The record of an `mms` element: its text parts are the text, the other parts are attached files."""
    get = _values(child.attributes)
    time = _time(get)
    if time is None:
        return None
    addresses = [address for address in get.get("address", "").split("~") if address]
    name = _name(get) if len(addresses) == 1 else None
    kind = get.get("msg_box", "")
    parts = [_values(attributes) for _, element, attributes in child.inner if element == "part"]
    heard = [_values(attributes) for _, element, attributes in child.inner if element == "addr"]
    sender = next((one["address"] for one in heard if one.get("type") == _FROM and "address" in one), None)
    received = kind not in _SENT and sender != _SELF
    handle = sender or (addresses or [""])[0]
    author = Identity(handle, name if addresses == [handle] else None) if received else ME
    people = tuple(Identity(address, name) for address in addresses if address != author.handle)
    files = [part for part in parts if not part.get("ct", "").startswith(_NO_FILES)]
    blobs = tuple(blob for part in files if (blob := _blob(part)))
    texts = [part["text"] for part in parts if part.get("ct", "").startswith("text/plain") and part.get("text")]
    extra: dict[str, Any] = {"state": _STATES[kind]} if kind in _STATES else {}
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        author=author,
        people=people,
        thread=get.get("address"),
        title=repaired(get["sub"]) if "sub" in get else None,
        text="\n".join(texts or [_file_name(part) or part.get("ct", "") for part in files]),
        blobs=blobs,
        extra=extra,
    )


def call(child: Child, origin: Origin) -> Record | None:
    """The record of a `call` element, with its end when it lasted."""
    get = _values(child.attributes)
    time, start = _time(get), as_int(get.get("date"))
    if time is None or start is None:
        return None
    number = get.get("number", "")
    other = Identity("unknown") if number in _NOBODY else Identity(number, _name(get))
    kind, seconds = get.get("type", ""), as_int(get.get("duration")) or 0
    outgoing = kind == "2"
    return Record(
        source=SOURCE,
        kind="call",
        time=time,
        end=from_milliseconds(start + seconds * 1000) if seconds > 0 else None,
        origin=origin,
        author=ME if outgoing else other,
        people=(other,) if outgoing else (),
        thread=other.handle,
        text=_CALLS.get(kind, "call"),
        extra={"seconds": seconds},
    )


def _values(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes that have a value."""
    return {name: value for name, value in attributes.items() if value not in ("", "null")}


def _name(get: Mapping[str, str]) -> str | None:
    name = get.get("contact_name")
    return None if name == "(Unknown)" else name


def _time(get: Mapping[str, str]) -> Time | None:
    written = get.get("date")
    return from_milliseconds(as_int(written), written)


def _file_name(part: Mapping[str, str]) -> str | None:
    return part.get("cl") or part.get("name") or part.get("fn")


def _blob(part: Mapping[str, str]) -> Blob | None:
    """The file that a part carries."""
    try:
        data = base64.b64decode(part.get("data", ""))
    except (binascii.Error, ValueError):
        return None
    return Blob.of(data, _file_name(part), part.get("ct")) if data else None
