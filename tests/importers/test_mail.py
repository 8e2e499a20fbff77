"""Mail in, records out: mbox dialects, single files, maildirs, Gmail's export, and what is damaged."""

from __future__ import annotations

import gzip
import io
import mailbox
import random
import zipfile
import zlib
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.mail.headers import addresses, date, header_text
from darak.importers.mail.mail import MailImporter
from darak.importers.mail.mbox import Mbox
from darak.importers.mail.mime import parse_part
from darak.records.record import Identity
from darak.records.time import Precision, ZoneSource

MAIL = MailImporter()


def mail(text: str = "저녁에 보자.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    values = {
        "From": "김하늘 <Haneul@Example.kr>",
        "To": "me@example.org",
        "Subject": "저녁 약속",
        "Date": "Tue, 02 Mar 2021 18:30:05 +0900",
        "Message-ID": "<one@example.kr>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def eml(folder: Path, data: bytes | EmailMessage, name: str = "a.eml") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes(policy=policy.SMTP))
    return path


ENVELOPE = b"From 1780000000000000001@xxx Tue Mar 02 09:30:05 +0000 2021\r\n"


# One mail


def test_a_mail_has_its_people_time_title_and_words(tmp_path, read):
    message = mail(Cc='"Lee, Jieun" <jieun@example.org>, bare@example.org (Bare Name)')
    (record,) = read(MAIL, eml(tmp_path, message)).records
    assert record.author == Identity("haneul@example.kr", "김하늘")
    assert [person.handle for person in record.people] == ["me@example.org", "jieun@example.org", "bare@example.org"]
    assert [person.name for person in record.people] == [None, "Lee, Jieun", "Bare Name"]
    assert (record.title, record.text, record.native_id) == ("저녁 약속", "저녁에 보자.", "<one@example.kr>")
    assert record.time.iso() == "2021-03-02T18:30:05+09:00"
    assert record.time.written == "Tue, 02 Mar 2021 18:30:05 +0900"
    assert record.extra == {"cc": ["jieun@example.org", "bare@example.org"]}


def test_replies_share_the_thread_of_the_first_mail(tmp_path, read):
    eml(tmp_path, mail(), "1.eml")
    eml(tmp_path, mail(Message_ID="<two@x>", In_Reply_To="<one@example.kr>"), "2.eml")
    eml(tmp_path, mail(Message_ID="<three@x>", References="<one@example.kr> <two@x>", In_Reply_To="<two@x>"), "3.eml")
    records = read(MAIL, tmp_path).records
    assert {record.thread for record in records} == {"<one@example.kr>"}
    assert [record.parent for record in records] == [None, "<one@example.kr>", "<two@x>"]


def test_plain_text_is_preferred_and_html_is_stripped(tmp_path, read):
    both = mail("plain words")
    both.add_alternative("<p>html words</p>", subtype="html")
    (record,) = read(MAIL, eml(tmp_path, both)).records
    assert (record.text, record.blobs) == ("plain words", ())
    only = mail()
    only.set_content("<style>p{}</style><p>첫 줄 &amp; 더</p><div>둘째<br>셋째</div>", subtype="html")
    (record,) = read(MAIL, eml(tmp_path, only)).records
    assert record.text == "첫 줄 & 더\n둘째\n셋째"


def test_an_empty_plain_part_yields_to_the_html_beside_it(tmp_path, read):
    message = mail("\n")
    message.add_alternative("<b>words</b>", subtype="html")
    assert read(MAIL, eml(tmp_path, message)).records[0].text == "words"


def test_attachments_become_blobs_and_their_text_is_not_the_mails(tmp_path, read):
    message = mail("see attachment")
    message.add_attachment(b"\x89PNG data", "image", "png", filename="사진.png")
    message.add_attachment("inner notes", filename="notes.txt")
    (record,) = read(MAIL, eml(tmp_path, message)).records
    assert record.text == "see attachment"
    assert [(blob.name, blob.mime, blob.data) for blob in record.blobs] == [
        ("사진.png", "image/png", b"\x89PNG data"),
        ("notes.txt", "text/plain", b"inner notes\r\n"),
    ]


def test_a_forwarded_mail_is_part_of_what_was_said(tmp_path, read):
    outer = mail("look at this")
    outer.add_attachment(mail("the original words", Subject="원래 제목", Message_ID="<inner@x>"))
    (record,) = read(MAIL, eml(tmp_path, outer)).records
    assert "look at this" in record.text
    assert "Subject: 원래 제목" in record.text and "the original words" in record.text


def test_flowed_text_is_one_line_again(tmp_path, read):
    data = (
        b"From: a@x.org\r\nSubject: s\r\nDate: Tue, 2 Mar 2021 18:30:05 +0900\r\n"
        b"Content-Type: text/plain; format=flowed\r\n\r\none long \r\nline\r\n> quoted \r\n> too\r\nend\r\n"
    )
    assert read(MAIL, eml(tmp_path, data)).records[0].text == "one long line\n> quoted too\nend"


@pytest.mark.parametrize(
    "charset", ["ks_c_5601-1987", "euc-kr", '"EUC-KR"', "x-windows-949", "us-ascii", "utf-8", "no-such"]
)
def test_korean_mail_is_read_under_every_name_of_its_charset(tmp_path, read, charset):
    # 뷁 is in cp949 but not in EUC-KR, which real mail declares all the same.
    data = f"From: a@x.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    reading = read(MAIL, eml(tmp_path, data.encode() + "안녕 뷁\r\n".encode("cp949")))
    assert reading.records[0].text == "안녕 뷁"


def test_damaged_utf8_is_marked_and_not_taken_for_another_encoding(tmp_path, read):
    body = "오늘 저녁에 다 같이 모여서 밥을 먹기로 했다".encode()
    head = b"From: a@x.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nDate: Tue, 2 Mar 2021 18:30 +0900\r\n\r\n"
    reading = read(MAIL, eml(tmp_path, head + body[:20] + b"\xff" + body[21:]))
    assert "밥을 먹기로 했다" in reading.records[0].text and "\ufffd" in reading.records[0].text
    assert [flaw.code for flaw in reading.flaws] == ["undecodable-text"]


def test_half_characters_do_not_get_through(tmp_path, read):
    data = (
        b"From: a@x.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-!\r\n"
    )
    read(MAIL, eml(tmp_path, data)).records[0].text.encode("utf-8")


# Headers


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?UTF-8?B?7KCA64WB?= =?UTF-8?B?IOyVveyGjQ==?=", "저녁 약속"),
        ("=?UTF-8?B?7KCA64U=?=\r\n =?UTF-8?B?gSE=?=", "저녁!"),  # a character cut in two
        ("=?ks_c_5601-1987?B?yLi9xA==?= 공지", "회식 공지"),
        ("=?euc-kr?Q?=C8=B8=BD=C4?=", "회식"),
        ("Re: =?iso-8859-1?Q?Caf=E9_au_lait?= today", "Re: Café au lait today"),
        ("=?utf-8?b?7KCA64WB?", "=?utf-8?b?7KCA64WB?"),
        ("plain\r\n\tfolded", "plain folded"),
    ],
)
def test_header_words_are_decoded(raw, text):
    assert header_text(raw.encode("utf-8")) == text


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("a@x.org", [("a@x.org", None)]),
        ("A@X.org (Ann Lee)", [("a@x.org", "Ann Lee")]),
        ('"Lee, Ann" <a@x.org>, b@x.org', [("a@x.org", "Lee, Ann"), ("b@x.org", None)]),
        ("=?UTF-8?Q?Lee,_Ann?= <a@x.org>", [("a@x.org", "Lee, Ann")]),
        ('"=?UTF-8?B?6rmA?=" <a@x.org>', [("a@x.org", "김")]),
        ("alice@x.org <bob@x.org>", [("bob@x.org", "alice@x.org")]),
        ("friends: a@x.org, b@x.org;, c@x.org", [("a@x.org", None), ("b@x.org", None), ("c@x.org", None)]),
        ("undisclosed-recipients:;", []),
        ("a@x.org, A@x.org", [("a@x.org", None)]),
        ("", []),
    ],
)
def test_addresses(raw, people):
    assert [(person.handle, person.name) for person in addresses([raw.encode()])] == people


