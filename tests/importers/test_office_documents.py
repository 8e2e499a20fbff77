"""Office documents as people make them: diagrams, charts with their workbooks, fields of a form."""

from __future__ import annotations

import struct

import pytest
from tests.importers.written_documents import office, ole, paragraph, relations, shape, xlsx, zipped

from darak.importers.documents.sheets import SheetsImporter
from darak.importers.documents.slides import SlidesImporter
from darak.importers.documents.word import WordImporter

_S = "http://schemas.openxmlformats.org"
NAMES = (
    f'xmlns:w="{_S}/wordprocessingml/2006/main" xmlns:p="{_S}/presentationml/2006/main"'
    f' xmlns:a="{_S}/drawingml/2006/main" xmlns:r="{_S}/officeDocument/2006/relationships"'
    f' xmlns:dgm="{_S}/drawingml/2006/diagram" xmlns:c="{_S}/drawingml/2006/chart"'
)
DIAGRAM = '<a:graphic><a:graphicData><dgm:relIds r:dm="r1" r:lo="r9"/></a:graphicData></a:graphic>'
CHART = '<a:graphic><a:graphicData><c:chart r:id="r2"/></a:graphicData></a:graphic>'
POINTS = "".join(
    f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("기획", "출시")
)
DRAWINGS = {
    "diagrams/data1.xml": f"<dgm:dataModel {NAMES}><dgm:ptLst>{POINTS}</dgm:ptLst></dgm:dataModel>",
    "charts/chart1.xml": f"<c:chart {NAMES}><c:title><a:p><a:r><a:t>매출 추이</a:t></a:r></a:p></c:title></c:chart>",
}
TARGETS = relations(("diagramData", "../diagrams/data1.xml"), ("chart", "../charts/chart1.xml"))


def document(body: str) -> dict[str, str | bytes]:
    return {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": TARGETS.replace("../", ""),
        **{f"word/{name}": text for name, text in DRAWINGS.items()},
    }


@pytest.fixture
def read_file(tmp_path, read):
    def read_bytes(importer, name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        return read(importer, tmp_path / name)

    return read_bytes


def test_the_words_of_diagrams_and_titles_of_charts_stand_where_they_are_seen(read_file):
    body = f"<w:p><w:r><w:t>앞</w:t></w:r><w:r><w:drawing>{DIAGRAM}{CHART}</w:drawing></w:r></w:p>{paragraph('뒤')}"
    (record,) = read_file(WordImporter(), "a.docx", office("word/document.xml", document(body))).records
    assert record.text.split() == ["앞", "기획", "출시", "매출", "추이", "뒤"]


def test_a_slide_with_nothing_but_a_diagram_has_its_words(read_file):
    tree = f"{shape('일정', 'title')}<p:graphicFrame>{DIAGRAM}</p:graphicFrame>"
    slides = '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {NAMES}>{slides}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(("slide", "slides/slide1.xml")),
        "ppt/slides/slide1.xml": f"<p:sld {NAMES}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": TARGETS,
        **{f"ppt/{name}": text for name, text in DRAWINGS.items()},
    }
    (record,) = read_file(SlidesImporter(), "a.pptx", office("ppt/presentation.xml", parts)).records
    assert record.text.split() == ["일정", "기획", "출시"]


def test_a_document_with_the_workbook_of_its_chart_is_no_workbook(read_file):
    book = xlsx({"수치": [["월", "매출"], ["1월", 3]]})
    parts = {"word/embeddings/a.xlsx": book, **document(paragraph("보고서"))}
    data = zipped(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(("officeDocument", "word/document.xml")), **parts},
        stored=["word/embeddings/a.xlsx"],
    )
    assert not read_file(SheetsImporter(), "a.docx", data).matches
    (record,) = read_file(WordImporter(), "a.docx", data).records
    assert record.text == "보고서"


