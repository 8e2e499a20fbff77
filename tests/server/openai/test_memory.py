"""The model `darak`, asked by OpenAI's own client."""

from __future__ import annotations

import json
import time

import httpx
import openai
import pytest
from pydantic import BaseModel
from tests.models.server import Disconnect, Say, Status

from darak.server.keys import read_log
from darak.server.limits import Limits

from .conftest import Talking

ASKED = [{"role": "user", "content": "When is the dentist appointment?"}]


def test_it_answers_with_an_annotation_for_each_mark(live: Talking) -> None:
    reply = live.client().chat.completions.create(model="darak", messages=ASKED)  # type: ignore[arg-type]
    message = reply.choices[0].message
    assert message.content and "14 May 2024" in message.content
    assert message.annotations
    cited = message.annotations[0].url_citation
    assert message.content[cited.start_index : cited.end_index] == "[1]"
    assert cited.title == "Dentist appointment"
    assert cited.url.startswith(f"{live.url}/records/")
    record = cited.url.removeprefix(f"{live.url}/records/")
    asking = {"authorization": f"Bearer {live.key('read', name='reader')}"}
    told = httpx.get(f"{live.url}/api/records/{record}", headers=asking, trust_env=False).json()
    assert told["title"] == "Dentist appointment"
    assert reply.usage and reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens
    assert reply.choices[0].finish_reason == "stop"
    assert (reply.model_extra or {})["darak"]["status"] == "answered"


def test_it_streams_the_same(live: Talking) -> None:
    client = live.client()
    whole = client.chat.completions.create(model="darak", messages=ASKED).choices[0].message  # type: ignore[arg-type]
    stream = client.chat.completions.create(
        model="darak",
        messages=ASKED,  # type: ignore[arg-type]
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    text = "".join(one.choices[0].delta.content or "" for one in chunks if one.choices)
    assert text == whole.content
    last = chunks[-2].choices[0]
    assert last.finish_reason == "stop"
    assert last.delta.model_extra and len(last.delta.model_extra["annotations"]) == len(whole.annotations or ())
    assert (chunks[-2].model_extra or {})["darak"]["status"] == "answered"
    assert chunks[-1].usage and chunks[-1].usage.completion_tokens > 0


def test_korean_is_answered_in_korean_and_no_record_is_said(live: Talking) -> None:
    client = live.client()
    asked = [{"role": "user", "content": [{"type": "text", "text": "다락방은 언제 청소했어?"}]}]
    reply = client.chat.completions.create(model="darak", messages=asked)  # type: ignore[arg-type]
    assert "2023년 3월 1일" in (reply.choices[0].message.content or "")
    none = client.chat.completions.create(
        model="darak", messages=[{"role": "user", "content": "When did I buy a submarine?"}]
    )
    assert (none.model_extra or {})["darak"]["status"] == "no_record"


def test_numbers_are_cited_by_the_day_they_begin_on(live: Talking) -> None:
    asked = [{"role": "user", "content": "How many steps did I walk in May 2024?"}]
    message = live.client().chat.completions.create(model="darak", messages=asked).choices[0].message  # type: ignore[arg-type]
    assert message.annotations
    assert message.annotations[0].url_citation.url == f"{live.url}/timeline/2024/5/1"


class Cited(BaseModel):
    number: int
    source: str
    time: str | None


class Told(BaseModel):
    answer: str
    citations: list[Cited]


def test_a_schema_that_an_answer_fits_is_filled_in(live: Talking) -> None:
    client = live.client()
    reply = client.chat.completions.parse(model="darak", messages=ASKED, response_format=Told)  # type: ignore[arg-type]
    told = reply.choices[0].message.parsed
    assert told and "14 May 2024" in told.answer
    assert told.citations == [Cited(number=1, source="calendar", time="2024-05-14T15:30:00")]
    plain = client.chat.completions.create(
        model="darak",
        messages=ASKED,  # type: ignore[arg-type]
        response_format={"type": "json_object"},
    )
    assert set(json.loads(plain.choices[0].message.content or "")) == {"answer", "status", "coverage", "citations"}


class Weather(BaseModel):
    degrees: float


def test_what_it_cannot_do_is_refused(live: Talking) -> None:
    client = live.client()
    with pytest.raises(openai.BadRequestError, match="can only fill in"):
        client.chat.completions.parse(model="darak", messages=ASKED, response_format=Weather)  # type: ignore[arg-type]
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}
    with pytest.raises(openai.BadRequestError, match="calls no tools"):
        client.chat.completions.create(model="darak", messages=ASKED, tools=[tool])  # type: ignore[arg-type, list-item]
    with pytest.raises(openai.BadRequestError, match="last message must be the user's"):
        client.chat.completions.create(model="darak", messages=[{"role": "system", "content": "Be kind."}])
    with pytest.raises(openai.BadRequestError, match="only text is taken"):
        picture = {"type": "image_url", "image_url": {"url": "data:,"}}
        client.chat.completions.create(model="darak", messages=[{"role": "user", "content": [picture]}])  # type: ignore[list-item, typeddict-item]
    with pytest.raises(openai.BadRequestError, match="Only one reply"):
        client.chat.completions.create(model="darak", messages=ASKED, n=2)  # type: ignore[arg-type]
    with pytest.raises(openai.BadRequestError, match="no embeddings"):
        client.embeddings.create(model="darak", input="x")


