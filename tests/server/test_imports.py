"""Uploads: imported in the background, followed live, asked about meanwhile, taken up again after a stop."""

from __future__ import annotations

import asyncio
import io
import json
import threading
import time
import zipfile

import pytest

from darak.server.uploaded import safe_name

from .conftest import LIFE, URL, record, serving


def as_file(lines) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def many(count: int, word: str = "walnut"):
    return [record(f"{word}{n}", f"2022-01-{n % 28 + 1:02d}T09:00:00", f"{word} number {n}") for n in range(count)]


def wait_for(client, job_id: str) -> dict:
    for _ in range(600):
        job = client.get(f"/api/imports/{job_id}").json()
        if job["state"] not in ("queued", "reading"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def upload(client, name: str, data: bytes) -> dict:
    response = client.post("/api/imports", params={"name": name}, content=data)
    assert response.status_code == 202, response.text
    return response.json()


def test_an_upload_is_imported_and_found(served, home):
    job = upload(served.owner, "new.jsonl", as_file([record("x1", "2024-07-01T08:00:00", "quince jelly on the stove")]))
    done = wait_for(served.owner, job["id"])
    assert done["state"] == "done" and done["reports"][0]["new"] == 1
    (hit,) = served.owner.post("/api/search", json={"query": "quince", "limit": 1}).json()["hits"]
    assert hit["text"].startswith("quince") and hit["origins"][0]["path"] == "new.jsonl"
    assert not list((home / "uploads").iterdir())
    assert served.owner.get("/api/sources").json()[0]["path"] == "new.jsonl"


def test_a_zip_is_read_as_a_folder(served):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/in.jsonl", as_file([record("z1", "2024-07-02T08:00:00", "medlar")]))
        archive.writestr("../../escape.jsonl", as_file([record("z2", "2024-07-02T08:00:00", "escaped")]))
    done = wait_for(served.owner, upload(served.owner, "export.zip", packed.getvalue())["id"])
    assert sum(report["new"] for report in done["reports"]) == 1
    assert "path-escape" in json.dumps(done["reports"])


def test_the_same_file_again_adds_nothing(served):
    data = as_file(LIFE)
    done = wait_for(served.owner, upload(served.owner, "life.jsonl", data)["id"])
    assert sum(report["new"] for report in done["reports"]) == 0


def test_what_nobody_can_read_is_said(served):
    done = wait_for(served.owner, upload(served.owner, "x.bin", b"\x00\x01\x02 nothing")["id"])
    assert done["state"] == "incomplete" and done["reports"][0]["problems"][0]["code"] == "unknown-format"
    assert served.owner.post("/api/imports", params={"name": "x"}, content=b"").status_code == 422


def test_progress_is_told_until_the_end(served):
    job = upload(served.owner, "many.jsonl", as_file(many(3000)))
    with served.owner.stream("GET", f"/api/imports/{job['id']}/events") as response:
        names = [line.removeprefix("event: ") for line in response.iter_lines() if line.startswith("event: ")]
    assert names[-1] == "end" and set(names[:-1]) <= {"progress"}


def test_asking_works_while_an_import_runs(served):
    jobs = [upload(served.owner, f"{word}.jsonl", as_file(many(12_000, word))) for word in ("walnut", "hazel")]
    answered = 0
    while served.owner.get("/api/status").json()["importing"]:
        hits = served.owner.post("/api/search", json={"query": "heronkeeper"}).json()["hits"]
        assert hits[0]["text"].startswith("The heronkeeper")
        asked = served.owner.post("/api/ask", json={"question": "When is my dentist appointment?"})
        assert asked.json()["status"] == "answered"
        answered += 1
    assert answered > 2
    assert [wait_for(served.owner, job["id"])["state"] for job in jobs] == ["done", "done"]
    assert served.owner.get("/api/status").json()["records"] == 24_006
    assert len(served.owner.post("/api/search", json={"query": "hazel", "limit": 100}).json()["hits"]) == 100


def test_what_is_imported_is_found_before_the_import_has_ended(served):
    job = upload(served.owner, "walnut.jsonl", as_file(many(60_000)))
    early = 0
    while served.owner.get(f"/api/imports/{job['id']}").json()["state"] in ("queued", "reading"):
        early = early or len(served.owner.post("/api/search", json={"query": "walnut"}).json()["hits"])
        time.sleep(0.1)
    assert early


def test_people_change_while_an_import_runs(served):
    upload(served.owner, "walnut.jsonl", as_file(many(12_000)))
    person = served.owner.get("/api/people", params={"query": "Mina"}).json()["people"][0]
    renamed = served.owner.post("/api/people/rename", json={"person": person["person"], "name": "민아"})
    assert renamed.status_code == 200
    assert served.owner.get("/api/people", params={"query": "민아"}).json()["total"] == 1


def test_an_import_can_be_stopped(served):
    blocked = threading.Event()
    served.house.later(blocked.wait)
    job = upload(served.owner, "many.jsonl", as_file(many(100)))
    assert served.owner.delete(f"/api/imports/{job['id']}").status_code == 204
    blocked.set()
    assert wait_for(served.owner, job["id"])["state"] == "stopped"
    assert served.owner.get("/api/status").json()["records"] == 6


def test_an_upload_that_was_waiting_is_taken_up_at_the_next_start(life, home):
    waiting = home / "uploads" / ("0" * 16)
    waiting.mkdir(parents=True)
    (waiting / "left.jsonl").write_bytes(as_file([record("k1", "2024-07-03T08:00:00", "loquat")]))
    (home / "uploads" / "abc.part").write_bytes(b"half")
    with serving(life) as served:
        assert wait_for(served.owner, "0" * 16)["state"] == "done"
        assert served.owner.post("/api/search", json={"query": "loquat"}).json()["hits"]
        assert not list((home / "uploads").iterdir())


def test_what_was_said_of_an_upload_outlives_a_kill(life, home):
    statement = b"Transaction Date,Description,Amount\n2024-06-01,Inn,-4.50\n2024-06-02,Ferry,-12.00\n"
    with serving(life) as served:
        app = served.make_key("app", scopes=["read", "write"])
        served.house.later(served.house.closing.wait)  # so that it still waits when the server ends
        params = {"name": "visa.csv", "columns": "yes"}
        job = app.post("/api/imports", params=params, content=statement).json()
        served.house.closing.set()
    with serving(life) as served:
        app = served.make_key("reader", scopes=["read"])
        assert wait_for(served.owner, job["id"])["state"] == "done"
        assert served.owner.get("/api/status").json()["records"] == 8
        assert app.get(f"/api/imports/{job['id']}").status_code == 404
        (known,) = served.owner.app.state.imports.list()
        assert known.by == "app" and not list((home / "uploads").iterdir())


def test_a_statement_is_imported_once_its_columns_are_confirmed(served):
    statement = (
        b"Transaction Date,Description,Amount\n2024-06-01,Inn,-4.50\n2024-06-02,Ferry,-12.00\n2024-06-03,Inn,-7.25\n"
    )
    done = wait_for(served.owner, upload(served.owner, "visa.csv", statement)["id"])
    (proposal,) = done["proposals"]
    assert "date=Transaction Date" in proposal["columns"] and "2024-06-01" in proposal["example"]
    assert served.owner.get("/api/status").json()["records"] == 6
    params = {"name": "visa.csv", "columns": proposal["columns"]}
    job = served.owner.post("/api/imports", params=params, content=statement).json()
    assert wait_for(served.owner, job["id"])["state"] == "done"
    assert served.owner.get("/api/status").json()["records"] == 9
    params["columns"] = "nonsense"
    job = served.owner.post("/api/imports", params=params, content=statement + b"2024-06-04,Inn,-1.00\n").json()
    assert wait_for(served.owner, job["id"])["state"] == "failed"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\mail.mbox", "mail.mbox"),
        ("..", "upload"),
        ("", "upload"),
        ("a\x00b.zip", "a_b.zip"),
        ("대화.txt", "대화.txt"),
    ],
)
def test_a_name_names_only_a_file(given, kept):
    assert safe_name(given) == kept


