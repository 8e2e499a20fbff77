"""Conversations with Darak, as the vault keeps them: never a record of the owner's, and erased with what they quote."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct, convert, json, to_builtins

from darak.records.vault import Vault

_SETTING = "conversations"
_COLUMNS = "t.id, t.conversation, t.time, t.question, t.answer, t.status, t.model, t.series"


@dataclass(frozen=True, slots=True)
class Cited:
    """What an answer named as [number]: a record by its id, or measured samples by the name of their metric."""

    number: int
    record: str | None = None
    metric: str | None = None


class KeptPoint(Struct, frozen=True):
    """One value of a chart: the label of its time, and how many values are in it."""

    label: str
    value: float
    n: int


class KeptSeries(Struct, frozen=True):
    """A chart of an answer, in `unit`."""

    title: str
    unit: str
    points: tuple[KeptPoint, ...]


_Charts = tuple[KeptSeries, ...]


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and what was answered at `time`, ISO 8601 with its zone; `model` is None when none was asked."""

    time: str
    question: str
    answer: str
    status: str
    model: str | None = None
    cited: tuple[Cited, ...] = ()
    number: int = 0
    """Its number in this vault; 0 before it is kept."""
    series: tuple[KeptSeries, ...] = ()

    def json(self) -> dict[str, Any]:
        """The object of an export."""
        cited = [{"number": one.number, "record": one.record, "metric": one.metric} for one in self.cited]
        told = {"time": self.time, "question": self.question, "answer": self.answer, "status": self.status}
        charts = {"series": to_builtins(self.series)} if self.series else {}
        return told | {"model": self.model, "cited": cited} | charts


@dataclass(frozen=True, slots=True)
class Conversation:
    """`key` is the name of the API key that it was held with, empty for the owner's own."""

    id: str
    key: str
    turns: tuple[KeptTurn, ...]

    @property
    def title(self) -> str:
        return self.turns[0].question if self.turns else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its first question, when it began and was last gone on with, and how many turns."""

    id: str
    key: str
    title: str
    began: str
    last: str
    turns: int


def keeps_conversations(vault: Vault) -> bool:
    """Whether the owner has them kept."""
    return vault.setting(_SETTING) != "no"


def set_keeping(vault: Vault, keep: bool) -> None:
    vault.set(_SETTING, "yes" if keep else "no")


def keep_turn(vault: Vault, conversation: str | None, turn: KeptTurn, key: str = "") -> str:
    """Adds a turn to a conversation, or begins one. Returns its id. KeyError when `key` has no such conversation."""
    with vault.transaction():
        if conversation is None:
            conversation = secrets.token_hex(8)
            vault.db.execute("INSERT INTO conversation(name, key) VALUES(?,?)", (conversation, key))
        rows = vault.rows("SELECT id FROM conversation WHERE name=? AND key=?", (conversation, key))
        if not rows:
            raise KeyError(conversation)
        _insert(vault, rows[0][0], turn)
    return conversation


def read_conversation(vault: Vault, name: str) -> Conversation | None:
    """The conversation whose id is, or begins with, `name`; None when none or several do."""
    rows = vault.rows("SELECT id, name, key FROM conversation WHERE substr(name, 1, ?)=? LIMIT 2", (len(name), name))
    if len(rows) != 1 or not name:
        return None
    number, whole, key = rows[0]
    return Conversation(whole, key, tuple(_turns(vault, "t.conversation=?", (number,))))


def last_conversation(vault: Vault) -> Conversation | None:
    """The one of the owner's own that was gone on with last."""
    rows = vault.rows(
        "SELECT c.name FROM conversation c JOIN turn t ON t.conversation=c.id WHERE c.key='' ORDER BY t.id DESC LIMIT 1"
    )
    return read_conversation(vault, rows[0][0]) if rows else None


def list_conversations(
    vault: Vault,
    limit: int = 50,
    offset: int = 0,
    said: Callable[[Sequence[str]], bool] | None = None,
    key: str | None = None,
) -> list[Summary]:
    """The conversations, the latest first; with `said`, those of which it is true of a turn's question and answer; with
    `key`, those that were held with this API key."""
    sql = (
        "SELECT c.name, c.key, min(t.time), max(t.time), count(*), min(t.id), max(t.id) FROM conversation c"
        " JOIN turn t ON t.conversation=c.id WHERE {} GROUP BY c.id ORDER BY max(t.id) DESC LIMIT ? OFFSET ?"
    )
    where = "1" if key is None else "c.key=?"
    values: list[Any] = [] if key is None else [key]
    if said is not None:
        rows = vault.rows("SELECT DISTINCT conversation, question, answer FROM turn")
        chosen = sorted({number for number, *texts in rows if said(texts)})
        where += f" AND c.id IN ({','.join('?' * len(chosen))})"
        values += chosen
    found: list[Summary] = []
    for name, by, began, last, count, first, _ in vault.rows(sql.format(where), (*values, limit, offset)):
        title = vault.rows("SELECT question FROM turn WHERE id=?", (first,))[0][0]
        found.append(Summary(name, by, title, began, last, count))
    return found


def delete_conversations(vault: Vault, names: Iterable[str] | None = None) -> int:
    """Erases these conversations, or all. Returns how many there were."""
    vault.db.execute("PRAGMA secure_delete=ON")
    with vault.transaction():
        if names is None:
            numbers = [number for (number,) in vault.rows("SELECT id FROM conversation")]
        else:
            numbers = [n for name in names for (n,) in vault.rows("SELECT id FROM conversation WHERE name=?", (name,))]
        for number in numbers:
            vault.db.execute("DELETE FROM cited WHERE turn IN (SELECT id FROM turn WHERE conversation=?)", (number,))
            vault.db.execute("DELETE FROM turn WHERE conversation=?", (number,))
            vault.db.execute("DELETE FROM conversation WHERE id=?", (number,))
    return len(numbers)


