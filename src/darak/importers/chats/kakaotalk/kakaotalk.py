"""KakaoTalk: text exports of Android, iOS and Windows in Korean and English, and the CSV of Mac and PC.

One file is one room; photos, videos and voices beside it, by the names that a phone gives them, are kept with their
messages. There are no ids and no time zones; the minute is all that text exports know.
"""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.chats.kakaotalk.chat import SOURCE, Chat, Media
from darak.importers.chats.kakaotalk.dialects import (
    CSV,
    CSV_HEADER,
    DIALECTS,
    DIVIDER,
    MEDIA_NAME,
    ROOMS,
    SAVED,
    Dialect,
)
from darak.importers.chats.kakaotalk.survey import first_part, room_of, said, survey
from darak.importers.chats.kakaotalk.table import CsvReader, survey_csv
from darak.importers.chats.kakaotalk.text import TextReader
from darak.importers.formats.lines import BOM, encodings_of, may_be_text
from darak.importers.formats.member_lines import MemberLines
from darak.importers.formats.members import attachment
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin

_HEADER_LINES = 5
_FEW = 3
_LINE = "[LINE] "
"""What chats of another messenger begin with that look alike."""


class KakaoTalkImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            known = _recognise(tree.head(member.name))
            if known:
                dialect, score = known
                folder = folder_of(member.name)
                media = [
                    other.name for other in tree.members() if folder_of(other.name) == folder and _is_media(other.name)
                ]
                matches.append(Match(self.name, (member.name, *media), score, f"a KakaoTalk chat ({dialect.name})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            known = None if _is_media(member) else _recognise(tree.head(member))
            if known is None:
                yield Units(1)
                yield Ignored("media-file", Origin(member, ""))
            else:
                yield from self._chat(tree, member, known[0])

    def _chat(self, tree: Tree, member: str, dialect: Dialect) -> Iterator[Item]:
        encodings = encodings_of(tree.head(member))
        names, folder = frozenset(other.name for other in tree.members()), folder_of(member)

        def media(name: str) -> bytes | None:
            return attachment(tree, names, folder + name)

        lines = MemberLines(tree, member, encodings)
        if dialect is CSV:
            rows = survey_csv(lines.read())
            chat = _chat(member, room_of(None, member, rows.authors, None), rows.authors, "", media)
            reader: CsvReader | TextReader = CsvReader(chat, rows)
        else:
            found = survey(lines.read(), dialect)
            begun = found
            if (begin := first_part(member)) != member and begin in names:
                begun = survey(MemberLines(tree, begin, encodings).read(), dialect)
            room = room_of(begun.title or found.title, member, begun.authors, dialect)
            chat = _chat(member, room, (*begun.authors, *found.authors), dialect.owner, media)
            reader = TextReader(chat, dialect, found)
        yield from chat.known_as_owners(reader.read(lines.read()))
        yield from lines.damage()


def _chat(member: str, room: str, authors: tuple[str, ...], owner: str, media: Media) -> Chat:
    partner = Identity(room) if room in authors and len(set(authors)) <= 2 else None
    return Chat(member, room, partner, owner if owner in authors else "", media)


def _is_media(member: str) -> bool:
    return MEDIA_NAME.fullmatch(short_name(member)) is not None


def _recognise(head: bytes) -> tuple[Dialect, float] | None:
    """The dialect of a file with this head and how sure that is."""
    if CSV_HEADER.match(head):
        return CSV, 0.95
    if not head.removeprefix(BOM).strip() or not may_be_text(head):
        return None
    encodings = encodings_of(head)
    text = head.removeprefix(BOM).decode(encodings[0], "replace")
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    if not lines or lines[0].startswith(_LINE):
        return None
    saved = any(SAVED.match(line) for line in lines[:_HEADER_LINES])
    named = any(room.fullmatch(lines[0].strip()) for room in ROOMS)
    if sum(CSV.line.match(line) is not None for line in lines[: 2 * _FEW]) >= _FEW:
        return CSV, 0.6
    counts = {dialect.name: _messages(lines, dialect) for dialect in DIALECTS}
    best = max(DIALECTS, key=lambda dialect: counts[dialect.name])
    count = counts[best.name]
    if saved or (named and count):
        return (best, 0.95 if count or named else 0.6)
    if not best.dated and not any(DIVIDER.fullmatch(line) for line in lines):
        return None
    if count >= _FEW and count * 3 >= len(lines):
        return best, 0.8
    return (best, 0.5) if count * 2 >= len(lines) else None


def _messages(lines: list[str], dialect: Dialect) -> int:
    matches = (dialect.line.match(line) for line in lines)
    return sum(match is not None and said(match)[0] is not None for match in matches)
