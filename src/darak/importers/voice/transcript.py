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

from darak.installation import install_command

MODEL = "DARAK_VOICE_MODEL"
_FILES = ("model.bin", "tokenizer.json")
"""What a model's folder must hold: a tokenizer that is not there would be fetched from the network."""
_MODELS = "all files of huggingface.co/Systran/faster-whisper-small, 480 MB, or of its sister -tiny, 75 MB"

_FILTER = True
"""Only what sounds like speech is heard: out of silence the models make words that nobody said."""


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
    return None if lacking() else Path(os.environ[MODEL])


def lacking() -> str:
    """What to do to have recordings transcribed; "" when all is there."""
    named = os.environ.get(MODEL, "")
    missing = [name for name in _FILES if not Path(named, name).is_file()]
    steps = [] if find_spec("faster_whisper") else [install_command("voice")]
    if not named:
        steps.append(f"download a model into a folder ({_MODELS}) and set {MODEL} to that folder")
    elif missing:
        steps.append(f"{MODEL} names {named}, which lacks {' and '.join(missing)}: download a model there ({_MODELS})")
    return "; then ".join(steps)


def transcribe(sound: BinaryIO, folder: Path) -> Transcript:
    """What is said in a sound file. Raises what the model raises for sound that it cannot decode."""
    found: tuple[Iterable[Any], Any] = _model(folder).transcribe(sound, vad_filter=_FILTER)
    segments, about = found
    heard = tuple((round(s.start, 2), round(s.end, 2), s.text.strip()) for s in segments)
    return Transcript(folder.name, about.language, tuple(segment for segment in heard if segment[2]))


@lru_cache(maxsize=1)
def _model(folder: Path) -> Any:
    whisper: Any = import_module("faster_whisper")
    return whisper.WhisperModel(str(folder), device="auto", local_files_only=True)
