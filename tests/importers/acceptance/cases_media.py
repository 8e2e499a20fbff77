"""Cases of browsers, films, music, books, shells and git."""

from __future__ import annotations

import json
import os
import plistlib
import re
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 14, 9, 0)
_UNIX = datetime(1970, 1, 1)


def moment(number: int) -> datetime:
    """When item `number` was: a day after the one before."""
    return _BEGIN + timedelta(days=number, minutes=number % 7)


def unix(number: int) -> int:
    return int((moment(number) - _UNIX).total_seconds())


def word(number: int) -> str:
    return f"plover{number:03d}"


def database(name: str, *tables: str, **rows: Callable[[int], tuple[Any, ...]]) -> Callable[..., Path]:
    def write(folder: Path, numbers: Sequence[int]) -> Path:
        path = folder / name
        with sqlite3.connect(path) as connection:
            for table in tables:
                connection.execute(f"CREATE TABLE {table}")
            for table, row in rows.items():
                for number in numbers:
                    values = row(number)
                    connection.execute(f"INSERT INTO {table} VALUES({','.join('?' * len(values))})", values)
        connection.close()
        return path

    return write


def row_at(path: Path, member: str, locator: str) -> str:
    found = re.fullmatch(r"table (\w+) row (\d+)", locator)
    assert found
    with sqlite3.connect(path) as connection:
        columns = {"visits": "url", "moz_historyvisits": "place_id", "history_visits": "history_item"}
        pages = {"visits": "urls", "moz_historyvisits": "moz_places", "history_visits": "history_items"}
        if found[1] not in columns:
            return str(connection.execute(f"SELECT * FROM {found[1]} WHERE rowid={found[2]}").fetchone())
        page = f"SELECT {columns[found[1]]} FROM {found[1]} WHERE id={found[2]}"
        return str(connection.execute(f"SELECT * FROM {pages[found[1]]} WHERE id=({page})").fetchone())


write_chromium = database(
    "History",
    "urls(id INTEGER PRIMARY KEY, url, title, visit_count, typed_count, last_visit_time, hidden)",
    "visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, from_visit, transition, visit_duration)",
    "keyword_search_terms(keyword_id, url_id, term, normalized_term)",
    urls=lambda n: (n + 1, f"https://example.org/{n}", f"About {word(n)}", 1, 0, 0, 0),
    visits=lambda n: (n + 1, n + 1, (unix(n) + 11_644_473_600) * 1_000_000, 0, 0, 5_000_000),
)
write_firefox = database(
    "places.sqlite",
    "moz_places(id INTEGER PRIMARY KEY, url, title)",
    "moz_historyvisits(id INTEGER PRIMARY KEY, from_visit, place_id, visit_date, visit_type, session)",
    moz_places=lambda n: (n + 1, f"https://example.org/{n}", f"About {word(n)}"),
    moz_historyvisits=lambda n: (n + 1, 0, n + 1, unix(n) * 1_000_000, 1, 0),
)
write_safari = database(
    "History.db",
    "history_items(id INTEGER PRIMARY KEY, url TEXT)",
    "history_visits(id INTEGER PRIMARY KEY, history_item INTEGER, visit_time REAL, title TEXT, load_successful)",
    history_items=lambda n: (n + 1, f"https://example.org/{word(n)}"),
    history_visits=lambda n: (n + 1, n + 1, unix(n) - 978_307_200.0, f"About {word(n)}", 1),
)
write_atuin = database(
    "history.db",
    "history(id text primary key, timestamp integer, duration, exit, command text, cwd text, session, hostname)",
    history=lambda n: (str(n), unix(n) * 10**9, 10**9, 0, f"echo {word(n)}", "/home", "s", "h"),
)


def as_json(name: str, entry: Callable[[int], dict[str, Any]], around: str = "") -> Callable[..., Path]:
    def write(folder: Path, numbers: Sequence[int]) -> Path:
        path = folder / name
        entries = [entry(number) for number in numbers]
        path.write_text(json.dumps({around: entries} if around else entries, ensure_ascii=False, indent=1), "utf-8")
        return path

    return write


