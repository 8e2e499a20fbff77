"""Org files in, records out: a record a heading, with its times, tags, properties and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.notes.org.org import OrgImporter
from darak.importers.notes.org.section import parse_section

ORG = OrgImporter()


def put(folder: Path, text: str, name: str = "notes.org") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_heading_is_a_record_and_leads_back_to_its_bytes(tmp_path, read):
    path = put(tmp_path, "#+TITLE: 일지\n\n머리말\n\n* 하나 :집:\n본문\n** 둘\n끝\n")
    preamble, one, two = read(ORG, path).records
    assert (preamble.title, preamble.text) == ("일지", "머리말")
    assert (one.title, one.text, one.extra["tags"], one.thread) == ("하나", "본문", ["집"], "일지")
    assert (two.title, two.extra["path"], two.extra["tags"]) == ("둘", ["하나"], ["집"])
    begin, end = map(int, one.origin.locator.removeprefix("bytes ").split("-"))
    assert path.read_bytes()[begin:end].decode() == "* 하나 :집:\n본문"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("* a\n:PROPERTIES:\n:CREATED: [2018-08-06 Mon 22:52]\n:END:\nSee [2020-01-01]", "2018-08-06T22:52"),
        ("* [2019-05-10 Fri 17:20] b", "2019-05-10T17:20"),
        ("* 2019-05-10 금요일", "2019-05-10"),
        ("* c\nSCHEDULED: <2021-03-04 목 09:00>", "2021-03-04T09:00"),
        ("* d\nwords <2021-03-04>", "2021-03-04"),
        ("* e\nwords <%%(diary-date 3 4)>", ""),
        ("#+DATE: 2021-03-04\n* f", "2021-03-04"),
        ("* [2021-03-04]\n** inner", "2021-03-04"),
        ("* bad [2021-13-41]", ""),
    ],
)
def test_a_section_is_of_its_own_date_or_of_what_is_around_it(tmp_path, read, text, iso):
    assert read(ORG, put(tmp_path, text)).records[-1].time.iso() == iso


def test_the_files_name_dates_what_has_no_date(tmp_path, read):
    path = put(tmp_path, "* walk\nby the river", "20240301103000-day.org")
    assert read(ORG, path).records[0].time.iso() == "2024-03-01T10:30:00"


def test_spans_have_an_end():
    section = parse_section(["* talk <2024-03-01 Fri 10:00-11:30>"])
    assert (section.time.iso(), section.end.iso()) == ("2024-03-01T10:00", "2024-03-01T11:30")
    section = parse_section(["* trip <2024-03-01>--<2024-03-03>"])
    assert (section.time.iso(), section.end.iso()) == ("2024-03-01", "2024-03-03")


def test_headings_give_state_priority_and_the_words_of_links():
    section = parse_section(["* TODO [#A] read [[https://example.org/a][the paper]] :work:", "see [[id:1][this]]"])
    assert (section.keyword, section.priority, section.title) == ("TODO", "A", "read the paper")
    assert (section.url, section.tags, section.text) == ("https://example.org/a", ["work"], "see this")


def test_states_of_ones_own_are_known_from_the_file(tmp_path, read):
    (_, record) = read(ORG, put(tmp_path, "#+TODO: IDEA(i) | SHIPPED\nx\n* IDEA a boat")).records
    assert (record.title, record.extra["state"]) == ("a boat", "IDEA")


def test_the_id_and_other_properties(tmp_path, read):
    (record,) = read(ORG, put(tmp_path, ":PROPERTIES:\n:ID: ab-1\n:REFS: x\n:END:\n#+title: Ref\n\nwords")).records
    assert (record.native_id, record.title, record.text) == ("ab-1", "Ref", "words")
    assert record.extra["properties"] == {"REFS": "x"}


def test_a_drawer_that_is_never_closed_loses_no_words():
    assert "words" in parse_section(["* a", ":PROPERTIES:", ":ID: x", "words"]).text


def test_files_beside_are_attached(tmp_path, read):
    (tmp_path / "map.png").write_bytes(b"\x89PNG")
    (record,) = read(ORG, put(tmp_path, "* a\n[[file:map.png]] [[./gone.png]]").parent).records
    assert [blob.name for blob in record.blobs] == ["map.png"]


@pytest.mark.parametrize("name", ["notes", "notes.txt", "notes.org.txt"])
def test_a_file_of_another_name_is_known_by_its_options(tmp_path, read, name):
    (record,) = read(ORG, put(tmp_path, "#+TITLE: 일지\n\n* 하나\n본문\n", name)).records
    assert (record.title, record.thread) == ("하나", "일지")
    assert not read(ORG, put(tmp_path, "#+TITLE: 일지\nno headings\n", name)).matches


def test_a_file_of_plain_words_is_not_claimed(tmp_path, read):
    assert read(ORG, put(tmp_path, "just words\n*bold* words\n")).matches == []


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 3), WORDS, WORDS), min_size=1, max_size=6))
def test_what_is_written_is_read_back_exactly(tmp_path, read, sections):
    text = "".join(f"{'*' * level} x{title}\n  y{body}\n" for level, title, body in sections)
    records = read(ORG, put(tmp_path, text)).records
    assert [(record.title, record.text) for record in records] == [(f"x{t}", f"  y{b}") for _, t, b in sections]
