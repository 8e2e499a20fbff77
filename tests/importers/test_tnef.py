"""What Outlook packs into winmail.dat comes out of it."""

from __future__ import annotations

import struct
from base64 import encodebytes

import pytest

from darak.importers.mail.mail import MailImporter


def attribute(number: int, body: bytes) -> bytes:
    return struct.pack("<BII", 1, number, len(body)) + body + struct.pack("<H", sum(body) & 0xFFFF)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """(number, type, value), and before them one of the file's own with a name."""
    name = "x".encode("utf-16-le") + b"\0\0"
    out = struct.pack("<I", len(values) + 1) + struct.pack("<HH", 3, 0x8001) + bytes(16)
    out += struct.pack("<II", 1, len(name)) + name + struct.pack("<I", 7)
    for number, kind, value in values:
        out += struct.pack("<HH", kind, number) + struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def winmail(words: str = "") -> bytes:
    said = properties((0x1000, 0x1F, words.encode("utf-16-le"))) if words else properties()
    about = properties((0x3707, 0x1F, "회의록.txt".encode("utf-16-le")))
    return b"\x78\x9f\x3e\x22\1\0" + b"".join(
        (
            attribute(0x00069003, said),
            attribute(0x00069002, bytes(14)),
            attribute(0x00018010, b"HOEUI~1.TXT\0"),
            attribute(0x0006800F, b"bird"),
            attribute(0x00069005, about),
        )
    )


@pytest.fixture
def read_mail(tmp_path, read):
    def read_parts(text: str, attached: bytes, kind: str = "application/ms-tnef"):
        lines = ["From: a@example.org", "Date: Tue, 2 Jan 2024 12:04:05 +0900", "Message-ID: <1@example.org>"]
        lines += ['Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: text/plain", "", text, "--b"]
        lines += [f'Content-Type: {kind}; name="winmail.dat"', "Content-Transfer-Encoding: base64", ""]
        (tmp_path / "a.eml").write_bytes("\n".join(lines).encode() + b"\n" + encodebytes(attached) + b"--b--\n")
        return read(MailImporter(), tmp_path / "a.eml")

    return read_parts


def test_the_files_in_it_are_those_of_the_mail(read_mail):
    for kind in ("application/ms-tnef", "application/octet-stream"):
        (record,) = read_mail("안녕", winmail("같은 글"), kind).records
        assert record.text == "안녕"
        assert [(blob.name, blob.mime, blob.data) for blob in record.blobs] == [("회의록.txt", "text/plain", b"bird")]


def test_the_words_in_it_are_read_where_the_mail_has_none(read_mail):
    (record,) = read_mail("", winmail("내일 봐요")).records
    assert record.text == "내일 봐요"


def test_what_is_cut_off_or_none_is_kept_as_it_is(read_mail):
    for data in (b"no such file", winmail()[:40]):
        (record,) = read_mail("안녕", data).records
        assert [(blob.name, blob.data) for blob in record.blobs] == [("winmail.dat", data)]


def test_any_damage_costs_at_most_what_lies_behind_it(read_mail):
    whole = winmail("글")
    for place in range(6, len(whole)):
        (record,) = read_mail("안녕", whole[:place] + b"\xff" + whole[place + 1 :]).records
        assert record.text == "안녕"
