"""Recordings in, records out: the sound is kept, its own time is told, and words come only from a local model."""

from __future__ import annotations

import io
import struct
import sys
import wave
from datetime import datetime
from types import SimpleNamespace

import pytest
from tests.importers.whisper_model import write_whisper

from darak.importers.importer import Hint
from darak.importers.voice import transcript
from darak.importers.voice.voice import VoiceImporter

VOICE = VoiceImporter()


def wav(*chunks: bytes, seconds: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000 * seconds))
    data = out.getvalue() + b"".join(chunks)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a(created: datetime | None, title: str = "", album: str = "") -> bytes:
    stamp = int((created - datetime(1904, 1, 1)).total_seconds()) if created else 0
    times = box(b"mvhd", struct.pack(">IIIII", 0, stamp, stamp, 600, 1200), bytes(80))
    said = [
        box(name, box(b"data", struct.pack(">II", 1, 0), text.encode()))
        for name, text in ((b"\xa9nam", title), (b"\xa9alb", album), (b"trkn", album and "3"))
        if text
    ]
    tags = box(b"udta", box(b"meta", bytes(4), box(b"hdlr", bytes(24)), box(b"ilst", *said)))
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"mdat", bytes(300)) + box(b"moov", times, tags)


def mp3(*frames: tuple[bytes, str]) -> bytes:
    tags = b"".join(name + struct.pack(">IH", len(text) + 1, 0) + b"\3" + text.encode() for name, text in frames)
    return b"ID3\4\0\0" + bytes((0, 0, 0, len(tags))) + tags + bytes(500)


@pytest.fixture
def read_sound(tmp_path, read):
    def read_file(name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        return read(VOICE, tmp_path / name)

    return read_file


def test_a_voice_memo_is_kept_with_its_own_time_and_title(read_sound):
    data = m4a(datetime(2024, 5, 5, 1, 2, 3), "새 녹음")
    (record,) = read_sound("x.m4a", data).records
    assert (record.kind, record.title, record.text) == ("note", "새 녹음", "")
    assert record.time.iso() == "2024-05-05T01:02:03Z"
    assert record.extra["seconds"] == 2.0
    assert [(blob.data, blob.mime) for blob in record.blobs] == [(data, "audio/mp4")]


def test_a_wave_file_tells_its_time_on_the_wall_clock(read_sound):
    extension = chunk(b"bext", bytes(320) + b"2024-05-0518:30:15" + bytes(300))
    (record,) = read_sound("x.wav", wav(extension, seconds=3)).records
    assert (record.time.iso(), record.time.zone) == ("2024-05-05T18:30:15", None)
    assert record.extra["seconds"] == 3.0


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("통화 녹음 김하늘_240505_183015.m4a", "2024-05-05T18:30:15"),
        ("Recording 2024-05-05 18.30.15.m4a", "2024-05-05T18:30:15"),
        ("음성 001.m4a", ""),
    ],
)
def test_without_a_time_of_its_own_the_name_may_tell_it(read_sound, name, iso):
    (record,) = read_sound(name, m4a(None)).records
    assert record.time.iso() == iso
    assert record.extra.get("time_from") == ("name" if iso else None)


def test_music_is_left_alone(read_sound):
    assert not read_sound("x.m4a", m4a(None, "Song", "Album")).matches
    assert not read_sound("x.mp3", mp3((b"TALB", "Album"), (b"TRCK", "3"))).matches


def test_a_recorder_may_fill_in_an_album(read_sound):
    (record,) = read_sound(
        "x.mp3", mp3((b"TALB", "Voice"), (b"TIT2", "Meeting"), (b"TDRC", "2024-05-05T18:30:15"))
    ).records
    assert (record.title, record.time.iso()) == ("Meeting", "2024-05-05T18:30:15")


def test_a_recording_that_is_cut_off_is_told(read_sound):
    assert [bad.code for bad in read_sound("x.m4a", m4a(None)[:200]).bad] == ["damaged-recording"]


def test_without_a_model_it_is_said_how_to_get_the_words(read_sound, monkeypatch, tmp_path):
    monkeypatch.delenv(transcript.MODEL, raising=False)
    reading = read_sound("x.m4a", m4a(None))
    (hint,) = reading.of(Hint)
    assert not reading.flaws
    assert "faster-whisper-small" in hint.message
    assert f"set {transcript.MODEL}" in hint.message
    monkeypatch.setenv(transcript.MODEL, str(tmp_path / "none"))
    (hint,) = read_sound("x.m4a", m4a(None)).of(Hint)
    assert "which lacks model.bin and tokenizer.json" in hint.message


def test_a_real_model_hears_a_recording_that_was_kept_without_words(read_sound, monkeypatch, tmp_path):
    pytest.importorskip("faster_whisper")
    monkeypatch.delenv(transcript.MODEL, raising=False)
    monkeypatch.setattr("darak.importers.voice.transcript._FILTER", False)  # the sound is no speech
    (before,) = read_sound("240102_030405.wav", wav(seconds=3)).records
    write_whisper(tmp_path / "models" / "tiny", ("우유", "사기"), "ko", 2.5)
    monkeypatch.setenv(transcript.MODEL, str(tmp_path / "models" / "tiny"))
    reading = read_sound("240102_030405.wav", wav(seconds=3))
    (after,) = reading.records
    assert not reading.flaws and not reading.of(Hint)
    assert (before.text, after.text) == ("", "우유 사기")
    assert before.native_id == after.native_id
    assert after.extra["transcript"] == {"model": "tiny", "language": "ko", "segments": ((0.0, 2.5, "우유 사기"),)}


def test_a_transcript_is_marked_with_its_model_and_times(read_sound, monkeypatch, tmp_path):
    class Whisper:
        def __init__(self, folder, device, local_files_only):
            assert local_files_only

        def transcribe(self, sound, vad_filter):
            segments = [
                SimpleNamespace(start=0.0, end=1.5, text=" 우유 사기"),
                SimpleNamespace(start=1.5, end=2, text=" "),
            ]
            return iter(segments), SimpleNamespace(language="ko")

    folder = tmp_path / "models" / "tiny"
    folder.mkdir(parents=True)
    for name in ("model.bin", "tokenizer.json"):
        (folder / name).touch()
    monkeypatch.setenv(transcript.MODEL, str(folder))
    monkeypatch.setitem(sys.modules, "faster_whisper", SimpleNamespace(WhisperModel=Whisper, __spec__=object()))
    transcript._model.cache_clear()
    (record,) = read_sound("x.m4a", m4a(None)).records
    transcript._model.cache_clear()
    assert record.text == "우유 사기"
    assert record.extra["transcript"] == {"model": "tiny", "language": "ko", "segments": ((0.0, 1.5, "우유 사기"),)}


def test_of_a_recording_too_long_to_be_kept_all_else_is_told(read_sound, monkeypatch):
    monkeypatch.setattr("darak.importers.voice.voice.MAX_KEPT", 10_000)
    data = wav(seconds=3)
    reading = read_sound("240102_030405.wav", data)
    (record,) = reading.records
    assert (record.time.iso(), record.extra["seconds"], record.blobs) == ("2024-01-02T03:04:05", 3.0, ())
    assert record.extra["not_kept"] == "0 MB" and record.origin.locator == f"bytes 0-{len(data)}"
