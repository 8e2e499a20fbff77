"""One vCard as a record of kind contact: names, every address and number, birthday, notes, picture."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from darak.importers.contacts.cards import Card, Property, properties, unescape
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import BadRow, Item
from darak.records.record import Blob, Identity, Origin, Place, Record, nfc
from darak.records.time import UNKNOWN_TIME

_STATES = {
    "no-begin": "its BEGIN line is missing or damaged",
    "no-end": "its END line is missing or damaged",
    "too-large": "only its beginning was read",
}
_SILENT = frozenset(("voice", "pref", "internet", "text", "x400", "video", "postal", "parcel", "intl", "dom"))
"""Types that say nothing a person would want to read beside a number."""
_MESSENGERS = ("AIM", "ICQ", "JABBER", "MSN", "QQ", "SKYPE", "SKYPE-USERNAME", "YAHOO", "GOOGLE-TALK", "WECHAT", "LINE")
_IM = frozenset(("IMPP", *(f"X-{name}" for name in _MESSENGERS)))
_DAYS = {"BDAY": "birthday", "ANNIVERSARY": "anniversary", "X-ANNIVERSARY": "anniversary", "DEATHDATE": "died"}
_RELATED = ("RELATED", "X-ABRELATEDNAMES", "X-SPOUSE", "X-ASSISTANT", "X-MANAGER")
_DAY = re.compile(r"(?:(\d{4})|--)-?(\d{1,2})-?(\d{1,2})(?:[T ].*)?")
_GEO = re.compile(r"(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*[;,]\s*(-?\d+(?:\.\d+)?)")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_ANDROID = {"nickname": "nickname", "contact_event": "date", "relation": "related"}
_NO_YEAR = "1604"
"""What Apple writes for the year of a birthday without one."""


def read_card(source: str, card: Card, origin: Origin) -> Iterator[Item]:
    """The items of one card: a record, with one flaw when something in it could not be read, or a bad row."""
    if card.state == "cut-off":
        yield BadRow("cut-off", origin, "the file ends in the middle of a card", card.data)
        return
    found, wrong, whole = properties(card.data)
    flaws: list[tuple[str, str]] = []
    if card.state in _STATES:
        flaws.append((card.state, _STATES[card.state]))
    if wrong:
        flaws.append(("bad-line", f"a line is no property: {wrong[0]!r}"))
    if not whole:
        flaws.append(("undecodable-text", "some of its bytes could not be decoded"))
    record = contact_record(source, found, origin, flaws)
    if record is None:
        yield BadRow("empty-card", origin, "a card that names nobody", card.data)
        return
    yield record
    yield from one_flaw(flaws, origin)


def contact_record(source: str, found: list[Property], origin: Origin, flaws: list[tuple[str, str]]) -> Record | None:
    """The record of a card's properties; None when they name nobody. What is wrong in them is added to `flaws`."""
    name = display_name(found)
    handles = list(_handles(found))
    if not name and not handles:
        return None
    name = name or handles[0]
    group = any(p.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and p.value.strip().lower() == "group" for p in found)
    text = "\n".join(_lines(found, name))
    uid = next((p.text for p in found if p.name == "UID" and p.text), None)
    people = [Identity(handle, name) for handle in dict.fromkeys(handles)] or [Identity(name, name)]
    # A nickname alone would make one human of everybody who is somebody's "Sunshine".
    people += [Identity(f"{name} “{nick}”", nick) for nick in _nicknames(found) if nick != name]
    return Record(
        source=source,
        kind="contact",
        time=UNKNOWN_TIME,
        origin=origin,
        native_id=uid or hashlib.blake2b(nfc(text).encode("utf-8", "replace"), digest_size=16).hexdigest(),
        people=() if group else tuple(people),
        title=name,
        text=text,
        place=_place(found),
        url=next((p.text for p in found if p.name == "URL" and p.text), None),
        blobs=tuple(_pictures(found, flaws)),
        extra=_extra(found, group),
    )


