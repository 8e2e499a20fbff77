"""Models in order of preference: what is tried again, what is not, and what is said of it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import pytest
from tests.models.server import Disconnect, ModelServer, Say, Silence, Status

from darak.models.chain import Chain
from darak.models.dialects.dialect import Server
from darak.models.model import Model
from darak.models.problems import Cancelled, NoModel
from darak.models.request import Message, Reply, Request, Switched, Text
from darak.models.wire import Cancel, Draft, Patience, Wire

_ASK = Request((Message("user", "hi"),), "test")
_QUICK = Patience(first=0.4, between=0.4, whole=5, tries=2, backoff=0.01, longest_wait=1)


def _closed(draft: Draft) -> None:
    raise AssertionError(f"{draft.url} was about to leave")


def model(server: ModelServer, name: str) -> Model:
    return Model(Server(name, "openai", f"{server.url}/v1"), "m", Wire(_closed, _QUICK))


@pytest.fixture
def chain(server: ModelServer, other: ModelServer) -> Chain:
    return Chain([model(server, "first"), model(other, "second")], _QUICK)


def test_the_first_answers_and_the_second_is_not_asked(chain: Chain, other: ModelServer) -> None:
    assert chain.complete(_ASK) == Reply("Hello.", "first/m", usage=chain.complete(_ASK).usage)
    assert not other.seen


def test_a_busy_server_is_asked_again(chain: Chain, server: ModelServer, other: ModelServer) -> None:
    server.script += [Status(500), Say("now")]
    assert chain.complete(_ASK).text == "now" and not other.seen


def test_a_server_that_loads_its_model_is_waited_for(server: ModelServer, other: ModelServer) -> None:
    patient = Patience(first=20, between=20, whole=60, tries=1)
    here = Model(Server("first", "llamacpp", f"{server.url}/v1"), "m", Wire(_closed, patient))
    server.script += [Status(503, "Loading model")] * 2 + [Say("loaded")]
    assert Chain([here], patient).complete(_ASK).text == "loaded"
    server.script += [Status(503, "Loading model")] * 5 + [Say("never")]
    with pytest.raises(NoModel, match="still loading"):
        Chain([model(server, "first")], _QUICK).complete(_ASK)


def test_what_loads_can_be_stopped(server: ModelServer) -> None:
    here = Model(Server("first", "llamacpp", f"{server.url}/v1"), "m", Wire(_closed, Patience()))
    server.script += [Status(503, "Loading model")] * 90
    cancel = Cancel()
    threading.Timer(0.5, cancel.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        here.complete(_ASK, cancel)
    assert time.monotonic() - began < 20


def test_what_a_server_does_not_offer_is_not_asked_again(server: ModelServer) -> None:
    refusal = "This server does not support embeddings. Start it with `--embeddings`"
    server.script += [Status(501, refusal), Say("never")]
    with pytest.raises(NoModel, match=r"does not offer this \(501: This server does not support embeddings"):
        Chain([model(server, "first")], _QUICK).complete(_ASK)
    assert len(server.chats) == 1


def test_retry_after_is_waited_for(chain: Chain, server: ModelServer) -> None:
    server.script += [Status(429, retry_after="0.5"), Say("now")]
    began = time.monotonic()
    assert chain.complete(_ASK).text == "now" and time.monotonic() - began >= 0.5


def test_too_long_a_wait_is_not_waited_for(chain: Chain, server: ModelServer) -> None:
    server.script += [Status(429, retry_after="3600"), Say("never")]
    assert chain.complete(_ASK).model == "second/m"


def test_what_is_refused_is_not_asked_again(chain: Chain, server: ModelServer) -> None:
    server.script += [Status(401), Say("never")]
    assert chain.complete(_ASK).model == "second/m" and len(server.chats) == 1


def test_in_the_middle_of_an_answer_the_next_model_begins_anew(chain: Chain, server: ModelServer) -> None:
    server.script += [Disconnect("You were in"), Silence(5, "You")]
    pieces = list(chain.stream(_ASK))
    switches = [one for one in pieces if isinstance(one, Switched)]
    assert [(one.failed, one.model) for one in switches] == [("first/m", "first/m"), ("first/m", "second/m")]
    after = pieces[pieces.index(switches[-1]) + 1 :]
    assert "".join(one.text for one in after if isinstance(one, Text)) == "Hello."
    assert "nothing for too long" in switches[-1].why and isinstance(pieces[-1], Reply)


def test_at_last_there_is_no_model_and_every_reason_is_told(
    chain: Chain, server: ModelServer, other: ModelServer
) -> None:
    server.script += [Disconnect("You were")] * 2
    other.script += [Status(503, "overloaded")] * 2
    with pytest.raises(NoModel) as raised:
        list(chain.stream(_ASK))
    first, second = raised.value.reasons
    assert "broke" in first and "overloaded" in second


def test_without_models_it_says_so() -> None:
    with pytest.raises(NoModel, match="No model is chosen"):
        Chain(()).complete(_ASK)
    assert Chain(()).count_tokens("안녕") == 2


def test_each_model_can_be_asked_in_its_own_way(chain: Chain, server: ModelServer, other: ModelServer) -> None:
    server.script += [Disconnect("x")] * 2
    chain.complete(lambda model: Request((Message("user", f"for {model.name}"),), "test"))
    told = [one.body["messages"][0]["content"] for one in (server.chats[-1], other.chats[0])]
    assert told == ["for first/m", "for second/m"]


@dataclass(frozen=True)
class Lamp:
    watts: int


def test_a_shape_falls_back_too(chain: Chain, server: ModelServer) -> None:
    server.ignores = {"schema", "tools", "json"}
    assert chain.structured(_ASK, Lamp) == Lamp(7)


def test_cancelling_ends_the_waiting_and_asks_nobody_else(
    chain: Chain, server: ModelServer, other: ModelServer
) -> None:
    server.script.append(Status(429, retry_after="0.9"))
    cancel = Cancel()
    threading.Timer(0.2, cancel.cancel).start()
    with pytest.raises(Cancelled):
        chain.complete(_ASK, cancel)
    assert not other.seen


def test_a_stream_that_is_closed_ends_its_request(chain: Chain, server: ModelServer) -> None:
    server.script.append(Silence(5, "You"))
    stream = chain.stream(_ASK)
    assert next(stream) == Text("You")
    began = time.monotonic()
    stream.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 1
