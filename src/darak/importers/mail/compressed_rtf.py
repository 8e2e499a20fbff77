"""The rich text in which Outlook keeps the words of a message, packed (MS-OXRTFCP)."""

from __future__ import annotations

import struct

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window holds before the first byte."""
_LARGEST = 32 << 20


def unpacked(data: bytes) -> bytes:
    """The rich text; what could be read of it when it is damaged, b"" when it is none."""
    if len(data) < 16:
        return b""
    size, kind = struct.unpack_from("<4xII", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED:
        return b""
    window = bytearray(_BEGINNING.ljust(_WINDOW, b"\0"))
    at, out = len(_BEGINNING), bytearray()
    place, size = 16, min(size, _LARGEST)
    while place < len(data) and len(out) < size:
        control = data[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 2 > len(data):
                    return bytes(out)
                reference = data[place] << 8 | data[place + 1]
                place += 2
                start, length = reference >> 4, (reference & 15) + 2
                if start == at:  # the mark of the end
                    return bytes(out)
                run = range(start, start + length)
            elif place < len(data):
                window[at] = data[place]
                out.append(data[place])
                place, at = place + 1, (at + 1) % _WINDOW
                continue
            else:
                return bytes(out)
            for source in run:
                byte = window[source % _WINDOW]
                window[at] = byte
                out.append(byte)
                at = (at + 1) % _WINDOW
    return bytes(out)
