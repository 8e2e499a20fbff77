"""X's posts, long posts and likes as records. Counts of likes and reposts are left out: every archive has others."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.importer import Ignored
from darak.records.record import Blob, Identity, Origin, Place, Record
from darak.records.time import UNKNOWN_TIME, Time, from_datetime, parse_iso

SOURCE = "x"
_WRITTEN = ("%a %b %d %H:%M:%S %z %Y", "%Y-%m-%d %H:%M:%S %z")
_TEXT_KEPT = 60
"""Characters in which a long post and its shortened form agree."""


class Notes:
    """The whole texts of posts that are too long for a post's own field, known by their second and their beginning."""

    def __init__(self, values: list[Json]) -> None:
        self._texts: dict[str, list[tuple[str, str]]] = {}
        self._used: set[str] = set()
        for value in values:
            note = as_dict(value.get("noteTweet"))
            key, text = as_text(note.get("createdAt"))[:19], _note_text(note)
            self._texts.setdefault(key, []).append((as_text(note.get("noteTweetId")), text))

    def whole(self, text: str, time: Time) -> str:
        """The whole text of a post; the text itself when there is no longer one."""
        second = time.local.isoformat(timespec="seconds") if time.local else ""
        begin = _squeezed(text)
        for key, whole in self._texts.get(second, ()):
            if len(whole) > len(text) - len("…") and begin and _squeezed(whole).startswith(begin):
                self._used.add(key)
                return whole
        return text

    def rest(self, value: Json, archive: Archive, origin: Origin) -> Record | Ignored | str:
        """The record of a long post that none of the archive's posts is the beginning of."""
        note = as_dict(value.get("noteTweet"))
        key, text, time = as_text(note.get("noteTweetId")), _note_text(note), _time(note.get("createdAt"))
        if key in self._used:
            return Ignored("text-of-a-post", origin)
        if time is None or not text:
            return "a long post without a time or a text"
        return Record(
            source=SOURCE,
            kind="post",
            time=time,
            origin=origin,
            native_id=f"note/{key}",
            author=archive.owner[1],
            text=text,
        )


@dataclass(frozen=True, slots=True)
class Archive:
    """What all entries of an archive share. `owner` is the number and the identity of the account; `names` are those
    of other people by their number, as far as the posts mention them."""

    owner: tuple[str, Identity]
    names: Mapping[str, str]
    notes: Notes
    media: Callable[[str], tuple[Blob, ...]]

    def identity(self, number: str) -> Identity:
        """Whom a number stands for."""
        return self.owner[1] if number == self.owner[0] or not number else Identity(number, self.names.get(number))


def post(value: Json, kind: str, archive: Archive, origin: Origin) -> Record | Ignored | str:
    """The record of a post; the message why it gives none."""
    tweet = as_dict(value.get("tweet")) or value
    identifier = as_text(tweet.get("id_str")) or as_text(tweet.get("id"))
    time = _time(tweet.get("created_at"))
    if not identifier or time is None:
        return "a post without an id or a time"
    entities = as_dict(tweet.get("entities"))
    text = _text(as_text(tweet.get("full_text")) or as_text(tweet.get("text")), entities, tweet)
    text = archive.notes.whole(text, time)
    author = archive.owner[1]
    if author.handle == "me" and (handle := as_text(as_dict(tweet.get("user")).get("screen_name"))):
        author = Identity(handle, as_text(as_dict(tweet.get("user")).get("name")) or None)
    mentioned = {
        as_text(one.get("screen_name")): as_text(one.get("name")) for one in as_dicts(entities.get("user_mentions"))
    }
    if answered := as_text(tweet.get("in_reply_to_screen_name")):
        mentioned.setdefault(answered, "")
    blobs = archive.media(identifier)
    names = [blob.name or "" for blob in blobs] or _media_names(tweet)
    text = text or "\n".join(names)
    if not text:
        return Ignored("empty-post", origin)
    extra: dict[str, Any] = {} if blobs or not names else {"files": names}
    if text.startswith("RT @"):
        extra["repost"] = True
    if kind.startswith("deleted"):
        extra["deleted"] = as_text(tweet.get("deleted_at")) or True
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        native_id=identifier,
        author=author,
        people=tuple(Identity(handle, name or None) for handle, name in mentioned.items() if handle),
        parent=as_text(tweet.get("in_reply_to_status_id_str")) or None,
        text=text,
        place=_place(tweet),
        url=f"https://x.com/{author.handle if author.handle != 'me' else 'i'}/status/{identifier}",
        blobs=blobs,
        extra=extra,
    )


def _media_names(tweet: Json) -> list[str]:
    """The names of the pictures and films of a post, for archives that do not have them."""
    media = as_dict(tweet.get("extended_entities")) or as_dict(tweet.get("entities"))
    addresses = (as_text(one.get("media_url_https") or one.get("media_url")) for one in as_dicts(media.get("media")))
    return [address.rpartition("/")[2] for address in addresses if address]


def like(value: Json, what: str, origin: Origin) -> Record | Ignored | str:
    """The record of a post of somebody else that was liked or bookmarked; when is only known of some."""
    entry = as_dict(value.get("like")) or as_dict(value.get("bookmark"))
    identifier = as_text(entry.get("tweetId"))
    if not identifier:
        return "a like without a post"
    text = html.unescape(as_text(entry.get("fullText")))
    if not text:
        return Ignored("post-not-in-the-archive", origin)
    return Record(
        source=SOURCE,
        kind="other",
        time=_time(entry.get("likedAt") or entry.get("bookmarkedAt")) or UNKNOWN_TIME,
        origin=origin,
        native_id=f"{what}/{identifier}",
        text=text,
        url=as_text(entry.get("expandedUrl")) or None,
        extra={what: True},
    )


def expanded(text: str, urls: list[Json], key: str) -> str:
    """The text with the addresses that its shortened ones lead to, which stand under `key`."""
    for url in urls:
        short, long = as_text(url.get("url")), as_text(url.get(key))
        if short and long:
            text = text.replace(short, long)
    return text


def _text(text: str, entities: Json, tweet: Json) -> str:
    media = as_dicts(entities.get("media")) + as_dicts(as_dict(tweet.get("extended_entities")).get("media"))
    for one in media:
        if short := as_text(one.get("url")):
            text = text.replace(short, "")
    return html.unescape(expanded(text, as_dicts(entities.get("urls")), "expanded_url")).strip()


def _note_text(note: Json) -> str:
    core = as_dict(note.get("core"))
    return html.unescape(expanded(as_text(core.get("text")), as_dicts(core.get("urls")), "expandedUrl"))


def _squeezed(text: str) -> str:
    """The beginning of a text, without the dots and the address that end a shortened one."""
    begin = text.split("…")[0].split("https://")[0]
    return " ".join(begin.split())[:_TEXT_KEPT]


def _place(tweet: Json) -> Place | None:
    name = as_text(as_dict(tweet.get("place")).get("full_name")) or None
    point = as_list(as_dict(tweet.get("geo")).get("coordinates"))
    try:
        lat, lon = (float(one) for one in point)
    except (TypeError, ValueError):
        return Place(name) if name else None
    return Place(name, lat, lon)


def _time(value: Any) -> Time | None:
    text = as_text(value)
    for form in _WRITTEN:
        try:
            return from_datetime(datetime.strptime(text, form), text)
        except ValueError:
            continue
    try:
        return parse_iso(text)
    except ValueError:
        return None
