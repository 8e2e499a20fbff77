"""Speech to text by faster-whisper, when the extra `[voice]` is installed and DARAK_VOICE_MODEL names a folder with a
model. Nothing is ever downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

MODEL = "DARAK_VOICE_MODEL"


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a model heard: derived text. `segments` are (start and end in seconds, words)."""

    model: str
    language: str
    segments: tuple[tuple[float, float, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(words for _, _, words in self.segments)


def model_folder() -> Path | None:
    """The folder of the model to use; None when there is none, or nothing that could use it."""
    folder = Path(os.environ.get(MODEL, ""))
    usable = os.environ.get(MODEL) and folder.is_dir() and find_spec("faster_whisper") is not None
    return folder if usable else None


def transcribe(sound: BinaryIO, folder: Path) -> Transcript:
    """What is said in a sound file. Raises what the model raises for sound that it cannot decode."""
    found: tuple[Iterable[Any], Any] = _model(folder).transcribe(sound)
    segments, about = found
    heard = tuple((round(s.start, 2), round(s.end, 2), s.text.strip()) for s in segments)
    return Transcript(folder.name, about.language, tuple(segment for segment in heard if segment[2]))


@lru_cache(maxsize=1)
def _model(folder: Path) -> Any:
    whisper: Any = import_module("faster_whisper")
    return whisper.WhisperModel(str(folder), device="auto", local_files_only=True)
