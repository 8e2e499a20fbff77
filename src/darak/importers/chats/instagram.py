"""Instagram's export: direct messages, posts, stories, reels and comments, as JSON or as pages of HTML.

Signs: a file with `participants` and `messages` of a `sender_name`; lists of media with a `creation_timestamp` and a
`title`; comments as `string_map_data` or `string_list_data`. Messages are told from Facebook's by the links in them and
by the folders around them. The names of the fields in a comment are in the language of the account. There are no ids.
Locators are bytes of the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.chats.instagram_pages import PAGES
from darak.importers.chats.meta import ME, Context, Section, said
from darak.importers.chats.meta_export import FACEBOOK, INSTAGRAM, Service, find_exports, read_export
from darak.importers.chats.meta_messages import MESSAGES
from darak.importers.formats.epochs import from_seconds
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Place, Record

SOURCE = "instagram"
_MEDIA = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"media"\s*:\s*\[\s*\{\s*"uri"\s*:(?=.{0,40000}"creation_timestamp"\s*:)',
    re.DOTALL,
)
_COMMENTS = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"media_list_data"\s*:\s*\[[^\]]*\]\s*,'
    rb'\s*"string_map_data"\s*:\s*\{\s*"[^"]*"\s*:\s*\{\s*"(?:href|value)"'
)
_LISTS = ("ig_stories", "ig_reels_media", "ig_igtv_media", "ig_archived_post_media", "ig_other_media")
_COMMENT_LISTS = ("comments_media_comments", "comments_reels_comments", "comments_story_comments")


def build_media(context: Context, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of a post, a reel or a story: its caption, and its pictures and films."""
    media = as_dicts(value.get("media")) or ([value] if "uri" in value else [])
    times = [as_int(one.get("creation_timestamp")) for one in (value, *media)]
    time = from_seconds(next((stamp for stamp in times if stamp), None))
    if time is None:
        return "a post without a time"
    names = [uri.rpartition("/")[2] for one in media if (uri := as_text(one.get("uri")))]
    captions = dict.fromkeys(said(one.get("title")) for one in (value, *media))
    text = "\n".join(caption for caption in captions if caption) or "\n".join(names)
    if not text:
        return Ignored("empty-post", origin)
    found = [blob for one in media if (blob := context.files.blob(as_text(one.get("uri"))))]
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        author=ME,
        text=text,
        place=next((place for one in media if (place := _place(one))), None),
        blobs=tuple(found),
        extra={"files": names} if names else {},
        also=context.page_ids("json", ME, time, text),
    )


def build_comment(context: Context, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of a comment: of its fields the first with a value, which is followed by whose post it was on."""
    fields = [as_dict(field) for field in as_dict(value.get("string_map_data")).values()]
    fields = fields or as_dicts(value.get("string_list_data"))
    time = from_seconds(next((stamp for one in fields if (stamp := as_int(one.get("timestamp")))), None))
    texts = [text for one in fields if (text := said(one.get("value")))]
    if time is None:
        return "a comment without a time"
    if not texts:
        return Ignored("empty-comment", origin)
    owner = texts[1] if len(texts) > 1 else said(value.get("title"))
    extra: dict[str, Any] = {"comment": True}
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        author=ME,
        people=(Identity(owner),) if owner else (),
        text=texts[0],
        extra=extra,
        also=context.page_ids("json", ME, time, texts[0]),
    )


def _place(media: Json) -> Place | None:
    """Where a picture was taken, as far as Instagram kept it."""
    kept = as_dict(media.get("media_metadata"))
    for part in (as_dict(kept.get("photo_metadata")), as_dict(kept.get("video_metadata"))):
        for exif in as_dicts(part.get("exif_data")):
            lat, lon = exif.get("latitude"), exif.get("longitude")
            if isinstance(lat, (int, float)) and isinstance(lon, (int, float)):
                return Place(None, float(lat), float(lon))
    return None


def _sign(key: str, inside: bytes) -> re.Pattern[bytes]:
    return re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"' + key.encode() + rb'"\s*:\s*\[\s*\{.*?' + inside, re.DOTALL)


SECTIONS = (
    MESSAGES,
    Section((), _MEDIA, build_media),
    *(Section((key,), _sign(key, rb'"creation_timestamp"'), build_media) for key in _LISTS),
    Section((), _COMMENTS, build_comment),
    *(Section((key,), _sign(key, rb'"timestamp"'), build_comment) for key in _COMMENT_LISTS),
)


SERVICE = Service(SOURCE, SECTIONS, INSTAGRAM, FACEBOOK, scores=(0.55, 0.7, 0.9), pages=PAGES, page_zone="-08:00")


class InstagramImporter:
    """Instagram's export (JSON or HTML): messages, posts, stories and comments"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return find_exports(tree, SERVICE)

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        yield from read_export(tree, match, SERVICE)
