"""`darak people`: who is in the memory, who may be the same human, and the owner's word on it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import orjson

from darak.cli.people_of import People, PeopleHere, PeopleThere
from darak.cli.session import UsageProblem, open_vault
from darak.language.names import name_forms
from darak.memory.people import Known
from darak.memory.proposals import Proposal
from darak.records.record import nfc
from darak.records.vault import VaultBusy

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
    try:
        with open_vault(args) as vault:
            return _run(args, PeopleHere(vault))
    except VaultBusy as busy:
        from darak.cli.server_of import server_of

        return _run(args, PeopleThere(server_of(args, busy).wire))


def _run(args: argparse.Namespace, book: People) -> int:
    words: list[str] = args.do
    if words and words[0] in _ACTIONS:
        least, most, action = _ACTIONS[words[0]]
        if not least <= len(words) - 1 <= most:
            raise UsageProblem(f"`darak people {words[0]}` needs {_NEEDS[words[0]]}")
        print(action(book, words[1:]))
        return 0
    people = book.everybody()
    if words:
        chosen = {_who(people, word).number for word in words}
        people = [person for person in people if person.number in chosen]
        print(orjson.dumps([_json(p) for p in people]).decode() if args.json else "\n".join(map(_whole, people)))
        return 0
    proposals = book.proposals(people)
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


def _who(people: Sequence[Known], word: str) -> Known:
    """The one person that a number or a name means."""
    called = [person for person in people if word.isdigit() and person.number == int(word)]
    wanted = nfc(" ".join(word.split())).casefold()
    called = called or [one for one in people if wanted in {name.casefold() for name in one.names()}]
    called = called or [one for one in people if any(wanted in name_forms(name) for name in one.names())]
    if not called:
        raise UsageProblem(f"nobody here is called {word!r}; `darak people --all` lists everybody")
    if len(called) > 1:
        named = ", ".join(f"{one.number} {one.name}" for one in called[:5])
        raise UsageProblem(f"{word!r} may be any of {named}; give the number")
    return called[0]


def _merge(book: People, words: Sequence[str]) -> str:
    people = book.everybody()
    kept, *others = {one.number: one for one in (_who(people, word) for word in words)}.values()
    if not others:
        raise UsageProblem("these are one person already")
    numbers = book.merge([kept.number, *(other.number for other in others)])
    back = ", ".join(f"`darak people undo {number}`" for number in numbers)
    name = next(one.name for one in book.everybody() if one.number == kept.number)
    return f"{name} is one person now. To take it back: {back}"


def _split(book: People, words: Sequence[str]) -> str:
    (word,) = words
    found = [
        handle
        for person in book.everybody()
        for handle in person.handles
        if len(person.handles) > 1 and word in (handle.handle, handle.name)
    ]
    if len(found) != 1:
        raise UsageProblem(f"{word!r} is not one handle of a person with several; `darak people WHO` lists them")
    return f"{word} is a person of its own now, number {book.split(found[0].number)}."


def _apart(book: People, words: Sequence[str]) -> str:
    people = book.everybody()
    one, other = (_who(people, word) for word in words)
    if one == other:
        raise UsageProblem("these are one person; `darak people split HANDLE` or `darak people undo` parts them")
    book.apart(one.number, other.number)
    return f"{one.name} and {other.name} stay two people."


def _rename(book: People, words: Sequence[str]) -> str:
    person, name = _who(book.everybody(), words[0]), " ".join(words[1:])
    book.rename(person.number, name)
    return f"{person.name} is called {name} now; the earlier names are still understood."


def _undo(book: People, words: Sequence[str]) -> str:
    merges = book.merges()
    if not words:
        if not merges:
            return "Nobody was merged."
        lines = [f"{one.number:>6}  {one.name} into {one.kept}  ({one.why})" for one in merges]
        return "\n".join([*lines, "`darak people undo NUMBER` takes one back."])
    if not words[0].isdigit() or int(words[0]) not in {one.number for one in merges}:
        raise UsageProblem(f"there is no merge {words[0]}; `darak people undo` lists them")
    alone = book.undo(int(words[0]))
    name = next(one.name for one in book.everybody() if one.number == alone)
    return f"{name} is a person of its own again, number {alone}."


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
