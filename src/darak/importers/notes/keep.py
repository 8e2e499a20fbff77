"""Google Keep's notes from a Takeout: one record a note, with its checklist, labels and attached files.

Detected by JSON objects with Keep's flags (`isTrashed`, `isPinned`, `isArchived`) and its times in microseconds, and
by pages whose root is `div.note` with a heading. A page beside a JSON file of its name says the same and is ignored;
alone, as in old Takeouts, it is read. The native id is the time of creation, which is exact to the microsecond.
The locator is "bytes 0-N", the whole file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from darak.importers.formats.decoding import decode
from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.html_markdown import markdown_of_html
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.formats.members import whole_file
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.notes.attachments import read_files
from darak.importers.notes.markdown.dates import written_date
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time

MAX_NOTE = 32 << 20
_FLAG = re.compile(rb'"(isTrashed|isPinned|isArchived)"\s*:\s*(?:true|false)')
_TIME = re.compile(rb'"(?:userEdited|created)TimestampUsec"\s*:')
_CREATED = re.compile(rb'"createdTimestampUsec"\s*:\s*"?(\d+)')
_TITLE = re.compile(rb'"title"\s*:\s*"((?:[^"\\]|\\.)*)"')
_FILE = re.compile(rb'"filePath"\s*:\s*("(?:[^"\\]|\\.)*")')
_PAGE = re.compile(r'<div class="note[" ]')
_NEXT = r'(?=<div class="(?:title|content|attachments|chips|annotations|sharees)"|</div>)'
_PART = {
    name: re.compile(rf'<div class="{name}"[^>]*>(.*?)</div>\s*{_NEXT}', re.DOTALL)
    for name in ("heading", "title", "content")
}
_LABEL = re.compile(r'<span class="label-name"[^>]*>(.*?)</span>', re.DOTALL)


class KeepImporter:
    name = "google-keep"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        notes = [member.name for member in tree.members() if is_note(tree.head(member.name))]
        pages = [member.name for member in tree.members() if is_page(member.name, tree.head(member.name))]
        if not notes and not pages:
            return []
        folders = {folder_of(name) for name in (*notes, *pages)}
        there = {member.name for member in tree.members()}
        files = [
            found for name in notes for path in _file_names(tree.head(name)) if (found := _find(name, path, there))
        ]
        labels = [name for folder in sorted(folders) if (name := f"{folder}Labels.txt") in there]
        members = tuple(dict.fromkeys((*notes, *pages, *files, *labels)))
        return [Match(self.name, members, 0.96, "JSON notes with Keep's flags and times, or pages of Keep's notes")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        notes = [name for name in match.members if is_note(tree.head(name))]
        # Two titles of one time of creation are two notes made by a program, or one that was renamed between Takeouts.
        created = Counter(number for number, _ in {_created(tree.head(name)) for name in notes})
        files = set[str]()
        for name in notes:
            yield Units(1)
            yield from self._note(tree, name, created[_created(tree.head(name))[0]] > 1, files)
        stems = {PurePosixPath(name).with_suffix("") for name in notes}
        for name in match.members:
            if name in notes or name in files:
                continue
            if is_page(name, tree.head(name)):
                yield Units(1)
                if PurePosixPath(name).with_suffix("") in stems:
                    yield Ignored("page-of-a-note", Origin(name, ""))
                else:
                    yield from self._page(tree, name)
            elif name.endswith("Labels.txt"):
                yield Units(1)
                yield Ignored("list-of-labels", Origin(name, ""))

    def _note(self, tree: Tree, member: str, ambiguous: bool, files: set[str]) -> Iterator[Item]:
        data = yield from whole_file(tree, member, MAX_NOTE)
        if data is None:
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        text, intact = decode(data)
        try:
            note = as_dict(orjson.loads(text.encode("utf-8", "replace")))
        except orjson.JSONDecodeError:
            note = as_dict(None)
        if not note:
            yield BadRow("bad-json", origin, "the note is no whole JSON object and cannot be read", data[:65536])
            return
        there = {found.name for found in tree.members()}
        paths = [as_text(file.get("filePath")) for file in as_dicts(note.get("attachments"))]
        found = {path: _find(member, path, there) for path in paths if path}
        files.update(file for file in found.values() if file)
        blobs, left_out = read_files(tree, [file for file in found.values() if file])
        missing = [*left_out, *(path for path, file in found.items() if file is None)]
        title = as_text(note.get("title")).strip() or None
        links = [link for link in as_dicts(note.get("annotations")) if as_text(link.get("url"))]
        extra: dict[str, Any] = {
            "labels": [as_text(label.get("name")) for label in as_dicts(note.get("labels"))],
            "color": None if note.get("color") == "DEFAULT" else note.get("color"),
            "trashed": note.get("isTrashed"),
            "pinned": note.get("isPinned"),
            "archived": note.get("isArchived"),
            "edited": as_int(note.get("userEditedTimestampUsec")),
            "links": [{"title": as_text(link.get("title")), "url": as_text(link.get("url"))} for link in links],
            "missing": missing,
        }
        yield Record(
            source=self.name,
            kind="note",
            native_id=_native_id(note, f":{title or ''}" if ambiguous else ""),
            time=_time(note),
            origin=origin,
            title=title,
            text=_text(note),
            people=tuple(
                Identity(email) for person in as_dicts(note.get("sharees")) if (email := as_text(person.get("email")))
            ),
            url=as_text(links[0].get("url")) if links else None,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        if not intact:
            yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")
        elif left_out:
            yield Flaw("attachment-left-out", origin, f"files too large or not readable were left out: {len(left_out)}")

    def _page(self, tree: Tree, member: str) -> Iterator[Item]:
        data = yield from whole_file(tree, member, MAX_NOTE)
        if data is None:
            return
        source, intact = decode(data)
        origin = Origin(member, f"bytes 0-{len(data)}")
        parts = {name: found[1] if (found := form.search(source)) else "" for name, form in _PART.items()}
        written = " ".join(markdown_of_html(parts["heading"]).text.split())
        time = written_date(written) or Time(written, None, Precision.UNKNOWN)
        labels = [markdown_of_html(label).text for label in _LABEL.findall(source)]
        yield Record(
            source=self.name,
            kind="note",
            time=time,
            origin=origin,
            title=" ".join(markdown_of_html(parts["title"]).text.split()) or None,
            text=markdown_of_html(parts["content"]).text,
            extra={"labels": labels} if labels else {},
        )
        if time.local is None:
            yield Flaw("invalid-date", origin, f"its date is none that can be read surely: {written[:40]!r}")
        elif not intact:
            yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def is_note(head: bytes) -> bool:
    """Whether this is the head of a note's JSON, whole or damaged."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    return len(set(_FLAG.findall(head))) >= 2 and _TIME.search(head) is not None


