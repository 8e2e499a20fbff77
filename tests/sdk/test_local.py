"""The SDK on a vault that this process opens itself, and the package's names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

import darak
from darak.sdk.life import Life
from darak.sdk.local import open as open_life


def test_a_note_outlives_the_closing_and_an_export(opened: Life, darak: Callable[..., Done], tmp_path: Path) -> None:
    note = opened.remember("The spare key is at Mina's.")
    opened.close()
    exported = tmp_path / "out.jsonl"
    assert darak("export", exported).returncode == 0
    with open_life(tmp_path / "second", create=True) as second:
        second.import_(exported)
        assert second.record(note.id).text == note.text


def test_a_passphrase_opens_the_vault(tmp_path: Path) -> None:
    home = tmp_path / "locked"
    darak.open(home, passphrase="open sesame", create=True).close()
    with pytest.raises(darak.Problem, match="passphrase"):
        darak.open(home, passphrase="open barley")
    with darak.open(home, passphrase="open sesame") as life:
        assert life.timeline() == ()


def test_problems_are_said_in_a_sentence(opened: Life, tmp_path: Path) -> None:
    with pytest.raises(darak.Problem, match="There is no vault"):
        darak.open(tmp_path / "nowhere")
    with pytest.raises(darak.Problem, match="Another Darak"):
        darak.open()


def test_importing_the_package_loads_next_to_nothing() -> None:
    code = "import sys, darak; print(len([m for m in sys.modules if m.startswith(('darak.', 'apsw', 'msgspec'))]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "0"


def test_every_name_that_is_promised_is_there() -> None:
    for name in darak.__all__:
        assert getattr(darak, name).__doc__
    with pytest.raises(AttributeError):
        _ = darak.nothing  # type: ignore[attr-defined]
