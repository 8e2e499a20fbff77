"""Office documents as people make them: diagrams, charts with their workbooks, fields of a form."""

from __future__ import annotations

import pytest
from tests.importers.written_documents import office, paragraph, relations, shape, xlsx, zipped

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