def is_page(name: str, head: bytes) -> bool:
    if not name.lower().endswith((".html", ".htm")):
        return False
    text = head.decode("utf-8", "replace")
    return _PAGE.search(text) is not None and '<div class="heading"' in text


def _created(head: bytes) -> tuple[bytes, bytes]:
    """The time of creation and the title, as the note's head writes them."""
    number, title = _CREATED.search(head), _TITLE.search(head)
    return number[1] if number else b"", title[1] if title else b""


def _file_names(head: bytes) -> list[str]:
    return [as_text(orjson.loads(name)) for name in _FILE.findall(head)]


def _find(note: str, path: str, there: set[str]) -> str | None:
    """An attached file beside its note; Takeout tells some pictures as `.jpeg` that it packs as `.jpg`."""
    wanted = folder_of(note) + path
    stem = wanted.rpartition(".")[0]
    return next((name for name in (wanted, f"{stem}.jpg", f"{stem}.jpeg", f"{stem}.png") if name in there), None)


def _native_id(note: Json, more: str) -> str | None:
    created = as_int(note.get("createdTimestampUsec"))
    return f"{created}{more}" if created else None


def _time(note: Json) -> Time:
    number = as_int(note.get("createdTimestampUsec")) or as_int(note.get("userEditedTimestampUsec"))
    time = from_milliseconds(number // 1000, str(number)) if number else None
    return time or UNKNOWN_TIME


def _text(note: Json) -> str:
    parts = [as_text(note.get("textContent")) or markdown_of_html(as_text(note.get("textContentHtml"))).text]
    lines: list[str] = []
    for item in as_dicts(note.get("listContent")):
        words = as_text(item.get("text")) or markdown_of_html(as_text(item.get("textHtml"))).text
        lines.append(f"- [{'x' if item.get('isChecked') else ' '}] {words}")
    parts.append("\n".join(lines))
    known = "\n".join(parts)
    for link in as_dicts(note.get("annotations")):
        url, title = as_text(link.get("url")), as_text(link.get("title"))
        if url and url not in known:
            parts.append(f"[{title}]({url})" if title else url)
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())
