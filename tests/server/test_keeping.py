"""Forgetting with a preview and a receipt, export, and keys that see only what they may."""

from __future__ import annotations

import base64
import hashlib
import json
import time

from darak.memory.forgetting import check
from darak.records.receipt import parse_receipt
from darak.records.vault import Vault

from .conftest import record, serving


def test_forgetting_shows_what_goes_and_leaves_a_receipt(served):
    before = served.owner.post("/api/forget/preview", json={"threads": ["pier club"]}).json()
    assert before["records"] == 3 and before["by_source"] == {"phone": 3} and before["first"] == "2024-05-01"
    assert before["people"] == {"Hyunwoo": 2, "Mina Kim": 1} and len(before["ids"]) == 3
    assert served.owner.get("/api/status").json()["records"] == 6  # a preview changes nothing
    done = served.owner.post("/api/forget", json={"token": before["token"], "keep": before["ids"][2:]}).json()
    assert done["records"] == 2
    left = served.owner.post("/api/search", json={"sources": ["phone"]}).json()["hits"]
    assert [hit["text"] for hit in left] == ["See you there"]
    assert not served.owner.post("/api/search", json={"query": "heronkeeper"}).json()["hits"]
    receipt = parse_receipt(json.dumps(done["receipt"]).encode())
    assert served.house.later(lambda: check(served.house.memory, receipt)).result() == []
    assert served.owner.post("/api/forget", json={"token": before["token"]}).status_code == 409


def test_a_preview_that_is_no_longer_true_is_refused(served):
    before = served.owner.post("/api/forget/preview", json={"search": "lantern"}).json()
    line = record("m9", "2024-05-02T10:00:00", "another lantern")
    job = served.owner.post("/api/imports", params={"name": "a.jsonl"}, content=json.dumps(line) + "\n").json()
    while served.owner.get(f"/api/imports/{job['id']}").json()["state"] in ("queued", "reading"):
        time.sleep(0.05)
    refused = served.owner.post("/api/forget", json={"token": before["token"]})
    assert refused.status_code == 409 and "changed" in refused.json()["detail"]


def test_forgetting_needs_something_to_forget(served):
    assert served.owner.post("/api/forget/preview", json={}).status_code == 422
    assert served.owner.post("/api/forget/preview", json={"search": "unsaid"}).status_code == 404
    assert served.owner.post("/api/forget/preview", json={"metrics": ["steps"], "search": "x"}).status_code == 422


def test_everything_is_forgotten_at_once(served):
    refused = served.owner.post("/api/forget/preview", json={"everything": True, "sources": ["phone"]})
    assert refused.status_code == 422 and "say one of the two" in refused.json()["detail"]
    before = served.owner.post("/api/forget/preview", json={"everything": True}).json()
    assert (before["records"], before["samples"], before["attachments"]) == (6, 28, 0)
    assert served.owner.post("/api/forget", json={"token": before["token"]}).json()["records"] == 6
    assert served.owner.get("/api/status").json()["samples"] == 0


def test_what_is_quoted_is_meant_inside_longer_words_too(served):
    assert served.owner.post("/api/forget/preview", json={"search": "heron"}).status_code == 404
    assert served.owner.post("/api/forget/preview", json={"search": '"heron"'}).json()["records"] == 1


def test_only_records_of_the_preview_can_be_left_out(served):
    before = served.owner.post("/api/forget/preview", json={"search": "lantern"}).json()
    other = served.owner.post("/api/search", json={"query": "dentist"}).json()["hits"][0]["id"]
    refused = served.owner.post("/api/forget", json={"token": before["token"], "keep": [other]})
    assert refused.status_code == 422 and "only records that would go" in refused.json()["detail"]


def test_samples_are_forgotten_by_metric(served):
    before = served.owner.post("/api/forget/preview", json={"metrics": ["steps"], "until": "2024-05-07"}).json()
    assert (before["records"], before["samples"]) == (0, 7)
    assert served.owner.post("/api/forget", json={"token": before["token"]}).json()["samples"] == 7
    assert served.owner.get("/api/status").json()["samples"] == 21


def test_an_export_is_whole(served):
    response = served.owner.get("/api/export")
    lines = [json.loads(line) for line in response.text.splitlines()]
    kinds = [line.get("type") for line in lines]
    assert kinds.count("sample") == 28 and kinds.count("record") == 6
    assert "attachment" in response.headers["content-disposition"]
    assert served.owner.get("/api/status").status_code == 200


def test_keys_do_only_what_they_may(served):
    reader = served.make_key("reader", scopes=["read"])
    assert reader.get("/api/status").status_code == 200
    assert reader.post("/api/ask", json={"question": "When?"}).status_code == 403
    assert reader.post("/api/imports", params={"name": "x"}, content=b"x").status_code == 403
    writer = served.make_key("writer", scopes=["write", "read"])
    assert writer.post("/api/people/rename", json={"person": 1, "name": "A"}).status_code == 200
    for method, path in (("get", "/api/keys"), ("get", "/api/audit"), ("get", "/api/export"), ("post", "/api/links")):
        assert writer.request(method, path).status_code == 403
    assert writer.post("/api/forget/preview", json={"search": "lantern"}).status_code == 403


def test_a_revoked_key_is_worthless(served):
    reader = served.make_key("reader", scopes=["read"])
    assert served.owner.post("/api/keys", json={"name": "reader", "scopes": ["read"]}).status_code == 409
    (key,) = served.owner.get("/api/keys").json()
    assert "secret" not in key
    assert served.owner.delete(f"/api/keys/{key['id']}").status_code == 204
    assert reader.get("/api/status").status_code == 401


