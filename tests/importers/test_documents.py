"""Documents in, passages out: pages, headings, slides, sheets and chapters, with what a document says of itself."""

from __future__ import annotations

import string
import struct
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers.written_documents import (
    Day,
    docx,
    epub,
    hwp,
    hwpx,
    hwpx_paragraph,
    locked_office,
    odt,
    paragraph,
    pdf,
    pptx,
    rtf,
    shape,
    xlsx,
    xml_workbook,
    zipped,
)

from darak.importers.documents.encoding import encoding_of
from darak.importers.documents.epub import EpubImporter
from darak.importers.documents.hangul import HangulImporter
from darak.importers.documents.ole import property_set
from darak.importers.documents.open_document import OpenDocumentImporter
from darak.importers.documents.pdf import PdfImporter, read_date
from darak.importers.documents.plain import TextImporter
from darak.importers.documents.rich_text import RichTextImporter
from darak.importers.documents.sheets import SheetsImporter
from darak.importers.documents.slides import SlidesImporter
from darak.importers.documents.table import TableImporter
from darak.importers.documents.web_page import WebPageImporter
from darak.importers.documents.word import WordImporter
from darak.records.record import Identity
from darak.records.time import Precision

EVERY = (
    PdfImporter(),
    WordImporter(),
    OpenDocumentImporter(),
    SlidesImporter(),
    SheetsImporter(),
    EpubImporter(),
    HangulImporter(),
    RichTextImporter(),
    WebPageImporter(),
    TableImporter(),
    TextImporter(),
)


@pytest.fixture
def read_file(tmp_path, read):
    """Reads bytes with the importer that claims them most."""

    def read_bytes(data: bytes, name: str = "a"):
        (tmp_path / name).write_bytes(data)
        readings = [read(importer, tmp_path / name) for importer in EVERY]
        return max(readings, key=lambda reading: max((match.score for match in reading.matches), default=0))

    return read_bytes


def told(records) -> list[tuple[str, str]]:
    return [(record.origin.locator, record.text) for record in records]


def test_a_pdf_is_read_page_by_page(read_file):
    data = pdf(["첫 쪽\n둘째 줄", "Page two"], Title="보고서", Author="김하늘", CreationDate="D:20240102030405+09'00'")
    records = read_file(data, "x.pdf").records
    assert told(records) == [("page 1", "첫 쪽\n둘째 줄"), ("page 2", "Page two")]
    first = records[0]
    assert (first.kind, first.source, first.title, first.thread) == ("document", "pdf", "보고서", "x.pdf")
    assert (first.author, first.time.iso()) == (Identity("김하늘"), "2024-01-02T03:04:05+09:00")


def test_a_page_without_a_text_layer_is_told_and_an_empty_one_ignored(read_file):
    reading = read_file(pdf(["words", "picture", ""]))
    assert [(bad.code, bad.origin.locator) for bad in reading.bad] == [("no-text-layer", "page 2")]
    assert (len(reading.records), reading.ignored) == (1, 1)


