"""The short check of quality: a sample life, asked with and without the model, graded the same way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.models.server import ModelServer, Say, Silence

from darak.answers.written.worth import SampleExam, sample_exam, worth_of
from darak.models.models import SERVERS, Models
from darak.models.wire import Patience
from darak.records.vault import Vault


@pytest.fixture(scope="module")
def exam() -> Iterator[SampleExam]:
    with sample_exam() as exam:
        yield exam


def models(vault: Vault, server: ModelServer) -> Models:
    patience = Patience(connect=5, first=20, between=20, whole=60, tries=1)
    return Models(vault, patience=patience, environ={SERVERS: f"vllm={server.url}/v1"})


def test_a_model_that_knows_nothing_is_worth_what_the_rules_are(
    exam: SampleExam, vault: Vault, server: ModelServer
) -> None:
    server.script.extend(Say("NO RECORD") for _ in exam.questions)
    graded = list(exam.take(models(vault, server).model("vllm/tiny"), limit=600))
    worth = worth_of(graded, len(exam.questions))
    assert 18 <= worth.of == worth.rules.asked == len(server.chats)
    assert (worth.model.right, worth.model.false, worth.wrote) == (worth.rules.right, worth.rules.false, 0)
    assert worth.rules.right >= 0.8 * worth.of and worth.model.seconds is not None


def test_a_model_that_invents_wins_nothing_and_spoils_nothing(
    exam: SampleExam, vault: Vault, server: ModelServer
) -> None:
    server.script.extend(Say("It was in Paris on 3 May 1999, for 777 euros [1].") for _ in exam.questions)
    worth = worth_of(list(exam.take(models(vault, server).model("vllm/tiny"), limit=600)), len(exam.questions))
    assert worth.wrote == 0 and worth.model.right == worth.rules.right and worth.model.false == worth.rules.false


def test_it_ends_in_time(exam: SampleExam, vault: Vault, server: ModelServer) -> None:
    server.script += [Silence(30)]
    graded = list(exam.take(models(vault, server).model("vllm/tiny"), limit=1.0))
    worth = worth_of(graded, len(exam.questions))
    assert worth.rules.asked < worth.of and worth.model.seconds is None


def test_nothing_of_the_exam_is_left(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("temporary")
    keys = folder / "keys"
    monkeypatch.setenv("DARAK_KEYS", str(keys))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with sample_exam() as exam:
        assert len(exam.questions) >= 18 and [one.name[:11] for one in folder.iterdir()] == ["darak-exam-"]
    assert not list(folder.iterdir())
