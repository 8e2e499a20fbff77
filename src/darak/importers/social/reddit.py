"""Reddit's data request: posts, comments, private messages, chats and what was saved, one CSV file each.

Signs: headers with `permalink`, `subreddit` and `body`, or `thread_id`, `from` and `to`, or `channel_url` and
`message`. Lists of saved and hidden things have the same columns: their file tells them apart. Times are UTC.
Addresses of computers (`ip`) are left out. Locators are bytes of the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.csv_rows import read_rows
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, ZoneSource, parse_iso

SOURCE = "reddit"
_GONE = ("[deleted]", "[removed]")
_UTC = " UTC"
_ANYTHING = re.compile(".*", re.DOTALL)
_SITE = "https://www.reddit.com"
_COMPANIONS = frozenset(
    f"{name}.csv"
    for name in (
        "account_gender", "announcements", "approved_submitter_subreddits", "birthdate", "checkfile", "comment_headers",
        "comment_votes", "drafts", "friends", "gilded_comments", "gilded_posts", "gold_received", "hidden_posts",
        "ip_logs", "linked_identities", "linked_phone_number", "message_headers", "messages_archive_headers",
        "moderated_subreddits", "multireddits", "payouts", "persona", "poll_votes", "post_headers", "post_votes",
        "purchases", "scheduled_posts", "sensitive_ads_preferences", "statistics", "stripe", "subscribed_subreddits",
        "subscriptions", "twitter", "user_preferences",
    )
)  # fmt: skip
"""Files of a data request that hold settings, votes, or what the other files say in full."""

_Build = Callable[[Identity, Values, Origin], Record | Ignored | str]


@dataclass(frozen=True, slots=True)
class _File:
    """The columns that a file has at least; where others have the same ones, also a part of its name."""

    columns: frozenset[str]
    build: _Build
    named: str = ""


def _post(owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    link = row["url"] if row["url"] and row["permalink"] not in row["url"] else ""
    return _written(owner, row, origin, f"t3_{row['id']}", title=row["title"] or None, link=link)


def _comment(owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    post = row["link"].partition("/comments/")[2].partition("/")[0]
    answered = row["parent"] or (f"t3_{post}" if post else "")
    parent = answered if answered.startswith("t") and "_" in answered else f"t1_{answered}" if answered else None
    return _written(owner, row, origin, f"t1_{row['id']}", parent=parent)


def _written(
    owner: Identity,
    row: Values,
    origin: Origin,
    native_id: str,
    title: str | None = None,
    parent: str | None = None,
    link: str = "",
) -> Record | Ignored | str:
    """What the owner posted or answered."""
    time = _time(row["date"])
    if time is None:
        return "a row without a time"
    body = "" if row["body"] in _GONE else row["body"]
    text = "\n\n".join(part for part in (body, link) if part)
    if not text and not title:
        return Ignored("removed", origin)
    return Record(
        source=SOURCE,
        kind="post",
        time=time,
        origin=origin,
        native_id=native_id,
        author=owner,
        parent=parent,
        title=title,
        text=text,
        url=_address(row["permalink"]),
        extra={"subreddit": row["subreddit"]} if row["subreddit"] else {},
    )


def _message(owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    time = _time(row["date"])
    if time is None:
        return "a message without a time"
    if not row["body"] and not row.get("subject"):
        return Ignored("empty-message", origin)
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        native_id=f"t4_{row['id']}",
        author=Identity(row["from"]) if row["from"] else None,
        people=(Identity(row["to"]),) if row["to"] else (),
        thread=row["thread_id"] or row["id"],
        title=row.get("subject") or None,
        text=row["body"],
        url=_address(row["permalink"]),
    )


def _chat(owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    time = _time(row["created_at"])
    if time is None:
        return "a message without a time"
    if not row["message"]:
        return Ignored("empty-message", origin)
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        native_id=f"chat/{row['message_id']}",
        author=Identity(row["username"]) if row["username"] else None,
        thread=row["channel_url"] or None,
        parent=f"chat/{row['thread_parent_message_id']}" if row.get("thread_parent_message_id") else None,
        title=row.get("channel_name") or None,
        text=row["message"],
        extra={"subreddit": row["subreddit"]} if row.get("subreddit") else {},
    )


def _saved(owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    """Something of somebody else that was saved: of it only the address was kept, which ends with its title."""
    if not row["permalink"]:
        return Ignored("no-address", origin)
    address = _address(row["permalink"])
    slug = row["permalink"].partition("/comments/")[2].split("/")
    words = slug[1].replace("_", " ") if len(slug) > 1 else ""
    extra: dict[str, Any] = {"saved": True}
    return Record(
        source=SOURCE,
        kind="other",
        time=UNKNOWN_TIME,
        origin=origin,
        native_id=f"saved/{row['id']}",
        text="\n".join(part for part in (words, address) if part),
        url=address,
        extra=extra,
    )


_FILES = (
    _File(frozenset(("id", "permalink", "date", "subreddit", "title", "url", "body")), _post),
    _File(frozenset(("id", "permalink", "date", "subreddit", "link", "parent", "body")), _comment),
    _File(frozenset(("id", "permalink", "thread_id", "date", "from", "to", "body")), _message),
    _File(frozenset(("message_id", "created_at", "username", "message", "channel_url")), _chat),
    _File(frozenset(("id", "permalink")), _saved, "saved"),
)


class RedditImporter:
    """Reddit's data request: posts, comments, messages, chats, saved things"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            if _file_of(tree.head(member.name), member.name):
                folders.setdefault(folder_of(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, files in folders.items():
            own = [name for name in files if not _is_plain(tree.head(name))]
            beside = [member.name for member in tree.members() if folder_of(member.name) == folder]
            others = [name for name in beside if name[len(folder) :] in _COMPANIONS and name not in files]
            score = 0.95 if own else 0.5
            why = "tables of Reddit's data request: permalink, subreddit, body"
            matches.append(Match(self.name, (*sorted(files), *others), score, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        owner = _owner(tree, match.members)
        for member in match.members:
            if file := _file_of(tree.head(member), member):
                # Where nothing is read from the last column, a last row that is cut there is whole.
                spare = header_of(tree.head(member))[-1] not in file.columns
                last = _ANYTHING if spare else None
                yield from row_items(tree, member, partial(_built, file.build, owner), last=last)
            else:
                yield Units(1)
                yield Ignored("other-file", Origin(member, ""))


def _built(build: _Build, owner: Identity, row: Values, origin: Origin) -> Record | Ignored | str:
    return build(owner, {name: value.replace("\r\n", "\n") for name, value in row.items()}, origin)


def _file_of(head: bytes, member: str) -> _File | None:
    header = frozenset(header_of(head))
    plain = _is_plain(head)
    if "author" in header:  # somebody's collection of what others wrote: in a data request all is the owner's
        return None
    fits = (file for file in _FILES if (plain if file.named else not plain) and header >= file.columns)
    return next((file for file in fits if file.named in member), None)


def _is_plain(head: bytes) -> bool:
    """Whether a file has nothing but ids and addresses."""
    return header_of(head) == ("id", "permalink")


def _owner(tree: Tree, members: tuple[str, ...]) -> Identity:
    """Whose data they are, as the statistics say."""
    for member in members:
        if header_of(tree.head(member)) != ("statistic", "value"):
            continue
        try:
            with tree.open(member) as stream:
                for row in read_rows(stream, ("utf-8",)):
                    if row.values[:1] == ["account name"] and len(row.values) > 1 and row.values[1]:
                        return Identity(row.values[1])
        except READ_ERRORS:
            continue
    return Identity("me")


def _address(permalink: str) -> str | None:
    if not permalink:
        return None
    return _SITE + permalink if permalink.startswith("/") else permalink


def _time(written: str) -> Time | None:
    try:
        time = parse_iso(written.removesuffix(_UTC), "UTC", ZoneSource.UTC)
    except ValueError:
        return None
    return Time(written, time.local, time.precision, time.zone, time.zone_source)
