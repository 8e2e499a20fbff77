"""Contacts as CSV: what Google, Outlook and the like export beside vCard, a row as the properties of a card.

A column is known by its name, whatever its order and number; columns that no program is known to write are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.contacts.cards import Property
from darak.importers.formats.csv_items import Values

_FIRST = ("first name", "given name")
_LAST = ("last name", "family name")
_REACHED = re.compile(r"e-?mail(?: \d)? address|(?:mobile|primary|home|business) phone")
"""Columns by which people are reached; a table of members without them may be of anything."""
_NAME = (_LAST, _FIRST, ("middle name", "additional name"), ("name prefix", "title prefix"), ("name suffix", "suffix"))
"""The parts of a name, in the order that a vCard has them."""
_SINGLE = {
    "name": "FN",
    "display name": "FN",
    "file as": "FN",
    "nickname": "NICKNAME",
    "organization name": "ORG",
    "organization 1 - name": "ORG",
    "company": "ORG",
    "organization title": "TITLE",
    "organization 1 - title": "TITLE",
    "job title": "TITLE",
    "birthday": "BDAY",
    "notes": "NOTE",
    "web page": "URL",
    "group membership": "CATEGORIES",
    "labels": "CATEGORIES",
    "categories": "CATEGORIES",
}
_NUMBERED = re.compile(r"(e-mail|phone|address|website|im|relation) \d+ - (?:value|formatted)")
_KINDS = {"e-mail": "EMAIL", "phone": "TEL", "address": "ADR", "website": "URL", "im": "IMPP", "relation": "RELATED"}
_OUTLOOK_MAIL = re.compile(r"e-?mail(?: \d)? address")
_OUTLOOK_PHONE = re.compile(r"(\w+(?: fax)?|company main|car) (?:phone|fax)(?: \d)?")
_OUTLOOK_PLACE = re.compile(r"(home|business|other) (street|city|state|postal code|country(?:/region)?)")
_APART = re.compile(r"\s*:::\s*")
"""What Google writes between several values in one cell."""
_GROUP_MARK = re.compile(r"^\* ")


def is_contacts(names: tuple[str, ...]) -> bool:
    """Whether a header with these names, in small letters, is that of a table of contacts."""
    named = any(name in _SINGLE and _SINGLE[name] == "FN" for name in names)
    parted = any(name in _FIRST for name in names) and any(name in _LAST for name in names)
    numbered = any(_NUMBERED.fullmatch(name) for name in names)
    return (named or parted) and (numbered or sum(_REACHED.fullmatch(name) is not None for name in names) >= 2)


def properties_of(row: Values) -> list[Property]:
    """The properties of a card that the row stands for."""
    return [Property("", name, types, {}, value) for name, types, value in _found(row) if value.strip(" ;")]


def _found(row: Values) -> Iterator[tuple[str, tuple[str, ...], str]]:
    parts = [next((row[name] for name in names if row.get(name)), "") for names in _NAME]
    yield "N", (), ";".join(map(_escaped, parts))
    places: dict[str, list[str]] = {}
    for column, value in row.items():
        if not value.strip():
            continue
        if (single := _SINGLE.get(column)) == "CATEGORIES":
            groups = (_GROUP_MARK.sub("", group) for group in _APART.split(value))
            yield single, (), ",".join(_escaped(group) for group in groups if group and group != "myContacts")
        elif single:
            yield single, (), _escaped(value)
        elif numbered := _NUMBERED.fullmatch(column):
            name = column.rpartition(" - ")[0]
            label = _GROUP_MARK.sub("", row.get(f"{name} - label") or row.get(f"{name} - type") or "").strip(" *")
            for part in _APART.split(value):
                yield _KINDS[numbered[1]], (label,) if label else (), _escaped(part)
        elif _OUTLOOK_MAIL.fullmatch(column):
            yield "EMAIL", (), _escaped(value)
        elif phone := _OUTLOOK_PHONE.fullmatch(column):
            yield "TEL", (phone[1],), _escaped(value)
        elif place := _OUTLOOK_PLACE.fullmatch(column):
            places.setdefault(place[1], []).append(_escaped(value))
    for label, lines in places.items():
        yield "ADR", (label,), ";".join(lines)


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text.strip())
