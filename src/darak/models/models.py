"""The front door: which models there are, which the owner chose, and what they are allowed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import cast, get_args
from urllib.parse import SplitResult, urlsplit

from msgspec.structs import replace

from darak.models.chain import Chain
from darak.models.dialects.dialect import Kind, Listed, Server
from darak.models.dialects.ollama import passed_on
from darak.models.gguf import Gguf, is_gguf
from darak.models.keys import Keys
from darak.models.model import Model, list_models
from darak.models.privacy import Gate, HomeRules, Outgoing, write_outgoing
from darak.models.problems import Absent, Denied, Loading, ModelProblem
from darak.models.settings import Abilities, Added, Settings, read_settings, write_settings
from darak.models.wire import Draft, Patience, Wire, host_of, is_here
from darak.records.vault import Vault

SERVERS = "DARAK_MODEL_SERVERS"
"""The environment variable that replaces the places looked at: `ollama=http://127.0.0.1:11434,vllm=…`; "" for none."""
_PLACES = {
    "ollama": "http://127.0.0.1:11434",
    "lmstudio": "http://127.0.0.1:1234/v1",
    "llamacpp": "http://127.0.0.1:8080/v1",
    "vllm": "http://127.0.0.1:8000/v1",
}
_LOOK = Patience(connect=0.5, first=2, between=2, whole=4, tries=1)
_OWN = "darak"
"""The name under which Darak offers itself to others; it does not find itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """A server with the models it lists, or why it lists none; `there` when a server of models surely says so."""

    server: Server
    models: tuple[Listed, ...] = ()
    problem: str | None = None
    there: bool = False

    def names(self) -> list[str]:
        gguf = self.server.kind == "gguf"
        return [self.server.name if gguf else f"{self.server.name}/{model.name}" for model in self.models]


