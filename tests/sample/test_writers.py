"""What each writer wrote is read back by other means: the standard library and patterns of the format."""

from __future__ import annotations

import csv
import json
import mailbox
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from darak.sample.course import Room
from darak.sample.model import Attachment, CalendarEvent, ChatLine, Mail, Pressure
from darak.sample.writers.apple_health import write_apple_health
from darak.sample.writers.calendar import write_calendar
from darak.sample.writers.kakaotalk import write_kakaotalk
from darak.sample.writers.mbox import write_mbox

NOW = datetime(2025, 12, 31, 21, 5)


def mail(**changes: object) -> Mail:
    values: dict[str, object] = {
        "id": "1@a.example", "time": datetime(2021, 3, 4, 9, 7), "sender": ("김하은", "haeun@dalmail.example"),
        "to": (("Tom Reid", "tom@postbox.example"),), "subject": "Hello", "body": "text",
    }  # fmt: skip
    return Mail(**{**values, **changes})  # type: ignore[arg-type]


def read_mails(path: Path) -> list:
    raw = (re.sub(rb"^>(>*From )", rb"\1", bytes(message), flags=re.M) for message in mailbox.mbox(path))
    return [message_from_bytes(one, policy=policy.default) for one in raw]


@pytest.mark.parametrize("charset", ["utf-8", "ks_c_5601-1987"])
@pytest.mark.parametrize("html", [False, True])
def test_mail_bodies_of_every_encoding_come_back(tmp_path: Path, charset: str, html: bool) -> None:
    body = "안녕하세요.\n\nFrom here on it is mixed: 가나다 & <tags>, café.\n>From the past"
    body = body.replace("é", "e") if charset != "utf-8" else body
    write_mbox([mail(body=body, charset=charset, html=html, subject="긴 제목입니다 " * 9)], tmp_path / "a.mbox")
    (message,) = read_mails(tmp_path / "a.mbox")
    plain = message.get_body(("plain",))
    assert plain.get_content().rstrip("\n") == body
    assert plain.get_content_charset() == charset
    assert message["Subject"] == "긴 제목입니다 " * 9
    assert message["From"].addresses[0].display_name == "김하은"


def test_mostly_ascii_mail_is_quoted_printable(tmp_path: Path) -> None:
    write_mbox([mail(body="A plain mail from the café, long enough to be mostly ASCII text. " * 3)], tmp_path / "a")
    (message,) = read_mails(tmp_path / "a")
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert "café" in message.get_content()


def test_mail_thread_labels_and_attachment(tmp_path: Path) -> None:
    receipt = Attachment("영수증.txt", "text/plain", b"1 KRW")
    first = mail(thread=3, labels=("받은편지함", "여행"), attachments=(receipt,))
    reply = mail(id="2@b.example", time=datetime(2021, 3, 4, 9, 30), parent=first.id, thread=3)
    write_mbox([reply, first], tmp_path / "a")
    one, two = read_mails(tmp_path / "a")
    assert two["In-Reply-To"] == one["Message-ID"] == "<1@a.example>"
    assert one["X-GM-THRID"] == two["X-GM-THRID"]
    assert one["X-Gmail-Labels"] == "받은편지함,여행"
    (attachment,) = one.iter_attachments()
    assert attachment.get_filename() == "영수증.txt"
    assert attachment.get_payload(decode=True) == b"1 KRW"


CLOCK = r"(?P<half>오전|오후) (?P<hour>\d+):(?P<minute>\d\d)"
PATTERNS = {
    "android_ko": rf"(?P<y>\d+)년 (?P<m>\d+)월 (?P<d>\d+)일 {CLOCK}, (?P<name>.+?) : (?P<text>.+)",
    "ios_ko": rf"(?P<y>\d+)\. (?P<m>\d+)\. (?P<d>\d+)\. {CLOCK}, (?P<name>.+?) : (?P<text>.+)",
    "ios_ko_old": rf"{CLOCK}, (?P<name>.+?) : (?P<text>.+)",
    "windows_ko": rf"\[(?P<name>.+?)\] \[{CLOCK}\] (?P<text>.+)",
    "ios_en": r"(?P<month>\w{3}) (?P<d>\d+), (?P<y>\d+) at (?P<hour>\d+):(?P<minute>\d\d), "
    r"(?P<name>.+?) : (?P<text>.+)",
}
LINES = [
    ChatLine("r", datetime(2020, 1, 2, 0, 5), "솔", "자정 지남"),
    ChatLine("r", datetime(2020, 1, 2, 12, 30), "영업:바다", "콜론 : 있는 글"),
    ChatLine("r", datetime(2020, 1, 3, 23, 59), "솔", "끝"),
]


