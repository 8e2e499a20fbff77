"""The same things exported in a fuller and in a lesser form, at different times: each is there once, told fully."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.importers.acceptance import cases_chats

from darak.importers import runner
from darak.importers.registry import load_importers
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.records.record import Identity, Record
from darak.records.time import Precision
from darak.records.vault import Vault

Write = Callable[[Path, Sequence[int]], Path]
MARK = "\u200e"
NOW = datetime(2025, 6, 1)
FIRST = datetime(2024, 3, 14, 21, 0)
IMPORTERS = load_importers()


@dataclass(frozen=True)
class Forms:
    """Writers of the two forms of the same items, and whether a record is told as the fuller one tells it; how many
    of items 0 to 11 it tells better, and how many of items 6 to 11."""

    fuller: Write
    lesser: Write
    is_full: Callable[[Record], bool]
    full: int = 12
    both: int = 6


def android(omitted: bool) -> Write:
    """A chat of two texts and two photos in turn, one of them with a caption; two in each minute."""

    def write(folder: Path, numbers: Sequence[int]) -> Path:
        lines: list[str] = []
        for n in numbers:
            stamp = f"{FIRST + timedelta(minutes=n // 2):%d/%m/%Y, %H:%M} - {('가온', 'Mir')[n % 4 // 2]}: "
            if n % 4 >= 2:
                lines.append(f"{stamp}words {n}")
                continue
            photo = f"IMG-20240314-WA{n:04d}.jpg"
            lines.append(stamp + ("<Media omitted>" if omitted else f"{photo} (file attached)"))
            lines += [f"the caption {n}"] * (n % 2)
            if not omitted:
                (folder / photo).write_bytes(b"JPEG %d" % n)
        (folder / "WhatsApp Chat with 가온.txt").write_text("\n".join(lines) + "\n", "utf-8")
        return folder

    return write


def ios(omitted: bool) -> Write:
    def write(folder: Path, numbers: Sequence[int]) -> Path:
        said = "\u200eimage omitted" if omitted else "\u200e<attached: {:08d}-PHOTO-2024-03-14-21-00-00.jpg>"
        lines = [
            f"{MARK * (n % 2)}[{FIRST + timedelta(seconds=n):%d.%m.%y, %H:%M:%S}] Mir: "
            + (said.format(n) if n % 2 else f"words {n}")
            for n in numbers
        ]
        path = folder / "_chat.txt"
        path.write_text("\r\n".join(lines) + "\r\n", "utf-8")
        return path

    return write


def telegram(folder: Path, numbers: Sequence[int]) -> Path:
    messages = [cases_chats.telegram_message(n) for n in numbers]
    return cases_chats.dump(folder / "result.json", {"name": "두레", "type": "group", "id": 7, "messages": messages})


def activity(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [
        f'Me,{FIRST + timedelta(days=n):%Y-%m-%d %H:%M:%S},0:42:30,,"Door {n}: Season 1",,TV,0:42:30,0:42:30,KR (Korea)'
        for n in numbers
    ]
    columns = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,"
    path = folder / "ViewingActivity.csv"
    path.write_text("\n".join([columns + "Latest Bookmark,Country", *rows]) + "\n", "utf-8")
    return path


def titles(folder: Path, numbers: Sequence[int]) -> Path:
    """The list's days are those of an owner nine hours east."""
    days = [FIRST + timedelta(days=n, hours=9) for n in numbers]
    rows = [f'"Door {n}: Season 1","{day:%-m/%-d/%y}"' for n, day in zip(numbers, days, strict=True)]
    path = folder / "NetflixViewingHistory.csv"
    path.write_text("\n".join(["Title,Date", *reversed(rows)]) + "\n", "utf-8")
    return path


def with_album(folder: Path, numbers: Sequence[int]) -> Path:
    plays = [
        {
            "ts": f"{FIRST + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}",
            "ms_played": 1000 * n,
            "master_metadata_track_name": f"song {n}",
            "master_metadata_album_artist_name": "Mir",
            "master_metadata_album_album_name": "Doors",
            "spotify_track_uri": "spotify:track:1",
        }
        for n in numbers
    ]
    return cases_chats.dump(folder / "Streaming_History_Audio_2024.json", plays)


def of_a_year(folder: Path, numbers: Sequence[int]) -> Path:
    plays = [
        {
            "endTime": f"{FIRST + timedelta(hours=n):%Y-%m-%d %H:%M}",
            "artistName": "Mir",
            "trackName": f"song {n}",
            "msPlayed": 1000 * n,
        }
        for n in numbers
    ]
    return cases_chats.dump(folder / "StreamingHistory0.json", plays)


def with_seconds(folder: Path, numbers: Sequence[int]) -> Path:
    begin = (FIRST - datetime(1970, 1, 1)).total_seconds()
    rows = [f'"{begin + 3600 * n + n:.0f}","x","Mir","","Doors","","song {n}",""' for n in numbers]
    columns = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid"
    path = folder / "scrobbles.csv"
    path.write_text("\n".join([columns, *rows]) + "\n", "utf-8")
    return path


