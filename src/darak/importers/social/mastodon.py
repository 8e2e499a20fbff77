"""Mastodon's archive (and those of its relatives that speak ActivityPub): posts, boosts, favourites and bookmarks.

Signs: an `OrderedCollection` with `orderedItems` that are activities with an `actor` (the outbox), or addresses
(favourites, bookmarks). `actor.json` beside it tells whose it is. Locators are bytes of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import as_dict, as_list, as_text
from darak.importers.formats.members import file_blob
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.social.mastodon_posts import SOURCE, Archive, activity, handle_of, kept_address
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin

_COLLECTION = re.compile(rb'"type"\s*:\s*"OrderedCollection"')
_ITEMS = re.compile(rb'"orderedItems"\s*:\s*\[\s*')
_OUTBOX = re.compile(rb'"actor"\s*:|"type"\s*:\s*"(?:Create|Announce)"')
_ADDRESS = re.compile(rb'"(https?://(?:[^"\\]|\\.)+)"')
_ACTOR = re.compile(rb'"preferredUsername"\s*:')
_MEDIA = "media_attachments/"
_PICTURE = re.compile(r"(?:avatar|header)\.\w{3,4}")
_LARGEST = 64 << 20


class MastodonImporter:
    """Mastodon's archive: posts, boosts, favourites, bookmarks"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            if _form(tree.head(member.name)) in ("outbox", "addresses"):
                folders.setdefault(folder_of(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, files in folders.items():
            inside = [member.name for member in tree.members() if member.name.startswith(folder)]
            actors = [name for name in inside if folder_of(name) == folder and _form(tree.head(name)) == "actor"]
            pictures = [name for name in inside if actors and _PICTURE.fullmatch(name[len(folder) :])]
            media = [name for name in inside if name.startswith(folder + _MEDIA)] + pictures
            score = 0.95 if any(_form(tree.head(name)) == "outbox" for name in files) else 0.8
            why = "an OrderedCollection of ActivityPub: an outbox, favourites or bookmarks"
            matches.append(Match(self.name, (*sorted(files), *actors, *media), score, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        forms = {name: "" if _MEDIA in name else _form(tree.head(name)) for name in match.members}
        archive = Archive(
            _owner(tree, forms), partial(_blob, tree, frozenset(match.members), folder_of(match.members[0]))
        )
        for member, form in forms.items():
            if form == "outbox":
                yield from object_items(tree, member, partial(activity, archive), path=("orderedItems",))
            elif form == "addresses":
                yield from _addresses(tree, member)
            else:
                yield Units(1)
                is_media = _MEDIA in member or _PICTURE.fullmatch(short_name(member))
                yield Ignored("media" if is_media else "other-file", Origin(member, ""))


def _form(head: bytes) -> str:
    """ "outbox", "addresses" or "actor", "" for any other file."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
        return ""
    items = _ITEMS.search(head)
    if items and _COLLECTION.search(head):
        return "outbox" if _OUTBOX.search(head) else "addresses" if head[items.end() :][:1] in (b'"', b"]") else ""
    return "actor" if _ACTOR.search(head) and b'"outbox"' in head else ""


def _owner(tree: Tree, forms: dict[str, str]) -> Identity | None:
    """Whose archive it is, as `actor.json` says."""
    for member in (name for name, form in forms.items() if form == "actor"):
        try:
            with tree.open(member) as stream:
                actor = as_dict(orjson.loads(stream.read(_LARGEST)))
        except (*READ_ERRORS, orjson.JSONDecodeError):
            continue
        if handle := handle_of(as_text(actor.get("id"))):
            return Identity(handle, as_text(actor.get("name")) or None)
    return None


def _blob(tree: Tree, members: frozenset[str], folder: str, url: str, mime: str) -> Blob | None:
    """The attached file of an address in the archive."""
    member = folder + _MEDIA + url.partition(_MEDIA)[2]
    return file_blob(tree, member, mime=mime) if member in members else None


def _addresses(tree: Tree, member: str) -> Iterator[Item]:
    """A record for each address; what kind of list it is stands in its id."""
    what = "bookmarked" if b"bookmarks" in tree.head(member)[:2000] or "bookmark" in member else "liked"
    with tree.open(member) as stream:
        data = stream.read(_LARGEST)
    begin = _ITEMS.search(data)
    found = list(_ADDRESS.finditer(data, begin.end() if begin else 0))
    for one in found:
        url = one[1].decode("utf-8", "replace").replace("\\/", "/")
        yield Units(1)
        yield kept_address(url, what, Origin(member, f"bytes {one.start()}-{one.end()}"))
    try:
        count = len(as_list(as_dict(orjson.loads(data)).get("orderedItems")))
    except orjson.JSONDecodeError:
        count = len(found) + 1
    if count > len(found):
        origin = Origin(member, f"bytes {found[-1].end() if found else 0}-{len(data)}")
        yield Units(count - len(found))
        yield BadRow("damaged", origin, "the list is damaged or cut off; export it again")
        if count > len(found) + 1:
            yield Ignored("no-address", origin, count - len(found) - 1)
