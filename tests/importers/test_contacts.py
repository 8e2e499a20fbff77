"""vCards in, contacts out: the three versions, Apple's and Android's own properties, and files broken in places."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.contacts.vcard import VCardImporter
from darak.records.record import Identity, Place

CONTACTS = VCardImporter()


def card(body: str, version: str = "3.0") -> str:
    return f"BEGIN:VCARD\nVERSION:{version}\n{body.strip()}\nEND:VCARD\n"


@pytest.fixture
def read_vcf(tmp_path, read):
    def read_text(text: str | bytes):
        data = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()
        (tmp_path / "a.vcf").write_bytes(data)
        return read(CONTACTS, tmp_path / "a.vcf")

    return read_text


def test_a_contact_brings_its_numbers_and_addresses_under_one_name(read_vcf):
    (record,) = read_vcf(
        card(
            "N:김;하늘;;;\nFN:김하늘\nTEL;TYPE=CELL,VOICE:010-1234-5678\n"
            "item1.TEL:+82 2 123 4567\nitem1.X-ABLabel:_$!<Work>!$_\n"
            "EMAIL;TYPE=INTERNET:Haneul@Example.org\nIMPP;X-SERVICE-TYPE=Jabber:xmpp:sky@chat.org\n"
            "ORG:다락 주식회사;개발팀\nTITLE:과장\nNOTE:첫 줄\\n둘째\\, 줄\n"
            "BDAY:1990-03-04\nUID:abc-1\nREV:2024-01-02T03:04:05Z\n"
            "ADR;TYPE=HOME:;;테헤란로 1;서울;;06000;대한민국\nGEO:37.5;127.0\nURL:https://example.org\nCATEGORIES:친구,회사"
        )
    ).records
    assert (record.kind, record.title, record.native_id) == ("contact", "김하늘", "abc-1")
    assert record.time.local is None
    name = "김하늘"
    handles = ("010-1234-5678", "+82 2 123 4567", "haneul@example.org", "sky@chat.org")
    assert record.people == tuple(Identity(handle, name) for handle in handles)
    assert record.place == Place("테헤란로 1, 서울, 06000, 대한민국", 37.5, 127.0)
    assert record.url == "https://example.org"
    assert record.text.split("\n") == [
        "김하늘",
        "cell: 010-1234-5678",
        "Work: +82 2 123 4567",
        "mail: Haneul@Example.org",
        "Jabber: sky@chat.org",
        "다락 주식회사 · 개발팀",
        "과장",
        "첫 줄",
        "둘째, 줄",
        "birthday: 1990-03-04",
        "home: 테헤란로 1, 서울, 06000, 대한민국",
        "https://example.org",
        "친구, 회사",
    ]
    assert record.extra == {
        "contact": True,
        "organisation": ["다락 주식회사", "개발팀"],
        "title": "과장",
        "birthday": "1990-03-04",
        "categories": ["친구", "회사"],
        "revised": "2024-01-02T03:04:05Z",
    }


def test_version_2_1_in_quoted_printable_over_several_lines(read_vcf):
    text = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EC=9D=B4;=EC=86=8C=\n=EC=9C=A4;;;\nTEL;CELL;PREF:01012345678\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo\nX-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Sunny;1;;;",
        version="2.1",
    )
    (record,) = read_vcf(text).records
    assert record.title == "이소윤"
    assert record.people == (Identity("01012345678", "이소윤"), Identity("이소윤 “Sunny”", "Sunny"))
    assert record.text == "이소윤\ncell: 01012345678\none\ntwo\nnickname: Sunny"


def test_korean_cards_of_old_phones_are_in_cp949(read_vcf):
    (record,) = read_vcf(card("FN:박지훈\nTEL;CELL:01099998888", "2.1").encode("cp949")).records
    assert record.title == "박지훈"


def test_line_ends_that_were_doubled_on_the_way_break_no_fold(read_vcf):
    data = card('FN:Mira\nNOTE:a long\n  note\nADR;LABEL="1 Quay^nHarbour":;;1 Quay;;;;')
    reading = read_vcf(data.replace("\n", "\r\r\n").encode())
    assert "a long note" in reading.records[0].text and "1 Quay, Harbour" in reading.records[0].text
    assert not reading.flaws


@pytest.mark.parametrize(
    ("version", "photo"),
    [
        ("2.1", "PHOTO;JPEG;ENCODING=BASE64:{0}\n {1}\n\n"),
        ("2.1", "PHOTO;ENCODING=BASE64;TYPE=JPEG:{0}\n{1}\n\n"),
        ("3.0", "PHOTO;ENCODING=b;TYPE=JPEG:{0}\n {1}"),
        ("4.0", "PHOTO:data:image/jpeg;base64,{0}\n {1}"),
    ],
)
def test_a_picture_is_kept_as_a_file(read_vcf, version, photo):
    picture = bytes(range(90))
    code = base64.b64encode(picture).decode()
    reading = read_vcf(card("FN:Ann\n" + photo.format(code[:60], code[60:]) + "\nTEL:12345678", version))
    (record,) = reading.records
    assert [(blob.data, blob.mime) for blob in record.blobs] == [(picture, "image/jpeg")]
    assert record.people == (Identity("12345678", "Ann"),)
    assert not reading.flaws


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:19900304", "1990-03-04"),
        ("BDAY;VALUE=date:1990-03-04T00:00:00Z", "1990-03-04"),
        ("BDAY:--0304", "--03-04"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04", "--03-04"),
        ("BDAY:circa 1800", "circa 1800"),
    ],
)
def test_a_birthday_is_as_precise_as_it_is_written(read_vcf, line, birthday):
    (record,) = read_vcf(card(f"FN:Ann\n{line}", "4.0")).records
    assert record.extra["birthday"] == birthday


def test_a_contact_of_version_4_has_numbers_as_links_and_a_group_is_nobody(read_vcf):
    person, group = read_vcf(
        card('FN:Ann Lee\nTEL;VALUE=uri;TYPE="voice,home":tel:+1-555-010-9999;ext=5\nRELATED;TYPE=spouse:Bob', "4.0")
        + card("KIND:group\nFN:Family\nMEMBER:urn:uuid:1-2", "4.0")
    ).records
    assert person.people == (Identity("+1-555-010-9999", "Ann Lee"),)
    assert "spouse: Bob" in person.text
    assert (group.people, group.extra["members"]) == ((), ["1-2"])


def test_a_card_without_a_name_is_named_by_its_organisation_or_number(read_vcf):
    named, numbered = read_vcf(card("ORG:Airline\nTEL:12345678") + card("TEL:87654321")).records
    assert (named.title, numbered.title) == ("Airline", "87654321")


def test_the_same_card_twice_is_one_contact(read_vcf):
    first, second, other = read_vcf(card("FN:Ann\nTEL:12345678") * 2 + card("FN:Ann\nTEL:87654321")).records
    assert first.native_id == second.native_id != other.native_id


def test_damage_costs_one_card(read_vcf):
    whole = [card(f"FN:Person {n}\nTEL:1000000{n}") for n in range(4)]
    broken = whole[1].replace("BEGIN:VCARD", "BEGIN:VCARX")
    reading = read_vcf(whole[0] + broken + whole[2].replace("END", "EN!") + whole[3])
    assert [record.title for record in reading.records] == [f"Person {n}" for n in range(4)]
    assert [flaw.code for flaw in reading.flaws] == ["no-begin", "no-end"]


@pytest.mark.parametrize("end", [3, 30, -3])
def test_a_file_that_is_cut_keeps_all_whole_cards(read_vcf, end):
    last = card("FN:Cut off")
    reading = read_vcf(card("FN:Whole") + last[:end])
    assert [record.title for record in reading.records] == ["Whole"]
    assert [bad.code for bad in reading.bad] == ["cut-off"]


def test_a_card_that_names_nobody_is_a_bad_row(read_vcf):
    assert [bad.code for bad in read_vcf(card("NOTE:lost")).bad] == ["empty-card"]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(str.strip).filter(bool)


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def fold(line: str) -> str:
    data = line.encode()
    pieces: list[bytes] = []
    while data:
        cut = min(len(data), 70)
        while cut < len(data) and data[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(data[:cut])
        data = data[cut:]
    return "\n ".join(piece.decode() for piece in pieces)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(TEXT, st.text(string.digits, min_size=7, max_size=12), TEXT), min_size=1, max_size=5))
def test_what_is_written_is_read_back(read_vcf, people):
    text = "".join(
        card(f"{fold('FN:' + escape(name))}\nTEL:{number}\n{fold('NOTE:' + escape(note))}")
        for name, number, note in people
    )
    records = read_vcf(text).records
    assert [(record.people[0].handle, record.text.split("\n")[-1]) for record in records] == [
        (number, note) for _, number, note in people
    ]
    assert [record.title for record in records] == [" ".join(name.split()) for name, _, _ in people]


GOOGLE = """First Name,Last Name,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value
하늘,김,다락,1990-03-04,친구 ::: * myContacts,* Work,haneul@x.org ::: kim@x.org,010-1234-5678
Ann,Lee,,,* myContacts,,,"+82 10 2222 3333"
,,,,,,,
"""
GOOGLE_BEFORE = """Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Address 1 - Formatted
김하늘,하늘,김,* myContacts,* Home,haneul@x.org,"서울, 중구"
"""
OUTLOOK = """"First Name","Last Name","Company","Home City","Mobile Phone","E-mail Address","E-mail 2 Address","Notes"
"하늘","김","다락","서울","010-1234-5678","haneul@x.org","kim@x.org","새, 셋"
"""


@pytest.mark.parametrize(
    ("table", "handles", "words"),
    [
        (GOOGLE, ["haneul@x.org", "kim@x.org", "010-1234-5678"], ["Work: haneul@x.org", "birthday: 1990-03-04"]),
        (GOOGLE_BEFORE, ["haneul@x.org"], ["Home: haneul@x.org", "address: 서울, 중구"]),
        (OUTLOOK, ["010-1234-5678", "haneul@x.org", "kim@x.org"], ["mobile: 010-1234-5678", "home: 서울", "새, 셋"]),
    ],
)  # fmt: skip
def test_contacts_as_tables_of_google_and_outlook(tmp_path, read, table, handles, words):
    path = tmp_path / "export.csv"
    path.write_text(table, "utf-8-sig")
    reading = read(VCardImporter(), path)
    record = reading.records[0]
    assert (record.title, [person.handle for person in record.people]) == ("김하늘", handles)
    assert set(words) <= set(record.text.split("\n")) and not reading.bad
    begin, end = (int(place) for place in record.origin.locator.removeprefix("bytes ").split("-"))
    assert "haneul@x.org" in path.read_bytes()[begin:end].decode()


@pytest.mark.parametrize("header", ["Date,Name,Amount,Balance", "First Name,Last Name,Score", "Name,Phone,Note"])
def test_other_tables_with_names_are_no_contacts(tmp_path, read, header):
    (tmp_path / "a.csv").write_text(f"{header}\n{','.join('abcd'[: header.count(',') + 1])}\n", "utf-8")
    assert not read(VCardImporter(), tmp_path / "a.csv").matches


def test_a_nickname_is_a_name_of_its_one_human(read_vcf):
    cards = "".join(
        card(f"FN:{name}\nNICKNAME:Sunny\nTEL:{number}") for name, number in (("이소윤", "1"), ("Ann", "2"))
    )
    one, other = read_vcf(cards).records
    assert [identity.name for identity in one.people] == ["이소윤", "Sunny"]
    assert not {identity.handle for identity in one.people} & {identity.handle for identity in other.people}
