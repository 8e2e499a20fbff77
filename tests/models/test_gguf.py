"""A GGUF file run in this process: real weights, real tokens, a real grammar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from darak.models.dialects.dialect import Server
from darak.models.gguf import Gguf
from darak.models.problems import ModelProblem
from darak.models.request import Message, Reply, Request, Shape, Text
from darak.models.structured import read_shape, schema_of
from darak.models.wire import Draft, Wire
from darak.records.vault import Vault

pytest.importorskip("xllamacpp")
pytest.importorskip("gguf")


def _closed(draft: Draft) -> None:
    raise AssertionError(f"{draft.url} was about to leave")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Gguf:
    from tests.models.tiny_gguf import write_tiny_gguf

    path = write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")
    return Gguf(Server("gguf/tiny", "gguf", str(path)), Wire(_closed))


@dataclass(frozen=True)
class Lamp:
    colour: Literal["amber", "red"]
    on: bool
    watts: list[int] | None
    """Of a few bulbs."""


def test_it_streams_and_counts(model: Gguf) -> None:
    request = Request((Message("user", "안녕"),), "test", max_tokens=12, temperature=1)
    *came, reply = model.stream(request)
    assert isinstance(reply, Reply) and reply.model == "gguf/tiny" and reply.stop == "length"
    assert reply.usage.written == 12 and all(isinstance(one, Text) for one in came)
    assert model.count_tokens("hello") == 6 and model.window() == 2048


def test_the_grammar_holds_random_weights_to_the_shape(model: Gguf) -> None:
    schema = schema_of(Lamp)
    schema["properties"]["watts"] = {"type": "array", "items": {"enum": [1, 2]}, "minItems": 2, "maxItems": 3}
    for rung in ("grammar", "schema"):
        shape = Shape("Lamp", schema, rung)
        for _ in range(2):
            request = Request((Message("user", "Hello"),), "test", shape=shape, max_tokens=300, temperature=2)
            lamp = read_shape(model.complete(request), rung, Lamp)
            assert lamp.colour in ("amber", "red") and lamp.watts is not None and 2 <= len(lamp.watts) <= 3


@dataclass(frozen=True)
class Everything:
    lamps: tuple[Lamp, ...]
    by_room: dict[str, int]
    height: float | int | None
    anything: Any
    pair: tuple[int, str]
    version: Literal['1\n"2"', 3, None]


def test_llama_cpp_understands_every_grammar(model: Gguf) -> None:
    shape = Shape("Everything", schema_of(Everything), "grammar")
    request = Request((Message("user", "Hello"),), "test", shape=shape, max_tokens=8)
    assert model.complete(request).text.startswith("{")


def test_nobody_else_may_ask_it(model: Gguf) -> None:
    from urllib.error import HTTPError
    from urllib.request import Request as Plain
    from urllib.request import urlopen

    server = model.reached()
    assert server.url.startswith("http://127.0.0.1:")
    with pytest.raises(HTTPError, match="401"):
        urlopen(Plain(f"{server.url}/chat/completions", b"{}", {"Content-Type": "application/json"}), timeout=10)


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    for name, data in (("cut.gguf", b"GGUF" + bytes(100)), ("other.gguf", b"hello")):
        (tmp_path / name).write_bytes(data)
        model = Gguf(Server("gguf/x", "gguf", str(tmp_path / name)), Wire(_closed))
        with pytest.raises(ModelProblem, match=name):
            model.complete(Request((Message("user", "hi"),), "test"))


def test_a_file_is_added_used_and_tested(model: Gguf, home: Path, darak: Callable[..., Any]) -> None:
    Vault.create(home, zone="Asia/Seoul", use_keyring=False).close()
    assert "Added gguf/tiny" in darak("models", "add", model.server.url).stdout
    assert "Used now: gguf/tiny" in darak("models", "use", "tiny").stdout
    tested = darak("models", "test", "--quick").stdout.splitlines()
    seen = {line.split()[1]: line.split()[0] for line in tested[1:]}
    assert {"reply", "grammar", "schema", "window"} <= {what for what, told in seen.items() if told == "yes"}
    listed = darak("models").stdout
    assert "1. gguf/tiny  (tested: grammar, schema" in listed and "2,048 tokens" in listed
    assert "gone" in darak("models", "remove", "gguf/tiny").stdout


def test_without_the_library_it_says_what_to_install(model: Gguf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelProblem, match=r"pip install .*\[models\]"):
        Gguf(model.server, Wire(_closed)).complete(Request((Message("user", "hi"),), "test"))
