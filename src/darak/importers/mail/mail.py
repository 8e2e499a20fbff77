"""Mail: mbox files, single mails (.eml), maildirs, Apple Mail's .emlx; also as Gmail's Takeout writes them.

Locators are "bytes A-B": the mail's place in its member, for an mbox with its `From ` line. The native id is the
Message-ID; where a mail has none, Gmail's own number of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Checkpoint, Ignored, Item, Match, Units
from darak.importers.mail.emlx import mail_in, mail_said
from darak.importers.mail.headers import message_id
from darak.importers.mail.maildir import box_of, folder_and_flags, root_of, roots_of
from darak.importers.mail.mbox import MAX_MESSAGE, Mbox, RawMessage, looks_like_mbox
from darak.importers.mail.message import gmail_id, read_message
from darak.importers.mail.mime import parse_headers
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_CHECKPOINT_EVERY = 2000
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*")
_TRANSPORT = frozenset((b"message-id", b"received", b"return-path", b"delivered-to", b"mime-version", b"content-type"))
_LETTER = frozenset((b"from", b"to", b"subject", b"date", b"cc", b"sender"))
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\r?\n){0,9}")
_WEB_PAGE = re.compile(rb"(?i)^from: <saved by", re.MULTILINE)


class MailImporter:
    name = "mail"
    version = 2

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        scores: dict[str, float] = {}
        for member in tree.members():
            head = tree.head(member.name)
            if looks_like_mbox(head):
                matches.append(Match(self.name, (member.name,), 0.95, "begins with an mbox's From line"))
            elif score := _mail_score(head, member.name):
                scores[member.name] = score
        roots = roots_of(scores)
        for root in roots:
            inside = tuple(
                member.name
                for member in tree.members()
                if (member.name in scores or box_of(member.name) == "tmp") and root_of(member.name, roots) == root
            )
            matches.append(Match(self.name, inside, 0.95, "a maildir: mails in its folders cur and new"))
        loose = tuple(name for name in scores if root_of(name, roots) is None)
        for score in sorted({scores[name] for name in loose}):
            members = tuple(name for name in loose if scores[name] == score)
            matches.append(Match(self.name, members, score, "begins with mail headers"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        roots = roots_of(match.members)
        for member in match.members:
            if looks_like_mbox(tree.head(member)):
                yield from self._read_mbox(tree, member, int(resume or 0))
                continue
            root = root_of(member, roots)
            if root is not None and box_of(member) == "tmp":
                yield Ignored("undelivered", Origin(member, ""))
            else:
                yield from self._read_file(tree, member, root)
            yield Units(1)

    def _read_mbox(self, tree: Tree, member: str, position: int) -> Iterator[Item]:
        counted = handed_out = 0
        resumable = True
        seen = _message_ids(tree, member, position)
        with tree.open(member) as stream:
            mbox = Mbox(stream, position)
            try:
                for message in mbox:
                    position = message.end
                    if not message.envelope:
                        yield from _text_outside(message, member)
                        continue
                    handed_out += 1
                    for item in self._read_message(message, member, seen):
                        resumable = resumable and (not isinstance(item, Record) or item.native_id is not None)
                        yield item
                    if resumable and handed_out % _CHECKPOINT_EVERY == 0:
                        yield Units(handed_out - counted)
                        counted = handed_out
                        yield Checkpoint(str(position))
            except READ_ERRORS as error:
                yield BadRow("cut-off", Origin(member, f"bytes {position}-"), f"unreadable from here on: {error}")
                # The message that was being read when the file gave out, or what would have come.
                mbox.separators = handed_out + 1
        yield Units(mbox.separators - counted)

    def _read_message(self, message: RawMessage, member: str, seen: set[int]) -> Iterator[Item]:
        """A second mail of the same Message-ID is another one when Gmail gave it a number of its own."""
        origin = Origin(member, f"bytes {message.start}-{message.end}")
        number = gmail_id(message.envelope)
        flaw = "" if message.whole else "too-large"
        for item in read_message(self.name, message.data, origin, envelope=message.envelope, flaw=flaw):
            if number is not None and isinstance(item, Record):
                if hash(item.native_id) in seen:
                    item = replace(item, native_id=number)
                seen.add(hash(item.native_id))
            yield item

    def _read_file(self, tree: Tree, member: str, root: str | None) -> Iterator[Item]:
        try:
            with tree.open(member) as stream:
                data = stream.read(MAX_MESSAGE + 1)
        except READ_ERRORS as error:
            yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
            return
        flaw = "" if len(data) <= MAX_MESSAGE else "too-large"
        data = data[:MAX_MESSAGE]
        start, end = _first_header(data), len(data)
        said = {} if root is None else folder_and_flags(member, root)
        if place := mail_in(data):
            flaw = flaw or ("cut-off" if place[1] > end else "")
            end = min(place[1], end)
            said = mail_said(member, data[end:])
        origin = Origin(member, f"bytes {start}-{end}")
        yield from read_message(self.name, data[start:end], origin, flaw=flaw, extra=said)


def _mail_score(head: bytes, name: str) -> float:
    """How surely the head is that of one mail; headers that only mail systems write make it sure."""
    position = _first_header(head)
    names: set[bytes] = set()
    while field := _FIELD.match(head, position):
        names.add(field[1].lower())
        position = field.end()
    if _WEB_PAGE.search(head[:position]):
        return 0.0
    transport, letter = len(names & _TRANSPORT), len(names & _LETTER)
    if transport and letter and transport + letter >= 3:
        return 0.9
    if letter >= 3 or (transport + letter >= 2 and names & {b"from", b"message-id", b"mime-version"}):
        return 0.55
    return 0.5 if (transport or letter) and name.lower().endswith(".eml") else 0.0


def _first_header(data: bytes) -> int:
    """Where the headers begin: some programs put a byte order mark, blank lines or a length before them."""
    if place := mail_in(data):
        return place[0]
    front = _FRONT.match(data)
    return front.end() if front else 0


def _message_ids(tree: Tree, member: str, end: int) -> set[int]:
    """Hashes of the Message-IDs before offset `end`: reading that goes on from there must know them."""
    seen: set[int] = set()
    if end:
        with tree.open(member) as stream:
            for message in Mbox(stream):
                if message.start >= end:
                    break
                headers, _, _ = parse_headers(message.data)
                seen.add(hash(message_id(dict(reversed(headers)).get("message-id"))))
    return seen


def _text_outside(message: RawMessage, member: str) -> Iterator[Item]:
    if message.data.strip():
        origin = Origin(member, f"bytes {message.start}-{message.end}")
        yield BadRow("text-before-first-message", origin, "text that belongs to no mail", message.data)
        yield Units(1)
