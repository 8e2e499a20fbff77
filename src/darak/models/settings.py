"""The owner's choices about models, kept in the vault's settings."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from darak.models.dialects.dialect import Kind
from darak.models.request import RUNGS, Rung
from darak.records.vault import Vault

_KEY = "models"
_EARLIER = 20


class Abilities(Struct, frozen=True):
    """What a model's server really honours, as a `test` found it, or as the server told so far.

    `context` is its window in tokens, None when unknown; `without` names what its requests do without, because it
    refused it: the system's role or a parameter.
    """

    rungs: tuple[Rung, ...] = RUNGS
    tools: bool = True
    context: int | None = None
    without: tuple[str, ...] = ()
    tested: bool = True


class Added(Struct, frozen=True):
    """A server that the owner added; for a GGUF file `url` is its path."""

    name: str
    kind: Kind
    url: str


class Settings(Struct, frozen=True):
    """`order` names models, most wanted first, and is empty for no model; `earlier` are the orders before it."""

    order: tuple[str, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()
    servers: tuple[Added, ...] = ()
    allowed: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()
    abilities: dict[str, Abilities] = {}
    untested: dict[str, Abilities] = {}
    """What servers told of models that were not tested."""

    def known(self, name: str) -> Abilities | None:
        """What is known of a model by its whole name."""
        return self.abilities.get(name) or self.untested.get(name)

    def using(self, order: tuple[str, ...]) -> Settings:
        if order == self.order:
            return self
        return msgspec.structs.replace(self, order=order, earlier=(*self.earlier, self.order)[-_EARLIER:])

    def back(self) -> Settings:
        """The order before this one; the same when there is none."""
        if not self.earlier:
            return self
        return msgspec.structs.replace(self, order=self.earlier[-1], earlier=self.earlier[:-1])


def read_settings(vault: Vault) -> Settings:
    text = vault.setting(_KEY)
    return msgspec.json.decode(text, type=Settings) if text else Settings()


def write_settings(vault: Vault, settings: Settings) -> None:
    vault.set(_KEY, msgspec.json.encode(settings).decode())
