"""What the exports of Facebook and Instagram share: files of JSON in known folders, each an array in its own place.

Texts are UTF-8 of which every byte was written as a character; each string is repaired by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.formats.members import file_blob
from darak.importers.formats.mojibake import repaired
from darak.importers.importer import Ignored
from darak.importers.names import archive_of, inner_path
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import Time, utc_ms

TOP = (
    "activity_you_re_tagged_in",
    "ads_and_businesses",
    "ads_and_topics",
    "ads_information",
    "apps_and_websites",
    "apps_and_websites_off_of_facebook",
    "apps_and_websites_off_of_instagram",
    "archived_stories",
    "bug_bounty",
    "comments",
    "comments_and_reactions",
    "connections",
    "contacts",
    "content",
    "events",
    "files",
    "followers_and_following",
    "friends_and_followers",
    "likes",
    "likes_and_reactions",
    "location",
    "logged_information",
    "login_and_account_creation",
    "media",
    "messages",
    "personal_information",
    "photos_and_videos",
    "posts",
    "preferences",
    "profile_information",
    "saved",
    "search_history",
    "security_and_login_information",
    "stories",
    "story_sticker_interactions",
    "your_activity_across_facebook",
    "your_facebook_activity",
    "your_instagram_activity",
    "your_topics",
)
"""The folders of which an export consists, over the years."""
ME = Identity("me")
_MENTION = re.compile(r"@\[\d+:\d+:([^\[\]]+)\]")
_MEDIA = ("photos", "videos", "audio_files", "gifs", "files", "media")


@dataclass(frozen=True, slots=True)
class Context:
    """What the records of one file have in common.

    `page_zone` is that of the clock on the service's pages of HTML, where it is known; `paged` counts what each form of
    the export says alike.
    """

    source: str
    files: Files
    thread: str = ""
    title: str = ""
    people: tuple[Identity, ...] = ()
    page_zone: str | None = None
    paged: Counter[str] = field(default_factory=Counter[str])

    def page_ids(self, form: str, author: Identity | None, time: Time, text: str) -> tuple[str, ...]:
        """The id that a message of a `form` of export has on a page of HTML, which tells minutes alone; none where the
        clock of pages is not known."""
        if self.page_zone is None or time.local is None or time.zone is None:
            return ()
        minute = utc_ms(time.local, time.zone) // 60_000
        words = " ".join(text.split())
        parts = "\x1f".join((self.thread, str(minute), author.handle if author else "", words))
        known = hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        self.paged[form + known] += 1
        return (f"{known} {self.paged[form + known]}",)


Build = Callable[[Context, Json, Origin], Record | Ignored | str]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of file: the array at `path` (the document itself where that is empty), known by `sign` in its head.

    `shared` are those that look the same in both services. A conversation stands in a folder `messages`.
    """

    path: tuple[str, ...]
    sign: re.Pattern[bytes]
    build: Build
    shared: bool = False


class Files:
    """The media of an export by the `uri` that names them."""

    def __init__(self, tree: Tree, members: tuple[str, ...], root: str) -> None:
        self._tree, self._members, self._root = tree, frozenset(members), root

    def of(self, value: Json) -> tuple[list[str], tuple[Blob, ...]]:
        """(names of the media that an object lists, those of them that are in the export)."""
        sticker = as_text(as_dict(value.get("sticker")).get("uri"))
        uris = [as_text(one.get("uri")) for key in _MEDIA for one in as_dicts(value.get(key))] + [sticker]
        return [PurePosixPath(uri).name for uri in uris if uri], tuple(blob for uri in uris if (blob := self.blob(uri)))

    def blob(self, uri: str) -> Blob | None:
        member = self._root + uri.removeprefix("./")
        return file_blob(self._tree, member, PurePosixPath(uri).name) if uri and member in self._members else None


def root_of(name: str) -> str:
    """What all members of an export begin with: what stands before the first of the known folders, else its folder."""
    parts = inner_path(name).split("/")
    known = next((at for at, part in enumerate(parts[:-1]) if part in TOP), len(parts) - 1)
    return archive_of(name) + "".join(f"{part}/" for part in parts[:known])


def said(value: Any) -> str:
    """A string of an export as it was meant, "" for anything else."""
    return named(repaired(as_text(value)).strip())


def named(text: str) -> str:
    """A text in which people and pages that it mentions by number are called by name."""
    return _MENTION.sub(r"\1", text) if "@[" in text else text
