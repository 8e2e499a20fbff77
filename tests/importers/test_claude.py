"""Claude's conversations and projects in, messages and documents out: blocks, attachments, branches, damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.ai_chats.claude import ClaudeImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity

CLAUDE = ClaudeImporter()
Json = dict[str, Any]
ROOT = "00000000-0000-4000-8000-000000000000"


def message(key: str, text: str | None, sender: str = "human", **other: Any) -> Json:
    content = [{"type": "text", "text": text, "citations": []}] if text is not None else []
    said = {"uuid": key, "text": text or "", "content": content, "sender": sender}
    return said | {"created_at": "2026-01-02T21:15:00.123456Z", "attachments": [], "files": []} | other


def conversation(key: str, *messages: Json, **other: Any) -> Json:
    times = {"created_at": "2026-01-02T21:00:00Z", "updated_at": "2026-01-02T22:00:00Z"}
    return {"uuid": key, "name": f"About {key}", **times, "chat_messages": list(messages)} | other


def write(folder: Path, value: Any, name: str = "conversations.json", **form: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, **form), "utf-8")
    return path


def test_messages_become_records(tmp_path: Path, read: Callable) -> None:
    talk = conversation("c", message("q", "무슨 책?"), message("a", "이 책", "assistant", parent_message_uuid="q"))
    question, answer = read(CLAUDE, write(tmp_path, [talk])).records
    assert (question.text, question.author, question.native_id) == ("무슨 책?", Identity("user"), "q")
    assert (answer.text, answer.author, answer.parent) == ("이 책", Identity("assistant"), "q")
    assert {(r.thread, r.title, r.kind) for r in (question, answer)} == {("c", "About c", "chat")}
    assert question.time.iso() == "2026-01-02T21:15:00.123Z"
    assert answer.origin.locator == "$[0].chat_messages[1]"


def test_only_what_was_said_is_text(tmp_path: Path, read: Callable) -> None:
    blocks = [
        {"type": "thinking", "thinking": "hm"},
        {"type": "tool_use", "name": "web_search", "input": {"query": "doors"}},
        {"type": "tool_result", "name": "web_search", "content": [{"type": "text", "text": "a page"}]},
        {"type": "tool_use", "name": "artifacts", "input": {"title": "Plan", "content": "1. saw"}},
        {"type": "tool_use", "name": "create_file", "input": {"path": "/plan.md", "file_text": "2. nail"}},
        {"type": "text", "text": "here it is"},
    ]
    placeholder = "```\nThis block is not supported on your current device yet.\n```\n\nhere it is"
    talk = conversation("c", message("a", placeholder, "assistant", content=blocks))
    (record,) = read(CLAUDE, write(tmp_path, [talk])).records
    assert record.text == "Plan\n1. saw\n\n/plan.md\n2. nail\n\nhere it is"
    assert record.extra["tools"] == ["web_search", "artifacts", "create_file"]


def test_attached_texts_are_part_of_the_message(tmp_path: Path, read: Callable) -> None:
    attached = [{"file_name": "a.txt", "file_size": 5, "extracted_content": "hello"}]
    first = message("q", "read this", attachments=attached, files=[{"file_name": "door.png"}])
    second = message("r", None, attachments=[{"file_name": "", "extracted_content": "긴 글"}])
    third = message("s", None, files=[{"file_name": "door.png"}])
    records = read(CLAUDE, write(tmp_path, [conversation("c", first, second, third)])).records
    assert [record.text for record in records] == ["read this\n\na.txt\nhello", "긴 글", "door.png"]
    assert records[0].extra["files"] == ["a.txt", "door.png"]


def test_old_exports_have_the_text_alone(tmp_path: Path, read: Callable) -> None:
    old = message("q", "plain")
    del old["content"]
    assert [record.text for record in read(CLAUDE, write(tmp_path, [conversation("c", old)])).records] == ["plain"]


def test_an_answer_that_was_left_for_another_says_so(tmp_path: Path, read: Callable) -> None:
    talk = conversation(
        "c",
        message("q", "first?", parent_message_uuid=ROOT),
        message("old", "one", "assistant", parent_message_uuid="q"),
        message("new", "two", "assistant", parent_message_uuid="q"),
    )
    records = read(CLAUDE, write(tmp_path, [talk])).records
    assert [(record.text, record.extra.get("abandoned"), record.parent) for record in records] == [
        ("first?", None, None), ("one", True, "q"), ("two", None, "q"),
    ]  # fmt: skip


def test_empty_messages_and_conversations_are_no_records(tmp_path: Path, read: Callable) -> None:
    reading = read(CLAUDE, write(tmp_path, [conversation("c", message("q", "")), conversation("d")]))
    assert not reading.records and reading.ignored == 1


def test_a_message_without_time_has_that_of_its_conversation(tmp_path: Path, read: Callable) -> None:
    reading = read(CLAUDE, write(tmp_path, [conversation("c", message("q", "x", created_at=None))]))
    assert reading.records[0].time.iso() == "2026-01-02T21:00:00Z"
    assert [flaw.code for flaw in reading.flaws] == ["no-time"]


def test_a_message_without_a_sender_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(CLAUDE, write(tmp_path, [conversation("c", message("q", "x", "hologram"), message("r", "y"))]))
    assert [row.code for row in reading.bad] == ["no-sender"] and len(reading.records) == 1


PROJECT = {
    "uuid": "p",
    "name": "이사",
    "description": "moving",
    "is_private": True,
    "prompt_template": "Answer in Korean.",
    "created_at": "2026-01-01T00:00:00+00:00",
    "docs": [{"uuid": "d", "filename": "boxes.md", "content": "12 boxes", "created_at": "2026-01-02T00:00:00+00:00"}],
}


def test_projects_and_their_documents(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, [conversation("c", message("q", "x"))])
    write(tmp_path, [PROJECT], "projects.json")
    write(tmp_path, [{"uuid": "u", "full_name": "Mira"}], "users.json")
    reading = read(CLAUDE, tmp_path)
    _, project, document = reading.records
    assert (project.kind, project.title, project.text) == ("note", "이사", "moving\n\nAnswer in Korean.")
    assert (document.kind, document.title, document.text, document.thread) == ("document", "boxes.md", "12 boxes", "p")
    assert len(reading.matches) == 1 and reading.ignored == 1
    assert (project.time.written, project.time.zone) == ("2026-01-01T00:00:00+00:00", "UTC")


def test_projects_may_be_a_file_each(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, PROJECT, "projects/p.json", indent=1)
    assert [record.native_id for record in read(CLAUDE, tmp_path).records] == ["p", "d"]


def test_a_cut_file_keeps_all_whole_conversations(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [conversation(key, message(f"m{key}", f"about {key}")) for key in "abc"])
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"about c")])
    reading = read(CLAUDE, path)
    assert [record.text for record in reading.records] == ["about a", "about b"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def test_reading_goes_on_from_every_checkpoint(tmp_path: Path, read: Callable) -> None:
    talks = [conversation(f"c{n}", *(message(f"{n}-{m}", f"said {n} {m}") for m in range(900))) for n in range(6)]
    path = write(tmp_path, talks)
    whole = read(CLAUDE, path)
    (position, *_) = whole.checkpoints
    rest = [
        item.native_id for item in CLAUDE.read(open_tree(path), whole.matches[0], position) if hasattr(item, "text")
    ]
    every = [record.native_id for record in whole.records]
    assert every[-len(rest) :] == rest and 0 < len(rest) < len(every)


def test_other_lists_are_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(CLAUDE, write(tmp_path, [{"uuid": "x", "messages": []}])).matches


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    path = write(
        tmp_path_factory.mktemp("claude"), [conversation("c", *(message(str(n), t) for n, t in enumerate(texts)))]
    )
    tree = open_tree(path)
    found = [item.text for match in CLAUDE.detect(tree) for item in CLAUDE.read(tree, match) if hasattr(item, "text")]
    assert found == [text.strip() for text in texts if text.strip()]
