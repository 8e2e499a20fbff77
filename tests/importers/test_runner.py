"""One run of the importers: closing books, resumption, no doubles, no loss, whatever an importer does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from darak.importers import native, runner
from darak.importers.importer import BadRow, Checkpoint, Flaw, Ignored, Importer, Item, Match, Units
from darak.importers.native import NativeImporter
from darak.importers.report import Report
from darak.importers.runner import Progress, run_import
from darak.importers.tree import Tree, open_tree
from darak.records.exchange import Exporter
from darak.records.record import Origin, Record
from darak.records.time import parse_iso
from darak.records.vault import Vault

NOW = datetime(2025, 6, 1)


def note(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "record", "source": "s", "kind": "note", "time": "2025-01-03", "text": text, **more}


def run(vault: Vault, path: Path, importer: Importer | None = None, **more: Any) -> list[Report]:
    importer = importer or NativeImporter()
    return run_import(open_tree(path), {importer.name: importer}, vault, now=NOW, **more)


class Scripted:
    """An importer that yields what a test says: one line of its file is one word, which names the items."""

    name, version = "scripted", 1

    def __init__(self, *items: Callable[[str], Any] | BaseException) -> None:
        self._items = items

    def detect(self, tree: Tree) -> list[Match]:
        return [Match(self.name, tuple(member.name for member in tree.members()), 1.0, "a test")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for item in self._items[int(resume or 0) :]:
            if isinstance(item, BaseException):
                raise item
            yield item(match.members[0])


def record(text: str, **more: Any) -> Callable[[str], Record]:
    return lambda member: Record(
        source=more.pop("source", "s"),
        kind="note",
        time=parse_iso("2025-01-03"),
        origin=Origin(member, "line 1"),
        text=text,
        **more,
    )


def test_the_books_count_what_was_seen_and_what_it_was(vault, lines, tmp_path):
    first = lines(tmp_path / "1.jsonl", [note("a", id="1"), note("b"), note("b")])
    again = lines(tmp_path / "2.jsonl", [note("a, edited", id="1"), note("b"), note("new")])
    (report,) = run(vault, first)
    assert (report.state, report.records, report.new, report.units, report.people) == ("done", 3, 3, 3, 0)
    (report,) = run(vault, again)
    assert (report.new, report.changed, report.unchanged) == (1, 1, 1)
    assert (report.first, report.last, report.assumed_zone) == ("2025-01-03", "2025-01-03", 3)
    (report,) = run(vault, first)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 3)
    assert vault.count() == 4


def test_each_source_of_a_file_has_its_report(vault, lines, tmp_path):
    path = lines(tmp_path / "x.jsonl", [note("a", source="one"), note("b", source="two"), note("c", source="two"), {}])
    reports = {report.source: report for report in run(vault, path)}
    assert {name: report.records for name, report in reports.items()} == {"one": 1, "two": 2}
    assert reports["two"].skipped == 1 and reports["two"].state == "incomplete" and reports["one"].state == "done"


def test_books_that_do_not_close_are_not_done(vault, tmp_path):
    (tmp_path / "x").write_text("x")
    (report,) = run(vault, tmp_path / "x", Scripted(record("a"), lambda _: Units(2)))
    assert report.state == "incomplete" and report.problems[0].code == "accounts-open"
    assert "2 items" in report.problems[0].message and vault.count() == 1


def test_ignored_partial_and_bad_units_are_told_apart(vault, tmp_path):
    (tmp_path / "x").write_text("x")
    importer = Scripted(
        record("a"),
        lambda member: Flaw("bad-date", Origin(member, "line 1"), "no date"),
        lambda member: BadRow("torn", Origin(member, "line 2"), "cannot be read", b"raw bytes"),
        lambda member: Ignored("system", Origin(member, "line 3"), 5),
        lambda _: Units(7),
    )
    (report,) = run(vault, tmp_path / "x", importer)
    assert (report.records, report.partial, report.skipped, report.ignored) == (1, 1, 1, 5)
    assert report.problem_counts == {"bad-date": 1, "torn": 1} and report.state == "incomplete"
    assert vault.rows("SELECT code, raw FROM bad_row ORDER BY code") == [("bad-date", b""), ("torn", b"raw bytes")]
    run(vault, tmp_path / "x", importer)
    assert vault.rows("SELECT count(*) FROM bad_row") == [(2,)], "the same file again adds no bad rows"


@pytest.mark.parametrize("error", [OSError("the medium is gone"), EOFError(), ValueError("a fault"), KeyError("x")])
def test_what_was_read_before_a_failure_is_kept(vault, tmp_path, error):
    (tmp_path / "x").write_text("x")
    (report,) = run(vault, tmp_path / "x", Scripted(record("a"), record("b"), error))
    assert report.state == "incomplete" and report.records == 2 and vault.count() == 2


def interrupted(vault: Vault, path: Path, after: int) -> None:
    """Imports until so many batches are in, then stops as if killed."""
    batches = 0

    class Killed(BaseException):
        pass

    def count() -> None:
        nonlocal batches
        batches += 1
        if batches == after:
            raise Killed

    with pytest.raises(Killed):
        run(vault, path, after_batch=count)


def test_an_importer_that_fails_while_it_looks_stops_no_other(vault, lines, tmp_path):
    class Blind(Scripted):
        name = "blind"

        def detect(self, tree: Tree) -> list[Match]:
            raise RecursionError("too deep")

    path = lines(tmp_path / "a.jsonl", [note("one")])
    read, failed = run_import(open_tree(path), {"blind": Blind(), "native": NativeImporter()}, vault, now=NOW)
    assert (read.state, read.new) == ("done", 1)
    assert failed.state == "incomplete" and "blind failed" in failed.problems[0].message


@pytest.mark.parametrize("ids", [True, False])
@pytest.mark.parametrize("after", [1, 3, 7])
def test_an_interrupted_import_goes_on_and_its_books_close(vault, lines, tmp_path, monkeypatch, ids, after):
    monkeypatch.setattr(native, "_CHECKPOINT_EVERY", 20)
    monkeypatch.setattr(runner, "BATCH", 7)
    rows = [note(f"row {number // 2}", **({"id": str(number)} if ids else {})) for number in range(100)]
    rows[50] = {"type": "record"}
    path = lines(tmp_path / "x.jsonl", rows)
    interrupted(vault, path, after)
    seen = []
    (report,) = run(vault, path, on_progress=lambda progress: seen.append(progress.done))
    assert (report.records, report.skipped, report.units) == (99, 1, 100)
    assert report.state == "incomplete" and report.problem_counts == {"bad-record": 1}
    assert vault.count() == 99 and vault.rows("SELECT count(*) FROM bad_row") == [(1,)]
    assert vault.rows("SELECT state, position FROM import") == [("incomplete", None)]
    assert report.new + report.unchanged == 99


def test_a_checkpoint_is_taken_up_where_it_was(vault, tmp_path):
    (tmp_path / "x").write_text("x")
    items = [record("a", native_id="1"), lambda _: Units(1), lambda _: Checkpoint("3"), record("b", native_id="2")]
    with pytest.raises(KeyboardInterrupt):
        run(vault, tmp_path / "x", Scripted(*items, KeyboardInterrupt()))
    (report,) = run(vault, tmp_path / "x", Scripted(*items, lambda _: Units(1)))
    assert (report.records, report.units, report.state) == (2, 2, "done")


def test_two_exports_of_one_chat_are_merged_as_a_multiset(vault, lines, tmp_path):
    older = [note("hi"), note("ok"), note("ok"), note("bye")]
    newer = [note("ok"), note("ok"), note("ok"), note("bye"), note("later")]
    for number, rows in enumerate((older, newer, older)):
        run(vault, lines(tmp_path / f"{number}.jsonl", rows))
    texts = [stored.record.text for stored in vault.get(n for (n,) in vault.rows("SELECT n FROM record")).values()]
    assert sorted(texts) == ["bye", "hi", "later", "ok", "ok", "ok"]


def test_more_threads_and_people_than_are_kept_in_memory(vault, lines, tmp_path, monkeypatch):
    monkeypatch.setattr("darak.records.writer._KEPT", 2)
    monkeypatch.setattr("darak.records.people._KEPT", 2)
    talks = [note(str(n), id=str(n), thread=f"talk {n % 5}", author=f"friend {n % 7}") for n in range(70)]
    run(vault, lines(tmp_path / "x.jsonl", talks))
    counts = "SELECT count(*), (SELECT count(*) FROM thread), (SELECT count(*) FROM identity) FROM record"
    assert vault.rows(counts) == [(70, 5, 7)]
    assert len(vault.rows("SELECT DISTINCT thread, author FROM record")) == 35


def test_progress_ends_at_the_whole(vault, lines, tmp_path):
    seen: list[Progress] = []
    path = lines(tmp_path / "x.jsonl", [note(str(number)) for number in range(5000)])
    run(vault, path, on_progress=seen.append)
    assert seen[-1].done == seen[-1].total == path.stat().st_size and seen[-1].items >= 5000
    assert [p.done for p in seen] == sorted(p.done for p in seen)


def test_what_no_importer_knows_is_told(vault, tmp_path, lines):
    lines(tmp_path / "x.jsonl", [note("a")])
    (tmp_path / "odd.bin").write_bytes(b"\x00\x01\x02")
    (tmp_path / "empty").write_bytes(b"")
    reports = {report.file: report for report in run(vault, tmp_path)}
    assert reports["x.jsonl"].state == "done"
    assert reports["odd.bin"].problems[0].code == "unknown-format" and reports["empty"].problems[0].code == "empty"


def test_a_line_can_be_read_again_from_its_origin(vault, lines, tmp_path):
    path = lines(tmp_path / "x.jsonl", [note(f"글 {number}") for number in range(30)])
    run(vault, path)
    exported = [json.loads(line) for line in Exporter(vault).lines() if b'"record"' in line]
    for line in exported:
        (origin,) = line["origins"]
        begin, end = map(int, origin["locator"].removeprefix("bytes ").split("-"))
        assert json.loads(Path(origin["path"]).read_bytes()[begin:end])["text"] == line["text"]
