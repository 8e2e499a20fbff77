"""Bear's backups in, records out: text bundles in a zip or a folder, with tags, files and locked notes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from darak.importers.notes.bear import BearImporter
from darak.importers.notes.markdown.markdown import MarkdownImporter
from darak.importers.registry import find_matches
from darak.importers.tree import open_tree

BEAR = BearImporter()


def info(number: int, **more: object) -> str:
    bear = {
        "creationDate": "2023-10-11T05:43:33Z",
        "modificationDate": "2023-10-12T08:09:57Z",
        "uniqueIdentifier": f"ID-{number}",
        "trashed": 0,
        "archived": 0,
        "pinned": 0,
        **more,
    }
    kind = {"version": 2, "type": "net.daringfireball.markdown", "creatorIdentifier": "net.shinyfrog.bear"}
    return json.dumps({**kind, "net.shinyfrog.bear": bear})


def backup(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_backup_gives_a_record_for_each_bundle_with_bears_id_and_time(tmp_path, read):
    files = {
        "Notes.bear2bk/산책.textbundle/info.json": info(1),
        "Notes.bear2bk/산책.textbundle/text.md": "# 산책\n강가를 걸었다 #일상 #두 단어#\n![](assets/강.jpg)",
        "Notes.bear2bk/산책.textbundle/assets/강.jpg": b"\xff\xd8",
        "Notes.bear2bk/Old.textbundle/info.json": info(2, trashed=1),
        "Notes.bear2bk/Old.textbundle/text.md": "no heading",
        "Notes.bear2bk/tags.json": '{"tags": []}',
    }
    reading = read(BEAR, backup(tmp_path / "a.bear2bk", **files))
    walk, old = sorted(reading.records, key=lambda record: record.native_id)
    assert (walk.title, walk.native_id, walk.time.iso()) == ("산책", "ID-1", "2023-10-11T05:43:33Z")
    assert walk.extra["tags"] == ["일상", "두 단어"]
    assert [blob.name for blob in walk.blobs] == ["강.jpg"]
    assert (old.title, old.text, old.extra["trashed"]) == ("Old", "no heading", True)
    assert reading.ignored == 1


def test_a_locked_note_keeps_its_title_and_says_that_it_is_locked(tmp_path, read):
    files = {"L.textbundle/info.json": info(1, title="Safe", encrypted=1, tags=["home"]), "L.textbundle/text.md": ""}
    reading = read(BEAR, backup(tmp_path / "a.bear2bk", **files))
    (record,) = reading.records
    assert (record.title, record.text, record.extra["tags"]) == ("Safe", "", ["home"])
    assert record.origin.member.endswith("info.json")
    assert [flaw.code for flaw in reading.flaws] == ["encrypted-note"]


def test_a_bundle_exported_by_an_old_version_has_no_id_and_no_time(tmp_path, read):
    bundle = tmp_path / "Plain.textbundle"
    bundle.mkdir()
    (bundle / "info.json").write_text('{"creatorIdentifier": "net.shinyfrog.bear", "version": 2}')
    (bundle / "text.txt").write_text("words")
    (record,) = read(BEAR, tmp_path).records
    assert (record.title, record.text, record.native_id, record.time.local) == ("Plain", "words", None, None)


def test_a_bundle_of_another_program_is_a_note_of_its_own(tmp_path, read):
    kind = {"version": 2, "type": "net.daringfireball.markdown", "sourceURL": "file:///notes/a.md"}
    files = {"강.textbundle/info.json": json.dumps(kind), "강.textbundle/text.markdown": "words ![](assets/a.png)"}
    (record,) = read(
        BEAR, backup(tmp_path / "a.textpack", **files, **{"강.textbundle/assets/a.png": b"\x89PNG"})
    ).records
    assert (record.source, record.title, record.url) == ("textbundle", "강", "file:///notes/a.md")
    assert [blob.name for blob in record.blobs] == ["a.png"]


@pytest.mark.parametrize("damaged", ['{"net.shinyfrog.bear"', '{"net.shinyfrog.bear": {"creationDate": "soon"}}'])
def test_damaged_metadata_leaves_the_text(tmp_path, read, damaged):
    files = {"A.textbundle/info.json": damaged, "A.textbundle/text.md": "# A\nwords"}
    reading = read(BEAR, backup(tmp_path / "a.bear2bk", **files))
    assert [record.title for record in reading.records] == ["A"]
    assert len(reading.flaws) == 1


def test_bears_bundles_are_not_left_to_the_markdown_importer(tmp_path):
    files = {"A.textbundle/info.json": info(1), "A.textbundle/text.md": "# A", "mine.md": "# Mine"}
    tree = open_tree(backup(tmp_path / "a.zip", **files))
    matches, _ = find_matches(tree, {"markdown": MarkdownImporter(), "bear": BEAR})
    assert {match.importer: len(match.members) for match in matches} == {"bear": 2, "markdown": 1}
