"""What servers do that speak nearly the same: thoughts aloud in many forms, lists of their own, refusals of parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.models.server import Fail, ModelServer, Raw, Say, Status

from darak.models.chain import Chain
from darak.models.dialects.dialect import Kind, Server
from darak.models.model import Model, list_models
from darak.models.models import SERVERS, Models
from darak.models.problems import Absent, Denied, ModelProblem, NoModel, Refused
from darak.models.request import Message, Reply, Request, Switched, Text, Tool
from darak.models.wire import Draft, Patience, Wire
from darak.records.vault import Vault

_PATIENCE = Patience(first=20, between=20, whole=60, tries=2, backoff=0.01, longest_wait=0.1)
_TURNS = (Message("system", "Be short."), Message("user", "hi"))
_ASK = Request(_TURNS, "test", max_tokens=100, temperature=0.0)


def _nothing_leaves(draft: Draft) -> None:
    raise AssertionError(f"{draft.url} was about to leave")


def model_at(server: ModelServer, kind: Kind = "openai") -> Model:
    url = server.url if kind == "ollama" else f"{server.url}/v1"
    return Model(Server("here", kind, url), "tiny", Wire(_nothing_leaves, _PATIENCE))


def said(model: Model, request: Request = _ASK) -> str:
    """What stands there at the end of the stream."""
    text = ""
    for piece in model.stream(request):
        text = "" if isinstance(piece, Switched) else text + piece.text if isinstance(piece, Text) else text
        if isinstance(piece, Reply):
            assert piece.text == text
    return text


@pytest.mark.parametrize("pieces", [1, 3, 60])
@pytest.mark.parametrize(
    "text",
    [
        "<think>\nThe user greets me.\n</think>\n\nHello there.",
        "The user greets me. I greet back.\n</think>\n\nHello there.",
        "[THINK]greet back[/THINK]Hello there.",
        "<thinking>greet back</thinking> Hello there.",
        "<seed:think>greet</seed:think>Hello there.",
        "<|channel|>analysis<|message|>Greet.<|end|><|start|>assistant<|channel|>final<|message|>Hello there.",
        "Hello there.",
    ],
)
@pytest.mark.parametrize("tools", [(), (Tool("search", "", {"type": "object"}),)])
def test_thoughts_aloud_are_no_answer(server: ModelServer, text: str, pieces: int, tools: tuple[Tool, ...]) -> None:
    server.script.append(Say(text, pieces=pieces))
    assert said(model_at(server), Request(_TURNS, "test", tools)) == "Hello there."


def _sse(*chunks: object) -> Raw:
    lines = [chunk if isinstance(chunk, str) else json.dumps(chunk) for chunk in chunks]
    return Raw("".join(f"data: {line}\n\n" for line in lines).encode())


def test_text_in_parts_is_read_and_what_is_only_thought_is_not(server: ModelServer) -> None:
    parts = [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "Hello"}]
    more = {"choices": [{"index": 0, "delta": {"content": " there.", "tool_calls": None}, "finish_reason": "stop"}]}
    server.script.append(_sse({"choices": [{"index": 0, "delta": {"content": parts}}]}, more, "[DONE]"))
    assert said(model_at(server)) == "Hello there."


def test_a_stream_that_ends_as_it_should_need_not_tell_why(server: ModelServer) -> None:
    server.script.append(_sse({"choices": [{"delta": {"content": "Hello."}}]}, "[DONE]"))
    assert said(model_at(server)) == "Hello."


@pytest.mark.parametrize(
    ("refusal", "gone"),
    [
        ("Unsupported value: 'temperature' does not support 0.0 with this model.", "temperature"),
        ("Extra inputs are not permitted: stream_options", "stream_options"),
        ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens"),
    ],
)
def test_what_a_server_refuses_is_left_out_from_then_on(server: ModelServer, refusal: str, gone: str) -> None:
    model = model_at(server)
    server.script += [Status(400, refusal), Say("Hello."), Say("Again.")]
    assert said(model) == "Hello." and said(model) == "Again."
    assert [gone in chat.body for chat in server.chats] == [True, False, False]
    if gone == "max_tokens":
        assert server.chats[-1].body["max_completion_tokens"] == 100


@pytest.mark.parametrize("status", [400, 500])
def test_where_no_system_is_known_the_user_says_it(server: ModelServer, status: int) -> None:
    server.script += [Status(status, "Jinja Exception: System role not supported"), Say("Hello.")]
    assert said(model_at(server)) == "Hello."
    assert server.chats[-1].body["messages"] == [{"role": "user", "content": "Be short.\n\nhi"}]


def test_a_model_that_is_not_there_is_told_as_absent(server: ModelServer) -> None:
    for status, refusal in ((400, "model 'tiny' not found"), (404, "The model `tiny` does not exist.")):
        server.script.append(Status(status, refusal))
        with pytest.raises(Absent, match="is not to be had"):
            said(model_at(server))


def test_where_ollama_wants_its_owner_to_sign_in_is_told(server: ModelServer) -> None:
    where = "https://ollama.com/connect?name=desk&key=abc"
    server.script.append(Raw(json.dumps({"error": "unauthorized", "signin_url": where}).encode(), 401))
    with pytest.raises(
        Denied, match=r"wants a key \(401: unauthorized; sign in at https://ollama\.com/connect\?name=desk"
    ):
        said(model_at(server, "ollama"))


def test_a_refusal_of_nothing_that_can_be_left_out_is_told(server: ModelServer) -> None:
    server.script += [Status(400, "the prompt is not nice"), Say("Hello.")]
    with pytest.raises(Refused, match="not nice"):
        said(model_at(server))
    assert len(server.chats) == 1


@pytest.mark.parametrize(
    ("refusal", "window"),
    [
        ("This model's maximum context length is 2048 tokens. However, you requested 9000 tokens.", 2048),
        ("request (9412 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096),
        ("the request exceeds the available context size. try increasing the context size", 8192),
        ("The model is loaded with context length of only 4096 tokens, which is not enough", 4096),
        ("prompt is too long: 210000 tokens > 8000 maximum", 8000),
        (
            "This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049 input "
            "tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input "
            "prompt. (parameter=input_tokens, value=2049)",
            2048,
        ),
        (
            "max_tokens=3000 cannot be greater than max_model_len=2048. Please request fewer output tokens. "
            "(parameter=max_tokens, value=3000)",
            2048,
        ),
        (
            "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= "
            "n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input",
            4096,
        ),
    ],
)
def test_too_long_a_request_is_made_anew_for_the_window_that_there_is(
    server: ModelServer, refusal: str, window: int
) -> None:
    model, asked = model_at(server), list[int | None]()

    def request(model: Model) -> Request:
        asked.append(model.abilities.context)
        return replace(_ASK, fitted=True)

    server.script += [Status(400, refusal), Say("Hello.")]
    assert Chain([model], _PATIENCE).complete(request).text == "Hello."
    assert asked == [None, window] and not model.abilities.without


def test_what_somebody_else_asks_too_long_makes_no_window_smaller_than_it_is(server: ModelServer) -> None:
    model = model_at(server)
    for refusal in ("prompt is too long: 9000 tokens > 8000 maximum", "the request exceeds the available context size"):
        for _ in range(3):
            server.script.append(Status(400, refusal))
            with pytest.raises(Refused):
                said(model)
    assert model.abilities.context == 8000


@pytest.mark.parametrize("refusal", ["tiny does not support tools", "tools param requires --jinja flag"])
def test_a_model_without_tools_is_asked_without_them(server: ModelServer, refusal: str) -> None:
    tool = Tool("search", "Finds.", {"type": "object", "properties": {}})
    server.script += [Status(400, refusal), Say("Hello.")]
    chain = Chain([model_at(server)], _PATIENCE)
    assert chain.complete(lambda model: Request(_TURNS, "t", (tool,) if model.abilities.tools else ())).text == "Hello."


def test_a_model_that_gets_no_call_right_is_asked_without_tools(server: ModelServer) -> None:
    tool = Tool("search", "Finds.", {"type": "object", "properties": {}})
    failure = "The model produced output that does not match the expected peg-native format"
    server.script += [Fail("<tool", failure), Say("Hello.")]
    chain = Chain([model_at(server, "llamacpp")], _PATIENCE)
    assert chain.complete(lambda model: Request(_TURNS, "t", (tool,) if model.abilities.tools else ())).text == "Hello."
    assert ["tools" in chat.body for chat in server.chats] == [True, False]


def test_too_many_tokens_in_a_minute_are_no_window(server: ModelServer) -> None:
    model = model_at(server)
    server.script += [Status(429, "Request too large: tokens per min limit 4000", retry_after="60")]
    with pytest.raises(NoModel):
        Chain([model], _PATIENCE).complete(_ASK)
    assert model.abilities.context is None


def test_lists_of_models_in_other_forms(server: ModelServer) -> None:
    wire = Wire(_nothing_leaves, _PATIENCE)
    server.places["/v1/models"] = [
        {"id": "a", "context_length": 4096, "type": "chat"},
        {"id": "b", "type": "embedding"},
    ]
    first, second = list_models(Server("x", "openai", f"{server.url}/v1"), wire)
    assert (first.name, first.context, first.chats, second.chats) == ("a", 4096, True, False)
    server.places["/v1/models"] = {"object": "list", "data": None}
    assert list_models(Server("x", "openai", f"{server.url}/v1"), wire) == []


@pytest.mark.parametrize(
    ("kind", "path", "told"),
    [
        ("llamacpp", "/props", {"default_generation_settings": {"n_ctx": 4096}, "total_slots": 1}),
        ("lmstudio", "/api/v0/models", {"data": [{"id": "tiny", "type": "llm", "max_context_length": 131072,
                                                  "loaded_context_length": 4096}]}),
    ],
)  # fmt: skip
def test_the_window_is_what_the_server_was_started_with(
    server: ModelServer, kind: Kind, path: str, told: object
) -> None:
    server.places[path] = told
    assert model_at(server, kind).window() == 4096
    server.places[path] = Status(400, "model is not loaded")
    assert model_at(server, kind).window() == 8192
    server.places.clear()  # an older one, which does not tell
    assert model_at(server, kind).window() == 8192


def test_one_of_many_models_of_llama_cpp_is_not_loaded_to_be_looked_at(server: ModelServer) -> None:
    server.places["/props"] = {"role": "router", "default_generation_settings": {"params": {}, "n_ctx": 0}}
    assert model_at(server, "llamacpp").window() is None
    assert server.seen[-1].path == "/props?model=tiny&autoload=false"


@pytest.fixture
def models(server: ModelServer, tmp_path: Path) -> Iterator[Models]:
    with Vault.create(tmp_path / "vault", zone="UTC", use_keyring=False) as vault:
        yield Models(vault, environ={SERVERS: f"ollama={server.url}"})


def test_what_makes_only_vectors_is_not_chosen_to_answer(server: ModelServer, models: Models) -> None:
    server.models.append("qwen3-embedding:0.6b")
    assert [one.chats for one in models.here()[0].models] == [True, True, False]
    with pytest.raises(ModelProblem, match="writes no text"):
        models.use(["qwen3-embedding"])
    server.capabilities = ["embedding"]
    with pytest.raises(ModelProblem, match="writes no text"):
        models.use(["larger:7b"])
    assert not models.settings.order


def test_what_llama_cpp_has_for_vectors_alone_is_not_chosen_to_answer(server: ModelServer, tmp_path: Path) -> None:
    server.models = ["all-MiniLM-L6-v2.gguf"]
    server.places["/props"] = {"default_generation_settings": {"n_ctx": 512}, "total_slots": 1}
    with Vault.create(tmp_path / "vault", zone="UTC", use_keyring=False) as vault:
        here = Models(vault, environ={SERVERS: f"llamacpp={server.url}/v1"})
        with pytest.raises(ModelProblem, match="writes no text"):
            here.use(["minilm"])


def test_a_chosen_model_s_window_is_known_without_a_test(server: ModelServer, models: Models) -> None:
    server.capabilities, server.context = ["completion", "tools"], 40_960
    models.use(["tiny"])
    known = models.chain().models[0].abilities
    assert (known.context, known.tools, known.tested) == (40_960, True, False)
    assert "ollama/tiny" not in models.settings.abilities


def test_what_was_refused_once_is_remembered(server: ModelServer, models: Models) -> None:
    models.use(["tiny"])
    server.script += [Status(400, "system role is not supported"), Say("Hello."), Say("Again.")]
    assert models.chain().complete(_ASK).text == "Hello."
    assert models.chain().complete(_ASK).text == "Again." and len(server.chats) == 3