def with_minutes(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "plays.csv"
    path.write_text(
        "".join(f"Mir,Doors,song {n},{FIRST + timedelta(hours=n):%d %b %Y %H:%M}\n" for n in numbers), "utf-8"
    )
    return path


def kakao(second: bool, stamp: Callable[[datetime], str], head: str, owner: str = "미르") -> Write:
    """Two say something each minute, every third time the same as the one before."""

    def write(folder: Path, numbers: Sequence[int]) -> Path:
        lines = [head]
        for n in numbers:
            time = FIRST + timedelta(minutes=n // 2, seconds=n % 2 * 20)
            name, text = ("가온", owner)[n // 2 % 2], "ㅋㅋ" if n % 4 < 2 else f"말 {n}"
            lines.append(f'{stamp(time)}"{name}","{text}"' if second else f"{stamp(time)}{name} : {text}")
        name = "KakaoTalk_Chat_두레_2024-05-06-14-23-11.csv" if second else "chat.txt"
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
        return folder / name

    return write


def half(time: datetime) -> str:
    return f"{'오전' if time.hour < 12 else '오후'} {(time.hour - 1) % 12 + 1}:{time:%M}, "


CSV = kakao(True, lambda time: f"{time:%Y-%m-%d %H:%M:%S},", "Date,User,Message")
ANDROID, PHONE = (
    kakao(
        False,
        lambda time: f"{time.year}년 {time.month}월 {time.day}일 " + half(time),
        "두레 2 님과 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n\n",
        owner,
    )
    for owner in ("미르", "회원님")
)


def signal_backup(folder: Path, numbers: Sequence[int]) -> Path:
    begin = round((FIRST - datetime(1970, 1, 1)).total_seconds() * 1000)
    stamp = {"chatId": "5", "authorId": "2"}
    frames = [
        {"version": "1", "backupTimeMs": "1709600000000"},
        {"recipient": {"id": "2", "contact": {"e164": "821000000", "profileGivenName": "Mir"}}},
        {"chat": {"id": "5", "recipientId": "2"}},
        *(
            {
                "chatItem": {
                    **stamp,
                    "dateSent": str(begin + n * 1001),
                    "standardMessage": {"text": {"body": "ㅋㅋ `hm`"}},
                }
            }
            for n in numbers
        ),
    ]
    path = folder / "main.jsonl"
    path.write_text("".join(json.dumps(frame) + "\n" for frame in frames), "utf-8")
    return folder


def signal_desktop(folder: Path, numbers: Sequence[int]) -> Path:
    """On a computer nine hours east."""
    times = [FIRST + timedelta(hours=9, milliseconds=n * 1001) for n in numbers]
    lines = [{"date": time.isoformat(), "sender": "Mir ♥", "body": "ㅋㅋ hm  "} for time in times]
    (folder / "Mir").mkdir()
    (folder / "Mir" / "data.json").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder


def instagram_json(folder: Path, numbers: Sequence[int]) -> Path:
    begin = round((FIRST - datetime(1970, 1, 1)).total_seconds())
    said = [{"sender_name": "Mir", "timestamp_ms": (begin + 20 * n) * 1000 + n, "content": "hm  hm"} for n in numbers]
    path = folder / "your_instagram_activity/messages/inbox/mir_7/message_1.json"
    path.parent.mkdir(parents=True)
    cases_chats.dump(path, {"participants": [{"name": "Mir"}], "messages": said[::-1], "title": "Mir"})
    return folder


def instagram_pages(folder: Path, numbers: Sequence[int]) -> Path:
    """Eight hours behind, three in a minute."""
    times = [FIRST + timedelta(hours=-8, seconds=20 * n) for n in numbers]
    blocks = "".join(
        f'<div class="pam _a6-g"><h2 class="_a6-h">Mir</h2><div class="_a6-p"><div>hm hm</div></div>'
        f'<div class="_3-94 _a6-o">{time:%b %d, %Y %-I:%M} {"am" if time.hour < 12 else "pm"}</div></div>'
        for time in reversed(times)
    )
    path = folder / "your_instagram_activity/messages/inbox/mir_7/message_1.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html><head><title>Mir</title></head><body>{blocks}</body></html>", "utf-8")
    return folder


def instagram_posts_json(folder: Path, numbers: Sequence[int]) -> Path:
    begin = round((FIRST - datetime(1970, 1, 1)).total_seconds())
    posts = [
        {"media": [{"uri": f"media/posts/{n}.jpg", "creation_timestamp": begin + 20 * n, "title": "hm\nhm"}]}
        for n in numbers
    ]
    path = folder / "your_instagram_activity/media/posts_1.json"
    path.parent.mkdir(parents=True)
    cases_chats.dump(path, posts[::-1])
    return folder


def instagram_posts_pages(folder: Path, numbers: Sequence[int]) -> Path:
    times = [FIRST + timedelta(hours=-8, seconds=20 * n) for n in numbers]
    blocks = "".join(
        f'<div class="pam _a6-g"><h2 class="_a6-h">hm\nhm</h2><div class="_a6-p"><img src="media/posts/{n}.jpg"/></div>'
        f'<div class="_3-94 _a6-o">{time:%b %d, %Y %-I:%M} {"am" if time.hour < 12 else "pm"}</div></div>'
        for n, time in reversed([*zip(numbers, times, strict=True)])
    )
    path = folder / "your_instagram_activity/media/posts_1.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html><head><title>Posts</title></head><body>{blocks}</body></html>", "utf-8")
    return folder


FORMS = {
    "kakaotalk": Forms(CSV, ANDROID, lambda record: record.time.precision is Precision.SECOND),
    "kakaotalk of the owner": Forms(
        CSV, PHONE, lambda record: record.time.precision is Precision.SECOND and record.author != Identity("me")
    ),
    "whatsapp": Forms(android(False), android(True), lambda record: len(record.blobs) == 1, 6, 2),
    "whatsapp on iOS": Forms(ios(False), ios(True), lambda record: "files" in record.extra, 6, 3),
    "instagram": Forms(instagram_json, instagram_pages, lambda record: record.time.precision is not Precision.MINUTE),
    "instagram's posts": Forms(
        instagram_posts_json, instagram_posts_pages, lambda record: record.time.precision is not Precision.MINUTE
    ),
    "signal": Forms(signal_backup, signal_desktop, lambda record: record.time.zone is not None),
    "telegram": Forms(
        telegram,
        cases_chats.write_telegram_pages,
        lambda record: bool(record.author and "user" in record.author.handle),
    ),
    "netflix": Forms(activity, titles, lambda record: "seconds" in record.extra),
    "lastfm": Forms(with_seconds, with_minutes, lambda record: record.time.precision is Precision.SECOND),
    "spotify": Forms(with_album, of_a_year, lambda record: record.extra.get("album") == "Doors"),
}


@pytest.mark.parametrize("order", ["FL", "LF", "FLF", "LFL", "F+L"])
@pytest.mark.parametrize("name", FORMS)
def test_a_fuller_and_a_lesser_export_overlap(name: str, order: str, tmp_path: Path) -> None:
    forms = FORMS[name]
    folders = {form: tmp_path / "exports" / form for form in "FL"}
    for form, folder in folders.items():
        folder.mkdir(parents=True)
        (forms.fuller if form == "F" else forms.lesser)(folder, range(12) if form == "F" else range(6, 18))
    with Vault.create(tmp_path / "home", zone="Asia/Seoul", use_keyring=False) as vault:
        for path in [tmp_path / "exports"] if "+" in order else [folders[form] for form in order]:
            reports = run_import(open_tree(path), IMPORTERS, vault, now=NOW)
            assert {report.state for report in reports if report.importer} == {"done"}
        check(vault, forms)


def check(vault: Vault, forms: Forms) -> None:
    records = [stored.record for stored in vault.get(n for (n,) in vault.rows("SELECT n FROM record")).values()]
    assert len(records) == 18
    assert sum(map(forms.is_full, records)) == forms.full
    assert len(vault.rows("SELECT n FROM version")) == forms.both


@pytest.mark.parametrize("order", ["FL", "LF"])
@pytest.mark.parametrize("name", FORMS)
def test_a_kill_in_the_second_export_changes_nothing_in_the_end(
    name: str, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = FORMS[name]
    monkeypatch.setattr(runner, "BATCH", 2)
    home = tmp_path / "home"
    Vault.create(home, zone="Asia/Seoul", use_keyring=False).close()
    for number, form in enumerate(order):
        folder = tmp_path / form
        folder.mkdir()
        path = (forms.fuller if form == "F" else forms.lesser)(folder, range(12) if form == "F" else range(6, 18))
        if number:
            child = os.fork()
            if child == 0:  # pragma: no cover
                import_until_killed(home, path)
            os.waitpid(child, 0)
        with Vault.open(home) as vault:
            run_import(open_tree(path), IMPORTERS, vault, now=NOW)
    with Vault.open(home) as vault:
        check(vault, forms)
        assert not vault.rows("SELECT n FROM version WHERE n NOT IN (SELECT n FROM record)")
        assert not vault.rows("SELECT n FROM origin WHERE n NOT IN (SELECT n FROM record)")


def import_until_killed(home: Path, path: Path) -> None:
    batches = 0

    def count() -> None:
        nonlocal batches
        batches += 1
        if batches == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        run_import(open_tree(path), IMPORTERS, Vault.open(home), now=NOW, after_batch=count)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)
