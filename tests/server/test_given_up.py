"""A question that its asker has given up: no model goes on with it, and nothing of it is kept."""

from __future__ import annotations

import http.client
import json
import time
from urllib.parse import urlsplit

from tests.models.server import Say, Silence
from tests.server.openai.conftest import Talking, live

__all__ = ["live"]


def ask(live: Talking, question: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {live.server.door.token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/ask", json.dumps({"question": question, "conversation": None}), headers)
    return connection


def kept(live: Talking) -> list[str]:
    rows = live.vault.rows("SELECT question FROM turn ORDER BY id")
    return [question for (question,) in rows]


def test_a_question_given_up_ends_the_models_work_and_is_not_kept(live: Talking) -> None:
    live.models.choose(["vllm/tiny"])
    live.backend.script += [Silence(60, after="first", pings=True), Say("no record")]
    asking = ask(live, "When was the dentist appointment?")
    while not live.backend.chats:
        time.sleep(0.02)
    asking.close()
    assert live.backend.left.wait(20)
    asking = ask(live, "Who waits at the pier?")
    answered = asking.getresponse()
    assert answered.status == 200 and json.loads(answered.read())["conversation"]
    assert kept(live) == ["Who waits at the pier?"]
    asking.close()
