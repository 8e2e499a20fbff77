"""Facebook's export: conversations of Messenger, posts and comments, as JSON or as pages of HTML.

Signs: a file with `participants` and `messages` of a `sender_name`; a list of posts (`timestamp`, `data` with a `post`,
`attachments`); `comments_v2`; pages of messages. Messages that could be of Facebook or Instagram are told apart by the
links in them and by the folders around them. There are no ids. Locators are bytes of the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.chats.facebook_pages import PAGES
from darak.importers.chats.meta import ME, Context, Section, said
from darak.importers.chats.meta_export import FACEBOOK, INSTAGRAM, Service, find_exports, read_export
from darak.importers.chats.meta_messages import MESSAGES
from darak.importers.formats.epochs import from_seconds
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Place, Record

SOURCE = "facebook"
_POSTS = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\[\s*\{\s*(?="(?:timestamp|attachments|data|tags|title)"\s*:)(?=.*"timestamp"\s*:\s*\d)'
    rb'(?=.*(?:"attachments"\s*:\s*\[\s*\{\s*"data"\s*:\s*\[\s*\{\s*"(?:media|external_context|place|text|event|poll)"'
    rb'|"data"\s*:\s*\[\s*(?:\{\s*\}\s*,\s*)?\{\s*"(?:post|(?:update|backdated)_timestamp)"))',
    re.DOTALL,
)


def build_post(context: Context, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of a post: its text, what it shares, where it was."""
    time = from_seconds(as_int(value.get("timestamp")))
    if time is None:
        return "a post without a time"
    attached = [as_dict(part) for one in as_dicts(value.get("attachments")) for part in as_dicts(one.get("data"))]
    texts = [said(part.get("post")) for part in as_dicts(value.get("data"))]
    names: list[str] = []
    blobs: list[Blob] = []
    url: str | None = None
    place: Place | None = None
    for part in attached:
        media, shared = as_dict(part.get("media")), as_dict(part.get("external_context"))
        texts += [said(media.get("description")), said(shared.get("name")), said(part.get("text"))]
        url = url or as_text(shared.get("url")) or None
        place = place or _place(as_dict(part.get("place")))
        if uri := as_text(media.get("uri")):
            names.append(uri.rpartition("/")[2])
            blobs += [blob for blob in (context.files.blob(uri),) if blob]
    texts += [place.name or "" if place else "", url or ""]
    what = said(value.get("title"))
    text = "\n".join(dict.fromkeys(text for text in texts if text)) or "\n".join(names) or what
    if not text:
        return Ignored("empty-post", origin)
    extra: dict[str, Any] = {"what": what} if what else {}
    if names:
        extra["files"] = names
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        author=ME,
        people=tuple(Identity(name) for tag in as_dicts(value.get("tags")) if (name := said(tag.get("name")))),
        text=text,
        place=place,
        url=url,
        blobs=tuple(blobs),
        extra=extra,
    )


def build_comment(context: Context, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of a comment; whose post it was on stands in the words of Facebook."""
    said_it = [as_dict(part.get("comment")) for part in as_dicts(value.get("data")) if part.get("comment")]
    comment = said_it[0] if said_it else as_dict(None)
    time = from_seconds(as_int(value.get("timestamp")))
    if time is None:
        return "a comment without a time"
    attached = [as_dict(part) for one in as_dicts(value.get("attachments")) for part in as_dicts(one.get("data"))]
    uris = [uri for part in attached if (uri := as_text(as_dict(part.get("media")).get("uri")))]
    what, text = said(value.get("title")), said(comment.get("comment"))
    extra = {name: said for name, said in (("what", what), ("group", said(comment.get("group")))) if said}
    text = text or "\n".join(uri.rpartition("/")[2] for uri in uris) or what
    if not text:
        return Ignored("empty-comment", origin)
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        author=ME,
        text=text,
        blobs=tuple(blob for uri in uris if (blob := context.files.blob(uri))),
        extra={"comment": True} | extra,
    )


def _place(value: Json) -> Place | None:
    where = as_dict(value.get("coordinate"))
    lat, lon = where.get("latitude"), where.get("longitude")
    name = said(value.get("name")) or None
    if isinstance(lat, (int, float)) and isinstance(lon, (int, float)):
        return Place(name, float(lat), float(lon))
    return Place(name) if name else None


def _listed(key: str, inside: bytes) -> re.Pattern[bytes]:
    """An object that begins with a list called `key`, whose first element has `inside`."""
    return re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"' + key.encode() + rb'"\s*:\s*\[\s*\{.*?' + inside, re.DOTALL)


SECTIONS = (
    MESSAGES,
    Section(("comments_v2",), _listed("comments_v2", rb'"comment"'), build_comment),
    Section(("comments",), _listed("comments", rb'"comment"\s*:\s*\{'), build_comment),
    Section(("status_updates",), _listed("status_updates", rb'"timestamp"'), build_post),
    Section((), _POSTS, build_post),
)


SERVICE = Service(SOURCE, SECTIONS, FACEBOOK, INSTAGRAM, scores=(0.6, 0.7, 0.9), pages=PAGES)


class FacebookImporter:
    """Facebook's export (JSON or HTML): messages, posts and comments"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return find_exports(tree, SERVICE)

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        yield from read_export(tree, match, SERVICE)
