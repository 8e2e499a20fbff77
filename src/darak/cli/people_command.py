"""`darak people`: who is in the memory, who may be the same human, and the owner's word on it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import orjson

from darak.cli.session import UsageProblem, open_vault
from darak.memory.people import Known, Proposal, find_identities, list_people, propose
from darak.records import people as table
from darak.records.vault import Vault

_SHOWN = 20
_PROPOSED = 10


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("people", parents=[common], help="who is in the memory, and who is the same person")
    parser.add_argument(
        "do",
        nargs="*",
        metavar="WHAT",
        help="nothing or a name: list; merge WHO WHO; split HANDLE; apart WHO WHO; rename WHO NAME; undo [MERGE]",
    )
    parser.add_argument("--all", action="store_true", help="everybody, not only the first twenty")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    words: list[str] = args.do
    with open_vault(args) as vault:
        if words and words[0] in _ACTIONS:
            least, most, action = _ACTIONS[words[0]]
            if not least <= len(words) - 1 <= most:
                raise UsageProblem(f"`darak people {words[0]}` needs {_NEEDS[words[0]]}")
            with vault.transaction():
                print(action(vault, words[1:]))
            return 0
        people = list_people(vault)
        if words:
            chosen = {_who(vault, word) for word in words}
            people = [person for person in people if person.number in chosen]
            print(orjson.dumps([_json(p) for p in people]).decode() if args.json else "\n".join(map(_whole, people)))
            return 0
        proposals = propose(vault, people)
        if args.json:
            both = {"people": [_json(p) for p in people], "proposals": [_proposal_json(p) for p in proposals]}
            print(orjson.dumps(both).decode())
        else:
            _print(people, proposals, args.all)
    return 0


def _print(people: Sequence[Known], proposals: Sequence[Proposal], everybody: bool) -> None:
    if not people:
        print("Nobody is in this memory yet.")
    shown = people if everybody else people[:_SHOWN]
    for person in shown:
        print(f"{person.number:>6}  {_named(person)}  {_amount(person)}")
    if len(people) > len(shown):
        print(f"        … and {len(people) - len(shown):,} more; `darak people --all` lists them")
    if proposals:
        print("\nPerhaps the same person:")
        for one in proposals if everybody else proposals[:_PROPOSED]:
            merge = f"darak people merge {one.one.number} {one.other.number}"
            print(f"  {_named(one.one)} = {_named(one.other)}: {one.why}  {merge}")
        if not everybody and len(proposals) > _PROPOSED:
            print(f"  … and {len(proposals) - _PROPOSED:,} more")
        print("`darak people apart WHO WHO` when they are two.")


def _named(person: Known) -> str:
    """The name, with what tells them from a namesake: other names, addresses, else the source."""
    told = person.names()[1:4] or [handle.source for handle in person.handles if handle.source]
    return f"{person.name} ({', '.join(told)})" if told else person.name


def _amount(person: Known) -> str:
    last = f"  last {person.last}" if person.last else ""
    return f"{person.records:,} record{'s' * (person.records != 1)}{last}"


def _whole(person: Known) -> str:
    lines = [f"{person.number}  {person.name}  {_amount(person)}"]
    for handle in person.handles:
        name = f"  {handle.name}" if handle.name and handle.name != handle.handle else ""
        lines.append(f"    {handle.source or 'everywhere'}: {handle.handle}{name}")
    return "\n".join(lines)


def _json(person: Known) -> dict[str, Any]:
    handles = [{"source": h.source, "handle": h.handle, "name": h.name} for h in person.handles]
    last = person.last.isoformat() if person.last else None
    return {
        "person": person.number,
        "name": person.name,
        "handles": handles,
        "records": person.records,
        "last": last,
    }


def _proposal_json(one: Proposal) -> dict[str, Any]:
    return {"people": [one.one.number, one.other.number], "score": one.score, "why": one.why}


def _who(vault: Vault, word: str) -> int:
    """The one person that a number or a name means."""
    if word.isdigit() and vault.rows("SELECT 1 FROM person WHERE id=?", (int(word),)):
        return int(word)
    identities = find_identities(vault, word)
    marks = ",".join(map(str, identities))
    people = vault.rows(
        f"SELECT DISTINCT p.id, p.name FROM identity i JOIN person p ON p.id=i.person WHERE i.id IN ({marks})"
    )
    if not people:
        raise UsageProblem(f"nobody here is called {word!r}; `darak people --all` lists everybody")
    if len(people) > 1:
        named = ", ".join(f"{number} {name}" for number, name in people[:5])
        raise UsageProblem(f"{word!r} may be any of {named}; give the number")
    return people[0][0]


def _name(vault: Vault, person: int) -> str:
    return vault.rows("SELECT name FROM person WHERE id=?", (person,))[0][0]


def _merge(vault: Vault, words: Sequence[str]) -> str:
    kept, *others = dict.fromkeys(_who(vault, word) for word in words)
    if not others:
        raise UsageProblem("these are one person already")
    numbers = [table.merge(vault.db, kept, other, table.BY_OWNER) for other in others]
    back = ", ".join(f"`darak people undo {number}`" for number in numbers)
    return f"{_name(vault, kept)} is one person now. To take it back: {back}"


def _split(vault: Vault, words: Sequence[str]) -> str:
    (handle,) = words
    rows = vault.rows("SELECT id, person FROM identity WHERE handle=? OR name=?", (handle, handle))
    rows = [row for row in rows if len(vault.rows("SELECT 1 FROM identity WHERE person=?", (row[1],))) > 1]
    if len(rows) != 1:
        raise UsageProblem(f"{handle!r} is not one handle of a person with several; `darak people WHO` lists them")
    alone = table.split(vault.db, rows[0][0])
    return f"{handle} is a person of its own now, number {alone}."


def _apart(vault: Vault, words: Sequence[str]) -> str:
    one, other = (_who(vault, word) for word in words)
    if one == other:
        raise UsageProblem("these are one person; `darak people split HANDLE` or `darak people undo` parts them")
    table.keep_apart(vault.db, one, other)
    return f"{_name(vault, one)} and {_name(vault, other)} stay two people."


def _rename(vault: Vault, words: Sequence[str]) -> str:
    person = _who(vault, words[0])
    before, name = _name(vault, person), " ".join(words[1:])
    table.rename(vault.db, person, name)
    return f"{before} is called {name} now; the earlier names are still understood."


def _undo(vault: Vault, words: Sequence[str]) -> str:
    merges = vault.rows("SELECT m.id, m.name, p.name, m.why FROM merge m JOIN person p ON p.id=m.kept ORDER BY m.id")
    if not words:
        if not merges:
            return "Nobody was merged."
        lines = [f"{number:>6}  {gone} into {kept}  ({why})" for number, gone, kept, why in merges]
        return "\n".join([*lines, "`darak people undo NUMBER` takes one back."])
    if not words[0].isdigit() or int(words[0]) not in {row[0] for row in merges}:
        raise UsageProblem(f"there is no merge {words[0]}; `darak people undo` lists them")
    person = table.undo(vault.db, int(words[0]))
    return f"{_name(vault, person)} is a person of its own again, number {person}."


_ACTIONS = {
    "merge": (2, 100, _merge),
    "split": (1, 1, _split),
    "apart": (2, 2, _apart),
    "rename": (2, 10, _rename),
    "undo": (0, 1, _undo),
}
_NEEDS = {
    "merge": "two people or more, each a number or a name",
    "split": "one handle, as `darak people WHO` shows it",
    "apart": "two people",
    "rename": "a person and the new name",
    "undo": "the number of a merge, or nothing to list them",
}
