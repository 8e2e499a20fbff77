"""What goes wrong with models, each as one sentence for a person."""

from __future__ import annotations

from collections.abc import Mapping


class ModelProblem(Exception):
    """A model did not do what it was asked. `passing` when the same request may work a little later.

    `told` is what the server itself said of it, "" for nothing; `retry_after` are the seconds that it wants to be left
    alone.
    """

    passing = False

    def __init__(self, message: str, *, told: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.told = told
        self.retry_after = retry_after


class Unreachable(ModelProblem):
    """Nothing answers there."""


class Silent(ModelProblem):
    """The server said nothing for too long; the owner has waited enough for this one."""


class BrokenOff(ModelProblem):
    """The connection or the reply ended before its end."""

    passing = True


class Busy(ModelProblem):
    """The server has too much to do, or failed inside (429 and 5xx)."""

    passing = True


class Loading(Busy):
    """The server is there, and still reads its model from the disk (503)."""


class TooOften(Busy):
    """The server wants to be asked less often (429)."""


class Refused(ModelProblem):
    """The server does not take this request (other 4xx), such as one with a schema that it does not know."""


class Denied(Refused):
    """No request would be taken: a wrong key, no credit, an unknown model (401 to 404)."""


class Absent(Denied):
    """The server has no such model (404)."""


class Garbled(ModelProblem):
    """The reply is not what the protocol or the wanted shape says."""

    passing = True


class NotOffered(ModelProblem):
    """This server has no such service, such as embeddings."""


class NotAllowed(ModelProblem):
    """The owner has not said yes to `host`, or said no to this text."""

    def __init__(self, message: str, host: str) -> None:
        super().__init__(message)
        self.host = host


class Cancelled(ModelProblem):
    """The caller wanted no more."""


class NoModel(ModelProblem):
    """Every model of the owner's order failed, or there is none; `failed` tells of each, by its name."""

    def __init__(self, failed: Mapping[str, ModelProblem] | None = None) -> None:
        self.failed: Mapping[str, ModelProblem] = failed or {}
        super().__init__(" ".join(self.reasons) or "No model is chosen; `darak models use NAME` chooses one.")

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence each."""
        return tuple(map(str, self.failed.values()))
