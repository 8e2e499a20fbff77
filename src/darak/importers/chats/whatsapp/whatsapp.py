"""WhatsApp: the chats that Android and iOS export, as text or as a zip with their media, in any language.

Detected by lines that begin with a moment in one of WhatsApp's forms (`02.01.26, 21:15 - Ana: …`,
`[1/2/26, 9:15:00 PM] Ana: …`), most of which name a writer. One file is one chat. There are no ids and no zones.
Locators are "bytes A-B": from the first byte of a stamped line to the last of its message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from darak.importers.chats.unit import CUT_OFF, DAMAGED_STAMP, DATE_ORDER, NO_MESSAGE, UNDECODABLE, Unit, flaw
from darak.importers.chats.whatsapp.chat import SOURCE, Chat, Survey, room_of, said, survey
from darak.importers.chats.whatsapp.stamps import MARKS, Dialect, dialect_of, time_of
from darak.importers.chats.whatsapp.words import ENCRYPTION, MEDIA_NAME, is_notice, room_in
from darak.importers.formats.lines import BOM, Line, may_be_text
from darak.importers.formats.member_lines import MemberLines
from darak.importers.formats.members import attachment
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin

_LEVELS = frozenset(("DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "TRACE"))
_DIGIT = re.compile(r"\d")
_WITHIN = 8
"""Characters of a line within which every stamp, damaged or not, has a digit."""


class WhatsAppImporter:
    """Chats that WhatsApp exports on Android and iOS, with their media."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            known = _recognise(tree.head(member.name))
            if known is None:
                continue
            dialect, score = known
            folder = folder_of(member.name)
            media = [
                other.name
                for other in tree.members()
                if folder_of(other.name) == folder and MEDIA_NAME.fullmatch(short_name(other.name))
            ]
            where = "iOS" if dialect.form.open else "Android"
            if media or room_in(short_name(member.name).rpartition(".")[0]) or room_in(short_name(folder[:-1])):
                score = max(score, 0.95)
            matches.append(Match(self.name, (member.name, *media), score, f"a WhatsApp chat ({where})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            known = None if MEDIA_NAME.fullmatch(short_name(member)) else _recognise(tree.head(member))
            if known is None:
                yield Units(1)
                yield Ignored("media-file", Origin(member, ""))
            else:
                yield from self._chat(tree, member, known[0])

    def _chat(self, tree: Tree, member: str, dialect: Dialect) -> Iterator[Item]:
        lines = MemberLines(tree, member)
        found = survey(lines.read(), dialect)
        room = room_of(member, tree.path.name, found)
        partner = Identity(room) if room in found.authors and len(found.authors) <= 2 else None
        names, folder = frozenset(other.name for other in tree.members()), folder_of(member)
        chat = Chat(member, room, partner, lambda name: attachment(tree, names, folder + name))
        yield from _Reader(chat, dialect, found).read(lines.read())
        yield from lines.damage()


class _Reader:
    """Reads one chat, line by line."""

    def __init__(self, chat: Chat, dialect: Dialect, found: Survey) -> None:
        self._chat, self._dialect, self._found = chat, dialect, found
        self._unit: Unit | None = None
        self._unsure = not found.order.sure
        self._first = True
        names = "|".join(re.escape(name) for name in sorted(found.authors, key=len, reverse=True))
        # A known name with a colon, or with one damaged byte where its colon was.
        self._was_said = re.compile(rf"(?P<name>{names})(?::|(?=[^\s:] ))") if names else None

    def read(self, lines: Iterable[Line]) -> Iterator[Item]:
        yield Units(self._found.stamped)
        for line in lines:
            yield from self._take(line)
        yield from self._finish()

    def _take(self, line: Line) -> Iterator[Item]:
        match = self._dialect.line.match(line.text)
        if match:
            yield from self._finish()
            self._unit = self._open(line, match)
        elif problem := self._damage(line):
            yield from self._finish()
            yield Units(1)
            self._unit = Unit(line, problem=problem)
        elif self._unit is not None:
            self._unit.rest.append(line)
        elif line.text.strip(MARKS + " "):
            yield Units(1)
            self._unit = Unit(line, problem=NO_MESSAGE)

    def _open(self, line: Line, match: re.Match[str]) -> Unit:
        rest = line.text[match.end() :].lstrip(MARKS + " ")
        author, text = said(rest)
        unit = Unit(line, author, text)
        try:
            unit.time = time_of(match, self._found.order)
        except ValueError as error:
            unit.problem = ("impossible-time", f"{match[0].strip()!r} is no time: {error}")
            return unit
        if "\ufffd" in (author or ""):
            unit.problem = ("damaged-name", "the writer's name cannot be decoded")
        elif author is None and self._was_said and (told := self._was_said.match(rest)):
            if rest[told.end() - 1] == ":":
                unit.author, unit.text = told["name"], rest[told.end() :]
            else:
                unit.problem = DAMAGED_STAMP
        elif author is None and not line.ended and not is_notice(text):
            unit.problem = CUT_OFF
        return unit

    def _damage(self, line: Line) -> tuple[str, str] | None:
        """Whether the line is what is left of a stamped one."""
        rest = line.text.rstrip("\ufffd")
        if not line.ended and rest.strip(MARKS) and self._dialect.cut.fullmatch(rest):
            return CUT_OFF
        if _DIGIT.search(line.text, 0, _WITHIN) and self._dialect.damaged.match(line.text):
            return DAMAGED_STAMP
        return None

    def _finish(self) -> Iterator[Item]:
        unit, self._unit = self._unit, None
        if unit is None:
            return
        unit.trim()
        if unit.problem:
            yield unit.bad_row(self._chat.member, unit.problem)
            return
        origin, text = unit.origin(self._chat.member), unit.words
        notice = unit.author is None or self._is_notice(unit.author, text)
        self._first = False
        if notice or unit.author is None or unit.time is None:
            yield Ignored("system-line", origin)
            return
        yield self._chat.message(unit.author, text, unit.time, origin)
        if not unit.intact:
            yield flaw(UNDECODABLE, origin)
        elif self._unsure:
            self._unsure = False
            yield flaw(DATE_ORDER, origin)

    def _is_notice(self, author: str, text: str) -> bool:
        """Whether a writer is named for what WhatsApp says: that all is encrypted, as the first line of older chats,
        or on iOS, behind a mark, what is about the room or the writer."""
        if not text.startswith(MARKS[0]):
            return self._first and ENCRYPTION.search(text) is not None
        room = author == self._chat.room and author not in self._found.authors
        return room or is_notice(text) or text.lstrip(MARKS + "~ ").startswith(f"{author} ")


def _recognise(head: bytes) -> tuple[Dialect, float] | None:
    """The dialect of a file with this head and how sure that is."""
    if not head.strip() or not may_be_text(head):
        return None
    text = head.removeprefix(BOM).decode("utf-8", "replace")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    known = dialect_of(lines)
    if known is None or known[0].foreign:
        return None
    dialect, count = known
    first = next(line for line in lines if line.strip())
    matches = [match for line in lines if (match := dialect.line.match(line))]
    names = {said(line[match.end() :].lstrip(MARKS))[0] for line, match in _stamped(lines, dialect)} - {None}
    written = any(is_notice(line) for line in lines) or "\u200e" in text
    if not names or (names <= _LEVELS) or (dialect.may_be_log and not written and len(names) > count // 2 + 1):
        return None
    if not matches or (dialect.line.match(first) is None and count * 3 < len(lines)):
        return None
    return dialect, 0.9 if written else 0.8 if count >= 2 else 0.55


def _stamped(lines: list[str], dialect: Dialect) -> Iterator[tuple[str, re.Match[str]]]:
    for line in lines:
        if match := dialect.line.match(line):
            yield line, match
