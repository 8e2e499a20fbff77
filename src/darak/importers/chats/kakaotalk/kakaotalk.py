"""KakaoTalk: text exports of Android, iOS and Windows in Korean and English, and the CSV of Mac and PC.

One file is one room. There are no ids and no time zones; the minute is all that text exports know.
"""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.chats.kakaotalk.chat import SOURCE, Chat
from darak.importers.chats.kakaotalk.dialects import CSV, CSV_HEADER, DIALECTS, DIVIDER, ROOMS, SAVED, Dialect
from darak.importers.chats.kakaotalk.survey import first_part, room_of, said, survey
from darak.importers.chats.kakaotalk.table import CsvReader, survey_csv
from darak.importers.chats.kakaotalk.text import TextReader
from darak.importers.formats.lines import BOM, encodings_of
from darak.importers.formats.member_lines import MemberLines
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Identity

_HEADER_LINES = 5
_FEW = 3


class KakaoTalkImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            known = _recognise(tree.head(member.name))
            if known:
                dialect, score = known
                matches.append(Match(self.name, (member.name,), score, f"a KakaoTalk chat ({dialect.name})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        head = tree.head(member)
        known = _recognise(head)
        if known is None:
            yield from ()
            return
        dialect, encodings = known[0], encodings_of(head)
        lines = MemberLines(tree, member, encodings)
        if dialect is CSV:
            rows = survey_csv(lines.read())
            chat = _chat(member, room_of(None, member, rows.authors, None), rows.authors)
            reader: CsvReader | TextReader = CsvReader(chat, rows)
        else:
            found = survey(lines.read(), dialect)
            begun = found
            if (begin := first_part(member)) != member and any(other.name == begin for other in tree.members()):
                begun = survey(MemberLines(tree, begin, encodings).read(), dialect)
            room = room_of(begun.title or found.title, member, begun.authors, dialect)
            chat = _chat(member, room, (*begun.authors, *found.authors), dialect.owner)
            reader = TextReader(chat, dialect, found)
        yield from chat.known_as_owners(reader.read(lines.read()))
        yield from lines.damage()


def _chat(member: str, room: str, authors: tuple[str, ...], owner: str = "") -> Chat:
    partner = Identity(room) if room in authors and len(set(authors)) <= 2 else None
    return Chat(member, room, partner, owner if owner in authors else "")


def _recognise(head: bytes) -> tuple[Dialect, float] | None:
    """The dialect of a file with this head and how sure that is."""
    if CSV_HEADER.match(head):
        return CSV, 0.95
    if not head.removeprefix(BOM).strip() or head.count(0) > len(head) // 100 + 1:
        return None
    encodings = encodings_of(head)
    text = head.removeprefix(BOM).decode(encodings[0], "replace")
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
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
