"""What chats saved as text are made of: a line with a moment and the lines after it, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from darak.importers.formats.lines import Line
from darak.importers.importer import BadRow, Flaw
from darak.records.record import Origin
from darak.records.time import Time

CUT_OFF = ("cut-off", "the file ends within the beginning of a message; export it again")
DAMAGED_STAMP = ("damaged-stamp", "the beginning of a message is damaged, so its time and writer are not sure")
NO_MESSAGE = ("no-message", "text that belongs to no message")
UNDECODABLE = ("undecodable", "some bytes cannot be decoded, or a line of over 1 MB was cut")
DATE_ORDER = ("date-order", "no date of the file shows whether its day or its month stands first")


@dataclass(slots=True)
class Unit:
    """A line that begins a message or a notice, and the lines after it. `problem` is the code and message of a bad
    row. Without an author it is something that the service itself says."""

    first: Line
    author: str | None = None
    text: str = ""
    time: Time | None = None
    problem: tuple[str, str] | None = None
    rest: list[Line] = field(default_factory=list[Line])

    def trim(self) -> None:
        """Leaves out the empty lines at the end, which belong to the file's form."""
        while self.rest and not self.rest[-1].text.strip():
            self.rest.pop()

    @property
    def words(self) -> str:
        return "\n".join((self.text, *(line.text for line in self.rest)))

    @property
    def intact(self) -> bool:
        return all(line.intact for line in (self.first, *self.rest))

    def origin(self, member: str) -> Origin:
        return origin_of(member, self.first, self.rest[-1] if self.rest else self.first)

    def bad_row(self, member: str, problem: tuple[str, str]) -> BadRow:
        code, message = problem
        return BadRow(code, self.origin(member), message, b"\n".join(line.raw for line in (self.first, *self.rest)))


def origin_of(member: str, first: Line, last: Line) -> Origin:
    return Origin(member, f"bytes {first.start}-{last.end}")


def flaw(what: tuple[str, str], origin: Origin) -> Flaw:
    code, message = what
    return Flaw(code, origin, message)
