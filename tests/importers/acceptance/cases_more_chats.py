"""Cases of LINE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 5)


def moment(number: int) -> datetime:
    """When item `number` was: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def word(number: int) -> str:
    return f"crane{number:03d}"


def write_line(folder: Path, numbers: Sequence[int]) -> Path:
    lines = ["[LINE] 가온とのトーク履歴", "保存日時：2024/04/01 10:00"]
    day = ""
    for number in numbers:
        now = moment(number)
        if f"{now:%Y/%m/%d}" != day:
            day = f"{now:%Y/%m/%d}"
            lines += ["", f"{day}({'月火水木金土日'[now.weekday()]})"]
        lines.append(f"{now:%H:%M}\t{'가온' if number % 2 else 'Mira'}\t{word(number)} 새를 봤다")
    path = folder / "[LINE] 가온.txt"
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", "utf-8")
    return path


def write_line_of_computer(folder: Path, numbers: Sequence[int]) -> Path:
    lines: list[str] = []
    for number in numbers:
        day = f"{moment(number):%Y.%m.%d %A}"
        lines += [] if day in lines else [day]
        lines.append(f"{moment(number):%H:%M} {'Gaon' if number % 2 else 'Mira'} {word(number)} was there")
    path = folder / "gaon.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


CASES = [
    Case(importer="line", write=write_line, text=word),
    Case(importer="line", id="computer", write=write_line_of_computer, text=word),
]
