"""Writes FIT files: the framing of Garmin's protocol, with the few messages that the tests need."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import datetime

_EPOCH = datetime(1989, 12, 31)
_TABLE = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
          0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
FILE_ID, SESSION, RECORD, ACTIVITY, WEIGHT = 0, 18, 20, 34, 30
ENUM, UINT8, UINT16, SINT32, UINT32 = (0, "B"), (2, "B"), (0x84, "H"), (0x85, "i"), (0x86, "I")


def checksum(data: bytes) -> int:
    crc = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            crc = ((crc >> 4) & 0x0FFF) ^ _TABLE[crc & 0xF] ^ _TABLE[nibble]
    return crc


def seconds(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds())


def degrees(value: float) -> int:
    return round(value * 2**31 / 180)


def message(number: int, *fields: tuple[int, tuple[int, str], int]) -> bytes:
    """A definition of local message 0 and its data: (field number, base type, value) each."""
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    definition += b"".join(struct.pack("BBB", n, struct.calcsize(code), base) for n, (base, code), _ in fields)
    return definition + b"\0" + b"".join(struct.pack("<" + code, value) for _, (_, code), value in fields)


def fit_file(messages: Sequence[bytes]) -> bytes:
    body = b"".join(messages)
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", checksum(header))
    return header + body + struct.pack("<H", checksum(header + body))


def file_id(product: int = 1124) -> bytes:
    return message(FILE_ID, (0, ENUM, 4), (1, UINT16, 1), (2, UINT16, product))


def record(moment: datetime, lat: float, lon: float, pulse: int) -> bytes:
    return message(
        RECORD, (253, UINT32, seconds(moment)), (0, SINT32, degrees(lat)), (1, SINT32, degrees(lon)), (3, UINT8, pulse)
    )


def session(start: datetime, length: float, metres: float, sport: int = 1, calories: int = 300) -> bytes:
    return message(
        SESSION, (253, UINT32, seconds(start)), (2, UINT32, seconds(start)), (7, UINT32, round(length * 1000)),
        (8, UINT32, round(length * 1000)), (9, UINT32, round(metres * 100)), (11, UINT16, calories), (5, ENUM, sport),
        (16, UINT8, 150),
    )  # fmt: skip


def activity(moment: datetime, offset_hours: float) -> bytes:
    stamp = seconds(moment)
    return message(ACTIVITY, (253, UINT32, stamp), (5, UINT32, stamp + round(offset_hours * 3600)))


def weighing(moment: datetime, kilograms: float) -> bytes:
    return message(WEIGHT, (253, UINT32, seconds(moment)), (0, UINT16, round(kilograms * 100)))
