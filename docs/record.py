"""Records `darak try` as the picture in the README: `python docs/record.py`, with Darak installed.

Runs the command in a pseudo-terminal, so that it prints what a person sees, and draws its output as docs/try.svg.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

_COLUMNS = 100
_PAPER = TerminalTheme(
    (250, 248, 244),
    (31, 29, 26),
    [
        (31, 29, 26),
        (160, 60, 40),
        (70, 110, 60),
        (180, 105, 14),
        (60, 90, 140),
        (130, 80, 120),
        (50, 110, 110),
        (111, 106, 98),
    ],
)
# Without the template's web font: the picture must not ask any host for anything.
_SVG = """<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "D2Coding", "Noto Sans Mono CJK KR", monospace;
 font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="100%" height="100%" rx="8" fill="#FAF8F4"/>
<g transform="translate(9, 0)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def record(command: list[str]) -> str:
    """What the command prints on a terminal, without the progress that it wipes again."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=environment)
    os.close(follower)
    output = b""
    try:
        while chunk := os.read(leader, 65536):
            output += chunk
    except OSError:
        pass  # Linux ends a pseudo-terminal's output with an error
    if process.wait():
        sys.exit(f"{' '.join(command)} failed")
    return output.decode().replace("\r\n", "\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ["DARAK_KEYS"] = f"{name}/keys"
        printed = record([sys.executable, "-m", "darak.cli.main", "try", f"{name}/darak-sample"])
        printed = printed.replace(f"{name}/", "")
    console = Console(record=True, width=_COLUMNS, file=Path(os.devnull).open("w"), force_terminal=True)
    console.print(Text.from_ansi("$ ./try\n" + printed.rstrip()))
    path = Path(__file__).with_name("try.svg")
    path.write_text(console.export_svg(theme=_PAPER, code_format=_SVG), "utf-8")


if __name__ == "__main__":
    main()