def as_text(name: str, before: str, entry: Callable[[int], str], after: str = "", newest_first: bool = False) -> Any:
    def write(folder: Path, numbers: Sequence[int]) -> Path:
        path = folder / name
        order = sorted(numbers, reverse=newest_first)
        path.write_text(before + "".join(entry(number) for number in order) + after, "utf-8")
        return path

    return write


write_takeout = as_json(
    "BrowserHistory.json",
    lambda n: {
        "page_transition": "LINK",
        "title": f"About {word(n)}",
        "url": f"https://example.org/{n}",
        "client_id": "c",
        "time_usec": unix(n) * 1_000_000,
    },
    "Browser History",
)
write_bookmarks = as_text(
    "bookmarks.html",
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n    <DT><H3>읽을거리</H3>\n    <DL><p>\n",
    lambda n: f'        <DT><A HREF="https://example.org/{n}" ADD_DATE="{unix(n)}">About {word(n)}</A>\n',
    "    </DL><p>\n</DL><p>\n",
)


def write_firefox_bookmarks(folder: Path, numbers: Sequence[int]) -> Path:
    pages = [
        {
            "guid": f"g{n}",
            "title": f"{word(n)} 쪽",
            "dateAdded": 1767388500000000 + n,
            "type": "text/x-moz-place",
            "uri": f"https://example.org/{word(n)}",
        }
        for n in numbers
    ]
    container = {"guid": "root________", "title": "", "type": "text/x-moz-place-container"}
    menu = container | {"guid": "menu________", "title": "menu", "children": pages}
    path = folder / "bookmarks-2026-01-02.json"
    path.write_text(json.dumps(container | {"children": [menu]}, ensure_ascii=False), "utf-8")
    return path


def write_safari_bookmarks(folder: Path, numbers: Sequence[int]) -> Path:
    leaves = [
        {
            "WebBookmarkType": "WebBookmarkTypeLeaf",
            "WebBookmarkUUID": f"U{n}",
            "URLString": f"https://example.org/{n}",
            "URIDictionary": {"title": f"{word(n)} 쪽"},
        }
        for n in numbers
    ]
    path = folder / "Bookmarks.plist"
    path.write_bytes(plistlib.dumps({"WebBookmarkType": "WebBookmarkTypeList", "Children": leaves}))
    return path


def safari_bookmark(path: Path, member: str, locator: str) -> str:
    return str(plistlib.loads(path.read_bytes())["Children"][int(locator.split()[-1])])