def test_a_pdf_that_is_cut_off_is_told(read_file):
    data = pdf(["words"] * 3)
    assert {bad.code for bad in read_file(data[: len(data) // 2]).bad} & {"cut-off", "damaged-document"}
    assert [bad.code for bad in read_file(data[:-8]).bad] == ["cut-off"]


@pytest.mark.parametrize(
    ("written", "iso", "zone"),
    [
        ("D:20240102030405+09'00'", "2024-01-02T03:04:05+09:00", "+09:00"),
        ("D:20240102030405-05'30", "2024-01-02T03:04:05-05:30", "-05:30"),
        ("D:20240102030405Z", "2024-01-02T03:04:05Z", "UTC"),
        ("20240102030405", "2024-01-02T03:04:05", None),
        ("D:202401", "2024-01", None),
    ],
)
def test_pdf_dates_are_as_precise_as_they_are_written(written, iso, zone):
    time = read_date(written)
    assert time is not None
    assert (time.iso(), time.zone) == (iso, zone)


@pytest.mark.parametrize("written", ["", "yesterday", "D:20241399", "D:00000000000000Z"])
def test_what_is_no_pdf_date_is_none(written):
    assert read_date(written) is None


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="a"><w:name w:val="제목 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="b"><w:name w:val="My own"/><w:basedOn w:val="a"/></w:style>'
)


def test_a_word_document_is_divided_at_its_headings(read_file):
    body = "".join(
        (
            paragraph("앞말"),
            paragraph("1장", "1"),
            paragraph("하나"),
            paragraph("1.1", "b"),
            paragraph("둘"),
            paragraph("2장", "1"),
            paragraph("셋"),
        )
    )
    records = read_file(docx(body, STYLES, title="책", creator="이소윤;Ann", created="2024-01-02T03:04:05Z")).records
    assert told(records) == [
        ("heading 0", "앞말"),
        ("heading 1", "1장\n하나"),
        ("heading 2", "1.1\n둘"),
        ("heading 3", "2장\n셋"),
    ]
    assert [record.extra.get("heading") for record in records] == [None, "1장", "1장 › 1.1", "2장"]
    assert (records[0].title, records[0].time.iso()) == ("책", "2024-01-02T03:04:05Z")
    assert (records[0].author, records[0].people) == (Identity("이소윤"), (Identity("Ann"),))


def test_tables_notes_and_changes_of_a_word_document(read_file):
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(paragraph("이름")) + cell.format(paragraph("값")) + "</w:tr>"
    deleted = (
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins></w:p>"
    )
    note = '<w:p><w:r><w:t>claim</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{paragraph("the source")}</w:footnote>'
    (record,) = read_file(docx(f"<w:tbl>{row}</w:tbl>{deleted}{note}", notes=notes)).records
    assert record.text == "이름 | 값\nkept\nclaim [the source]"


def test_what_programs_fill_in_is_no_author_and_no_title(read_file):
    (record,) = read_file(docx(paragraph("x"), title="Untitled", creator="Microsoft Office User"), "메모.docx").records
    assert (record.title, record.author) == ("메모", None)


def test_a_document_without_words_is_told(read_file):
    assert [bad.code for bad in read_file(docx(paragraph(""))).bad] == ["no-text"]


def test_a_damaged_picture_in_a_document_costs_nothing(read_file):
    data = bytearray(docx(paragraph("words") * 30))
    at = data.find(b"word/footnotes.xml") + len("word/footnotes.xml") + 4
    data[at : at + 8] = b"\0" * 8
    assert "words" in read_file(bytes(data)).records[0].text


def test_an_open_document_is_divided_at_its_headings(read_file):
    body = (
        '<text:p>앞<text:s text:c="3"/>말</text:p><text:h text:outline-level="1">1장</text:h>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    records = read_file(odt(body, "책", "2024-01-02T03:04:05")).records
    assert told(records) == [("heading 0", "앞 말"), ("heading 1", "1장\na | b")]
    assert (records[0].source, records[0].title, records[0].time.iso()) == (
        "open-document",
        "책",
        "2024-01-02T03:04:05",
    )


def test_slides_come_in_order_with_their_notes(read_file):
    slides = [(shape("첫 장", "title") + shape("one\ntwo") + shape("7", "sldNum"), "say hello"), (shape("next"), "")]
    reading = read_file(pptx([*slides, ("", "")], created="2024-01-02T03:04:05Z"))
    assert told(reading.records) == [("slide 1", "첫 장\none\ntwo\n\nsay hello"), ("slide 2", "next")]
    assert reading.records[0].extra["heading"] == "첫 장"
    assert reading.ignored == 1


def test_sheets_come_in_pieces_with_their_header(read_file):
    rows = [["날짜", "금액", ""], *([Day(45000 + n), 1000.5, "비고"] for n in range(45))]
    records = read_file(xlsx({"가계부": rows, "비었음": []})).records
    assert [record.origin.locator for record in records] == ["sheet 가계부 rows 1-40", "sheet 가계부 rows 41-46"]
    assert records[1].text.split("\n")[:2] == ["날짜 | 금액", "2023-04-23 | 1000.5 | 비고"]


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr"])
def test_a_workbook_in_the_xml_of_excel_is_read_as_any_other(read_file, encoding):
    rows = [["날짜", "내용", "금액"], [], ["2024-03-01", None, "4,500 & 더"]]
    reading = read_file(xml_workbook({"삼월": rows, "비었음": []}, encoding), "거래.xls")
    assert told(reading.records) == [("sheet 삼월 rows 1-3", "날짜 | 내용 | 금액\n2024-03-01 |  | 4,500 & 더")]
    assert (reading.records[0].source, reading.ignored, reading.bad) == ("spreadsheet", 1, [])


def test_a_workbook_in_xml_that_is_cut_off_is_told_and_gives_no_half_row(read_file):
    data = xml_workbook({"birds": [["day", "bird"], ["1", "heron"]]})
    reading = read_file(data[: data.index(b"heron") + 2], "a.xls")
    assert [bad.code for bad in reading.bad] == ["damaged-part"] and "he" not in str(told(reading.records))


@pytest.mark.parametrize("name", ["a.xlsx", "카카오뱅크_거래내역.xls", "a.docx", "a.pptx", "a"])
def test_an_office_document_under_a_password_is_told_to_be_one(read_file, name):
    reading = read_file(locked_office(), name)
    assert [bad.code for bad in reading.bad] == ["encrypted"]
    assert "password" in reading.bad[0].message and "save it without" in reading.bad[0].message


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("application/vnd.oasis.opendocument.text", "content.xml"),
        ("application/vnd.oasis.opendocument.spreadsheet", "content.xml"),
        ("application/hwp+zip", "Contents/section0.xml"),
    ],
)
def test_a_package_under_a_password_is_told_to_be_one(read_file, kind, part):
    manifest = f'<manifest:manifest><manifest:file-entry manifest:full-path="{part}"><manifest:encryption-data/>'
    reading = read_file(
        zipped({"mimetype": kind, part: b"\x93\x01", "META-INF/manifest.xml": manifest}, stored=["mimetype"])
    )
    assert [bad.code for bad in reading.bad] == ["encrypted"] and "password" in reading.bad[0].message


def test_a_table_without_a_page_around_it_is_read_in_its_encoding(read_file):
    for encoding in ("utf-8", "cp949"):
        data = "<table border=1><tr><td>왜가리</td><td>두 마리</td></tr></table>".encode(encoding)
        (record,) = read_file(data, "새.xls").records
        assert "왜가리" in record.text and "두 마리" in record.text


def test_a_book_is_read_chapter_by_chapter(read_file):
    reading = read_file(epub(["<h1>하나</h1><p>글</p>", "<img/>", "<p>two</p>"], "책", "작가", "2020-05"))
    assert told(reading.records) == [("chapter 1", "하나\n글"), ("chapter 3", "two")]
    first = reading.records[0]
    assert (first.title, first.author, first.time.iso()) == ("책", Identity("작가"), "2020-05")
    assert reading.ignored == 1


def test_an_encrypted_chapter_is_told(read_file):
    reading = read_file(epub(["<p>x</p>", "<p>y</p>"], locked="OEBPS/chap 1.xhtml"))
    assert [bad.code for bad in reading.bad] == ["encrypted"]
    assert len(reading.records) == 1


def test_a_hangul_document_of_today_is_read_section_by_section(read_file):
    cells = "".join(f"<hp:tc><hp:subList>{hwpx_paragraph(text)}</hp:subList></hp:tc>" for text in ("이름", "값"))
    table = f"<hp:p><hp:run><hp:t>표</hp:t><hp:tbl><hp:tr>{cells}</hp:tr></hp:tbl></hp:run></hp:p>"
    tabbed = "<hp:p><hp:run><hp:t>가<hp:tab/>나</hp:t></hp:run></hp:p>"
    records = read_file(
        hwpx([hwpx_paragraph("첫 줄") + table, tabbed], "보고서", "김하늘", "2024-01-02T03:04:05Z")
    ).records
    assert told(records) == [("section 1", "첫 줄\n표\n이름 | 값"), ("section 2", "가 나")]
    first = records[0]
    assert (first.source, first.title, first.author) == ("hangul", "보고서", Identity("김하늘"))
    assert first.time.iso() == "2024-01-02T03:04:05Z"


@pytest.mark.parametrize("flags", [0, 1])
def test_a_hangul_document_of_before_is_read_section_by_section(read_file, flags):
    # A control takes eight code units, whatever they are: here a column definition before the words.
    column = "\2" + "가" * 6 + "\2"
    records = read_file(hwp([[f"{column}첫 줄", "둘째 줄" * 900], ["다음"]], flags), "글.hwp").records
    assert told(records) == [("section 1", f"첫 줄\n{'둘째 줄' * 900}"), ("section 2", "다음")]
    assert records[0].title == "글"


def test_a_hangul_document_with_a_password_is_told(read_file):
    assert [bad.code for bad in read_file(hwp([["x"]], flags=3)).bad] == ["encrypted"]


def test_times_and_words_of_a_property_set_and_one_that_is_damaged():
    made = (datetime(2024, 1, 2) - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10
    text = "제목\0".encode("utf-16-le")
    values = struct.pack("<II", 31, len(text) // 2) + text + bytes(2) + struct.pack("<IQ", 64, made)
    section = struct.pack("<IIIIII", 24 + len(values), 2, 2, 24, 12, 24 + 8 + len(text) + 2) + values
    data = bytes(44) + struct.pack("<I", 48) + section
    assert property_set(data) == {2: "제목", 12: datetime(2024, 1, 2)}
    assert property_set(data[:52] + b"\xff\xff\xff\xff" + data[56:-4]) == {2: "제목"}


def test_a_rich_text_is_read_whatever_its_letters_are_written_as(read_file):
    (record,) = read_file(rtf("오늘은 비.\nTomorrow, 눈", "Weather")).records
    assert (record.source, record.title, record.text) == ("rich-text", "Weather", "오늘은 비.\nTomorrow, 눈")
    assert record.time.iso() == "2024-01-02T03:04"


def test_a_mark_of_utf_8_before_a_rich_text_is_no_text(read_file):
    (record,) = read_file(b"\xef\xbb\xbf" + rtf("산책", "Title"), "x.rtf").records
    assert record.text == "산책"


def test_a_rich_text_that_is_cut_off_is_told(read_file):
    assert [flaw.code for flaw in read_file(rtf("오늘은 비. Tomorrow")[:-6]).flaws] == ["cut-off"]


def test_a_long_chapter_is_divided(read_file):
    lines = [f"{number} " + "word " * 30 for number in range(200)]
    records = read_file(epub(["".join(f"<p>{line}</p>" for line in lines)])).records
    assert [record.origin.locator for record in records[:2]] == ["chapter 1 part 1", "chapter 1 part 2"]
    assert "\n".join(record.text for record in records).split("\n") == [line.strip() for line in lines]


def test_a_web_page_is_divided_at_its_headings_and_says_where_it_is_from(read_file):
    page = (
        '<!DOCTYPE html><html><head><meta charset="euc-kr"><title>날씨 &amp; 바람</title><meta property='
        '"article:published_time" content="2024-01-02T03:04:05+09:00"><link rel="canonical" href="https://x.org/1">'
        '<meta name="author" content="김하늘"></head><body>'
        "<p>앞말<script>if (a<h2>b) {}</script><h2>제주</h2><p>비</body></html>"
    ).encode("cp949")
    records = read_file(page, "x.html").records
    assert [record.text for record in records] == ["앞말", "제주\n비"]
    last = records[1]
    assert (last.title, last.url, last.author) == ("날씨 & 바람", "https://x.org/1", Identity("김하늘"))
    assert last.time.iso() == "2024-01-02T03:04:05+09:00"
    start, end = (int(number) for number in last.origin.locator.removeprefix("bytes ").split("-"))
    assert page[start:end].decode("cp949").startswith("<h2>제주</h2>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_text_is_read_in_its_encoding(read_file, encoding):
    reading = read_file("오늘은 바람이 불었다.\r\n\r\n내일은 비.\r\n".encode(encoding), "메모.txt")
    (record,) = reading.records
    assert (record.source, record.title, record.text) == ("text", "메모", "오늘은 바람이 불었다.\n\n내일은 비.")
    assert record.time.precision is Precision.UNKNOWN
    assert not reading.flaws


def test_a_long_text_comes_in_pieces_that_name_their_bytes(read_file):
    data = "".join(f"문단 {number}. {'글 ' * 60}\n\n" for number in range(100)).encode()
    records = read_file(data, "x.txt").records
    assert len(records) > 1
    for record in records:
        start, end = (int(number) for number in record.origin.locator.removeprefix("bytes ").split("-"))
        assert " ".join(data[start:end].decode().split()) == " ".join(record.text.split())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.bin", bytes(range(256)) * 8),
        ("a.json", b'{"a": 1}\n'),
        ("a.txt", b'{"a": 1}\n{"a": 2}\n'),
        ("a.py", b"import os\nprint(os.name)\n"),
        ("a.xml", b"<?xml version='1.0'?><a>words and words</a>"),
        ("a.data", "\ufeff<?xml version='1.0'?><a>words and words</a>".encode("utf-16-le")),
        ("a.txt", b"\x1b\x00\x01\x02" * 40),
        ("a.yaml", b"name: x\nvalue: y\n"),
        ("a.txt", b"==== ---- ==== ----\n"),
    ],
)
def test_what_is_no_text_for_people_is_left_alone(read_file, name, data):
    assert not read_file(data, name).matches


def test_a_table_has_its_header_on_every_piece(read_file):
    rows = "".join(f"{number};강;{number * 2}\n" for number in range(60))
    records = read_file(f"번호;곳;수\n{rows}".encode("cp949"), "x.csv").records
    assert [record.source for record in records] == ["table", "table"]
    assert records[1].text.split("\n")[:2] == ["번호 | 곳 | 수", "39 | 강 | 78"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_table_or_a_page_in_utf_16_is_read(read_file, encoding):
    data = ("\ufeffbird\tplace\r\n" + "물떼새\t갯벌\r\nheron\t강 🦆\r\n" * 30).encode(encoding)
    records = read_file(data, "Unicode text.txt").records
    assert [record.text.split("\n")[1] for record in records] == ["물떼새 | 갯벌", "heron | 강 🦆"]
    first, last = (int(place) for place in records[1].origin.locator.removeprefix("bytes ").split("-"))
    assert data.decode(encoding).encode()[first:last].decode().startswith("heron\t강 🦆\r\n")
    page = (
        "\ufeff<html><meta charset=utf-16><title>새</title><script>x</script><h1>물떼새</h1><p>갯벌</p></html>".encode(
            encoding
        )
    )
    (record,) = read_file(page, "x.html").records
    assert (record.title, record.text) == ("새", "물떼새\n갯벌")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("한글 문서", "cp949"), ("東京都と大阪", "cp932"), ("schöne Grüße aus Köln am Rhein", "cp1252"), ("글", "utf-8")],
)
def test_encodings_are_told_apart(text, encoding):
    assert encoding_of(text.encode(encoding)) == encoding


def test_a_copy_adds_nothing_and_an_edited_document_only_what_is_new(read_file):
    def ids(body: str, name: str) -> list[str | None]:
        return [record.native_id for record in read_file(docx(body, title="책"), name).records]

    one, two, other = (
        paragraph(f"{n}장", "Heading1") + paragraph(text) for n, text in ((1, "가"), (2, "나"), (2, "다"))
    )
    first = ids(one + two, "a.docx")
    assert ids(one + two, "a (1).docx") == first
    edited = ids(one + other, "b.docx")
    assert edited[0] == first[0] and edited[1] != first[1]


def test_equal_passages_of_one_document_stay_two(read_file):
    first, second = read_file(pdf(["same", "same"])).records
    assert first.native_id != second.native_id


def test_a_document_type_with_entities_is_refused(read_file):
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="x">&b;</w:document>'
    whole = docx(paragraph("x"))
    assert whole
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
    assert [bad.code for bad in read_file(zipped({**parts, "word/document.xml": bomb})).bad] == ["unsafe-xml"]


LETTERS = st.sampled_from(string.ascii_letters + "가나다라 .,")
LINES = st.text(LETTERS, min_size=2, max_size=30).map(lambda line: " ".join(line.split()))
WORDS = LINES.filter(lambda line: len(line) > 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_what_is_written_is_read_back(read_file, sections):
    expected = [f"{heading}\n{text}" for heading, text in sections]
    word = docx("".join(paragraph(heading, "Heading1") + paragraph(text) for heading, text in sections))
    assert [record.text for record in read_file(word).records] == expected
    slides = pptx([(shape(heading, "title") + shape(text), "") for heading, text in sections])
    assert [record.text for record in read_file(slides).records] == expected
    book = epub([f"<h1>{heading}</h1><p>{text}</p>" for heading, text in sections])
    assert [record.text for record in read_file(book).records] == expected
    # Where a line ends is not written in a PDF: its reader concludes it from the places of the letters.
    pages = [record.text for record in read_file(pdf(expected)).records]
    assert ["".join(page.split()) for page in pages] == ["".join(page.split()) for page in expected]


def test_the_list_of_what_is_in_a_takeout_is_no_page_of_the_owners(read_file):
    page = b"""<!DOCTYPE html><html><head><title>Google Takeout</title></head><body>
<h1 class="header_title">Archive for a@example.org</h1><div id="service-details-KEEP" class="service-detail">
<div class="file-leaf">Keep/a.json</div></div></body></html>"""
    reading = read_file(page, "Archiv.html")
    assert len(reading.matches) == 1 and not reading.records and reading.ignored == 1
