"""Contacts: vCard files (.vcf) of phones, mail programs and Google, and their CSV files; one record a card or a row.

Signs: the file begins with BEGIN:VCARD, or with a header of names, addresses and numbers. A contact has no time of its
own (when it was last edited is `revised` in `extra`); its people are all its numbers and addresses under its name. The
native id is its UID, or a hash of what it says: exports repeat a card in every group that it is in. The locator is
"bytes A-B", the card or the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.contacts.cards import CardScanner
from darak.importers.contacts.contact import contact_record, read_card
from darak.importers.contacts.csv_table import is_contacts, properties_of
from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.members import by_folder
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD\s*?\n", re.IGNORECASE)


class VCardImporter:
    name = "contacts"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders = by_folder(tree, lambda head: _BEGIN.match(head) is not None)
        cards = [Match(self.name, names, 0.95, "begins with BEGIN:VCARD") for names in folders]
        tables = by_folder(tree, lambda head: is_contacts(header_of(head)))
        return cards + [Match(self.name, names, 0.9, "a table of names, addresses and numbers") for names in tables]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            if not _BEGIN.match(tree.head(member)):
                yield from row_items(tree, member, self._row)
                continue
            try:
                with tree.open(member) as stream:
                    yield from self._read(CardScanner(stream), member)
            except READ_ERRORS as error:
                yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
                yield Units(1)

    def _row(self, row: Values, origin: Origin) -> Record | Ignored | str:
        if not any(value.strip() for value in row.values()):
            return Ignored("empty-row", origin)
        return contact_record(self.name, properties_of(row), origin, []) or "a row that names nobody"

    def _read(self, scanner: CardScanner, member: str) -> Iterator[Item]:
        end = 0
        for card in scanner:
            end = card.end
            origin = Origin(member, f"bytes {card.start}-{card.end}")
            if card.state == "between":
                yield Ignored("outside-of-cards", origin)
                yield Units(1)
            elif card.state == "trailing":
                yield BadRow("cut-off", origin, "the file ends in what is no whole card", card.data)
                yield Units(1)
            elif card.state != "blank":
                yield from read_card(self.name, card, origin)
        if scanner.error:
            yield BadRow("cut-off", Origin(member, f"bytes {end}-"), f"unreadable from here on: {scanner.error}")
            yield Units(1)
        yield Units(scanner.units)
