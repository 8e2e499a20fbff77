"""Logseq's graphs in, records out: pages, days, properties, references, assets."""

from __future__ import annotations

from pathlib import Path

from darak.importers.notes.logseq import LogseqImporter
from darak.importers.notes.markdown.markdown import MarkdownImporter
from darak.importers.notes.org.org import OrgImporter
from darak.importers.registry import find_matches
from darak.importers.tree import open_tree

LOGSEQ = LogseqImporter()
BLOCK = "64f1a2b3-0000-4000-8000-000000000001"


def graph(folder: Path, config: bool = True, **files: str | bytes) -> Path:
    if config:
        files["logseq/config.edn"] = "{:meta/version 1}"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_a_day_of_the_journal_is_dated_by_its_name(tmp_path, read):
    (record,) = read(LOGSEQ, graph(tmp_path / "기록", **{"journals/2024_03_01.md": "- 강가를 걸었다 #산책"})).records
    assert (record.time.iso(), record.title, record.account) == ("2024-03-01", "2024-03-01", "기록")
    assert (record.native_id, record.text, record.extra["tags"]) == (
        "journals/2024_03_01.md",
        "- 강가를 걸었다 #산책",
        ["산책"],
    )


def test_pages_have_their_properties_and_names_with_slashes(tmp_path, read):
    text = "tags:: [[새]], 물\ndate:: [[Mar 1st, 2024]]\n\n- a heron\n  collapsed:: true\n\t- stood [[still]]"
    (record,) = read(LOGSEQ, graph(tmp_path, **{"pages/Birds___Heron.md": text})).records
    assert (record.title, record.time.iso()) == ("Birds/Heron", "2024-03-01")
    assert record.extra["tags"] == ["새", "물"]
    assert "still" in record.extra["links"]
    assert "collapsed" not in record.text and "\t- stood [[still]]" in record.text


def test_front_matter_gives_the_properties_of_an_old_page(tmp_path, read):
    text = "---\ntitle: Heron & co\ntags: 새, 물\n---\n\n- stood still"
    (record,) = read(LOGSEQ, graph(tmp_path, **{"pages/heron.md": text})).records
    assert (record.title, record.text, record.extra["tags"]) == ("Heron & co", "- stood still", ["새", "물"])


def test_references_to_blocks_are_their_words(tmp_path, read):
    first = f"- the heron stood still\n  id:: {BLOCK}\n  :LOGBOOK:\n  CLOCK: [2024]\n  :END:\n- more"
    files = {"pages/a.md": first, "pages/b.md": f"- as said: (({BLOCK})) ((unknown))"}
    a, b = read(LOGSEQ, graph(tmp_path, **files)).records
    assert a.text == "- the heron stood still\n- more"
    assert b.text == "- as said: the heron stood still ((unknown))"


def test_assets_become_blobs_and_settings_are_left_out(tmp_path, read):
    files = {
        "pages/a.md": "- ![map](../assets/map_1.png)",
        "assets/map_1.png": b"\x89PNG",
        "logseq/bak/old.md": "- old",
    }
    reading = read(LOGSEQ, graph(tmp_path, **files))
    (record,) = reading.records
    assert [blob.name for blob in record.blobs] == ["map_1.png"]
    assert reading.ignored == 2


def test_a_graph_without_settings_is_known_by_its_outlines(tmp_path, read):
    files = {"pages/a.md": "- words", "journals/2024_03_01.md": f"- words\n  id:: {BLOCK}\n"}
    assert len(read(LOGSEQ, graph(tmp_path, config=False, **files)).records) == 2


def test_a_graph_is_not_left_to_markdown_and_its_org_pages_are_left_to_org(tmp_path):
    files = {"pages/a.md": "- words", "pages/b.org": "* words", "README.md": "# Mine"}
    importers = {"markdown": MarkdownImporter(), "logseq": LOGSEQ, "org": OrgImporter()}
    matches, unknown = find_matches(open_tree(graph(tmp_path, **files)), importers)
    assert {match.importer: len(match.members) for match in matches} == {"logseq": 2, "markdown": 1, "org": 1}
    assert unknown == []


def test_a_folder_of_other_notes_is_not_claimed(tmp_path, read):
    assert read(LOGSEQ, graph(tmp_path, config=False, **{"pages/a.md": "x", "journals/b.md": "# y"})).matches == []
