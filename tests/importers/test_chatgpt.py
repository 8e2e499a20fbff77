"""ChatGPT conversations in, shown messages out: branches, odd contents, split files, damage, and resuming."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.ai_chats.chatgpt.chatgpt import ChatGPTImporter
from darak.importers.formats.json_array import Element, read_elements, shape_of
from darak.records.time import Precision

CHATGPT = ChatGPTImporter()
Json = dict[str, Any]


def message(key: str, role: str, text: object, time: float | None = 1700000000.0, **other: Any) -> Json:
    content = text if isinstance(text, dict) else {"content_type": "text", "parts": [text]}
    author = {"role": role, "name": other.pop("name", None), "metadata": {}}
    return {"id": key, "author": author, "create_time": time, "content": content, "metadata": {}} | other


def conversation(key: str, nodes: list[tuple[str, str | None, Json | None]], current: str | None, **other: Any) -> Json:
    """`nodes` are (id, parent, message)."""
    mapping = {
        node: {"id": node, "message": said, "parent": parent, "children": [n for n, p, _ in nodes if p == node]}
        for node, parent, said in nodes
    }
    start = {"title": f"About {key}", "create_time": 1699999999.5, "mapping": mapping}
    return start | {"current_node": current, "conversation_id": key} | other


def talk(key: str, turns: int = 2) -> Json:
    nodes: list[tuple[str, str | None, Json | None]] = [(f"{key}-root", None, None)]
    for turn in range(turns):
        role = ("user", "assistant")[turn % 2]
        said = message(f"{key}-{turn}", role, f"turn {turn} of {key}", 1700000000.0 + turn)
        nodes.append((f"{key}-{turn}", nodes[-1][0], said))
    return conversation(key, nodes, nodes[-1][0])


def write(tmp_path: Path, conversations: list[Json], name: str = "conversations.json", **form: Any) -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(conversations, **form), "utf-8")
    return path


BRANCHED = conversation(
    "c",
    [
        ("root", None, None),
        ("s", "root", message("s", "system", "")),
        ("u", "s", message("u", "user", "무슨 책을 읽을까?")),
        ("old", "u", message("old", "assistant", "first answer", 1700000001.0)),
        ("old2", "old", message("old2", "user", "no, another")),
        ("t", "u", message("t", "tool", {"content_type": "execution_output", "text": "42"}, name="python")),
        ("new", "t", message("new", "assistant", "두 번째 답", 1700000003.25, metadata={"model_slug": "gpt-5"})),
    ],
    "new",
)


def test_the_shown_path_becomes_records_and_the_rest_is_kept_with_it(tmp_path: Path, read: Callable) -> None:
    reading = read(CHATGPT, write(tmp_path, [BRANCHED]))
    assert [(r.author.handle, r.text) for r in reading.records] == [
        ("user", "무슨 책을 읽을까?"), ("tool", "42"), ("assistant", "두 번째 답"),
    ]  # fmt: skip
    question, tool, answer = reading.records
    assert [(a["id"], a["role"], a["text"]) for a in tool.extra["alternatives"]] == [
        ("old", "assistant", "first answer"), ("old2", "user", "no, another"),
    ]  # fmt: skip
    assert tool.extra["tool"] == "python" and answer.extra["model"] == "gpt-5"
    assert (question.parent, tool.parent, answer.parent) == (None, "c/u", "c/t")
    assert {r.thread for r in reading.records} == {"c"} and {r.title for r in reading.records} == {"About c"}
    assert reading.ignored == 3


def test_time_is_utc_as_precise_as_written(tmp_path: Path, read: Callable) -> None:
    times = [record.time for record in read(CHATGPT, write(tmp_path, [BRANCHED])).records]
    assert [time.iso() for time in times][::2] == ["2023-11-14T22:13:20Z", "2023-11-14T22:13:23.250Z"]
    assert times[0].precision is Precision.SECOND and times[2].written == "1700000003.25"


def test_a_message_without_time_takes_that_of_the_one_before_and_says_so(tmp_path: Path, read: Callable) -> None:
    nodes = [("a", None, message("a", "user", "one", None)), ("b", "a", message("b", "user", "two", None))]
    reading = read(CHATGPT, write(tmp_path, [conversation("c", nodes, "b")]))
    assert {record.time.iso() for record in reading.records} == {"2023-11-14T22:13:19.500Z"}
    assert [flaw.code for flaw in reading.flaws] == ["no-time", "no-time"]


def test_without_a_current_node_the_last_leaf_is_shown(tmp_path: Path, read: Callable) -> None:
    reading = read(CHATGPT, write(tmp_path, [BRANCHED | {"current_node": None}]))
    assert [record.text for record in reading.records][-1] == "두 번째 답"


def test_a_lost_parent_is_found_among_the_children(tmp_path: Path, read: Callable) -> None:
    damaged = json.loads(json.dumps(BRANCHED))
    damaged["mapping"]["new"]["parent"] = "nowhere"
    assert len(read(CHATGPT, write(tmp_path, [damaged])).records) == 3


CONTENTS: list[tuple[Json, str | None, str | None]] = [
    ({"content_type": "multimodal_text", "parts": ["see", {"asset_pointer": "sediment://file_1"}, ""]}, "see", None),
    ({"content_type": "multimodal_text", "parts": [{"content_type": "audio_transcription", "text": "hi"}]}, "hi", None),
    ({"content_type": "multimodal_text", "parts": [{"asset_pointer": "file-service://file-1"}]}, "", None),
    ({"content_type": "code", "language": "python", "text": "print(1)"}, "print(1)", None),
    ({"content_type": "tether_quote", "title": "Page", "url": "https://e.org", "text": "words"}, "Page\nwords", None),
    ({"content_type": "thoughts", "thoughts": [{"summary": "s", "content": "c"}]}, None, "reasoning"),
    ({"content_type": "user_editable_context", "user_profile": "x"}, None, "custom-instructions"),
    ({"content_type": "text", "parts": [""]}, None, "empty-message"),
    ({"content_type": "tether_browsing_code"}, None, "tool-call"),
    ({"content_type": "app_pairing_content", "context_parts": [{"text": "$ ls"}]}, None, "other-app"),
]


@pytest.mark.parametrize(("content", "text", "ignored"), CONTENTS)
def test_contents(content: Json, text: str | None, ignored: str | None, tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [conversation("c", [("a", None, message("a", "assistant", content))], "a")])
    reading = read(CHATGPT, path)
    assert [record.text for record in reading.records] == ([] if text is None else [text])
    assert reading.ignored == int(ignored is not None)


def test_marks_of_sources_are_no_words(tmp_path: Path, read: Callable) -> None:
    place = '\ue200entity\ue202["city","Sydney"]\ue201'
    written = f"It opened in 1973. \ue200cite\ue202turn0search0\ue202turn0search3\ue201 Near {place}."
    said = conversation("c", [("a", None, message("a", "assistant", written))], "a")
    (record,) = read(CHATGPT, write(tmp_path, [said])).records
    assert record.text == "It opened in 1973. Near Sydney."


def test_a_content_of_an_unknown_form_is_a_bad_row_with_its_bytes(tmp_path: Path, read: Callable) -> None:
    odd = message("a", "assistant", {"content_type": "hologram", "beam": [1]})
    reading = read(CHATGPT, write(tmp_path, [conversation("c", [("a", None, odd)], "a")]))
    assert [(row.code, b"hologram" in row.raw) for row in reading.bad] == [("unknown-content", True)]


def test_hidden_messages_are_ignored(tmp_path: Path, read: Callable) -> None:
    hidden = message("a", "user", "x", metadata={"is_visually_hidden_from_conversation": True})
    reading = read(CHATGPT, write(tmp_path, [conversation("c", [("a", None, hidden)], "a")]))
    assert not reading.records and reading.ignored == 1


def test_files_of_messages_come_with_them(tmp_path: Path, read: Callable) -> None:
    parts = {"content_type": "multimodal_text", "parts": ["look", {"asset_pointer": "file-service://file-Ab12Cd34Ef"}]}
    conversations = [conversation("c", [("a", None, message("a", "user", parts))], "a")]
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("conversations.json", json.dumps(conversations))
        archive.writestr("file-Ab12Cd34Ef-door.png", b"\x89PNG")
        archive.writestr("chat.html", "<html>")
        archive.writestr("notes.txt", "not of this export")
    reading = read(CHATGPT, path)
    (blob,) = reading.records[0].blobs
    assert (blob.name, blob.mime, blob.data) == ("file-Ab12Cd34Ef-door.png", "image/png", b"\x89PNG")
    assert reading.records[0].extra["assets"] == ["file-service://file-Ab12Cd34Ef"]
    assert reading.ignored == 2 and "export.zip!notes.txt" not in reading.matches[0].members


def test_documents_that_were_given_to_a_talk_come_with_it(tmp_path: Path, read: Callable) -> None:
    """They are named beside the message alone; a picture is named there, too."""
    attachments = [{"id": "file-Zx98Yw76Vu", "name": "계약서.pdf"}, {"id": "file-Ab12Cd34Ef", "name": "door.png"}]
    said = {"parts": ["읽어 줘", {"asset_pointer": "file-service://file-Ab12Cd34Ef"}]}
    nodes = [
        ("a", None, message("a", "user", said, metadata={"attachments": attachments})),
        ("b", "a", message("b", "user", "", metadata={"attachments": attachments[:1]})),
    ]
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("conversations.json", json.dumps([conversation("c", nodes, "b")]))
        archive.writestr("file-Ab12Cd34Ef-door.png", b"\x89PNG")
        archive.writestr("file-Zx98Yw76Vu-contract.pdf", b"%PDF")
    first, second = read(CHATGPT, path).records
    assert first.extra["files"] == ["계약서.pdf", "door.png"] and second.text == "계약서.pdf"
    assert [blob.data for blob in first.blobs] == [b"\x89PNG", b"%PDF"] and len(second.blobs) == 1


def test_split_files_are_one_export(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, [talk("a")], "conversations-000.json")
    write(tmp_path, [talk("b")], "conversations-001.json")
    reading = read(CHATGPT, tmp_path)
    assert len(reading.matches) == 1 and [r.thread for r in reading.records] == ["a", "a", "b", "b"]


def test_a_conversation_that_was_saved_alone_is_the_same(tmp_path: Path, read: Callable) -> None:
    listed = read(CHATGPT, write(tmp_path, [talk("a")]))
    path = tmp_path / "alone" / "a talk.json"
    path.parent.mkdir()
    path.write_text(json.dumps(talk("a"), indent=2), "utf-8")
    alone = read(CHATGPT, path)
    assert [(r.native_id, r.text) for r in alone.records] == [(r.native_id, r.text) for r in listed.records]
    assert alone.records[0].origin.locator.startswith("$.mapping[")
    path.write_bytes(path.read_bytes()[:-20])
    assert [row.code for row in read(CHATGPT, path).bad] == ["cut-off"]


def test_messages_of_the_same_id_in_two_conversations_stay_two(tmp_path: Path, read: Callable) -> None:
    copies = [conversation(key, [("m", None, message("m", "user", "hello"))], "m") for key in ("a", "b")]
    assert [r.native_id for r in read(CHATGPT, write(tmp_path, copies)).records] == ["a/m", "b/m"]


def test_origins_lead_back_to_the_message(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [talk("a"), BRANCHED])
    data = json.loads(path.read_text("utf-8"))
    for record in read(CHATGPT, path).records:
        index, rest = record.origin.locator.removeprefix("$[").split("].mapping[")
        found = data[int(index)]["mapping"][json.loads(rest.removesuffix("].message"))]["message"]
        assert f"{data[int(index)]['conversation_id']}/{found['id']}" == record.native_id


@pytest.mark.parametrize("text", ["[]", "{}", "", '[{"uuid": "k", "chat_messages": [{"text": "hi"}]}]', "[1, 2]"])
def test_other_files_are_left_alone(text: str, tmp_path: Path, read: Callable) -> None:
    (tmp_path / "conversations.json").write_text(text)
    assert not read(CHATGPT, tmp_path).matches


@pytest.mark.parametrize("form", [{}, {"indent": 1}])
def test_a_file_that_is_cut_anywhere_keeps_the_conversations_before(form: Json, tmp_path: Path, read: Callable) -> None:
    data = write(tmp_path, [talk(key) for key in "abc"], **form).read_bytes()
    ends = [data.index(f'"conversation_id": "{key}"'.encode()) for key in "abc"]
    for size in range(ends[0], len(data), 13):
        path = tmp_path / "cut.json"
        path.write_bytes(data[:size])
        reading = read(CHATGPT, path)
        whole = sum(data.index(b"}", end) < size for end in ends)
        assert len(reading.records) == 2 * whole
        assert [row.code for row in reading.bad] == ["cut-off"]


def test_one_damaged_byte_costs_at_most_one_conversation(tmp_path: Path, read: Callable) -> None:
    data = write(tmp_path, [talk(key) for key in "abc"], ensure_ascii=False).read_bytes()
    path = tmp_path / "damaged.json"
    for position in range(2, len(data) - 1, 3):
        for byte in (0x00, 0x22, 0x7D, 0xFF):
            path.write_bytes(data[:position] + bytes([byte]) + data[position + 1 :])
            reading = read(CHATGPT, path)
            if reading.matches:
                assert len({record.thread for record in reading.records} & set("abc")) >= 2
                assert len(reading.bad) <= 1


def test_a_damaged_letter_costs_a_letter(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [talk("a")])
    path.write_bytes(path.read_bytes().replace(b"turn 0", b"t\xffrn 0"))
    reading = read(CHATGPT, path)
    assert [record.text for record in reading.records] == ["t\ufffdrn 0 of a", "turn 1 of a"]
    assert [flaw.code for flaw in reading.flaws] == ["undecodable"]


def test_reading_goes_on_from_every_checkpoint(tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("darak.importers.ai_chats.chatgpt.chatgpt._CHECKPOINT_EVERY", 5)
    write(tmp_path, [talk(f"a{i}") for i in range(12)], "conversations-000.json")
    write(tmp_path, [talk(f"b{i}") for i in range(12)], "conversations-001.json", indent=1)
    whole = read(CHATGPT, tmp_path)
    ids = [(record.native_id, record.origin) for record in whole.records]
    assert len(whole.checkpoints) >= 4
    for position in whole.checkpoints:
        rest = [(record.native_id, record.origin) for record in read(CHATGPT, tmp_path, position).records]
        assert len(rest) < len(ids) and ids[len(ids) - len(rest) :] == rest


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(
    st.tuples(st.text(max_size=20), VALUES).map(lambda pair: {"title": pair[0], "create_time": 1, "more": pair[1]}),
    min_size=1,
    max_size=6,
)


def elements_of(data: bytes) -> list[Element]:
    shape = shape_of(data)
    assert shape is not None
    return list(read_elements(BytesIO(data), shape))


@given(objects=OBJECTS, indent=st.sampled_from([None, 1]), ascii_only=st.booleans(), chunk=st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_any_array_of_objects_is_read_back_element_by_element(
    objects: list[Json], indent: int | None, ascii_only: bool, chunk: int
) -> None:
    text = json.dumps(objects, indent=indent, ensure_ascii=ascii_only)
    data = text.encode("utf-8", "surrogatepass")
    if data.decode("utf-8", "replace") != text:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("darak.importers.formats.json_array._CHUNK", chunk)
        elements = elements_of(data)
    assert [element.value for element in elements] == objects
    assert all(json.loads(data[element.start : element.end]) == element.value for element in elements)


def test_elements_that_begin_with_other_keys_are_found_too() -> None:
    objects = [{"title": "a", "create_time": 1}, {"create_time": 2, "title": "b"}, {"title": "c", "create_time": 3}]
    assert [element.value for element in elements_of(json.dumps(objects).encode())] == objects


def test_an_element_that_is_too_large_is_left_out_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("MAX_ELEMENT", 1000), ("_CHUNK", 100), ("_OVERLAP", 100)):
        monkeypatch.setattr(f"darak.importers.formats.json_array.{name}", size)
    objects = [{"title": t, "create_time": 1, "text": "x" * size} for t, size in (("a", 1), ("b", 50_000), ("c", 1))]
    data = json.dumps(objects).encode()
    found = elements_of(data)
    assert [(element.problem, element.index) for element in found] == [("", 0), ("too-large", 1), ("", 2)]
    assert data[found[2].start : found[2].end] == json.dumps(objects[2]).encode()
    assert len(found[1].raw) <= 1100
