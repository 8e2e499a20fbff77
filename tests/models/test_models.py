"""What the owner chooses, what is found, and what may leave this machine."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import ModelServer, Status

from darak.models.dialects.dialect import Server
from darak.models.model import Model
from darak.models.models import SERVERS, Models
from darak.models.privacy import Gate, HomeRules, Outgoing, outgoing
from darak.models.problems import ModelProblem, NoModel, NotAllowed, Unreachable
from darak.models.request import Message, Request
from darak.models.wire import Draft, Patience, Wire, is_here
from darak.records.record import Origin, Record
from darak.records.time import Precision, Time
from darak.records.vault import Vault

_ASK = Request((Message("user", "비밀 이야기"),), "answer")


class Away:
    """Makes a loopback server look like a host elsewhere: its name leads to loopback, but is not this machine's."""

    def __init__(self) -> None:
        self.looked_up: list[str] = []
        self._names: set[str] = set()
        self._real = socket.getaddrinfo

    def look_up(self, host: str, *rest: Any, **more: Any) -> Any:
        self.looked_up.append(host)
        return self._real("127.0.0.1" if host in self._names else host, *rest, **more)

    def __call__(self, server: ModelServer, name: str = "models.example") -> str:
        self._names.add(name)
        return f"http://{name}:{server.port}"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    away = Away()
    monkeypatch.setattr(socket, "getaddrinfo", away.look_up)
    return away


def models(vault: Vault, **places: ModelServer) -> Models:
    text = ",".join(f"{name}={one.url}{'' if name == 'ollama' else '/v1'}" for name, one in places.items())
    return Models(vault, patience=Patience(first=5, backoff=0.01, tries=2), environ={SERVERS: text})


def test_what_runs_here_is_found(vault: Vault, server: ModelServer, other: ModelServer) -> None:
    other.models = ["qwen", "darak"]
    names = [name for one in models(vault, ollama=server, lmstudio=other).found() for name in one.names()]
    assert names == ["ollama/tiny", "ollama/larger:7b", "lmstudio/qwen"]


def test_other_programs_on_those_ports_are_no_models(vault: Vault, server: ModelServer) -> None:
    assert (
        models(vault, ollama=server).found()
        and not Models(vault, environ={SERVERS: "ollama=http://127.0.0.1:9"}).found()
    )


def test_a_server_that_loads_its_model_is_found(vault: Vault, server: ModelServer, other: ModelServer) -> None:
    server.places["/v1/models"] = Status(503, "Loading model")
    other.places["/v1/models"] = Status(503, "Service Unavailable")
    (found,) = models(vault, llamacpp=server, vllm=other).found()
    assert (found.server.name, found.models) == ("llamacpp", ()) and "still loading" in (found.problem or "")
    with pytest.raises(ModelProblem, match=r"no model 'qwen' here.* still loading"):
        models(vault, llamacpp=server).use(["qwen"])


def test_a_server_that_wants_a_key_is_found_until_it_has_one(vault: Vault, server: ModelServer) -> None:
    server.key = "sesame"
    here = models(vault, llamacpp=server)
    (found,) = here.found()
    takes_it = f"`darak models add {server.url}/v1 --kind llamacpp`"
    assert "wants a key (401: Invalid API Key)" in (found.problem or "") and takes_it in (found.problem or "")
    mine = here.add(f"{server.url}/v1", "llamacpp", "mine")
    here.keep_key(mine.name, "wrong")
    assert [one.problem for one in here.found()] == ["127.0.0.1 does not accept the key (401: Invalid API Key)."]
    here.keep_key(mine.name, "sesame")
    assert [one.names() for one in here.found()] == [["mine/tiny", "mine/larger:7b"]]


def test_a_part_of_a_name_is_enough_when_it_means_one(vault: Vault, server: ModelServer) -> None:
    server.models = ["llama3.2:1b", "llama3.2:3b", "qwen"]
    here = models(vault, ollama=server)
    assert here.resolve("qwen") == "ollama/qwen" and here.resolve("3b") == "ollama/llama3.2:3b"
    for word, told in (("llama", "any of"), ("gemma", "no model"), ("ollama/gemma", "no model")):
        with pytest.raises(ModelProblem, match=told):
            here.resolve(word)


def test_the_order_is_kept_in_the_vault_and_one_step_back_is_there(vault: Vault, server: ModelServer) -> None:
    here = models(vault, ollama=server)
    with pytest.raises(NoModel):
        here.chain().complete(_ASK)
    here.use(["tiny"])
    here.use(["larger", "tiny"])
    again = models(vault, ollama=server)
    assert [one.name for one in again.chain().models] == ["ollama/larger:7b", "ollama/tiny"]
    assert again.back() == ("ollama/tiny",) and again.back() == () and again.back() == ()


def test_nothing_goes_to_another_host_without_a_yes(vault: Vault, server: ModelServer, away: Away) -> None:
    mine = models(vault)
    added = mine.add(away(server), name="far")
    mine.use(["far/tiny"])
    with pytest.raises(NoModel, match=r"allow models\.example"):
        mine.chain().complete(_ASK)
    assert not server.seen and not outgoing(vault) and "models.example" not in away.looked_up
    assert [one.problem is not None for one in mine.found()] == [True] and not server.seen
    mine.allow("models.example")
    assert mine.chain().complete(_ASK).text == "Hello."
    (seen,) = server.chats
    (told, *_) = outgoing(vault)
    assert (told.host, told.model, told.purpose, told.bytes) == ("models.example", "tiny", "answer", len(seen.raw))
    mine.forbid("models.example")
    with pytest.raises(NoModel):
        mine.chain().complete(_ASK)
    assert len(server.chats) == 1 and added.url.endswith("/v1")


