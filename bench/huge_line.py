"""The memory that a file of one endless line costs: `python bench/huge_line.py [--gigabytes N]`.

Makes a file that begins like an export of each kind in turn and then goes on without a line's end, imports it in a
process of its own, and prints exit code, time, and the most memory held. It must be refused or cut, in one sentence.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import table, write_result, write_section

_HEADS = {
    "exchange format": b'{"type": "record", "source": "s", "text": "',
    "chat (text)": "방 님과 카카오톡 대화\n저장한 날짜 : 2026년 2월 16일 오후 4:45\n\n"
    "2026년 1월 1일 오후 3:20, 이름 : ".encode(),
    "chat (csv)": b'Date,User,Message\n2025-01-01 09:00:01,"',
    "mail": b"From a@b Thu Jan  1 00:00:00 2025\nSubject: ",
    "calendar": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:",
    "AI chat": b'[{"mapping": {}, "current_node": "',
    "health": b'<?xml version="1.0"?>\n<HealthData><Record type="',
    "note": b"# Title\n",
    "nothing known": b"x",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=2.0)
    size = int(parser.parse_args().gigabytes * (1 << 30))
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="darak-huge-") as name:
        folder = Path(name)
        os.environ |= {"DARAK_HOME": str(folder / "home"), "DARAK_KEYS": str(folder / "keys")}
        path = folder / "line"
        with path.open("wb") as stream:
            for _ in range(size >> 20):
                stream.write(b"word " * 209715 + b"x")
        for kind, head in _HEADS.items():
            with path.open("r+b") as stream:
                stream.write(head.ljust(4096, b"x"))
            begin = time.monotonic()
            command = [sys.executable, "-W", "ignore", "-m", "darak.cli.main", "import", str(path)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
                assert process.stdout is not None
                said = process.stdout.read()
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            memory = usage.ru_maxrss / ((1 << 20) if sys.platform == "darwin" else (1 << 10))
            rows.append([kind, str(process.returncode), f"{time.monotonic() - begin:.0f} s", f"{memory:.0f} MB"])
            print(*rows[-1], said.strip().splitlines()[-1], sep="\t", flush=True)
            if "Traceback" in said:
                print(said, file=sys.stderr)
    keys = ("kind", "exit_code", "time", "memory")
    write_result("huge_line", {"bytes": size, "files": [dict(zip(keys, row, strict=True)) for row in rows]})
    header = ["begins like", "exit code", "time", "most memory"]
    text = f"## One line of {size / (1 << 30):.0f} GB\n\n`python bench/huge_line.py`\n\n{table(header, rows)}"
    write_section("huge_line", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
