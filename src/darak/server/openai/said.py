"""What comes back, from the memory or from a model alike, before it takes one of OpenAI's forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from darak.models.request import Call, Text, Usage


@dataclass(frozen=True, slots=True)
class Annotation:
    """The page of what the text names from `start` to before `end`, in characters."""

    url: str
    title: str
    start: int
    end: int

    def json(self) -> dict[str, Any]:
        return {"url": self.url, "title": self.title, "start_index": self.start, "end_index": self.end}


@dataclass(frozen=True, slots=True)
class Whole:
    """The end: everything that was said. `about` is what the memory tells beside its text."""

    text: str
    calls: tuple[Call, ...] = ()
    usage: Usage = field(default=Usage())
    stop: Literal["end", "length"] = "end"
    annotations: tuple[Annotation, ...] = ()
    about: dict[str, Any] | None = None


Said = Text | Call | Whole
"""Text as it comes, whole calls, and at last the Whole."""
