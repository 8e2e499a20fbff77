"""Erasing for good: out of every table in one transaction, with tombstones, a receipt, and the order to finish.

What lies outside that transaction (attached files, the index, the database's freed pages, the receipt's file) is
finished afterwards from the order, so that a kill at any moment leaves a forgetting that the next opening completes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import orjson

from darak.records.conversations import stored_turns, turn_identity
from darak.records.receipt import InputFile, Receipt, parse_receipt, sign, write_receipt
from darak.records.samples import SampleScope, stored_samples
from darak.records.vault import ERASED, Vault
from darak.records.writer import bad_row_identity


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be erased: records by number, samples by a scope (None for none), unreadable rows and turns of
    conversations by number. Turns whose answers rested on what is erased go with it."""

    ns: tuple[int, ...]
    samples: SampleScope | None
    bad_rows: tuple[int, ...] = ()
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, without the words and names in it: in plain words, and as a hash that knows it again."""

    words: str
    hash: str


def erase(vault: Vault, selection: Selection, request: Request, now: datetime) -> Receipt:
    """Erases what is selected, and leaves the order to finish. `now` is the receipt's time.

    The caller then has the memory forget the receipt's numbers, and calls `finish`.
    """
    with vault.transaction():
        _mark(vault, selection)
        hashes, sources = _remember(vault, selection)
        receipt = Receipt(
            time=now.isoformat(timespec="seconds"),
            scope=request.words,
            scope_hash=request.hash,
            records=len(selection.ns),
            versions=_count(vault, "version WHERE n IN doomed"),
            samples=_count(vault, f"sample WHERE {_samples(selection)[0]}", _samples(selection)[1]),
            bad_rows=_count(vault, "bad_row WHERE rowid IN doomed_bad_row"),
            turns=_count(vault, "doomed_turn"),
            sources=sources,
            journal=_journal(vault, selection.ns),
            hashes=hashes,
            blobs=tuple(vault.blobs.name(blob) for (blob,) in vault.rows(_DOOMED_BLOBS)),
            files=_input_files(vault),
        )
        _delete(vault, selection)
        _sweep(vault)
        receipt = sign(receipt, vault.key)
        vault.db.execute("INSERT INTO forgetting(receipt) VALUES(?)", (orjson.dumps(receipt.json()).decode(),))
        for table in ("doomed", "doomed_bad_row", "doomed_file", "doomed_turn"):
            vault.db.execute(f"DROP TABLE temp.{table}")
    return receipt


def unfinished(vault: Vault) -> list[Receipt]:
    """The forgettings that a kill has left to be finished."""
    return [parse_receipt(text) for (text,) in vault.rows("SELECT receipt FROM forgetting ORDER BY id")]


def finish(vault: Vault, receipt: Receipt) -> Path:
    """Finishes a forgetting that the memory has followed: attached files, freed pages, the receipt's file."""
    kept = {vault.blobs.path(blob) for (blob,) in vault.rows("SELECT hash FROM blob")}
    for path in vault.blobs.files():
        if path not in kept:
            path.unlink()
    vault.compact()
    path = write_receipt(vault.home, receipt)
    row = "json_extract(receipt, '$.hmac')=?"
    vault.db.execute(f"DELETE FROM forgetting WHERE {row}", (receipt.hmac,))
    return path


_DOOMED_BLOBS = (
    "SELECT DISTINCT hash FROM record_blob WHERE n IN doomed"
    " AND hash NOT IN (SELECT hash FROM record_blob WHERE n NOT IN doomed) ORDER BY hash"
)


