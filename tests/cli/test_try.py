"""`darak try`: the whole thing on a sample life, in a folder of its own."""

from __future__ import annotations

import json
import re
import shlex
from functools import partial
from pathlib import Path

import pytest

import darak.sample
from darak.sample.grade import grade


@pytest.fixture(autouse=True)
def small_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("darak.sample.generate", partial(darak.sample.generate, scale=0.05))


def test_it_asks_four_questions_and_answers_them_rightly(darak, tmp_path, monkeypatch):
    done = darak("try", tmp_path / "life")
    assert done.returncode == 0
    asked = re.findall(r"^❯ (.+)$", done.stdout, re.M)
    assert len(asked) == 4 and sum(not question.isascii() for question in asked) == 2
    known = {
        one["question"]: one for one in map(json.loads, (tmp_path / "life/questions.jsonl").read_text().splitlines())
    }
    home = ("--home", tmp_path / "life/vault")
    monkeypatch.setenv("DARAK_NOW", "2025-12-31T21:00")
    answers = [json.loads(darak("ask", *home, "--json", question).stdout) for question in asked]
    assert all(grade(known[question], answer).right for question, answer in zip(asked, answers, strict=True))
    assert [answer["status"] for answer in answers] == ["answered", "answered", "answered", "no_record"]


def test_what_it_says_to_type_next_works(darak, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = darak("try", "life").stdout
    (line,) = re.findall(r"^  (DARAK_HOME=.* ask .*)$", said, re.M)
    home, now, _, *command = shlex.split(line)
    for setting in (home, now):
        monkeypatch.setenv(*setting.split("=", 1))
    known = {one["question"]: one for one in map(json.loads, Path("life/questions.jsonl").read_text().splitlines())}
    answer = json.loads(darak(*command, "--json").stdout)
    assert grade(known[command[-1]], answer).right


def test_a_second_try_begins_afresh_but_other_folders_are_left_alone(darak, tmp_path):
    assert darak("try", tmp_path / "life").returncode == 0
    assert darak("try", tmp_path / "life", "--seed", 2).returncode == 0
    assert len(list((tmp_path / "keys").iterdir())) == 1
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    done = darak("try", tmp_path / "mine")
    assert done.returncode == 2 and "holds other things" in done.stderr
    assert (tmp_path / "mine/letter.txt").read_text() == "mine"