def write_chromium_bookmarks(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "Bookmarks"
    children = [
        {
            "date_added": str((unix(n) + 11_644_473_600) * 1_000_000),
            "guid": f"guid-{n}",
            "id": str(n),
            "name": f"About {{{word(n)}}}",
            "type": "url",
            "url": f"https://example.org/{n}",
        }
        for n in numbers
    ]
    bar = {"children": children, "guid": "bar", "name": "북마크바", "type": "folder"}
    path.write_text(json.dumps({"roots": {"bookmark_bar": bar}, "version": 1}, ensure_ascii=False, indent=3), "utf-8")
    return path


write_spotify = as_json(
    "Streaming_History_Audio_2024_0.json",
    lambda n: {
        "ts": f"{moment(n).isoformat()}Z",
        "platform": "ios",
        "ms_played": 200_000,
        "master_metadata_track_name": f"노래 {word(n)}",
        "master_metadata_album_artist_name": "마루",
        "master_metadata_album_album_name": None,
        "episode_name": None,
    },
)
write_spotify_account = as_json(
    "StreamingHistory_music_0.json",
    lambda n: {
        "endTime": f"{moment(n):%Y-%m-%d %H:%M}",
        "artistName": "마루",
        "trackName": f"노래 {word(n)}",
        "msPlayed": 200_000,
    },
)
write_activity = as_json(
    "watch-history.json",
    lambda n: {
        "header": "YouTube",
        "title": f"{word(n)} 을(를) 시청했습니다.",
        "titleUrl": f"https://www.youtube.com/watch?v={n}",
        "time": f"{moment(n).isoformat()}.784Z",
        "products": ["YouTube"],
        "activityControls": ["YouTube 시청 기록"],
    },
)
_CELL = "content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1"
write_activity_page = as_text(
    "MyActivity.html",
    '<html><head><title>My Activity History</title></head><body><div class="mdl-grid">',
    lambda n: (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        '<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">Search<br></p></div>'
        f'<div class="{_CELL}">Searched for&nbsp;<a href="https://www.google.com/search?q={n}">{word(n)}</a><br>'
        f'{moment(n):%b %-d, %Y, %-I:%M:%S %p} KST<br></div><div class="{_CELL} mdl-typography--text-right"></div>'
        '<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Products:</b><br>&emsp;Search'
        "<br></div></div></div>"
    ),
    "</div></body></html>",
    newest_first=True,
)
write_comments = as_text(
    "comments.csv",
    "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text\n",
    lambda n: f'c{n},UC1,{moment(n).isoformat()}+00:00,0,,,v{n},"{{""text"":""{word(n)} 좋아요""}}"\n',
)
write_purchases = as_json(
    "Purchase History.json",
    lambda n: {
        "purchaseHistory": {
            "invoicePrice": f"₩{1000 + n}",
            "userCountry": "KR",
            "doc": {"documentType": "Android Apps", "title": word(n)},
            "purchaseTime": f"{moment(n).isoformat()}Z",
        }
    },
)
write_netflix = as_text(
    "ViewingActivity.csv",
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,"
    "Country\n",
    lambda n: f"Me,{moment(n)},01:42:30,,{word(n)}: Part Two,,TV,01:42:30,01:42:30,KR (Korea)\n",
)
write_netflix_list = as_text(
    "NetflixViewingHistory.csv",
    "Title,Date\n",
    lambda n: f'"{word(n)}: Season 1","{moment(n):%-m/%-d/%y}"\n',
    newest_first=True,
)
write_letterboxd = as_text(
    "diary.csv",
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n",
    lambda n: f"{moment(n):%Y-%m-%d},{word(n)},1979,https://boxd.it/{n},4.5,,,{moment(n):%Y-%m-%d}\n",
)
write_goodreads = as_text(
    "goodreads_library_export.csv",
    "Book Id,Title,Author,ISBN,My Rating,Date Read,Date Added,Exclusive Shelf,My Review,Read Count,Owned Copies\n",
    lambda n: f'{n},{word(n)},Mir,"=""044{n}""",0,{moment(n):%Y/%m/%d},2023/01/05,read,,1,0\n',
)
write_lastfm = as_text(
    "scrobbles.csv",
    "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n",
    lambda n: f'"{unix(n)}","{moment(n):%d %b %Y, %H:%M}","Mir","","Blue","","{word(n)}",""\n',
    newest_first=True,
)
write_lastfm_pages = as_json(
    "recent.json",
    lambda n: {
        "artist": {"mbid": "", "#text": "Mir"},
        "streamable": "0",
        "album": {"#text": "Blue"},
        "name": word(n),
        "url": f"https://www.last.fm/{n}",
        "date": {"uts": str(unix(n)), "#text": f"{moment(n):%d %b %Y, %H:%M}"},
    },
)
write_zsh = as_text(".zsh_history", "", lambda n: f": {unix(n)}:0;echo {word(n)} |\\\n  wc\n")
write_bash = as_text(".bash_history", "", lambda n: f"#{unix(n)}\necho {word(n)}\n")
write_fish = as_text("fish_history", "", lambda n: f"- cmd: echo {word(n)}\n  when: {unix(n)}\n")
write_plain = as_text("history.txt", "", lambda n: f"git show {word(n)}\n")
write_log = as_text(
    "log.txt",
    "",
    lambda n: (
        f"commit {n + 1:040x}\nAuthor: 김마루 <maru@example.org>\nDate:   {moment(n):%a %b %-d %H:%M:%S %Y} +0900\n\n"
        f"    Add {word(n)}\n\n"
    ),
)


def write_repository(folder: Path, numbers: Sequence[int]) -> Path:
    """Every item is a commit without parents on a branch of its own, so that it is the same in every repository."""
    path = folder / "attic.git"
    git(path.parent, "init", "-q", "--bare", str(path))
    for name in ("hooks", "description", "info"):
        subprocess.run(("rm", "-rf", path / name), check=True)
    tree = git(path, "mktree")
    for number in numbers:
        commit = git(path, "commit-tree", tree, "-m", f"Add {word(number)}", when=unix(number))
        git(path, "update-ref", f"refs/heads/b{number}", commit)
    (path / "HEAD").write_text(f"ref: refs/heads/b{numbers[0]}\n")
    return path


def git(folder: Path, *arguments: str, when: int = 0) -> str:
    names = {f"GIT_{who}_{what}": "m@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{who}_DATE": f"{when} +0900" for who in ("AUTHOR", "COMMITTER")}
    run = subprocess.run(
        ("git", *arguments),
        cwd=folder,
        env={**os.environ, **names, **dates, "GIT_CONFIG_GLOBAL": os.devnull},
        input=b"",
        capture_output=True,
        check=True,
    )
    return run.stdout.decode().strip()


def commit_at(path: Path, member: str, locator: str) -> str:
    return git(path, "cat-file", "-p", locator.removeprefix("commit "))


CASES = [
    Case(importer="browser", id="chromium", write=write_chromium, text=word, streams=False, find=row_at),
    Case(importer="browser", id="firefox", write=write_firefox, text=word, streams=False, find=row_at),
    Case(importer="browser", id="safari", write=write_safari, text=word, streams=False, find=row_at),
    Case(importer="browser-export", write=write_takeout, text=word),
    Case(importer="bookmarks", write=write_bookmarks, text=word),
    Case(importer="stored-bookmarks", id="Chrome", write=write_chromium_bookmarks, text=word),
    Case(importer="stored-bookmarks", id="Firefox", write=write_firefox_bookmarks, text=word),
    Case(importer="safari-bookmarks", write=write_safari_bookmarks, text=word, find=safari_bookmark, streams=False),
    Case(importer="spotify", id="extended", write=write_spotify, text=word),
    Case(importer="spotify", id="account", write=write_spotify_account, text=word),
    Case(importer="google-activity", id="json", write=write_activity, text=word),
    Case(importer="google-activity", id="page", write=write_activity_page, text=word),
    Case(importer="youtube", write=write_comments, text=word),
    Case(importer="google-play", write=write_purchases, text=word),
    Case(importer="netflix", id="activity", write=write_netflix, text=word),
    Case(importer="netflix", id="list", write=write_netflix_list, text=word),
    Case(importer="letterboxd", write=write_letterboxd, text=word),
    Case(importer="goodreads", write=write_goodreads, text=word),
    Case(importer="lastfm", id="csv", write=write_lastfm, text=word),
    Case(importer="lastfm", id="json", write=write_lastfm_pages, text=word),
    Case(importer="shell", id="zsh", write=write_zsh, text=word),
    Case(importer="shell", id="bash", write=write_bash, text=word),
    Case(importer="shell", id="fish", write=write_fish, text=word),
    Case(importer="shell", id="plain", write=write_plain, text=word),
    Case(importer="shell-database", write=write_atuin, text=word, streams=False, find=row_at),
    Case(importer="git", id="log", write=write_log, text=word),
    Case(importer="git", id="repository", write=write_repository, text=word, streams=False, find=commit_at),
]
