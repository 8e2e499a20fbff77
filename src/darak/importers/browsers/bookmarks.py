"""Bookmarks in the Netscape file that every browser exports (also in Google Takeout). One record a bookmark.

Format: https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582.
Structural signs: `<!DOCTYPE NETSCAPE-Bookmark-file-1>`. Locators are "bytes A-B", the line. ADD_DATE is in seconds
since 1970, in some programs in milli- or microseconds; the folders are the path in `extra`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.browsers.schemas import UNIX
from darak.importers.browsers.visit import readable
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.lines import Line, read_lines
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Flaw, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource

_SIGN = re.compile(rb"\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
_UNIT = re.compile(r"<A\s[^>]*?HREF", re.IGNORECASE)
_TOKEN = re.compile(
    r"<H3(?P<folder>[^>]*)>(?P<name>.*?)</H3>|(?P<open><DL\b)|(?P<close></DL>)|<A\s(?P<link>[^>]*)>(?P<title>.*?)</A>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([A-Z_]+)="([^"]*)"', re.IGNORECASE)


class BookmarksImporter:
    """Bookmarks: the HTML file that browsers export"""

    name = "bookmarks"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "a bookmark file: NETSCAPE-Bookmark-file")
            for member in tree.members()
            if _SIGN.match(tree.head(member.name).removeprefix(b"\xef\xbb\xbf"))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        folders: list[str] = []
        entered: list[bool] = []
        name = ""
        position, opened = 0, 0
        try:
            with tree.open(member) as stream:
                for line in read_lines(stream, ("utf-8",)):
                    position = line.end
                    yield Units(len(_UNIT.findall(line.text)))
                    links = 0
                    for token in _TOKEN.finditer(line.text):
                        if token["name"] is not None:
                            name = text_of_html(token["name"])
                        elif token["open"]:
                            entered.append(bool(name))
                            folders += [name] if name else []
                            name, opened = "", opened + 1
                        elif token["close"]:
                            opened -= 1
                            if entered and entered.pop():
                                folders.pop()
                        else:
                            links += 1
                            yield from _items(token, line, folders, Origin(member, f"bytes {line.start}-{line.end}"))
                    for _ in range(len(_UNIT.findall(line.text)) - links):
                        yield _bad(line, Origin(member, f"bytes {line.start}-{line.end}"))
            if opened > 0:
                yield Units(1)
                message = "the file ends within a folder; export or download it again"
                yield BadRow("cut-off", Origin(member, f"bytes {position}-"), message)
        except READ_ERRORS as error:
            yield from unreadable(member, position, error)


def _bad(line: Line, origin: Origin) -> BadRow:
    return BadRow("bad-bookmark", origin, "a bookmark whose address cannot be read", line.raw[:4096])


def _items(token: re.Match[str], line: Line, folders: list[str], origin: Origin) -> Iterator[Item]:
    values = {name.upper(): html.unescape(value) for name, value in _ATTRIBUTE.findall(token["link"])}
    url, title = values.get("HREF", ""), text_of_html(token["title"])
    if not url:
        if _UNIT.match(token[0]):
            yield _bad(line, origin)
        return
    extra: dict[str, Any] = {"activity": "bookmark", "folder": "/".join(folders), "tags": values.get("TAGS")}
    yield Record(
        source="bookmarks",
        kind="other",
        native_id=f"{values.get('ADD_DATE', '')} {url}",
        time=_time(values.get("ADD_DATE", "")),
        origin=origin,
        title=title or readable(url),
        text="\n".join(dict.fromkeys(part for part in (title, readable(url), *folders) if part)),
        url=url,
        extra={key: value for key, value in extra.items() if value},
    )
    if not line.intact:
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def _time(written: str) -> Time:
    moment = UNIX.moment(int(written)) if written.isdigit() else None
    if moment is None:
        return UNKNOWN_TIME
    return Time(written, moment.replace(microsecond=0), Precision.SECOND, "UTC", ZoneSource.UTC)