def _mark(vault: Vault, selection: Selection) -> None:
    """Lists what goes in temporary tables, which live in memory alone, with the files that it was read from."""
    db = vault.db
    db.execute("CREATE TEMP TABLE doomed(n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO doomed VALUES(?)", ((n,) for n in selection.ns))
    condition, values = _samples(selection)
    db.execute(
        "CREATE TEMP TABLE doomed_file AS SELECT file FROM origin WHERE n IN doomed"
        f" UNION SELECT file FROM sample WHERE {condition}",
        values,
    )
    db.execute("CREATE TEMP TABLE doomed_bad_row AS SELECT rowid AS id FROM bad_row WHERE file IN doomed_file")
    db.executemany("INSERT INTO doomed_bad_row VALUES(?)", ((number,) for number in selection.bad_rows))
    db.execute("INSERT INTO doomed_file SELECT file FROM bad_row WHERE file IS NOT NULL AND rowid IN doomed_bad_row")
    db.execute("CREATE TEMP TABLE doomed_turn(id INTEGER PRIMARY KEY)")
    turns = turns_resting_on(vault, selection).union(selection.turns)
    db.executemany("INSERT INTO doomed_turn VALUES(?)", ((number,) for number in turns))


def turns_resting_on(vault: Vault, selection: Selection) -> frozenset[int]:
    """The turns of conversations whose answers rested on what is selected, and that go with it."""
    doomed = frozenset(selection.ns)
    cited = vault.rows("SELECT c.turn, r.n FROM cited c JOIN record r ON r.id=c.record")
    turns = {turn for turn, n in cited if n in doomed}
    condition, values = _samples(selection)
    some = f"SELECT metric FROM series WHERE id IN (SELECT series FROM sample WHERE {condition})"
    turns.update(turn for (turn,) in vault.rows(f"SELECT turn FROM cited WHERE metric IN ({some})", values))
    return frozenset(turns)


def _samples(selection: Selection) -> tuple[str, list[Any]]:
    return ("0", []) if selection.samples is None else selection.samples.condition()


def _remember(vault: Vault, selection: Selection) -> tuple[tuple[str, ...], dict[str, int]]:
    """Leaves a tombstone for everything that goes. Returns their salted hashes, and how much went by source."""
    sources: Counter[str] = Counter()
    hashes: set[bytes] = set()
    sql = "SELECT r.id, s.name FROM doomed d JOIN record r ON r.n=d.n JOIN source s ON s.id=r.source"
    for record_id, source in vault.rows(sql):
        hashes.add(vault.salted_hash(record_id))
        sources[source] += 1
    if selection.samples is not None:
        for sample in stored_samples(vault.db, selection.samples):
            hashes.add(vault.salted_hash(sample.identity()))
            sources[sample.source] += 1
    for (lesser_id,) in vault.rows("SELECT id FROM lesser WHERE n IN doomed"):
        hashes.add(vault.salted_hash(lesser_id))
    for (raw,) in vault.rows("SELECT raw FROM bad_row WHERE rowid IN doomed_bad_row AND raw<>x''"):
        hashes.add(vault.salted_hash(bad_row_identity(raw)))
    for name, turn in stored_turns(vault, "t.id IN doomed_turn"):
        hashes.add(vault.salted_hash(turn_identity(name, turn)))
    vault.db.executemany("INSERT OR IGNORE INTO tombstone VALUES(?,?)", ((vault.salt, digest) for digest in hashes))
    return tuple(sorted(digest.hex() for digest in hashes)), dict(sources)


def _journal(vault: Vault, ns: Sequence[int]) -> tuple[int, ...]:
    """Writes the erasures down for whatever follows the journal. Returns the first and last sequence number."""
    if not ns:
        return ()
    first = vault.last_seq() + 1
    rows = ((seq, n, ERASED) for seq, n in enumerate(sorted(ns), first))
    vault.db.executemany("INSERT INTO journal VALUES(?,?,?)", rows)
    return first, first + len(ns) - 1


def _input_files(vault: Vault) -> tuple[InputFile, ...]:
    """The imported files that are still where they were, and so still hold what is forgotten here."""
    found: list[InputFile] = []
    sql = "SELECT path, member, hash FROM file WHERE id IN doomed_file ORDER BY path, member"
    for text, member, digest in vault.rows(sql):
        path = Path(text)
        if path.is_dir():
            path, member = _on_disk(path, member)
        if path.exists():
            found.append(InputFile(str(path), member, digest))
    return tuple(found)


