"""Records as the API tells them: what every part of it has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from darak.records.record import Kind as Kind
from darak.records.record import Record
from darak.records.vault import Stored, Vault
from darak.sdk import reading
from darak.sdk.results import Attachment, Where, Who
from darak.server.caller import Caller

SHOWN = 2_000
"""Characters of a text in a list; a record asked for by itself has all of it."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=50)]
_SAYS, _RECORD, _ID = r"\S", r"^[0-9a-f]{8,32}$", r"^[0-9a-f]{16}$"
_DAY, _WHOLE_DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$", r"^\d{4}-\d{2}-\d{2}$"
_MEANT = {
    _SAYS: "says nothing",
    _WHOLE_DAY: "is no day, such as 2024-05-01",
    _DAY: "is no day, month or year, such as 2024-05-01, 2024-05 or 2024",
    _RECORD: "is no id of a record, which has 8 to 32 of the characters 0-9 and a-f",
    _ID: "is no id, which has 16 of the characters 0-9 and a-f",
}
"""Of what does not fit a pattern, what is wrong with it."""
Asked = Annotated[str, Field(min_length=1, max_length=2_000, pattern=_SAYS)]
WholeDay = Annotated[str, Field(pattern=_WHOLE_DAY, examples=["2024-05-01"])]
Day = Annotated[str, Field(pattern=_DAY, examples=["2024-05-01", "2024-05", "2024"])]
ConversationId = Annotated[str, Field(pattern=_ID)]
RecordId = Annotated[str, Field(pattern=_RECORD)]


class Shape(BaseModel):
    """What is sent in may have no fields that are not known."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why something was not done, in one sentence."""

    detail: str


class RecordShape(BaseModel):
    """One record. Times are ISO 8601 on the record's own clock, only as precise as is known; `zone` as its source
    gave it. `cut` says that `text` goes on; `/api/blobs/{hash}` has an attached file's bytes; `repeats` is the rule
    of an event that repeats, as iCalendar writes it (RRULE)."""

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
    repeats: str | None = None
    attachments: list[Attachment]

    @classmethod
    def of(cls, record_id: str, record: Record, *, whole: bool = False) -> RecordShape:
        return cls(**fields_of(record_id, record, whole=whole))


class Origin(BaseModel):
    """The exact place a record was read from; `path` is of the import, to a key its last part; `file` is the SHA-256 of
    the member's bytes."""

    path: str
    file: str
    member: str
    locator: str


def wrongly_asked(error: Mapping[str, Any]) -> str:
    """What is wrong with a request, in words, from one of pydantic's errors."""
    where = ".".join(map(str, error["loc"][1:])) or str(error["loc"][0])
    context: Mapping[str, Any] = error.get("ctx") or {}
    match error["type"]:
        case "json_invalid" | "model_attributes_type":
            return "the body is no JSON object"
        case "missing":
            return f"{where} is missing"
        case "extra_forbidden":
            return f"{where} is not known here"
        case "string_too_short":
            return f"{where} {_MEANT[_SAYS]}"
        case "string_pattern_mismatch":
            return f"{where} {_MEANT.get(context['pattern'], 'is not written as it should be')}"
        case "value_error":
            return f"{where} {context['error']}"
        case _:
            return f"{where}: {error['msg']}"


def fields_of(record_id: str, record: Record, *, whole: bool) -> dict[str, Any]:
    fields = reading.fields_of(record_id, record)
    return fields if whole else fields | {"text": record.text[:SHOWN], "cut": len(record.text) > SHOWN}


def shapes(some: Iterable[Stored]) -> list[RecordShape]:
    return [RecordShape.of(stored.id, stored.record) for stored in some]


def origins(vault: Vault, n: int, caller: Caller) -> list[Origin]:
    """Where a record was read from, as far as it is told to this caller."""
    return [
        Origin(path=path_told(path, vault.home, caller), file=origin.file, member=origin.member, locator=origin.locator)
        for origin, path in vault.origins(n)
    ]


def path_told(path: str, home: Path, caller: Caller) -> str:
    """The path of what was imported. To a key it is a name: the folders above it are the owner's own. So is that of an
    upload to anybody, as it was sent: the copy that was read is gone."""
    whole = Path(path)
    if whole.is_absolute() and (caller.key is not None or whole.is_relative_to(home / "uploads")):
        return whole.name
    return path
