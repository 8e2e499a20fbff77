"""A dry run tells what an import would, also when it is shared among processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW

from darak.importers.dry_run import dry_run
from darak.importers.registry import load_importers
from darak.importers.runner import Progress, run_import
from darak.importers.tree import open_tree
from darak.records.vault import Vault


def write_folder(folder: Path, lines: Callable[..., Path]) -> Path:
    folder.mkdir()
    for source in ("phone", "watch", "diary"):
        line = {"type": "record", "source": source, "kind": "note", "time": "2024-05-01T10:00:00", "author": "Ann"}
        lines(folder / f"{source}.jsonl", [line | {"id": str(n), "text": f"{source} {n}"} for n in range(20)])
    (folder / "odd").write_bytes(bytes(range(256)))
    return folder


@pytest.mark.parametrize("worth", [1 << 40, 0], ids=["one process", "several"])
def test_it_tells_what_an_import_would(
    vault: Vault, tmp_path: Path, lines: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, worth: int
) -> None:
    monkeypatch.setattr("darak.importers.dry_run._WORTH_PROCESSES", worth)
    folder, importers = write_folder(tmp_path / "in", lines), load_importers()
    seen: list[Progress] = []
    dry: list[Any] = dry_run(open_tree(folder), importers, seen.append)
    real = run_import(open_tree(folder), importers, vault, now=NOW)
    assert [replace(report, new=0) for report in real] == dry
    assert seen[-1].done == seen[-1].total > 0


def test_it_counts_what_it_cannot_read(tmp_path: Path, lines: Callable[..., Path]) -> None:
    good = {"type": "record", "source": "diary", "kind": "note", "text": "a"}
    path = lines(tmp_path / "x.jsonl", [good, good | {"text": "b"}, {}])
    (report,) = dry_run(open_tree(path), load_importers())
    assert (report.records, report.skipped, report.new, report.state) == (2, 1, 0, "incomplete")
