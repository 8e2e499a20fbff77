"""What Windows programs save in UTF-16 gives what it gives in UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.acceptance.case import Case, load_cases
from tests.importers.acceptance.reading import read

from darak.importers.registry import load_importers
from darak.importers.tree import open_tree
from darak.importers.utf16 import is_utf16


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_an_export_in_utf_16_is_read_like_one_in_utf_8(case: Case, encoding: str, tmp_path: Path) -> None:
    path = case.write(tmp_path, range(4))
    if path.is_dir():
        pytest.skip("a folder")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        pytest.skip("no text in UTF-8")
    importer = case.make() if case.make else load_importers()[case.importer]
    expected = read(path, importer)
    wide = tmp_path / "wide" / path.name
    wide.parent.mkdir()
    wide.write_bytes(("\ufeff" + text.removeprefix("\ufeff")).encode(encoding))
    found = read(wide, importer)
    assert found.ids == expected.ids and found.problems == expected.problems == [] and found.whole


def test_halves_of_characters_are_told_as_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfea\0" + b"\x00\xd8" + "🦆b".encode("utf-16-le") + b"c")
    with open_tree(tmp_path).open("a.txt") as stream:
        assert stream.read() == b"\xef\xbb\xbfa\xed\xa0\x80" + "🦆b".encode() + b"\xff"


@pytest.mark.parametrize(
    "head", [b"\xff\xfe" + bytes(range(256)) * 8, b"\xff\xfe\0\0a\0\0\0", b"\xff\xd8\xff", b"\xff"]
)
def test_what_only_begins_like_utf_16_is_left_as_it_is(head: bytes) -> None:
    assert not is_utf16(head)
