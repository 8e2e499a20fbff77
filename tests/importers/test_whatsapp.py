"""WhatsApp chats in, messages out: the locales' stamps, notices, media, and what is damaged or cut off."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.whatsapp.whatsapp import WhatsAppImporter
from darak.importers.chats.whatsapp.words import room_in, stands_for
from darak.records.record import Identity, Place, Record, record_id
from darak.records.time import Precision

WHATSAPP = WhatsAppImporter()

STAMPS = {
    "english, US, Android": ("3/4/24, 9:15 PM - ", "3/25/24, 12:05 AM - "),
    "english, US, Android, narrow space": ("3/4/24, 9:15\u202fPM - ", "3/25/24, 12:05\u202fAM - "),
    "english, UK, Android": ("04/03/2024, 21:15 - ", "25/03/2024, 00:05 - "),
    "english, India, Android": ("04/03/24, 9:15 pm - ", "25/03/24, 12:05 am - "),
    "english, Canada, Android": ("2024-03-04, 9:15 p.m. - ", "2024-03-25, 12:05 a.m. - "),
    "english, South Africa, Android": ("2024/03/04, 21:15 - ", "2024/03/25, 00:05 - "),
    "english, US, iOS": ("[3/4/24, 9:15:00 PM] ", "[3/25/24, 12:05:00 AM] "),
    "english, US, iOS, marks": ("\u200e[3/4/24, 9:15:00\u202fPM] ", "[3/25/24, 12:05:00\u202fAM] "),
    "english, US, iOS, older": ("3/4/24, 9:15:00 PM: ", "3/25/24, 12:05:00 AM: "),
    "german, Android": ("04.03.24, 21:15 - ", "25.03.24, 00:05 - "),
    "german, iOS": ("[04.03.24, 21:15:00] ", "[25.03.24, 00:05:00] "),
    "german, Android, older": ("04.03.24 um 21:15 - ", "25.03.24 um 00:05 - "),
    "korean, Android": ("2024. 3. 4. 오후 9:15 - ", "2024. 3. 25. 오전 12:05 - "),
    "korean, Android, words": ("2024년 3월 4일 오후 9:15 - ", "2024년 3월 25일 오전 12:05 - "),
    "korean, Android, two digits": ("24/3/4 PM 9:15 - ", "24/3/25 AM 12:05 - "),
    "korean, iOS": ("[2024. 3. 4. 오후 9:15:00] ", "[2024. 3. 25. 오전 12:05:00] "),
    "japanese, Android": ("2024/03/04 21:15 - ", "2024/03/25 00:05 - "),
    "japanese, iOS": ("[2024/03/04 21:15:00] ", "[2024/03/25 0:05:00] "),
    "chinese, Taiwan": ("2024/3/4 下午9:15 - ", "2024/3/25 上午12:05 - "),
    "chinese, iOS": ("[2024/3/4 下午9:15:00] ", "[2024/3/25 上午12:05:00] "),
    "chinese, Hong Kong": ("[4/3/2024 下午9:15:00] ", "[25/3/2024 上午12:05:00] "),
    "spanish, Android": ("4/3/24 21:15 - ", "25/3/24 0:05 - "),
    "spanish, Mexico, Android": ("04/03/24 9:15 p.\u00a0m. - ", "25/03/24 12:05 a.\u00a0m. - "),
    "spanish, iOS": ("[4/3/24, 21:15:00] ", "[25/3/24, 0:05:00] "),
    "portuguese, Android": ("04/03/2024 21:15 - ", "25/03/2024 00:05 - "),
    "french, Android": ("04/03/2024 à 21:15 - ", "25/03/2024 à 00:05 - "),
    "french, iOS": ("[04/03/2024 21:15:00] ", "[25/03/2024 00:05:00] "),
    "italian, Android": ("04/03/24, 21:15 - ", "25/03/24, 00:05 - "),
    "dutch, Android": ("04-03-2024 21:15 - ", "25-03-2024 00:05 - "),
    "dutch, iOS": ("[04-03-24 21:15:00] ", "[25-03-24 00:05:00] "),
    "turkish, Android": ("4.03.2024 21:15 - ", "25.03.2024 00:05 - "),
    "russian, Android": ("04.03.2024, 21:15 - ", "25.03.2024, 00:05 - "),
    "hindi, iOS": ("[04/03/24, 9:15:00 अपराह्न] ", "[25/03/24, 12:05:00 पूर्वाह्न] "),
    "arabic, Android": ("٤\u200f/٣\u200f/٢٠٢٤، ٩:١٥ م - ", "٢٥\u200f/٣\u200f/٢٠٢٤، ١٢:٠٥ ص - "),
    "persian, Android": ("۲۰۲۴/۳/۴،\u200f ۲۱:۱۵ - ", "۲۰۲۴/۳/۲۵،\u200f ۰:۰۵ - "),
    "finnish, Android": ("4.3.2024 klo 21.15 - ", "25.3.2024 klo 0.05 - "),
    "danish, Android": ("04.03.2024 21.15 - ", "25.03.2024 00.05 - "),
    "swedish, Android": ("2024-03-04 21:15 - ", "2024-03-25 00:05 - "),
    "hungarian, Android": ("2024. 03. 04. 21:15 - ", "2024. 03. 25. 0:05 - "),
    "slovak, Android": ("4. 3. 2024 21:15 - ", "25. 3. 2024 0:05 - "),
    "bulgarian, Android": ("4.03.24 г., 21:15 ч. - ", "25.03.24 г., 0:05 ч. - "),
    "vietnamese, Android": ("21:15, 04/03/2024 - ", "00:05, 25/03/2024 - "),
    "thai, Android": ("4/3/2567 21:15 - ", "25/3/2567 00:05 - "),
    "greek, Android": ("4/3/24, 9:15 μ.μ. - ", "25/3/24, 12:05 π.μ. - "),
}  # fmt: skip


def write(tmp_path: Path, text: str, name: str = "WhatsApp Chat with Mira.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def said(records: list[Record]) -> list[tuple[str, str, str]]:
    return [(r.time.iso()[:16], r.author.handle if r.author else "", r.text) for r in records]


@pytest.mark.parametrize("locale", STAMPS)
def test_each_locale_is_read(read: Callable, tmp_path: Path, locale: str) -> None:
    first, second = STAMPS[locale]
    text = f"{first}Mira: the boat leaves at 9:15\nsharp\n{first}Jon K: ok: good\n{second}Mira: 잘 자\n"
    reading = read(WHATSAPP, write(tmp_path, text))
    assert said(reading.records) == [
        ("2024-03-04T21:15", "Mira", "the boat leaves at 9:15\nsharp"),
        ("2024-03-04T21:15", "Jon K", "ok: good"),
        ("2024-03-25T00:05", "Mira", "잘 자"),
    ]
    assert not reading.flaws
    assert {r.time.zone for r in reading.records} == {None}
    seconds = any(mark in first for mark in (":00", ":٠٠"))
    assert reading.records[0].time.precision is (Precision.SECOND if seconds else Precision.MINUTE)


ORDERS = (
    "%Y{0}%m{0}%d",
    "%y{0}%m{0}%d",
    "%y{0}%d{0}%m",
    "%d{0}%m{0}%y",
    "%d{0}%m{0}%Y",
    "%m{0}%d{0}%y",
    "%m{0}%d{0}%Y",
)
CLOCKS = ("%H:%M", "%I:%M %p", "%H:%M:%S", "%I:%M:%S %p")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_chat_that_windows_saved_as_unicode_is_read(read: Callable, tmp_path: Path, encoding: str) -> None:
    lines = [f"{day}/01/2024, 21:15 - Mira: 글 {day} ഊ\r\n둘째 줄\r\n" for day in range(13, 29)]
    path = tmp_path / "chat.txt"
    path.write_bytes(f"\ufeff{''.join(lines)}".encode(encoding))
    records = read(WHATSAPP, path).records
    assert [record.text for record in records] == [f"글 {day} ഊ\n둘째 줄" for day in range(13, 29)]
    for record in records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert record.text.replace("\n", "\r\n") in path.read_bytes().decode(encoding).encode()[start:end].decode()


@pytest.mark.parametrize("form", ("{}, {} - ", "[{} {}] ", "[{}, {}] "))
@pytest.mark.parametrize("clock", CLOCKS)
def test_every_order_of_a_date_is_found_over_the_file(read: Callable, tmp_path: Path, form: str, clock: str) -> None:
    moments = [datetime(2018, 12, 3, 21, 5) + timedelta(hours=31 * i) for i in range(30)]
    for order, mark in product(ORDERS, "-/."):
        if form == "[{}, {}] " and order.startswith("%Y") and mark == "-" and "%S" not in clock:
            continue  # signal-export writes Signal's chats so
        stamp = form.format(order.format(mark), clock)
        lines = [f"{moment.strftime(stamp)}{'MJ'[i % 2]}ira: text {i}\n" for i, moment in enumerate(moments)]
        reading = read(WHATSAPP, write(tmp_path, "".join(lines)))
        assert [r.time.local for r in reading.records] == moments, stamp
        assert not reading.flaws, stamp


def test_the_whole_file_decides_which_number_is_the_day(read: Callable, tmp_path: Path) -> None:
    american = "01/02/24, 10:00 - Mira: a\n01/03/24, 10:00 - Jon: b\n02/14/24, 10:00 - Mira: c\n"
    days = [r.time.day.isoformat() for r in read(WHATSAPP, write(tmp_path, american)).records]
    assert days == ["2024-01-02", "2024-01-03", "2024-02-14"]
    backwards = "11/03/24, 10:00 - Mira: a\n12/03/24, 10:00 - Jon: b\n01/04/24, 10:00 - Mira: c\n"
    days = [r.time.day.isoformat() for r in read(WHATSAPP, write(tmp_path, backwards)).records]
    assert days == ["2024-03-11", "2024-03-12", "2024-04-01"]


def test_an_order_that_no_date_shows_is_told(read: Callable, tmp_path: Path) -> None:
    reading = read(WHATSAPP, write(tmp_path, "01/02/24, 10:00 - Mira: a\n01/02/24, 10:01 - Jon: b\n"))
    assert [flaw.code for flaw in reading.flaws] == ["date-order"]
    assert reading.records[0].time.day.isoformat() == "2024-02-01"
    reading = read(WHATSAPP, write(tmp_path, "1/2/24, 10:00 AM - Mira: a\n1/2/24, 10:01 AM - Jon: b\n"))
    assert reading.records[0].time.day.isoformat() == "2024-01-02"
    assert [flaw.code for flaw in reading.flaws] == ["date-order"]


def test_one_damaged_date_does_not_turn_the_others(read: Callable, tmp_path: Path) -> None:
    lines = [f"{day:02d}/03/24, 10:00 - Mira: day {day}\n" for day in range(1, 12)]
    lines[4] = lines[4].replace("05/03", "05/83")
    reading = read(WHATSAPP, write(tmp_path, "".join(lines)))
    assert [row.code for row in reading.bad] == ["impossible-time"]
    assert {r.time.local.month for r in reading.records} == {3}


def test_notices_are_no_messages(read: Callable, tmp_path: Path) -> None:
    text = (
        "04/03/24, 21:15 - Messages and calls are end-to-end encrypted. Tap to learn more: whatsapp.com\n"
        '04/03/24, 21:15 - Jon created group "Boats: north"\n'
        "04/03/24, 21:15 - Jon added Mira\n"
        '04/03/24, 21:16 - Jon changed the group name from "Boats: north" to "Boats: south"\n'
        "25/03/24, 21:16 - Jon: I said: Mira left\n"
        "25/03/24, 21:17 - Mira left\n"
    )
    reading = read(WHATSAPP, write(tmp_path, text))
    assert said(reading.records) == [("2024-03-25T21:16", "Jon", "I said: Mira left")]
    assert reading.ignored == 5


def test_the_first_notice_of_older_chats_names_the_room(read: Callable, tmp_path: Path) -> None:
    first = "25.03.24, 21:15 - Boats: Messages and calls are end-to-end encrypted. No one can read them.\n"
    text = f"{first}25.03.24, 21:16 - Jon: so it is end-to-end encrypted?\n"
    reading = read(WHATSAPP, write(tmp_path, text, "chat.txt"))
    assert said(reading.records) == [("2024-03-25T21:16", "Jon", "so it is end-to-end encrypted?")]
    assert reading.records[0].thread == "Boats"


def test_notices_that_ios_puts_into_a_mouth_are_no_messages(read: Callable, tmp_path: Path) -> None:
    text = (
        "[04/03/24, 21:15:00] Boats: \u200eMessages and calls are end-to-end encrypted.\r\n"
        "[04/03/24, 21:15:01] Jon: \u200eJon created this group\r\n"
        "[04/03/24, 21:15:02] Boats: \u200eYou joined\r\n"
        "\u200e[25/03/24, 21:16:00] Jon: \u200eimage omitted\r\n"
        "[25/03/24, 21:16:01] Jon: \u200eThis message was deleted.\r\n"
        "[25/03/24, 21:16:02] Mira: hm\r\n"
    )
    reading = read(WHATSAPP, write(tmp_path, text, "_chat.txt"))
    assert said(reading.records) == [
        ("2024-03-25T21:16", "Jon", "image omitted"),
        ("2024-03-25T21:16", "Jon", "This message was deleted."),
        ("2024-03-25T21:16", "Mira", "hm"),
    ]
    assert [r.extra.get("placeholder") for r in reading.records] == ["photo", "deleted", None]
    assert {r.thread for r in reading.records} == {"Boats"}
    assert reading.ignored == 3


def test_media_in_the_zip_come_with_their_messages(read: Callable, tmp_path: Path) -> None:
    text = (
        "04/03/24, 21:15 - Jon: IMG-20240304-WA0001.jpg (file attached)\nthe new sail\n"
        "25/03/24, 21:15 - Mira: plan.pdf (Datei angehängt)\n"
        "25/03/24, 21:16 - Mira: <Media omitted>\n"
    )
    path = tmp_path / "WhatsApp Chat with Boats.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat with Boats.txt", text)
        archive.writestr("IMG-20240304-WA0001.jpg", b"sail")
        archive.writestr("plan.pdf", b"plan")
    reading = read(WHATSAPP, path)
    assert [[blob.data for blob in r.blobs] for r in reading.records] == [[b"sail"], [b"plan"], []]
    assert reading.records[0].text.endswith("\nthe new sail")
    assert reading.records[0].blobs[0].mime == "image/jpeg"
    assert [name.rpartition("!")[2] for name in reading.matches[0].members[1:]] == ["IMG-20240304-WA0001.jpg"]
    ios = "[04/03/24, 21:15:00] Jon: \u200e<Anhang: 00000002-PHOTO-2024-03-04-21-15-00.jpg>\n" * 2
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", ios)
        archive.writestr("00000002-PHOTO-2024-03-04-21-15-00.jpg", b"sail")
    records = read(WHATSAPP, path).records
    assert records[0].blobs[0].data == b"sail" and records[0].thread == "Boats"
    older = (
        "4/3/24, 21:15:00: Jon: 2024-03-04-PHOTO-00000002.jpg <\u200eattached>\n"
        "25/3/24, 21:15:00: Jon: < attached: a.pdf >\n"
    )
    photo, document = read(WHATSAPP, write(tmp_path, older, "older.txt")).records
    assert photo.extra["files"] == ["2024-03-04-PHOTO-00000002.jpg"] and document.extra["files"] == ["a.pdf"]


def test_places_calls_and_edits_are_known(read: Callable, tmp_path: Path) -> None:
    text = (
        "[25/03/24, 21:15:00] Jon: \u200eStandort: https://maps.google.com/?q=37.566500,126.978000\n"
        "[25/03/24, 21:16:00] Jon: \u200eMissed voice call\n"
        "[25/03/24, 21:17:00] Jon: at nine \u200e<This message was edited>\n"
        "[25/03/24, 21:18:00] Jon: report.pdf • \u200e2 pages \u200edocument omitted\n"
    )
    place, call, edited, document = read(WHATSAPP, write(tmp_path, text)).records
    assert place.place == Place(None, 37.5665, 126.978)
    assert call.kind == "call"
    assert (edited.text, edited.extra) == ("at nine", {"edited": True})
    assert document.extra["placeholder"] == "document"


def test_the_words_for_what_is_left_out_are_known_in_many_languages() -> None:
    words = ("<Multimedia omitido>", "<Médias omis>", "<미디어 파일 제외됨>", "이미지 생략됨", "画像は含まれていません")
    assert [stands_for(text) for text in words] == ["media", "media", "media", "photo", "photo"]
    assert stands_for("I omitted the image") is None


def test_the_room_is_named_as_whatsapp_names_its_files(read: Callable, tmp_path: Path) -> None:
    names = (
        "WhatsApp Chat with Boats",
        "WhatsApp-Chat mit Boats",
        "Chat de WhatsApp con Boats",
        "WhatsApp Chat - Boats",
    )
    assert {room_in(name) for name in names} == {"Boats"}
    assert room_in("미라 님과의 WhatsApp 대화") == "미라"
    text = "25/03/24, 21:15 - Mira: hello\n25/03/24, 21:15 - Jon: hi\n"
    record, own = read(WHATSAPP, write(tmp_path, text, "WhatsApp Chat with Mira (2).txt")).records
    assert record.thread == "Mira" and own.people == (Identity("Mira"),)
    again = read(WHATSAPP, write(tmp_path, text, "WhatsApp Chat with Mira.txt")).records
    assert [record_id(r) for r in again] == [record_id(record), record_id(own)]


@pytest.mark.parametrize("version", ("25/03/24, 9:15\u202fpm - ", "25/03/24, 9:15 pm - "))
def test_another_kind_of_space_is_the_same_message(read: Callable, tmp_path: Path, version: str) -> None:
    record = read(WHATSAPP, write(tmp_path, f"{version}Mira: hello\n{version}Jon: hi\n")).records[0]
    assert record.time.written == "25/03/24, 9:15 pm"


def test_a_pasted_chat_of_another_form_stays_text(read: Callable, tmp_path: Path) -> None:
    text = "25.03.24, 21:15 - Mira: look:\n[3/4/24, 9:15:00 PM] Ann: hi\n25.03.24, 21:16 - Jon: no\n"
    first, second = read(WHATSAPP, write(tmp_path, text)).records
    assert first.text == "look:\n[3/4/24, 9:15:00 PM] Ann: hi" and second.text == "no"


def test_logs_and_other_chats_are_not_whatsapp(tmp_path: Path) -> None:
    from darak.importers.tree import open_tree

    write(tmp_path, "[2024-03-04 21:15:00] INFO: started\n[2024-03-04 21:15:01] ERROR: failed\n", "a.txt")
    write(tmp_path, "2024. 3. 4. 오후 9:15, 미라 : 안녕\n2024. 3. 4. 오후 9:16, 준 : 응\n", "b.txt")
    write(tmp_path, "Meeting on 04.03.24, 21:15 - Jon: notes\nand more\n", "c.txt")
    assert WHATSAPP.detect(open_tree(tmp_path)) == []


def test_a_damaged_beginning_costs_its_own_message_only(read: Callable, tmp_path: Path) -> None:
    lines = [f"25/03/24, 21:{minute:02d} - Mira: number {minute}\n" for minute in range(10, 20)]
    whole = "".join(lines).encode()
    start = len("".join(lines[:5]).encode())
    for position in range(start, start + len("25/03/24, 21:15 - Mira: ")):
        for byte in (b"X", b"\xff", b"\x00"):
            path = tmp_path / "WhatsApp Chat with Mira.txt"
            path.write_bytes(whole[:position] + byte + whole[position + 1 :])
            reading = read(WHATSAPP, path)
            texts = [r.text for r in reading.records]
            rest = [f"number {minute}" for minute in range(10, 20) if minute != 15]
            assert [text for text in texts if not text.endswith("15")] == rest, (position, byte)
            assert len(texts) == 10 or len(reading.bad) == 1, (position, byte)


def test_a_date_that_somebody_wrote_begins_no_message(read: Callable, tmp_path: Path) -> None:
    lines = (
        "- 25.03.24, 21:15 - Jon: hi",
        "25.03.24 at 21:15 - lunch",
        "25.03.24, 21:15 we met",
        "> 25.03.24, 21:15 - no",
    )
    text = "25.03.24, 21:15 - Mira: dates\n" + "\n".join(lines) + "\n25.03.24, 21:16 - Jon: ok\n"
    first, second = read(WHATSAPP, write(tmp_path, text)).records
    assert first.text == "\n".join(("dates", *lines)) and second.text == "ok"


def test_a_chat_cut_anywhere_gives_the_messages_before_the_cut(read: Callable, tmp_path: Path) -> None:
    text = "25.03.24, 21:15 - Mira: eins\nund mehr\n25.03.24, 21:16 - Jon: zwei\n25.03.24, 21:17 - Mira: drei\n"
    for size in range(text.index("25.03.24, 21:17"), len(text)):
        reading = read(WHATSAPP, write(tmp_path, text[:size]))
        assert [r.text for r in reading.records][:2] == ["eins\nund mehr", "zwei"], size
        assert len(reading.records) + len(reading.bad) <= 3


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(st.lists(_TEXT, min_size=1, max_size=3), min_size=1, max_size=8),
    form=st.sampled_from(("%d.%m.%y, %H:%M - ", "[%m/%d/%Y, %I:%M:%S %p] ", "%Y/%m/%d %H:%M - ", "%d-%m-%Y %H:%M - ")),
)
def test_what_a_writer_of_the_format_writes_is_read_back(
    read: Callable, tmp_path: Path, bodies: list[list[str]], form: str
) -> None:
    start = datetime(2024, 3, 25, 21, 15)
    moments = [start + timedelta(hours=7 * i) for i in range(len(bodies))]
    lines = [
        f"{moment.strftime(form)}{'MJ'[i % 2]}ira: " + "\n".join(body)
        for i, (moment, body) in enumerate(zip(moments, bodies, strict=True))
    ]
    reading = read(WHATSAPP, write(tmp_path, "\n".join(lines) + "\n"))
    assert [r.text for r in reading.records] == ["\n".join(body) for body in bodies]
    assert [r.time.local for r in reading.records] == moments
    assert not reading.bad and not reading.ignored


def test_a_word_for_a_file_in_any_language_stands_for_it() -> None:
    assert [stands_for(text) for text in ("<Mídia oculta>", "<Edukia kanpoan>\nargazki bat")] == ["media", "media"]
    assert [stands_for(text) for text in ("<3 you all so much", "<b>bold</b>", "a <thing> there", "<ha>")] == [None] * 4


@pytest.mark.parametrize("words", ["<첨부: {}>", "<첨부됨: {}>", "<添付: {}>", "<附件：{}>", "<attached: {}>"])
def test_files_are_known_by_words_of_any_length(words: str, tmp_path: Path, read: Callable) -> None:
    name = "00000012-PHOTO-2024-08-21-14-39-04.jpg"
    path = tmp_path / "_chat.txt"
    path.write_text(
        f"[2024. 8. 21. 오후 2:39:04] 미르: \u200e{words.format(name)}\n[2024. 8. 22. 오전 9:05:09] 가온: 응\n", "utf-8"
    )
    (tmp_path / name).write_bytes(b"JPEG")
    first, _ = read(WHATSAPP, tmp_path).records
    assert first.extra["files"] == [name] and [blob.data for blob in first.blobs] == [b"JPEG"]
