"""What the importers of documents share: what a document says of itself, its passages, and their records.

A passage is what a citation names: a page, a slide, the text under a heading. Its record's native id is a hash of what
the document says of itself and of the passage's text, not of the file's name or place: a copy of a document adds
nothing, and of an edited one only the changed passages are new. Times are those that the document itself holds; the
time of a file is the time of a copy and is never used.
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Flaw, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record, nfc
from darak.records.time import UNKNOWN_TIME, Time

MAX_DOCUMENT = 128 << 20
"""Bytes of a document that is read as a whole."""
LONG, PART = 12_000, 6_000
"""Characters: a passage longer than LONG is divided into parts of about PART, so that a citation leads near."""
NEEDS_PASSWORD = "it is locked with a password; open it, save it without one, and import that file"
_BLANKS = re.compile(r"[ \t\u00a0]+")
_BREAKS = re.compile(r"\n{3,}")
_SAYS_NOTHING = re.compile(
    r"(?i)\(?(|untitled.*|document ?\d*|presentation ?\d*|제목 없음|powerpoint (presentation|프레젠테이션)"
    r"|anonymous|unspecified|unknown|author|user|microsoft office user|windows 사용자|administrator"
    r"|(generated (by|using) )?(openpyxl|python-docx|python-pptx))\)?"
)
"""What programs fill in where a person wrote nothing."""
_TEMPLATES = frozenset(
    (
        "2006-09-16T00:00:00Z",  # Excel 2007's empty workbook
        "2015-06-05T18:17:20Z",  # Excel 2016's
        "2015-06-05T18:19:34Z",
        "2013-01-27T09:14:16Z",  # python-pptx's
        "2013-01-27T09:15:58Z",
        "2013-12-23T23:15:00Z",  # python-docx's
    )
)
"""Times of the templates that programs make documents from: they are not those of the document."""


_SURE = 0.3
_OF_PROGRAMS = re.compile(r"(?:^|[/!])(?:node_modules|site-packages|__pycache__|\.?venv|\.tox|\.git)/")
"""Folders of other people's programs: their texts and tables are nobody's documents."""


class Damaged(Exception):
    """A document, or a part of it, that cannot be read; `code` is stable, the message is for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    time: Time = UNKNOWN_TIME
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])
    url: str | None = None

    @classmethod
    def of(
        cls,
        title: str | None,
        authors: tuple[str, ...],
        created: Time | None,
        modified: Time | None,
        url: str | None = None,
        **extra: str | None,
    ) -> About:
        """A document is of the day when it was made; without one, of the day when it was last changed."""
        known = {key: value for key, value in extra.items() if value and not _SAYS_NOTHING.fullmatch(value)}
        if created is not None and created.written in _TEMPLATES:
            known.pop("modified_by", None)
            created = None
        if modified is not None and modified.written in _TEMPLATES:
            modified = None
        if modified is not None and created is not None and modified.iso() != created.iso():
            known["modified"] = modified.iso()
        names = [" ".join(name.split()) for name in ((title or "").removeprefix("Microsoft Word - "), *authors)]
        said = [None if _SAYS_NOTHING.fullmatch(name) else name for name in names]
        return cls(
            said[0],
            tuple(dict.fromkeys(filter(None, said[1:]))),
            created or modified or UNKNOWN_TIME,
            known,
            url or None,
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document; `heading` is what stands over it, `flaw` what could not be read of it."""

    locator: str
    text: str
    heading: str | None = None
    flaw: tuple[str, str] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])


class DocumentImporter(ABC):
    """One kind of document: `knows` tells it by its head, `items` reads one file."""

    name: str
    version = 1
    score = 0.5
    why: str

    @abstractmethod
    def knows(self, head: bytes, name: str) -> bool: ...

    @abstractmethod
    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        """Records, bad rows and units of one document. `Damaged` when it cannot be read from here on."""
        ...

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            head = tree.head(member.name)
            if self.score < _SURE and _OF_PROGRAMS.search(member.name):
                continue
            if head and self.knows(head, member.name):
                folder = folder_of(member.name)
                folders.setdefault(folder, []).append(member.name)
        return [Match(self.name, tuple(names), self.score, self.why) for names in folders.values()]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            try:
                with tree.open(member) as stream:
                    yield from self.items(stream, member)
                continue
            except Damaged as error:
                code, message = error.code, str(error)
            except READ_ERRORS as error:
                code, message = "unreadable", f"the file cannot be read: {error}"
            yield BadRow(code, Origin(member, "whole file"), message, tree.head(member)[:256])
            yield Units(1)


class Records:
    """Makes the records of one document, passage by passage."""

    def __init__(self, source: str, member: str, about: About) -> None:
        self._source, self._member, self._about = source, member, about
        self._seen: Counter[str] = Counter()
        self._file = short_name(member)

    def of(self, passage: Passage) -> Iterator[Item]:
        """The passage's record, with its flaw."""
        about, text = self._about, nfc(passage.text)
        self._seen[text] += 1
        parts = (about.title or "", about.time.written, *about.authors, text, str(self._seen[text]))
        origin = Origin(self._member, passage.locator)
        extra = {**about.extra, **passage.extra}
        if passage.heading:
            extra["heading"] = passage.heading
        yield Record(
            source=self._source,
            kind="document",
            time=about.time,
            origin=origin,
            native_id=hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest(),
            author=Identity(about.authors[0]) if about.authors else None,
            people=tuple(Identity(author) for author in about.authors[1:]),
            thread=self._file,
            title=about.title or PurePosixPath(self._file).stem,
            text=text,
            url=about.url,
            extra=extra,
        )
        if passage.flaw:
            yield Flaw(passage.flaw[0], origin, passage.flaw[1])


def parts(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, those of more than LONG characters in parts that end where a line ends."""
    for passage in passages:
        if len(passage.text) <= LONG:
            yield passage
            continue
        lines, size, number = list[str](), 0, 1
        for line in [*passage.text.split("\n"), None]:
            if lines and (line is None or size + len(line) > PART):
                text = "\n".join(lines).strip("\n")
                locator = f"{passage.locator} part {number}"
                yield replace(passage, locator=locator, text=text, flaw=passage.flaw if number == 1 else None)
                lines, size, number = [], 0, number + 1
            if line is not None:
                lines.append(line)
                size += len(line) + 1


def tidy(text: str) -> str:
    """Single blanks, no blanks at the ends of lines, at most one blank line in a row."""
    lines = (line.strip() for line in _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def read_whole(stream: BinaryIO) -> bytes:
    """The bytes of a document. `Damaged` beyond MAX_DOCUMENT."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise Damaged("too-large", f"the file is over {MAX_DOCUMENT >> 20} MB, which no document is")
    return data
