"""Cases of notes."""

from __future__ import annotations

import gzip
import json
import plistlib
import re
import sqlite3
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
_APPLE = datetime(2001, 1, 1, tzinfo=UTC)


def moment(number: int) -> datetime:
    """When note `number` was written: a day after the one before."""
    return _BEGIN + timedelta(days=number, minutes=number % 7)


def word(number: int) -> str:
    return f"heron{number:03d}"


def archive(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def folder_of(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


# Evernote


def write_evernote(folder: Path, numbers: Sequence[int]) -> Path:
    notes = [
        f"<note><title>Note {number}</title><content><![CDATA[<en-note><div>About {word(number)}</div></en-note>]]>"
        f"</content><created>{moment(number):%Y%m%dT%H%M%SZ}</created><tag>birds</tag></note>\n"
        for number in numbers
    ]
    path = folder / "Birds.enex"
    path.write_text(
        f'<?xml version="1.0"?>\n<en-export application="Evernote">\n{"".join(notes)}</en-export>\n', "utf-8"
    )
    return path


# Notion


def _notion_id(number: int) -> str:
    return f"{number + 1:032x}"


def write_notion_html(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str] = {}
    for number in numbers:
        text = _notion_id(number)
        name = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
        files[f"Birds {text}.html"] = (
            f'<html><body><article id="{name}" class="page sans"><header><h1 class="page-title">Page {number}</h1>'
            f'</header><div class="page-body"><p>About {word(number)}</p></div></article></body></html>'
        )
    return folder_of(folder, files)


def write_notion_markdown(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str | bytes] = {}
    for number in numbers:
        files[f"Birds {_notion_id(number)}.md"] = f"# Page {number}\n\nAbout {word(number)}\n"
    return archive(folder / "export.zip", files)


def write_notion_table(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [f"Row {number},About {word(number)},{moment(number):%B %-d, %Y}".split(",", 2) for number in numbers]
    lines = ["Name,Note,Date", *(f'{name},{note},"{date}"' for name, note, date in rows)]
    return archive(folder / "table.zip", {f"Birds {_notion_id(99)}.csv": "\ufeff" + "\n".join(lines) + "\n"})


# Google Keep


def write_keep(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str] = {}
    for number in numbers:
        created = int(moment(number).timestamp()) * 1_000_000
        flags = {"color": "DEFAULT", "isTrashed": False, "isPinned": False, "isArchived": False}
        note = {**flags, "textContent": f"About {word(number)}", "title": f"Note {number}"}
        files[f"Keep/{number}.json"] = json.dumps({**note, "createdTimestampUsec": created})
    return folder_of(folder, files)


# Bear


def write_bear(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str | bytes] = {}
    for number in numbers:
        bear = {"uniqueIdentifier": f"BEAR-{number}", "creationDate": f"{moment(number):%Y-%m-%dT%H:%M:%SZ}"}
        files[f"{number}.textbundle/info.json"] = json.dumps({"version": 2, "net.shinyfrog.bear": bear})
        files[f"{number}.textbundle/text.md"] = f"# Note {number}\nAbout {word(number)}"
    return archive(folder / "Bear.bear2bk", files)


# Apple's Journal


def write_apple_journal(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str] = {}
    for number in numbers:
        files[f"Entries/{moment(number):%Y-%m-%d}.html"] = (
            f'<html><body><div class="pageHeader">{moment(number):%A, %-d %B %Y}</div>'
            f"<div class='title'>Day {number}</div><div class='bodyText'><p>About {word(number)}</p></div>"
            "</body></html>"
        )
    return folder_of(folder, files)


# Day One


def write_day_one(folder: Path, numbers: Sequence[int]) -> Path:
    entries = [
        {
            "uuid": f"DAY{number}",
            "creationDate": f"{moment(number):%Y-%m-%dT%H:%M:%SZ}",
            "timeZone": "Asia/Seoul",
            "text": f"About {word(number)}",
        }
        for number in numbers
    ]
    path = folder / "Journal.json"
    path.write_text(json.dumps({"metadata": {"version": "1.0"}, "entries": entries}, indent=1), "utf-8")
    return path


def write_day_one_classic(folder: Path, numbers: Sequence[int]) -> Path:
    for number in numbers:
        entry = {"UUID": f"OLD{number}", "Entry Text": f"About {word(number)}", "Time Zone": "Asia/Seoul"}
        path = folder / "entries" / f"OLD{number}.doentry"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(plistlib.dumps({**entry, "Creation Date": moment(number).replace(tzinfo=None)}))
    return folder


# Apple Notes


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def apple_text(text: str, *runs: bytes) -> bytes:
    """A note's data as Apple Notes keeps it; without `runs` the text is plain."""
    plain = field(5, field(1, len(text.encode("utf-16-le")) // 2))
    note = field(2, text) + (b"".join(field(5, run) for run in runs) or plain)
    return gzip.compress(field(2, field(2, 1) + field(3, note)), mtime=0)


APPLE_COLUMNS = (
    "ZIDENTIFIER, ZTITLE1, ZTITLE2, ZNAME, ZSNIPPET, ZFOLDER, ZPARENT, ZACCOUNT7, ZCREATIONDATE3, ZMODIFICATIONDATE1,"
    " ZISPASSWORDPROTECTED, ZISPINNED, ZMARKEDFORDELETION, ZTYPEUTI, ZALTTEXT, ZTITLE, ZUSERTITLE, ZURLSTRING, ZMEDIA,"
    " ZFILENAME, ZPARENTATTACHMENT, ZMERGEABLEDATA1"
)
APPLE_TABLES = (
    "CREATE TABLE ZICNOTEDATA(Z_PK INTEGER PRIMARY KEY, ZNOTE INTEGER, ZDATA BLOB)",
    f"CREATE TABLE ZICCLOUDSYNCINGOBJECT(Z_PK INTEGER PRIMARY KEY, {APPLE_COLUMNS})",
)


def write_apple_notes(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "NoteStore.sqlite"
    with sqlite3.connect(path) as connection:
        for table in APPLE_TABLES:
            connection.execute(table)
        for number in numbers:
            connection.execute(
                "INSERT INTO ZICCLOUDSYNCINGOBJECT(Z_PK, ZIDENTIFIER, ZTITLE1, ZCREATIONDATE3) VALUES(?,?,?,?)",
                (number + 10, f"APPLE-{number}", f"Note {number}", (moment(number) - _APPLE).total_seconds()),
            )
            data = apple_text(f"Note {number}\nAbout {word(number)}")
            connection.execute("INSERT INTO ZICNOTEDATA VALUES(?,?,?)", (number + 1, number + 10, data))
    connection.close()
    return path


def apple_note_at(path: Path, member: str, locator: str) -> str:
    found = re.fullmatch(r"table ZICNOTEDATA row (\d+)", locator)
    assert found
    with sqlite3.connect(path) as connection:
        (data,) = connection.execute(f"SELECT ZDATA FROM ZICNOTEDATA WHERE Z_PK={found[1]}").fetchone()
    return gzip.decompress(data).decode("utf-8", "replace")


# Org and Logseq


def write_org(folder: Path, numbers: Sequence[int]) -> Path:
    sections = [f"* Note {number}\n[{moment(number):%Y-%m-%d}]\nAbout {word(number)}\n" for number in numbers]
    path = folder / "birds.org"
    path.write_text("#+TITLE: Birds\n" + "".join(sections), "utf-8")
    return path


def write_logseq(folder: Path, numbers: Sequence[int]) -> Path:
    files: dict[str, str | bytes] = {"Birds/logseq/config.edn": "{:meta/version 1}"}
    for number in numbers:
        files[f"Birds/journals/{moment(number):%Y_%m_%d}.md"] = f"- About {word(number)}"
    return archive(folder / "Birds.zip", files)


# Roam


def write_roam(folder: Path, numbers: Sequence[int]) -> Path:
    pages = [
        {
            "title": f"Page {number}",
            "uid": f"roam{number:05d}",
            "create-time": int(moment(number).timestamp() * 1000),
            "children": [{"string": f"About {word(number)}", "uid": f"block{number:04d}"}],
        }
        for number in numbers
    ]
    path = folder / "birds.json"
    path.write_text(json.dumps(pages, indent=1), "utf-8")
    return path


def about(number: int) -> str:
    return f"About {word(number)}"


CASES = [
    Case(importer="evernote", write=write_evernote, text=about),
    Case(importer="notion", id="html", write=write_notion_html, text=about),
    Case(importer="notion", id="markdown", write=write_notion_markdown, text=about, streams=False),
    Case(importer="notion", id="table", write=write_notion_table, text=about, streams=False),
    Case(importer="google-keep", write=write_keep, text=about),
    Case(importer="bear", write=write_bear, text=about, streams=False),
    Case(importer="day-one", write=write_day_one, text=about),
    Case(importer="day-one-classic", write=write_day_one_classic, text=about),
    Case(importer="apple-journal", write=write_apple_journal, text=about),
    Case(importer="apple-notes", write=write_apple_notes, text=about, streams=False, find=apple_note_at),
    Case(importer="org", write=write_org, text=about),
    Case(importer="roam", write=write_roam, text=about),
    Case(importer="logseq", write=write_logseq, text=about, streams=False),
]
