"""Voice memos and other recordings: the sound is kept, and transcribed where a model is there.

Signs: the magic bytes of M4A, 3GP, WAV, MP3, AMR, Ogg, CAF and FLAC; tracks of an album are music and not taken. One
record of kind note a file: its time is the one in the file, else (said in `time_from`) the one in its name. A
transcript is derived text: `transcript` in `extra` names the model and the times of its segments. The native id is the
file's hash; the locator is "bytes 0-N", the whole file. The sound of files over 64 MB is not kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.members import measured
from darak.importers.importer import BadRow, Flaw, Hint, Item, Match, Units
from darak.importers.names import short_name
from darak.importers.photos.names import time_in_name
from darak.importers.tree import Tree
from darak.importers.voice.sound import mime_of, read_sound
from darak.importers.voice.transcript import lacking, model_folder, transcribe
from darak.records.record import Blob, Origin, Record, nfc
from darak.records.time import UNKNOWN_TIME, Precision, Time

MAX_KEPT = 64 << 20
_SHORT = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(?!\d)")
"""How Samsung's recorder names calls: `통화 녹음 이름_240102_030405.m4a`, the year first."""


class VoiceImporter:
    name = "voice"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        sounds = ((member.name, mime_of(tree.head(member.name))) for member in tree.members())
        members = tuple(name for name, mime in sounds if mime and not _is_music(tree, name, mime))
        if not members:
            return []
        return [Match(self.name, members, 0.4, "sound recordings")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        yield Units(len(match.members))
        for member in match.members:
            yield from self._recording(tree, member)

    def _recording(self, tree: Tree, member: str) -> Iterator[Item]:
        name = nfc(short_name(member))
        mime = mime_of(tree.head(member))
        origin = Origin(member, "bytes 0-")
        try:
            with tree.open(member) as stream:
                sound = read_sound(stream, mime)
            data, digest, size = measured(tree, member, MAX_KEPT)
        except (ValueError, *READ_ERRORS) as error:
            yield BadRow("damaged-recording", origin, f"the file cannot be read: {error}")
            return
        origin = Origin(member, f"bytes 0-{size}")
        extra: dict[str, Any] = {"seconds": sound.seconds, "file": name}
        if size > MAX_KEPT:
            extra["not_kept"] = f"{size >> 20} MB"
        time = sound.time
        if time is None and (time := _time_in_name(name)) is not None:
            extra["time_from"] = "name"
        text, problem = "", ""
        if folder := model_folder():
            try:
                with io.BytesIO(data) if size <= MAX_KEPT else tree.open(member) as stream:
                    heard = transcribe(stream, folder)
                text = nfc(heard.text)
                extra["transcript"] = {"model": heard.model, "language": heard.language, "segments": heard.segments}
            except Exception as error:  # the model's libraries raise whatever damaged sound makes of them
                problem = f"it could not be transcribed: {error}"
        yield Record(
            source=self.name,
            kind="note",
            time=time or UNKNOWN_TIME,
            origin=origin,
            native_id=digest[:32],
            title=nfc(sound.title) or PurePosixPath(name).stem,
            text=text,
            blobs=(Blob(digest, name, mime, size, data),) if size <= MAX_KEPT else (),
            extra={key: value for key, value in extra.items() if value},
        )
        if problem:
            yield Flaw("not-transcribed", origin, problem)
        elif todo := lacking():
            yield Hint("no-words", origin, f"what is said in it can be written down: {todo}; then import it again")


def _is_music(tree: Tree, member: str, mime: str) -> bool:
    """Whether its tags, as far as they stand at the file's beginning, are those of a piece of music."""
    try:
        sound = read_sound(io.BytesIO(tree.head(member)), mime)
    except ValueError:
        return False
    return sound.is_music


def _time_in_name(name: str) -> Time | None:
    if match := _SHORT.search(name):
        year, month, day, hour, minute, second = (int(part) for part in match.groups())
        with suppress(ValueError):
            return Time(match[0], datetime(2000 + year, month, day, hour, minute, second), Precision.SECOND)
    return time_in_name(name)
