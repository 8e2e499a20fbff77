"""Activities of ActivityPub as records: what was posted, answered, asked or boosted.

Vocabulary: https://www.w3.org/TR/activitystreams-vocabulary/
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.importer import Ignored
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

SOURCE = "mastodon"
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


@dataclass(frozen=True, slots=True)
class Archive:
    """`blob` gives the attached file of (address, MIME type) when it is in the archive."""

    owner: Identity | None
    blob: Callable[[str, str], Blob | None]


def activity(archive: Archive, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of an activity in an outbox."""
    kind, thing = value.get("type"), as_dict(value.get("object"))
    time = _time(value.get("published")) or _time(thing.get("published"))
    if kind not in ("Create", "Announce"):
        return Ignored("other-activity", origin)
    if time is None:
        return "an activity without a time"
    author = archive.owner or _author(value)
    if kind == "Announce":
        url = as_text(value.get("object")) or as_text(thing.get("url")) or as_text(thing.get("id"))
        said = "\n\n".join(part for part in (_said(thing), url) if part)
        return Record(
            source=SOURCE,
            kind="post",
            time=time,
            origin=origin,
            native_id=as_text(value.get("id")) or None,
            author=author,
            text=said,
            url=url or None,
            extra={"boost": True},
        )
    return _post(archive, thing, time, author, origin)


def _post(archive: Archive, note: Json, time: Time, author: Identity, origin: Origin) -> Record | Ignored:
    attached = as_dicts(note.get("attachment"))
    described = [as_text(one.get("name")) for one in attached]
    found = (archive.blob(as_text(one.get("url")), as_text(one.get("mediaType"))) for one in attached)
    blobs = tuple(blob for blob in found if blob)
    names = [as_text(one.get("url")).rpartition("/")[2] for one in attached]
    text = "\n\n".join(part for part in (_said(note), *described) if part) or "\n".join(names)
    if not text:
        return Ignored("empty-post", origin)
    people = dict.fromkeys(
        as_text(tag.get("name"))
        for tag in as_dicts(note.get("tag"))
        if tag.get("type") == "Mention" and tag.get("name")
    )
    extra: dict[str, Any] = {"seen_by": visible} if (visible := _visibility(note)) != "public" else {}
    if names:
        extra["files"] = names
    return Record(
        source=SOURCE,
        kind="message" if visible == "mentioned" else "post",
        time=time,
        origin=origin,
        native_id=as_text(note.get("id")) or None,
        author=author,
        people=tuple(Identity(_full(name, author)) for name in people),
        thread=as_text(note.get("conversation")) or None,
        parent=as_text(note.get("inReplyTo")) or None,
        title=as_text(note.get("name")) or None,
        text=text,
        url=as_text(note.get("url")) or None,
        blobs=blobs,
        extra=extra,
    )


def kept_address(url: str, what: str, origin: Origin) -> Record:
    """The record of a post of somebody else of which only the address was kept."""
    return Record(
        source=SOURCE,
        kind="other",
        time=UNKNOWN_TIME,
        origin=origin,
        native_id=f"{what}/{url}",
        text=url,
        url=url,
        extra={what: True},
    )


def handle_of(actor: str) -> str:
    """ "@gaon@example.org" for the address of an actor, `https://example.org/users/gaon`; "" for no address."""
    parts = urlsplit(actor)
    name = parts.path.rstrip("/").rpartition("/")[2].removeprefix("@")
    return f"@{name}@{parts.netloc}" if parts.netloc and name else ""


def _author(value: Json) -> Identity:
    actor = as_text(value.get("actor")) or as_text(as_dict(value.get("actor")).get("id"))
    return Identity(handle_of(actor) or "me")


def _full(name: str, author: Identity) -> str:
    """A handle with its server; one of the author's own server stands without."""
    handle = name if name.startswith("@") else f"@{name}"
    server = author.handle.rpartition("@")[2]
    return handle if handle.count("@") > 1 or author.handle == "me" else f"{handle}@{server}"


def _said(note: Json) -> str:
    """The warning, the words and the choices of a post."""
    warning, body = as_text(note.get("summary")).strip(), text_of_html(as_text(note.get("content")))
    choices = [as_text(one.get("name")) for key in ("oneOf", "anyOf") for one in as_dicts(note.get(key))]
    return "\n\n".join(part for part in (warning, body, "\n".join(f"- {choice}" for choice in choices)) if part)


def _visibility(note: Json) -> str:
    to, copies = _addressed(note.get("to")), _addressed(note.get("cc"))
    if any(one in _PUBLIC for one in to) or not (to or copies):
        return "public"
    if any(one in _PUBLIC for one in copies):
        return "unlisted"
    return "followers" if any(one.endswith("/followers") for one in (*to, *copies)) else "mentioned"


def _addressed(value: Any) -> list[str]:
    return [as_text(value)] if isinstance(value, str) else [as_text(one) for one in as_list(value)]


def _time(value: Any) -> Time | None:
    try:
        return parse_iso(as_text(value))
    except ValueError:
        return None
