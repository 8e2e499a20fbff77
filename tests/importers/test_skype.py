"""Skype's export: talks, calls, files, markup, and what is nobody's word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from darak.importers.chats.skype import SkypeImporter
from darak.records.record import Identity


def message(number: int, content: str, **other: Any) -> dict[str, Any]:
    said = {"id": str(number), "displayName": None, "originalarrivaltime": f"2020-05-0{number}T09:00:00.5Z"}
    said |= {"messagetype": "RichText", "content": content, "conversationid": "8:live:gaon", "from": "8:live:gaon"}
    return said | other


def test_talks_calls_files_and_what_is_none(tmp_path: Path, read) -> None:
    messages = [
        message(1, 'new &amp; <b raw_pre="*">bold</b> <a href="https://e.org">https://e.org</a>'),
        message(2, "<quote><legacyquote>[1] Gaon: </legacyquote>old</quote>answer", **{"from": "8:mira"}),
        message(3, '<partlist type="ended"></partlist>', messagetype="Event/Call"),
        message(
            4,
            '<URIObject uri="u"><OriginalName v="heron &amp; me.jpg"/></URIObject>',
            messagetype="RichText/UriObject",
        ),
        message(5, "<addmember/>", messagetype="ThreadActivity/AddMember"),
        message(6, ""),
    ]
    talk = {"id": "8:live:gaon", "displayName": "가온", "properties": {}, "MessageList": messages}
    path = tmp_path / "messages.json"
    path.write_text(json.dumps({"userId": "8:mira", "exportDate": "2024", "conversations": [talk]}), "utf-8")
    reading = read(SkypeImporter(), path)
    first, second, call, file = reading.records
    assert first.text == "new & bold https://e.org" and first.author == Identity("gaon")
    assert (first.thread, first.people) == ("가온", ())
    assert (second.author, second.people) == (Identity("mira"), (Identity("gaon", "가온"),))
    assert "answer" in second.text and "[1]" not in second.text
    assert (call.kind, file.text, file.extra["files"]) == ("call", "heron & me.jpg", ["heron & me.jpg"])
    assert first.time.iso() == "2020-05-01T09:00:00.500Z"
    assert reading.ignored == 2 and reading.bad == []
