"""What the SDK gives back: small frozen values, the same from a vault on this machine and from a running server.

Times are ISO 8601 texts on the record's own clock, only as precise as is known ("2024-05", "2024-05-12T09:30+09:00").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired, TypedDict


class Problem(Exception):
    """What was asked could not be done; the message says why, and what to do. `status` is the server's, if it was."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class Which(TypedDict):
    """Which records are meant: those that fit everything that is given.

    `since` and `until` are days, months or years ("2024-05-12", "2024-05", "2024"), both included; `sources`,
    `kinds`, and names of `people` and `threads`, of each of which one must fit.
    """

    since: NotRequired[str | None]
    until: NotRequired[str | None]
    sources: NotRequired[list[str]]
    kinds: NotRequired[list[str]]
    people: NotRequired[list[str]]
    threads: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a record: the handle in its source, and the name that is displayed there."""

    handle: str
    name: str | None = None

    def __str__(self) -> str:
        return self.name or self.handle


@dataclass(frozen=True, slots=True)
class Where:
    """A place: its name, latitude and longitude in degrees, each as far as it is known."""

    name: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file, known by the SHA-256 of its bytes; `size` in bytes."""

    hash: str
    name: str | None
    mime: str | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that was said, written, done, seen or bought. `cut` says that a server left the end of `text` out;
    `repeats` is the rule of an event that repeats, as iCalendar writes it (RRULE)."""

    id: str
    native_id: str | None
    source: str
    account: str
    kind: str
    time: str | None
    end: str | None
    zone: str | None
    author: Who | None
    people: tuple[Who, ...]
    thread: str | None
    title: str | None
    text: str
    cut: bool = False
    place: Where | None
    url: str | None
    repeats: str | None = None
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Record):
    """A found record; scores order the hits of one search. `before` and `after` are its neighbours in the thread."""

    score: float
    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """What the answer names as [number]: a record, or, when `id` is None, measured samples described by `series`."""

    number: int
    id: str | None
    source: str
    time: str | None
    text: str
    native_id: str | None = None
    series: dict[str, Any] | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one month, year or day, named by `label`, and how many values are in it."""

    label: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time, in `unit`."""

    title: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done for an answer, and what it found."""

    action: str
    found: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The text, whose marks [1], [2] name the citations. `coverage` says what was not seen, `plan` and `steps` how the
    answer was got; `seconds` how long it took. `model` is None when no language model was asked."""

    text: str
    status: Literal["answered", "unsure", "no_record"]
    citations: tuple[Citation, ...]
    coverage: tuple[str, ...]
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    plan: dict[str, Any]
    seconds: float
    model: str | None = None
    conversation: str | None = None
    """The id of the conversation that was begun or gone on with; None for a question that stands alone, and where the
    owner keeps no conversations."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked one after the other: its first question, when it began and was last gone on with (ISO 8601), and
    how many questions there were."""

    id: str
    title: str
    began: str
    last: str
    turns: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """What an import could not read, and where."""

    code: str
    locator: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the import of one source did. `state` is "done" when everything in it was accounted for and readable.

    `new`, `changed`, `unchanged` and `forgotten` say what records and samples were to the vault; `first` and `last`
    are days, "" when there is none.
    """

    source: str
    importer: str
    file: str
    state: str
    records: int
    samples: int
    new: int
    changed: int
    unchanged: int
    forgotten: int
    skipped: int
    first: str
    last: str
    problems: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day, such as "2024-05": its records and samples, and how many of both by source."""

    label: str
    records: int
    samples: int
    sources: dict[str, int]

    @classmethod
    def of(cls, label: str, records: Mapping[str, int], samples: Mapping[str, int]) -> Period:
        """From the records and the samples by source."""
        sources = dict(sorted((Counter(records) + Counter(samples)).items()))
        return cls(label, sum(records.values()), sum(samples.values()), sources)


@dataclass(frozen=True, slots=True)
class Handle:
    """One identity of a person; `source` is empty where it means the same human everywhere."""

    source: str
    handle: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the memory: a number, the name that is shown, every handle, records, and the day of the last one."""

    number: int
    name: str
    handles: tuple[Handle, ...]
    records: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What would be forgotten, of days from `first` to `last` ("" when there is none). Nothing is gone yet.

    `unreadable_rows` are those that an import could not read, and kept; `attachments` the attached files that nothing
    else has; `by_source` counts records and samples; `ids` are those of the records, the first 10,000.
    """

    token: str
    records: int
    samples: int
    unreadable_rows: int
    first: str
    last: str
    attachments: int
    by_source: dict[str, int]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was forgotten. `files` outside the vault still hold it; `json` is the whole receipt, which
    `darak forget --verify` checks."""

    time: str
    records: int
    samples: int
    unreadable_rows: int
    files: tuple[str, ...]
    json: dict[str, Any] = field(repr=False)
