"""Files of one export: which belong together, and what is told of those that cannot be read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from darak.importers.formats.members import by_folder, file_blob, read_each, whole_file
from darak.importers.formats.outcomes import built_items, one_flaw
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import open_tree
from darak.records.record import Origin

ORIGIN = Origin("notes.txt", "bytes 0-5")


@pytest.mark.parametrize(
    ("name", "folder", "short"),
    [
        ("a/b/c.txt", "a/b/", "c.txt"),
        ("c.txt", "", "c.txt"),
        ("all.zip!c.txt", "all.zip!", "c.txt"),
        ("x/all.zip!a/c.txt", "x/all.zip!a/", "c.txt"),
        ("a/b/", "a/", ""),
    ],
)
def test_names_are_divided_at_folders_and_archives(name: str, folder: str, short: str) -> None:
    assert (folder_of(name), short_name(name)) == (folder, short)


def test_files_of_a_folder_belong_together_compressed_or_not(tmp_path: Path) -> None:
    for name in ("a/1", "a/2", "b/1"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("known")
    (tmp_path / "a" / "3.gz").write_bytes(gzip.compress(b"known"))
    (tmp_path / "a" / "other").write_text("other")
    found = by_folder(open_tree(tmp_path), lambda head: head == b"known")
    assert sorted(map(sorted, found)) == [["a/1", "a/2", "a/3.gz!3"], ["b/1"]]


def test_a_file_that_cannot_be_read_does_not_keep_the_next_from_being_read() -> None:
    def read(member: str) -> Iterator[Item]:
        yield Ignored(member, ORIGIN)
        if member == "torn":
            raise OSError("the disk is gone")

    codes = [item.code for item in read_each(("torn", "whole"), read) if isinstance(item, (Ignored, BadRow))]
    assert codes == ["torn", "unreadable", "whole"]


def test_a_file_of_one_unit_is_whole_or_told(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("12345")
    tree = open_tree(tmp_path)
    (bad,) = whole_file(tree, "note", 4)
    assert isinstance(bad, BadRow) and bad.code == "too-large"
    assert list(whole_file(tree, "note", 5)) == []
    blob = file_blob(tree, "note", mime="text/plain")
    assert blob is not None and blob.name == "note"
    assert file_blob(tree, "note", largest=4) is None


def test_each_item_of_a_unit_counts_and_flaws_do_not() -> None:
    part, flaw = Ignored("part", ORIGIN), Flaw("no-time", ORIGIN, "it has no time")
    assert list(built_items([part, flaw, part], ORIGIN, b"", code="bad")) == [Units(1), part, flaw, part]
    assert list(built_items(part, ORIGIN, b"", code="bad")) == [part]
    assert list(built_items([], ORIGIN, b"", code="bad")) == [Ignored("no-values", ORIGIN)]
    assert list(built_items("nothing in it", ORIGIN, b"raw", code="bad")) == [
        BadRow("bad", ORIGIN, "nothing in it", b"raw")
    ]


def test_several_flaws_of_a_record_are_told_as_one() -> None:
    assert list(one_flaw([], ORIGIN)) == []
    assert list(one_flaw([("a", "first"), ("b", "second")], ORIGIN)) == [Flaw("a", ORIGIN, "first; second")]