def test_keys_outlive_the_server_and_lie_in_the_vault_as_hashes(life):
    with serving(life) as served:
        secret = served.owner.post("/api/keys", json={"name": "app", "scopes": ["read"]}).json()["secret"]
        assert served.with_key(secret).get("/api/status").status_code == 200
    assert secret not in repr(life.rows("SELECT * FROM api_key"))


def test_the_owner_reads_what_keys_have_asked(served):
    app = served.make_key("app", scopes=["read"])
    app.post("/api/search", json={"query": "a very private matter"})
    app.get("/api/keys")
    app.get("/api/records/00000000")
    for _ in range(100):
        log = served.owner.get("/api/audit").json()
        if len(log) == 3:
            break
        time.sleep(0.02)
    told = [(entry["key"], entry["route"], entry["status"]) for entry in reversed(log)]
    assert told == [
        ("app", "POST /api/search", 200),
        ("app", "GET /api/keys", 403),
        ("app", "GET /api/records/{record_id}", 404),
    ]
    assert "private" not in json.dumps(log)


def test_the_log_waits_for_a_busy_vault_and_loses_nothing(served):
    app = served.make_key()
    served.house._pen.db.set_busy_timeout(10)
    other = Vault.reader(served.house.home, served.house.vault.database_key)
    other.db.execute("PRAGMA query_only=OFF")
    with other.transaction():
        for _ in range(3):
            assert app.get("/api/status").status_code == 200
            time.sleep(0.1)
    deadline = time.monotonic() + 30
    while len(served.owner.get("/api/audit").json()) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    other.close()


def test_a_log_that_cannot_be_written_is_told(served, recwarn):
    app = served.make_key()
    served.house._pen.db.set_busy_timeout(10)
    other = Vault.reader(served.house.home, served.house.vault.database_key)
    other.db.execute("PRAGMA query_only=OFF")
    with other.transaction():
        app.get("/api/status")
        served.stranger.app.state.ledger.close()
    other.close()
    assert "written down: 1" in str(recwarn.list[-1].message)


def test_a_key_has_its_rate(served):
    app = served.make_key("app", scopes=["read"])
    codes = [app.get("/api/imports").status_code for _ in range(90)]
    assert codes[:60] == [200] * 60 and 429 in codes
    assert served.make_key("other", scopes=["read"]).get("/api/imports").status_code == 200


def test_a_limited_key_sees_nothing_else_anywhere(served):
    owner = served.owner
    secret_id = owner.post("/api/search", json={"query": "여권"}).json()["hits"][0]["id"]
    app = served.make_key("app", sources=["phone", "calendar"], since="2024-05-01", until="2024-05-10")
    status = app.get("/api/status").json()
    assert (status["records"], status["samples"], status["people"]) == (3, 0, 2)
    assert [one["source"] for one in status["sources"]] == ["phone"]
    hits = app.post("/api/search", json={"limit": 100}).json()["hits"]
    assert {hit["source"] for hit in hits} == {"phone"}
    assert app.post("/api/search", json={"query": "여권 다락방 dentist"}).json()["hits"] == []
    assert app.get(f"/api/records/{secret_id}").status_code == 404
    assert app.get(f"/api/records/{secret_id}/origins").status_code == 404
    assert [one["period"] for one in app.get("/api/timeline").json()] == ["2024"]
    assert app.get("/api/timeline/2024-05-14").json()["total"] == 0
    assert app.get("/api/sources").json() == []
    for question in ("When is my dentist appointment?", "다락방 청소는 언제 했어?", "How many steps in May 2024?"):
        answer = app.post("/api/ask", json={"question": question}).json()
        assert answer["status"] == "no_record" and "14 May" not in json.dumps(answer)
    assert app.post("/api/ask", json={"question": "When did the heronkeeper wait?"}).json()["status"] == "answered"


def test_a_key_of_kinds_sees_samples_only_when_they_are_named(served):
    without = served.make_key("notes", kinds=["note"])
    assert without.get("/api/status").json()["samples"] == 0
    assert without.get("/api/timeline").json() == [{"period": "2023", "records": {"diary": 1}, "samples": {}}]
    measured = served.make_key("steps", kinds=["sample"])
    status = measured.get("/api/status").json()
    assert (status["records"], status["samples"]) == (0, 28)


def test_a_limited_key_may_not_write(served):
    asked = {"name": "x", "scopes": ["write"], "kinds": ["note"]}
    assert served.owner.post("/api/keys", json=asked).status_code == 422


def test_an_attached_file_that_could_run_is_only_saved(life, take_in):
    svg, png = b"<svg onload='alert(1)'/>", bytes.fromhex("89504e470d0a1a0a")

    def line(key: str, data: bytes, mime: str, name: str) -> list[dict]:
        digest = hashlib.sha256(data).hexdigest()
        blob = {"hash": digest, "name": name, "mime": mime, "size": len(data)}
        part = {"type": "blob", "hash": digest, "size": len(data), "start": 0, "data": base64.b64encode(data).decode()}
        return [record(key, "2024-05-03T10:00:00", name, blobs=[blob]), part]

    take_in(life, [*line("b1", svg, "image/svg+xml", "x.svg"), *line("b2", png, "image/png", "사진.png")], "b.jsonl")
    with serving(life) as served:
        answers = [served.owner.get(f"/api/blobs/{hashlib.sha256(data).hexdigest()}") for data in (svg, png)]
        assert [one.content for one in answers] == [svg, png]
        assert answers[0].headers["content-type"] == "application/octet-stream"
        assert answers[0].headers["content-disposition"].startswith("attachment")
        assert answers[1].headers["content-type"] == "image/png"
        assert "sandbox" in answers[1].headers["content-security-policy"]
        hidden = served.make_key("notes", kinds=["note"])
        assert hidden.get(f"/api/blobs/{hashlib.sha256(png).hexdigest()}").status_code == 404
