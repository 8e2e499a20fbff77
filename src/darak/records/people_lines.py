"""Who is whom, as lines of the exchange format: people of several identities or with a name of the owner's, and
identities that are kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import apsw

from darak.records.people import PeopleTable, are_apart, merge, rename

Line = dict[str, Any]


def check_people_line(line: Line) -> Line:
    """The line with nothing but what it needs. KeyError, TypeError or ValueError when no export writes it so."""
    if line["type"] == "apart":
        return {"type": "apart", "identities": _handles(line["identities"], 2)}
    merges = [_whom(one) | {"why": str(one["why"])} for one in line.get("merges", ())]
    return {"type": "person", **_whom(line), "merges": merges}


def _whom(line: Line) -> Line:
    return {"name": str(line["name"]), "named": bool(line["named"]), "identities": _handles(line["identities"])}


def _handles(value: Any, count: int = 0) -> list[tuple[str, str]]:
    handles = [(str(space), str(handle)) for space, handle in value]
    if not handles or (count and len(handles) != count):
        raise ValueError("a person needs identities")
    return handles


def people_lines(db: apsw.Connection) -> Iterator[Line]:
    """The lines, in an order of their own: the same people give the same lines, whatever was imported first."""
    handles: dict[int, list[str]] = {}
    people: defaultdict[int, list[int]] = defaultdict(list)
    rows = db.execute("SELECT id, space, handle, person FROM identity ORDER BY space, handle")
    for identity, space, handle, person in rows:
        handles[identity] = [space, handle]
        people[person].append(identity)
    names = {person: (name, named) for person, name, named in db.execute("SELECT id, name, named FROM person")}
    moved: defaultdict[int, list[int]] = defaultdict(list)
    for number, identity in db.execute("SELECT merge, identity FROM merged ORDER BY merge, identity"):
        moved[number].append(identity)
    merges: defaultdict[int, list[Line]] = defaultdict(list)
    for number, kept, name, named, why in db.execute("SELECT id, kept, name, named, why FROM merge ORDER BY id"):
        of = sorted(handles[identity] for identity in moved[number])
        merges[kept].append({"name": name, "named": bool(named), "why": why, "identities": of})
    for person, identities in people.items():
        name, named = names[person]
        if named or len(identities) > 1:
            whom: Line = {"type": "person", "name": name, "named": bool(named)}
            yield whom | {"identities": [handles[i] for i in identities], "merges": merges[person]}
    for pair in sorted(sorted((handles[one], handles[other])) for one, other in db.execute("SELECT * FROM apart")):
        yield {"type": "apart", "identities": pair}


def restore_people(db: apsw.Connection, lines: Iterable[Line], *, afresh: bool) -> None:
    """Takes the lines into a vault: as they are into one that holds nothing else, else only what joins and names."""
    if afresh:
        _begin_anew(db)
    for line in sorted(lines, key=lambda line: line["type"] == "person"):  # what is apart comes first
        identities = [_identity(db, *handle) for handle in line["identities"]]
        if line["type"] == "apart":
            db.execute("INSERT OR IGNORE INTO apart VALUES(?,?)", sorted(identities))
            continue
        person = _person(db, identities[0])
        if afresh:
            db.executemany("UPDATE identity SET person=? WHERE id=?", ((person, i) for i in identities))
            db.execute("UPDATE person SET name=?, named=? WHERE id=?", (line["name"], line["named"], person))
            for one in line["merges"]:
                _note_merge(db, person, one)
            continue
        for identity in identities[1:]:
            other = _person(db, identity)
            if other != person and not are_apart(db, person, other):
                merge(db, person, other, "an export says so")
        if line["named"]:
            rename(db, person, line["name"])


def _begin_anew(db: apsw.Connection) -> None:
    """Makes every identity a person of its own, as at first sight."""
    for table in ("merge", "merged", "apart", "person"):
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO person(id, name) SELECT id, coalesce(name, handle) FROM identity")
    db.execute("UPDATE identity SET person=id")


def _note_merge(db: apsw.Connection, person: int, one: Line) -> None:
    db.execute(
        "INSERT INTO merge(kept, name, named, why) VALUES(?,?,?,?)", (person, one["name"], one["named"], one["why"])
    )
    number = db.last_insert_rowid()
    moved = ((number, _identity(db, *handle)) for handle in one["identities"])
    db.executemany("INSERT OR IGNORE INTO merged VALUES(?,?)", list(moved))


def _identity(db: apsw.Connection, space: str, handle: str) -> int:
    row = db.execute("SELECT id FROM identity WHERE space=? AND handle=?", (space, handle)).fetchone()
    return PeopleTable(db).add(space, handle, None) if row is None else row[0]


def _person(db: apsw.Connection, identity: int) -> int:
    row = db.execute("SELECT person FROM identity WHERE id=?", (identity,)).fetchone()
    assert row is not None
    return row[0]
