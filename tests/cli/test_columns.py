"""Statements of banks on the command line: nothing before a yes, and the yes is kept."""

from __future__ import annotations

import json

import pytest

from darak.cli.columns import with_columns
from darak.importers.money.statement import StatementImporter
from darak.importers.tree import open_tree

STATEMENT = """거래일시,적요,가맹점명,출금액(원),입금액(원),잔액(원)
2026.01.02 21:15:00,체크카드,왜가리 찻집,"4,500",0,"1,234,500"
"""
AMBIGUOUS = "Date,Description,Amount\n03/04/2024,HERON,4.50\n03/05/2024,BOAT,6.00\n"


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "statement.csv"
    path.write_text(STATEMENT, "cp949")
    return path


def reports(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_unknown_statement_is_not_imported_and_says_how(darak, statement):
    done = darak("import", statement)
    assert done.returncode == 1 and "--columns 'date=거래일시,out=출금액(원)" in done.stderr
    assert json.loads(darak("status", "--json").stdout)["records"] == 0


def test_a_yes_is_kept_for_the_next_statement(darak, statement):
    (report,) = reports(darak("import", "--json", "--columns", "yes", statement))
    assert (report["source"], report["state"], report["new"]) == ("bank", "done", 1)
    statement.write_text(STATEMENT.replace("01.02", "02.02"), "utf-8")
    (report,) = reports(darak("import", "--json", statement))
    assert (report["state"], report["new"]) == ("done", 1)
    assert "4,500원" in darak("search", "왜가리").stdout


def test_a_dry_run_shows_what_the_columns_are_taken_for(darak, statement):
    done = darak("import", "--dry-run", "--json", statement)
    assert reports(done)[0]["records"] == 1 and "date=거래일시" in done.stderr


def test_an_order_of_days_and_months_is_never_guessed(darak, tmp_path):
    path = tmp_path / "card.csv"
    path.write_text(AMBIGUOUS)
    done = darak("import", path, "--columns", "yes")
    assert done.returncode == 2 and "dates=DMY or dates=MDY" in done.stderr
    assert "dates=DMY or dates=MDY" in darak("import", path).stderr
    (report,) = reports(darak("import", "--json", path, "--columns", "dates=MDY,currency=USD"))
    assert (report["first"], report["last"], report["new"]) == ("2024-03-04", "2024-03-05", 2)


def test_columns_that_are_not_there_are_refused(darak, statement):
    done = darak("import", statement, "--columns", "date=Day,amount=Sum")
    assert done.returncode == 2 and "no column 'Day'" in done.stderr and "거래일시" in done.stderr


def test_columns_that_darak_does_not_know_can_be_named(darak, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Wann;Wieviel;Wofür\n25.03.2024;-1,50;Reiher\n", "utf-8")
    said = "date=Wann,amount=Wieviel,text=Wofür,currency=EUR"
    (report,) = reports(darak("import", "--json", path, "--columns", said))
    assert (report["source"], report["state"], report["new"]) == ("bank", "done", 1)
    (report,) = reports(darak("import", "--json", path))
    assert (report["source"], report["new"], report["unchanged"]) == ("bank", 0, 1)


def test_nobody_else_is_asked_where_there_is_no_statement(tmp_path):
    class Slow:
        name = "slow"

        def detect(self, tree):
            raise AssertionError("it takes a while")

    (tmp_path / "note.txt").write_text("A note about the bank.\n")
    importers = {"bank": StatementImporter(), "slow": Slow()}
    assert with_columns(importers, [open_tree(tmp_path)], None, None).keys() == importers.keys()
