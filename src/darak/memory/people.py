"""The people of a memory: finding them by name, and listing them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from darak.language.names import name_forms
from darak.records.record import MACHINE_ROLES, OWNER_ROLE, nfc
from darak.records.time import EPOCH
from darak.records.vault import Vault

_ROLE_HANDLES = ",".join(f"'{role}'" for role in (OWNER_ROLE, *MACHINE_ROLES))
HAS_ROLE = f"(i.name IS NULL AND i.handle IN ({_ROLE_HANDLES}))"
"""SQL of table `identity i`: it only tells who speaks in a talk with an AI, and is none of the owner's people."""


@dataclass(frozen=True, slots=True)
class Handle:
    """One identity: `source` is empty where the handle means the same human everywhere."""

    number: int
    source: str
    handle: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the memory; `records` they take part in, the last of them on day `last`."""

    number: int
    name: str
    named: bool
    handles: tuple[Handle, ...]
    records: int
    last: date | None

    def names(self) -> list[str]:
        """Every name and handle, the one that is shown first."""
        return list(dict.fromkeys([self.name, *(text for h in self.handles for text in (h.name, h.handle) if text)]))


def find_identities(vault: Vault, name: str, *, exact: bool = False) -> list[int]:
    """Numbers of the identities of everyone who goes by this name; those of one person go together.

    Whoever has it as a handle or a displayed name comes alone. Only when there is nobody, and unless `exact`, everyone
    who may be called so does: by the given name, with a title, or in another spelling.
    """
    wanted = nfc(" ".join(name.split())).casefold()
    rows = vault.rows(
        "SELECT i.id, i.handle, i.name, p.id, p.name FROM identity i JOIN person p ON p.id=i.person"
        f" WHERE NOT {HAS_ROLE}"
    )
    found = {person for _, *names, person, shown in rows if wanted in {(n or "").casefold() for n in (*names, shown)}}
    if not found and not exact:
        found = {
            person
            for _, handle, display, person, shown in rows
            if any(wanted in name_forms(known) for known in (display or handle, shown))
        }
    return [number for number, _, _, person, _ in rows if person in found]


def find_threads(vault: Vault, name: str) -> list[int]:
    """Numbers of the threads with this name, in any source."""
    return [number for (number,) in vault.rows("SELECT id FROM thread WHERE name=?", (nfc(name),))]


def list_people(vault: Vault) -> list[Known]:
    """Everybody but the owner and the machines in talks with an AI, those with most records first."""
    sql = (
        "SELECT i.person, count(DISTINCT p.n), max(r.local) FROM record_person p JOIN record r ON r.n=p.n"
        f" JOIN identity i ON i.id=p.identity WHERE NOT {HAS_ROLE} GROUP BY i.person"
    )
    seen = {person: (count, local) for person, count, local in vault.rows(sql)}
    handles: defaultdict[int, list[Handle]] = defaultdict(list)
    for number, space, handle, name, person in vault.rows(
        f"SELECT i.id, i.space, i.handle, i.name, i.person FROM identity i WHERE NOT {HAS_ROLE} ORDER BY i.id"
    ):
        handles[person].append(Handle(number, space, handle, name))
    people: list[Known] = []
    for number, name, named in vault.rows("SELECT id, name, named FROM person"):
        if number not in handles:
            continue
        records, local = seen.get(number, (0, None))
        last = None if local is None else (EPOCH + timedelta(seconds=local)).date()
        people.append(Known(number, name, bool(named), tuple(handles[number]), records, last))
    return sorted(people, key=lambda person: (-person.records, person.number))