def room(variant: str) -> Room:
    return Room("r", "독서모임", variant, "ko", ("a",), NOW.date(), NOW.date(), 1, "friends_ko")


def hour(found: dict[str, str]) -> int:
    if "half" not in found:
        return int(found["hour"])
    return int(found["hour"]) % 12 + 12 * (found["half"] == "오후")


@pytest.mark.parametrize("variant", sorted(PATTERNS))
def test_chat_lines_of_each_variant_come_back(tmp_path: Path, variant: str) -> None:
    path = write_kakaotalk(room(variant), LINES, NOW, tmp_path)
    matches = map(re.compile(PATTERNS[variant]).fullmatch, path.read_text("utf-8").splitlines())
    found = [match.groupdict() for match in matches if match]
    assert [(one["name"], one["text"]) for one in found] == [(line.author, line.text) for line in LINES]
    assert [hour(one) for one in found] == [0, 12, 23]


def test_chat_of_the_mac_is_a_csv_with_seconds(tmp_path: Path) -> None:
    lines = [*LINES, ChatLine("r", LINES[-1].time, "솔", '따옴표 "둘"\n줄 둘')]
    path = write_kakaotalk(room("mac_csv"), lines, NOW, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Message"] for row in rows] == [line.text for line in lines]
    assert [row["Date"] for row in rows] == sorted(row["Date"] for row in rows)


def test_system_lines_have_no_author(tmp_path: Path) -> None:
    lines = [ChatLine("r", LINES[0].time, "솔", "솔님이 바다님을 초대했습니다.", system=True)]
    for variant in PATTERNS:
        text = write_kakaotalk(room(variant), lines, NOW, tmp_path / variant).read_text("utf-8")
        assert "초대했습니다." in text
        assert "솔 :" not in text


def test_calendar_lines_are_folded_and_escaped(tmp_path: Path) -> None:
    start = datetime(2021, 5, 6, 10, 0)
    title = "긴 제목, 쉼표; 그리고 " + "가" * 60
    event = CalendarEvent("u1", title, start, start, rule="FREQ=WEEKLY;COUNT=3", without=(start,), floating=True)
    write_calendar([event], tmp_path / "a.ics")
    raw = (tmp_path / "a.ics").read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    text = raw.decode("utf-8").replace("\r\n ", "")
    assert "SUMMARY:긴 제목\\, 쉼표\\; 그리고 " + "가" * 60 in text
    assert "DTSTART:20210506T100000\r\n" in text
    assert "EXDATE:20210506T100000\r\n" in text


def test_all_day_event_is_a_date(tmp_path: Path) -> None:
    day = NOW.date()
    write_calendar([CalendarEvent("u", "이사", day, day)], tmp_path / "a.ics")
    assert "DTSTART;VALUE=DATE:20251231" in (tmp_path / "a.ics").read_text("utf-8")


def test_blood_pressure_is_inside_its_correlation_and_on_its_own(tmp_path: Path) -> None:
    write_apple_health([], [Pressure(NOW, 131, 82, "혈압계")], [], "1990-01-01", NOW, tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        root = ElementTree.fromstring(archive.read("apple_health_export/export.xml"))
    assert [record.get("value") for record in root.iterfind("Record")] == ["131", "82"]
    assert [record.get("value") for record in root.iterfind("Correlation/Record")] == ["131", "82"]
    assert root.find("Correlation").get("startDate") == "2025-12-31 21:05:00 +0900"


def test_conversation_tree_leads_from_current_node_to_the_root(folder: Path) -> None:
    for chat in json.loads((folder / "chatgpt/conversations.json").read_text("utf-8")):
        mapping, node, length = chat["mapping"], chat["current_node"], 0
        while mapping[node]["parent"]:
            assert node in mapping[mapping[node]["parent"]]["children"]
            node, length = mapping[node]["parent"], length + 1
        assert length >= 2


def test_some_conversation_has_an_abandoned_branch(folder: Path) -> None:
    chats = json.loads((folder / "chatgpt/conversations.json").read_text("utf-8"))
    assert any(len(node["children"]) > 1 for chat in chats for node in chat["mapping"].values())


def test_native_records_have_unique_ids_and_known_kinds(folder: Path) -> None:
    records = [json.loads(line) for line in (folder / "phone.jsonl").read_text("utf-8").splitlines()]
    assert len({(one["source"], one["id"]) for one in records}) == len(records)
    assert {one["kind"] for one in records} == {"purchase", "call", "photo", "visit"}
    assert all(one["extra"]["currency"] == "KRW" for one in records if one["kind"] == "purchase")
