"""Headers of mails: words, addresses and dates."""

from __future__ import annotations

import pytest
from tests.importers.written_mails import MAIL, eml

from darak.importers.mail.headers import addresses, date, header_text
from darak.records.time import Precision


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
