"""Each protocol against a real server: what is sent, what is read, and what is made of misbehaviour."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass

import pytest
from tests.models.server import CallTool, Disconnect, Fail, ModelServer, Raw, Say, Silence, Status

from darak.models.dialects.dialect import Kind, Server
from darak.models.model import Model, list_models
from darak.models.problems import (
    BrokenOff,
    Busy,
    Cancelled,
    Denied,
    Garbled,
    ModelProblem,
    Refused,
    Silent,
    Unreachable,
)
from darak.models.request import Call, Message, Piece, Reply, Request, Shape, Text, Tool, Usage
from darak.models.settings import Abilities
from darak.models.structured import structured
from darak.models.wire import Cancel, Draft, Patience, Wire

_PATHS: dict[str, str] = {"ollama": "", "openai": "/v1", "llamacpp": "/v1", "anthropic": "/v1"}
_SEARCH = Tool(
    "search", "Finds records.", {"type": "object", "properties": {"words": {"type": "string"}}, "required": ["words"]}
)
_ASK = Request((Message("system", "Be short."), Message("user", "어디 있었어?")), "test")


@pytest.fixture(params=["openai", "ollama", "anthropic"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


def _closed(draft: Draft) -> None:
    raise AssertionError(f"{draft.url} was about to leave")


def model(server: ModelServer, kind: Kind, abilities: Abilities | None = None, **patience: float) -> Model:
    wire = Wire(_closed, Patience(**{"first": 5, "between": 5, "whole": 10} | patience))  # type: ignore[arg-type]
    return Model(Server("s", kind, server.url + _PATHS[kind], server.key), "tiny", wire, abilities)


def pieces(model: Model, request: Request = _ASK) -> tuple[list[Piece], ModelProblem | None]:
    """What came, and the problem that ended it."""
    came: list[Piece] = []
    try:
        came.extend(model.stream(request))
    except ModelProblem as problem:
        return came, problem
    return came, None


def test_models_are_listed(server: ModelServer, kind: Kind) -> None:
    told = list_models(Server("s", kind, server.url + _PATHS[kind]), Wire(_closed))
    assert [one.name for one in told] == ["tiny", "larger:7b"]


def test_a_reply_streams_and_ends_whole(server: ModelServer, kind: Kind) -> None:
    server.script.append(Say("서울에 있었어요.", pieces=4))
    came, problem = pieces(model(server, kind))
    texts = [one.text for one in came if isinstance(one, Text)]
    assert problem is None and len(texts) > 1 and "".join(texts) == "서울에 있었어요."
    assert came[-1] == Reply("서울에 있었어요.", "s/tiny", usage=Usage(11, 5))


def test_what_is_sent_is_what_the_draft_shows(server: ModelServer, kind: Kind) -> None:
    server.key = "secret-key"
    one = model(server, kind)
    draft = one.draft(_ASK)
    one.complete(_ASK)
    (seen,) = server.chats
    assert seen.raw == draft.body and draft.body.decode() in draft.text() and "어디 있었어?" in draft.text()
    assert "secret-key" not in draft.text() and "secret-key" not in repr(draft)


def test_without_usage_nothing_is_taken_for_measured(server: ModelServer, kind: Kind) -> None:
    server.script.append(Say("hi", usage=False))
    assert model(server, kind).complete(_ASK).usage == Usage(None, None)


def test_tools_are_called_and_their_results_go_back(server: ModelServer, kind: Kind) -> None:
    server.script += [CallTool("search", {"words": "운동화"}), Say("done")]
    one = model(server, kind)
    request = Request(_ASK.messages, "test", (_SEARCH,))
    reply = one.complete(request)
    assert [(call.name, call.arguments) for call in reply.calls] == [("search", {"words": "운동화"})]
    answered = (Message("assistant", calls=reply.calls), Message("tool", "3 found", answers=reply.calls[0].id))
    assert one.complete(Request((*_ASK.messages, *answered), "test", (_SEARCH,))).text == "done"
    assert "3 found" in json.dumps(server.chats[-1].body)


@pytest.mark.parametrize("said", [
    '{"name": "search", "arguments": {"words": "운동화"}}',
    '<tool_call>\n{"name": "search", "arguments": {"words": "운동화"}}\n</tool_call>',
    '```json\n{"function": {"name": "search", "arguments": "{\\"words\\": \\"운동화\\"}"}}\n```',
    '<think>I should search.</think>\n[{"name": "search", "parameters": {"words": "운동화"}}]',
])  # fmt: skip
def test_a_call_written_as_text_is_a_call(server: ModelServer, kind: Kind, said: str) -> None:
    server.script.append(Say(said, pieces=9))
    came, problem = pieces(model(server, kind), Request(_ASK.messages, "test", (_SEARCH,)))
    assert problem is None and not any(isinstance(one, Text) for one in came)
    assert [(one.name, one.arguments) for one in came if isinstance(one, Call)] == [("search", {"words": "운동화"})]


def test_text_that_only_looks_like_a_call_stays_text(server: ModelServer, kind: Kind) -> None:
    for said in ('{"name": "delete", "arguments": {}}', "[1] is the first of them", "{curly} prose"):
        server.script.append(Say(said))
        reply = model(server, kind).complete(Request(_ASK.messages, "test", (_SEARCH,)))
        assert reply.text == said and not reply.calls


def test_thoughts_aloud_are_not_shown(server: ModelServer, kind: Kind) -> None:
    server.script.append(Say("<think>hm {…}</think>\n\nSeoul.", pieces=11))
    came, _ = pieces(model(server, kind))
    assert "".join(one.text for one in came if isinstance(one, Text)) == "Seoul."


def test_arguments_cut_off_are_no_call(server: ModelServer) -> None:
    for kind in ("openai", "anthropic"):
        server.script.append(CallTool("search", '{"words": "run'))
        came, problem = pieces(model(server, kind), Request(_ASK.messages, "test", (_SEARCH,)))
        assert isinstance(problem, Garbled) and not any(isinstance(one, Call) for one in came)


def test_a_disconnect_is_told_after_what_came(server: ModelServer, kind: Kind) -> None:
    for act in (Disconnect("서울"), Say("서울", end=False)):
        server.script.append(act)
        came, problem = pieces(model(server, kind))
        assert "".join(one.text for one in came if isinstance(one, Text)) == "서울" and isinstance(problem, BrokenOff)


def test_an_error_in_mid_stream_is_an_error(server: ModelServer, kind: Kind) -> None:
    server.script.append(Fail("Seo", "out of memory"))
    _, problem = pieces(model(server, kind))
    assert isinstance(problem, Busy) and "out of memory" in str(problem)


def test_silence_ends(server: ModelServer, kind: Kind) -> None:
    for act in (Silence(5), Silence(5, "Seo")):
        server.script.append(act)
        began = time.monotonic()
        _, problem = pieces(model(server, kind, first=0.3, between=0.3))
        assert isinstance(problem, Silent) and time.monotonic() - began < 3


def test_pings_do_not_keep_a_silent_server_alive(server: ModelServer) -> None:
    server.script.append(Silence(5, "Seo", pings=True))
    began = time.monotonic()
    _, problem = pieces(model(server, "openai", whole=0.5))
    assert isinstance(problem, Silent) and time.monotonic() - began < 3


def test_errors_say_what_the_server_says(server: ModelServer, kind: Kind) -> None:
    server.script += [Status(429, "slow down", "7"), Status(500, "boom"), Status(404, "no such model")]
    one = model(server, kind)
    for expected, words in ((Busy, "slow down"), (Busy, "boom"), (Refused, "no such model")):
        with pytest.raises(expected, match=words) as raised:
            one.complete(_ASK)
        assert raised.value.retry_after == (7 if words == "slow down" else None)
    server.key = "right"
    with pytest.raises(Refused, match="key"):
        Model(Server("s", kind, server.url + _PATHS[kind], "wrong"), "tiny", Wire(_closed)).complete(_ASK)


def test_what_a_server_says_cannot_move_the_terminal(server: ModelServer, kind: Kind) -> None:
    server.script += [Status(500, "\x1b[2Jgone\r\nnow"), Fail("x", "\x1b]0;title\x07")]
    for expected in ("[2Jgone now", "]0;title"):
        _, problem = pieces(model(server, kind))
        assert expected in str(problem) and str(problem).isprintable()


def test_a_wrong_key_is_not_tried_on_every_rung(server: ModelServer, kind: Kind) -> None:
    server.key = "right"
    server.script += [Status(404)]
    wrong = Model(Server("s", kind, server.url + _PATHS[kind], "wrong"), "tiny", Wire(_closed))
    for one in (wrong, model(server, kind)):
        with pytest.raises(Denied):
            structured(one, _ASK, Trip)
    assert len(server.chats) == 2


def test_rubbish_is_garbled_and_nothing_more(server: ModelServer, kind: Kind) -> None:
    for body in (b"<html>hello</html>", b"data: {\n\n", b'{"choices": 7, "message": 7, "type": 7}', b"\xff\xfe"):
        server.script.append(Raw(body))
        _, problem = pieces(model(server, kind))
        assert isinstance(problem, ModelProblem)


def test_a_redirection_is_not_followed(server: ModelServer, other: ModelServer, kind: Kind) -> None:
    server.script.append(Raw(b"", 307, (("Location", other.url + server.url),)))
    _, problem = pieces(model(server, kind))
    assert isinstance(problem, Refused) and not other.seen


def test_a_server_that_does_not_stream_is_read_all_the_same(server: ModelServer) -> None:
    whole = {"choices": [{"message": {"content": "Seoul."}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}}
    server.script.append(Raw(json.dumps(whole, indent=1).encode()))
    assert model(server, "openai").complete(_ASK).text == "Seoul."


def test_nothing_listens(kind: Kind) -> None:
    with ModelServer() as gone:
        pass
    with pytest.raises(Unreachable):
        model(gone, kind).complete(_ASK)


def test_another_thread_can_cancel_at_any_moment(server: ModelServer, kind: Kind) -> None:
    for act in (Silence(20), Silence(20, "Seo")):
        server.script.append(act)
        cancel = Cancel()
        threading.Timer(0.2, cancel.cancel).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            list(model(server, kind, first=30, between=30, whole=30).stream(_ASK, cancel))
        assert time.monotonic() - began < 3
    with pytest.raises(Cancelled):
        model(server, kind).complete(_ASK, cancel)


def test_sampling_is_as_it_was_asked(server: ModelServer, kind: Kind) -> None:
    asked = Request(_ASK.messages, "test", temperature=0.5, top_p=0.25, stop=("END",), max_tokens=9)
    model(server, kind).complete(asked)
    told = server.chats[-1].body
    told |= told.pop("options", {})
    names = {"ollama": ("num_predict", "stop"), "anthropic": ("max_tokens", "stop_sequences")}
    most, stop = names.get(kind, ("max_tokens", "stop"))
    assert (told["temperature"], told["top_p"], told[stop], told[most]) == (0.5, 0.25, ["END"], 9)


def test_any_object_may_be_the_shape(server: ModelServer) -> None:
    asked = Request(_ASK.messages, "test", shape=Shape("object", {}))
    for kind, said in (("openai", {"type": "json_object"}), ("ollama", "json")):
        server.script.append(Say("{}"))
        assert model(server, kind).complete(asked).text == "{}"  # type: ignore[arg-type]
        assert said in server.chats[-1].body.values()


def test_embeddings(server: ModelServer) -> None:
    for kind in ("openai", "ollama"):
        assert model(server, kind).embed(["하나", "two"], "index") == [server.embedding] * 2
    with pytest.raises(ModelProblem, match="no embeddings"):
        model(server, "anthropic").embed(["x"], "index")


def test_tokens_are_counted_by_the_server_where_it_can(server: ModelServer) -> None:
    assert model(server, "llamacpp").count_tokens("one two three") == 3
    estimated = model(server, "openai").count_tokens("one two three")
    assert 3 <= estimated <= 6 and len(server.seen) == 1


def test_ollama_gets_room_for_the_whole_text(server: ModelServer) -> None:
    long = Request((Message("user", "가나다라마 " * 2000),), "test", max_tokens=100)
    model(server, "ollama").complete(long)
    model(server, "ollama", Abilities(context=8192)).complete(long)
    assert [one.body["options"]["num_ctx"] for one in server.chats] == [16384, 8192]


# -- shapes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    name: str
    days: int


@dataclass(frozen=True)
class Trip:
    to: Place
    with_whom: tuple[str, ...] = ()
    known: bool | None = None


def test_a_shape_comes_by_every_rung(server: ModelServer, kind: Kind) -> None:
    rungs = model(server, kind).abilities.rungs
    for rung in rungs:
        assert structured(model(server, kind, Abilities(rungs=(rung,))), _ASK, Trip).to == Place("서울", 7)
    assert len(server.chats) == len(rungs)


def test_refused_rungs_are_stepped_down(server: ModelServer, kind: Kind) -> None:
    server.refuses = {"grammar", "schema"}
    assert structured(model(server, kind), _ASK, Trip).to.days == 7
    server.refuses |= {"tools"}
    assert structured(model(server, kind), _ASK, Trip).to.days == 7


def test_llamacpp_is_given_a_grammar(server: ModelServer) -> None:
    assert structured(model(server, "llamacpp"), _ASK, Trip).to == Place("서울", 7)
    assert server.chats[0].body["grammar"].startswith("root ::=")


def test_a_wrong_shape_is_corrected_once(server: ModelServer, kind: Kind) -> None:
    server.script += [Say('{"name": "부산"}'), Say('{"name": "부산", "days": 2}')]
    assert structured(model(server, kind, Abilities(rungs=("schema",))), _ASK, Place) == Place("부산", 2)
    assert "days" in json.dumps(server.chats[-1].body["messages"][-1]) and len(server.chats) == 2


def test_loose_json_is_mended_and_prose_is_refused(server: ModelServer, kind: Kind) -> None:
    told_only = Abilities(rungs=("json",))
    for said in (
        'Sure: {"name": "부산", "days": "2",}',
        '```json\n{"name": "부산", "days": 2',
        '{"days": 2, "name": "부산',
    ):
        server.script.append(Say(said))
        assert structured(model(server, kind, told_only), _ASK, Place) == Place("부산", 2)
    server.script += [Say("No."), Say("Never.")]
    with pytest.raises(Garbled):
        structured(model(server, kind, told_only), _ASK, Place)


def test_a_reply_cut_at_its_limit_is_no_shape(server: ModelServer, kind: Kind) -> None:
    server.script += [Say('{"name": "부', stop="length")] * 2
    with pytest.raises(Garbled, match="cut off"):
        structured(model(server, kind, Abilities(rungs=("json",))), _ASK, Place)
