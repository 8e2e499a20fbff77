"""Outlook's data files (.pst and .ost): the items of all folders."""

from __future__ import annotations

import io
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.mail.mapi import (
    ATTACH_METHOD,
    DATA,
    FILE_NAME,
    MIME,
    NAME,
    SHORT_NAME,
    Attachment,
    compose,
    decoded,
    is_mail,
    text_of,
)
from darak.importers.mail.mapi_items import Message, read_item
from darak.importers.mail.pst_nodes import Node, NodeFile, PstDamaged
from darak.importers.mail.pst_values import Heap, read_names, read_table, read_values
from darak.importers.tree import Tree
from darak.records.private_folder import PrivateFolder
from darak.records.record import Origin

_FOLDER, _MESSAGE, _ATTACHMENT = 0x02, 0x04, 0x05
"""Types of nodes: the lower five bits of their numbers (MS-PST 2.2.2.1)."""
_NAMES, _RECIPIENTS = 0x61, 0x692
_INSIDE = 5
"""How an attachment is kept that is a message itself (PidTagAttachMethod)."""
_MAX_DEPTH, _DEEPEST_FOLDER = 8, 50


def read_pst(tree: Tree, member: str) -> Iterator[Item]:
    """The items of a data file."""
    try:
        with _seekable(tree, member) as stream:
            yield from _DataFile(NodeFile(stream), member).items()
    except (PstDamaged, *READ_ERRORS) as error:
        yield BadRow("damaged-file", Origin(member, "whole file"), f"the data file cannot be read: {error}")
        yield Units(1)


class _DataFile:
    def __init__(self, file: NodeFile, member: str) -> None:
        self._file = file
        self._member = member
        self._folders: dict[int, Node] = {}
        self._names: dict[int, int] = {}
        self._shown: dict[int, str] = {}

    def items(self) -> Iterator[Item]:
        count = self._survey()
        if self._file.damage:
            self._file.damage.clear()
            self._file.salvage()
            count = self._survey()
            message = "the data file is damaged or cut off: what of it could be found was read"
            yield BadRow("damaged-file", Origin(self._member, "whole file"), message)
            yield Units(1)
        yield Units(count)
        for node in self._file.nodes():
            if node.number & 0x1F == _MESSAGE:
                yield from self._message(node)

    def _survey(self) -> int:
        """Learns the folders and the names of properties; how many messages there are."""
        count, named = 0, None
        self._folders.clear()
        for node in self._file.nodes():
            if node.number & 0x1F == _FOLDER:
                self._folders[node.number] = node
            elif node.number == _NAMES:
                named = node
            count += node.number & 0x1F == _MESSAGE
        try:
            self._names = read_names(self._file, named) if named else {}
        except PstDamaged as error:
            self._file.damage.append(str(error))
        return count

    def _message(self, node: Node) -> Iterator[Item]:
        origin = Origin(self._member, f"message {node.number}")
        self._file.damage.clear()
        try:
            heap = Heap(self._file, node)
            said = decoded(read_values(heap, self._names))
            people = [decoded(row) for row in self._people(heap)]
            mail = compose(said, people, list(self._attachments(heap, 0))) if is_mail(said) else b""
            folder = self._folder(node.parent)
        except (PstDamaged, *READ_ERRORS) as error:
            yield BadRow("damaged-mail", origin, f"the mail cannot be read: {error}")
            return
        flawed = False
        for item in read_item(Message(said, people, mail, folder), origin):
            flawed = flawed or isinstance(item, (Flaw, BadRow, Ignored))
            yield item
        if self._file.damage and not flawed:
            yield Flaw("damaged-mail", origin, f"a part of it is damaged: {self._file.damage[0]}")

    def _people(self, heap: Heap) -> Iterator[dict[int, tuple[int, bytes]]]:
        """The recipients; those before the damage, when there is some."""
        if _RECIPIENTS in heap.inner:
            try:
                yield from read_table(Heap(self._file, heap.inner[_RECIPIENTS]))
            except PstDamaged as error:
                self._file.damage.append(str(error))

    def _attachments(self, heap: Heap, depth: int) -> Iterator[Attachment]:
        for node in heap.inner.values():
            if node.number & 0x1F != _ATTACHMENT:
                continue
            try:
                below = Heap(self._file, node)
                values = read_values(below, self._names)
                said = decoded(values)
                name = text_of(said, FILE_NAME) or text_of(said, SHORT_NAME) or text_of(said, NAME)
                data = said.get(DATA)
                if isinstance(data, bytes) and data:
                    yield Attachment(name, text_of(said, MIME), data)
                elif said.get(ATTACH_METHOD) == _INSIDE and DATA in values and depth < _MAX_DEPTH:
                    inside = below.inner.get(int.from_bytes(values[DATA][1][:4], "little"))
                    if inside is None:
                        raise PstDamaged("a mail inside it is not there")
                    message = Heap(self._file, inside)
                    about = decoded(read_values(message, self._names))
                    people = [decoded(row) for row in self._people(message)]
                    mail = compose(about, people, list(self._attachments(message, depth + 1)))
                    yield Attachment(name, "message/rfc822", mail)
            except PstDamaged as error:
                self._file.damage.append(str(error))

    def _folder(self, number: int) -> str:
        """The folder's own name, "" for none."""
        if number not in self._shown:
            self._shown[number] = ""
            if node := self._folders.get(number):
                try:
                    self._shown[number] = text_of(decoded(read_values(Heap(self._file, node), {})), NAME)
                except PstDamaged as error:
                    self._file.damage.append(str(error))
        return self._shown[number]


@contextmanager
def _seekable(tree: Tree, member: str) -> Generator[BinaryIO]:
    """The member, to be read here and there: as it lies, or, from an archive, by way of a copy."""
    stream = tree.open(member)
    if "!" not in member and isinstance(stream, io.BufferedReader):
        with io.BufferedReader(stream.detach(), 8192) as direct:  # large buffers are read anew after each step
            yield direct
        return
    with stream, PrivateFolder() as folder:
        copy = folder / "outlook.pst"
        with copy.open("wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)
        with copy.open("rb") as direct:
            yield direct
