"""The vault's key: 32 random bytes, kept in the OS keyring, in a key file outside the vault, or under a passphrase.

Beside the vault lies `vault.json`, which holds no secret: the vault's id, where its key is, and a check value that
tells a wrong key at once. Under a passphrase the key itself lies there too, wrapped with AES-GCM under a key that
scrypt makes of the passphrase (n 2^15, r 8, p 1: 32 MB and about 0.1 s a guess).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from darak.records.cipher import atomic_write, keyed_hash

HEADER = "vault.json"
_SERVICE = "darak"
_VERSION = 1


class KeyProblem(Exception):
    """The vault cannot be opened with what there is; the message is one clear sentence."""


class WrongPassphrase(KeyProblem):
    """Another passphrase may open the vault."""


@dataclass(frozen=True, slots=True)
class Header:
    """`kept` is "keyring", "file" or "passphrase"; `salt` and `wrapped` are hex, empty unless a passphrase is used."""

    id: str
    kept: str
    check: str
    salt: str = ""
    wrapped: str = ""
    version: int = _VERSION


def key_folder() -> Path:
    """Where key files lie: `$DARAK_KEYS`, else the user's configuration folder."""
    if folder := os.environ.get("DARAK_KEYS"):
        return Path(folder)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "darak" / "keys"


def key_file(vault_id: str) -> Path:
    return key_folder() / f"{vault_id}.key"


def _check(key: bytes) -> str:
    return keyed_hash(key, b"darak vault check").hex()


def _wrapping(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def keyring_works() -> bool:
    """Whether this machine has an OS keyring that keeps a key."""
    try:
        import keyring

        return keyring.get_keyring().priority >= 1  # the "fail" and "null" backends keep nothing
    except Exception:
        # A keyring that is locked, absent or broken may raise anything; the key file is the next choice.
        return False


def _keyring_store(vault_id: str, key: bytes) -> bool:
    """True when the OS keyring took the key and gives it back."""
    try:
        import keyring

        keyring.set_password(_SERVICE, vault_id, key.hex())
        return keyring.get_password(_SERVICE, vault_id) == key.hex()
    except Exception:
        return False


def create_key(passphrase: str | None, use_keyring: bool) -> tuple[bytes, Header]:
    """A new key, kept where it can be found again, and the header that says where. KeyProblem for no passphrase in one
    that is given."""
    key = secrets.token_bytes(32)
    return key, _keep(key, secrets.token_hex(8), passphrase, use_keyring)


def _keep(key: bytes, vault_id: str, passphrase: str | None, use_keyring: bool) -> Header:
    if passphrase is not None:
        if not passphrase:
            raise KeyProblem("An empty passphrase protects nothing; say another, or unset the variable it came from.")
        salt = secrets.token_bytes(16)
        wrapped = _wrapping(passphrase, salt).encrypt(b"\0" * 12, key, None)
        return Header(vault_id, "passphrase", _check(key), salt.hex(), wrapped.hex())
    if use_keyring and keyring_works() and _keyring_store(vault_id, key):
        return Header(vault_id, "keyring", _check(key))
    path = key_file(vault_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with atomic_write(path) as stream:
        stream.write(key_text(key).encode())
    return Header(vault_id, "file", _check(key))


def move_key(home: Path, key: bytes, passphrase: str | None = None, use_keyring: bool = True) -> Header:
    """Keeps the vault's key anew: under the passphrase, else in the OS keyring, else in a key file.

    Where it was before it is taken away. KeyProblem when it is another vault's key; then nothing changes.
    """
    before = read_header(home)
    if not secrets.compare_digest(_check(key), before.check):
        raise KeyProblem("That is the key of another vault.")
    now = _keep(key, before.id, passphrase, use_keyring)
    write_header(home, now)
    if now.kept != before.kept:
        _take_away(before)
    return now


def _take_away(header: Header) -> None:
    if header.kept == "file":
        key_file(header.id).unlink(missing_ok=True)
    elif header.kept == "keyring":
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):  # it was not there, or the keyring is out of reach
            keyring.delete_password(_SERVICE, header.id)


def key_text(key: bytes) -> str:
    """A key as its file holds it: 64 hexadecimal digits and a line's end."""
    return key.hex() + "\n"


def parse_key(text: str) -> bytes:
    """Raises ValueError when the text is no key."""
    key = bytes.fromhex(text.strip())
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


def write_header(home: Path, header: Header) -> None:
    with atomic_write(home / HEADER) as stream:
        stream.write(orjson.dumps(asdict(header), option=orjson.OPT_INDENT_2))


def read_header(home: Path) -> Header:
    try:
        header = msgspec.json.decode((home / HEADER).read_bytes(), type=Header)
        _ = [bytes.fromhex(text) for text in (header.id, header.check, header.salt, header.wrapped)]
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise KeyProblem(f"{home / HEADER} is missing or damaged; restore it from a backup.") from error
    if header.version > _VERSION:
        raise KeyProblem("This vault was written by a newer Darak; update Darak to open it.")
    return header


def find_key(home: Path, ask_passphrase: Callable[[], str | None]) -> bytes:
    """The key of the vault in `home`. KeyProblem when it is not to be had or is another vault's."""
    header = read_header(home)
    if header.kept == "passphrase":
        passphrase = ask_passphrase()
        if passphrase is None:
            raise KeyProblem("This vault is under a passphrase; set DARAK_PASSPHRASE or run Darak in a terminal.")
        try:
            return _wrapping(passphrase, bytes.fromhex(header.salt)).decrypt(
                b"\0" * 12, bytes.fromhex(header.wrapped), None
            )
        except InvalidTag as error:
            raise WrongPassphrase("That is not this vault's passphrase.") from error
    if header.kept == "keyring":
        import keyring
        from keyring.errors import KeyringError

        where = "the OS keyring"
        try:
            text = keyring.get_password(_SERVICE, header.id)
        except KeyringError as error:
            raise KeyProblem(f"The OS keyring does not give this vault's key: {error}; unlock it.") from error
    else:
        path = key_file(header.id)
        text = path.read_text("ascii", "replace") if path.exists() else None
        where = str(path)
    if text is None:
        raise KeyProblem(
            f"The key of this vault should be in {where}, but is not there; bring it back to open the vault."
        )
    try:
        key = parse_key(text)
    except ValueError as error:
        raise KeyProblem(f"What is kept in {where} is no key.") from error
    if not secrets.compare_digest(_check(key), header.check):
        raise KeyProblem(f"The key in {where} is not the key of this vault.")
    return key
