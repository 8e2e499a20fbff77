"""What an app drew in place of a message's text (a payment, a table for four, who arrived), and what the page of a
link is called: in `payload_data`, a property list of NSKeyedArchiver."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from plistlib import UID
from typing import Any
from xml.parsers.expat import ExpatError

from darak.importers.formats.json_values import Json, as_dict, as_list, as_text

_LINKS = ("richLinkMetadata", "metadata")
_CAPTIONS = (
    *("image-title", "image-subtitle", "caption", "subcaption"),
    *("secondary-subcaption", "tertiary-subcaption"),
)
_MUSIC = ("name", "artist", "album")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """Its words in lines, the name of the app ("" for the preview of a link), and the address that it leads to."""

    words: str
    app: str
    url: str | None


def drawn_of(payload: Any) -> Drawn | None:
    """What a balloon shows; None for nothing, or what cannot be read."""
    try:
        archive = as_dict(plistlib.loads(payload) if isinstance(payload, bytes) else None)
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, IndexError, TypeError):
        return None
    objects = as_list(archive.get("$objects"))
    root = as_dict(_value(objects, as_dict(archive.get("$top")).get("root"), 0))
    link = next((as_dict(root[key]) for key in _LINKS if key in root), None)
    if link is not None:
        music = as_dict(link.get("specialization"))
        lines = [*(link.get(key) for key in ("title", "summary")), *(music.get(key) for key in _MUSIC)]
        return _drawn(map(as_text, lines), "", link.get("originalURL"))
    captions = as_dict(root.get("userInfo"))
    lines = [root.get("ldtext"), *(captions.get(key) for key in _CAPTIONS)]
    return _drawn(map(as_text, lines), as_text(root.get("an")).replace("\u00a0", " "), root.get("URL"))


def _drawn(lines: Iterator[str], app: str, url: Any) -> Drawn | None:
    said: list[str] = []
    for line in (line.replace("\u00a0", " ").strip() for line in lines):
        if line and not any(line in other for other in said):
            said.append(line)
    address = as_text(url)
    return Drawn("\n".join(said), app, address if address.startswith("http") else None) if said or app else None


def _value(objects: Sequence[Any], value: Any, depth: int) -> Any:
    """A value with the objects that it refers to in their places, as far as they are texts, numbers, dictionaries."""
    if isinstance(value, UID):
        value = objects[value.data] if value.data < len(objects) else None
    found = as_dict(value)
    if not found or depth > _DEEPEST:
        return None if value == "$null" else value
    if "NS.relative" in found:
        return _value(objects, found["NS.relative"], depth + 1)
    if "NS.keys" in found:
        keys = [_value(objects, key, depth + 1) for key in as_list(found["NS.keys"])]
        found = {str(key): one for key, one in zip(keys, as_list(found.get("NS.objects")), strict=False)}
    resolved: Json = {key: _value(objects, one, depth + 1) for key, one in found.items() if key != "$class"}
    return resolved