def test_each_text_can_be_shown_first_and_refused(vault: Vault, server: ModelServer, away: Away) -> None:
    shown: list[Draft] = []

    def no(draft: Draft) -> bool:
        shown.append(draft)
        return False

    mine = Models(vault, confirm=no, environ={SERVERS: ""})
    mine.add(away(server), name="far")
    mine.allow("models.example")
    with pytest.raises(NotAllowed):
        mine.model("far/tiny").complete(_ASK)
    assert "비밀 이야기" in shown[0].text() and not server.seen and not outgoing(vault)


def test_a_cloud_model_behind_ollama_is_another_host(vault: Vault, server: ModelServer) -> None:
    server.remote = {"big:cloud": "https://ollama.com:443"}
    here = models(vault, ollama=server)
    for name in ("ollama/big:cloud", "ollama/unlisted-cloud"):
        assert here.model(name).host == "ollama.com"
        with pytest.raises(NotAllowed, match=r"ollama\.com"):
            here.model(name).complete(_ASK)
    assert not server.chats
    assert not [one for one in server.seen if one.path == "/api/show"], "Ollama would ask its cloud"
    here.allow("ollama.com")
    here.model("ollama/big:cloud").complete(_ASK)
    assert [one.host for one in outgoing(vault)] == ["ollama.com"]


@pytest.mark.parametrize("name", ["big:CLOUD", "big:cloud ", "Mine", "mine:latest", "MINE:Latest"])
def test_a_cloud_model_is_known_by_every_name_that_ollama_takes(vault: Vault, server: ModelServer, name: str) -> None:
    server.remote = {"mine:latest": "https://ollama.com:443"}
    here = models(vault, ollama=server)
    with pytest.raises(NotAllowed, match=r"ollama\.com"):
        here.model(f"ollama/{name}").complete(_ASK)
    assert not server.chats


def test_a_name_of_this_machine_that_leads_elsewhere_is_not_trusted(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("203.0.113.9", 80))
    gate = Gate(frozenset, lambda one: None)
    with pytest.raises(Unreachable, match="not this machine"):
        Model(Server("s", "openai", f"http://localhost:{server.port}/v1"), "m", Wire(gate)).complete(_ASK)
    assert not server.chats


def test_which_hosts_are_this_machine() -> None:
    assert all(map(is_here, ("localhost", "127.0.0.1", "127.8.8.8", "::1")))
    assert not any(map(is_here, ("192.168.0.2", "localhost.example", "127.0.0.1.example", "", "0.0.0.0")))


def test_a_key_is_sent_and_is_nowhere_in_the_vaults_folder(vault: Vault, server: ModelServer, tmp_path: Path) -> None:
    server.key = "sk-very-secret"
    mine = models(vault)
    added = mine.add(f"{server.url}/v1/chat/completions", name="mine")
    where = mine.keep_key("mine", " sk-very-secret\n")
    assert added.url == f"{server.url}/v1" and str(tmp_path / "keys") in where
    assert mine.model("mine/tiny").complete(_ASK).text == "Hello."
    vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 2 and not any(b"sk-very-secret" in path.read_bytes() for path in files)
    mine.remove("mine")
    assert not list((tmp_path / "keys").glob("*.model-key")) and not mine.servers()


def test_what_cannot_be_added_says_why(vault: Vault, tmp_path: Path) -> None:
    mine = models(vault)
    (tmp_path / "x.gguf").write_bytes(b"hello")
    wrong = ["ftp://x", "api.openai.com", "https://me:key@host/v1", "https://host/v1?key=1", tmp_path / "x.gguf"]
    wrong += ["http://host:abc", "http://[half", "http://호스트/v1", "http://a b/v1", "http://h/\n", "http://h:99999"]
    for url in map(str, wrong):
        with pytest.raises(ModelProblem) as raised:
            mine.add(url)
        assert "key=1" not in str(raised.value)
    for key in ("열쇠", "two words", "line\nbreak"):
        with pytest.raises(ModelProblem, match="no key"):
            mine.keep_key("openai", key)
    assert Models(vault, environ={SERVERS: "ollama=http://127.0.0.1:x,vllm,=,openai"}).found() == []
    assert mine.add("https://api.anthropic.com").kind == "anthropic"
    assert mine.add("https://api.openai.com/v1").name == "openai"


def test_home_rules_go_by_source_kind_and_topic() -> None:
    def record(source: str, kind: str) -> Record:
        return Record(source=source, kind=kind, time=Time("", None, Precision.UNKNOWN), origin=Origin("", ""))

    rules = HomeRules(frozenset(("health", "money", "kakaotalk", "mail")))
    home = [("strava", "event"), ("shop", "purchase"), ("bank", "other"), ("kakaotalk", "message"), ("gmail", "mail")]
    assert all(rules.keep(record(*one)) for one in home) and not rules.keep(record("notes", "note"))
    assert rules.keep_samples("watch", "steps") and rules.keep_samples("ofx", "account_balance")
    assert not HomeRules().keep(record("strava", "event")) and not HomeRules(frozenset(("money",))).keep_samples(
        "w", "steps"
    )


def test_the_log_can_be_kept_elsewhere(vault: Vault, server: ModelServer, away: Away) -> None:
    noted: list[Outgoing] = []
    mine = Models(vault, note=noted.append, environ={SERVERS: ""})
    mine.add(away(server), name="far")
    mine.allow("models.example")
    mine.model("far/tiny").complete(_ASK)
    assert len(noted) == 1 and not outgoing(vault)