def display_name(found: Sequence[Property]) -> str:
    """FN; else the parts of N (family name first where it is written in Hangul or Han), nickname, organisation."""
    for name in ("FN", "N", "NICKNAME", "ORG"):
        for prop in found:
            if prop.name != name:
                continue
            text = _full_name(prop) if name == "N" else " ".join(prop.parts) if name == "ORG" else prop.text
            if text := " ".join(text.split()):
                return text
    return ""


def _full_name(prop: Property) -> str:
    family, given, middle, prefix, suffix = [*prop.parts, "", "", "", "", ""][:5]
    if re.fullmatch("[가-힣一-鿿]+", family + given):
        return family + given
    if re.search("[가-힣一-鿿]", family + given):
        return f"{family} {given}".strip()
    return " ".join(filter(None, (prefix, given, middle, family, suffix)))


def _handles(found: Sequence[Property]) -> Iterator[str]:
    """Everything the person can be reached by; numbers and mail addresses are what other sources know them by."""
    for prop in found:
        if prop.name == "TEL":
            yield from filter(None, [re.sub(r"(?i)^tel:", "", prop.text).partition(";")[0]])
        elif prop.name == "EMAIL":
            yield from filter(None, [re.sub(r"(?i)^mailto:", "", prop.text).lower()])
        elif prop.name in _IM:
            yield from filter(None, [_account(prop)])
        elif prop.name == "X-SOCIALPROFILE":
            yield from filter(None, [prop.parameters.get("X-USER") or _account(prop)])


def _account(prop: Property) -> str:
    """The account of a messenger without its scheme (xmpp:, aim:), addresses of pages as they are."""
    text = prop.text
    return text if re.match(r"(?i)https?:", text) else unquote(re.sub(r"^[A-Za-z][\w+.-]*:(?://)?", "", text))