@pytest.mark.parametrize(
    ("written", "iso", "zone"),
    [
        ("Tue, 2 Mar 2021 18:30:05 +0900", "2021-03-02T18:30:05+09:00", "+09:00"),
        ("2 Mar 2021 18:30 +0900", "2021-03-02T18:30+09:00", "+09:00"),
        ("Tue, 2 Mar 2021 18:30:05 +0900 (KST)", "2021-03-02T18:30:05+09:00", "+09:00"),
        ("Tue, 2 Mar 2021 18:30:05 KST", "2021-03-02T18:30:05+09:00", "+09:00"),
        ("Tue, 2 Mar 2021 18:30:05 EST", "2021-03-02T18:30:05-05:00", "-05:00"),
        ("Tue, 2 Mar 2021 18:30:05 GMT", "2021-03-02T18:30:05Z", "UTC"),
        ("Tue, 2 Mar 2021 18:30:05 GMT+09:00", "2021-03-02T18:30:05+09:00", "+09:00"),
        ("Tue, 2 Mar 2021 18:30:05 -0000", "2021-03-02T18:30:05Z", "UTC"),
        ("Tue, 2 Mar 2021 18:30:05", "2021-03-02T18:30:05", None),
        ("Tue Mar  2 18:30:05 2021", "2021-03-02T18:30:05", None),
    ],
)
def test_dates(written, iso, zone):
    time = date(written.encode())
    assert time is not None
    assert (time.iso(), time.zone) == (iso, zone)


