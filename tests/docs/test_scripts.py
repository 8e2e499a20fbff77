"""The two commands of the README, on a machine that is not as it should be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_an_old_python_is_told_before_anything_is_installed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "try", tmp_path / "try")
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")  # as its version would make it answer
    old.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(old)}
    done = subprocess.run([tmp_path / "try"], capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 1 and "Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()
