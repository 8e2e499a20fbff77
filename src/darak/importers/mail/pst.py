"""Outlook's data files by libpff, when the extra `[pst]` is installed: the mails of all folders."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.importers.mail.mapi import (
    BINARY,
    HTML,
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
from darak.importers.tree import Tree
from darak.installation import install_command
from darak.records.private_folder import PrivateFolder
from darak.records.record import Origin

_MAX_DEPTH = 50
_MAX_ATTACHED = 64 << 20


def read_pst(tree: Tree, member: str) -> Iterator[Item]:
    """The items of a data file; it is copied to a private folder, for libpff reads it here and there."""
    whole = Origin(member, "whole file")
    if find_spec("pypff") is None:
        yield BadRow("extra-missing", whole, f"Outlook's data files need libpff: {install_command('pst')}")
        yield Units(1)
        return
    pypff: Any = import_module("pypff")
    with PrivateFolder() as folder:
        copy = folder / "outlook.pst"
        file: Any = pypff.file()
        try:
            with tree.open(member) as stream, copy.open("wb") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
            file.open(str(copy))
            yield from _folder(file.get_root_folder(), member, "", 0)
        except READ_ERRORS as error:
            yield BadRow("damaged-file", whole, f"the data file is damaged or cut off: {error}")
            yield Units(1)
        finally:
            file.close()


def _folder(folder: Any, member: str, path: str, depth: int) -> Iterator[Item]:
    path = f"{path}/{folder.name}".strip("/") if folder.name else path
    count: int = folder.number_of_sub_messages
    yield Units(count)
    for place in range(count):
        origin = Origin(member, f"folder {path} message {place + 1}")
        try:
            message = folder.get_sub_message(place)
            origin = Origin(member, f"message {message.identifier}")
            properties = _properties(message)
            if not is_mail(properties) or not hasattr(message, "recipients"):
                yield Ignored("no-mail", origin)
                continue
            mail = compose(properties, _recipients(message), list(_attachments(message)))
        except READ_ERRORS as error:
            yield BadRow("damaged-mail", origin, f"the mail cannot be read: {error}")
            continue
        yield from read_message("mail", mail, origin, extra={"folder": path.rpartition("/")[2]} if path else {})
    if depth < _MAX_DEPTH:
        for place in range(folder.number_of_sub_folders):
            yield from _folder(folder.get_sub_folder(place), member, path, depth + 1)


def _properties(item: Any, record_set: int = 0) -> Properties:
    found: dict[int, Any] = {}
    if record_set < item.number_of_record_sets:
        for entry in item.get_record_set(record_set).entries:
            number, kind = entry.entry_type, entry.value_type
            if kind in TEXT_TYPES:
                found[number] = entry.data_as_string
            elif kind == TIME:
                found[number] = entry.data_as_datetime
            elif kind == INTEGER:
                found[number] = entry.data_as_integer
            elif kind == BINARY and number == HTML:
                found[number] = entry.data
    return {number: value for number, value in found.items() if value is not None}


def _recipients(message: Any) -> list[Properties]:
    recipients = message.recipients
    return [_properties(recipients, place) for place in range(recipients.number_of_record_sets)] if recipients else []


def _attachments(message: Any) -> Iterator[Attachment]:
    for place in range(message.number_of_attachments):
        attachment = message.get_attachment(place)
        said, size = _properties(attachment), attachment.size or 0
        if 0 < size <= _MAX_ATTACHED:
            name = attachment.long_filename or said.get(SHORT_NAME) or ""
            yield Attachment(str(name), str(said.get(MIME) or ""), attachment.read_buffer(size))