def _on_disk(folder: Path, member: str) -> tuple[Path, str]:
    """The file that a member is, or lies in, and its name in there; names may hold the mark of archives themselves."""
    parts = member.split("!")
    for size in range(len(parts), 0, -1):
        path = folder / "!".join(parts[:size])
        if path.is_file():
            return path, "!".join(parts[size:])
    return folder / member, ""


def _delete(vault: Vault, selection: Selection) -> None:
    for table in ("version", "record_person", "record_blob", "origin", "lesser", "record"):
        vault.db.execute(f"DELETE FROM {table} WHERE n IN doomed")
    condition, values = _samples(selection)
    vault.db.execute(f"DELETE FROM sample WHERE {condition}", values)
    vault.db.execute("DELETE FROM bad_row WHERE rowid IN doomed_bad_row")
    vault.db.execute("DELETE FROM cited WHERE turn IN doomed_turn")
    vault.db.execute("DELETE FROM turn WHERE id IN doomed_turn")
    vault.db.execute("DELETE FROM conversation WHERE id NOT IN (SELECT conversation FROM turn)")
    # The books of an import may quote what it could not read.
    touched = "SELECT DISTINCT import FROM import_file WHERE file IN doomed_file"
    for number, counts in vault.rows(f"SELECT id, counts FROM import WHERE id IN ({touched})"):
        vault.db.execute("UPDATE import SET counts=? WHERE id=?", (_without_problems(counts), number))


def _without_problems(counts: str) -> str:
    if not counts:
        return counts
    books = cast(dict[str, Any], orjson.loads(counts))
    for report in (books["rest"], *books["sources"]):
        report["problems"] = []
    return orjson.dumps(books).decode()


_ORPHANS = (
    "blob WHERE hash NOT IN (SELECT hash FROM record_blob)",
    "thread WHERE id NOT IN (SELECT thread FROM record WHERE thread IS NOT NULL)",
    "identity WHERE id NOT IN (SELECT identity FROM record_person)",
    "person WHERE id NOT IN (SELECT person FROM identity)",
    "merged WHERE identity NOT IN (SELECT id FROM identity)",
    "merge WHERE id NOT IN (SELECT merge FROM merged)",
    "apart WHERE one NOT IN (SELECT id FROM identity) OR other NOT IN (SELECT id FROM identity)",
    "series WHERE NOT EXISTS (SELECT 1 FROM sample m WHERE m.series=series.id)",
    "source WHERE id NOT IN (SELECT source FROM record) AND id NOT IN (SELECT source FROM series)",
    "file WHERE id IN doomed_file AND id NOT IN (SELECT file FROM origin UNION SELECT file FROM sample"
    " UNION SELECT file FROM bad_row WHERE file IS NOT NULL)",
    "file WHERE NOT EXISTS (SELECT 1 FROM origin) AND NOT EXISTS (SELECT 1 FROM sample)",
    "import_file WHERE file NOT IN (SELECT id FROM file)",
    "import WHERE id NOT IN (SELECT import FROM import_file)",
    "bad_row WHERE import NOT IN (SELECT id FROM import)",
    "watched WHERE path NOT IN (SELECT path FROM import)",
)
"""What nothing refers to any more, in the order in which one removal leaves the next."""


def _sweep(vault: Vault) -> None:
    """Removes the names of threads, people, devices and files that were known only from what is gone."""
    for orphans in _ORPHANS:
        vault.db.execute(f"DELETE FROM {orphans}")


def _count(vault: Vault, which: str, values: Sequence[Any] = ()) -> int:
    return cast(int, vault.rows(f"SELECT count(*) FROM {which}", values)[0][0])