# -- forgetting --------------------------------------------------------------------------------------------------


def turns_to_forget(
    vault: Vault,
    said: Callable[[Sequence[str]], bool] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[int, ...]:
    """The turns that were asked from `since` to before `until` and of whose question and answer `said` is true; all
    turns when nothing is given. Those that name a forgotten record are found by the erasing itself."""
    found: list[int] = []
    for number, time, *texts in vault.rows("SELECT id, time, question, answer, series FROM turn ORDER BY id"):
        day = time[:10]
        within = (since is None or day >= since.isoformat()) and (until is None or day < until.isoformat())
        if within and (said is None or said(texts)):
            found.append(number)
    return tuple(found)


def turn_identity(conversation: str, turn: KeptTurn) -> bytes:
    """What a turn is known by when it is forgotten."""
    return "\x1f".join(("turn", conversation, turn.time, turn.question, turn.answer)).encode()


def stored_turns(vault: Vault, where: str = "1", values: Sequence[Any] = ()) -> Iterator[tuple[str, KeptTurn]]:
    """The turns `t` for which an SQL condition holds, each with its conversation's id."""
    names = dict(vault.rows("SELECT id, name FROM conversation"))
    for conversation, turn in _numbered(vault, where, values):
        yield names[conversation], turn


# -- exporting ---------------------------------------------------------------------------------------------------


def conversation_lines(vault: Vault) -> Iterator[dict[str, Any]]:
    """Each conversation as a line of the exchange format, in an order of their own."""
    turns: dict[str, list[dict[str, Any]]] = {}
    for name, turn in stored_turns(vault):
        turns.setdefault(name, []).append(turn.json())
    keys = dict(vault.rows("SELECT name, key FROM conversation"))
    for name in sorted(turns, key=lambda name: (turns[name][0]["time"], name)):
        told = {"type": "conversation", "id": name, "key": keys[name], "turns": turns[name]}
        yield told


def check_conversation_line(line: dict[str, Any]) -> dict[str, Any]:
    """The line with nothing but what it needs. KeyError, TypeError or ValueError when no export writes it so."""
    turns = [
        KeptTurn(
            *(str(turn[name]) for name in ("time", "question", "answer", "status")),
            model=None if turn["model"] is None else str(turn["model"]),
            cited=tuple(_cited(one) for one in turn["cited"]),
            series=convert(turn.get("series", ()), _Charts),
        )
        for turn in line["turns"]
    ]
    return {"type": "conversation", "id": str(line["id"]), "key": str(line["key"]), "turns": turns}


def restore_conversation(vault: Vault, line: dict[str, Any]) -> None:
    """Takes in a checked line: the turns that are not there yet, and were not forgotten here."""
    rows = vault.rows("SELECT id FROM conversation WHERE name=?", (line["id"],))
    there = list(_turns(vault, "t.conversation=?", rows[0])) if rows else []
    known = {(turn.time, turn.question) for turn in there}
    new = [
        turn
        for turn in line["turns"]
        if (turn.time, turn.question) not in known and not vault.was_forgotten(turn_identity(line["id"], turn))
    ]
    if not new:
        return
    if not rows:
        vault.db.execute("INSERT INTO conversation(name, key) VALUES(?,?)", (line["id"], line["key"]))
        rows = [(vault.db.last_insert_rowid(),)]
    for turn in new:
        _insert(vault, rows[0][0], turn)


def _cited(one: dict[str, Any]) -> Cited:
    record, metric = one["record"], one["metric"]
    if record is not None:
        bytes.fromhex(record)
    return Cited(int(one["number"]), record, None if metric is None else str(metric))


def _insert(vault: Vault, conversation: int, turn: KeptTurn) -> None:
    charts = json.encode(turn.series).decode() if turn.series else ""
    vault.db.execute(
        "INSERT INTO turn(conversation, time, question, answer, status, model, series) VALUES(?,?,?,?,?,?,?)",
        (conversation, turn.time, *map(_text, (turn.question, turn.answer)), turn.status, turn.model, charts),
    )
    number = vault.db.last_insert_rowid()
    rows = [(number, c.number, None if c.record is None else bytes.fromhex(c.record), c.metric) for c in turn.cited]
    vault.db.executemany("INSERT INTO cited VALUES(?,?,?,?)", rows)


def _text(text: str) -> str:
    """What can be kept: the bytes of a command line that are no text become question marks."""
    return text.encode("utf-8", "replace").decode()


def _turns(vault: Vault, where: str, values: Sequence[Any]) -> Iterator[KeptTurn]:
    return (turn for _, turn in _numbered(vault, where, values))


def _numbered(vault: Vault, where: str, values: Sequence[Any]) -> Iterator[tuple[int, KeptTurn]]:
    for number, conversation, *texts in vault.rows(
        f"SELECT {_COLUMNS} FROM turn t WHERE {where} ORDER BY t.id", values
    ):
        rows = vault.rows("SELECT number, record, metric FROM cited WHERE turn=? ORDER BY number", (number,))
        cited = tuple(Cited(n, None if record is None else record.hex(), metric) for n, record, metric in rows)
        time, question, answer, status, model, charts = texts
        series = json.decode(charts, type=_Charts) if charts else ()
        yield conversation, KeptTurn(time, question, answer, status, model, cited, number, series)
