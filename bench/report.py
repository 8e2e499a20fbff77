"""Where benchmarks write: a JSON result each, and each its own section of docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.machine()}


def write_result(name: str, result: dict[str, Any]) -> Path:
    """Writes bench/results/NAME.json."""
    path = _ROOT / "bench" / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**result, "machine": machine()}, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return path


def read_result(name: str) -> dict[str, Any]:
    """What bench/results/NAME.json holds, empty before its first run."""
    path = _ROOT / "bench" / "results" / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def write_section(name: str, markdown: str) -> None:
    """Puts `markdown` between the markers of section NAME of docs/benchmarks.md, at its end when it is new."""
    path = _ROOT / "docs" / "benchmarks.md"
    text = path.read_text("utf-8") if path.exists() else "# Benchmarks\n"
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{begin}\n{markdown.strip()}\n{end}"
    if begin in text:
        text = text[: text.index(begin)] + section + text[text.index(end) + len(end) :]
    else:
        text = text.rstrip() + "\n\n" + section + "\n"
    path.write_text(text, "utf-8")


def table(header: list[str], rows: list[list[Any]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
