"""`darak ask` on the command line: for people, for scripts and in one process for many questions."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import ModelServer, Say, Status

from darak.answers.answer import Step
from darak.answers.written.draft import Anew, Words
from darak.cli.ask_command import Aloud

Darak = Callable[..., Any]

KEYS = {"answer", "status", "citations", "plan", "coverage", "model", "seconds"}
QUESTION = "When did I pass my driving test?"


@pytest.fixture
def ready(darak: Darak, life_file: Path, monkeypatch: pytest.MonkeyPatch) -> Darak:
    """The command line with the life in its vault, on 1 June 2025."""
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00:00+09:00")
    assert darak("init").returncode == 0
    assert darak("import", life_file).returncode == 0
    return darak


def test_json_has_the_keys_that_scripts_rely_on(ready: Darak) -> None:
    done = ready("ask", "--json", "--", QUESTION)
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert done.returncode == 0 and answer.keys() >= KEYS
    assert (answer["status"], answer["model"]) == ("answered", None)
    (citation,) = answer["citations"]
    assert citation.keys() == {"id", "native_id", "source", "time", "text"}
    assert (citation["native_id"], citation["source"]) == ("n-license", "diary")


def test_a_batch_answers_line_by_line_at_each_line_s_own_now(ready: Darak, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    asked = [
        {"question": "작년에 미용실 몇 번 갔어?", "now": "2025-02-01"},
        {"question": "작년에 미용실 몇 번 갔어?", "now": "2024-02-01"},
        {"question": QUESTION},
    ]
    batch.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in asked), "utf-8")
    done = ready("ask", "--batch", batch, "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["status"] for answer in answers] == ["answered", "no_record", "answered"]
    assert all(answer.keys() >= KEYS for answer in answers)


def test_a_batch_takes_plain_questions(ready: Darak, tmp_path: Path) -> None:
    batch = tmp_path / "questions.txt"
    batch.write_text(f"{QUESTION}\n작년에 미용실 몇 번 갔어?\n", "utf-8")
    done = ready("ask", "--batch", batch)
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["answered", "answered"]


def test_a_bad_line_of_a_batch_is_told_and_the_others_are_answered(ready: Darak, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text("{not json\n" + json.dumps({"question": QUESTION}) + "\n", "utf-8")
    done = ready("ask", "--batch", batch, "--json")
    bad, good = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert bad["line"] == 1 and bad["error"]
    assert good["status"] == "answered"


def test_people_read_the_answer_its_record_and_how_it_was_read(ready: Darak) -> None:
    text = ready("ask", QUESTION).stdout
    assert text.startswith("Tuesday 19 July 2022.")
    assert "[1]" in text and "driving test today" in text
    assert "\nwhen · " in text


def test_why_numbers_the_steps(ready: Darak) -> None:
    plain, why = ready("ask", QUESTION).stdout, ready("ask", QUESTION, "--why").stdout
    assert "\n  1. " in why and "\n  1. " not in plain


def test_measurements_are_drawn(ready: Darak) -> None:
    text = ready("ask", "2023년이랑 2024년 혈압 비교해줘").stdout
    assert "█" in text and "138.0" in text


def test_a_question_must_be_said(ready: Darak) -> None:
    done = ready("ask")
    assert done.returncode != 0 and "darak ask" in done.stderr


def test_an_empty_question_is_asked_for(ready: Darak) -> None:
    assert ready("ask", "").returncode == 2


@pytest.fixture
def chosen(ready: Darak, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A scripted model on loopback that the owner has chosen."""
    with ModelServer() as server:
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"vllm={server.url}/v1")
        assert ready("models", "use", "vllm/tiny").returncode == 0
        yield server


SAID = "You passed your driving test on 19 July 2022 [1]."


def test_a_chosen_model_writes_the_answer_and_is_named(ready: Darak, chosen: ModelServer) -> None:
    chosen.script += [Say(SAID), Say(SAID)]
    answer = json.loads(ready("ask", "--json", QUESTION).stdout)
    assert (answer["answer"], answer["model"]) == (SAID, "vllm/tiny") and len(answer["citations"]) == 1
    text = ready("ask", QUESTION, "--why").stdout
    assert text.startswith(SAID) and "(vllm/tiny, " in text and "ask vllm/tiny: " in text


def test_no_model_asks_none(ready: Darak, chosen: ModelServer) -> None:
    text = ready("ask", "--no-model", QUESTION).stdout
    assert text.startswith("Tuesday 19 July 2022.") and not chosen.chats


def test_a_batch_asks_the_model_each_time(ready: Darak, chosen: ModelServer, tmp_path: Path) -> None:
    chosen.script += [Say(SAID), Status(401)]
    batch = tmp_path / "questions.jsonl"
    batch.write_text(2 * (json.dumps({"question": QUESTION}) + "\n"), "utf-8")
    first, second = map(json.loads, ready("ask", "--batch", batch, "--json").stdout.splitlines())
    assert (first["model"], second["model"]) == ("vllm/tiny", None)
    assert second["status"] == "answered" and "No language model answered" in second["coverage"][-1]


def test_on_a_terminal_sentences_are_printed_as_they_come() -> None:
    out = io.StringIO()
    aloud = Aloud(out)
    for event in (Step("ask tiny", "2 pieces"), Words("One."), Anew("tiny broke off"), Words("Two."), Words(" Three.")):
        aloud(event)
    assert aloud.end() == "Two. Three."
    assert out.getvalue() == "(ask tiny … Ctrl-C answers without it)\r\x1b[KOne.\n(tiny broke off)\nTwo. Three.\n"
