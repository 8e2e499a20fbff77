"""The cards of a vCard file (2.1, 3.0, RFC 6350) with their places in bytes, and the properties of a card.

Read leniently, card by card: a damaged BEGIN, END or property costs at most the card that it stands in.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.decoding import decode

MAX_CARD = 16 * 1024 * 1024
"""Bytes of a card that are read; a card with a large picture has about one megabyte."""
_LINE = 1 << 20
_MARK = re.compile(rb"(?:\xef\xbb\xbf)?\s*(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_HEAD = re.compile(rb"(?:([\w-]+)\.)?([A-Za-z][A-Za-z0-9-]*)((?:;(?:[^:;\"]|\"[^\"\r\n]*\")*)*):")
_PARAMETER = re.compile(r';((?:[^;"]|"[^"]*")*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
"""What stands in a parameter for signs that would end it (RFC 6868)."""
_LINE_END = re.compile(rb"\r*\n|\r")
"""Also where a transfer has doubled the CR, which makes no blank line."""
_ENCODINGS = {"b": "base64", "base64": "base64", "q": "quoted-printable", "quoted-printable": "quoted-printable"}
_VALUES = frozenset(("url", "uri", "text", "inline", "content-id", "cid", "binary"))


@dataclass(frozen=True, slots=True)
class Card:
    """Bytes [`start`, `end`) of the file.

    `state` is "whole", "no-begin", "no-end" (another card began before it ended), "cut-off" (the file ends in it),
    "too-large"; or, for lines outside of cards, "between", "trailing" (the file ends in them) or "blank".
    """

    start: int
    end: int
    data: bytes
    state: str


@dataclass(frozen=True, slots=True)
class Property:
    """`name` is in upper case, `types` (home, cell, pref …) in lower case; `value` as written, transfer encodings
    undone when they are of text."""

    group: str
    name: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as text, its escapes undone."""
        return unescape(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components of a structured value (a name, an address)."""
        return [unescape(part).strip() for part in re.split(r"(?<!\\);", self.value)]


def unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text).replace("\r\n", "\n")


class CardScanner:
    """Iterates over the cards of a stream.

    `units` counts BEGIN lines, and END lines that lack theirs: the independent count. `error` says why the stream could
    not be read to its end.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.error: str | None = None
        self._stream = stream
        self.units = 0

    def __iter__(self) -> Iterator[Card]:
        start = position = 0
        lines: list[bytes] = []
        depth = 0
        for line in self._lines():
            mark = _MARK.fullmatch(line)
            begins = mark is not None and mark[1].upper() == b"BEGIN"
            nested = begins and depth > 0 and _ends_in_agent(lines)
            if begins and not nested:
                self.units += 1
                if lines:
                    yield _card(start, position, lines, "no-end" if depth else "between")
                start, lines, depth = position, [], 0
            lines.append(line)
            position += len(line)
            if begins:
                depth += 1
            elif mark is not None:
                depth -= 1
                if depth <= 0:
                    self.units += depth < 0
                    yield _card(start, position, lines, "whole" if depth == 0 else "no-begin")
                    start, lines, depth = position, [], 0
        if lines:
            yield _card(start, position, lines, "cut-off" if depth else "trailing")

    def _lines(self) -> Iterator[bytes]:
        try:
            while line := self._stream.readline(_LINE):
                yield line
        except READ_ERRORS as error:
            self.error = str(error)


def _ends_in_agent(lines: list[bytes]) -> bool:
    """Whether the next card is the value of an AGENT property: 2.1 writes the agent's card inside."""
    return next((line for line in reversed(lines) if line.strip()), b"").upper().strip().startswith(b"AGENT")


def _card(start: int, end: int, lines: list[bytes], state: str) -> Card:
    data = b"".join(lines)
    if state in ("between", "trailing") and not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        state = "blank"
    return Card(start, end, data[:MAX_CARD], "too-large" if len(data) > MAX_CARD else state)


def properties(data: bytes) -> tuple[list[Property], list[str], bool]:
    """A card's own properties, lines that are none, and whether all its text could be decoded."""
    found: list[Property] = []
    wrong: list[str] = []
    whole = True
    depth = 0
    for line in _logical_lines(data):
        mark = _MARK.fullmatch(line)
        if mark is not None:
            depth += 1 if mark[1].upper() == b"BEGIN" else -1
            continue
        head = _HEAD.match(line)
        if head is None:
            wrong.append(decode(line)[0][:60])
        elif depth <= 1:
            prop, decoded = _property(head, line[head.end() :])
            found.append(prop)
            whole = whole and decoded
    return found, wrong, whole


def _logical_lines(data: bytes) -> Iterator[bytes]:
    """Lines with folds undone; a soft line break of quoted-printable and unindented base64 go on in the next line."""
    current = b""
    coded = ""
    for raw in _LINE_END.split(data.removeprefix(b"\xef\xbb\xbf")):
        if coded == "quoted-printable" and current.endswith(b"="):
            current = current[:-1] + raw.lstrip(b" \t")
            continue
        if raw[:1] in (b" ", b"\t") and current:
            current += raw[1:]
            continue
        if coded == "base64" and raw and b":" not in raw:
            current += raw.strip()
            continue
        if current.strip():
            yield current
        current = raw
        head = _HEAD.match(raw)
        coded = _encoding(decode(head[3])[0]) if head else ""
    if current.strip():
        yield current


def _encoding(parameters: str) -> str:
    for word in _PARAMETER.findall(parameters):
        name, equals, value = word.rpartition("=")
        coded = _ENCODINGS.get(value.strip().strip('"').lower())
        if coded and (not equals or name.strip().upper() == "ENCODING"):
            return coded
    return ""


def _property(head: re.Match[bytes], value: bytes) -> tuple[Property, bool]:
    written = decode(head[3])[0]
    types: list[str] = []
    parameters: dict[str, str] = {}
    for word in _PARAMETER.findall(written):
        name, equals, text = word.partition("=")
        text = text.strip().strip('"')
        if not equals:  # 2.1 writes types without their name
            bare = name.strip().lower()
            if bare not in _ENCODINGS and bare not in _VALUES:
                types.append(bare)
        elif name.strip().upper() == "TYPE":
            types += [part.strip().lower() for part in text.split(",")]
        else:
            parameters[name.strip().upper()] = _CARET.sub(lambda caret: _CARETS[caret[1]], text)
    coded = _encoding(written)
    if coded:
        parameters["ENCODING"] = coded
    if coded == "quoted-printable":
        value = quopri.decodestring(value)
    text, whole = decode(value, parameters.get("CHARSET"))
    group = (head[1] or b"").decode("ascii", "replace").lower()
    return Property(group, head[2].decode("ascii").upper(), tuple(filter(None, types)), parameters, text), whole
