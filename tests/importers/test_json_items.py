"""Objects of JSON lists as items: whichever way a file holds them, each is one, and damage costs the one it is in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.formats.json_element import array_shape
from darak.importers.formats.json_items import elements_of, object_items
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.tree import open_tree
from darak.records.record import Origin

ENTRIES = [
    {"header": "Walks", "title": f"walk {n}", "parts": [{"name": f"a{n}"}, {"name": f"b{n}"}, {"name": f"c{n}"}]}
    for n in range(4)
]
LISTED = json.dumps(ENTRIES)


def titles(folder: Path, data: str | bytes, path: tuple[str, ...] = (), start: int = 0) -> list[str]:
    """The titles of the objects in a file; of what cannot be read the code."""
    file = folder / "entries"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    elements = elements_of(open_tree(file), "entries", path, start)
    return [element.problem or element.value["title"] for element in elements]


WHOLE = ["walk 0", "walk 1", "walk 2", "walk 3"]


@pytest.mark.parametrize(
    ("data", "path", "start"),
    [
        (LISTED, (), 0),
        ("\ufeff  " + LISTED, (), 0),
        (json.dumps(ENTRIES, indent=2), (), 0),
        ("\n".join(map(json.dumps, ENTRIES)), (), 0),
        (json.dumps({"kept": {"entries": ENTRIES}}), ("kept", "entries"), 0),
        ("window.kept = " + LISTED, (), len("window.kept = ")),
    ],
    ids=["list", "byte order mark", "indented", "lines", "deep", "script"],
)
def test_entries_are_read_wherever_their_list_stands(
    tmp_path: Path, data: str, path: tuple[str, ...], start: int
) -> None:
    assert titles(tmp_path, data, path, start) == WHOLE


def test_lists_within_the_entries_are_no_lists_of_entries() -> None:
    shape = array_shape(LISTED.encode())
    assert shape is not None
    assert len(shape.beginning.findall(LISTED.encode())) == len(ENTRIES)


@pytest.mark.parametrize("old", ['{"header', '"header"', "header", '"walk 0"', '[{"name": "a0"'])
def test_where_the_first_entry_is_damaged_the_others_are_read(tmp_path: Path, old: str) -> None:
    damaged = LISTED.replace(old, "\x01" + old[1:], 1)
    assert titles(tmp_path, damaged)[1:] == WHOLE[1:]


@pytest.mark.parametrize("empty", ["[]", " [ ] \n", ""])
def test_an_empty_list_gives_nothing(tmp_path: Path, empty: str) -> None:
    assert titles(tmp_path, empty) == []


def test_what_is_no_list_of_objects_is_told_once(tmp_path: Path) -> None:
    assert titles(tmp_path, "[broken,\nbeyond\nknowledge]") == ["damaged"]


def test_a_torn_last_line_is_told(tmp_path: Path) -> None:
    assert titles(tmp_path, "\n".join(map(json.dumps, ENTRIES))[:-5]) == [*WHOLE[:3], "cut-off"]


def items(folder: Path, data: bytes, build: Callable[[dict[str, Any], Origin], Any]) -> list[Item]:
    file = folder / "entries"
    file.write_bytes(data)
    return list(object_items(open_tree(file), "entries", build))


def test_an_entry_may_give_several_items_and_counts_as_many(tmp_path: Path) -> None:
    found = items(tmp_path, LISTED.encode(), lambda entry, origin: [Ignored("part", origin) for _ in entry["parts"]])
    assert sum(item.count for item in found if isinstance(item, Units)) == 12
    assert sum(isinstance(item, Ignored) for item in found) == 12


def test_an_entry_that_says_too_little_is_a_bad_row_with_its_bytes(tmp_path: Path) -> None:
    found = items(tmp_path, LISTED.encode(), lambda entry, origin: "an entry without a time")
    bad = [item for item in found if isinstance(item, BadRow)]
    assert [json.loads(row.raw) for row in bad] == ENTRIES
    assert {row.code for row in bad} == {"bad-entry"}
    start, end = map(int, bad[1].origin.locator.removeprefix("bytes ").split("-"))
    assert json.loads(LISTED[start:end]) == ENTRIES[1]


def test_what_cannot_be_read_to_its_end_is_told_behind_what_could(tmp_path: Path) -> None:
    class Torn:
        def __init__(self, path: Path) -> None:
            self._tree = open_tree(path)

        def head(self, name: str) -> bytes:
            return self._tree.head(name)

        def open(self, name: str) -> Any:
            raise OSError("the disk is gone")

    (tmp_path / "entries").write_text(LISTED)
    found = list(object_items(Torn(tmp_path / "entries"), "entries", lambda entry, origin: "never"))  # type: ignore[arg-type]
    assert found == [
        Units(1),
        BadRow("unreadable", Origin("entries", "bytes 0-"), "cannot be read to its end: the disk is gone"),
    ]


def test_flaws_follow_records_alone(tmp_path: Path) -> None:
    damaged = LISTED.encode().replace(b"walk 1", b"walk \xff")
    assert not any(isinstance(item, Flaw) for item in items(tmp_path, damaged, lambda e, o: Ignored("known", o)))


def test_a_number_of_thousands_of_digits_costs_its_entry(tmp_path: Path) -> None:
    data = LISTED.replace('"walk 1"', "1" * 5000)
    assert titles(tmp_path, data) == ["walk 0", "damaged", "walk 2", "walk 3"]
