"""Conversations over HTTP: questions that know those before them, kept and erased as the owner likes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.server.conftest import Served

from darak.answers.answer import Step
from darak.answers.written.draft import Anew, Words
from darak.models.problems import Cancelled


def ask(client: Any, question: str, conversation: str | None = None) -> dict[str, Any]:
    answered = client.post("/api/ask", json={"question": question, "conversation": conversation})
    assert answered.status_code == 200, answered.text
    return answered.json()


def test_a_question_goes_on_with_the_one_before(served: Served) -> None:
    first = ask(served.owner, "How many steps did I walk in May 2024?")
    second = ask(served.owner, "and the year before?", first["conversation"])
    assert second["conversation"] == first["conversation"]
    assert second["plan"]["periods"][0]["since"] == "2023-05-01"
    assert second["plan"]["carried"] == ["steps"]
    kept = served.owner.get(f"/api/conversations/{first['conversation']}").json()
    questions = [turn["question"] for turn in kept["turns"]]
    assert questions == ["How many steps did I walk in May 2024?", "and the year before?"]
    assert kept["turns"][0]["answer"] == first["answer"] and kept["turns"][0]["citations"][0]["kind"] == "sample"


def test_a_question_without_a_conversation_is_not_kept(served: Served) -> None:
    alone = served.owner.post("/api/ask", json={"question": "When was the dentist appointment?"}).json()
    assert alone["conversation"] is None
    assert served.owner.get("/api/conversations").json() == {"conversations": [], "keeping": True}


def test_a_stream_tells_each_step_and_the_conversation(served: Served) -> None:
    asked = {"question": "When was the dentist appointment?", "conversation": None}
    lines = served.owner.post("/api/ask/stream", json=asked).text
    names = [line.removeprefix("event: ") for line in lines.splitlines() if line.startswith("event")]
    assert names.count("step") >= 2 and names[-1] == "answer"
    answer = json.loads(lines.rsplit("data: ", 1)[1])
    asked = {"question": "who was there?", "conversation": answer["conversation"]}
    again = served.owner.post("/api/ask/stream", json=asked).text
    assert "as before: dentist" in again
    unknown = {"question": "who?", "conversation": "0" * 16}
    assert "event: error" in served.owner.post("/api/ask/stream", json=unknown).text


def test_listed_searched_and_deleted(served: Served) -> None:
    dentist = ask(served.owner, "When was the dentist appointment?")["conversation"]
    ask(served.owner, "옥상에서 뭐 찾았지?")
    heads = served.owner.get("/api/conversations").json()["conversations"]
    assert [head["title"] for head in heads] == ["옥상에서 뭐 찾았지?", "When was the dentist appointment?"]
    found = served.owner.get("/api/conversations", params={"search": "dentist"}).json()["conversations"]
    assert [head["id"] for head in found] == [dentist]
    assert served.owner.delete(f"/api/conversations/{dentist}").status_code == 204
    assert served.owner.delete(f"/api/conversations/{dentist}").status_code == 404
    assert served.owner.get(f"/api/conversations/{dentist}").status_code == 404
    assert served.owner.delete("/api/conversations").status_code == 204
    assert served.owner.get("/api/conversations").json()["conversations"] == []


def test_nothing_is_kept_where_the_owner_says_so(served: Served) -> None:
    assert served.owner.put("/api/conversations/keeping", json={"keep": False}).status_code == 200
    first = ask(served.owner, "How many steps did I walk in May 2024?")
    second = ask(served.owner, "and in April?", first["conversation"])
    assert second["plan"]["carried"] == ["steps"]
    assert len(served.owner.get(f"/api/conversations/{first['conversation']}").json()["turns"]) == 2
    assert served.owner.get("/api/conversations").json() == {"conversations": [], "keeping": False}
    assert served.vault.rows("SELECT count(*) FROM turn") == [(0,)]
    assert served.owner.delete(f"/api/conversations/{first['conversation']}").status_code == 204


def test_one_that_is_kept_stays_as_it_was_when_no_more_are(served: Served) -> None:
    kept = ask(served.owner, "How many steps did I walk in May 2024?")["conversation"]
    served.owner.put("/api/conversations/keeping", json={"keep": False})
    after = ask(served.owner, "and in April?", kept)
    assert after["plan"]["carried"] == ["steps"] and after["conversation"] != kept
    assert ask(served.owner, "and in March?", after["conversation"])["plan"]["carried"] == ["steps"]
    turns = served.owner.get(f"/api/conversations/{kept}").json()["turns"]
    assert [turn["question"] for turn in turns] == ["How many steps did I walk in May 2024?"]
    assert served.owner.delete(f"/api/conversations/{kept}").status_code == 204
    assert served.vault.rows("SELECT count(*) FROM turn") == [(0,)]


def test_what_is_forgotten_is_not_told_by_one_that_is_not_kept(served: Served) -> None:
    served.owner.put("/api/conversations/keeping", json={"keep": False})
    passing = ask(served.owner, "When was the dentist appointment?")["conversation"]
    preview = served.owner.post("/api/forget/preview", json={"sources": ["calendar"]}).json()
    assert served.owner.post("/api/forget", json={"token": preview["token"]}).status_code == 200
    assert served.owner.get(f"/api/conversations/{passing}").status_code == 404


def test_a_new_key_is_told_nothing_that_an_earlier_one_was(served: Served) -> None:
    app = served.make_key("app")
    ask(app, "When was the dentist appointment?")
    (known,) = [one for one in served.owner.get("/api/keys").json() if one["name"] == "app"]
    assert served.owner.delete(f"/api/keys/{known['id']}").status_code == 204
    again = served.owner.post("/api/keys", json={"name": "app", "scopes": ["ask"], "kinds": ["note"]})
    assert again.status_code == 409 and "another name" in again.json()["detail"]
    assert served.make_key("app 2", kinds=["note"]).get("/api/conversations").json()["conversations"] == []


def test_a_key_goes_on_with_its_own_conversations_alone(served: Served) -> None:
    mine = ask(served.owner, "When was the dentist appointment?")["conversation"]
    app = served.make_key("app")
    theirs = ask(app, "How many steps did I walk in May 2024?")["conversation"]
    assert ask(app, "and in April?", theirs)["plan"]["carried"] == ["steps"]
    for client, conversation in ((app, mine), (served.owner, theirs)):
        refused = client.post("/api/ask", json={"question": "why?", "conversation": conversation})
        assert refused.status_code == 404 and refused.json() == {"detail": "there is no such conversation"}
    assert [head["id"] for head in app.get("/api/conversations").json()["conversations"]] == [theirs]
    assert app.get(f"/api/conversations/{mine}").status_code == 404
    assert app.delete(f"/api/conversations/{mine}").status_code == 404
    assert app.delete("/api/conversations").status_code == 403
    heads = served.owner.get("/api/conversations").json()["conversations"]
    assert {head["id"]: head["key"] for head in heads} == {mine: None, theirs: "app"}


def test_a_forgotten_record_takes_the_turns_along_that_quote_it(served: Served) -> None:
    conversation = ask(served.owner, "When was the dentist appointment?")["conversation"]
    preview = served.owner.post("/api/forget/preview", json={"sources": ["calendar"]}).json()
    assert preview["turns"] == 1
    receipt = served.owner.post("/api/forget", json={"token": preview["token"]}).json()
    assert receipt["turns"] == 1
    assert served.owner.get(f"/api/conversations/{conversation}").status_code == 404


@pytest.mark.parametrize("conversation", ["", "x", "../..", "0" * 17, 5, ["0"]])
def test_what_is_no_conversation_is_refused(served: Served, conversation: Any) -> None:
    asked = {"question": "when?", "conversation": conversation}
    assert served.owner.post("/api/ask", json=asked).status_code == 422


def test_what_a_model_says_and_takes_back_is_streamed_in_order(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    answering = served.owner.app.state.answering  # type: ignore[union-attr]
    by_rules = answering.answer

    def answer(*asked: Any, on_event: Any, **options: Any) -> Any:
        for one in (Step("ask a model", "…"), Words("It was "), Anew("broke off"), Words("14 May. [1]")):
            on_event(one)
        return by_rules(*asked, **options)

    monkeypatch.setattr(answering, "answer", answer)
    asked = {"question": "When was the dentist appointment?", "conversation": None}
    events = served.owner.post("/api/ask/stream", json=asked).text.strip().split("\n\n")
    assert [event.split("\n")[0] for event in events] == [
        *("event: step", "event: words", "event: anew", "event: words", "event: answer")
    ]
    assert len(served.owner.get("/api/conversations").json()["conversations"]) == 1


def test_a_reader_who_goes_away_leaves_no_turn(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: Any, **options: Any) -> Any:
        raise Cancelled("Stopped.")

    monkeypatch.setattr(served.owner.app.state.answering, "answer", answer)  # type: ignore[union-attr]
    served.owner.post("/api/ask/stream", json={"question": "When?", "conversation": None})
    assert served.owner.get("/api/conversations").json()["conversations"] == []
