"""Many mails in one file: mbox dialects, Gmail's export, and what is damaged."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
from tests.importers.written_mails import ENVELOPE, MAIL, eml, mail, write_mbox

from darak.importers.mail.mbox import Mbox
from darak.records.time import ZoneSource


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_an_mbox_gives_each_mail_once_and_its_origin_leads_back(tmp_path, read, newline):
    messages = [mail(f"편지 {n}\n\nFrom here on\n>From there", Message_ID=f"<{n}@x>") for n in range(5)]
    path = write_mbox(tmp_path / "box", messages, newline)
    reading = read(MAIL, path)
    assert [record.native_id for record in reading.records] == [f"<{n}@x>" for n in range(5)]
    data = path.read_bytes()
    for n, record in enumerate(reading.records):
        begin, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert data[begin:end].startswith(b"From ") and f"<{n}@x>".encode() in data[begin:end]


def test_quoted_from_lines_are_unquoted_one_level(tmp_path, read):
    data = ENVELOPE + b"From: a@x.org\r\nSubject: s\r\n\r\n>From one\r\n>>From two\r\n> From three\r\nFrom four\r\n\r\n"
    (tmp_path / "m").write_bytes(data)
    assert read(MAIL, tmp_path / "m").records[0].text == "From one\n>From two\n> From three\nFrom four"


@pytest.mark.parametrize(
    "line",
    [
        b"From ",
        b"From - Tue Mar  2 18:30:05 2021",
        b"From a@x.org Tue Mar 02 18:30:05 2021",
        b"From a@x.org Tue Mar 02 18:30:05 KST 2021",
        b"From a@x.org Tue, 2 Mar 2021 18:30:05 +0900",
        b"From a@x.org",
        b"From 1780000000000000001@xxx Tue Mar 02 09:30:05 +0000 2021",
    ],
)
def test_from_lines_of_many_programs_separate(tmp_path, read, line):
    one = line + b"\n" + b"From: a@x.org\nSubject: %d\n\nwords\n\n"
    (tmp_path / "m").write_bytes(one % 1 + one % 2)
    assert [record.title for record in read(MAIL, tmp_path / "m").records] == ["1", "2"]


def test_gmail_labels_threads_and_states_are_kept(tmp_path, read):
    data = (
        ENVELOPE + b'X-GM-THRID: 1780000000000000000\r\nX-Gmail-Labels: =?UTF-8?B?7Iqk7Yy47ZWo?=,"a, b"\r\n'
        b"From: a@x.org\r\nSubject: s\r\n\r\nwords\r\n"
    )
    (tmp_path / "m").write_bytes(data)
    reading = read(MAIL, tmp_path / "m")
    record = reading.records[0]
    assert record.thread == "gmail:1780000000000000000"
    assert record.native_id == "gmail:1780000000000000001"
    assert record.extra == {"labels": ["스팸함", "a, b"], "state": "spam", "time_from": "envelope"}
    assert (record.time.iso(), record.time.zone_source) == ("2021-03-02T09:30:05Z", ZoneSource.UTC)


@pytest.mark.parametrize(("label", "state"), [("스팸", "spam"), ("Papierkorb", "trash"), ("下書き", "draft")])
def test_a_state_is_known_in_other_languages(tmp_path, read, label, state):
    (record,) = read(MAIL, eml(tmp_path, mail(X_Gmail_Labels=label))).records
    assert record.extra["state"] == state


def test_two_mails_of_one_message_id_stay_two_when_gmail_numbers_them(tmp_path, read):
    second = ENVELOPE.replace(b"0001@", b"0002@")
    body = b"Message-ID: <same@x>\r\nFrom: a@x.org\r\nDate: Tue, 2 Mar 2021 18:30:05 +0900\r\n\r\nwords\r\n\r\n"
    (tmp_path / "m").write_bytes(ENVELOPE + body + second + body)
    assert [r.native_id for r in read(MAIL, tmp_path / "m").records] == ["<same@x>", "gmail:1780000000000000002"]


def test_deleted_mails_of_thunderbird_are_no_records(tmp_path, read):
    data = b"From - Tue Mar  2 18:30:05 2021\nX-Mozilla-Status: 000%d\nFrom: a@x.org\nSubject: s\n\nwords\n\n"
    (tmp_path / "m").write_bytes(data % 1 + data % 8 + data % 9)
    reading = read(MAIL, tmp_path / "m")
    assert (len(reading.records), reading.ignored) == (1, 2)


def test_every_from_line_is_counted_before_its_mail_is_parsed(tmp_path):
    (tmp_path / "m").write_bytes((ENVELOPE + b"From: a@x.org\r\nSubject: s\r\n\r\nwords\r\n\r\n") * 3)
    with (tmp_path / "m").open("rb") as stream:
        box = Mbox(stream)
        assert [(box.separators, message.start) for message in box] == [(1, 0), (2, 99), (3, 198)]


def test_a_damaged_from_line_does_not_hide_a_mail(tmp_path, read):
    body = b"Message-ID: <%d@x>\r\nFrom: a@x.org\r\nDate: Tue, 2 Mar 2021 18:30:05 +0900\r\n\r\nwords\r\n\r\n"
    data = ENVELOPE + body % 1 + ENVELOPE + body % 2 + ENVELOPE + body % 3
    for place in range(data.index(ENVELOPE, 10), data.index(ENVELOPE, 10) + 5):
        (tmp_path / "m").write_bytes(data[:place] + b"#" + data[place + 1 :])
        assert len(read(MAIL, tmp_path / "m").records) == 3


def test_one_damaged_byte_anywhere_costs_at_most_one_mail(tmp_path, read):
    rng = random.Random(3)
    whole = write_mbox(tmp_path / "box", [mail(f"편지 {n}", Message_ID=f"<{n}@x>") for n in range(4)]).read_bytes()
    intact = {(record.native_id, record.text) for record in read(MAIL, tmp_path / "box").records}
    for _ in range(300):
        place = rng.randrange(len(b"From x"), len(whole))
        (tmp_path / "box").write_bytes(whole[:place] + bytes([rng.randrange(256)]) + whole[place + 1 :])
        found = {(record.native_id, record.text) for record in read(MAIL, tmp_path / "box").records}
        assert len(intact - found) <= 1


def test_a_cut_off_mbox_gives_the_whole_mails_and_marks_the_last(tmp_path, read):
    messages = []
    for n in range(3):
        message = mail(f"mail {n}", Message_ID=f"<{n}@x>")
        message.add_attachment(bytes(range(256)) * 20, "image", "png", filename="a.png")
        messages.append(message)
    path = write_mbox(tmp_path / "box", messages)
    path.write_bytes(path.read_bytes()[:-2000])
    reading = read(MAIL, path)
    assert len(reading.records) == 3
    assert [flaw.code for flaw in reading.flaws] == ["cut-off"]


def test_a_cut_off_gzip_gives_every_mail_before_the_cut_and_one_bad_row(tmp_path, read):
    rng = random.Random(1)
    text = "".join(
        f"From a@x.org Tue Mar 02 18:30:05 2021\nFrom: a@x.org\nMessage-ID: <{n}@x>\nSubject: {n}\n\n{rng.random()}\n\n"
        for n in range(3000)
    )
    packed = gzip.compress(text.encode())[:-20_000]
    (tmp_path / "box.gz").write_bytes(packed)
    begun = zlib.decompressobj(31).decompress(packed).count(b"From a@x.org Tue")
    reading = read(MAIL, tmp_path / "box.gz")
    assert len(reading.records) == begun - 1 > 100
    assert [bad.code for bad in reading.bad] == ["cut-off"]


@pytest.mark.parametrize("step", [4, 7, 100, 5000])
def test_a_mail_is_whole_however_the_stream_hands_out_its_bytes(step):
    one = ENVELOPE + b"From: a@x.org\r\nSubject: s\r\n\r\n>From me\r\n" + b"x" * 3000 + b"\r\n\r\n"

    class Slow(io.BytesIO):
        def read1(self, size=-1):
            return self.read(step)

    messages = list(Mbox(Slow(b"\xef\xbb\xbf" + one * 4)))
    assert len({message.data for message in messages}) == 1
    assert [(message.start, message.end) for message in messages] == [
        (3 + n * len(one), 3 + (n + 1) * len(one)) for n in range(4)
    ]


def test_reading_goes_on_from_a_checkpoint_with_the_same_ids(tmp_path, read, monkeypatch):
    monkeypatch.setattr("darak.importers.mail.mail._CHECKPOINT_EVERY", 100)
    one = b"From %d@xxx Tue Mar 02 09:30:05 +0000 2021\nFrom: a@x.org\nMessage-ID: <%d@x>\nSubject: s\n\nwords\n\n"
    numbers = [*range(250), 7, 249]
    data = b"".join(one % (1780000000000000000 + place, n) for place, n in enumerate(numbers))
    (tmp_path / "box").write_bytes(data)
    whole = read(MAIL, tmp_path / "box")
    assert len(whole.checkpoints) == 2
    rest = read(MAIL, tmp_path / "box", whole.checkpoints[-1])
    assert [r.native_id for r in rest.records] == [r.native_id for r in whole.records][200:]


def test_no_checkpoint_after_a_mail_without_an_id(tmp_path, read, monkeypatch):
    monkeypatch.setattr("darak.importers.mail.mail._CHECKPOINT_EVERY", 100)
    one = b"From a@x.org Tue Mar 02 18:30:05 2021\nFrom: a@x.org\nSubject: s\n\nwords\n\n"
    (tmp_path / "box").write_bytes(one * 250)
    assert read(MAIL, tmp_path / "box").checkpoints == []


def test_a_message_id_that_is_a_constant_names_no_mail(tmp_path, read):
    for constant in (b"<xxxx>", b"<@localhost>"):
        eml(tmp_path, mail().as_bytes().replace(b"<one@example.kr>", constant), f"{constant.hex()}.eml")
    assert [record.native_id for record in read(MAIL, tmp_path).records] == [None, None]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_where_a_length_is_told_a_from_line_within_it_is_of_the_mail(tmp_path, read, newline):
    inner = b"look\n\nFrom b@x.org Tue Mar  2 18:30:05 2021\nFrom: b@x.org\nSubject: inner\n\nquoted\n".replace(
        b"\n", newline
    )
    head = b"From a@x.org Tue Mar 02 18:30:05 2021\nFrom: a@x.org\nMessage-ID: <%d@x>\nContent-Length: %d\n\n"
    mails = [
        (head % (1, len(inner))).replace(b"\n", newline) + inner,
        (head % (2, 5)).replace(b"\n", newline) + b"words",
    ]
    data = newline.join([*mails, b""])
    (tmp_path / "box").write_bytes(data)
    reading = read(MAIL, tmp_path / "box")
    assert [record.native_id for record in reading.records] == ["<1@x>", "<2@x>"]
    assert reading.records[0].text.endswith("Subject: inner\n\nquoted")
    begin, end = map(int, reading.records[0].origin.locator.removeprefix("bytes ").split("-"))
    assert data[begin:end].strip() == mails[0].strip()


@pytest.mark.parametrize("length", [0, 3, 200, 10_000, 10**9])
def test_a_length_that_is_wrong_joins_no_mails(tmp_path, read, length):
    one = b"From a@x.org Tue Mar 02 18:30:05 2021\nFrom: a@x.org\nMessage-ID: <%d@x>\nContent-Length: %d\n\nwords\n\n"
    (tmp_path / "box").write_bytes(b"".join(one % (number, length) for number in range(20)))
    assert [record.native_id for record in read(MAIL, tmp_path / "box").records] == [f"<{n}@x>" for n in range(20)]
