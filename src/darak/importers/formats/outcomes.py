"""What becomes of a unit of a source: the items built of it, why it gives none, or that its file cannot be read on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.records.record import Origin, Record, Sample

LONGEST_RAW = 64 * 1024
"""Bytes of a damaged unit that are kept."""

Built = Record | Ignored | Sequence[Item] | str
"""What a unit gives: an item or several, or the message why it gives none."""


def built_items(built: Built, origin: Origin, raw: bytes, *, intact: bool = True, code: str) -> Iterator[Item]:
    """The items of a unit that is counted as one already; each further one, but for flaws, counts as one more.

    `code` is that of the bad row where there is a message instead; `intact` tells that all bytes could be decoded. A
    unit without items is ignored.
    """
    if isinstance(built, str):
        yield BadRow(code, origin, built, raw[:LONGEST_RAW])
        return
    items = [built] if isinstance(built, (Record, Ignored)) else built or [Ignored("no-values", origin)]
    if more := sum(not isinstance(item, Flaw) for item in items[1:]):
        yield Units(more)
    yield from items
    if not intact and isinstance(items[-1], (Record, Sample)):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def one_flaw(flaws: Sequence[tuple[str, str]], origin: Origin) -> Iterator[Flaw]:
    """The one flaw that a record may have, of all (code, message) found in it: the code is that of the first."""
    if flaws:
        yield Flaw(flaws[0][0], origin, "; ".join(message for _, message in flaws))


def unreadable(member: str, position: int, error: Exception | str) -> Iterator[Item]:
    """What is told where reading had to end at byte `position`, before the member does."""
    yield Units(1)
    yield BadRow("unreadable", Origin(member, f"bytes {position}-"), f"cannot be read to its end: {error}")
