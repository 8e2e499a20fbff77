"""Outlook's single mails are the mails that they were."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.importers.written_documents import msg

from darak.importers.mail.outlook import OutlookImporter
from darak.records.record import Identity

OUTLOOK = OutlookImporter()
SUBJECT, BODY, CLASS, HEADERS, SENDER, SMTP, MESSAGE_ID = 0x0037, 0x1000, 0x001A, 0x007D, 0x0C1A, 0x5D01, 0x1035
SENT = {0x0039: datetime(2024, 1, 2, 3, 4, 5)}


@pytest.fixture
def read_file(tmp_path, read):
    def read_bytes(data: bytes, name: str = "a.msg"):
        (tmp_path / name).write_bytes(data)
        return read(OUTLOOK, tmp_path / name)

    return read_bytes


def test_a_mail_that_travelled_keeps_its_headers(read_file):
    headers = (
        "Microsoft Mail Internet Headers Version 2.0\r\nFrom: =?utf-8?b?6rmA7ZWY64qY?= <haneul@example.org>\r\n"
        "Date: Tue, 2 Jan 2024 12:04:05 +0900\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed;\r\n boundary="gone"\r\n'
    )
    people = [(1, "Mir", "mir@example.org")]
    (record,) = read_file(msg({HEADERS: headers, SUBJECT: "회의", BODY: "내일 봐요\r\n"}, SENT, people)).records
    assert (record.source, record.kind, record.native_id) == ("mail", "mail", "<1@example.org>")
    assert (record.author, record.people) == (
        Identity("haneul@example.org", "김하늘"),
        (Identity("mir@example.org", "Mir"),),
    )
    assert (record.title, record.text, record.time.iso()) == ("회의", "내일 봐요", "2024-01-02T12:04:05+09:00")


def test_a_mail_that_never_travelled_gets_headers_from_what_outlook_knows(read_file):
    words = {
        CLASS: "IPM.Note",
        SUBJECT: "초안",
        BODY: "글",
        SENDER: "Gaon",
        SMTP: "gaon@example.org",
        MESSAGE_ID: "<2@x>",
    }
    people = [(1, "Mir", "mir@example.org"), (2, "Ann", "ann@example.org")]
    (record,) = read_file(msg(words, SENT, people, file=b"bird" * 1024)).records
    assert record.author == Identity("gaon@example.org", "Gaon")
    assert {person.handle for person in record.people} == {"mir@example.org", "ann@example.org"}
    assert record.extra["cc"] == ["ann@example.org"]
    assert record.time.local == datetime(2024, 1, 2, 3, 4, 5)
    assert [(blob.name, blob.data) for blob in record.blobs] == [("새.txt", b"bird" * 1024)]


def test_what_is_none_of_the_owners_things_is_ignored(read_file):
    assert read_file(msg({CLASS: "IPM.Configuration.x", SUBJECT: "x"}, SENT)).ignored == 1


def test_an_appointment_of_its_own_is_an_event(read_file):
    (record,) = read_file(msg({CLASS: "IPM.Appointment", SUBJECT: "치과"}, {0x820D: datetime(2024, 1, 2, 3)})).records
    assert (record.source, record.kind, record.title) == ("calendar", "event", "치과")


def test_a_damaged_name_of_a_part_costs_that_part(read_file):
    name = "__substg1.0_0037001F"
    data = msg({SUBJECT: "x", BODY: "글", SENDER: "Gaon"}, SENT).replace(
        name.encode("utf-16-le"), name.replace("0037", "\u00330\uf733Z").encode("utf-16-le")
    )
    (record,) = read_file(data).records
    assert record.text == "글"


def test_a_mail_that_is_cut_off_is_told(read_file):
    data = msg({SUBJECT: "x", BODY: "글 " * 4000, SENDER: "Gaon"}, SENT)
    reading = read_file(data[: len(data) * 2 // 3])
    assert reading.flaws or reading.bad
