"""Files sealed with the vault's key: AES-256-GCM in numbered chunks, so that any size streams and no part moves.

A sealed file is a 16-byte random salt, then chunks of up to 1 MiB of plain text plus a 16-byte tag. Each file has
its own key (HKDF of the vault's key with that salt); the nonce is the chunk's number and a mark on the last one,
so that cutting, swapping or joining chunks is found out.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1 << 20
_SALT = 16
_TAG = 16


class SealBroken(Exception):
    """A sealed file was damaged, cut off, or sealed with another key."""


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose from the vault's key."""
    return HKDF(SHA256(), 32, None, purpose.encode()).derive(key)


def keyed_hash(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")


def _file_key(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"darak sealed file").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def seal(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Writes the sealed form of `source` to `target`."""
    salt = os.urandom(_SALT)
    cipher = _file_key(key, salt)
    target.write(salt)
    number, chunk = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        target.write(cipher.encrypt(_nonce(number, not following), chunk, None))
        if not following:
            return
        number, chunk = number + 1, following


def unseal(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Writes the plain form of a sealed file. SealBroken when it is not whole and genuine."""
    salt = source.read(_SALT)
    if len(salt) != _SALT:
        raise SealBroken("the file is cut off")
    cipher = _file_key(key, salt)
    number, chunk = 0, source.read(CHUNK + _TAG)
    while True:
        following = source.read(CHUNK + _TAG)
        try:
            target.write(cipher.decrypt(_nonce(number, not following), chunk, None))
        except InvalidTag as error:
            raise SealBroken("the file is damaged or belongs to another vault") from error
        if not following:
            return
        number, chunk = number + 1, following


@contextmanager
def atomic_write(path: Path) -> Generator[BinaryIO]:
    """A new file that appears under its name only when it is complete and on the disk; readable for its owner alone."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def seal_file(source: Path, target: Path, key: bytes) -> None:
    with source.open("rb") as plain, atomic_write(target) as sealed:
        seal(plain, sealed, key)


def unseal_file(source: Path, target: Path, key: bytes) -> None:
    with source.open("rb") as sealed, target.open("wb") as plain:
        unseal(sealed, plain, key)
