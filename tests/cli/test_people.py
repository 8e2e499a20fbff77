"""`darak people`, as its owner uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_two_names_become_one_person_and_two_again(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    start = {"type": "record", "kind": "message", "time": "2024-05-01", "text": "안녕"}
    path = lines(tmp_path / "in.jsonl", [
        start | {"source": "chat", "id": "1", "author": "김민수"},
        start | {"source": "mail", "id": "2", "author": "Minsu Kim <minsu@example.org>"},
    ])  # fmt: skip
    assert darak("import", path).returncode == 0
    told = json.loads(darak("people", "--json").stdout)
    assert [p["name"] for p in told["people"]] == ["김민수", "Minsu Kim"] and len(told["proposals"]) == 1
    shown = darak("people").stdout
    assert "darak people merge 1 2" in shown and "김민수 (chat)  1 record  last" in shown
    assert darak("people", "merge", "김민수", "Minsu Kim").returncode == 0
    (whole,) = json.loads(darak("people", "minsu@example.org", "--json").stdout)
    assert whole["records"] == 2 and len(whole["handles"]) == 2
    assert "own again" in darak("people", "undo", "1").stdout
    assert len(json.loads(darak("people", "--json").stdout)["people"]) == 2


def test_what_is_asked_wrongly_says_what_to_do(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    line = {"type": "record", "kind": "message", "time": "2024-05-01", "text": "hi", "source": "chat", "id": "1"}
    assert darak("import", lines(tmp_path / "in.jsonl", [line | {"author": "Ann"}])).returncode == 0
    for words, expected in (
        (("merge", "Ann"), "two people"), (("merge", "Ann", "Bob"), "nobody here is called 'Bob'"),
        (("merge", "Ann", "Ann"), "one person already"), (("undo", "7"), "no merge 7"),
        (("split", "Ann"), "not one handle"),
    ):  # fmt: skip
        done = darak("people", *words)
        assert done.returncode == 2 and expected in done.stderr
