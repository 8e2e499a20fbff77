"""A kill at any moment, then the same command again: the same vault as without the kill.

The trials are those of bench/kill.py, which does hundreds of them.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

_PATH = Path(__file__).resolve().parents[2] / "bench" / "kill.py"


def load_kill() -> Any:
    spec = importlib.util.spec_from_file_location("kill", _PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


kill = load_kill()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("kill")
        patch.setenv("DARAK_KEYS", str(folder / "keys"))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setenv("TZ", "Asia/Seoul")
        bench = kill.Bench(folder, 3000, seed=7)
        bench.prepare()
        yield bench


@pytest.mark.parametrize("name", kill.COMMANDS)
def test_the_same_command_after_a_kill_ends_in_the_same_vault(bench, name, monkeypatch):
    monkeypatch.setenv("DARAK_KEYS", str(bench.folder / "keys"))
    rng = random.Random(f"{name} 1")
    assert [bench.trial(name, rng) for _ in range(2)] == [[], []]


def test_the_life_that_is_killed_has_everything(bench):
    lines = bench.expected["import again, edited"].export
    for part in (b'"versions"', b'"copy"', b'"type":"sample"', b'"type":"blob"', b'"blobs"', b'"id"'):
        assert any(part in line for line in lines), part
    assert any(b'"type":"forgotten"' in line for line in bench.expected["forget"].export)
