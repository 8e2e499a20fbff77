"""What a life consists of before it is written: one frozen class per kind of thing. Times are local Korean time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

KOREA = timezone(timedelta(hours=9))


def iso(moment: datetime) -> str:
    """ISO 8601 with offset; a time without zone is Korean time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=KOREA)).isoformat()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that answers a question. `time` is an instant, a date, or an interval `A/B` in which several lie;
    `metric` is set for samples, which have no text."""

    source: str
    time: str
    text: str
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message, or one line of the room itself (somebody was invited) when `system` is set."""

    room: str
    time: datetime
    author: str
    text: str
    system: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `sender` and `to` are (name, address); `parent` is the id of the mail it answers."""

    id: str
    time: datetime
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    subject: str
    body: str
    parent: str | None = None
    thread: int | None = None
    labels: tuple[str, ...] = ()
    html: bool = False
    charset: str = "utf-8"
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One Markdown file. `path` is relative to the vault; front matter values are strings or lists of strings."""

    path: str
    written: datetime
    body: str
    front: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`start` is a date for all-day events; a floating event has no zone. `rule` is an RRULE value."""

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    place: str = ""
    description: str = ""
    rule: str = ""
    without: tuple[datetime, ...] = ()
    floating: bool = False
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of an AI conversation; an abandoned one was replaced by a later try."""

    role: str
    text: str
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class AiChat:
    id: str
    title: str
    start: datetime
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class HealthSample:
    """One record of Apple Health; `kind` is the identifier without its `HK…TypeIdentifier` prefix."""

    kind: str
    start: datetime
    end: datetime
    value: str
    unit: str
    device: str


@dataclass(frozen=True, slots=True)
class Pressure:
    """One blood pressure reading in mmHg, a correlation of two records."""

    time: datetime
    systolic: int
    diastolic: int
    device: str


@dataclass(frozen=True, slots=True)
class Workout:
    activity: str
    start: datetime
    minutes: float
    kilometres: float
    device: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """A card payment in won."""

    time: datetime
    category: str
    amount: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer must say: one alternative of each group of `gold`.

    `now` is when it is asked, None for the end of the life.
    """

    kind: str
    language: str
    text: str
    gold: tuple[tuple[object, ...], ...]
    evidence: tuple[Evidence, ...]
    answerable: bool = True
    cross_lingual: bool = False
    now: datetime | None = None
