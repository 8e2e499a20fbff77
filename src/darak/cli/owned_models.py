"""The owner's models as `darak models` has them: here, or by the server that has the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from darak.models.dialects.dialect import Kind, Listed, Server
from darak.models.models import Found, Models, meant
from darak.models.privacy import Outgoing, outgoing, rule_names
from darak.models.probe import Check, Probe
from darak.models.problems import ModelProblem
from darak.models.settings import Abilities, Settings
from darak.sdk.results import Problem
from darak.sdk.wire import Wire, given

if TYPE_CHECKING:
    from darak.answers.written.worth import Worth

SECONDS = 120.0
"""How long a model is asked about a sample life at most, where nothing else is said."""
_ASKED_WRONGLY = 422
OnAsked = Callable[[int, int], None]
"""Told how many questions were asked, and of how many."""


class OwnedModels(Protocol):
    """What `Models` offers of the choice of models, and what else the command needs."""

    @property
    def settings(self) -> Settings: ...
    def found(self) -> list[Found]: ...
    def resolve(self, name: str) -> str: ...
    def use(self, names: Sequence[str]) -> None: ...
    def back(self) -> object: ...
    def add(self, url: str, kind: Kind | None = None, name: str | None = None) -> Server: ...
    def keep_key(self, server: str, key: str) -> str: ...
    def remove(self, name: str) -> None: ...
    def allow(self, host: str) -> None: ...
    def forbid(self, host: str) -> None: ...
    def keep_home(self, names: Sequence[str]) -> None: ...
    def share(self, names: Sequence[str]) -> None: ...

    def host(self, name: str) -> str:
        """Where a model runs; "" when its server is not known."""
        ...

    def kept(self) -> list[str]:
        """What stays home."""
        ...

    def rules(self) -> Sequence[str]:
        """What a home rule may name."""
        ...

    def sent(self) -> list[Outgoing]:
        """What left this machine, the latest first."""
        ...

    def checks(self, name: str) -> Iterator[Check]:
        """What a model's server honours, each as it is found; it is remembered."""
        ...

    def worth(self, name: str, seconds: float | None, on_asked: OnAsked) -> Worth:
        """What a model is worth on a sample life, of which it is asked for so many seconds at most."""
        ...


class ModelsHere(Models):
    """Those of a vault that is open here."""

    def host(self, name: str) -> str:
        try:
            return self.model(name).host
        except ModelProblem:
            return ""

    def kept(self) -> list[str]:
        return sorted(self.settings.home)

    def rules(self) -> Sequence[str]:
        return rule_names(self._vault)

    def sent(self) -> list[Outgoing]:
        return outgoing(self._vault)

    def checks(self, name: str) -> Iterator[Check]:
        test, answers = Probe(self.model(name)), True
        for number, check in enumerate(test.run()):
            answers = answers and (number > 0 or check.honoured)
            yield check
        if answers:
            self.learnt(name, test.abilities)

    def worth(self, name: str, seconds: float | None, on_asked: OnAsked) -> Worth:
        from darak.answers.written.worth import Graded, sample_exam, worth_of

        with sample_exam() as exam:
            graded: list[Graded] = []
            for one in exam.take(self.model(name), SECONDS if seconds is None else seconds):
                graded.append(one)
                on_asked(len(graded), len(exam.questions))
            return worth_of(graded, len(exam.questions))


