"""Records `darak try` as the picture in the README: `python docs/record.py`, with Darak installed.

Runs the command in a pseudo-terminal, so that it prints what a person sees, and draws its output as docs/try.svg.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_COLUMNS, _CELL, _LINE = 100, 8.4, 19
"""Width in characters; width of one and height of a line in the picture's units."""
_PAPER, _INK, _LAMP = "#FAF8F4", "#1F1D1A", "#B4690E"
_EIGHTHS = {bar: eighths / 8 for eighths, bar in enumerate("▏▎▍▌▋▊▉█", 1)}
_RUN = re.compile("[▏▎▍▌▋▊▉█]+|[\x20-\x7e]+|[\u1100-\u11ff\u3000-\ud7ff]+|.")
# Without a web font: the picture must not ask any host for anything.
_SVG = f"""<svg viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg">
<style>text {{{{ font: 14px ui-monospace, Menlo, Consolas, "D2Coding", "Noto Sans Mono CJK KR", monospace; fill: {_INK};
 white-space: pre; }}}} .asked {{{{ font-weight: 700; }}}} rect.bar {{{{ fill: {_LAMP}; }}}}</style>
<rect width="100%" height="100%" rx="8" fill="{_PAPER}"/>
{{lines}}
</svg>
"""


def drawn(line: str, number: int) -> str:
    """One line: letters of each width by themselves, so that columns stand in any font; bars as shapes."""
    out: list[str] = []
    kind = ' class="asked"' if line.startswith(("❯", "$")) else ""
    at, top = 1.0, (number + 0.5) * _LINE
    for run in _RUN.findall(line):
        if run[0] in _EIGHTHS:
            wide = sum(map(_EIGHTHS.__getitem__, run)) * _CELL
            out.append(f'<rect class="bar" x="{at * _CELL:.1f}" y="{top + 3:.1f}" width="{wide:.1f}" height="13"/>')
        elif run.strip():
            place = f'x="{at * _CELL:.1f}" y="{top + 14:.1f}" textLength="{cell_len(run) * _CELL:.1f}"'
            out.append(f'<text{kind} {place} lengthAdjust="spacingAndGlyphs">{escape(run)}</text>')
        at += cell_len(run)
    return "".join(out)


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
    console = Console(width=_COLUMNS)
    lines = [line.plain for line in Text.from_ansi("$ ./try\n" + printed.rstrip()).wrap(console, _COLUMNS)]
    width, height = (_COLUMNS + 2) * _CELL, (len(lines) + 1) * _LINE
    shapes = "\n".join(drawn(line.rstrip(), number) for number, line in enumerate(lines) if line.strip())
    path = Path(__file__).with_name("try.svg")
    path.write_text(_SVG.format(width=f"{width:.0f}", height=height, lines=shapes), "utf-8")


if __name__ == "__main__":
    main()
