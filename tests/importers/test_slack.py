"""Slack's export in, messages out: names for ids, threads, files, notices, several days and channels, damage."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.slack import SlackImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, record_id

SLACK = SlackImporter()

USERS = [
    {"id": "U00000001", "name": "mira", "profile": {"real_name": "Mira Oh", "display_name": "mi"}},
    {"id": "U00000002", "name": "jon", "profile": {"real_name": "Jon Kay"}},
]
CHANNELS = [{"id": "C00000001", "name": "boats", "members": ["U00000001", "U00000002"]}]
DMS = [{"id": "D00000001", "created": 1, "members": ["U00000001", "U00000002"]}]


def message(number: int, text: str = "hello", **more: Any) -> dict[str, Any]:
    ts = f"{1709554500 + number}.00020{number}"
    return {"type": "message", "user": "U00000001", "text": text, "ts": ts} | more


def write(folder: Path, **days: list[dict[str, Any]]) -> Path:
    """A workspace with the day files of these names, which are channel and day: `boats_2024_03_04`."""
    folder.mkdir(exist_ok=True)
    for name, data in (("users", USERS), ("channels", CHANNELS), ("dms", DMS)):
        (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")
    for name, messages in days.items():
        channel, _, day = name.partition("_")
        (folder / channel).mkdir(exist_ok=True)
        path = folder / channel / f"{day.replace('_', '-')}.json"
        path.write_text(json.dumps(messages, indent=4, ensure_ascii=False), "utf-8")
    return folder


def test_messages_of_all_channels_and_days_are_one_export(read: Callable, tmp_path: Path) -> None:
    days = {"boats_2024_03_04": [message(1)], "boats_2024_03_05": [message(2)], "D00000001_2024_03_04": [message(3)]}
    reading = read(SLACK, write(tmp_path / "export", **days))
    assert len(reading.matches) == 1 and reading.ignored == 3
    assert [(r.native_id, r.thread) for r in reading.records] == [
        ("D00000001/1709554503.000203", "Jon Kay, Mira Oh"),
        ("C00000001/1709554501.000201", "boats"),
        ("C00000001/1709554502.000202", "boats"),
    ]
    first = reading.records[1]
    assert first.author == Identity("U00000001", "Mira Oh") and first.time.iso() == "2024-03-04T12:15:01Z"


@pytest.mark.parametrize(
    ("written", "plain"),
    (
        ("<@U00000002> look", "@Jon Kay look"),
        ("<@U99|stranger> and <@U98>", "@stranger and @U98"),
        ("in <#C00000001|boats> or <#C00000001>", "in #boats or #boats"),
        ("<!here> <!subteam^S1|@crew> <!date^1392734382^{date}|Feb 18>", "@here @crew Feb 18"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://example.org|example.org> <https://example.org/a|this>", "http://example.org this (https://example.org/a)"),
        ("<mailto:mira@example.org|mira@example.org>", "mira@example.org"),
        ("1 &lt; 2 &amp;&amp; &amp;lt;", "1 < 2 && &lt;"),
    ),
)  # fmt: skip
def test_ids_links_and_entities_become_words(read: Callable, tmp_path: Path, written: str, plain: str) -> None:
    (record,) = read(SLACK, write(tmp_path / "e", boats_2024_03_04=[message(1, written)])).records
    assert record.text == plain


def test_replies_point_at_what_they_reply_to(read: Callable, tmp_path: Path) -> None:
    first = message(1, thread_ts="1709554501.000201")
    reply = message(2, thread_ts="1709554501.000201", subtype="thread_broadcast", root={})
    records = read(SLACK, write(tmp_path / "e", boats_2024_03_04=[first, reply])).records
    assert [r.parent for r in records] == [None, "C00000001/1709554501.000201"]
    assert {r.kind for r in records} == {"message"}


def test_files_edits_and_reactions_are_kept(read: Callable, tmp_path: Path) -> None:
    file = {
        "id": "F1",
        "name": "plan.pdf",
        "title": "The plan",
        "mimetype": "application/pdf",
        "url_private": "https://x",
    }
    rich = message(
        1,
        "",
        files=[file],
        edited={"user": "U00000001", "ts": "1709554600.000000"},
        reactions=[{"name": "wave", "users": ["U00000002"], "count": 1}],
    )
    (record,) = read(SLACK, write(tmp_path / "e", boats_2024_03_04=[rich])).records
    assert record.text == "The plan"
    assert record.extra["files"][0]["name"] == "plan.pdf"
    assert record.extra["edited"] == "2024-03-04T12:16:40Z"
    assert record.extra["reactions"] == [{"emoji": "wave", "by": ["U00000002"]}]


def test_bots_and_blocks_speak(read: Callable, tmp_path: Path) -> None:
    pieces = [{"type": "text", "text": "at "}, {"type": "user", "user_id": "U00000002"}]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]}]
    messages = [
        message(1, "", subtype="bot_message", user=None, bot_id="B1", username="ci", attachments=[{"title": "built"}]),
        message(2, "", blocks=blocks),
    ]
    bot, block = read(SLACK, write(tmp_path / "e", boats_2024_03_04=messages)).records
    assert (bot.author, bot.text) == (Identity("B1", "ci"), "built")
    assert block.text == "at @Jon Kay"


def test_notices_are_no_messages_and_huddles_are_calls(read: Callable, tmp_path: Path) -> None:
    messages = [
        message(1, "<@U00000001> has joined the channel", subtype="channel_join"),
        message(2, "", subtype="huddle_thread", room={"date_end": 1709554562, "participant_history": ["U00000002"]}),
        message(3, "", subtype="message_changed", user=None, original=message(1, "helo")),
    ]
    joined, call, change = read(SLACK, write(tmp_path / "e", boats_2024_03_04=messages)).records
    assert (joined.kind, joined.text) == ("other", "@Mira Oh has joined the channel")
    assert (call.kind, call.end and call.end.iso()) == ("call", "2024-03-04T12:16:02Z")
    assert call.people == (Identity("U00000002", "Jon Kay"),)
    assert (change.kind, change.text, change.parent) == ("other", "helo", "C00000001/1709554501.000201")


def test_empty_lists_beside_the_channels_are_part_of_the_export(read: Callable, tmp_path: Path) -> None:
    folder = write(tmp_path / "e", boats_2024_03_04=[message(1)])
    for name in ("groups", "mpims", "canvases"):
        (folder / f"{name}.json").write_text("[]")
    reading = read(SLACK, folder)
    assert len(reading.records) == 1 and reading.ignored == 6
    assert {"groups.json", "mpims.json", "canvases.json"} < set(reading.matches[0].members)


def test_a_zip_inside_a_mixed_folder_is_found(read: Callable, tmp_path: Path) -> None:
    folder = write(tmp_path / "e", boats_2024_03_04=[message(1)], empty_2024_03_05=[])
    path = tmp_path / "all" / "export.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*.json")):
            archive.write(file, file.relative_to(folder))
    assert [record_id(r) for r in read(SLACK, path.parent).records] == [
        record_id(r) for r in read(SLACK, folder).records
    ]


def test_other_arrays_of_objects_are_not_slacks(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": "U00000001", "profile": {}}]')
    (tmp_path / "b.json").write_text('[{"type": "message", "ts": 12, "text": "x"}]')
    assert SLACK.detect(open_tree(tmp_path)) == []


def test_reading_goes_on_after_a_checkpoint(read: Callable, tmp_path: Path) -> None:
    many = [message(n % 10, ts=f"{1709554500 + n}.000001") for n in range(2500)]
    folder = write(tmp_path / "e", boats_2024_03_04=many, boats_2024_03_05=[message(1)])
    whole = read(SLACK, folder)
    assert whole.checkpoints == ["1"]
    rest = read(SLACK, folder, "1")
    assert [r.native_id for r in rest.records] == [whole.records[-1].native_id]


def test_damage_costs_one_message(read: Callable, tmp_path: Path) -> None:
    folder = write(tmp_path / "e", boats_2024_03_04=[message(n, f"number {n}") for n in range(5)])
    day = folder / "boats" / "2024-03-04.json"
    whole = day.read_bytes()
    day.write_bytes(whole.replace(b'"number 2",', b'"number 2"x'))
    reading = read(SLACK, folder)
    assert [r.text for r in reading.records] == ["number 0", "number 1", "number 3", "number 4"]
    assert len(reading.bad) == 1
    day.write_bytes(whole[: whole.index(b'"number 3"')])
    reading = read(SLACK, folder)
    assert [r.text for r in reading.records] == ["number 0", "number 1", "number 2"]
    assert [row.code for row in reading.bad] == ["cut-off"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1, max_size=5))
def test_any_text_is_read_back(read: Callable, tmp_path: Path, texts: list[str]) -> None:
    written = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    days = {"boats_2024_03_04": [message(n, text) for n, text in enumerate(written)]}
    assert [r.text for r in read(SLACK, write(tmp_path / "e", **days)).records] == texts
