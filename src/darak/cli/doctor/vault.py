"""The vault: its folder, its key, who holds it, and whether database, attached files and index are whole.

Nothing is changed: it is read beside the process that owns it, if there is one.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from io import RawIOBase
from pathlib import Path

import apsw

from darak.cli.doctor.finding import Finding
from darak.installation import install_command
from darak.memory import sealing
from darak.memory.volume import FORMAT
from darak.records.cipher import SealBroken, unseal
from darak.records.key import HEADER, Header, KeyProblem, find_key, key_file, keyring_works, read_header
from darak.records.schema import MIGRATIONS
from darak.records.vault import DATABASE, Vault, VaultProblem
from darak.sdk.surroundings import system_zone

_RESTORE = "Restore the vault's folder from a backup, or move it away and import the exports again."
_REBUILD = "darak rebuild makes it anew; nothing is lost."


def examine_vault(home: Path, now: datetime, ask_passphrase: Callable[[], str | None]) -> Iterator[Finding]:
    """Stops at the first problem that keeps the rest from being looked at."""
    if not (home / HEADER).exists():
        yield _no_vault(home)
        return
    yield from _permissions(home)
    try:
        header = read_header(home)
    except KeyProblem as problem:
        yield Finding("Key", "problem", str(problem), "Bring vault.json back from a backup of the vault's folder.")
        return
    held = _holder(home)
    yield _lock(held)
    try:
        key = find_key(home, ask_passphrase)
    except KeyProblem as problem:
        yield Finding("Key", "problem", str(problem), _key_help(header))
        return
    except Exception as error:  # a keyring may fail in any way
        yield Finding("Key", "problem", f"the OS keyring fails: {error}", _key_help(header))
        return
    yield from _key(home, header)
    if not (home / DATABASE).exists():
        yield Finding("Database", "problem", f"{home / DATABASE} is missing", _RESTORE)
        return
    try:
        with closing(Vault.reader(home, key)) as vault:
            yield from _inside(vault, now, held)
    except (VaultProblem, apsw.Error) as error:
        yield Finding("Database", "problem", f"it cannot be read: {error}", _RESTORE)


def _no_vault(home: Path) -> Finding:
    if (home / DATABASE).exists():
        do = "Bring vault.json back from a backup: it says where the key is."
        return Finding("Vault", "problem", f"{home} has a database, but no vault.json", do)
    return Finding("Vault", "note", f"there is none in {home} yet", "darak import FILE makes one; darak try shows how.")


def _permissions(home: Path) -> Iterator[Finding]:
    mine = (home, home / HEADER, home / DATABASE)
    refused = [str(path) for path in mine if path.exists() and not os.access(path, os.R_OK | os.W_OK)]
    mode = stat.S_IMODE(home.stat().st_mode)
    if refused:
        do = f"Give it back to yourself: sudo chown -R $(id -u) '{home}' && chmod -R u+rwX '{home}'"
        yield Finding("Folder", "problem", f"this user may not read and write {', '.join(refused)}", do)
    elif mode & 0o077:
        found = f"other users of this machine may look into {home} (mode {mode:o})"
        yield Finding("Folder", "warning", found, f"chmod 700 '{home}'")
    else:
        yield Finding("Folder", "ok", f"{home}, only this user's")


def _holder(home: Path) -> str | None:
    """Which process owns the vault just now, as a person knows it; None when none does."""
    try:
        handle = os.open(home / "lock", os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pid = os.read(handle, 20).decode(errors="replace").strip()
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            command = ""
        return f"process {pid or 'unknown'}" + (f" ({command[:100]})" if command else "")
    finally:
        os.close(handle)
    return None


def _lock(held: str | None) -> Finding:
    if held is None:
        return Finding("Lock", "ok", "no other Darak uses the vault")
    return Finding(
        "Lock",
        "note",
        f"{held} uses the vault",
        "No fault; end that process for a command that needs the vault for itself.",
    )


def _key(home: Path, header: Header) -> Iterator[Finding]:
    if header.kept == "passphrase":
        yield Finding("Key", "ok", "under a passphrase, which opens this vault")
        return
    if header.kept == "keyring":
        yield Finding("Key", "ok", "in the OS keyring, and it is the right one")
        return
    path = key_file(header.id)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        found = f"other users of this machine may read {path} (mode {mode:o})"
        yield Finding("Key", "warning", found, f"chmod 600 '{path}'")
    elif path.resolve().is_relative_to(home.resolve()):
        found = f"{path} lies in the vault's own folder: whoever copies that can read everything"
        yield Finding("Key", "warning", found, "Move it out, and let DARAK_KEYS name its new folder.")
    else:
        yield Finding(
            "Key", "ok", f"{path}, and it is the right one", "Keep a copy of it elsewhere: `darak key copy FILE`."
        )


def _key_help(header: Header) -> str:
    if header.kept == "passphrase":
        return "Say the right one: set DARAK_PASSPHRASE, or run this in a terminal."
    if header.kept == "keyring":
        unlocked = "it works" if keyring_works() else "none works here now; unlock it, or log in to the desktop"
        return (
            f"The key lies in the keyring of the machine and user that made the vault ({unlocked}); a copy of it comes"
            " back with `darak key restore FILE`."
        )
    where = key_file(header.id)
    return f"Bring {where} back from your copy with `darak key restore FILE`, or let DARAK_KEYS name its folder."


def _inside(vault: Vault, now: datetime, held: str | None) -> Iterator[Finding]:
    made = int(vault.db.pragma("user_version"))
    if made > len(MIGRATIONS):
        yield Finding(
            "Database", "problem", "it was written by a newer Darak", f"Update Darak: {install_command()} --upgrade"
        )
        return
    complaints = [str(row[0]) for row in vault.rows("PRAGMA quick_check(5)") if row[0] != "ok"]
    if complaints:
        yield Finding("Database", "problem", f"it is damaged: {'; '.join(complaints)}", _RESTORE)
        return
    size = (vault.home / DATABASE).stat().st_size
    yield Finding("Database", "ok", f"whole: {vault.count():,} records, {size / 1e6:,.1f} MB")
    if made < len(MIGRATIONS):
        yield Finding(
            "Database", "note", "it has the form of an earlier Darak", "The next command brings it up to date."
        )
    yield from _attached(vault)
    yield _index(vault, held)
    yield from _unfinished(vault)
    yield _zone(vault)
    if future := _from_the_future(vault, now):
        yield Finding("Clock", "warning", f"the last import says {future}, later than now", "Set this machine's clock.")


def _attached(vault: Vault) -> Iterator[Finding]:
    hashes = [blob for (blob,) in vault.rows("SELECT hash FROM blob")]
    missing = sum(not vault.blobs.path(blob).exists() for blob in hashes)
    if missing:
        do = "Import the exports they came in again, or restore the folder blobs from a backup."
        yield Finding("Attached files", "warning", f"{missing:,} of {len(hashes):,} are missing", do)
    elif hashes:
        yield Finding("Attached files", "ok", f"all {len(hashes):,} are there")


def _index(vault: Vault, held: str | None) -> Finding:
    folder = vault.home / "index"
    manifest = sealing.read_manifest(folder, vault.key)
    last = vault.last_seq()
    if not manifest.format:
        if not last:
            return Finding("Index", "ok", "empty, as the vault is")
        there = folder.exists() and any(folder.iterdir())
        found = "it is damaged" if there else "there is none"
        return Finding("Index", "warning", found, f"The next search makes it anew, or {_REBUILD}")
    if manifest.format != FORMAT or manifest.seq > last:
        return Finding("Index", "note", "it has another form than this Darak's", "The next search makes it anew.")
    for name in manifest.files.values():
        try:
            with (folder / name).open("rb") as sealed:
                unseal(sealed, _Nowhere(), vault.key)  # type: ignore[arg-type]
        except (OSError, SealBroken):
            return Finding("Index", "warning", f"its file {name} is missing or damaged", _REBUILD)
    lag = last - manifest.seq
    if lag and held:
        return Finding("Index", "ok", f"whole; {held} has it open, and puts it at rest when it ends")
    if lag:
        return Finding("Index", "note", f"whole, {lag:,} changes behind", "The next search catches up.")
    return Finding("Index", "ok", f"whole and up to date, {len(manifest.files):,} files")


class _Nowhere(RawIOBase):
    def write(self, data: object, /) -> int:
        return 0


def _unfinished(vault: Vault) -> Iterator[Finding]:
    if vault.rows("SELECT 1 FROM forgetting LIMIT 1"):
        found = "one was cut off before its end"
        yield Finding("Forgetting", "warning", found, "Any other command finishes it: darak status")
    for path, started in vault.rows("SELECT path, started FROM import WHERE state='running' ORDER BY id LIMIT 5"):
        found = f"{path}, begun {started[:16].replace('T', ' ')}, has not ended"
        yield Finding("Import", "note", found, f"If it does not run now: darak import '{path}' goes on from there.")
    for (path,) in vault.rows("SELECT path FROM watched ORDER BY path"):
        if not Path(path).exists():
            found = f"{path} is watched, but is not there"
            yield Finding("Watched", "note", found, "Bring it back, or leave it: what was read from it is kept.")


def _zone(vault: Vault) -> Finding:
    here, owner = system_zone(), vault.zone
    if here != owner:
        found = f"the vault's is {owner}, this machine's {here}"
        return Finding("Zone", "note", found, f"If you live by {here}: darak init --zone {here}")
    return Finding("Zone", "ok", owner)


def _from_the_future(vault: Vault, now: datetime) -> str:
    (last,) = vault.rows("SELECT max(finished) FROM import")[0]
    try:
        return last[:16].replace("T", " ") if last and datetime.fromisoformat(last) > now else ""
    except (TypeError, ValueError):
        return ""
