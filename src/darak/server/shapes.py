"""Records as the API tells them: what every part of it has in common."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from darak.records.record import Kind as Kind
from darak.records.record import Record
from darak.records.vault import Stored, Vault
from darak.sdk import reading
from darak.sdk.results import Attachment, Where, Who

SHOWN = 2_000
"""Characters of a text in a list; a record asked for by itself has all of it."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=50)]
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", examples=["2024-05-01", "2024-05", "2024"])]
ConversationId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
RecordId = Annotated[str, Field(pattern=r"^[0-9a-f]{8,32}$")]


class Shape(BaseModel):
    """What is sent in may have no fields that are not known."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why something was not done, in one sentence."""

    detail: str


class RecordShape(BaseModel):
    """One record. Times are ISO 8601 on the record's own clock, only as precise as is known; `zone` as its source
    gave it. `cut` says that `text` goes on; `/api/blobs/{hash}` has an attached file's bytes."""

    id: str
    native_id: str | None
    source: str
    account: str
    kind: str
    time: str | None
    end: str | None
    zone: str | None
    author: Who | None
    people: list[Who]
    thread: str | None
    title: str | None
    text: str
    cut: bool = False
    place: Where | None
    url: str | None
    attachments: list[Attachment]

    @classmethod
    def of(cls, record_id: str, record: Record, *, whole: bool = False) -> RecordShape:
        return cls(**fields_of(record_id, record, whole=whole))


class Origin(BaseModel):
    """The exact place a record was read from; `path` is of the import, `file` the SHA-256 of the member's bytes."""

    path: str
    file: str
    member: str
    locator: str


def fields_of(record_id: str, record: Record, *, whole: bool) -> dict[str, Any]:
    fields = reading.fields_of(record_id, record)
    return fields if whole else fields | {"text": record.text[:SHOWN], "cut": len(record.text) > SHOWN}


def shapes(some: Iterable[Stored]) -> list[RecordShape]:
    return [RecordShape.of(stored.id, stored.record) for stored in some]


def origins(vault: Vault, n: int) -> list[Origin]:
    """Where a record was read from. An uploaded file is named as it was sent: the copy that was read is gone."""
    uploads = vault.home / "uploads"
    return [
        Origin(
            path=Path(path).name if Path(path).is_relative_to(uploads) else path,
            file=origin.file,
            member=origin.member,
            locator=origin.locator,
        )
        for origin, path in vault.origins(n)
    ]
