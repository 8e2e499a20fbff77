"""The evidence laid before a model: numbered pieces, each shown as one line, each standing for what can be cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from darak.answers.answer import Answer, Citation, SampleCitation
from darak.answers.evidence.snippet import ellipsed, snippet
from darak.answers.plan import Person, Plan, Want
from darak.answers.written.orders import without_orders
from darak.answers.written.plain import plain
from darak.answers.written.sentences import MARKS
from darak.models.privacy import HomeRules
from darak.records.record import Record
from darak.records.vault import Stored

Cited = Citation | SampleCitation
_LEFT_OUT = "(a sentence that gives orders to a program is left out)"
_AMOUNTS = ("amount", "currency", "merchant", "category", "distance_km", "call_minutes", "duration", "rating")
_COUNTED = (
    "count", "how_often", "sum", "average", "min", "max", "trend", "compare", "how_long_since", "how_long_between",
    "most",
)  # fmt: skip
_POINTS = 14
"""Points of a chart that are told at most."""
_MOMENT = timedelta(seconds=1)
_NAMED, _LONG, _LONGEST = 6, 60, 200


@dataclass(frozen=True, eq=False)
class Piece:
    """Something that may be cited as [`number`]: a record, of which `text` is shown, or what Darak computed.

    `cited` is what an answer then names; `home`: it must not leave this machine. `beneath` is what the records behind
    something computed say: a sentence may use their words, and also their figures unless they were `counted`.
    """

    number: int
    head: str
    text: str
    cited: tuple[Cited, ...]
    home: bool
    computed: bool = False
    counted: bool = False
    beneath: str = ""
    orders: int = 0
    """Sentences that were left out because they give orders to a program."""
    parts: tuple[Piece, ...] = ()
    """Each record behind something computed alone, but where they were `counted`."""

    @cached_property
    def line(self) -> str:
        """As it is shown, on one line."""
        text = " / ".join(part.strip() for part in self.text.splitlines() if part.strip())
        return f"[{self.number}] {self.head}: {text}" + (f" {_LEFT_OUT}" if self.orders else "")

    @cached_property
    def said(self) -> str:
        """All that a sentence may rest on."""
        return "\n".join(part for part in (self.head, self.text, self.beneath) if part)

    @cached_property
    def figured(self) -> str:
        """Where its figures may stand."""
        return self.text if self.counted else self.said

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(one.record for one in self.cited if isinstance(one, Citation))


def is_counted(plan: Plan) -> bool:
    """Whether a question's answer is computed from all records, which a reader of some of them cannot do."""
    return plan.kind in _COUNTED or plan.measure is not None


class Sheet:
    """The pieces of one question, numbered as they come in; `wanted` are its words, around which long texts are cut."""

    def __init__(self, home: HomeRules, wanted: Sequence[Want | Person], width: int) -> None:
        self.pieces: list[Piece] = []
        self._home = home
        self._wanted = wanted
        self._width = width
        self._by_record: dict[int, int] = {}

    def __getitem__(self, number: int) -> Piece:
        return self.pieces[number - 1]

    def add_answer(self, answer: Answer) -> list[int]:
        """What the rules found: their own words as computed, when they answer, and the records they rest on."""
        numbers: list[int] = []
        if answer.status == "answered" and answer.citations:
            points = [f"{p.label} {p.value:g}" for s in answer.series if len(s.points) <= _POINTS for p in s.points]
            told = MARKS.sub("", answer.text) + (f" ({'; '.join(points)})" if points else "")
            numbers.append(self.add_computed(told, answer.citations, counted=is_counted(answer.plan)))
        for one in answer.citations:
            if isinstance(one, Citation):
                numbers.append(self._add(one))
            elif answer.status != "answered":
                numbers.append(self.add_computed(one.measured.line(), (one,)))
        return list(dict.fromkeys(numbers))

    def add_records(self, found: Iterable[Stored]) -> list[int]:
        """Records that were found, cut around the words of the question."""
        return [self._add(Citation(0, one.n, one.id, one.record, "")) for one in found]

    def add_computed(self, text: str, rests_on: Sequence[Cited], *, counted: bool = True) -> int:
        """What Darak computed itself from records or samples."""
        told, orders = without_orders(plain(text))
        records = [one for one in rests_on if isinstance(one, Citation)]
        parts = tuple(
            Piece(len(self.pieces) + 1, _head(one.record)[0], without_orders(plain(one.shown))[0], (one,), home=False)
            for one in records
        )
        return self._append(
            head="computed by Darak",
            text=told,
            cited=tuple(rests_on),
            home=any(stays_home(self._home, one) for one in rests_on),
            computed=True,
            counted=counted,
            beneath="\n".join(f"{part.head}\n{part.text}" for part in parts),
            orders=orders,
            parts=() if counted else parts,
        )

    def _add(self, one: Citation) -> int:
        if one.n in self._by_record:
            return self._by_record[one.n]
        record = one.record
        cut = ellipsed(snippet(record.text, self._wanted, one.shown, self._width), record.text)
        text, orders = without_orders(plain(cut))
        head, more = _head(record)
        shown = one.shown or snippet(record.text, self._wanted) or record.title or ""
        cited = (Citation(0, one.n, one.id, record, shown),)
        self._by_record[one.n] = self._append(
            head=head, text=text, cited=cited, home=self._home.keep(record), orders=orders + more
        )
        return self._by_record[one.n]

    def _append(self, **parts: Any) -> int:
        self.pieces.append(Piece(len(self.pieces) + 1, **parts))
        return len(self.pieces)


def stays_home(home: HomeRules, one: Cited) -> bool:
    """Whether what is cited is kept on this machine."""
    if isinstance(one, Citation):
        return home.keep(one.record)
    return home.keep_samples(one.measured.source, one.measured.metric)


def _head(record: Record) -> tuple[str, int]:
    """When, what and from whom, as much as is known, and how many orders were left out of it."""
    time = (record.time.iso()[:16] or "no date").replace("T", " ")
    end = record.end.local if record.end is not None else None
    if end is not None and (last := (end - _MOMENT).date()) > (record.time.day or last):  # a day ends at midnight
        time += f" to {last.isoformat()}"
    parts, left = [time, record.kind], 0
    for template, value in _told_of(record):
        told, orders = without_orders(plain(" ".join(value.split())[:_LONGEST]))
        parts += [template.format(told)] if told else []
        left += orders
    return ", ".join(parts), left


def _told_of(record: Record) -> Iterator[tuple[str, str]]:
    """What a source says of a record beside its text, each with how it is told."""
    if record.author is not None:
        yield "by {}", record.author.display
    others = [who.display for who in record.people if record.author is None or who.handle != record.author.handle]
    if len(others) <= _NAMED:
        yield "with {}", ", ".join(others)
    if record.thread and record.kind != "mail" and len(record.thread) <= _LONG:  # of mails it is a number
        yield "in {}", record.thread
    if record.title and record.title != record.thread and record.title not in record.text[: len(record.title) + 4]:
        yield "“{}”", record.title
    if record.place is not None and record.place.name:
        yield "at {}", record.place.name
    amounts: list[Any] = [record.extra[name] for name in _AMOUNTS if name in record.extra]
    yield "{}", " ".join(str(value) for value in amounts if isinstance(value, (int, float, str)))
