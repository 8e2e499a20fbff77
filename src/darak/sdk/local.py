"""A life whose vault this process opens itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack, get_args

import apsw

from darak.answers.answer import Answer as Answered
from darak.answers.ask import Asker
from darak.answers.follow_up.kept import Talk
from darak.answers.follow_up.turn import Turn
from darak.importers.registry import load_importers
from darak.importers.runner import Progress, run_import
from darak.importers.tree import TreeError, open_tree
from darak.language.saying import all_said, sayings
from darak.memory.memory import Memory
from darak.memory.named import UnknownName, named_filter
from darak.memory.people import list_people
from darak.memory.search import search
from darak.memory.timeline import Unit, amounts, by_day, one_day
from darak.records.cipher import SealBroken
from darak.records.conversations import list_conversations, read_conversation
from darak.records.giving_way import open_soon
from darak.records.key import HEADER, KeyProblem
from darak.records.record import KINDS
from darak.records.schema import VaultTooNew
from darak.records.storage import storage_problem
from darak.records.vault import Vault, VaultBusy, VaultProblem
from darak.sdk.beacon import find
from darak.sdk.erasing import Erasing
from darak.sdk.life import NEW, Life, OnProgress, check_confirmed
from darak.sdk.notes import keep_note
from darak.sdk.reading import hits_of, read, read_answer, record_of, records_of
from darak.sdk.remote import RemoteLife
from darak.sdk.results import (
    Answer,
    Conversation,
    Forgetting,
    Handle,
    Hit,
    Period,
    Person,
    Problem,
    Receipt,
    Record,
    Report,
    Which,
)
from darak.sdk.surroundings import default_home, moment, system_zone

if TYPE_CHECKING:
    from darak.models.models import Models

_TOLD = (VaultProblem, KeyProblem, VaultTooNew, SealBroken, TreeError, UnknownName, OSError, apsw.Error)


def open(
    home: str | Path | None = None, *, passphrase: str | None = None, create: bool = False, zone: str | None = None
) -> Life:
    """The vault in `home` (`$DARAK_HOME`, else the user's own), opened in this process until it is closed.

    While `darak serve` has the vault, it is that server which is asked, as the owner.
    `passphrase` opens a vault that is under one, else `$DARAK_PASSPHRASE`. With `create`, a new vault is made where
    there is none; `zone` is its owner's IANA zone, that of this machine when None. Problem when it cannot be opened.
    """
    folder = default_home() if home is None else Path(home).expanduser()
    passphrase = passphrase if passphrase is not None else os.environ.get("DARAK_PASSPHRASE")
    with _telling():
        try:
            if create and not (folder / HEADER).exists():
                vault = Vault.create(folder, zone=zone or system_zone(), passphrase=passphrase)
            else:
                vault = Vault.open(folder, lambda: passphrase)
        except VaultBusy:
            if (beacon := find(folder)) is not None:
                return RemoteLife(beacon.wire(), here=True)
            vault = open_soon(lambda: Vault.open(folder, lambda: passphrase), folder)
        try:
            return LocalLife(vault)
        except BaseException:
            vault.close()
            raise


class LocalLife(Life):
    """May be used from several threads; one is served after the other."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._memory = Memory(vault)
        self._erasing = Erasing(self._memory)
        self._asker: Asker | None = None
        self._models: Models | None = None
        """Kept once they are asked, so that a model that was loaded stays loaded."""
        self._lock = threading.RLock()
        self._closed = False
        self._memory.follow()

    def ask(
        self, question: str, *, now: datetime | None = None, conversation: str | None = None, model: bool = True
    ) -> Answer:
        if not question.strip():
            raise Problem("question says nothing")
        with self._using() as vault:
            now = _moment(now, vault)
            if conversation is None:
                return read_answer(self._answer(question, now, (), model).json())
            found = None if conversation == NEW else read_conversation(vault, conversation)
            if conversation != NEW and found is None:
                raise Problem("there is no such conversation", 404)
            talk = Talk(vault, found)
            answer = self._answer(question, now, talk.turns, model)
            talk.add(question, answer, now)
            return read_answer(answer.json() | {"conversation": talk.id})

    def _answer(self, question: str, now: datetime, turns: Sequence[Turn], model: bool) -> Answered:
        if self._asker is None:
            self._asker = Asker(self._memory)
        if not model or self._vault.setting("models") is None:  # nothing of models is loaded where none was chosen
            return self._asker.ask(question, now, turns)
        from darak.answers.written.written import Author
        from darak.models.models import Models
        from darak.models.problems import ModelProblem

        if self._models is None:
            self._models = Models(self._vault)
        try:
            return Author(self._memory, self._models, self._asker).answer(question, now, turns)
        except ModelProblem as problem:
            raise Problem(str(problem)) from problem

    def conversations(self, search: str = "", *, limit: int = 50) -> tuple[Conversation, ...]:
        asked = sayings(search)
        with self._using() as vault:
            found = list_conversations(vault, limit, said=partial(all_said, asked) if asked else None)
            return tuple(Conversation(one.id, one.title, one.began, one.last, one.turns) for one in found)

    def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        if limit < 1 or context < 0:
            raise Problem("limit must be at least 1, and context at least 0")
        with self._using() as vault:
            chosen = named_filter(vault, **_checked(which))
            found = search(self._memory, query, now=_moment(now, vault), filter=chosen, k=limit, context=context)
            return hits_of(found)

    def record(self, record_id: str) -> Record:
        with self._using() as vault:
            n = vault.number(record_id) if record_id else None
            if n is None:
                raise Problem("there is no such record, or more than one begins so")
            return record_of(vault.get([n])[n])

    def timeline(self, by: Unit = "year", *, since: str | None = None, until: str | None = None) -> tuple[Period, ...]:
        if by not in get_args(Unit):
            raise Problem(f"{by!r} is none of {', '.join(get_args(Unit))}")
        with self._using() as vault:
            found = amounts(by_day(vault), by, since, until)
            return tuple(Period.of(one.period, one.records, one.samples) for one in found)

    def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        if len(day) != len("2024-05-12"):
            raise Problem(f"{day!r} is no day, such as 2024-05-12")
        with self._using() as vault:
            return records_of(vault.get(one_day(vault, day, limit=max(limit, 0)).ns).values())

    def people(self) -> tuple[Person, ...]:
        with self._using() as vault:
            return tuple(
                Person(
                    one.number,
                    one.name,
                    tuple(Handle(handle.source, handle.handle, handle.name) for handle in one.handles),
                    one.records,
                    one.last and one.last.isoformat(),
                )
                for one in list_people(vault)
            )

    def import_(self, path: str | Path, *, on_progress: OnProgress | None = None) -> tuple[Report, ...]:
        def tell(progress: Progress) -> None:
            if on_progress is not None:
                on_progress(progress.source, progress.done, progress.total, progress.items)

        with self._changing() as vault:
            tree = open_tree(Path(path).expanduser())
            with self._memory.follow_beside(expected=tree.size) as nudge:
                reports = run_import(
                    tree, load_importers(), vault, now=datetime.now(UTC), on_progress=tell, after_batch=nudge
                )
            return tuple(read(report.json(), Report) for report in reports)

    def remember(self, text: str, *, title: str | None = None, via: str | None = None) -> Record:
        with self._changing() as vault:
            return record_of(keep_note(vault, text, _moment(None, vault), title, via))

    def forgetting(
        self,
        *,
        words: str | None = None,
        records: Sequence[str] = (),
        metrics: Sequence[str] = (),
        everything: bool = False,
        **which: Unpack[Which],
    ) -> Forgetting:
        with self._using():
            return self._erasing.preview(words or "", records, metrics, everything, _checked(which))

    def forget(self, forgetting: Forgetting, *, keep: Sequence[str] = (), confirm: Literal[True]) -> Receipt:
        check_confirmed(confirm)
        with self._changing() as vault:
            return self._erasing.erase(forgetting.token, keep, _moment(None, vault))

    def close(self) -> None:
        with self._lock, _telling():
            if not self._closed:
                self._closed = True
                try:
                    self._memory.close()
                finally:
                    self._vault.close()

    @contextmanager
    def _using(self) -> Generator[Vault]:
        with self._lock, _telling():
            if self._closed:
                raise Problem("this life is closed; open it again")
            yield self._vault

    @contextmanager
    def _changing(self) -> Generator[Vault]:
        """The same, with the index brought up to what was changed."""
        with self._using() as vault:
            try:
                yield vault
            finally:
                self._asker = None
                self._memory.follow()


def _checked(which: Which) -> Which:
    """What is meant, as it was given. TypeError for a name there is not: left out, it would mean far more records."""
    if unknown := which.keys() - Which.__annotations__.keys():
        raise TypeError(f"there is no {min(unknown)!r} to choose by; there are {', '.join(Which.__annotations__)}")
    for name in ("sources", "kinds", "people", "threads"):
        if isinstance(which.get(name), str):
            raise Problem(f"{name} is a list of names")
    unknown = [kind for kind in which.get("kinds", ()) if kind not in KINDS]
    if unknown:
        raise Problem(f"{unknown[0]!r} is no kind of record; they are {', '.join(KINDS)}")
    return which


def _moment(now: datetime | None, vault: Vault) -> datetime:
    try:
        return moment(now, vault.zone)
    except ValueError as error:
        raise Problem(str(error) if now else f"$DARAK_NOW: {error}") from error


@contextmanager
def _telling() -> Generator[None]:
    """Problems of every layer as Problem, with the same words."""
    try:
        yield
    except _TOLD as error:
        raise Problem(storage_problem(error) or str(error)) from error
    except ValueError as error:  # as Tantivy tells of a full disk
        if (sentence := storage_problem(error)) is None:
            raise
        raise Problem(sentence) from error
