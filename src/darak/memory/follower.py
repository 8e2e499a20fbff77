"""A second process that follows the journal while the first imports: two cores, one truth.

It reads the vault through its own connection and writes plain volumes into the folder that the first process owns.
It is told on its standard input, a line of JSON at first and then a sequence number a line. When the first process
is killed, it ends at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from darak.garbage import collect_seldom
from darak.memory.index import Index
from darak.records.vault import Vault


class Follower:
    """The second process, seen from the first. What it follows is searchable at once when it is `visible`, which costs
    a little, else at the end."""

    def __init__(self, vault: Vault, folder: Path, seq: int, visible: bool) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "darak.memory.follower"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"MALLOC_ARENA_MAX": "2"},  # or each thread that merges keeps what it has let go
            start_new_session=True,  # an interrupt from the terminal is for the first process to deal with
        )
        start = {
            "parent": os.getpid(),
            "home": str(vault.home),
            "key": vault.database_key.hex(),
            "folder": str(folder),
            "seq": seq,
            "visible": visible,
        }
        self._tell(json.dumps(start))

    def follow(self, end: int) -> None:
        """Asks for the journal up to `end`, and does not wait."""
        self._tell(str(end))

    def finish(self) -> int | None:
        """Waits until everything asked for is committed. Returns the sequence number, None when the process died."""
        self._tell("finish")
        answer, _ = self._process.communicate()
        return int(answer) if self._process.returncode == 0 and answer.strip() else None

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it died; finish() finds that out


def main() -> int:
    """The second process itself. It fails without a word: the first does its work then, and can say why it cannot."""
    collect_seldom()
    start = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with, args=(start["parent"],), daemon=True).start()
    try:
        vault = Vault.reader(Path(start["home"]), bytes.fromhex(start["key"]))
        index = Index(vault, Path(start["folder"]), start["seq"])
        for line in sys.stdin:
            if line.strip() == "finish":
                index.finish()
                print(index.seq)
                return 0
            index.follow(int(line))
            if start["visible"]:
                index.commit()
    except Exception:
        pass
    return 1


def _end_with(parent: int) -> None:
    """Ends this process as soon as its parent is gone, whatever it is doing."""
    while os.getppid() == parent:
        time.sleep(0.05)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
