"""The data messages of a FIT file counted by its framing alone: sizes, no values (Garmin's FIT protocol)."""

from __future__ import annotations

_HEADER = 12
_MAGIC = b".FIT"


def is_fit(head: bytes) -> bool:
    return head[8:12] == _MAGIC and head[:1] in (b"\x0c", b"\x0e")


def count_messages(data: bytes) -> int:
    """How many data messages can be told apart; counting ends where the framing makes no sense any more."""
    count = at = 0
    while at + _HEADER <= len(data) and data[at + 8 : at + 12] == _MAGIC:
        body = at + data[at]
        end = body + int.from_bytes(data[at + 4 : at + 8], "little")
        found, whole = _count_body(data, body, min(end, len(data)))
        count += found
        if not whole:
            break
        at = end + 2
    return count


def _count_body(data: bytes, at: int, end: int) -> tuple[int, bool]:
    """(data messages in bytes [`at`, `end`), whether they end there)."""
    sizes: dict[int, int] = {}
    count = 0
    while at < end:
        header = data[at]
        compressed = bool(header & 0x80)
        local = (header >> 5) & 3 if compressed else header & 0xF
        at += 1
        if not compressed and header & 0x40:
            size = 0
            for developer in (False, True)[: 1 + bool(header & 0x20)]:
                at += 0 if developer else 4
                if at >= end:
                    return count, False
                fields = data[at]
                at += 1
                size += sum(data[at + 1 : at + 3 * fields : 3])
                at += 3 * fields
            sizes[local] = size
        elif local in sizes and at + sizes[local] <= end:
            at += sizes[local]
            count += 1
        else:
            return count, False
    return count, at == end
