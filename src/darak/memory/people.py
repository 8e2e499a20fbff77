"""Finding identities and threads by the names a person would give them."""

from __future__ import annotations

from darak.records.record import nfc
from darak.records.vault import Vault


def find_identities(vault: Vault, name: str) -> list[int]:
    """Numbers of the identities of everyone who goes by this name or handle; those of one person go together."""
    wanted = nfc(" ".join(name.split())).casefold()
    rows = vault.rows("SELECT id, handle, name, person FROM identity")
    exact = {p for _, handle, display, p in rows if wanted in (handle.casefold(), (display or "").casefold())}
    return [number for number, _, _, person in rows if person in exact]


def find_threads(vault: Vault, name: str) -> list[int]:
    """Numbers of the threads with this name, in any source."""
    return [number for (number,) in vault.rows("SELECT id FROM thread WHERE name=?", (nfc(name),))]
