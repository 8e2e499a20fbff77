"""Outlook: single mails (.msg), and, with the extra `[pst]`, its data files (.pst and .ost).

Signs: an OLE file with message properties (MS-OXMSG), or the magic bytes `!BDN` (MS-PST). Mails become records of the
source `mail`, under their Message-ID, so that the same mails in an mbox are the same records. Appointments, contacts
and tasks are ignored: calendars and contacts are read as .ics and .vcf. Locators are "bytes 0-N" for a .msg, and
"message N" for a data file, by Outlook's own number.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.mail.mapi import (
    BINARY,
    DATA,
    FILE_NAME,
    INTEGER,
    MIME,
    SHORT_NAME,
    TEXT_TYPES,
    TIME,
    Attachment,
    Properties,
    compose,
    is_mail,
)
from darak.importers.mail.message import read_message
from darak.importers.mail.pst import read_pst
from darak.importers.tree import Tree
from darak.installation import install_command
from darak.records.record import Origin

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PST = b"!BDN"
_TAG = re.compile("[0-9A-Fa-f]{8}")
_MARK = "__substg1.0_".encode("utf-16-le")
_MAX_FILE = 128 << 20
_TOP, _INNER = 32, 8
"""Bytes before the entries of a property stream: of the message, of its recipients and attachments."""


class OutlookImporter:
    name = "outlook"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        heads = {member.name: tree.head(member.name) for member in tree.members()}
        mails = tuple(name for name, head in heads.items() if head.startswith(_OLE) and _MARK in head)
        matches = [Match(self.name, mails, 0.9, "OLE files with the properties of a mail")] if mails else []
        why = "an Outlook data file" + ("" if find_spec("pypff") else f"; to read it: {install_command('pst')}")
        return matches + [Match(self.name, (name,), 0.95, why) for name, head in heads.items() if head.startswith(_PST)]

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
    properties = _properties(streams, "", _TOP)
    if not is_mail(properties):
        yield Ignored("no-mail", origin)
        return
    folders = sorted({path.partition("/")[0] for path in streams if "/" in path})
    recipients = [_properties(streams, f"{name}/", _INNER) for name in folders if name.startswith("__recip")]
    attached = [_properties(streams, f"{name}/", _INNER) for name in folders if name.startswith("__attach")]
    mail = compose(properties, recipients, [found for said in attached if (found := _attachment(said))])
    flawed = False
    for item in read_message("mail", mail, origin):
        flawed = flawed or isinstance(item, (Flaw, BadRow, Ignored))
        yield item
    if ole.parsing_issues and not flawed:
        yield Flaw("damaged-mail", origin, "the file is damaged or cut off")


def _properties(streams: dict[str, bytes], folder: str, header: int) -> Properties:
    """Values of variable length are streams of their own, the others stand in a table (MS-OXMSG 2.4)."""
    found: dict[int, str | bytes | int | datetime] = {}
    start = f"{folder}__substg1.0_"
    for path, data in streams.items():
        tag = path.removeprefix(start)
        if not path.startswith(start) or not _TAG.fullmatch(tag):
            continue
        number, kind = int(tag[:4], 16), int(tag[4:], 16)
        if kind in TEXT_TYPES:
            found[number] = data.decode("utf-16-le" if kind == TEXT_TYPES[1] else "cp1252", "replace")
        elif kind == BINARY:
            found[number] = data
    table = streams.get(f"{folder}__properties_version1.0", b"")[header:]
    for kind, number, _, low, high in struct.iter_unpack("<HHIII", table[: len(table) // 16 * 16]):
        if kind == INTEGER:
            found[number] = low
        elif kind == TIME:
            found[number] = from_filetime(high << 32 | low)
    return found


def from_filetime(ticks: int) -> datetime:
    """The UTC time of tenths of microseconds since 1601."""
    return datetime(1601, 1, 1) + timedelta(seconds=min(ticks // 10_000_000, 1 << 37))


def _attachment(said: Properties) -> Attachment | None:
    data, name = said.get(DATA), said.get(FILE_NAME) or said.get(SHORT_NAME)
    if not isinstance(data, bytes):
        return None
    return Attachment(str(name or "").rstrip("\0"), str(said.get(MIME) or "").rstrip("\0"), data)
