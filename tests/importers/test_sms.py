"""SMS Backup & Restore in, messages and calls out: both directions, groups, attached files, odd references, damage."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.chats.sms import SmsImporter
from darak.importers.chats.sms_entities import mend_references
from darak.importers.tree import open_tree
from darak.records.record import Identity, Record
from darak.records.time import Precision

SMS = SmsImporter()
MOMENT = 1700000000123


def sms(body: str, date: int = MOMENT, **other: str) -> str:
    values = {"protocol": "0", "address": "+821012345678", "date": str(date), "type": "1", "subject": "null"}
    values |= {"body": body, "read": "1", "contact_name": "가온"} | other
    return "  <sms " + " ".join(f"{name}={quoteattr(value)}" for name, value in values.items()) + " />\n"


def backup(*elements: str, root: str = "smses") -> str:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore-->\n"
    return f'{head}<{root} count="{len(elements)}" backup_set="x" type="full">\n{"".join(elements)}</{root}>'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "backup.xml"
    path.write_bytes(text.encode())
    return path


def test_a_received_message_is_of_its_sender_and_a_sent_one_of_the_owner(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, backup(sms("점심 먹자"), sms("좋아 & 고마워", MOMENT + 877, type="2")))
    came, went = read(SMS, path).records
    assert (came.author, came.people) == (Identity("+821012345678", "가온"), ())
    assert (went.author, went.people) == (Identity("me"), (Identity("+821012345678", "가온"),))
    assert [record.text for record in (came, went)] == ["점심 먹자", "좋아 & 고마워"]
    assert {record.thread for record in (came, went)} == {"+821012345678"} and came.title is None
    assert (came.time.iso(), came.time.written) == ("2023-11-14T22:13:20.123Z", str(MOMENT))
    assert went.time.precision is Precision.SECOND


def test_the_origin_names_the_elements_bytes(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, backup(sms("first"), sms("둘째")))
    for record in read(SMS, path).records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        element = ElementTree.fromstring(path.read_bytes()[start:end])
        assert element.get("body") == record.text


def test_halves_of_emojis_become_emojis(tmp_path: Path, read: Callable) -> None:
    text = backup(sms("PLACE")).replace("PLACE", "hi &#55357;&#56832;&#xD83D;&#xDE00; &#55357; &#0;&#10;end")
    (record,) = read(SMS, write(tmp_path, text)).records
    assert record.text == "hi 😀😀 \ufffd     \nend"


def test_the_word_null_and_unknown_names_are_no_values(tmp_path: Path, read: Callable) -> None:
    (record,) = read(SMS, write(tmp_path, backup(sms("x", contact_name="(Unknown)", subject="null")))).records
    assert record.author == Identity("+821012345678") and record.title is None


def test_drafts_and_failures_say_so(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, backup(sms("a", type="3"), sms("b", type="5")))
    assert [record.extra for record in read(SMS, path).records] == [{"state": "draft"}, {"state": "failed"}]


def mms(parts: str, addresses: str, **other: str) -> str:
    values = {"date": "1700000000000", "msg_box": "1", "address": "+15550001~+15550002", "sub": "null"} | other
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
    return f"<mms {written}><parts>{parts}</parts><addrs>{addresses}</addrs></mms>\n"


PICTURE = base64.b64encode(b"\x89PNG door").decode()
PARTS = (
    '<part seq="-1" ct="application/smil" name="null" text="&lt;smil/&gt;"/>'
    f'<part seq="0" ct="image/png" name="null" cl="door.png" text="null" data="{PICTURE}"/>'
)


def test_a_group_message_names_who_sent_it_and_carries_its_files(tmp_path: Path, read: Callable) -> None:
    text = '<part seq="1" ct="text/plain" name="null" text="the new door"/>'
    heard = '<addr address="+15550002" type="137"/><addr address="+15550001" type="151"/>'
    (record,) = read(SMS, write(tmp_path, backup(mms(PARTS + text, heard)))).records
    assert record.text == "the new door" and record.thread == "+15550001~+15550002"
    assert record.author == Identity("+15550002") and record.people == (Identity("+15550001"),)
    (blob,) = record.blobs
    assert (blob.name, blob.mime, blob.data) == ("door.png", "image/png", b"\x89PNG door")


def test_a_subject_that_was_written_byte_by_byte_is_repaired(tmp_path: Path, read: Callable) -> None:
    odd = "문".encode().decode("latin-1")
    (record,) = read(SMS, write(tmp_path, backup(mms(PARTS, "", sub=odd, msg_box="2", address="+15550001")))).records
    assert record.title == "문" and record.author == Identity("me") and record.text == "door.png"


def test_calls_say_how_they_went_and_end_when_they_ended(tmp_path: Path, read: Callable) -> None:
    def call(kind: int, seconds: int) -> str:
        return (
            f'<call number="+15550001" duration="{seconds}" date="1700000000000" type="{kind}" contact_name="Mira" />\n'
        )

    path = write(tmp_path, backup(call(1, 65), call(2, 0), call(3, 0), root="calls"))
    came, went, missed = read(SMS, path).records
    assert [record.text for record in (came, went, missed)] == ["incoming call", "outgoing call", "missed call"]
    assert came.end is not None and came.end.iso() == "2023-11-14T22:14:25Z" and missed.end is None
    assert went.author == Identity("me") and went.people == (Identity("+15550001", "Mira"),)
    assert {record.kind for record in (came, went, missed)} == {"call"}


def test_a_backup_cut_off_keeps_all_whole_messages(tmp_path: Path, read: Callable) -> None:
    whole = backup(sms("one"), sms("two"), sms("three"))
    reading = read(SMS, write(tmp_path, whole[: whole.index("three") + 2]))
    assert [record.text for record in reading.records] == ["one", "two"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def test_a_damaged_message_costs_itself(tmp_path: Path, read: Callable) -> None:
    reading = read(SMS, write(tmp_path, backup(sms("one"), sms("t<o"), sms("three")).replace("&lt;o", "<o")))
    assert [record.text for record in reading.records] == ["one", "three"]
    assert [row.code for row in reading.bad] == ["damaged-element"]


def test_a_message_without_a_time_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(SMS, write(tmp_path, backup(sms("x", date=0).replace('date="0"', 'date="null"'))))
    assert [row.code for row in reading.bad] == ["no-time"]


def test_a_backup_of_nothing_is_one(tmp_path: Path, read: Callable) -> None:
    assert len(read(SMS, write(tmp_path, '<?xml version="1.0"?>\n<smses count="0" backup_date="1" />')).matches) == 1


def test_other_xml_is_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(SMS, write(tmp_path, '<?xml version="1.0"?><notes><sms address="1"/></notes>')).matches


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_that_is_written_with_halves_is_read_back(texts: list[str]) -> None:
    def reference(character: str) -> str:
        units = character.encode("utf-16-be")
        return "".join(f"&#{int.from_bytes(units[at : at + 2], 'big')};" for at in range(0, len(units), 2))

    allowed = [
        "".join(
            c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and ord(c) % 0x10000 < 0xFFFE)
        )
        for text in texts
    ]
    document = "<r>" + "".join(f'<m b="{"".join(map(reference, text))}"/>' for text in allowed) + "</r>"
    mended = mend_references(io.BytesIO(document.encode())).read()
    assert len(mended) == len(document.encode())
    assert [element.get("b") for element in ElementTree.fromstring(mended)] == allowed


SAID = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
)


@given(st.lists(SAID.filter(lambda text: text != "null"), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_message_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    path = write(tmp_path_factory.mktemp("sms"), backup(*(sms(text, MOMENT + n) for n, text in enumerate(texts))))
    tree = open_tree(path)
    found = [item for match in SMS.detect(tree) for item in SMS.read(tree, match)]
    assert [item.text for item in found if isinstance(item, Record)] == texts
