"""Outlook's mails are the mails that they were: from single files and from data files."""

from __future__ import annotations

import sys
from datetime import datetime
from types import SimpleNamespace

import pytest
from tests.importers.written_documents import msg

from darak.importers.mail.outlook import OutlookImporter
from darak.installation import install_command
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


def test_an_appointment_is_no_mail(read_file):
    assert read_file(msg({CLASS: "IPM.Appointment", SUBJECT: "x"}, SENT)).ignored == 1


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


def entry(number: int, value: object) -> SimpleNamespace:
    kinds = {str: 0x1F, bytes: 0x102, int: 3, datetime: 0x40}
    fields = {"data_as_string": value, "data_as_integer": value, "data_as_datetime": value, "data": value}
    return SimpleNamespace(entry_type=number, value_type=kinds[type(value)], **fields)


def item(*record_sets: dict[int, object], **more: object) -> SimpleNamespace:
    sets = [SimpleNamespace(entries=[entry(*pair) for pair in said.items()]) for said in record_sets]
    return SimpleNamespace(number_of_record_sets=len(sets), get_record_set=lambda place: sets[place], **more)


def folder(name: str | None, messages: list, folders: list) -> SimpleNamespace:
    return SimpleNamespace(
        name=name,
        number_of_sub_messages=len(messages),
        get_sub_message=lambda place: messages[place],
        number_of_sub_folders=len(folders),
        get_sub_folder=lambda place: folders[place],
    )


def test_a_data_file_is_read_folder_by_folder(read_file, monkeypatch):
    people = item({0x3001: "Mir", 0x39FE: "mir@example.org", 0x0C15: 1})
    attached = item({0x370E: "text/plain"}, long_filename="새.txt", size=4, read_buffer=lambda size: b"bird"[:size])
    said = {SUBJECT: "회의", BODY: "내일", SENDER: "Gaon", SMTP: "gaon@example.org", MESSAGE_ID: "<3@x>", **SENT}
    attachments = {"number_of_attachments": 1, "get_attachment": lambda _: attached}
    mail = item(said, identifier=2097188, recipients=people, **attachments)
    contact = item({CLASS: "IPM.Contact"}, identifier=2097252, recipients=None)
    root = folder(None, [], [folder("Inbox", [mail], []), folder("Contacts", [contact], [])])

    class File:
        def open(self, path: str) -> None:
            with open(path, "rb") as stream:  # noqa: PTH123
                assert stream.read(4) == b"!BDN"

        def get_root_folder(self) -> SimpleNamespace:
            return root

        def close(self) -> None: ...

    monkeypatch.setitem(sys.modules, "pypff", SimpleNamespace(file=File, __spec__=object()))
    reading = read_file(b"!BDN" + bytes(600), "a.pst")
    (record,) = reading.records
    assert (record.source, record.native_id, record.origin.locator) == ("mail", "<3@x>", "message 2097188")
    assert (record.title, record.text, record.extra["folder"]) == ("회의", "내일", "Inbox")
    assert [(blob.name, blob.data) for blob in record.blobs] == [("새.txt", b"bird")]
    assert reading.ignored == 1


def test_without_the_extra_it_is_said_what_to_install(read_file, monkeypatch):
    monkeypatch.setattr("darak.importers.mail.pst.find_spec", lambda _: None)
    (bad,) = read_file(b"!BDN" + bytes(600), "a.pst").bad
    assert install_command("pst") in bad.message
