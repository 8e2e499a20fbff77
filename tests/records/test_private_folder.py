"""Plain copies of what is being read do not outlive the reading, however it ends."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from darak.records.private_folder import PrivateFolder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_private_and_gone_at_the_end(temporary: Path) -> None:
    with PrivateFolder() as folder:
        (folder / "copy.db").write_bytes(b"x")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_has_is_not(temporary: Path) -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover
        with PrivateFolder() as folder:
            (folder / "copy.db").write_bytes(b"x")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = temporary.iterdir()
    with PrivateFolder() as first:
        assert not left.exists()
        with PrivateFolder() as second:
            assert first.exists() and second.exists()
