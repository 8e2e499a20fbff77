"""From the JSON of the API, and from what the vault holds, to the SDK's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from darak.memory.search import Hit as Found
from darak.records.record import Identity
from darak.records.record import Record as VaultRecord
from darak.records.vault import Stored
from darak.sdk.results import Answer, Attachment, Hit, Problem, Record, Where, Who

T = TypeVar("T")


def read(data: Any, kind: type[T]) -> T:
    """JSON as a value of the SDK; keys it does not know are left out. Problem when it has another form."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise Problem(f"the answer is not as this version of Darak expects it: {error}") from error


def read_answer(data: Mapping[str, Any]) -> Answer:
    """The object of `darak ask --json` and of the API."""
    citations = [{**citation, "number": number} for number, citation in enumerate(data.get("citations", ()), 1)]
    return read({**data, "text": data.get("answer"), "citations": citations}, Answer)


def record_of(stored: Stored) -> Record:
    """A record of the vault."""
    return Record(**fields_of(stored.id, stored.record))


def records_of(some: Iterable[Stored]) -> tuple[Record, ...]:
    return tuple(map(record_of, some))


def hits_of(some: Iterable[Found]) -> tuple[Hit, ...]:
    """What a search has found."""
    return tuple(
        Hit(
            **fields_of(one.id, one.record),
            score=round(one.score, 4),
            before=records_of(one.before),
            after=records_of(one.after),
        )
        for one in some
    )


def fields_of(record_id: str, record: VaultRecord) -> dict[str, Any]:
    """The fields that every form of a record has."""
    place = record.place
    return {
        "id": record_id,
        "native_id": record.native_id,
        "source": record.source,
        "account": record.account,
        "kind": record.kind,
        "time": record.time.iso() or None,
        "end": record.end.iso() or None if record.end else None,
        "zone": record.time.zone,
        "author": _who(record.author) if record.author else None,
        "people": tuple(map(_who, record.people)),
        "thread": record.thread,
        "title": record.title,
        "text": record.text,
        "place": Where(place.name, place.lat, place.lon) if place else None,
        "url": record.url,
        "repeats": rule if isinstance(rule := record.extra.get("rrule"), str) else None,
        "attachments": tuple(Attachment(b.hash, b.name, b.mime, b.size) for b in record.blobs),
    }


def _who(identity: Identity) -> Who:
    return Who(identity.handle, identity.name)
