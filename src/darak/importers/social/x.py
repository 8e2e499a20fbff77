"""X (Twitter): the archive of an account, with posts, long posts, direct messages, likes and bookmarks.

Signs: scripts that begin with `window.YTD.<what>.part0 = [`, or with `Grailbird.data.tweets_… =` in archives before
2019. Other people are told by number only, unless a post mentions them. A like has no time. Locators are bytes of the
entry or the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.json_values import Json, as_dict, as_text
from darak.importers.formats.members import file_blob
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.social.x_messages import message_item
from darak.importers.social.x_posts import SOURCE, Archive, Notes, like, post
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Record

_BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:window\.YTD\.(\w+?)\.part\d+|Grailbird\.data\.(tweets)_\d+_\d+|window\.(__THAR)_CONFIG)\s*=\s*"
)
_POSTS = ("tweets", "tweet", "community_tweet", "deleted_tweets", "deleted_tweet", "twitter_circle_tweet")
_LIKES = {"like": "liked", "likes": "liked", "bookmark": "bookmarked", "bookmarks": "bookmarked"}
_MESSAGES = ("direct_messages", "direct_messages_group", "direct_message", "direct_message_group")
_NOTES = "note_tweet"
_READ = (*_POSTS, _NOTES, *_LIKES, *_MESSAGES)
_MESSAGE_PATH = ("*", "dmConversation", "messages")
_MENTION = re.compile(
    rb'\{\s*"name"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*"screen_name"\s*:\s*"\w+"\s*,'
    rb'(?:\s*"indices"\s*:\s*\[[^\]]*\]\s*,)?\s*"id_str"\s*:\s*"(\d+)"'
)
_CHUNK = 1 << 20
_OVERLAP = 1 << 12


class XImporter:
    """X's (Twitter's) archive: posts, direct messages, likes"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            if _what(tree.head(member.name)):
                folders.setdefault(_folder(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, scripts in folders.items():
            found = sorted(name for name in scripts if _what(tree.head(name)) in _READ)
            if not found:
                continue
            others = [member.name for member in tree.members() if member.name.startswith(folder)]
            media = [name for name in others if "_media/" in name[len(folder) :]]
            why = "scripts of X's archive: window.YTD or Grailbird.data"
            claimed = (*found, *scripts, *media, *_viewer(tree, folder))
            matches.append(Match(self.name, tuple(dict.fromkeys(claimed)), 0.95, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        kinds = {name: _what(tree.head(name)) for name in match.members}
        archive = Archive(
            _owner(tree, kinds),
            _names(tree, kinds),
            Notes(_values(tree, kinds, _NOTES)),
            _Media(tree, match.members).of,
        )
        for member in (name for name in kinds if not kinds[name]):
            yield Units(1)
            yield Ignored("media" if "_media/" in member else "other-file", Origin(member, ""))
        order = sorted((name for name in kinds if kinds[name]), key=lambda name: kinds[name] == _NOTES)
        for member in order:
            kind = kinds[member]
            if kind not in _READ:
                yield Units(1)
                yield Ignored("other-file", Origin(member, ""))
                continue
            elements = _elements(tree, member, _MESSAGE_PATH if kind in _MESSAGES else ())
            yield from element_items(elements, member, partial(_build, kind, archive))


def _viewer(tree: Tree, folder: str) -> list[str]:
    """The page that shows an archive, with its thousands of signs, and what X says of the files."""
    above = folder.removesuffix("data/")
    names = [member.name for member in tree.members()]
    shown = [name for name in names if name.startswith(f"{above}assets/")]
    pages = [name for name in names if folder_of(name) == above and b"assets/js/" in tree.head(name)]
    told = [name for name in names if name == f"{folder}README.txt"]
    return told + (shown + pages if pages and above != folder else [])


def _what(head: bytes) -> str:
    """What a script of an archive holds, "" for any other file."""
    begin = _BEGIN.match(head[:200])
    return (begin[1] or begin[2] or begin[3]).decode() if begin else ""


def _folder(name: str) -> str:
    folder = folder_of(name)
    return folder.removesuffix("js/tweets/")


def _elements(tree: Tree, member: str, path: tuple[str, ...] = ()) -> Iterator[Element]:
    """The entries of a script's list, or what lies at `path` in them."""
    begin = _BEGIN.match(tree.head(member))
    return elements_of(tree, member, path, begin.end() if begin else 0)


def _values(tree: Tree, kinds: dict[str, str], kind: str) -> list[Json]:
    members = [name for name in kinds if kinds[name] == kind]
    return [as_dict(element.value) for name in members for element in _elements(tree, name) if not element.problem]


def _owner(tree: Tree, kinds: dict[str, str]) -> tuple[str, Identity]:
    """(number, identity) of the account that the archive is of."""
    for value in _values(tree, kinds, "account"):
        account = as_dict(value.get("account"))
        handle, name = as_text(account.get("username")), as_text(account.get("accountDisplayName"))
        if handle:
            return as_text(account.get("accountId")), Identity(handle, name or None)
    return "", Identity("me")


def _names(tree: Tree, kinds: dict[str, str]) -> dict[str, str]:
    """The names of people by number, where posts mention them: messages have the numbers alone."""
    names: dict[str, str] = {}
    for member in (name for name, kind in kinds.items() if kind in _POSTS):
        tail = b""
        try:
            with tree.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    window = tail + chunk
                    for name, number in _MENTION.findall(window):
                        names[number.decode()] = _string(name)
                    tail = window[-_OVERLAP:]
        except READ_ERRORS:
            continue  # reading the posts will meet the same damage and tell it
    return names


def _string(raw: bytes) -> str:
    try:
        return as_text(orjson.loads(b'"' + raw + b'"'))
    except orjson.JSONDecodeError:
        return ""


def _build(kind: str, archive: Archive, element: Element, origin: Origin) -> Record | Ignored | str:
    value = as_dict(element.value)
    if kind in _MESSAGES:
        return message_item(value, element.around, archive, origin)
    if kind == _NOTES:
        return archive.notes.rest(value, archive, origin)
    if kind in _LIKES:
        return like(value, _LIKES[kind], origin)
    return post(value, kind, archive, origin)


class _Media:
    """The pictures and films of an archive, which are called as the post or message they are of."""

    def __init__(self, tree: Tree, members: tuple[str, ...]) -> None:
        self._tree = tree
        self._members: dict[str, list[str]] = {}
        for member in members:
            folder, _, name = member.rpartition("/")
            if folder.endswith("_media"):
                self._members.setdefault(name.partition("-")[0], []).append(member)

    def of(self, identifier: str) -> tuple[Blob, ...]:
        blobs = (file_blob(self._tree, member) for member in sorted(self._members.get(identifier, ())))
        return tuple(blob for blob in blobs if blob)
