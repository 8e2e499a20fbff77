"""What must be known of a whole KakaoTalk text file before its first message is read.

The header, everybody who speaks, how many lines are stamped, and which of the lines that look like the beginning
of a day are one: people write and paste dates too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from darak.importers.chats.kakaotalk.dialects import DIVIDER, ROOMS, SAVED, STAMPED_NAMES, Dialect, day_of
from darak.importers.formats.lines import Line
from darak.importers.names import short_name
from darak.records.record import nfc

_HEADER_LINES = 5
_DASHES = "-" * 8
_COPY = re.compile(r" \(\d+\)$")
_PART = re.compile(r"(?P<chat>.*Talk_\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}.\d{2}-)(?P<number>\d+)(?P<end>\.txt)")
"""A chat that iOS has parted into files."""


@dataclass(frozen=True, slots=True)
class Survey:
    """`title` is the header's line about the room; `body` the byte at which the chat begins; `stamped` counts lines.

    `authors` are in the order in which they first speak; `dividers` are the bytes at which lines begin that begin a
    day (only where messages have no date of their own).
    """

    title: str | None
    body: int
    stamped: int
    authors: tuple[str, ...]
    dividers: dict[int, date]


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    day: date
    spaced: bool
    dashed: bool


def survey(lines: Iterable[Line], dialect: Dialect) -> Survey:
    title, body, stamped = None, 0, 0
    first: str | None = None
    authors: dict[str, None] = {}
    candidates: list[_Candidate] = []
    unproved: _Candidate | None = None
    before_blank = True
    for number, line in enumerate(lines):
        text = line.text
        if number < _HEADER_LINES and not stamped:
            if SAVED.match(text):
                title, body = first, line.end + 1
                continue
            if first is None and text.strip():
                first = text.strip()
                if any(room.fullmatch(first) for room in ROOMS):
                    title, body = first, line.end + 1
        match = dialect.line.match(text)
        if match:
            stamped += 1
            if unproved:
                candidates.append(unproved)
            name, _ = said(match)
            if name is not None:
                authors[name] = None
        if text.strip():
            unproved = None
        if not match and not dialect.dated and (found := _candidate(line, before_blank)):
            # Dashes, or nothing before it that the line could belong to, are proof enough.
            if found.dashed or not stamped:
                candidates.append(found)
            elif not dialect.bare_system:
                unproved = found
        before_blank = not text.strip()
    return Survey(title, body, stamped, tuple(authors), _dividers(candidates))


def said(match: re.Match[str]) -> tuple[str | None, str]:
    """(author, text) of a stamped line; the author is None for what KakaoTalk itself says."""
    groups: dict[str, str | None] = match.groupdict()
    if "author" in groups:
        return groups["author"] or None, groups["text"] or ""
    rest = groups["rest"] or ""
    if (groups["separator"] or "").startswith(","):
        if " : " in rest:
            name, _, text = rest.partition(" : ")
            return name, text
        if rest.endswith(" :"):
            return rest[:-2], ""
    return None, rest


def room_of(title: str | None, member: str, authors: Sequence[str], dialect: Dialect | None) -> str:
    """The room's name from the header, else from the file's name, else from the first two who speak.

    The number of members, the moment of the export and who speaks later are no part of it, so that a later export has
    the same room.
    """
    for pattern in ROOMS if title else ():
        if match := pattern.fullmatch(title or ""):
            room, count = match["room"], match.groupdict().get("count") or ""
            # Only Android always counts the members; elsewhere the number may belong to the name, as in that of the
            # one who is talked to.
            dated = dialect is not None and dialect.dated
            named = count and (room + count in authors or (not dated and int(count) < len(authors)))
            return nfc(room + count if named else room)
    stem = short_name(member).rpartition(".")[0] or member
    if title and title.lower().endswith(".txt"):
        title, stem = None, title[:-4]
    stem = _COPY.sub("", stem)
    if title:
        return nfc(title)
    for pattern in STAMPED_NAMES:
        if match := pattern.fullmatch(stem):
            speakers = ", ".join(sorted(authors[:2])) + (" …" if len(authors) > 2 else "")
            return nfc(match.groupdict().get("room") or speakers or stem)
    return nfc(stem)


def first_part(member: str) -> str:
    """The file in which a parted chat begins; the member itself when it is no part."""
    part = _PART.fullmatch(member)
    return f"{part['chat']}1{part['end']}" if part else member


def _candidate(line: Line, spaced: bool) -> _Candidate | None:
    dashed = _DASHES in line.text
    match = DIVIDER.search(line.text) if dashed else DIVIDER.fullmatch(line.text.strip())
    if match is None:
        return None
    try:
        day = day_of(match.groupdict())
    except ValueError:
        return None
    return _Candidate(line.start, day, spaced, dashed)


def _dividers(candidates: Sequence[_Candidate]) -> dict[int, date]:
    """The longest chain of rising days: a date that somebody wrote, of the past or the future, breaks the chain."""
    spaced = sum(candidate.spaced for candidate in candidates)
    if spaced * 2 > len(candidates):
        candidates = [candidate for candidate in candidates if candidate.spaced or candidate.dashed]
    chain = longest_rise([candidate.day for candidate in candidates])
    return {candidates[i].start: candidates[i].day for i in chain}


def longest_rise(days: Sequence[date]) -> list[int]:
    """Indices of a longest strictly rising subsequence; of several, the one that takes the earliest days it can.

    Patience sorting from the end gives the length of the longest rise that begins at each day.
    """
    lengths: list[int] = []
    tops: list[int] = []
    for day in reversed(days):
        key = -day.toordinal()
        pile = bisect_left(tops, key)
        tops[pile : pile + 1] = [key]
        lengths.append(pile + 1)
    lengths.reverse()
    chain: list[int] = []
    for i, length in enumerate(lengths):
        if length == len(tops) - len(chain) and (not chain or days[i] > days[chain[-1]]):
            chain.append(i)
    return chain
