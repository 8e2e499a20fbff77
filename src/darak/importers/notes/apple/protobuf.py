"""The wire format of protocol buffers, as far as notes use it: https://protobuf.dev/programming-guides/encoding/."""

from __future__ import annotations


class Message:
    """The fields of one message by number, in order of appearance; ValueError when the bytes are no message."""

    def __init__(self, data: bytes) -> None:
        self._fields: dict[int, list[int | bytes]] = {}
        at, size = 0, len(data)
        while at < size:
            key, at = _varint(data, at)
            number, kind = key >> 3, key & 7
            value: int | bytes
            if kind == 0:
                value, at = _varint(data, at)
            elif kind == 2:
                length, at = _varint(data, at)
                value, at = data[at : at + length], at + length
            elif kind in (1, 5):
                length = 8 if kind == 1 else 4
                value, at = data[at : at + length], at + length
            else:
                raise ValueError(f"no field has the wire type {kind}")
            if number == 0 or at > size:
                raise ValueError("the message ends within a field")
            self._fields.setdefault(number, []).append(value)

    def number(self, field: int, default: int = 0) -> int:
        """The field as an int32: negative numbers are written as 64 bits."""
        value = self._fields.get(field, [default])[-1]
        if not isinstance(value, int):
            return default
        return value - (1 << 64) if value >> 63 else value

    def has(self, field: int) -> bool:
        return field in self._fields

    def raw(self, field: int) -> list[bytes]:
        return [value for value in self._fields.get(field, []) if isinstance(value, bytes)]

    def text(self, field: int) -> str:
        values = self.raw(field)
        return values[-1].decode("utf-8", "replace") if values else ""

    def messages(self, field: int) -> list[Message]:
        return [Message(value) for value in self.raw(field)]

    def message(self, *path: int) -> Message:
        """The message at the end of a path of fields; an empty one when it is not there."""
        message = self
        for field in path:
            values = message.raw(field)
            message = Message(values[-1] if values else b"")
        return message


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("the message ends within a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
