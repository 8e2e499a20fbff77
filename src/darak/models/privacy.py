"""What may leave this machine: hosts that the owner said yes to, records that are kept home, and the log of it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from darak.models.problems import NotAllowed
from darak.models.wire import Draft
from darak.records.record import KINDS, Record
from darak.records.vault import Vault

TOPICS = ("health", "money")
"""What a home rule may name beside a source and a kind of record."""

_HEALTH_SOURCES = frozenset(
    ("apple-health", "samsung-health", "google-fit", "fitbit", "strava", "fit", "gpx", "tcx")
)  # fmt: skip
_MONEY_SOURCES = frozenset(("bank", "ofx"))
_MONEY_METRICS = frozenset(("account_balance",))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that left this machine: when (ISO 8601, UTC), to which host and model, what for, bytes of its body."""

    time: str
    host: str
    model: str
    purpose: str
    bytes: int


@dataclass(frozen=True, slots=True)
class HomeRules:
    """What never leaves this machine: sources, kinds of records, and topics, by name.

    A rule goes by where a record is from and what it is, not by what its text says: a mail about a doctor is a mail.
    """

    names: frozenset[str] = frozenset()

    def keep(self, record: Record) -> bool:
        """Whether a record stays home."""
        if record.source in self.names or record.kind in self.names:
            return True
        if "health" in self.names and record.source in _HEALTH_SOURCES:
            return True
        return "money" in self.names and (record.kind == "purchase" or record.source in _MONEY_SOURCES)

    def keep_samples(self, source: str, metric: str) -> bool:
        """Whether samples stay home. What is not known to be money counts as health."""
        money = metric in _MONEY_METRICS or source in _MONEY_SOURCES
        return source in self.names or ("money" if money else "health") in self.names


class Gate:
    """Lets a draft out to an allowed host, once it is noted. `confirm` may show it to the owner first."""

    def __init__(
        self,
        allowed: Callable[[], frozenset[str]],
        note: Callable[[Outgoing], None],
        confirm: Callable[[Draft], bool] | None = None,
    ) -> None:
        self._allowed, self._note, self._confirm = allowed, note, confirm

    def __call__(self, draft: Draft) -> None:
        host = draft.leaves_to
        if host not in self._allowed():
            raise NotAllowed(f"Nothing was sent to {host}; `darak models allow {host}` lets text leave to it.", host)
        if self._confirm is not None and not self._confirm(draft):
            raise NotAllowed(f"Nothing was sent to {host}.", host)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._note(Outgoing(now, host, draft.model, draft.purpose, len(draft.body)))


def rule_names(vault: Vault) -> tuple[str, ...]:
    """What a home rule may name: the topics, the kinds of records, and the sources of this vault."""
    sources = sorted({name for (name,) in vault.rows("SELECT DISTINCT name FROM source")})
    return (*TOPICS, *KINDS, *sources)


def write_outgoing(vault: Vault, one: Outgoing) -> None:
    vault.db.execute("INSERT INTO outgoing(time, host, model, purpose, bytes) VALUES(?,?,?,?,?)", astuple(one))


def outgoing(vault: Vault, limit: int = 100, offset: int = 0) -> list[Outgoing]:
    """What left this machine, newest first, from the `offset`th on."""
    sql = "SELECT time, host, model, purpose, bytes FROM outgoing ORDER BY id DESC LIMIT ? OFFSET ?"
    return [Outgoing(*row) for row in vault.rows(sql, (limit, offset))]
