"""Coverage, search, answers and single records over HTTP."""

from __future__ import annotations

import json

import pytest


def test_status_tells_each_source_by_year(served):
    status = served.owner.get("/api/status").json()
    assert status["records"] == 6 and status["samples"] == 28 and status["importing"] is False
    phone = next(one for one in status["sources"] if one["source"] == "phone")
    assert phone["years"] == {"2024": 3} and phone["first"] == "2024-05-01"


def test_a_hit_has_its_context_and_origin(served):
    found = served.owner.post("/api/search", json={"query": "heronkeeper", "context": 2}).json()["hits"]
    assert found[0]["text"].startswith("The heronkeeper") and found[0]["author"]["handle"] == "Hyunwoo"
    assert [line["text"] for line in found[0]["after"]] == ["I bring the lantern", "See you there"]
    assert found[0]["origins"][0]["locator"]


def test_every_filter_of_search_narrows(served):
    def sources(**filters):
        hits = served.owner.post("/api/search", json={"limit": 50} | filters).json()["hits"]
        return sorted({hit["source"] for hit in hits})

    assert sources() == ["calendar", "card", "diary", "phone"]
    assert sources(kinds=["event", "note"]) == ["calendar", "diary"]
    assert sources(sources=["card"]) == ["card"]
    assert sources(since="2024") == ["calendar", "card", "phone"]
    assert sources(until="2023") == ["diary"]
    assert sources(people=["Mina Kim"]) == ["phone"]
    assert sources(threads=["pier club"]) == ["phone"]


def test_an_unknown_name_is_told(served):
    refused = served.owner.post("/api/search", json={"people": ["Nobody"]})
    assert refused.status_code == 422 and "nobody called Nobody" in refused.json()["detail"]


def test_an_answer_cites_its_records(served):
    answer = served.owner.post("/api/ask", json={"question": "When is my dentist appointment?"}).json()
    assert answer["status"] == "answered" and "14 May 2024" in answer["answer"]
    cited = served.owner.get(f"/api/records/{answer['citations'][0]['id']}").json()
    assert cited["title"] == "Dentist appointment" and cited["day"] == "2024-05-14"


def test_an_answer_streams_its_steps_first(served):
    with served.owner.stream("POST", "/api/ask/stream", json={"question": "다락방 청소는 언제 했어?"}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n", 1) for block in "".join(response.iter_text()).strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    assert names[-1] == "answer" and set(names[:-1]) == {"step"}
    assert "2023" in json.loads(events[-1][1].removeprefix("data: "))["answer"]


def test_a_record_stands_in_its_thread(served):
    (hit,) = served.owner.post("/api/search", json={"query": "lantern", "limit": 1}).json()["hits"]
    record = served.owner.get(f"/api/records/{hit['id'][:12]}", params={"before": 1, "after": 1}).json()
    assert [line["text"] for line in record["before"]] == ["The heronkeeper waits at the pier"]
    assert [line["text"] for line in record["after"]] == ["See you there"]
    assert record["origins"] == served.owner.get(f"/api/records/{hit['id']}/origins").json()
    assert served.owner.get("/api/records/00000000").status_code == 404


def test_the_document_names_every_route(served):
    document = served.owner.get("/api/openapi.json").json()
    assert {"/api/ask", "/api/search", "/api/status", "/api/imports"} <= document["paths"].keys()


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("ask", {"question": " \n"}, "question says nothing"),
        ("ask", {"question": ""}, "question says nothing"),
        ("ask", {}, "question is missing"),
        ("ask", {"question": "x", "qestion": "y"}, "qestion is not known here"),
        ("ask", {"question": "x", "conversation": "mine"}, "conversation is no id, which has 16 of the characters"),
        ("ask", {"question": "x", "now": "0001-01-01"}, "now is too far away"),
        ("search", {"since": "last May"}, "since is no day, month or year, such as 2024-05-01"),
        ("search", {"limit": 0}, "limit: Input should be greater than or equal to 1"),
        ("forget/preview", {"records": ["x"]}, "records.0 is no id of a record"),
        ("ask", "{", "the body is no JSON object"),
        ("ask", "[1]", "the body is no JSON object"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_words(served, path, body, told):
    sent = body if isinstance(body, str) else json.dumps(body)
    refused = served.owner.post(f"/api/{path}", content=sent, headers={"content-type": "application/json"})
    assert refused.status_code == 422 and refused.json()["detail"].startswith(told)