def _lines(found: Sequence[Property], name: str) -> Iterator[str]:
    """What a person would want to read of a contact, a line each."""
    labels = {p.group: _APPLE_LABEL.sub(r"\1", p.text) for p in found if p.name == "X-ABLABEL" and p.group}
    yield name
    for prop in found:
        label = labels.get(prop.group) or " ".join(t for t in prop.types if t not in _SILENT and t[:2] != "x-")
        text = prop.text
        if not text:
            continue
        if prop.name == "TEL":
            yield f"{label or 'phone'}: {re.sub('(?i)^tel:', '', text)}"
        elif prop.name == "EMAIL":
            yield f"{label or 'mail'}: {re.sub('(?i)^mailto:', '', text)}"
        elif prop.name in _IM or prop.name == "X-SOCIALPROFILE":
            service = prop.parameters.get("X-SERVICE-TYPE") or label or prop.name.removeprefix("X-").lower()
            yield f"{service}: {_account(prop)}"
        elif prop.name in ("ADR", "X-SAMSUNGADR"):
            yield f"{label or 'address'}: {_address(prop)}"
        elif prop.name == "ORG" and (organisation := " · ".join(filter(None, prop.parts))) != name:
            yield organisation
        elif prop.name == "N" and not set(re.findall(r"\w+", _full_name(prop))) <= set(re.findall(r"\w+", name)):
            yield f"also: {_full_name(prop)}"
        elif prop.name in ("TITLE", "ROLE", "NOTE"):
            yield text
        elif prop.name in ("NICKNAME", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME", "SORT-STRING"):
            yield f"{'nickname' if prop.name == 'NICKNAME' else 'also'}: {text}"
        elif day := _day_name(prop, label):
            yield f"{day}: {read_day(prop) or text}"
        elif prop.name in _RELATED:
            word = label or prop.name.rpartition("-")[2].lower()
            yield f"{'related' if word in ('related', 'abrelatednames') else word}: {text}"
        elif prop.name == "X-ANDROID-CUSTOM" and (custom := _android(prop)):
            yield f"{custom[0]}: {custom[1]}"
        elif prop.name == "URL":
            yield text
        elif prop.name == "CATEGORIES":
            yield ", ".join(_listed(prop))


def _day_name(prop: Property, label: str) -> str:
    return label or "date" if prop.name == "X-ABDATE" else _DAYS.get(prop.name, "")


def read_day(prop: Property) -> str | None:
    """ "1990-03-04", or "--03-04" where the year is not told; None when it is no date."""
    match = _DAY.fullmatch(prop.text)
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return None
    year = match[1]
    if year is None or year == prop.parameters.get("X-APPLE-OMIT-YEAR", _NO_YEAR):
        return f"--{int(match[2]):02d}-{int(match[3]):02d}"
    return f"{year}-{int(match[2]):02d}-{int(match[3]):02d}"


def _address(prop: Property) -> str:
    if prop.parameters.get("LABEL"):
        return ", ".join(unescape(prop.parameters["LABEL"]).splitlines())
    return ", ".join(", ".join(part.splitlines()) for part in prop.parts if part)


def _android(prop: Property) -> tuple[str, str] | None:
    """`vnd.android.cursor.item/nickname;Sky;1;;…`: what phones keep that vCard 2.1 has no property for."""
    kind, *values = prop.parts
    word = _ANDROID.get(kind.rpartition("/")[2])
    return (word, values[0]) if word and values and values[0] else None


def _listed(prop: Property) -> list[str]:
    return [text for part in re.split(r"(?<!\\),", prop.value) if (text := unescape(part).strip())]


def _place(found: Sequence[Property]) -> Place | None:
    geo = next((match for p in found if p.name == "GEO" and (match := _GEO.match(p.value))), None)
    name = next((text for p in found if p.name == "ADR" and (text := _address(p))), None)
    if geo:
        return Place(name, float(geo[1]), float(geo[2]))
    return Place(name) if name else None


def _pictures(found: Sequence[Property], flaws: list[tuple[str, str]]) -> Iterator[Blob]:
    for prop in found:
        if prop.name not in ("PHOTO", "LOGO"):
            continue
        mime, _, data = prop.value.partition(";base64,")
        kind = next((word for word in prop.types if word in ("jpeg", "jpg", "png", "gif", "webp", "heic")), "jpeg")
        if data and mime.startswith("data:"):
            mime = mime.removeprefix("data:")
        elif prop.parameters.get("ENCODING") == "base64":
            data, mime = prop.value, f"image/{'jpeg' if kind == 'jpg' else kind}"
        else:
            continue  # the address of a picture that is not in the file
        try:
            yield Blob.of(base64.b64decode("".join(data.split()), validate=True), None, mime)
        except (binascii.Error, ValueError):
            flaws.append(("undecodable-part", "its picture is damaged"))


def _extra(found: Sequence[Property], group: bool) -> dict[str, Any]:
    extra: dict[str, Any] = {"contact": True, "type": "group"} if group else {"contact": True}
    for prop in found:
        if key := _DAYS.get(prop.name):
            extra[key] = read_day(prop) or prop.text
        elif prop.name == "ORG":
            extra["organisation"] = [part for part in prop.parts if part]
        elif prop.name in ("TITLE", "ROLE"):
            extra[prop.name.lower()] = prop.text
        elif prop.name == "CATEGORIES":
            extra["categories"] = _listed(prop)
        elif prop.name in ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"):
            extra["members"] = [*extra.get("members", ()), prop.text.removeprefix("urn:uuid:")]
        elif prop.name == "REV":
            extra["revised"] = prop.text
    if nicknames := _nicknames(found):
        extra["nicknames"] = nicknames
    return extra


def _nicknames(found: Sequence[Property]) -> list[str]:
    names: list[str] = []
    for prop in found:
        if prop.name == "NICKNAME":
            names += _listed(prop)
        elif prop.name == "X-ANDROID-CUSTOM" and (custom := _android(prop)) and custom[0] == "nickname":
            names.append(custom[1])
    return list(dict.fromkeys(names))
