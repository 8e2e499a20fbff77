"""Discord in, messages out: the package's JSON and CSV, DiscordChatExporter's channels, and one id in both."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.discord import DiscordImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, Record, record_id

DISCORD = DiscordImporter()
COLUMNS = ("ID", "Timestamp", "Contents", "Attachments")
FIRST = 1214233000000000001


def package(folder: Path, texts: list[str], form: str = "json", attachments: str = "") -> Path:
    """A package of one server channel and one direct message, with what the owner wrote in the latter."""
    talk, general = folder / "Messages" / "c77", folder / "Messages" / "c88"
    for channel in (talk, general, folder / "Account"):
        channel.mkdir(parents=True, exist_ok=True)
    account = {
        "id": "1", "username": "jon", "global_name": "Jon", "avatar_hash": "x",
        "relationships": [{"id": "5", "type": 1, "nickname": None, "user": {"id": "5", "username": "mira"}}],
    }  # fmt: skip
    for path, data in (
        (folder / "Account" / "user.json", account),
        (folder / "Messages" / "index.json", {"77": "Direct Message with mira#0", "88": None}),
        (talk / "channel.json", {"id": "77", "type": 1, "recipients": ["1", "5"]}),
        (general / "channel.json", {"id": "88", "type": 0, "name": "general", "guild": {"id": "9", "name": "Boats"}}),
        (general / "messages.json", [dict(zip(COLUMNS, (7, "2024-03-04 12:00:00", "all", ""), strict=True))]),
    ):
        path.write_text(json.dumps(data), "utf-8")
    if form == "json":
        rows = [
            {"ID": FIRST + n, "Timestamp": f"2024-03-04 12:15:{n:02d}", "Contents": text, "Attachments": attachments}
            for n, text in enumerate(texts)
        ]
        (talk / "messages.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    else:
        with (talk / "messages.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for n, text in enumerate(texts):
                writer.writerow([FIRST + n, f"2024-03-04 12:15:{n:02d}.000000+00:00", text, attachments])
    return folder


def exported(number: int, text: str = "hello", **more: Any) -> dict[str, Any]:
    return {
        "id": str(FIRST + number),
        "type": "Default",
        "timestamp": f"2024-03-04T21:15:{number:02d}.5+09:00",
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": {"id": "5", "name": "mira", "discriminator": "0000", "nickname": "Mira"},
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [],
    } | more  # fmt: skip


def channel(path: Path, *messages: dict[str, Any], guild: str = "Boats") -> Path:
    about = {
        "guild": {"id": "9" if guild else "0", "name": guild or "Direct Messages"},
        "channel": {"id": "88", "type": "GuildTextChat", "name": "general", "topic": 'say "hi" {here}'},
        "dateRange": {"after": None, "before": None},
        "messages": list(messages),
        "messageCount": len(messages),
    }
    path.write_text(json.dumps(about, ensure_ascii=False, indent=2), "utf-8")
    return path


def talk(records: list[Record]) -> list[Record]:
    return [r for r in records if r.extra["channel"] == "77"]


@pytest.mark.parametrize("form", ("json", "csv"))
def test_the_packages_messages_are_the_owners_with_their_channels(read: Callable, tmp_path: Path, form: str) -> None:
    reading = read(DISCORD, package(tmp_path / "p", ["first\nline, two", '"quoted" 안녕'], form))
    first, second = talk(reading.records)
    assert (first.text, second.text) == ("first\nline, two", '"quoted" 안녕')
    assert first.author == Identity("1", "Jon") and first.people == (Identity("5", "mira"),)
    assert (first.native_id, first.thread) == (str(FIRST), "Direct Message with mira#0")
    assert first.time.iso().startswith("2024-03-04T12:15:00") and first.time.zone == "UTC"
    (general,) = [r for r in reading.records if r.extra["channel"] == "88"]
    assert general.thread == "general in Boats" and not general.people
    assert reading.ignored == 4 and len(reading.matches) == 1


def test_json_and_csv_of_the_same_messages_are_the_same_records(read: Callable, tmp_path: Path) -> None:
    ids = [
        {record_id(r) for r in talk(read(DISCORD, package(tmp_path / form, ["a", "b"], form)).records)}
        for form in ("json", "csv")
    ]
    assert ids[0] == ids[1] and len(ids[0]) == 2


def test_mentions_emojis_and_attachments_are_told_in_words(read: Callable, tmp_path: Path) -> None:
    path = package(tmp_path / "p", ["<@5> in <#88> <:wave:123> <@99>"])
    assert talk(read(DISCORD, path).records)[0].text == "@mira in #general in Boats :wave: <@99>"
    address = "https://cdn.discordapp.com/attachments/1/2/sail.png?ex=1"
    (record,) = talk(read(DISCORD, package(tmp_path / "q", [""], attachments=address)).records)
    assert (record.text, record.url, record.extra["attachments"]) == ("sail.png", address, [address])


def test_a_whole_channel_has_everybodys_messages(read: Callable, tmp_path: Path) -> None:
    reply = exported(
        1, "yes", type="Reply", reference={"messageId": str(FIRST)}, timestampEdited="2024-03-04T21:20:00+09:00"
    )
    call = exported(2, "Started a call.", type="Call", callEndedTimestamp="2024-03-04T21:25:00+09:00")
    joined = exported(3, "Joined the server.", type="GuildMemberJoin")
    first, second, third, fourth = read(DISCORD, channel(tmp_path / "c.json", exported(0), reply, call, joined)).records
    assert first.author == Identity("5", "Mira") and first.thread == "general in Boats"
    assert first.time.iso() == "2024-03-04T21:15:00.500+09:00"
    assert second.parent == str(FIRST) and second.extra["edited"] == "2024-03-04T21:20:00+09:00"
    assert third.kind == "call" and third.end is not None
    assert fourth.kind == "other" and fourth.extra["type"] == "GuildMemberJoin"


def test_what_hangs_on_a_message_is_kept(read: Callable, tmp_path: Path) -> None:
    media = tmp_path / "e" / "c.json_Files"
    media.mkdir(parents=True)
    (media / "sail-1.png").write_bytes(b"sail")
    message = exported(
        0,
        "",
        attachments=[{"id": "1", "url": "c.json_Files\\sail-1.png", "fileName": "sail.png", "fileSizeBytes": 4}],
        embeds=[{"title": "Weather", "url": "", "description": "calm", "fields": [{"name": "wind", "value": "2"}]}],
        reactions=[{"emoji": {"name": "👍"}, "count": 2}],
        stickers=[{"id": "1", "name": "fish"}],
    )
    channel(tmp_path / "e" / "c.json", message)
    reading = read(DISCORD, tmp_path / "e")
    (record,) = reading.records
    assert record.text == "Weather\ncalm\nwind: 2\nsail.png\nfish"
    assert record.blobs[0].data == b"sail" and record.blobs[0].mime == "image/png"
    assert record.extra["reactions"] == [{"emoji": "👍", "count": 2}] and reading.ignored == 1


def test_a_message_has_one_id_in_both_exports(read: Callable, tmp_path: Path) -> None:
    own = talk(read(DISCORD, package(tmp_path / "p", ["hello"])).records)[0]
    whole = read(DISCORD, channel(tmp_path / "c.json", exported(0))).records[0]
    assert record_id(own) == record_id(whole)


def test_other_files_are_not_discords(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"ID": 1, "Name": "x"}]')
    (tmp_path / "b.json").write_text('{"messages": [{"id": 1, "type": "message", "date": "2024-03-04T00:00:00"}]}')
    (tmp_path / "c.csv").write_text("ID,Timestamp,Value\n1,2,3\n")
    assert DISCORD.detect(open_tree(tmp_path)) == []


@pytest.mark.parametrize("form", ("json", "csv"))
def test_damage_costs_one_message(read: Callable, tmp_path: Path, form: str) -> None:
    path = package(tmp_path / "p", [f"number, {n}" for n in range(5)], form)
    file = path / "Messages" / "c77" / f"messages.{form}"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"number, 2"', b'"number, 2x'))
    reading = read(DISCORD, path)
    assert [r.text for r in talk(reading.records)] == [f"number, {n}" for n in (0, 1, 3, 4)]
    assert len(reading.bad) == 1
    file.write_bytes(whole[: whole.index(b"number, 3")])
    reading = read(DISCORD, path)
    assert [r.text for r in talk(reading.records)] == [f"number, {n}" for n in range(3)]
    assert [row.code for row in reading.bad] == ["cut-off"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n")), min_size=1, max_size=5),
    form=st.sampled_from(("json", "csv")),
)
def test_any_text_is_read_back(read: Callable, tmp_path: Path, texts: list[str], form: str) -> None:
    reading = read(DISCORD, package(tmp_path / form, texts, form))
    assert [r.text for r in talk(reading.records)] == texts
