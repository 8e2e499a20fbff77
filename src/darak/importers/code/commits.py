"""The text of `git log` as commits: the medium form (the default), with any `--date`, with or without lists of files.

Format: git's documentation, "PRETTY FORMATS" (medium, full, fuller) and "--date". Messages are indented by four
blanks, so that no line of theirs can be taken for the beginning of a commit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from darak.importers.formats.lines import Line
from darak.records.record import Identity, Origin, Record
from darak.records.time import Precision, Time, ZoneSource, from_datetime, from_epoch, offset_name, parse_iso

COMMIT = re.compile(r"commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)((?: [0-9a-f]{40,64})*)(?: \(.*\))?")
_TORN = re.compile(r"c(?:o(?:m(?:m(?:i(?:t(?: [0-9a-f ]*)?)?)?)?)?)?")
_PERSON = re.compile(r"(.*?)\s*<(.*)>")
_HEADER = re.compile(r"(Author|AuthorDate|Commit|CommitDate|Date|Merge|Reflog|Reflog message):\s*(.*)")
_DEFAULT_DATE = "%a %b %d %H:%M:%S %Y %z"
_ISO = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)")
_RAW = re.compile(r"(\d{8,})(?: ([+-])(\d\d)(\d\d))?", re.ASCII)
_COUNTED = re.compile(r"(\d+|-)\t(\d+|-)\t(.+)")
_STATUS = re.compile(r"[ACDMRTUXB]\d*\t(.+)")
_STAT = re.compile(r" (.+?)\s+\|\s+(?:\d+|Bin)\b.*")
_SUMMARY = re.compile(r" \d+ files? changed.*")
_MOST_FILES = 50


@dataclass(slots=True)
class Commit:
    """The lines of one commit; `lines` are all of them, for what cannot be read."""

    lines: list[Line] = field(default_factory=list[Line])
    hash: str = ""
    parents: list[str] = field(default_factory=list[str])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    message: list[str] = field(default_factory=list[str])
    files: list[str] = field(default_factory=list[str])
    added: int = 0
    deleted: int = 0


def split_commits(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines of each commit. A second author within one tells that the line between them is damaged."""
    commit: list[Line] = []
    authors = 0
    for line in lines:
        if COMMIT.fullmatch(line.text) or (not line.ended and _TORN.fullmatch(line.text)):
            if commit:
                yield commit
            commit, authors = [], 0
        elif line.text.startswith("Author: "):
            authors += 1
            if authors > 1:
                start = _last_heading(commit)
                yield commit[:start]
                commit, authors = commit[start:], 1
        if commit or line.text.strip():
            commit.append(line)
    if commit:
        yield commit


def _last_heading(commit: list[Line]) -> int:
    """Where the lines begin that stand without a blank line before the next author."""
    start = len(commit)
    while start > 1 and commit[start - 1].text.strip() and not commit[start - 1].text.startswith(" "):
        start -= 1
    return start


def read_commit(lines: list[Line]) -> Commit:
    commit = Commit(lines)
    beginning = COMMIT.fullmatch(lines[0].text)
    if beginning:
        commit.hash, commit.parents = beginning[1], beginning[2].split()
    in_message = False
    for line in lines[1:] if beginning else lines:
        text = line.text
        header = None if in_message else _HEADER.fullmatch(text)
        if header:
            commit.headers[header[1]] = header[2]
        elif text.startswith("    "):
            in_message = True
            commit.message.append(text[4:])
        elif not text.strip():
            in_message = True
            commit.message.append("")
        else:
            _read_file(commit, text)
    return commit


def _read_file(commit: Commit, text: str) -> None:
    if counted := _COUNTED.fullmatch(text):
        commit.added += int(counted[1]) if counted[1] != "-" else 0
        commit.deleted += int(counted[2]) if counted[2] != "-" else 0
        commit.files.append(_unquoted(counted[3]))
    elif found := _STATUS.fullmatch(text) or _STAT.fullmatch(text):
        commit.files.append(_unquoted(found[1].replace("\t", " → ")))
    elif not text.startswith((" ", "diff ", "@@", "+", "-", "index ", "new file", "deleted ", "Notes")):
        commit.files.append(text)


def _unquoted(name: str) -> str:
    """git quotes names with other characters than ASCII like strings of C, each byte in octal."""
    if not (name.startswith('"') and name.endswith('"')):
        return name
    try:
        return name[1:-1].encode().decode("unicode_escape").encode("latin-1").decode()
    except UnicodeError:
        return name


def commit_record(commit: Commit, repository: str, origin: Origin) -> Record | str:
    """The record of a commit, at the author's time on the author's clock; or why it gives none."""
    author = _PERSON.fullmatch(commit.headers.get("Author", ""))
    time = commit_time(commit.headers.get("AuthorDate") or commit.headers.get("Date", ""))
    if not commit.hash or author is None or time is None:
        return "a commit without its hash, author or date"
    message = "\n".join(commit.message).strip()
    committer = _PERSON.fullmatch(commit.headers.get("Commit", ""))
    by = _identity(committer) if committer and committer[2] != author[2] else None
    extra = {
        "activity": "commit",
        "files": commit.files[:_MOST_FILES],
        "files_changed": len(commit.files),
        "lines_added": commit.added,
        "lines_deleted": commit.deleted,
        "merges": commit.parents[1:] or commit.headers.get("Merge", "").split()[1:],
    }
    return Record(
        source="git",
        kind="other",
        native_id=commit.hash,
        time=time,
        origin=origin,
        thread=repository or None,
        author=_identity(author),
        people=(by,) if by else (),
        parent=commit.parents[0] if commit.parents else None,
        title=message.split("\n", 1)[0] or None,
        text=message,
        extra={key: value for key, value in extra.items() if value},
    )


def _identity(person: re.Match[str]) -> Identity:
    return Identity(person[2].lower() or person[1], person[1] or None)


def commit_time(written: str) -> Time | None:
    """The time of a date in any form of git's that says the zone; None for relative and localised ones."""
    if iso := _ISO.fullmatch(written):
        time = parse_iso(f"{iso[1]}T{iso[2]}{iso[3]}:{iso[4]}")
        return Time(written, time.local, time.precision, time.zone, ZoneSource.EXPLICIT)
    if raw := _RAW.fullmatch(written):
        return _raw_time(raw, written)
    for parse in (_default_date, parsedate_to_datetime):
        try:
            moment = parse(written)
        except (ValueError, TypeError, IndexError):
            continue
        zone = offset_name(moment.utcoffset() or timedelta()) if moment.tzinfo else None
        return from_datetime(moment, written, zone=zone)
    try:
        return parse_iso(written)
    except ValueError:
        return None


def _default_date(written: str) -> datetime:
    return datetime.strptime(written, _DEFAULT_DATE)


def _raw_time(raw: re.Match[str], written: str) -> Time | None:
    try:
        if not raw[2]:
            return from_epoch(int(raw[1]), written)
        offset = timedelta(hours=int(raw[3]), minutes=int(raw[4])) * (-1 if raw[2] == "-" else 1)
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(raw[1])) + offset).replace(tzinfo=None)
    except OverflowError:
        return None
    return Time(written, local, Precision.SECOND, offset_name(offset), ZoneSource.EXPLICIT)
