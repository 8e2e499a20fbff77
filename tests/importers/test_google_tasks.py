"""Google Tasks in a Takeout: days that are due, lists, what is done."""

from __future__ import annotations

import json
from pathlib import Path

from darak.importers.calendars.google_tasks import GoogleTasksImporter

TASKS = [
    {"id": "a", "title": "치과 예약", "status": "needsAction", "due": "2024-03-08T00:00:00.000Z", "notes": "오전에"},
    {
        "id": "b",
        "title": "call Ana",
        "status": "completed",
        "created": "2024-03-01T09:00:00.000Z",
        "completed": "2024-03-02T10:00:00.000Z",
        "parent": "a",
        "links": [{"type": "email", "link": "https://mail.example.org/1"}],
    },
    {"id": "c", "title": "gone", "status": "needsAction", "deleted": True},
    {"id": "d", "title": " ", "status": "needsAction"},
]


def test_tasks_of_every_list(tmp_path: Path, read) -> None:
    lists = [
        {"kind": "tasks#tasks", "id": "l1", "title": "집", "items": TASKS[:2], "selfLink": "x"},
        {"kind": "tasks#tasks", "id": "l2", "title": "Work", "items": TASKS[2:]},
    ]
    path = tmp_path / "Tasks.json"
    path.write_text(json.dumps({"kind": "tasks#taskLists", "items": lists}, ensure_ascii=False), "utf-8")
    reading = read(GoogleTasksImporter(), path)
    due, done = reading.records
    assert (due.time.iso(), due.title, due.text, due.extra["list"]) == ("2024-03-08", "치과 예약", "오전에", "집")
    assert (done.time.iso(), done.parent, done.extra["status"]) == ("2024-03-01T09:00:00.000Z", "a", "done")
    assert done.extra["completed"] == "2024-03-02T10:00:00.000Z" and done.url == "https://mail.example.org/1"
    assert reading.ignored == 2 and reading.bad == []


def test_one_list_alone(tmp_path: Path, read) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"kind": "tasks#tasks", "items": TASKS[:1]}), "utf-8")
    assert [record.title for record in read(GoogleTasksImporter(), path).records] == ["치과 예약"]
