"""Roam's pages in, records out: outlines, days, references, and what is damaged."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.importers.notes.roam.pages import read_pages
from darak.importers.notes.roam.roam import RoamImporter

ROAM = RoamImporter()


def block(text: str, *children: dict[str, Any], uid: str = "abcdefghi", **more: Any) -> dict[str, Any]:
    below = {"children": list(children)} if children else {}
    return {"string": text, "uid": uid, "edit-time": 1600000100000, **more, **below}


def page(title: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    below = {"children": list(children)} if children else {}
    return {"create-time": 1600000000000, "title": title, "uid": f"uid-{title}", **more, **below}


def graph(folder: Path, *pages: dict[str, Any], name: str = "새들.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(pages, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def test_a_page_is_an_outline_of_its_blocks(tmp_path, read):
    blocks = [block("새", block("왜가리\n회색", block("물가"))), block("끝", heading=2)]
    (record,) = read(ROAM, graph(tmp_path, page("관찰", *blocks))).records
    assert record.text == "- 새\n    - 왜가리\n      회색\n        - 물가\n- ## 끝"
    assert (record.title, record.native_id, record.account) == ("관찰", "uid-관찰", "새들")
    assert record.time.iso() == "2020-09-13T12:26:40Z"


@pytest.mark.parametrize(
    ("fields", "iso"),
    [
        ({"title": "March 2nd, 2021", "uid": "03-02-2021"}, "2021-03-02"),
        ({"title": "March 2nd, 2021", "uid": "x"}, "2021-03-02"),
        ({"title": "x", "uid": "13-32-2021"}, "2020-09-13T12:26:40Z"),
        ({"title": "x", "create-time": None, "edit-time": 1600000100000}, "2020-09-13T12:28:20Z"),
    ],
)
def test_a_daily_page_is_of_its_day_and_others_of_their_creation(tmp_path, read, fields, iso):
    assert read(ROAM, graph(tmp_path, {**page("x", block("words")), **fields})).records[0].time.iso() == iso


def test_references_embeds_and_tasks_are_their_words(tmp_path, read):
    later = page("b", block("the heron stood still", uid="heron-uid"))
    blocks = [
        block("{{[[TODO]]}} see ((heron-uid))"),
        block("{{embed: ((heron-uid))}}"),
        block("[as said](((heron-uid))) ((unknown))"),
        block("{{DONE}} ^^bright^^ #[[two words]] [[Page]]"),
    ]
    record, _ = read(ROAM, graph(tmp_path, page("a", *blocks), later)).records
    assert record.text.split("\n") == [
        "- [ ] see the heron stood still",
        "- the heron stood still",
        "- as said ((unknown))",
        "- [x] bright #[[two words]] [[Page]]",
    ]
    assert (record.extra["tags"], record.extra["links"]) == (["two words"], ["Page"])


def test_pages_without_blocks_are_left_out_and_counted(tmp_path, read):
    reading = read(ROAM, graph(tmp_path, page("only linked to"), page("a", block("words"))))
    assert (len(reading.records), reading.ignored) == (1, 1)


@pytest.mark.parametrize("damage", [('"string"', '"string'), ("{", "x"), ("}", "x"), ("]", "x"), (":", "\x00")])
def test_damage_costs_its_page_only(tmp_path, read, damage):
    pages = [page(f"p{number}", block("a", block("b", block("c"))), block("d")) for number in range(4)]
    texts = [json.dumps(one, indent=1) for one in pages]
    texts[1] = texts[1][:60] + texts[1][60:].replace(*damage, 1)
    path = tmp_path / "graph.json"
    path.write_text("[" + ",".join(texts) + "]")
    reading = read(ROAM, path)
    assert [record.title for record in reading.records] == ["p0", "p2", "p3"]
    assert len(reading.bad) == 1


@given(st.integers(2, 900))
def test_cut_anywhere_it_gives_the_whole_pages_before_and_one_bad_row(cut):
    pages = [page(f"p{number}", block("a", block('b "{[')), block("c")) for number in range(3)]
    data = json.dumps(pages).encode()
    ends = [data.find(b', {"create-time": 1600000000000, "title": "p%d"' % number) for number in (1, 2)] + [
        len(data) - 1
    ]
    found = list(read_pages(io.BytesIO(data[:cut])))
    assert sum(one.value is not None for one in found) == sum(end <= cut for end in ends)
    # Behind the end of an inner list the cut looks like the end of the array.
    problems = [one.problem for one in found if one.problem]
    assert problems in ([[]] if cut >= len(data) else [["cut-off"], ["damaged"]])


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=4))
def test_pages_are_read_back_exactly_with_their_bytes(words):
    pages = [page(word, block(word)) for word in words]
    data = json.dumps(pages, ensure_ascii=False).encode()
    found = list(read_pages(io.BytesIO(data)))
    assert [one.value for one in found] == pages
    assert [json.loads(data[one.start : one.end]) for one in found] == pages


def test_other_arrays_are_not_claimed(tmp_path, read):
    path = tmp_path / "a.json"
    path.write_text('[{"title": "x", "create_time": 1, "uid": "a"}]')
    assert read(ROAM, path).matches == []