def test_a_very_long_name_keeps_its_end():
    assert safe_name("가" * 400 + ".mbox").endswith("가.mbox")


def test_a_stopped_server_goes_on_with_its_uploads(darak_serve):
    data = as_file(many(30_000))
    running = darak_serve()
    with running.client() as owner:
        job = upload(owner, "many.jsonl", data)
    running.process.kill()
    running.process.wait()
    again = darak_serve()
    with again.client() as owner:
        assert wait_for(owner, job["id"])["state"] == "done"
        assert owner.get("/api/status").json()["records"] == 30_000
    assert again.stop() == 0


def test_reports_quote_nothing_that_was_forgotten(served):
    wait_for(served.owner, upload(served.owner, "x.md", b"# Heron\nwords of a heron")["id"])
    preview = served.owner.post("/api/forget/preview", json={"search": "heron"}).json()
    assert served.owner.post("/api/forget", json={"token": preview["token"]}).status_code == 200
    assert served.owner.get("/api/imports").json() == []


def test_an_upload_that_breaks_off_leaves_nothing_and_is_no_fault(served, home):
    cookie = "; ".join(f"{name}={value}" for name, value in served.owner.cookies.items())
    headers = {"host": URL.removeprefix("http://"), "origin": URL, "cookie": cookie, "content-length": "1000000"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/imports",
        "query_string": b"name=half.md",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
    }
    coming = iter([{"type": "http.request", "body": b"# half", "more_body": True}, {"type": "http.disconnect"}])
    told = []

    async def receive():
        return next(coming)

    async def send(message):
        told.append(message)

    asyncio.run(served.owner.app(scope, receive, send))
    assert told[0]["status"] == 499 and not list((home / "uploads").iterdir())
