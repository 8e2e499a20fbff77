"""The receipt of a forgetting: what was forgotten, said without saying it, signed with the vault's key.

A receipt names nothing that was in the forgotten records. It holds their salted hashes, so that this vault, and no
one else, can be asked whether any of them is still there.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

import msgspec
import orjson

from darak.records.cipher import atomic_write, keyed_hash
from darak.records.conversations import stored_turns, turn_identity
from darak.records.samples import stored_samples
from darak.records.vault import ERASED, Vault
from darak.records.writer import bad_row_identity

FOLDER = "receipts"
_MARK = b"darak receipt\0"


class ReceiptProblem(Exception):
    """The receipt cannot be used: it is none, was changed, or is another vault's."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file outside the vault that still holds what was forgotten; `member` is the path inside it."""

    path: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`scope` says what was asked for, with names and words as keyed hashes; `scope_hash` knows the same request again.

    `journal` is the first and last sequence number of the erasures, empty when no record was among them. `hashes`
    are the salted hashes of records, samples, unreadable rows and turns of conversations, `blobs` the names that
    attached files had.
    """

    time: str
    scope: str
    scope_hash: str
    records: int
    versions: int
    samples: int
    bad_rows: int
    sources: dict[str, int]
    journal: tuple[int, ...]
    hashes: tuple[str, ...]
    blobs: tuple[str, ...]
    files: tuple[InputFile, ...]
    turns: int = 0
    hmac: str = ""

    @property
    def name(self) -> str:
        return f"{self.time[:19].replace(':', '-')}-{self.hmac[:8]}.json"

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The files outside the vault that still hold it, each with the places in it; () for a file as a whole."""
        found: dict[str, dict[str, None]] = {}
        for file in self.files:
            inside = found.setdefault(file.path, {})
            name = Path(file.path).name
            if file.member not in ("", name):
                inside[file.member.removeprefix(f"{name}!")] = None
        return {path: tuple(inside) for path, inside in found.items()}

    def json(self) -> dict[str, Any]:
        fields = asdict(self)
        if not self.turns:  # as receipts were before there were conversations: their signatures must hold
            del fields["turns"]
        return {"type": "forget receipt", **fields}


_FIELDS = frozenset(field.name for field in fields(Receipt))


def _signature(receipt: Receipt, key: bytes) -> str:
    fields = {name: value for name, value in receipt.json().items() if name != "hmac"}
    return keyed_hash(key, _MARK + orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hex()


def sign(receipt: Receipt, key: bytes) -> Receipt:
    return replace(receipt, hmac=_signature(receipt, key))


def parse_receipt(data: bytes) -> Receipt:
    """The receipt of its JSON text. ReceiptProblem when it is none."""
    try:
        told = cast(dict[str, Any], orjson.loads(data))
        if told.pop("type") != "forget receipt":
            raise ReceiptProblem("this file is no receipt of `darak forget`")
        if not told.keys() <= _FIELDS:
            raise ReceiptProblem("this receipt was changed, or is of a newer Darak")
        receipt = msgspec.convert(told, Receipt)
        _ = [bytes.fromhex(text) for text in receipt.hashes]
        return receipt
    except (ValueError, KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise ReceiptProblem("this file is no receipt of `darak forget`, or it is damaged") from error


def write_receipt(home: Path, receipt: Receipt) -> Path:
    """Puts the receipt beside the vault, under a name that the same receipt always has."""
    path = home / FOLDER / receipt.name
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with atomic_write(path) as stream:
        stream.write(orjson.dumps(receipt.json(), option=orjson.OPT_INDENT_2) + b"\n")
    return path


def find_receipt(home: Path, scope_hash: str) -> Receipt | None:
    """The latest receipt beside the vault for the same request."""
    for path in sorted((home / FOLDER).glob("*.json"), reverse=True):
        try:
            receipt = parse_receipt(path.read_bytes())
        except (ReceiptProblem, OSError):
            continue
        if receipt.scope_hash == scope_hash:
            return receipt
    return None


def erased_numbers(vault: Vault, receipt: Receipt) -> list[int]:
    """The numbers that the forgotten records had in this vault."""
    if not receipt.journal:
        return []
    sql = "SELECT n FROM journal WHERE seq BETWEEN ? AND ? AND change=?"
    return [n for (n,) in vault.rows(sql, (*receipt.journal, ERASED))]


def check_receipt(vault: Vault, receipt: Receipt) -> list[str]:
    """What the vault's tables and blobs say against a receipt, a sentence each; nothing when it holds.

    ReceiptProblem when this vault did not write the receipt as it is.
    """
    if not hmac.compare_digest(_signature(receipt, vault.key), receipt.hmac):
        raise ReceiptProblem("this receipt was not written by this vault, or was changed since")
    hashes = {bytes.fromhex(text) for text in receipt.hashes}
    complaints: list[str] = []
    for what, count in _live(vault, hashes).items():
        if count:
            complaints.append(f"{count:,} forgotten {what} are in the vault again")
    orphans = vault.rows("SELECT count(*) FROM version WHERE n NOT IN (SELECT n FROM record)")[0][0]
    if orphans:
        complaints.append(f"{orphans:,} earlier versions of records are left without their record")
    missing = len(hashes - {row[0] for row in vault.rows("SELECT hash FROM tombstone")})
    if missing:
        complaints.append(f"{missing:,} tombstones are missing, so that an import could bring records back")
    used = {vault.blobs.name(blob) for (blob,) in vault.rows("SELECT hash FROM blob")}
    left = [name for name in receipt.blobs if name not in used and vault.blobs.holds(name)]
    if left:
        complaints.append(f"{len(left):,} forgotten attached files are still there")
    return complaints


def _live(vault: Vault, hashes: set[bytes]) -> dict[str, int]:
    """How many of the salted hashes belong to something that is in the vault, by what it is."""
    salted = vault.salted_hash
    records = sum(salted(item) in hashes for (item,) in vault.db.cursor().execute("SELECT id FROM record"))
    samples = sum(salted(sample.identity()) in hashes for sample in stored_samples(vault.db))
    bad = sum(salted(bad_row_identity(raw)) in hashes for (raw,) in vault.rows("SELECT raw FROM bad_row"))
    turns = sum(salted(turn_identity(name, turn)) in hashes for name, turn in stored_turns(vault))
    return {"records": records, "samples": samples, "unreadable rows": bad, "turns of conversations": turns}
