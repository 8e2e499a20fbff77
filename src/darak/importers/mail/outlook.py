"""Outlook: single mails (.msg) and its data files (.pst and .ost).

Signs: an OLE file with message properties (MS-OXMSG), or the magic bytes `!BDN` (MS-PST). Mails become records of the
source `mail` under their Message-ID, appointments and tasks of `calendar` under their UID, contacts of `contacts`, so
that the same ones from an mbox, an .ics or a .vcf are the same records; notes are of the source `outlook`. Locators are
"bytes 0-N" for a .msg, and "message N" for a data file, by Outlook's own number.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.mail.mapi import (
    DATA,
    FILE_NAME,
    MIME,
    NAME,
    SHORT_NAME,
    Attachment,
    Properties,
    compose,
    decoded,
    is_mail,
    text_of,
)
from darak.importers.mail.mapi_items import Message, read_item
from darak.importers.mail.pst import read_pst
from darak.importers.mail.pst_values import known_names
from darak.importers.tree import Tree
from darak.records.record import Origin

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PST = b"!BDN"
_TAG = re.compile("[0-9A-Fa-f]{8}")
_MARK = "__substg1.0_".encode("utf-16-le")
_NAMES, _TABLE = "__nameid_version1.0/__substg1.0_00030102", "__properties_version1.0"
_INSIDE = "__substg1.0_3701000D"
"""The folder of a message that is attached to another."""
_MAX_FILE, _MAX_DEPTH = 128 << 20, 8
_TOP, _WITHIN, _INNER = 32, 24, 8
"""Bytes before the entries of a property table: of the message, of one inside it, of recipients and attachments."""


class OutlookImporter:
    name = "outlook"
    version = 2

    def detect(self, tree: Tree) -> list[Match]:
        heads = {member.name: tree.head(member.name) for member in tree.members()}
        mails = tuple(name for name, head in heads.items() if head.startswith(_OLE) and _MARK in head)
        matches = [Match(self.name, mails, 0.9, "OLE files with the properties of a mail")] if mails else []
        files = [name for name, head in heads.items() if head.startswith(_PST)]
        return matches + [Match(self.name, (name,), 0.95, "an Outlook data file") for name in files]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            if tree.head(member).startswith(_PST):
                yield from read_pst(tree, member)
                continue
            yield Units(1)
            try:
                with tree.open(member) as stream:
                    data = stream.read(_MAX_FILE + 1)
            except READ_ERRORS as error:
                yield BadRow("unreadable", Origin(member, "whole file"), f"the file cannot be read: {error}")
                continue
            yield from _read_message(data, Origin(member, f"bytes 0-{len(data)}"))


def _read_message(data: bytes, origin: Origin) -> Iterator[Item]:
    olefile: Any = import_module("olefile")
    try:
        ole: Any = olefile.OleFileIO(io.BytesIO(data))
        streams: dict[str, bytes] = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    except Exception:  # olefile raises whatever a damaged directory makes of it
        yield BadRow("damaged-mail", origin, "the mail is damaged or cut off", data[:1024])
        return
    names = known_names(streams.get(_NAMES, b""))
    said, people, mail = _message(streams, "", _TOP, names, 0)
    flawed = False
    for item in read_item(Message(said, people, mail, ""), origin):
        flawed = flawed or isinstance(item, (Flaw, BadRow, Ignored))
        yield item
    if ole.parsing_issues and not flawed:
        yield Flaw("damaged-mail", origin, "the file is damaged or cut off")


def _message(
    streams: dict[str, bytes], folder: str, header: int, names: dict[int, int], depth: int
) -> tuple[Properties, list[Properties], bytes]:
    """The properties of a message, of the people it went to, and the mail that it is, if it is one."""
    said = _properties(streams, folder, header, names)
    inside = {path.removeprefix(folder).partition("/")[0] for path in streams if path.startswith(folder)}
    parts = sorted(name for name in inside if name.startswith(("__recip", "__attach")))
    people = [_properties(streams, f"{folder}{name}/", _INNER, names) for name in parts if name.startswith("__recip")]
    if depth == 0 and not is_mail(said):
        return said, people, b""
    attached = (_attachment(streams, f"{folder}{name}/", names, depth) for name in parts if name[2] == "a")
    return said, people, compose(said, people, [attachment for attachment in attached if attachment])


def _attachment(streams: dict[str, bytes], folder: str, names: dict[int, int], depth: int) -> Attachment | None:
    said = _properties(streams, folder, _INNER, names)
    data = said.get(DATA)
    name = (text_of(said, FILE_NAME) or text_of(said, SHORT_NAME) or text_of(said, NAME)).rstrip()
    if isinstance(data, bytes):
        return Attachment(name, text_of(said, MIME), data)
    inside = f"{folder}{_INSIDE}/"
    if depth < _MAX_DEPTH and f"{inside}{_TABLE}" in streams:
        return Attachment(name, "message/rfc822", _message(streams, inside, _WITHIN, names, depth + 1)[2])
    return None


def _properties(streams: dict[str, bytes], folder: str, header: int, names: dict[int, int]) -> Properties:
    """Values of variable length are streams of their own, the others stand in a table (MS-OXMSG 2.4)."""
    found: dict[int, tuple[int, bytes]] = {}
    start = f"{folder}__substg1.0_"
    for path, data in streams.items():
        tag = path.removeprefix(start)
        if path.startswith(start) and _TAG.fullmatch(tag):
            number, kind = int(tag[:4], 16), int(tag[4:], 16)
            found[names.get(number, number)] = kind, data
    table = streams.get(f"{folder}{_TABLE}", b"")[header:]
    for kind, number, _, value in struct.iter_unpack("<HHI8s", table[: len(table) // 16 * 16]):
        found.setdefault(names.get(number, number), (kind, value))
    return decoded(found)
