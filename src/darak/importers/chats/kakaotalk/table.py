"""The messages of a KakaoTalk CSV file (Mac, PC).

Its quoting is not to be relied on: rows may be quoted, half quoted or not at all and still hold many lines. So a
row begins where a line begins with a time; quotes only say whether such a line stands inside a text.
Locators are "bytes A-B", the row without its line ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from darak.importers.chats.kakaotalk.chat import Chat, damage_of
from darak.importers.chats.kakaotalk.dialects import CSV, CSV_HEADER, SYSTEM_NAMES, day_of, moment_of, notice_of
from darak.importers.chats.unit import NO_MESSAGE
from darak.importers.formats.lines import Line
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.records.record import Origin
from darak.records.time import UNKNOWN_TIME, Time

_NAME = re.compile(r'(?:"((?:[^"]|"")*+)"|([^",]*)),')
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"\s*')
_UNDATED = ',"'
_SHORTEST_CUT = 4


@dataclass(frozen=True, slots=True)
class CsvSurvey:
    """`rows` counts the lines that begin a row; `quoted` says whether this file quotes names."""

    rows: int
    quoted: bool
    authors: tuple[str, ...]


def survey_csv(lines: Iterable[Line]) -> CsvSurvey:
    bare, quoted = 0, 0
    authors: dict[str, None] = {}
    for line in lines:
        match = CSV.line.match(line.text)
        if match is None:
            continue
        if match["rest"].startswith('"'):
            quoted += 1
        else:
            bare += 1
        if name := _NAME.match(match["rest"]):
            authors[_field(name)] = None
    names_quoted = quoted >= bare
    return CsvSurvey(
        quoted if names_quoted else quoted + bare,
        names_quoted,
        tuple(one for one in authors if one not in SYSTEM_NAMES),
    )


@dataclass(slots=True)
class _Row:
    """The lines of one row; `rest` is what follows the time in the first."""

    lines: list[Line]
    rest: str
    match: re.Match[str] | None = None
    problem: tuple[str, str] | None = None
    quotes: int = field(init=False)

    def __post_init__(self) -> None:
        self.quotes = self.rest.count('"')

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.quotes += line.text.count('"')

    @property
    def open(self) -> bool:
        """Whether a quoted field goes on in the next line."""
        return self.quotes % 2 == 1


class CsvReader:
    """Reads one chat, line by line."""

    def __init__(self, chat: Chat, survey: CsvSurvey) -> None:
        self._chat = chat
        self._survey = survey
        self._row: _Row | None = None

    def read(self, lines: Iterable[Line]) -> Iterator[Item]:
        yield Units(self._survey.rows)
        for line in lines:
            if self._row is None and CSV_HEADER.fullmatch(line.text.encode("utf-8", "replace")):
                continue
            yield from self._take(line)
        yield from self._finish(at_end=True)

    def _take(self, line: Line) -> Iterator[Item]:
        row = self._row
        is_open = row is not None and row.open
        match = CSV.line.match(line.text)
        if match and self._survey.quoted and not match["rest"].startswith('"'):
            # Where names are quoted, a row without quotes inside a text was pasted there.
            if is_open:
                match = None
            else:
                yield Units(1)
        if match:
            yield from self._finish()
            self._row = _Row([line], match["rest"], match)
        elif not is_open and line.text.startswith(_UNDATED):
            yield from self._begin(_Row([line], line.text[1:]))
        elif problem := self._damage(line):
            yield from self._begin(_Row([line], "", problem=problem))
        elif row is not None and (is_open or not self._survey.quoted or row.problem or not self._quoted_text(row)):
            row.add(line)
        elif line.text.strip():
            yield from self._begin(_Row([line], "", problem=NO_MESSAGE))

    def _begin(self, row: _Row) -> Iterator[Item]:
        """Begins a row that the survey could not count."""
        yield from self._finish()
        yield Units(1)
        self._row = row

    def _quoted_text(self, row: _Row) -> bool:
        name = _NAME.match(row.rest)
        return name is not None and row.rest.startswith('"', name.end())

    def _damage(self, line: Line) -> tuple[str, str] | None:
        if not line.ended and len(line.text) >= _SHORTEST_CUT and CSV.cut.fullmatch(line.text):
            return "cut-off", "the file ends within a row; export it again"
        if CSV.damaged.match(line.text) and not CSV.line.match(line.text):
            return "damaged-stamp", "the time of a row is damaged"
        return None

    def _finish(self, at_end: bool = False) -> Iterator[Item]:
        row, self._row = self._row, None
        if row is None:
            return
        while len(row.lines) > 1 and not row.lines[-1].text.strip() and not row.open:
            row.lines.pop()
        origin = Origin(self._chat.member, f"bytes {row.lines[0].start}-{row.lines[-1].end}")
        cut = at_end and row.open
        name = _NAME.match(row.rest)
        if cut or (at_end and name is None and not row.lines[-1].ended):
            problem: tuple[str, str] | None = ("cut-off", "the file ends within a row; export it again")
        elif row.problem is None and (name is None or (self._survey.quoted and not name[0].startswith('"'))):
            problem = ("damaged-row", "the row is no time, name and message")
        else:
            problem = row.problem
        if problem or name is None:
            code, message = problem or ("damaged-row", "")
            yield BadRow(code, origin, message, b"\n".join(line.raw for line in row.lines))
            return
        yield from self._emit(row, name, origin)

    def _emit(self, row: _Row, name: re.Match[str], origin: Origin) -> Iterator[Item]:
        author = _field(name)
        written = "\n".join((row.rest[name.end() :], *(line.text for line in row.lines[1:])))
        text, sound = _text(written)
        if _is_system(author, text):
            yield Ignored("system-line", origin)
            return
        try:
            time = _time(row.match)
        except ValueError as error:
            raw = b"\n".join(line.raw for line in row.lines)
            yield BadRow("impossible-time", origin, f"the row's time is none: {error}", raw)
            return
        yield self._chat.message(author, text, time, origin)
        if time.local is None:
            yield Flaw("no-date", origin, "the row has no time")
        elif not all(line.intact for line in row.lines):
            yield Flaw(*damage_of(text, origin))
        elif not sound:
            yield Flaw("damaged-quoting", origin, "the quotes of the message do not match")


def _field(match: re.Match[str]) -> str:
    return match[2] if match[1] is None else match[1].replace('""', '"')


def _text(written: str) -> tuple[str, bool]:
    """The text of a message field and whether its quotes are sound."""
    if match := _QUOTED.fullmatch(written):
        return match[1].replace('""', '"'), True
    inner = written.removeprefix('"').replace('""', '"')
    return inner, not (written.startswith('"') or (written.endswith('"') and written.count('"') % 2))


def _time(match: re.Match[str] | None) -> Time:
    if match is None:
        return UNKNOWN_TIME
    groups = match.groupdict()
    moment, precision = moment_of(groups, day_of(groups))
    return Time(match.string[: match.start("rest") - 1], moment, precision)


def _is_system(author: str, text: str) -> bool:
    """A notice stands under the name of the one whom it is about; somebody else who says so is talking."""
    if not author:
        return True
    notice = notice_of(text)
    if notice is None:
        return False
    groups = notice.groupdict()
    actor = groups.get("actor") or groups.get("member")
    return actor is None or actor == author or author in SYSTEM_NAMES
