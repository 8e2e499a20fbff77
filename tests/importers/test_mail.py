"""One mail in, one record out: bodies, charsets, attachments, maildirs, and what is no mail."""

from __future__ import annotations

import zipfile
from email import policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers.written_mails import ENVELOPE, MAIL, eml, mail, write_mbox

from darak.importers.mail.headers import addresses, date, header_text
from darak.importers.mail.mime import parse_part
from darak.records.record import Identity

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


def test_a_mail_of_apple_mail_ends_where_its_first_line_says_and_keeps_its_flags(tmp_path, read):
    data = mail("애플 메일").as_bytes(policy=policy.SMTP)
    listed = b"<plist version='1.0'><dict><key>flags</key><integer>8623750165</integer></dict></plist>\n"
    folder = tmp_path / "V10" / "INBOX.mbox" / "Messages"
    folder.mkdir(parents=True)
    path = eml(folder, b"%d      \n" % len(data) + data + b"<?xml version='1.0'?>\n" + listed, "7.emlx")
    (record,) = read(MAIL, tmp_path).records
    assert (record.text, record.title, record.time.iso()) == ("애플 메일", "저녁 약속", "2021-03-02T18:30:05+09:00")
    assert record.extra == {"folder": "INBOX", "flags": ["seen", "replied", "flagged"]}
    start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
    assert path.read_bytes()[start:end] == data


def test_an_emlx_that_was_cut_off_is_told(tmp_path, read):
    data = mail("하나 둘 셋").as_bytes(policy=policy.SMTP)
    reading = read(MAIL, eml(tmp_path, b"%d\n" % len(data) + data[:-4], "7.emlx"))
    assert [flaw.code for flaw in reading.flaws] == ["cut-off"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-03-03 10:00:00", "2025-03-03T10:00:00"),
        ("2025-03-03 10:00 +0900", "2025-03-03T10:00+09:00"),
        ("2025-03-03T01:00:00Z", "2025-03-03T01:00:00Z"),
    ],
)
def test_iso_dates_are_read_though_no_mail_standard_has_them(written, iso):
    time = date(written.encode())
    assert time is not None and (time.iso(), time.written) == (iso, written)
    assert date(b"1900-01-01 00:00:00") is None
