"""The parts of a mail: headers, nested bodies, transfer encodings. Bytes in, slices out.

It reads what RFC 5322 and MIME define and the breakages of real mail, and never raises for bad input: a defect is
noted in the part. One search for each boundary replaces a walk line by line, so that gigabytes take minutes.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_to_bytes

from darak.importers.formats.decoding import decode

MAX_DEPTH = 30
_LONGEST_HEADER = 1 << 20
"""Bytes of a header that are read. What is longer is damage, and taking it apart costs many times its size."""
_MAX_PADDING = 200
"""A delimiter may be followed by blanks only; looking no further keeps the search linear."""
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\n]*)(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_BLANK = re.compile(rb"\r?\n")
_PARAMETER = re.compile(r""";\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))""", re.DOTALL)
_CONTINUED = re.compile(r"(.+?)(?:\*(\d+))?(\*)?$", re.DOTALL)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(frozen=True)
class Part:
    """One part of a mail. `headers` are (lower-case name, unfolded raw value); `children` those of a multipart."""

    headers: tuple[tuple[str, bytes], ...]
    body: bytes
    children: tuple[Part, ...] = ()
    defects: tuple[str, ...] = ()

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.headers if key == name]

    def first(self, name: str) -> bytes | None:
        return next((value for key, value in self.headers if key == name), None)

    @cached_property
    def content_type(self) -> str:
        """ "type/subtype" in lower case; text/plain when it is missing or no type at all."""
        written = (self.first("content-type") or b"").split(b";", 1)[0].strip().lower()
        return written.decode("ascii", "replace") if written.count(b"/") == 1 else "text/plain"

    @cached_property
    def parameters(self) -> dict[str, str]:
        return parameters(self.first("content-type") or b"")

    @cached_property
    def disposition(self) -> str:
        value = (self.first("content-disposition") or b"").split(b";", 1)[0]
        return value.strip().lower().decode("ascii", "replace")

    @cached_property
    def file_name(self) -> str | None:
        """The file's name as written, encoded words still in it."""
        given = parameters(self.first("content-disposition") or b"").get("filename") or self.parameters.get("name")
        return given.strip() or None if given else None

    def leaves(self) -> Iterator[Part]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def content(self) -> tuple[bytes, bool]:
        """The body with its transfer encoding undone, and whether that went without loss."""
        encoding = (self.first("content-transfer-encoding") or b"").strip().lower()
        if encoding == b"base64":
            return _base64(self.body)
        if encoding == b"quoted-printable":
            return quopri.decodestring(self.body), True
        return self.body, True


def parse_part(data: bytes, default_type: bytes | None = None, depth: int = 0) -> Part:
    """The part that `data` is, with everything nested in it.

    `default_type` is the type of a part that names none: message/rfc822 inside a digest.
    """
    headers, start, defects = parse_headers(data)
    if default_type and not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", default_type))
    part = Part(tuple(headers), data[start:], (), tuple(defects))
    if depth >= MAX_DEPTH:
        return Part(part.headers, part.body, (), (*defects, "nested-too-deep"))
    if part.content_type.startswith("multipart/"):
        return _with_children(part, depth)
    if part.content_type == "message/rfc822":
        content, _ = part.content()
        return Part(part.headers, part.body, (parse_part(content.lstrip(b"\r\n"), None, depth + 1),), part.defects)
    return part


def parse_headers(data: bytes) -> tuple[list[tuple[str, bytes]], int, list[str]]:
    """Header fields, where the body begins, and defects. One damaged line among headers does not end them."""
    fields: list[tuple[str, bytes]] = []
    defects: list[str] = []
    position = 0
    while position < len(data):
        if blank := _BLANK.match(data, position):
            return fields, blank.end(), defects
        if field := _FIELD.match(data, position):
            value = field[2]
            if len(value) > _LONGEST_HEADER:
                value = value[:_LONGEST_HEADER]
                defects.append("bad-header")
            fields.append((field[1].decode("ascii").lower(), _FOLD.sub(b"", value).strip()))
            position = field.end()
            continue
        end = data.find(b"\n", position) + 1
        envelope = data.startswith((b"From ", b">From "), position)
        if end == 0 or not (envelope or _FIELD.match(data, end) or _BLANK.match(data, end)):
            # Not a header and none follows: the body begins without its blank line.
            return fields, position, [*defects, "no-blank-line-after-headers"]
        if not envelope:
            defects.append("bad-header")
        position = end
    return fields, len(data), [*defects, "no-body"]


def _with_children(part: Part, depth: int) -> Part:
    boundary = part.parameters.get("boundary", "").rstrip()
    pieces, closed = _pieces(part.body, boundary.encode("utf-8", "surrogateescape")) if boundary else ([], True)
    if not pieces:
        # A multipart without its boundary is shown as the text it is.
        kept = tuple((name, value) for name, value in part.headers if name != "content-type")
        return Part(kept, part.body, (), part.defects)
    default = b"message/rfc822" if part.content_type == "multipart/digest" else None
    children = tuple(parse_part(piece, default, depth + 1) for piece in pieces if piece.strip())
    return Part(part.headers, part.body, children, (*part.defects, *(() if closed else ("cut-off",))))


def _pieces(body: bytes, boundary: bytes) -> tuple[list[bytes], bool]:
    """What lies between the delimiter lines, and whether the closing one is there (or there are none at all)."""
    mark = b"--" + boundary
    pieces: list[bytes] = []
    begin = -1
    position = 0
    while (found := body.find(mark, position)) >= 0:
        position = found + len(mark)
        if found and body[found - 1] != 0x0A:
            continue
        line_end = body.find(b"\n", position, position + _MAX_PADDING)
        rest = body[position : line_end if line_end >= 0 else position + _MAX_PADDING].strip()
        if rest not in (b"", b"--"):
            continue
        if begin >= 0:
            pieces.append(_without_last_newline(body[begin:found]))
        if rest == b"--":
            return pieces, True
        begin = line_end + 1 if line_end >= 0 else len(body)
        position = begin
    if begin < 0:
        return [], True
    return [*pieces, body[begin:]], False


def _without_last_newline(piece: bytes) -> bytes:
    """The newline before a delimiter belongs to the delimiter."""
    return piece[:-2] if piece.endswith(b"\r\n") else piece.removesuffix(b"\n")


def _base64(body: bytes) -> tuple[bytes, bool]:
    try:
        return binascii.a2b_base64(body), True
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", body)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), False


def parameters(header: bytes) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition header, RFC 2231 pieces joined and decoded."""
    text, _ = decode(header)
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(text):
        quoted = match[2]
        value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match[3].strip()
        name = _CONTINUED.match(match[1].lower())
        if name is None or not (name[2] or name[3]):
            plain.setdefault(match[1].lower(), value)
        else:
            pieces.setdefault(name[1], []).append((int(name[2] or 0), bool(name[3]), value))
    for key, found in pieces.items():
        plain[key] = _joined(sorted(found))
    return plain


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    charset = ""
    out = b""
    for number, encoded, value in pieces:
        if encoded and number == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        out += unquote_to_bytes(value) if encoded else value.encode("utf-8", "surrogateescape")
    return decode(out, charset or None)[0]
