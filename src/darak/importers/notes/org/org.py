"""Org files: one record for each heading with the text below it, and one for what stands before the first.

Detected by Org's own lines (headings of stars, `#+KEY:`, `:PROPERTIES:`) in a file that ends in `.org`; in a text file
of another name, by headings with property drawers, or by options at its top and headings below. The native id is the
property ID where there is one. A section without a time has that of the section around it, of the file (`#+DATE`), or
of the file's name. The locator is "bytes A-B".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.lines import Line, encodings_of, read_lines
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.notes.attachments import read_files
from darak.importers.notes.markdown.dates import date_in_name
from darak.importers.notes.org.section import KEYWORDS, Section, is_heading, parse_section
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time

MAX_SECTION = 16 << 20
_SIGN = re.compile(rb"^(?:\*+ \S|#\+[A-Za-z_]+:|[ \t]*:(?:PROPERTIES|END):[ \t]*\r?$)", re.MULTILINE)
_DRAWER = re.compile(rb"^\*+ [^\n]*\n(?:[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):[^\n]*\n)?[ \t]*:PROPERTIES:", re.MULTILINE)
_OPTIONS = re.compile(
    rb"(?:\s*#[^\n]*\n)*?\s*#\+(?:TITLE|AUTHOR|DATE|STARTUP|FILETAGS|OPTIONS|(?:SEQ_)?TODO|EMAIL|LANGUAGE|CATEGORY):[^\n]*\n"
    rb"(?s:.*?)^\*+ \S",
    re.MULTILINE | re.IGNORECASE,
)
_STATES = re.compile(rb"^#\+(?:SEQ_|TYP_)?TODO:([^\n]*)", re.MULTILINE | re.IGNORECASE)


class OrgImporter:
    name = "org"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        files = [member.name for member in tree.members() if _is_org(member.name, tree.head(member.name))]
        return [Match(self.name, tuple(files), 0.85, "headings, options and drawers of Org mode")] if files else []

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            file = _File(tree, member)
            try:
                yield from file.items()
            except READ_ERRORS as error:
                yield Units(1)
                yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the file cannot be read to its end: {error}")


def _is_org(name: str, head: bytes) -> bool:
    if head.count(b"\0") > len(head) // 256:  # one that stands there by damage makes no binary file
        return False
    if name.lower().endswith((".org", ".org_archive")):
        return _SIGN.search(head.removeprefix(b"\xef\xbb\xbf")) is not None
    if PurePosixPath(short_name(name)).suffix.lower() not in ("", ".txt", ".text"):
        return False
    return _DRAWER.search(head) is not None or _OPTIONS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


class _File:
    def __init__(self, tree: Tree, member: str) -> None:
        self._tree, self._member = tree, member
        states = b" ".join(_STATES.findall(tree.head(member))).decode("utf-8", "replace")
        self._keywords = KEYWORDS | {word.partition("(")[0] for word in states.replace("|", " ").split()}
        self._above: list[Section] = []
        self._file = Section()
        self._name = PurePosixPath(short_name(member)).stem

    def items(self) -> Iterator[Item]:
        lines: list[Line] = []
        size = 0
        with self._tree.open(self._member) as stream:
            for line in read_lines(stream, encodings_of(self._tree.head(self._member))):
                if is_heading(line.text):
                    yield from self._section(lines)
                    lines, size = [], 0
                size += len(line.raw)
                if size <= MAX_SECTION:
                    lines.append(line)
            yield from self._section(lines)

    def _section(self, lines: list[Line]) -> Iterator[Item]:
        while lines and not lines[-1].text.strip():
            lines.pop()
        if not lines:
            return
        yield Units(1)
        section = parse_section([line.text for line in lines], self._keywords)
        origin = Origin(self._member, f"bytes {lines[0].start}-{lines[-1].end}")
        if section.level == 0:
            self._file = section
            if not section.text.strip():
                yield Ignored("options-of-the-file", origin)
                return
        while self._above and self._above[-1].level >= section.level:
            self._above.pop()
        yield self._record(section, origin)
        if section.level:
            self._above.append(section)
        if not all(line.intact for line in lines):
            yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")

    def _record(self, section: Section, origin: Origin) -> Record:
        title = self._file.options.get("title") or self._name
        author = self._file.options.get("author")
        tags = [*self._file.options.get("filetags", "").replace(":", " ").split()]
        for above in (*self._above, section):
            tags += above.tags
        blobs, left_out = read_files(self._tree, self._files(section))
        extra: dict[str, Any] = {
            "path": [above.title for above in self._above if above.title],
            "tags": list(dict.fromkeys(tags)),
            "state": section.keyword,
            "priority": section.priority,
            "properties": {name: value for name, value in section.properties.items() if name != "ID"},
            **section.planning,
            "missing": left_out,
        }
        return Record(
            source="org",
            kind="note",
            native_id=section.properties.get("ID") or None,
            time=self._time(section),
            end=section.end,
            origin=origin,
            author=Identity(author) if author else None,
            thread=title,
            title=section.title or (title if section.level == 0 else None),
            text=section.text,
            url=section.url,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )

    def _time(self, section: Section) -> Time:
        for part in (section, *reversed(self._above), self._file):
            if part.time is not None:
                return part.time
        return date_in_name(self._name) or UNKNOWN_TIME

    def _files(self, section: Section) -> list[str]:
        if not section.files:
            return []
        folder = folder_of(self._member)
        there = {member.name for member in self._tree.members()}
        names = (folder + name.removeprefix("./") for name in section.files)
        return [name for name in names if name in there and not name.endswith(".org")]
