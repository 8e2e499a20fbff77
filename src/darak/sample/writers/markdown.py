"""An Obsidian vault: YAML front matter, one file a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from darak.sample.model import Note


def write_notes(notes: Iterable[Note], daily: Mapping[date, list[str]], folder: Path) -> None:
    """Notes of their own, and a daily note `Daily/2021/2021-03-04.md` for each day with paragraphs."""
    for note in notes:
        _write(folder / note.path, _front(note.front) + note.body)
    for day, paragraphs in sorted(daily.items()):
        _write(folder / f"Daily/{day.year}/{day}.md", _daily(day, paragraphs))
    _write(folder / ".obsidian/app.json", "{}\n")


def _daily(day: date, paragraphs: list[str]) -> str:
    front = _front({"date": day.isoformat(), "tags": ["daily"]})
    return front + f"# {day}\n\n" + "\n\n".join(paragraphs) + "\n"


def _front(values: Mapping[str, object]) -> str:
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, list):
            items = [str(item) for item in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            lines.append(f"{key}: [{', '.join(items)}]" if items else f"{key}: []")
        else:
            lines.append(f"{key}: {value}")
    return "\n".join([*lines, "---", "", ""])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
