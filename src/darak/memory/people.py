"""Finding identities and threads by the names a person would give them."""

from __future__ import annotations

from darak.language.names import name_forms
from darak.records.record import nfc
from darak.records.vault import Vault


def find_identities(vault: Vault, name: str, *, exact: bool = False) -> list[int]:
    """Numbers of the identities of everyone who goes by this name; those of one person go together.

    Whoever has it as a handle or a displayed name comes alone. Only when there is nobody, and unless `exact`, everyone
    who may be called so does: by the given name, with a title, or in another spelling.
    """
    wanted = nfc(" ".join(name.split())).casefold()
    rows = vault.rows("SELECT id, handle, name, person FROM identity")
    found = {p for _, handle, display, p in rows if wanted in (handle.casefold(), (display or "").casefold())}
    if not found and not exact:
        found = {p for _, handle, display, p in rows if wanted in name_forms(display or handle)}
    return [number for number, _, _, person in rows if person in found]


def find_threads(vault: Vault, name: str) -> list[int]:
    """Numbers of the threads with this name, in any source."""
    return [number for (number,) in vault.rows("SELECT id FROM thread WHERE name=?", (nfc(name),))]
