"""Outlook's data files: mails, appointments, contacts, tasks and notes of all three layouts, whole and damaged."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from zipfile import ZipFile

import pytest
from tests.importers.pst_writer import Item, pst

from darak.importers.calendars.calendar import CalendarImporter
from darak.importers.mail.compressed_rtf import unpacked
from darak.importers.mail.mail import MailImporter
from darak.importers.mail.outlook import OutlookImporter
from darak.importers.mail.pst_nodes import _FORWARD  # pyright: ignore[reportPrivateUsage]
from darak.records.record import Identity

OUTLOOK = OutlookImporter()
CLASS, SUBJECT, HEADERS, BODY, HTML, RTF, CODE_PAGE = 0x1A, 0x37, 0x7D, 0x1000, 0x1013, 0x1009, 0x3FFD
SENDER, SMTP, EXCHANGE, MESSAGE_ID, SENT, FLAGS = 0x0C1A, 0x5D01, 0x0C1F, 0x1035, 0x39, 0x0E07
MIR = {0x3001: "Mir", 0x39FE: "mir@example.org", 0x0C15: 1}
NAMED = {0x8001: 0x820D, 0x8002: 0x820E, 0x8003: 0x8208, 0x8004: 0x8215, 0x8005: 0x8216, 0x8006: 0x825E, 0x8007: 0x23}


def mail(number: int = 1, **more: object) -> Item:
    said = {
        CLASS: "IPM.Note",
        SUBJECT: "\1\5Re: 회의",
        BODY: f"내일 봐요 {number}\r\n",
        SENDER: "Gaon",
        SMTP: "gaon@example.org",
        MESSAGE_ID: f"<{number}@example.org>",
        SENT: datetime(2024, 1, 2, 3, 4, 5),
    }
    return Item(said, [MIR], **more)  # type: ignore[arg-type]


@pytest.fixture
def read_file(tmp_path, read):
    def read_bytes(data: bytes, importer=OUTLOOK, name: str = "a.pst"):
        (tmp_path / name).write_bytes(data)
        return read(importer, tmp_path / name)

    return read_bytes


@pytest.mark.parametrize("layout", ["ansi", "unicode", "large"])
@pytest.mark.parametrize("encode", [None, _FORWARD])
def test_mails_of_every_layout_are_read_with_their_files(read_file, layout, encode):
    many = [mail(number) for number in range(1, 120)]
    data = pst(
        {"Inbox": many, "지운 편지함": [mail(200, files=[({0x3707: "새.txt"}, b"bird" * 30_000)])]}, layout, encode
    )
    reading = read_file(data)
    first, last = reading.records[0], reading.records[-1]
    assert len(reading.records) == reading.units == 120
    assert (first.source, first.kind, first.native_id) == ("mail", "mail", "<1@example.org>")
    assert (first.title, first.text) == ("Re: 회의", "내일 봐요 1")
    assert (first.author, first.people) == (Identity("gaon@example.org", "Gaon"), (Identity("mir@example.org", "Mir"),))
    assert first.time.local == datetime(2024, 1, 2, 3, 4, 5)
    assert (first.extra["folder"], last.extra["state"]) == ("Inbox", "trash")
    assert [(blob.name, blob.data) for blob in last.blobs] == [("새.txt", b"bird" * 30_000)]
    assert not reading.flaws


def test_a_mail_inside_a_mail_is_read_with_what_is_in_it(read_file):
    inner = mail(2, files=[({0x3707: "안.txt"}, b"deep")])
    (record,) = read_file(pst({"Inbox": [mail(1, inside=[inner])]})).records
    assert "내일 봐요 1" in record.text
    assert 'From: "Gaon" <gaon@example.org>' in record.text
    assert "내일 봐요 2" in record.text
    assert [(blob.name, blob.data) for blob in record.blobs] == [("안.txt", b"deep")]


def test_reports_of_delivery_that_are_attached_do_not_stop_the_import(read_file):
    report = ({0x3707: "details.txt", 0x370E: "message/delivery-status"}, b"Action: failed")
    assert [record.native_id for record in read_file(pst({"Inbox": [mail(1, files=[report]), mail(2)]})).records] == [
        "<1@example.org>",
        "<2@example.org>",
    ]


def test_the_same_mail_from_a_mail_box_is_the_same_record(read_file):
    headers = "From: Gaon <gaon@example.org>\r\nDate: Tue, 2 Jan 2024 12:04:05 +0900\r\nMessage-ID: <1@example.org>\r\n"
    (one,) = read_file(pst({"Inbox": [Item({CLASS: "IPM.Note", HEADERS: headers, BODY: "글"})]})).records
    (other,) = read_file(headers.encode() + b"\r\n\xea\xb8\x80\r\n", MailImporter(), "a.eml").records
    assert (one.source, one.native_id, one.time, one.text) == (other.source, other.native_id, other.time, other.text)


def test_texts_of_old_files_are_in_the_code_page_that_they_name(read_file):
    said = {CLASS: "IPM.Note", SUBJECT: "회의", BODY: "가격은 똠방각하", CODE_PAGE: 949, SENT: datetime(2001, 2, 3)}
    (record,) = read_file(pst({"Inbox": [Item(said)]}, "ansi", code_page="cp949")).records
    assert (record.title, record.text) == ("회의", "가격은 똠방각하")


def test_an_address_inside_of_exchange_is_nobodys(read_file):
    said = {SUBJECT: "x", BODY: "y", SENDER: "김하늘", EXCHANGE: "/O=FIRM/OU=SEOUL/CN=RECIPIENTS/CN=HANEUL"}
    (record,) = read_file(pst({"Inbox": [Item(said)]})).records
    assert record.author == Identity("김하늘", None)


def test_words_that_are_only_in_rich_text_are_read(read_file):
    rich = rb"{\rtf1\ansi\ansicpg949\deff0 only \'c7\'d1\'b1\'db here\par}"
    plain = struct.pack("<IIII", len(rich) + 12, len(rich), 0x414C454D, 0) + rich
    packed = b"".join(bytes([0]) + rich[at : at + 8] for at in range(0, len(rich), 8))
    packed = struct.pack("<IIII", len(packed) + 12, len(rich), 0x75465A4C, 0) + packed
    items = [Item({SUBJECT: "x", RTF: data, MESSAGE_ID: f"<{len(data)}@x>"}) for data in (plain, packed)]
    assert [record.text for record in read_file(pst({"Inbox": items})).records] == ["only 한글 here"] * 2


def test_packed_rich_text_refers_to_what_came_before():
    written = bytes.fromhex(  # MS-OXRTFCP 4.1.1
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(written) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_web_pages_are_read_in_their_code_page(read_file):
    said = {SUBJECT: "x", HTML: "<p>안녕 <b>하늘</b></p>".encode("cp949"), 0x3FDE: 949}
    (record,) = read_file(pst({"Inbox": [Item(said)]})).records
    assert record.text == "안녕 하늘"


def test_what_was_never_sent_is_a_draft(read_file):
    (record,) = read_file(pst({"보낼 것": [Item({SUBJECT: "x", BODY: "y", FLAGS: 9})]})).records
    assert record.extra["state"] == "draft"


def seoul() -> bytes:
    """The definition of a zone, as far as it is read."""
    name = "Korea Standard Time"
    return struct.pack("<BBHHH", 2, 1, 46, 2, len(name)) + name.encode("utf-16-le") + struct.pack("<H", 1)


def series(kind: int, of_the_kind: bytes, ends: tuple[int, int], removed: list[int], moved: list[int]) -> bytes:
    head = struct.pack("<HHHHHIII", 0x3004, 0x3004, 0x200B if kind == 1 else 0x200C, kind, 0, 0, 1, 0)
    lists = b"".join(struct.pack(f"<{len(days) + 1}I", len(days), *days) for days in (removed, moved))
    return head + of_the_kind + struct.pack("<III", *ends, 0) + lists + struct.pack("<II", minutes(1), minutes(31))


def minutes(day: int) -> int:
    return (datetime(2024, 1, day) - datetime(1601, 1, 1)) // timedelta(minutes=1)


def appointment(**more: object) -> Item:
    said = {CLASS: "IPM.Appointment", SUBJECT: "치과", BODY: "스케일링; 3층", 0x820D: datetime(2024, 1, 2, 0, 30)}
    said |= {0x820E: datetime(2024, 1, 2, 1, 30), 0x8208: "서울, 강남", 0x825E: seoul(), 0x10023: b"\4\0\0\0\x82"}
    return Item({**said, **{int(key[1:], 16): value for key, value in more.items()}}, [MIR])  # type: ignore[arg-type]


NUMBERS = {number: lid if lid >= 0x8000 else lid | 0x10000 for number, lid in NAMED.items()}


def test_appointments_are_events_at_the_clock_of_their_place(read_file):
    (record,) = read_file(pst({"달력": [appointment()]}, named=NUMBERS)).records
    assert (record.source, record.kind, record.title, record.text) == ("calendar", "event", "치과", "스케일링; 3층")
    assert (record.time.local, record.time.zone) == (datetime(2024, 1, 2, 9, 30), "Asia/Seoul")
    assert record.place is not None
    assert record.place.name == "서울, 강남"
    assert record.native_id == "0400000082"
    assert [person.handle for person in record.people] == ["mir@example.org"]


def test_the_same_appointment_from_a_calendar_file_is_the_same_record(read_file):
    (one,) = read_file(pst({"달력": [appointment()]}, named=NUMBERS)).records
    lines = "BEGIN:VEVENT\nUID:0400000082\nSUMMARY:치과\nDTSTART;TZID=Korea Standard Time:20240102T093000\nEND:VEVENT"
    ics = f"BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n"
    (other,) = read_file(ics.encode(), CalendarImporter(), "a.ics").records
    assert (one.source, one.native_id, one.title) == (other.source, other.native_id, other.title)
    assert (one.time.local, one.time.zone) == (other.time.local, other.time.zone)


def test_an_appointment_of_a_whole_day_is_that_day(read_file):
    midnight = {"x820D": datetime(2024, 1, 1, 15), "x820E": datetime(2024, 1, 2, 15), "x8215": True}
    (record,) = read_file(pst({"달력": [appointment(**midnight)]}, named=NUMBERS)).records
    assert record.time.iso() == "2024-01-02"


def test_a_series_keeps_its_rule_and_its_exceptions(read_file):
    weekly = series(1, struct.pack("<I", 0b100), (0x2022, 5), [minutes(9), minutes(16)], [minutes(17)])
    monthly = series(3, struct.pack("<II", 0b10, 5), (0x2021, 0), [], [])
    items = [appointment(x8216=weekly), appointment(x8216=monthly, x10023=b"\5")]
    one, other = read_file(pst({"달력": items}, named=NUMBERS)).records
    assert one.extra["rrule"] == "FREQ=WEEKLY;BYDAY=TU;COUNT=5"
    assert one.extra["exdate"] == ["20240109T093000", "20240116T093000"]
    assert one.extra["rdate"] == ["20240117T093000"]
    assert other.extra["rrule"] == "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1;UNTIL=20240131"


def test_contacts_are_people(read_file):
    said = {
        CLASS: "IPM.Contact",
        0x3001: "김하늘",
        0x3A11: "김",
        0x3A06: "하늘",
        0x3A1C: "010-1234-5678",
        0x8083: "h@x.org",
    }
    said |= {0x3A16: "다락", 0x3A42: datetime(1990, 3, 3, 15), BODY: "좋은 사람"}
    (record,) = read_file(pst({"연락처": [Item(said)]}, named={0x8010: 0x8083})).records
    assert (record.source, record.kind, record.title) == ("contacts", "contact", "김하늘")
    assert [person.handle for person in record.people] == ["h@x.org", "010-1234-5678"]
    assert record.extra["birthday"] == "1990-03-04"
    assert "좋은 사람" in record.text


def test_tasks_and_notes_are_kept(read_file):
    task = {CLASS: "IPM.Task", SUBJECT: "세금", 0x8105: datetime(2024, 5, 31), 0x811C: True}
    note = {CLASS: "IPM.StickyNote", SUBJECT: "우유", BODY: "우유 사기", 0x3007: datetime(2024, 2, 3, 4)}
    data = pst({"x": [Item(task), Item(note)]}, named={0x8010: 0x8105, 0x8011: 0x811C})
    one, other = read_file(data).records
    assert (one.kind, one.title, one.extra["due"], one.extra["status"]) == ("event", "세금", "2024-05-31", "completed")
    assert (other.source, other.kind, other.text, other.time.iso()) == (
        "outlook",
        "note",
        "우유 사기",
        "2024-02-03T04:00:00Z",
    )


def test_a_data_file_in_an_archive_is_read(tmp_path, read):
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("mail/a.pst", pst({"Inbox": [mail()]}))
    assert len(read(OUTLOOK, tmp_path / "a.zip").records) == 1


@pytest.mark.parametrize("layout", ["ansi", "unicode", "large"])
def test_of_a_file_that_is_cut_off_what_is_there_is_read(read_file, layout):
    data = pst({"Inbox": [mail(number) for number in range(1, 60)]}, layout)
    pages = data.rindex(b"\x81\x81")  # cut behind the pages of nodes, within those of blocks
    reading = read_file(data[: pages + 3000])
    assert reading.bad[0].code in ("damaged-file", "damaged-mail")
    assert read_file(data[:600]).bad[0].code == "damaged-file"
    assert read_file(data[:100]).bad[0].code == "damaged-file"


def test_when_the_upper_pages_are_damaged_the_lower_ones_are_found(read_file):
    data = bytearray(pst({"Inbox": [mail(number) for number in range(1, 60)]}))
    root = int.from_bytes(data[224:232], "little")
    data[root + 496] = 0
    reading = read_file(bytes(data))
    assert len(reading.records) == 59
    assert [bad.code for bad in reading.bad] == ["damaged-file"]


def test_one_damaged_byte_costs_its_mail_only(read_file):
    data = bytearray(pst({"Inbox": [mail(number) for number in range(1, 30)]}))
    data[data.index("봐요 7".encode("utf-16-le"))] ^= 0x20
    reading = read_file(bytes(data))
    assert len(reading.records) == 29
    assert [flaw.code for flaw in reading.flaws] == ["damaged-mail"]
