"""Google Photos' JSON files beside pictures: which belongs to which, what they say, and which albums there are.

A sidecar is a JSON object with `photoTakenTime`; an album's `metadata.json` has a title and no such time. Names follow
the rules that Takeout has had over the years: `IMG.jpg.json`, `IMG.jpg.supplemental-metadata.json` cut to 46 letters
before ".json", `IMG.jpg(1).json` for `IMG(1).jpg`, and no file of their own for edited copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.names import inner_path
from darak.importers.tree import Tree

_SUPPLEMENT = ".supplemental-metadata"
_CUT = 45
"""A name this long may be cut."""
_NUMBER = re.compile(r"\((\d+)\)$")
_EDITED = re.compile(
    r"(?i)-(?:edited|수정됨|편집됨|編集済み|bearbeitet|editado|modifié|modificato|bewerkt|edytowane)(?=\(|$)"
)
_MAX_SIDECAR = 1 << 20


@dataclass(frozen=True, slots=True)
class Albums:
    """The sidecar of each picture, those that stand alone, and the albums by a picture's (file name, size)."""

    sidecars: dict[str, str]
    alone: frozenset[str]
    albums: dict[tuple[str, int], list[str]]


def is_sidecar(head: bytes) -> bool:
    """Whether a file with this head is a sidecar or an album's description."""
    start = head.lstrip()[:1]
    return start == b"{" and (
        b'"photoTakenTime"' in head or (b'"title"' in head and b'"albumData"' in head) or _album(head)
    )


def _album(head: bytes) -> bool:
    return len(head) < 8192 and b'"title"' in head and b'"date"' in head and b'"access"' in head


def read_sidecar(tree: Tree, member: str) -> dict[str, Any] | None:
    """The JSON object of a sidecar; None when it is damaged."""
    try:
        with tree.open(member) as stream:
            said: object = orjson.loads(stream.read(_MAX_SIDECAR))
    except (*READ_ERRORS, ValueError):
        return None
    return cast("dict[str, Any]", said) if isinstance(said, dict) else None


def find_albums(tree: Tree, pictures: Iterable[str], jsons: Iterable[str]) -> Albums:
    """Pairs sidecars and pictures by folder and name, wherever the parts of an export divided them."""
    sizes = {member.name: member.size for member in tree.members()}
    wanted: dict[tuple[str, str, str], list[str]] = {}
    titles: dict[str, str] = {}
    for member in jsons:
        folder, name = _place(member)
        if b'"photoTakenTime"' in tree.head(member):
            wanted.setdefault((folder, *_sidecar_name(name)), []).append(member)
        elif (said := read_sidecar(tree, member)) is not None:
            titles[folder] = str(_album_title(said))
    cut = [key for key in wanted if len(key[1]) >= _CUT]
    sidecars: dict[str, str] = {}
    albums: dict[tuple[str, int], list[str]] = {}
    for member in pictures:
        folder, name = _place(member)
        title = titles.get(folder)
        if title:
            albums.setdefault((name, sizes.get(member, 0)), []).append(title)
        key = (folder, *_picture_name(name))
        found = wanted.get(key) or next(
            (wanted[k] for k in cut if k[0] == folder and k[2] == key[2] and key[1].startswith(k[1])), None
        )
        if found:
            sidecars[member] = found[0]
    used = set(sidecars.values())
    alone = frozenset(member for members in wanted.values() for member in members if member not in used)
    return Albums(sidecars, alone, {key: sorted(set(names)) for key, names in albums.items()})


def _album_title(said: dict[str, Any]) -> object:
    inner = said.get("albumData")
    return cast("dict[str, Any]", inner).get("title", "") if isinstance(inner, dict) else said.get("title", "")


def _place(member: str) -> tuple[str, str]:
    """Folder and name inside the archive: the parts of one export are several archives with the same folders."""
    folder, _, name = inner_path(member).rpartition("/")
    return folder, name


def _sidecar_name(name: str) -> tuple[str, str]:
    """(name of the picture, number of its copy) that a sidecar's name tells."""
    base = name[:-5] if name.lower().endswith(".json") else name
    number = _NUMBER.search(base)
    base = _NUMBER.sub("", base)
    stem, dot, ending = base.rpartition(".")
    if dot and stem and len(ending) > 0 and _SUPPLEMENT.startswith(f".{ending}"):
        base = stem
    return base.lower(), number[1] if number else ""


def _picture_name(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    stem = _EDITED.sub("", stem)
    number = _NUMBER.search(stem)
    return f"{_NUMBER.sub('', stem)}{dot}{ending}".lower(), number[1] if number else ""
