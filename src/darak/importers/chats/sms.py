"""Text messages and calls of Android, as the app SMS Backup & Restore saves them in XML.

Signs: a root `smses` with `sms` and `mms` elements, or a root `calls` with `call` elements. Times are milliseconds
since 1970 (their `readable_date` is only for show); a missing value is the word "null"; there are no ids. Locators
are bytes of the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.chats.sms_entities import mend_references
from darak.importers.chats.sms_records import SOURCE, call, mms, sms
from darak.importers.formats.outcomes import unreadable
from darak.importers.formats.xml_children import Batch, EntitiesRefused, read_children
from darak.importers.formats.xml_parser import Child, Schema
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

_NOTHING: frozenset[str] = frozenset()
_MESSAGES = Schema(
    "smses", frozenset(("sms", "mms")), _NOTHING, _NOTHING, frozenset(("part", "addr")), frozenset(("parts", "addrs"))
)
_CALLS = Schema("calls", frozenset(("call",)), _NOTHING, _NOTHING, _NOTHING, _NOTHING)
_ROOT = re.compile(
    rb"<(smses|calls)(?=[\s>])[^>]*>(?:.*?<(?:sms|mms|call)\s[^>]*?\b(?:address|number)=|\s*</|(?<=/>))", re.DOTALL
)
_READERS = {"sms": sms, "mms": mms, "call": call}
_LONGEST_RAW = 1 << 20
_PROBLEMS = {
    "damaged-element": "a message or call is damaged and cannot be read",
    "stray-text": "text between the elements, where none belongs",
    "cut-off": "the file ends within the backup; copy it again",
    "no-time": "a message or call without a time",
    "unknown-element": "an element that these backups are not known to have",
}


class SmsImporter:
    """Text messages and calls of Android: SMS Backup & Restore"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if schema := _schema(tree.head(member.name)):
                what = "calls" if schema is _CALLS else "text messages"
                matches.append(Match(self.name, (member.name,), 0.95, f"{what} in SMS Backup & Restore's XML"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            if schema := _schema(tree.head(member)):
                yield from _read(tree, member, schema)


def _schema(head: bytes) -> Schema | None:
    root = _ROOT.search(head) if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" else None
    if root is None:
        return None
    return _CALLS if root[1] == b"calls" else _MESSAGES


def _read(tree: Tree, member: str, schema: Schema) -> Iterator[Item]:
    unit = schema.starts(schema.children)
    position = 0
    try:
        with tree.open(member) as stream:
            for batch in read_children(mend_references(stream), schema):
                yield Units(len(unit.findall(batch.raw)))
                for child in batch.children:
                    yield from _items(child, batch, member, unit)
                position = batch.end
    except EntitiesRefused:
        message = "the file declares XML entities, which no backup does; it was not read"
        yield Units(1)
        yield BadRow("entities-refused", Origin(member, "bytes 0-"), message)
    except READ_ERRORS as error:
        yield from unreadable(member, position, error)


def _items(child: Child, batch: Batch, member: str, unit: re.Pattern[bytes]) -> Iterator[Item]:
    origin = Origin(member, f"bytes {child.start}-{child.end}")
    reader = None if child.problem else _READERS.get(child.name)
    if reader is not None:
        yield reader(child, origin) or _bad("no-time", child, batch, origin)
        return
    counted = len(unit.findall(batch.raw_of(child)))
    if not counted:
        yield Units(1)
    yield _bad(child.problem or "unknown-element", child, batch, origin)
    if counted > 1:
        yield Ignored("in-damaged-element", origin, counted - 1)


def _bad(code: str, child: Child, batch: Batch, origin: Origin) -> BadRow:
    return BadRow(code, origin, _PROBLEMS[code], batch.raw_of(child)[:_LONGEST_RAW])
