"""Notes that are told to Darak, by the owner or through a program."""

from __future__ import annotations

import pytest


def test_a_note_is_kept_with_the_program_that_took_it_down(served):
    own = served.owner.post("/api/remember", json={"text": "열쇠는 미나한테 있어", "title": "열쇠"})
    assert own.status_code == 201
    assert (own.json()["source"], own.json()["kind"], own.json()["title"]) == ("darak", "note", "열쇠")
    app = served.make_key("shortcut", scopes=["read", "write"])
    note = app.post("/api/remember", json={"text": "The ladder is at Mina's.", "via": "a \n phone"}).json()
    (hit,) = app.post("/api/search", json={"query": "ladder"}).json()["hits"]
    assert hit["id"] == note["id"] and hit["origins"][0]["path"] == "told to Darak through shortcut a phone"
    origins = served.owner.get(f"/api/records/{own.json()['id']}/origins").json()
    assert origins[0]["path"] == "told to Darak"


def test_only_who_may_write_is_listened_to(served):
    assert served.make_key("reader").post("/api/remember", json={"text": "x"}).status_code == 403
    assert served.stranger.post("/api/remember", json={"text": "x"}).status_code == 401


@pytest.mark.parametrize(
    "note", [{"text": " \n"}, {"text": 5}, {}, {"text": "x" * 100_001}, {"text": "a", "kind": "mail"}]
)
def test_what_is_no_note_is_refused(served, note):
    assert served.owner.post("/api/remember", json=note).status_code == 422
    assert served.owner.get("/api/status").json()["records"] == 6