class Models:
    """The models of one vault's owner. `confirm` is shown each draft before it leaves this machine.

    `note` writes down what left; by default into the vault, from the thread that asks.
    """

    def __init__(
        self,
        vault: Vault,
        confirm: Callable[[Draft], bool] | None = None,
        patience: Patience | None = None,
        note: Callable[[Outgoing], None] | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._vault = vault
        self._keys = Keys(vault)
        self._patience = patience or Patience()
        self._environ = environ
        self._files: dict[str, Gguf] = {}
        self._changing = Lock()
        gate = Gate(lambda: self.settings.allowed, note or (lambda one: write_outgoing(vault, one)), confirm)
        self._wire = Wire(gate, self._patience)
        self._look = Wire(gate, _LOOK)

    @property
    def settings(self) -> Settings:
        return read_settings(self._vault)

    # -- what there is -------------------------------------------------------------------------------------------

    def servers(self) -> list[Server]:
        """The places on this machine that are looked at, and the servers that the owner added."""
        text = self._environ.get(SERVERS)
        places = _PLACES if text is None else dict(one.split("=", 1) for one in text.split(",") if "=" in one)
        usual = [
            Server(name, cast(Kind, name), url.rstrip("/"))
            for name, url in places.items()
            if name in get_args(Kind) and _split(url)
        ]
        added = [Server(one.name, one.kind, one.url, self._keys.get(one.name)) for one in self.settings.servers]
        return [*usual, *added]

    def found(self) -> list[Found]:
        """What is there now: of this machine only what answers, of other hosts all that the owner added."""
        return self._looked(self.servers())

    def here(self) -> list[Found]:
        """The same of this machine alone; no other host is asked."""
        return self._looked([server for server in self.servers() if _here(server)])

    def _looked(self, servers: Sequence[Server]) -> list[Found]:
        here = [server for server in servers if _here(server)]
        with ThreadPoolExecutor(len(here) or 1) as threads:  # nothing is written down of these
            looked = dict(zip((server.name for server in here), threads.map(self.look, here), strict=True))
        return self.of_note([looked[one.name] if one.name in looked else self.look(one) for one in servers])

    def of_note(self, every: Sequence[Found]) -> list[Found]:
        """Those that the owner added, and of the usual places those where a server of models is."""
        added = {one.name: one.url for one in self.settings.servers}
        return [
            one
            for one in every
            if one.models or one.server.name in added or (one.there and one.server.url not in added.values())
        ]

    def look(self, server: Server) -> Found:
        """What one server has now, or why it does not tell."""
        if server.kind == "gguf":
            there = Path(server.url).is_file()
            return Found(server, (Listed("gguf"),) if there else (), None if there else f"{server.url} is not there.")
        try:
            models = list_models(server, self._look)
        except ModelProblem as problem:
            return _without_models(server, problem)
        return Found(server, tuple(model for model in models if model.name != _OWN))

    def resolve(self, name: str) -> str:
        """The whole name of a model from the whole or a part of it. ModelProblem when none or several are meant."""
        return meant(name, self.found(), [server.name for server in self.servers()])

    def model(self, name: str) -> Model:
        """A model by its whole name. ModelProblem when its server is not known."""
        abilities = self.settings.known(name)
        place, _, at_server = name.partition("/")
        server = next((one for one in self.servers() if one.name in (place, name)), None)
        if server is not None and server.kind == "gguf":
            if name not in self._files:
                self._files[name] = Gguf(server, self._wire)
            file = self._files[name]  # kept, for it stays loaded
            file.abilities = abilities or file.abilities
            return file
        if server is None or not at_server:
            raise ModelProblem(f"There is no server {place!r}; `darak models` lists those that are.")
        host = self._passed_on(server, at_server)
        return Model(server, at_server, self._wire, abilities, host, lambda found: self.learnt(name, found))

    def _passed_on(self, server: Server, model: str) -> str:
        """The host that Ollama passes a cloud model's requests on to; "" for a model of its own.

        Ollama is asked for this very name, for it takes a name in any case and without its tag; but of a name that
        says cloud it would ask that cloud.
        """
        if server.kind != "ollama":
            return ""
        if cloud := passed_on(model):
            listed = {one.name: one.host for one in self.look(server).models}
            return listed.get(model) or cloud
        try:
            return Model(server, model, self._look).described().host or ""
        except ModelProblem:  # then it answers nothing else either
            return ""

    # -- what the owner chose ------------------------------------------------------------------------------------

    def chain(self) -> Chain:
        """The models in the owner's order, empty when none is chosen; one whose server is gone is left out."""
        models: list[Model] = []
        for name in self.settings.order:
            try:
                models.append(self.model(name))
            except ModelProblem:
                continue
        return Chain(models, self._patience)

    def use(self, names: Sequence[str]) -> None:
        """Takes these models in this order; none of them for no model."""
        self.choose([self.resolve(name) for name in names])

    def choose(self, names: Sequence[str]) -> None:
        """The same by whole names, without looking what is there now. ModelProblem when a new one cannot be."""
        for name in set(names) - set(self.settings.order):
            self._look_at(self.model(name))
        self._change(lambda now: now.using(tuple(dict.fromkeys(names))))

    def _look_at(self, model: Model) -> None:
        """Learns what a server of this machine tells of a model. ModelProblem when it writes no text."""
        if not model.here or isinstance(model, Gguf) or self.settings.known(model.name):
            return
        try:
            told = self._looking(model).described()
        except ModelProblem:  # it may be asleep
            return
        if not told.chats:
            raise ModelProblem(f"{model.name} writes no text: it is for other things, such as vectors.")
        self.learnt(model.name, replace(model.abilities, context=told.context, tools=bool(told.tools)))

    def _looking(self, model: Model) -> Model:
        """The same model, waited for a moment only."""
        return Model(model.server, model.at_server, self._look)

    def back(self) -> tuple[str, ...]:
        """Returns to the order before. Returns it."""
        return self._change(Settings.back).order

    def learnt(self, name: str, abilities: Abilities) -> None:
        """Keeps what a test found, or what the server told so far."""
        if abilities.tested:
            self._change(lambda now: replace(now, abilities={**now.abilities, name: abilities}))
        else:
            self._change(lambda now: replace(now, untested={**now.untested, name: abilities}))

    def add(self, url: str, kind: Kind | None = None, name: str | None = None) -> Server:
        """Adds a server by its URL, or a GGUF file by its path. ModelProblem when it is neither."""
        added = _added(url, kind, name)
        if added.name in _PLACES:
            raise ModelProblem(f"{added.name} is looked for by itself; give this one another name.")

        def add(now: Settings) -> Settings:
            return replace(now, servers=(*(one for one in now.servers if one.name != added.name), added))

        self._change(add)
        return Server(added.name, added.kind, added.url)

    def keep_key(self, server: str, key: str) -> str:
        """Keeps the key of an added server, outside the vault. Returns where, for the owner to read.

        ModelProblem when it cannot be a key.
        """
        if not (key := key.strip()).isascii() or not key.isprintable() or " " in key:
            raise ModelProblem("That is no key: keys are letters, digits and signs without spaces.")
        return self._keys.set(server, key)

    def remove(self, name: str) -> None:
        """Takes an added server away, with its key and its models. ModelProblem when there is none."""
        if name not in {one.name for one in self.settings.servers}:
            raise ModelProblem(f"No server {name!r} was added.")
        self._keys.forget(name)

        def remove(now: Settings) -> Settings:
            order = tuple(one for one in now.order if name not in (one, one.partition("/")[0]))
            return replace(now.using(order), servers=tuple(one for one in now.servers if one.name != name))

        self._change(remove)

    # -- what may leave ------------------------------------------------------------------------------------------

    @property
    def home_rules(self) -> HomeRules:
        return HomeRules(self.settings.home)

    def allow(self, host: str) -> None:
        """The owner's yes: text may leave to this host."""
        self._change(lambda now: replace(now, allowed=now.allowed | {host.lower()}))

    def forbid(self, host: str) -> None:
        self._change(lambda now: replace(now, allowed=now.allowed - {host.lower()}))

    def keep_home(self, names: Sequence[str]) -> None:
        """Records of these sources, kinds and topics never leave this machine."""
        self._change(lambda now: replace(now, home=now.home | set(names)))

    def share(self, names: Sequence[str]) -> None:
        """Takes such rules back."""
        self._change(lambda now: replace(now, home=now.home - set(names)))

    def _change(self, change: Callable[[Settings], Settings]) -> Settings:
        """Changes the settings, one thread at a time. Returns them."""
        with self._changing:
            write_settings(self._vault, changed := change(self.settings))
        return changed


def _without_models(server: Server, problem: ModelProblem) -> Found:
    """A server that lists no models: it may still load them, or want a key first."""
    wants_key = isinstance(problem, Denied) and not isinstance(problem, Absent) and bool(problem.told)
    takes_it = f" `darak models add {server.url} --kind {server.kind}` takes it." if not server.key else ""
    told = f"{problem}{takes_it if wants_key else ''}"
    return Found(server, problem=told, there=wants_key or isinstance(problem, Loading))


def meant(name: str, found: Sequence[Found], servers: Sequence[str]) -> str:
    """The whole name of the model that a name or a part of one means, of those `found`; one at a server of these names
    may be asleep. ModelProblem when none or several are meant."""
    names = [one for place in found for one in place.names()]
    if name in names:
        return name
    server = name.partition("/")[0]
    if server in servers:
        place = next((one for one in found if one.server.name == server), None)
        if place is None or not place.models:  # it may be asleep, or not allowed yet
            return name
    matches = [one for one in names if name.casefold() in one.casefold()]
    exact = [one for one in matches if one.partition("/")[2].partition(":")[0] == name or one.endswith(f"/{name}")]
    if len(exact or matches) == 1:
        return (exact or matches)[0]
    if matches:
        raise ModelProblem(f"{name!r} may be any of {', '.join(matches[:6])}; write more of its name.")
    why = "".join(f" {one.problem}" for one in found if one.there and one.problem)
    raise ModelProblem(f"There is no model {name!r} here; `darak models` lists those that are.{why}")


def _here(server: Server) -> bool:
    return server.kind == "gguf" or is_here(host_of(server.url))


def _added(url: str, kind: Kind | None, name: str | None) -> Added:
    path = Path(url).expanduser()
    if kind == "gguf" or path.suffix == ".gguf":
        if not is_gguf(path):
            raise ModelProblem(f"{path} is no GGUF file.")
        return Added(f"gguf/{name or path.stem}", "gguf", str(path.absolute()))
    split = _split(url)
    if split is None or split.scheme not in ("http", "https"):
        raise ModelProblem(f"{url!r} is no URL; write one such as https://api.openai.com/v1.")
    if not split.hostname or split.username or split.query:
        raise ModelProblem(f"{split.scheme}://{split.hostname or ''} needs a host, and the key is asked for apart.")
    host = split.hostname
    kind = kind or ("anthropic" if host == "api.anthropic.com" else "openai")
    path = split.path.rstrip("/")
    for ending in ("/chat/completions", "/messages"):
        path = path.removesuffix(ending)
    if not path and kind != "ollama":
        path = "/v1"
    name = name or (host.removeprefix("api.").removesuffix(".com") if not is_here(host) else f"{kind}-{split.port}")
    if not name or "/" in name:
        raise ModelProblem(f"{name!r} is no name for a server; write one without a slash.")
    return Added(name, kind, f"{split.scheme}://{split.netloc}{path}")


def _split(url: str) -> SplitResult | None:
    """The parts of a URL; None when it is none that a request can be sent to."""
    try:
        split = urlsplit(url)
        return split if split.port != 0 and url.isascii() and url.isprintable() and " " not in url else None
    except ValueError:  # a port that is no number
        return None
