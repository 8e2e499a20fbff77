"""What the doctor found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "note", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `level` is "problem" where Darak does not work, "warning" where it soon may not,
    "note" for what may be missed; `do` says what helps, "" where nothing has to be done."""

    about: str
    level: Level
    found: str
    do: str = ""