def test_a_key_sees_its_part_and_does_what_it_may(live: Talking) -> None:
    limited = live.client(api_key=live.key("ask", limits=Limits(sources=("phone",))))
    reply = limited.chat.completions.create(model="darak", messages=ASKED)  # type: ignore[arg-type]
    assert (reply.model_extra or {})["darak"]["status"] == "no_record"
    reader = live.client(api_key=live.key("read", name="reader"))
    with pytest.raises(openai.PermissionDeniedError, match="this key may not ask"):
        reader.chat.completions.create(model="darak", messages=ASKED)  # type: ignore[arg-type]
    with pytest.raises(openai.AuthenticationError):
        live.client(api_key="darak_nothing").models.list()


def test_too_many_requests_and_unknown_addresses_are_told_as_openai_tells_them(live: Talking) -> None:
    client = live.client()
    with pytest.raises(openai.NotFoundError) as missing:
        client.get("/assistants", cast_to=object)
    assert missing.value.body and missing.value.body["code"] == "unknown_url"  # type: ignore[index]
    _, rate = live.app.state.keys.caller(client.api_key)
    while not rate.take():
        pass
    with pytest.raises(openai.RateLimitError) as often:
        client.models.list()
    assert int(often.value.response.headers["retry-after"]) >= 1
    assert often.value.body["type"] == "rate_limit_error"  # type: ignore[index]


async def _asked(live: Talking) -> str:
    async with live.async_client() as client:
        stream = await client.chat.completions.create(model="darak", messages=ASKED, stream=True)  # type: ignore[arg-type]
        return "".join([one.choices[0].delta.content or "" async for one in stream])


def test_the_asynchronous_client_is_served_alike(live: Talking) -> None:
    import asyncio

    assert "14 May 2024" in asyncio.run(_asked(live))


def _streamed(live: Talking) -> tuple[str, list[str]]:
    """What a stream says, and what its annotations point at."""
    texts: list[str] = []
    marks: list[str] = []
    for chunk in live.client().chat.completions.create(model="darak", messages=ASKED, stream=True):  # type: ignore[call-overload]
        delta = chunk.choices[0].delta
        texts.append(delta.content or "")
        for one in (delta.model_extra or {}).get("annotations", ()):
            cited = one["url_citation"]
            marks.append("".join(texts)[cited["start_index"] : cited["end_index"]])
    return "".join(texts), marks


