"""The keys of hosted models: in the OS keyring, else in a file outside the vault, sealed with the vault's key."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

from darak.models.problems import ModelProblem
from darak.records.cipher import SealBroken, atomic_write, derive, keyed_hash, seal, unseal
from darak.records.key import key_folder, keyring_works, read_header
from darak.records.vault import Vault

_SERVICE = "darak"


class Keys:
    """Keys by the names of servers, of one vault."""

    def __init__(self, vault: Vault) -> None:
        self._id = read_header(vault.home).id
        self._key = derive(vault.key, "keys of models")

    def _entry(self, server: str) -> str:
        return f"{self._id}/model/{server}"

    def _path(self, server: str) -> Path:
        name = keyed_hash(self._key, server.encode()).hex()[:16]
        return key_folder() / f"{self._id}-{name}.model-key"

    def get(self, server: str) -> str | None:
        """The key of a server, None when there is none. ModelProblem when it cannot be read."""
        path = self._path(server)
        if path.exists():
            plain = io.BytesIO()
            try:
                unseal(io.BytesIO(path.read_bytes()), plain, self._key)
            except SealBroken as error:
                raise ModelProblem(f"The key for {server} in {path} is damaged; add the model again.") from error
            return plain.getvalue().decode()
        if keyring_works():
            import keyring

            with suppress(Exception):  # a keyring may raise anything; then there is no key
                return keyring.get_password(_SERVICE, self._entry(server))
        return None

    def set(self, server: str, key: str) -> str:
        """Keeps a key. Returns where, for the owner to read."""
        self.forget(server)
        if keyring_works():
            import keyring

            with suppress(Exception):
                keyring.set_password(_SERVICE, self._entry(server), key)
                if keyring.get_password(_SERVICE, self._entry(server)) == key:
                    return "the OS keyring"
        path = self._path(server)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with atomic_write(path) as stream:
            seal(io.BytesIO(key.encode()), stream, self._key)
        path.chmod(0o600)
        return f"{path}, sealed"

    def forget(self, server: str) -> None:
        self._path(server).unlink(missing_ok=True)
        if keyring_works():
            import keyring

            with suppress(Exception):
                keyring.delete_password(_SERVICE, self._entry(server))