def test_cells_and_rows_that_are_fields_of_a_form_are_read_and_inner_tables_once(read_file):
    def cell(text: str) -> str:
        return f"<w:tc>{paragraph(text)}</w:tc>"

    def field(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inner = f"<w:tc><w:tbl><w:tr>{cell('안')}</w:tr></w:tbl></w:tc>"
    rows = f"<w:tr>{field(cell('회사'))}{cell('다락')}</w:tr>", field(f"<w:tr>{cell('이름')}{inner}</w:tr>")
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    (record,) = read_file(WordImporter(), "a.docx", office("word/document.xml", document(table))).records
    assert record.text == "회사 | 다락\n이름 | 안"


def doc(main: str, notes: str = "", headers: str = "", flags: int = 0, fast: bool = False) -> bytes:
    """A Word document of 97 to 2003: its text in two pieces, the first in one byte a letter if `fast`."""
    text = main + notes + headers
    half = len(main) // 2 if fast else 0
    header = bytearray(1024)
    struct.pack_into("<HH", header, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", header, 0x0A, 0x0200 | flags)
    struct.pack_into("<III", header, 0x4C, len(main), len(notes), len(headers))
    first, second = text[:half].encode("cp1252"), text[half:].encode("utf-16-le")
    pieces = struct.pack("<III", 0, half, len(text))
    pieces += struct.pack("<HIH", 0, 1 << 30 | 2 * 1024, 0) + struct.pack("<HIH", 0, 1024 + len(first), 0)
    listed = b"\1\2\0xx" + b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", header, 0x1A2, 0, len(listed))
    return ole({("WordDocument",): bytes(header) + first + second, ("1Table",): listed})


def test_an_old_word_document_is_read_with_its_notes_and_fields_as_they_are_shown(read_file):
    field = "\x13 HYPERLINK x \x14다락\x15"
    table = "월\x07매출\x07\x07"
    data = doc(f"Plan\rvisit {field}\r{table}끝\r", notes="각주\r", headers="머리글\r", fast=True)
    (record,) = read_file(WordImporter(), "a.doc", data).records
    assert record.text == "Plan\nvisit 다락\n월 | 매출\n끝\n\n각주"
    assert record.origin.locator == "whole text"


def test_an_old_word_document_under_a_password_or_without_text_is_told(read_file):
    assert [bad.code for bad in read_file(WordImporter(), "a.doc", doc("글", flags=0x0100)).bad] == ["encrypted"]
    assert [bad.code for bad in read_file(WordImporter(), "b.doc", doc("\r")).bad] == ["no-text"]
    assert [bad.code for bad in read_file(WordImporter(), "c.doc", doc("글")[:700]).bad] == ["damaged-document"]


def test_a_document_of_word_95_is_read_in_the_letters_of_its_language(read_file):
    text = "안녕하세요\r다락입니다\r".encode("cp949")
    header = bytearray(0x200)
    struct.pack_into("<HHHH", header, 0, 0xA5DC, 104, 0, 0x0412)
    struct.pack_into("<II", header, 0x18, len(header), len(header) + len(text))
    (record,) = read_file(WordImporter(), "a.doc", ole({("WordDocument",): bytes(header) + text})).records
    assert record.text == "안녕하세요\n다락입니다"


def atom(kind: int, body: bytes, head: int = 0) -> bytes:
    return struct.pack("<HHI", head, kind, len(body)) + body


def holder(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    return atom(kind, b"".join(parts), instance << 4 | 0xF)


def words(text: str) -> bytes:
    return atom(0x0FA0, text.encode("utf-16-le"))


def ppt(locked: bool = False) -> bytes:
    """Two slides, saved twice: the second is shown first; its title stands in the outline only."""
    old = holder(0x03EE, words("지운 글"))
    one = holder(0x03EE, holder(0xF00D, words("둘째 글"), words("*")))
    two = holder(0x03EE, holder(0xF00D, atom(0x0FA8, b"first slide"), words("제목")))
    page = holder(0x03F0, atom(0x03F1, struct.pack("<II", 257, 0)), holder(0xF00D, words("말할 것")))

    def at(place: int, number: int) -> bytes:
        return atom(0x03F3, struct.pack("<IIIII", place, 0, 0, number, 0))

    slides = holder(0x0FF0, at(3, 257), words("제목"), at(2, 256), instance=0)
    document = holder(0x03E8, slides, holder(0x0FF0, at(4, 0), instance=2))
    places = [0, len(old), len(old + one), len(old + one + two)]
    first = atom(0x1772, struct.pack("<II", 1 << 20 | 2, places[0]))
    later = atom(0x1772, struct.pack("<IIII", 3 << 20 | 2, *places[1:]))
    user = struct.pack("<HHIII", 0, 0x0FF6, 20, 20, 0xF3D1C4DF if locked else 0xE391C05F)
    return ole({("PowerPoint Document",): old + one + two + page + document + first + later, ("Current User",): user})


def test_an_old_presentation_is_read_slide_by_slide_with_its_notes(read_file):
    one, two = read_file(SlidesImporter(), "a.ppt", ppt()).records
    assert (one.origin.locator, one.text) == ("slide 1", "제목\nfirst slide\n\n말할 것")
    assert (two.origin.locator, two.text) == ("slide 2", "둘째 글")
    assert [bad.code for bad in read_file(SlidesImporter(), "b.ppt", ppt(locked=True)).bad] == ["encrypted"]


def test_an_old_document_with_a_workbook_in_it_is_no_workbook(read_file):
    data = ole({("WordDocument",): b"", ("ObjectPool", "Workbook"): b"x"})
    assert not read_file(SheetsImporter(), "a.doc", data).matches
