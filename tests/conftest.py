"""What every test starts from: keys, home and clock of its own, a vault, and the command line as a user runs it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from darak.cli.main import main
from darak.importers.native import NativeImporter
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.records.vault import Vault

NOW = datetime(2025, 6, 1, 12, 0)

settings.register_profile("shared machine", deadline=None)  # how long an example takes tells nothing there
settings.load_profile("shared machine")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so is what a shell runs in its background, and all it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees this machine's keyring, keys, vault or clock."""
    monkeypatch.setenv("DARAK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DARAK_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    for name in ("DARAK_PASSPHRASE", "DARAK_NOW"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def vault(home: Path) -> Iterator[Vault]:
    """An empty vault of an owner in Seoul."""
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        yield vault


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def darak(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs a command of the real command line in this process, with nobody at the keyboard: `darak("import", path)`."""

    def run(*arguments: str | Path) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with monkeypatch.context() as patch, Path(os.devnull).open() as nobody:
            for name, stream in (("stdout", out), ("stderr", err), ("stdin", nobody)):
                patch.setattr(sys, name, stream)
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as stop:  # argparse ends so
                code = int(stop.code or 0)
        return Done(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]

    return run


@pytest.fixture
def darak_process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The same in a process of its own; keywords go to subprocess.run."""

    def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        options = {"capture_output": True, "text": True, "timeout": 120, "stdin": subprocess.DEVNULL} | options
        if "input" in options:
            del options["stdin"]
        return subprocess.run([sys.executable, "-m", "darak.cli.main", *map(str, arguments)], **options)

    return run


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    """A file of Darak's own format."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def lines() -> Callable[[Path, Iterable[dict[str, Any]]], Path]:
    return write_lines


@pytest.fixture
def take_in(tmp_path: Path) -> Callable[..., list[Report]]:
    """Imports objects of Darak's own format into a vault, through a file."""

    def take(vault: Vault, objects: Iterable[dict[str, Any]], name: str = "in.jsonl") -> list[Report]:
        path = write_lines(tmp_path / name, objects)
        return run_import(open_tree(path), {"native": NativeImporter()}, vault, now=NOW)

    return take