def test_the_owners_model_writes_the_answer(live: Talking) -> None:
    live.models.choose(["vllm/tiny"])
    said = "You see the dentist on 14 May 2024 at 15:30 [1]."
    live.backend.script += [Say(said), Say(said)]
    reply = live.client(api_key=live.key(name="first")).chat.completions.create(model="darak", messages=ASKED)  # type: ignore[arg-type]
    assert (reply.model_extra or {})["darak"] == {"status": "answered", "model": "vllm/tiny"}
    assert (reply.choices[0].message.content or "").startswith("You see the dentist on 14 May 2024 at 15:30 [1].")
    text, marks = _streamed(live)
    assert text == reply.choices[0].message.content and marks == ["[1]"]


def test_what_a_model_takes_back_stands_above_a_line(live: Talking) -> None:
    live.models.choose(["vllm/tiny"])
    live.backend.script += [Disconnect("You see the dentist on 14 May 2024 at 15:30 [1]. And"), *[Status(400)] * 9]
    text, marks = _streamed(live)
    first, _, second = text.partition("\n\n---\n\n")
    assert first == "You see the dentist on 14 May 2024 at 15:30 [1]."
    assert "14 May 2024" in second and marks == ["[1]"]


def test_a_question_may_lean_on_those_before_it(live: Talking) -> None:
    said = [
        {"role": "user", "content": "How many steps did I walk on 3 May 2024?"},
        {"role": "assistant", "content": "4,003 steps [1]."},
        {"role": "user", "content": "And on 5 May?"},
    ]
    client = live.client()
    reply = client.chat.completions.create(model="darak", messages=said)  # type: ignore[arg-type]
    assert "4,005" in (reply.choices[0].message.content or "")
    alone = client.chat.completions.create(model="darak", messages=said[-1:])  # type: ignore[arg-type]
    assert "4,005" not in (alone.choices[0].message.content or "")
    people = [
        {"role": "user", "content": "What was said about the heronkeeper on 1 May 2024?"},
        {"role": "assistant", "content": "The heronkeeper waits at the pier [1]."},
        {"role": "user", "content": "Who was there?"},
    ]
    reply = client.chat.completions.create(model="darak", messages=people)  # type: ignore[arg-type]
    assert "Hyunwoo" in (reply.choices[0].message.content or "")


def test_its_use_is_logged_and_other_sites_are_kept_out(live: Talking) -> None:
    key = live.key(name="desk")
    live.client(api_key=key).chat.completions.create(model="darak", messages=ASKED)  # type: ignore[arg-type]
    deadline = time.monotonic() + 20
    while not (log := read_log(live.vault, None, 5)) and time.monotonic() < deadline:
        time.sleep(0.05)
    (_, use), *_ = log
    assert (use.key, use.route, use.status) == ("desk", "POST /v1/chat/completions", 200)
    for strange in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        with pytest.raises(openai.PermissionDeniedError, match="other sites are refused"):
            live.client(api_key=key, default_headers=strange).models.list()


def test_a_quoted_record_shows_no_image_that_a_client_would_load(live: Talking) -> None:
    text = "The lanternfish photo: ![x](https://evil.example/seen.png) is here"
    line = {"type": "record", "id": "x", "source": "mail", "kind": "mail", "time": "2024-05-02", "text": text}
    reading = {"authorization": f"Bearer {live.key('read', 'write', name='importer')}"}
    sent = httpx.post(
        f"{live.url}/api/imports?name=x.jsonl", content=json.dumps(line), headers=reading, trust_env=False
    ).json()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        job = httpx.get(f"{live.url}/api/imports/{sent['id']}", headers=reading, trust_env=False).json()
        if job["state"] == "done":
            break
        time.sleep(0.1)
    asked = [{"role": "user", "content": "What was said about the lanternfish photo?"}]
    reply = live.client().chat.completions.create(model="darak", messages=asked)  # type: ignore[arg-type]
    assert "evil.example" in (reply.choices[0].message.content or "")
    assert "![" not in (reply.choices[0].message.content or "")