@pytest.mark.parametrize("written", ["", "yesterday", "32 Foo 2021", "Thu, 1 Jan 0001 00:00:00 +0000"])
def test_what_is_no_date_is_none(written):
    assert date(written.encode()) is None


def test_a_mail_without_a_date_has_the_time_it_arrived_and_is_partial(tmp_path, read):
    data = b"Received: from a by b; Wed, 3 Mar 2021 01:02:03 +0900\r\nFrom: a@x.org\r\nSubject: s\r\n\r\nwords\r\n"
    reading = read(MAIL, eml(tmp_path, data))
    assert reading.records[0].time.iso() == "2021-03-03T01:02:03+09:00"
    assert reading.records[0].extra == {"time_from": "received"}
    assert [flaw.code for flaw in reading.flaws] == ["missing-date"]


def test_an_unreadable_date_is_kept_as_written(tmp_path, read):
    data = b"From: a@x.org\r\nTo: b@x.org\r\nMIME-Version: 1.0\r\nDate: sometime in May\r\n\r\nwords\r\n"
    reading = read(MAIL, eml(tmp_path, data))
    time = reading.records[0].time
    assert (time.written, time.local, time.precision) == ("sometime in May", None, Precision.UNKNOWN)
    assert [flaw.code for flaw in reading.flaws] == ["invalid-date"]


# mbox


def write_mbox(path: Path, messages: list[EmailMessage], newline: bytes = b"\n") -> Path:
    box = mailbox.mbox(path, create=True)
    for message in messages:
        box.add(message)
    box.close()
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline))
    return path


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


# Maildir and detection


