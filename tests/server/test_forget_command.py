"""`darak forget` while `darak serve` has the vault: it shows, keeps and erases the same, through the server."""

from __future__ import annotations

import json

import pytest

from .conftest import LIFE


@pytest.fixture
def served_life(darak, lines, tmp_path, darak_serve):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0
    return darak_serve


def test_what_would_go_is_told_as_without_a_server(served_life, darak):
    def told():
        shown = darak("forget", "--thread", "pier club", "--dry-run")
        asked = darak("forget", "--all")
        return shown.stdout, json.loads(darak("forget", "--all", "--dry-run", "--json").stdout), asked.stderr

    alone = told()
    assert "3 records, 2024-05-01" in alone[0] and alone[1]["samples"] == 28
    served_life()
    assert told() == alone


def test_it_is_erased_by_the_server_and_the_receipt_holds(served_life, darak, home):
    running = served_life()
    shown = json.loads(darak("forget", "--person", "Hyunwoo", "--dry-run", "--json").stdout)
    done = darak("forget", "--person", "Hyunwoo", "--keep", shown["ids"][0], "--yes")
    assert done.returncode == 0 and "Forgotten: 1 record." in done.stdout
    (path,) = (home / "receipts").glob("*.json")
    assert str(path) in done.stdout
    assert json.loads(darak("status", "--json").stdout)["records"] == 5
    assert running.stop() == 0
    assert darak("forget", "--verify", path).returncode == 0


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--person", "Nobody", "--yes"], 2, "nobody called Nobody"),
        (["--search", "zebra", "--yes"], 1, "nothing was forgotten"),
        (["--all"], 2, "say --yes"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(served_life, darak, options, code, said):
    served_life()
    done = darak("forget", *options)
    assert done.returncode == code and said in done.stderr
    assert json.loads(darak("status", "--json").stdout)["records"] == 6
