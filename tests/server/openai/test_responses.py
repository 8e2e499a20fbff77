"""`/v1/responses`, asked by OpenAI's own client."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import openai
import pytest
from pydantic import BaseModel
from tests.models.server import CallTool, Fail, Say, Silence, Status

from .conftest import Talking

DENTIST = "When is the dentist appointment?"
WEATHER: Any = {
    "type": "function",
    "name": "weather",
    "description": "The weather in a city.",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    "strict": True,
}


def test_the_memory_answers_with_annotations(live: Talking) -> None:
    response = live.client().responses.create(model="darak", input=DENTIST)
    assert response.status == "completed" and "14 May 2024" in response.output_text
    (message,) = response.output
    assert message.type == "message"
    (part,) = message.content
    assert part.type == "output_text"
    cited = part.annotations[0]
    assert cited.type == "url_citation" and cited.url.startswith(f"{live.url}/records/")
    assert part.text[cited.start_index : cited.end_index] == "[1]"
    assert response.usage and response.usage.total_tokens > 0
    assert (response.model_extra or {})["darak"]["status"] == "answered"


def test_the_memory_streams_the_same(live: Talking) -> None:
    client = live.client()
    with client.responses.stream(model="darak", input=DENTIST) as stream:
        kinds = [event.type for event in stream]
        final = stream.get_final_response()
    assert kinds[:4] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
    ]
    assert "response.output_text.annotation.added" in kinds
    assert kinds[-4:] == [
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert final.output_text == client.responses.create(model="darak", input=DENTIST).output_text


def test_a_models_words_stream_one_by_one_in_order(live: Talking) -> None:
    live.backend.script.append(Say("하나 둘 셋 넷", pieces=4))
    events = list(
        live.client().responses.create(
            model="vllm/tiny", input="세어 봐", instructions="Count.", max_output_tokens=9, stream=True
        )
    )
    assert "".join(one.delta for one in events if one.type == "response.output_text.delta") == "하나 둘 셋 넷"
    assert [one.sequence_number for one in events] == list(range(len(events)))  # type: ignore[union-attr]
    last = events[-1]
    assert last.type == "response.completed" and last.response.output_text == "하나 둘 셋 넷"
    assert last.response.usage and last.response.usage.total_tokens == 16
    seen = live.backend.chats[-1].body
    assert [one["role"] for one in seen["messages"]] == ["system", "user"]
    assert seen["max_tokens"] == 9


def test_tools_go_there_and_back(live: Talking) -> None:
    client = live.client()
    live.backend.script += [CallTool("weather", {"city": "서울"}), Say("Sunny.")]
    asked: list[Any] = [{"role": "user", "content": "How is it in Seoul?"}]
    with client.responses.stream(model="vllm/tiny", input=asked, tools=[WEATHER]) as stream:
        kinds = {event.type for event in stream}
        first = stream.get_final_response()
    assert {"response.function_call_arguments.delta", "response.function_call_arguments.done"} <= kinds
    (call,) = first.output
    assert call.type == "function_call" and json.loads(call.arguments) == {"city": "서울"}
    asked += [call.model_dump(exclude={"parsed_arguments"})]
    asked += [{"type": "function_call_output", "call_id": call.call_id, "output": "21 degrees"}]
    second = client.responses.create(model="vllm/tiny", input=asked, tools=[WEATHER])
    assert second.output_text == "Sunny."
    seen = live.backend.chats[-1].body["messages"]
    assert [one["role"] for one in seen] == ["user", "assistant", "tool"]
    assert seen[1]["tool_calls"][0]["id"] == seen[2]["tool_call_id"]


class Place(BaseModel):
    city: str
    people: int


def test_a_reply_is_held_to_a_schema(live: Talking) -> None:
    response = live.client().responses.parse(model="vllm/tiny", input="A city.", text_format=Place)
    assert response.output_parsed == Place(city="서울", people=7)


def test_what_was_said_before_is_sent_again(live: Talking) -> None:
    client = live.client()
    first = client.responses.create(model="vllm/tiny", input="Hello")
    items: list[Any] = [{"role": "user", "content": [{"type": "input_text", "text": "Hello"}]}]
    items += [one.model_dump() for one in first.output]
    client.responses.create(model="vllm/tiny", input=[*items, {"role": "user", "content": "And now?"}])
    assert [one["content"] for one in live.backend.chats[-1].body["messages"]] == ["Hello", "Hello.", "And now?"]
    with pytest.raises(openai.BadRequestError, match="responses are not kept") as refused:
        client.responses.create(model="vllm/tiny", input="And?", previous_response_id=first.id)
    assert refused.value.param == "previous_response_id"


def test_what_is_cut_off_is_incomplete(live: Talking) -> None:
    live.backend.script += [Say("half a", stop="length")] * 2
    client = live.client()
    response = client.responses.create(model="vllm/tiny", input="Tell", max_output_tokens=2)
    assert response.status == "incomplete"
    assert response.incomplete_details and response.incomplete_details.reason == "max_output_tokens"
    events = list(client.responses.create(model="vllm/tiny", input="Tell", stream=True))
    assert events[-1].type == "response.incomplete"


def test_problems_before_and_in_the_middle(live: Talking) -> None:
    client = live.client()
    with pytest.raises(openai.BadRequestError, match="input"):
        client.responses.create(model="darak", input=[{"type": "item_reference", "id": "x"}])
    live.backend.script += [Status(429), Fail("half", "overloaded")]
    with pytest.raises(openai.RateLimitError):
        client.responses.create(model="vllm/tiny", input="Tell", stream=True)
    last = list(client.responses.create(model="vllm/tiny", input="Tell", stream=True))[-1]
    assert last.type == "response.failed"
    assert last.response.error and "overloaded" in last.response.error.message


def test_a_client_that_goes_away_ends_the_models_work(live: Talking) -> None:
    live.backend.script.append(Silence(60, after="first", pings=True))

    async def ask() -> None:
        async with live.async_client() as client:
            stream = await client.responses.create(model="vllm/tiny", input="Tell", stream=True)
            async for event in stream:
                if event.type == "response.output_text.delta":
                    break
            await stream.close()

    asyncio.run(ask())
    assert live.backend.left.wait(20)