class ModelsThere:
    """Those of a vault that a running server has, which is asked by `wire` as its owner."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: dict[str, Any] | None = None

    def _chosen(self) -> dict[str, Any]:
        """What is there and what is used, looked for once until something is changed."""
        known = self._known or self._wire.get("/api/models")
        self._known = known
        return known

    def _post(self, path: str, **asked: Any) -> Any:
        self._known = None
        try:
            return self._wire.post(path, asked)
        except Problem as problem:
            if problem.status != _ASKED_WRONGLY:
                raise
            raise ModelProblem(str(problem)) from problem

    @property
    def settings(self) -> Settings:
        chosen, leaving = self._chosen(), self._wire.get("/api/leaving")
        tested = {
            model["name"]: Abilities(tuple(model["tested"]["rungs"]), model["tested"]["tools"], model["context"])
            for server in chosen["servers"]
            for model in server["models"]
            if model["tested"]
        }
        earlier = chosen["earlier"]
        return Settings(
            order=tuple(chosen["order"]),
            earlier=(tuple(earlier),) if earlier is not None else (),
            allowed=frozenset(leaving["allowed"]),
            home=frozenset(leaving["home"]),
            abilities=tested,
        )

    def found(self) -> list[Found]:
        return [_found(server) for server in self._chosen()["servers"]]

    def resolve(self, name: str) -> str:
        found = self.found()
        return meant(name, found, [one.server.name for one in found])

    def use(self, names: Sequence[str]) -> None:
        self._post("/api/models/use", models=[self.resolve(name) for name in names])

    def back(self) -> object:
        return self._post("/api/models/back")

    def add(self, url: str, kind: Kind | None = None, name: str | None = None) -> Server:
        path = Path(url).expanduser()
        asked = {"url": str(path.absolute()) if path.is_file() else url, "kind": kind, "name": name}
        return _found(self._post("/api/models/servers", **given(asked))).server

    def keep_key(self, server: str, key: str) -> str:
        self._post("/api/models/servers/key", server=server, key=key)
        return "the server's keeping, outside the vault"

    def remove(self, name: str) -> None:
        self._post("/api/models/servers/remove", server=name)

    def allow(self, host: str) -> None:
        self._post("/api/leaving/allow", host=host)

    def forbid(self, host: str) -> None:
        self._post("/api/leaving/forbid", host=host)

    def keep_home(self, names: Sequence[str]) -> None:
        self._post("/api/leaving/keep", names=list(names))

    def share(self, names: Sequence[str]) -> None:
        self._post("/api/leaving/share", names=list(names))

    def host(self, name: str) -> str:
        servers = self._chosen()["servers"]
        return next((one["host"] for server in servers for one in server["models"] if one["name"] == name), "")

    def kept(self) -> list[str]:
        return self._wire.get("/api/leaving")["home"]

    def rules(self) -> Sequence[str]:
        return self._wire.get("/api/leaving")["rules"]

    def sent(self) -> list[Outgoing]:
        return [Outgoing(**one) for one in self._wire.get("/api/leaving/sent")]

    def checks(self, name: str) -> Iterator[Check]:
        told = False
        for event, data in self._wire.events("/api/models/test", {"model": name}):
            if event == "check":
                told = True
                yield Check(**data)
            elif event == "error" and not told:  # else the last check says it
                raise ModelProblem(data["detail"])

    def worth(self, name: str, seconds: float | None, on_asked: OnAsked) -> Worth:
        from darak.answers.written.worth import Score, Worth

        if seconds is not None:
            raise ModelProblem("How long it may take cannot be said while `darak serve` has the vault; end it first.")
        for event, data in self._wire.events("/api/models/worth", {"model": name}):
            if event == "graded":
                on_asked(data["done"], data["of"])
            elif event == "worth":
                return Worth(Score(**data["rules"]), Score(**data["model"]), data["wrote"], data["of"])
            elif event == "error":
                raise ModelProblem(data["detail"])
        raise ModelProblem("The server ended before the test did.")


def _found(told: Mapping[str, Any]) -> Found:
    """A server with its models from how the API tells it."""
    server = Server(told["name"], told["kind"], told["url"])
    models = tuple(
        Listed(
            one["name"].removeprefix(f"{server.name}/"),
            one["context"],
            one["host"] if one["host"] != told["host"] else None,
            chats=one["chats"],
        )
        for one in told["models"]
    )
    return Found(server, models, told["problem"])
