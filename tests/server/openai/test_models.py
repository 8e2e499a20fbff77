"""The owner's models, reached through Darak by OpenAI's own client."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import openai
import pytest
from pydantic import BaseModel
from tests.models.server import CallTool, Disconnect, Fail, Raw, Say, Silence, Status

from darak.models.privacy import outgoing

from .conftest import Talking

HELLO: list[Any] = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "안녕?"}]
WEATHER: Any = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather in a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def test_models_are_listed_and_looked_up(live: Talking) -> None:
    client = live.client()
    assert [one.id for one in client.models.list()] == ["darak", "vllm/tiny", "vllm/larger:7b"]
    assert client.models.retrieve("vllm/tiny").owned_by == "vllm"
    assert client.models.retrieve("darak").owned_by == "darak"
    with pytest.raises(openai.NotFoundError, match="no model 'vllm/none'"):
        client.models.retrieve("vllm/none")


@pytest.mark.parametrize("name", ["vllm/tiny", "tiny"])
def test_a_reply_is_passed_on(live: Talking, name: str) -> None:
    live.backend.script.append(Say("안녕하세요."))
    reply = live.client().chat.completions.create(
        model=name, messages=HELLO, temperature=0.5, top_p=0.5, max_tokens=20, stop="END"
    )
    assert reply.choices[0].message.content == "안녕하세요."
    assert (reply.model, reply.choices[0].finish_reason) == (name, "stop")
    assert reply.usage and (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (11, 5)
    (seen,) = live.backend.chats
    assert seen.body["messages"] == HELLO
    assert (seen.body["temperature"], seen.body["top_p"], seen.body["max_tokens"]) == (0.5, 0.5, 20)
    assert seen.body["stop"] == ["END"]


def test_a_reply_is_passed_on_as_it_comes(live: Talking) -> None:
    live.backend.script.append(Say("하나 둘 셋 넷", pieces=4))
    chunks = list(
        live.client().chat.completions.create(
            model="vllm/tiny", messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
    )
    texts = [one.choices[0].delta.content for one in chunks if one.choices and one.choices[0].delta.content]
    assert len(texts) == 4 and "".join(texts) == "하나 둘 셋 넷"
    assert chunks[-1].usage and chunks[-1].usage.total_tokens == 16
    assert len({one.id for one in chunks}) == 1


def test_the_first_words_come_within_200_ms_of_the_models(live: Talking) -> None:
    """The model says its first words and then nothing for a while: they are here before it goes on."""
    client, late = live.client(), 9.0
    client.models.list()
    for _ in range(5):  # the machine may be busy with something else
        live.backend.script.append(Silence(3, after="first words"))
        stream = client.chat.completions.create(model="vllm/tiny", messages=HELLO, stream=True)
        for chunk in stream:
            if chunk.choices[0].delta.content:
                late = min(late, time.time() - live.backend.said_at)
                break
        stream.close()
        if late < 0.2:
            break
    assert late < 0.2


def test_a_client_that_goes_away_ends_the_models_work(live: Talking) -> None:
    live.backend.script.append(Silence(60, after="first", pings=True))
    stream = live.client().chat.completions.create(model="vllm/tiny", messages=HELLO, stream=True)
    next(iter(stream))
    stream.close()
    assert live.backend.left.wait(20)


def test_so_does_one_that_waits_for_the_whole(live: Talking) -> None:
    live.backend.script.append(Silence(60, after="first", pings=True))

    async def ask_and_leave() -> None:
        async with live.async_client() as client:
            asking = asyncio.create_task(client.chat.completions.create(model="vllm/tiny", messages=HELLO))
            while not live.backend.chats:
                await asyncio.sleep(0.02)
            asking.cancel()
            await asyncio.wait({asking})

    asyncio.run(ask_and_leave())
    assert live.backend.left.wait(20)


def test_tools_go_there_and_back(live: Talking) -> None:
    client = live.client()
    live.backend.script += [CallTool("weather", {"city": "서울"}), Say("Sunny.")]
    first = client.chat.completions.create(model="vllm/tiny", messages=HELLO, tools=[WEATHER]).choices[0]
    assert first.finish_reason == "tool_calls" and first.message.content is None
    (call,) = first.message.tool_calls or ()
    assert call.type == "function"
    assert (call.function.name, json.loads(call.function.arguments)) == ("weather", {"city": "서울"})
    more = [*HELLO, first.message, {"role": "tool", "tool_call_id": call.id, "content": "21 degrees"}]
    second = client.chat.completions.create(model="vllm/tiny", messages=more, tools=[WEATHER])
    assert second.choices[0].message.content == "Sunny."
    seen = live.backend.chats[-1].body
    assert seen["messages"][-1] == {"role": "tool", "tool_call_id": call.id, "content": "21 degrees"}
    assert seen["messages"][-2]["tool_calls"][0]["function"]["name"] == "weather"
    assert seen["tools"][0]["function"]["parameters"] == WEATHER["function"]["parameters"]


@pytest.mark.parametrize(("kind", "path"), [("ollama", ""), ("anthropic", "/v1"), ("llamacpp", "/v1")])
def test_every_kind_of_server_is_reached_in_the_same_way(live: Talking, kind: Any, path: str) -> None:
    live.models.add(f"{live.backend.url}{path}", kind=kind, name="other")
    client = live.client()
    asked: Any = {"model": "other/tiny", "messages": HELLO, "stop": ["END"]}
    live.backend.script += [CallTool("weather", {"city": "서울"}), Say("Sunny.", pieces=3)]
    first = client.chat.completions.create(**asked, tools=[WEATHER]).choices[0]
    (call,) = first.message.tool_calls or ()
    assert call.type == "function" and json.loads(call.function.arguments) == {"city": "서울"}
    asked["messages"] = [*HELLO, first.message, {"role": "tool", "tool_call_id": call.id, "content": "21 degrees"}]
    chunks = list(client.chat.completions.create(**asked, tools=[WEATHER], stream=True))
    assert "".join(one.choices[0].delta.content or "" for one in chunks) == "Sunny."
    assert "21 degrees" in live.backend.chats[-1].raw.decode()


def test_calls_stream_and_may_be_chosen(live: Talking) -> None:
    client = live.client()
    other = {"type": "function", "function": {"name": "other"}}
    asked: Any = {"model": "vllm/tiny", "messages": HELLO, "tools": [other, WEATHER]}
    chosen: Any = {"type": "function", "function": {"name": "weather"}}
    with client.chat.completions.stream(**asked, tool_choice=chosen) as stream:
        done = stream.get_final_completion()
    (call,) = done.choices[0].message.tool_calls or ()
    assert call.function.name == "weather"
    seen = live.backend.chats[-1].body
    assert seen["tool_choice"] == "required"
    assert [one["function"]["name"] for one in seen["tools"]] == ["weather"]
    client.chat.completions.create(**asked, tool_choice="none")
    assert "tools" not in live.backend.chats[-1].body
    with pytest.raises(openai.BadRequestError, match="tool_choice"):
        client.chat.completions.create(**asked, tool_choice={"type": "function", "function": {"name": "third"}})


class Place(BaseModel):
    city: str
    people: int


def test_a_reply_is_held_to_a_schema(live: Talking) -> None:
    client = live.client()
    reply = client.chat.completions.parse(model="vllm/tiny", messages=HELLO, response_format=Place)
    assert reply.choices[0].message.parsed == Place(city="서울", people=7)
    live.backend.script.append(Say('{"any": 1}'))
    plain = client.chat.completions.create(model="vllm/tiny", messages=HELLO, response_format={"type": "json_object"})
    assert plain.choices[0].message.content == '{"any": 1}'
    assert live.backend.chats[-1].body["response_format"] == {"type": "json_object"}
    live.backend.refuses.add("schema")
    with pytest.raises(openai.BadRequestError, match="schema is not supported"):
        client.chat.completions.parse(model="vllm/tiny", messages=HELLO, response_format=Place)


@pytest.mark.parametrize(
    ("act", "kind", "said"),
    [
        (Status(401, "bad key"), openai.InternalServerError, "bad key"),
        (Status(404, "no such model"), openai.NotFoundError, "no such model"),
        (Status(422, "too odd"), openai.BadRequestError, "too odd"),
        (Status(429, "slow down", retry_after="7"), openai.RateLimitError, "slow down"),
        (Status(500, "oops"), openai.InternalServerError, "oops"),
        (Raw(b"<html>"), openai.InternalServerError, "not what its protocol says"),
        (Disconnect(), openai.InternalServerError, "broke the connection off"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_goes_wrong_there_has_the_clients_own_exception(
    live: Talking, act: Any, kind: type[openai.APIStatusError], said: str, stream: bool
) -> None:
    live.backend.script.append(act)
    with pytest.raises(kind, match=said) as raised:
        live.client().chat.completions.create(model="vllm/tiny", messages=HELLO, stream=stream)
    if isinstance(act, Status) and act.retry_after:
        assert raised.value.response.headers["retry-after"] == "7"


def test_what_goes_wrong_in_the_middle_is_told_in_the_middle(live: Talking) -> None:
    for act in (Fail("half", "overloaded"), Disconnect("half")):
        live.backend.script.append(act)
        stream = live.client(api_key=live.key(name=repr(act))).chat.completions.create(
            model="vllm/tiny", messages=HELLO, stream=True
        )
        texts: list[str] = []
        with pytest.raises(openai.APIError, match=r"overloaded|broke the connection off"):
            texts.extend(one.choices[0].delta.content or "" for one in stream)


def test_unknown_models_and_servers_that_are_gone(live: Talking) -> None:
    client = live.client()
    for name in ("gpt-none", "nowhere/tiny"):
        with pytest.raises(openai.NotFoundError) as raised:
            client.chat.completions.create(model=name, messages=HELLO)
        assert raised.value.code == "model_not_found"
    live.models.add("http://127.0.0.1:9/v1", name="gone")
    with pytest.raises(openai.InternalServerError, match="Nothing answers"):
        client.chat.completions.create(model="gone/tiny", messages=HELLO)


def test_nothing_goes_to_another_host_without_the_owners_yes(live: Talking) -> None:
    live.models.add("https://models.example/v1", name="far")
    client = live.client()
    with pytest.raises(openai.PermissionDeniedError, match=r"darak models allow models\.example"):
        client.chat.completions.create(model="far/large", messages=HELLO)
    with pytest.raises(openai.PermissionDeniedError):
        client.embeddings.create(model="far/large", input="secret")
    assert "far/large" not in [one.id for one in client.models.list()]
    assert not outgoing(live.vault)


def test_what_leaves_is_written_down_with_the_program_that_asked(live: Talking) -> None:
    live.models.add("https://models.invalid/v1", name="far")
    live.models.allow("models.invalid")
    with pytest.raises(openai.InternalServerError, match="Nothing answers"):
        live.client().chat.completions.create(model="far/large", messages=HELLO)
    (one,) = outgoing(live.vault)
    assert (one.host, one.model, one.purpose) == ("models.invalid", "large", "request of a program: app")
    assert one.bytes > 50


def test_embeddings_as_numbers_and_as_the_client_asks_for_them(live: Talking) -> None:
    client = live.client()
    told = client.embeddings.create(model="vllm/tiny", input=["하나", "two"])  # the client asks for base64
    assert [one.embedding for one in told.data] == [[0.25, -0.5, 1.0]] * 2
    plain = client.embeddings.create(model="vllm/tiny", input="one", encoding_format="float")
    assert plain.data[0].embedding == [0.25, -0.5, 1.0]
    assert live.backend.seen[-1].body["input"] == ["one"]
    live.models.add(f"{live.backend.url}/v1", kind="anthropic", name="claude")
    with pytest.raises(openai.BadRequestError, match="offers no embeddings"):
        client.embeddings.create(model="claude/large", input="x")
    with pytest.raises(openai.BadRequestError, match="none is empty"):
        client.embeddings.create(model="vllm/tiny", input="")


def test_asynchronous_streams_are_many_at_once(live: Talking) -> None:
    live.backend.script += [Say(f"reply {n}", pieces=5) for n in range(12)]

    async def ask(client: openai.AsyncOpenAI) -> str:
        stream = await client.chat.completions.create(model="vllm/tiny", messages=HELLO, stream=True)
        return "".join([one.choices[0].delta.content or "" async for one in stream])

    async def all_of_them() -> list[str]:
        async with live.async_client() as client:
            return await asyncio.gather(*(ask(client) for _ in range(12)))

    assert sorted(asyncio.run(all_of_them())) == sorted(f"reply {n}" for n in range(12))


def test_slow_models_hold_up_nobody_else(live: Talking) -> None:
    live.backend.script += [Silence(60, after="…") for _ in range(50)]
    client = live.client()
    streams = [client.chat.completions.create(model="vllm/tiny", messages=HELLO, stream=True) for _ in range(45)]
    answer = client.chat.completions.create(
        model="darak", messages=[{"role": "user", "content": "When is the dentist appointment?"}], timeout=20
    )
    assert "14 May 2024" in (answer.choices[0].message.content or "")
    for stream in streams:
        stream.close()


def test_a_file_on_this_disk_is_asked_like_a_server(live: Talking, tmp_path: Path) -> None:
    """Random weights say nothing of sense, but they say it through the whole way."""
    pytest.importorskip("xllamacpp", reason="the extra `models` is not installed")
    pytest.importorskip("gguf")
    from tests.models.tiny_gguf import write_tiny_gguf

    live.models.add(str(write_tiny_gguf(tmp_path / "tiny.gguf")))
    client = live.client(timeout=120)
    assert "gguf/tiny" in [one.id for one in client.models.list()]
    chunks = list(
        client.chat.completions.create(
            model="gguf/tiny", messages=HELLO, max_tokens=8, stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[-2].choices[0].finish_reason == "length"
    assert chunks[-1].usage and chunks[-1].usage.completion_tokens == 8
    reply = client.chat.completions.parse(model="gguf/tiny", messages=HELLO, response_format=Small)
    assert reply.choices[0].message.parsed in (Small(yes=True), Small(yes=False))


class Small(BaseModel):
    yes: bool
