"""One message of Slack as a record: `ts` is unique in its channel, `thread_ts` is that of what it replies to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from darak.importers.chats.slack_text import Directory, links, person_name, text_of_blocks
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_list, as_text
from darak.records.record import Identity, Origin, Record
from darak.records.time import Time, from_epoch

SOURCE = "slack"
_SAID = frozenset(
    (
        *("", "bot_message", "file_share", "file_comment", "file_mention", "me_message", "thread_broadcast"),
        *("reply_broadcast", "slackbot_response", "assistant_app_thread", "document_mention", "reminder_add"),
    )
)
"""Subtypes under which somebody speaks; the others are notices: who came, what the channel is called, edits."""
_ROOMS = ("huddle_thread", "sh_room_created", "sh_room_shared")
_HIDDEN = {"tombstone": "a deleted file", "hidden_by_limit": "a file hidden by the plan's limit"}
_UNFURLED = ("from_url", "original_url")
_SHARED = ("is_msg_unfurl", "is_share")


def message_record(message: Json, folder: str, directory: Directory, origin: Origin) -> Record | str:
    """The record of one element of a day's file; `folder` is the channel's."""
    time = _time(message.get("ts"))
    if time is None:
        return "a message without a time"
    channel = directory.rooms.get(folder, folder)
    subtype = as_text(message.get("subtype"))
    earlier = (as_dict(message.get(key)) for key in ("original", "message", "previous_message"))
    original: Json = next(filter(None, earlier), as_dict(None))
    spoken = message if subtype in _SAID or not original else original
    room = as_dict(message.get("room"))
    parent = as_text(message.get("thread_ts"))
    if spoken is original:
        parent = as_text(original.get("ts"))
    author = _author(spoken, directory)
    others = directory.members.get(channel, ())
    two = len(others) == 2 and author is not None and author.handle in others
    return Record(
        source=SOURCE,
        kind="call" if subtype in _ROOMS else "message" if subtype in _SAID else "other",
        time=time,
        end=_time(room.get("date_end")),
        origin=origin,
        native_id=f"{channel}/{message['ts']}",
        author=author,
        people=tuple(
            directory.person(p) for p in _people(room, others if two else ()) if not author or p != author.handle
        ),
        thread=directory.title(folder),
        parent=f"{channel}/{parent}" if parent and parent != message["ts"] else None,
        title=directory.title(folder),
        text=directory.plain("\n".join(filter(None, _lines(spoken)))),
        url=next(links(as_text(spoken.get("text"))), None),
        extra=_extra(message, subtype),
    )


def _time(ts: Any) -> Time | None:
    seconds = as_int(as_text(ts).partition(".")[0] if isinstance(ts, str) else ts)
    try:
        return from_epoch(seconds, str(ts)) if seconds else None
    except (OverflowError, ValueError):
        return None


def _author(message: Json, directory: Directory) -> Identity | None:
    """The user, or the bot under the name that it gave itself."""
    user = as_text(message.get("user"))
    if user:
        return directory.person(user, person_name(as_dict(message.get("user_profile"))))
    bot = as_text(message.get("bot_id"))
    name = as_text(message.get("username")) or as_text(as_dict(message.get("bot_profile")).get("name"))
    commenter = as_text(as_dict(message.get("comment")).get("user"))
    if commenter:
        return directory.person(commenter)
    return Identity(bot or name, name or None) if bot or name else None


def _people(room: Json, others: tuple[str, ...]) -> Iterator[str]:
    yield from dict.fromkeys((*others, *map(as_text, as_list(room.get("participant_history")))))


def _lines(message: Json) -> Iterator[str]:
    text = as_text(message.get("text")) or text_of_blocks(message.get("blocks"))
    yield text
    for attachment in as_dicts(message.get("attachments")):
        unfurled = any(attachment.get(key) for key in _UNFURLED)
        if not text or not unfurled or any(attachment.get(key) for key in _SHARED):
            yield from _attachment(attachment)
    for file in _files(message):
        yield _HIDDEN.get(as_text(file.get("mode")), "") or as_text(file.get("title")) or as_text(file.get("name"))


def _attachment(attachment: Json) -> Iterator[str]:
    told = [as_text(attachment.get(key)) for key in ("pretext", "author_name", "title", "text")]
    fields = (f"{as_text(f.get('title'))}: {as_text(f.get('value'))}" for f in as_dicts(attachment.get("fields")))
    lines = [*told, *fields]
    yield from lines if any(lines) else (as_text(attachment.get("fallback")),)


def _files(message: Json) -> list[Json]:
    old = as_dict(message.get("file"))
    return as_dicts(message.get("files")) or ([old] if old else [])


def _extra(message: Json, subtype: str) -> dict[str, Any]:
    extra: dict[str, Any] = {"subtype": subtype} if subtype else {}
    if edited := _time(as_dict(message.get("edited")).get("ts")):
        extra["edited"] = edited.iso()
    reactions = [
        {"emoji": as_text(reaction.get("name")), "by": list(as_list(reaction.get("users")))}
        for reaction in as_dicts(message.get("reactions"))
    ]
    if reactions:
        extra["reactions"] = reactions
    kept = ("name", "mimetype", "url_private", "permalink")
    files = [{key: file[key] for key in kept if file.get(key)} for file in _files(message)]
    if any(files):
        extra["files"] = files
    return extra