def test_a_maildir_is_one_export_with_folders_and_flags(tmp_path, read):
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".&1zTJwNG1-/cur"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    eml(tmp_path / "Maildir/cur", mail(Message_ID="<1@x>"), "1.host:2,RS")
    eml(tmp_path / "Maildir/new", mail(Message_ID="<2@x>"), "2.host")
    eml(tmp_path / "Maildir/tmp", mail(Message_ID="<3@x>"), "3.host")
    eml(tmp_path / "Maildir/.Sent/cur", mail(Message_ID="<4@x>"), "4.host:2,S")
    eml(tmp_path / "Maildir/.&1zTJwNG1-/cur", mail(Message_ID="<5@x>"), "5.host:2,")
    reading = read(MAIL, tmp_path)
    assert len(reading.matches) == 1
    extras = {record.native_id: record.extra for record in reading.records}
    assert extras == {
        "<1@x>": {"flags": ["replied", "seen"]},
        "<2@x>": {},
        "<4@x>": {"folder": "Sent", "flags": ["seen"]},
        "<5@x>": {"folder": "휴지통", "state": "trash"},
    }
    assert reading.ignored == 1


def test_a_zipped_maildir_is_a_maildir(tmp_path, read):
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.writestr("cur/1.host:2,S", mail(Message_ID="<1@x>").as_bytes())
        archive.writestr(".Sent/cur/2.host:2,", mail(Message_ID="<2@x>").as_bytes())
    reading = read(MAIL, tmp_path / "mail.zip")
    assert len(reading.matches) == 1
    assert {record.native_id: record.extra for record in reading.records} == {
        "<1@x>": {"flags": ["seen"]},
        "<2@x>": {"folder": "Sent"},
    }


def test_mail_is_known_by_its_structure_and_not_by_its_name(tmp_path, read):
    eml(tmp_path, mail(Received="from a by b; Tue, 2 Mar 2021 18:30:05 +0900"), "letter")
    eml(tmp_path, mail(From="<Saved by Blink>"), "page.mht")
    (tmp_path / "notes.txt").write_text("From: the window\nwe saw the sea\n")
    (tmp_path / "story.txt").write_text("From the window\nwe saw: the sea\n")
    (tmp_path / "mail.eml").write_text("nothing of the kind\n")
    (match,) = read(MAIL, tmp_path).matches
    assert match.members == ("letter",) and match.score >= 0.9


@pytest.mark.parametrize("front", [b"\xef\xbb\xbf", b"\r\n", b"\xef\xbb\xbf\n\n"])
def test_what_stands_before_the_first_header_is_passed_over(tmp_path, read, front):
    data = mail().as_bytes(policy=policy.SMTP)
    (record,) = read(MAIL, eml(tmp_path, front + data, "a")).records
    assert record.author == Identity("haneul@example.kr", "김하늘")
    assert record.origin.locator == f"bytes {len(front)}-{len(front) + len(data)}"


def test_what_has_no_header_is_a_bad_row_with_its_bytes(tmp_path, read):
    data = ENVELOPE + b"From: a@x.org\r\nSubject: s\r\n\r\nwords\r\n\r\n" + ENVELOPE + b"\r\nno header at all\r\n"
    (tmp_path / "m").write_bytes(data)
    reading = read(MAIL, tmp_path / "m")
    assert len(reading.records) == 1
    assert [(bad.code, b"no header at all" in bad.raw) for bad in reading.bad] == [("not-a-message", True)]


# Whatever is written is read


lines = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\x85"), max_size=60)
bodies = st.lists(lines, max_size=8).map("\n".join).map(lambda text: text.strip("\n"))
encodings = st.sampled_from(["base64", "quoted-printable", "8bit"])
words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, bodies, encodings), min_size=1, max_size=4))
def test_what_a_mailer_writes_is_read_back(tmp_path, read, mails):
    path = tmp_path / "box"
    path.unlink(missing_ok=True)
    messages = []
    for n, (subject, name, body, encoding) in enumerate(mails):
        message = mail(Subject=subject, From=f"{name} <a{n}@x.org>", Message_ID=f"<{n}@x>")
        message.set_content(body, cte=encoding)
        messages.append(message)
    records = read(MAIL, write_mbox(path, messages)).records
    assert [(r.title, r.author.name, r.text) for r in records] == [(s, name, body) for s, name, body, _ in mails]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_parser_raise(data):
    parse_part(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + data)
    parse_part(data)
    header_text(data)
    addresses([data])
    date(data)
