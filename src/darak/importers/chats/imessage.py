"""iMessage and SMS of Apple's Messages: `chat.db` of macOS, `sms.db` of iOS.

Signs: an SQLite database with the tables `message`, `handle`, `chat` and `chat_message_join`. Columns came and went
with the years; only those that exist are read. Dates count from 2001, in seconds before 2017 and in nanoseconds since.
A message's `guid` is its id. Locators are rows of the table `message`.
"""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.chats.imessage_chats import Attachments, Chats
from darak.importers.chats.imessage_records import SOURCE, item_of
from darak.importers.formats.sqlite_file import Database, SqliteDamaged, companions, open_database, table_names
from darak.importers.importer import BadRow, Checkpoint, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

_TABLES = frozenset(("message", "handle", "chat", "chat_message_join"))
_COLUMNS = (
    "guid",
    "text",
    "attributedBody",
    "subject",
    "service",
    "date",
    "is_from_me",
    "item_type",
    "associated_message_guid",
    "associated_message_type",
    "associated_message_emoji",
    "thread_originator_guid",
    "balloon_bundle_id",
    "payload_data",
    "message_summary_info",
    "date_retracted",
    "cache_has_attachments",
)
_AT_ONCE = 20_000


class IMessageImporter:
    """Apple's Messages: chat.db of a Mac, sms.db of an iPhone"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if table_names(tree, member.name) >= _TABLES:
                attached = Attachments.members(tree, member.name)
                members = (member.name, *companions(tree, member.name), *attached)
                why = "SQLite with the messages, handles and chats of Apple's Messages"
                matches.append(Match(self.name, members, 0.95, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        member = match.members[0]
        if resume is None:
            for other in match.members[1:]:
                yield Units(1)
                yield Ignored("beside-the-database", Origin(other, ""))
        last = int(resume or 0)
        lost = 0
        try:
            with open_database(tree, member) as database:
                chats, attachments = Chats(database), Attachments(database, tree, match.members)
                query = _query(database)
                while lost := _count(database, last):
                    yield Units(lost)
                    for row in database.rows(query, (last, _AT_ONCE)):
                        if row["rowid"] == last:
                            continue  # a message that stands in several chats
                        origin = Origin(member, f"table message row {row['rowid']}")
                        yield from item_of(row, chats, attachments, origin)
                        last, lost = row["rowid"], lost - 1
                    if lost > 0:  # a database that was cut off may count messages that it does not have
                        raise SqliteDamaged("some of its messages are missing")
                    yield Checkpoint(str(last))
        except (SqliteDamaged, *READ_ERRORS) as error:
            origin = Origin(member, f"table message row {last + 1}")
            if not lost:
                yield Units(1)
            yield BadRow("damaged-database", origin, f"the database cannot be read on: {error}")
            if lost > 1:
                yield Ignored("lost-with-the-damage", origin, lost - 1)


def _count(database: Database, after: int) -> int:
    """How many messages are to be read at once after a row number."""
    some = "SELECT 1 FROM message WHERE rowid > ? LIMIT ?"
    (row,) = database.rows(f"SELECT count(*) FROM ({some})", (after, _AT_ONCE))
    return row[0]


def _query(database: Database) -> str:
    """The messages after a row number, in order, each with its sender's handle and its chats (a row for each)."""
    there = database.columns("message")
    columns = "".join(f", m.{name}" if name in there else f", NULL AS {name}" for name in _COLUMNS)
    return (
        f"SELECT m.rowid AS rowid{columns}, h.id AS handle, j.chat_id AS chat"
        " FROM (SELECT rowid AS rowid, * FROM message WHERE rowid > ? ORDER BY rowid LIMIT ?) m"
        " LEFT JOIN handle h ON h.rowid = m.handle_id LEFT JOIN chat_message_join j ON j.message_id = m.rowid"
        " ORDER BY m.rowid, j.chat_id"
    )
