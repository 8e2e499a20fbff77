"""Cases of documents, contacts, pictures and recordings."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pypdfium2
from PIL import Image
from tests.importers.acceptance.case import Case
from tests.importers.written_documents import (
    docx,
    epub,
    hwp,
    hwpx,
    hwpx_paragraph,
    msg,
    odt,
    paragraph,
    pdf,
    pptx,
    rtf,
    shape,
    xlsx,
    xml_workbook,
)


def word(number: int) -> str:
    return f"plover{number:03d}"


def day(number: int) -> str:
    return f"2024-03-{number + 1:02d}"


def one_file(name: str, make: Callable[[Sequence[int]], bytes]) -> Callable[[Path, Sequence[int]], Path]:
    """A writer of one file that holds all items."""

    def write(folder: Path, numbers: Sequence[int]) -> Path:
        (folder / name).write_bytes(make(numbers))
        return folder / name

    return write


def many_files(name: str, make: Callable[[int], bytes]) -> Callable[[Path, Sequence[int]], Path]:
    """A writer of a folder with a file for each item."""

    def write(folder: Path, numbers: Sequence[int]) -> Path:
        for number in numbers:
            (folder / name.format(number)).write_bytes(make(number))
        return folder

    return write


def write_vcf(numbers: Sequence[int]) -> bytes:
    cards = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{word(n)};;;\r\nFN:{word(n)} 물떼새\r\nTEL;TYPE=CELL:+82 10-0000-{n:04d}\r\n"
        f"NOTE:{word(n)}에서 만남\\, 봄\r\nEND:VCARD\r\n"
        for n in numbers
    )
    return "".join(cards).encode()


def write_html(number: int) -> bytes:
    head = f'<meta charset="utf-8"><title>Bird</title><meta name="date" content="{day(number)}">'
    body = f"<p>We saw <b>{word(number)}</b> 물떼새.</p><script>let x = 1</script>"
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>\n".encode()


def write_text(number: int) -> bytes:
    return f"아침 산책\n\n{word(number)} 물떼새를 갯벌에서 보았다. The tide was low.\n".encode()


def write_table(number: int) -> bytes:
    return f"bird,count,place\n{word(number)},{number + 1},갯벌\nheron,2,강\n".encode()


def write_photo(number: int) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = f"{word(number)} at the shore"
    exif.get_ifd(0x8769)[0x9003] = f"2024:03:{number + 1:02d} 08:30:00"
    Image.new("RGB", (16, 16), (number, 90, 40)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def write_wav(number: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body

    title = f"{word(number)} calls".encode()
    title += b"\0" * (2 - len(title) % 2)
    extension = bytes(320) + f"{day(number)}08:30:00".encode() + bytes(264)
    body = (
        chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
        + chunk(b"bext", extension)
        + chunk(b"LIST", b"INFO" + chunk(b"INAM", title))
        + chunk(b"data", bytes(800))
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def parts_of(path: Path, name: str) -> str:
    """The parts of a package whose names fit, their tags away but for their ends."""
    with zipfile.ZipFile(path) as package:
        found = sorted(part for part in package.namelist() if re.fullmatch(name, part))
        return "\f".join(package.read(part).decode() for part in found)


def find_page(path: Path, _: str, locator: str) -> str:
    document = pypdfium2.PdfDocument(path)
    text: str = document[int(locator.removeprefix("page ")) - 1].get_textpage().get_text_range()
    document.close()
    return text


def find_heading(part: str, heading: str) -> Callable[[Path, str, str], str]:
    """Finds "heading N" by the mark that headings have."""

    def find(path: Path, _: str, locator: str) -> str:
        return re.split(heading, parts_of(path, part))[int(locator.removeprefix("heading "))]

    return find


def find_part(part: str) -> Callable[[Path, str, str], str]:
    """Finds "slide N" or "chapter N", the N-th part of the name."""
    return lambda path, _, locator: parts_of(path, part).split("\f")[int(locator.split()[1]) - 1]


def find_sheet(path: Path, _: str, locator: str) -> str:
    name = re.fullmatch(r"sheet (.*) rows 1-2", locator)
    assert name is not None
    names = re.findall('<sheet name="([^"]*)"', parts_of(path, "xl/workbook.xml"))
    return parts_of(path, r"xl/worksheets/.*").split("\f")[names.index(name[1])]


def write_contacts(numbers: Sequence[int]) -> bytes:
    rows = (f"Bird{n},Kim,* myContacts,Mobile,010-1234-{n:04d},{word(n)}\n" for n in numbers)
    return ("First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value,Notes\n" + "".join(rows)).encode()


def write_docx(numbers: Sequence[int]) -> bytes:
    body = "".join(paragraph(f"장 {n}", "Heading1") + paragraph(f"{word(n)} 물떼새") for n in numbers)
    return docx(body, title="Birds", creator="Gaon", created="2024-03-04T09:00:00Z")


def write_odt(numbers: Sequence[int]) -> bytes:
    body = "".join(f'<text:h text:outline-level="1">{n}장</text:h><text:p>{word(n)} 물떼새</text:p>' for n in numbers)
    return odt(body, "Birds", "2024-03-04T09:00:00")


def write_xlsx(numbers: Sequence[int]) -> bytes:
    return xlsx({f"{day(n)}": [["bird", "count"], [word(n), n]] for n in numbers}, created="2024-03-04T09:00:00Z")


def write_xml_workbook(numbers: Sequence[int]) -> bytes:
    return xml_workbook({f"{day(n)}": [["bird", "count"], [word(n), n]] for n in numbers})


def find_worksheet(path: Path, _: str, locator: str) -> str:
    """What stands in "sheet NAME rows 1-2" of a workbook in XML."""
    name = locator.removeprefix("sheet ").removesuffix(" rows 1-2")
    return path.read_text("utf-8").partition(f'ss:Name="{name}"')[2].partition("</Worksheet>")[0]


def write_msg(number: int) -> bytes:
    words = {
        0x0037: f"bird {number}",
        0x1000: f"{word(number)} 새를 봤다",
        0x0C1A: "Gaon",
        0x1035: f"<{number}@example.org>",
    }
    return msg(words, {0x0039: datetime(2024, 3, number + 1, 9)}, [(1, "Mir", "mir@example.org")])


CASES = [
    Case(importer="contacts", write=one_file("contacts.vcf", write_vcf), text=word),
    Case(importer="contacts", id="csv", write=one_file("contacts.csv", write_contacts), text=word),
    Case(
        importer="pdf",
        write=one_file("birds.pdf", lambda numbers: pdf([f"{word(n)}\n물떼새" for n in numbers], Title="Birds")),
        text=word,
        streams=False,
        find=find_page,
    ),
    Case(
        importer="word",
        write=one_file("birds.docx", write_docx),
        text=word,
        streams=False,
        find=find_heading("word/document.xml", '<w:pStyle w:val="Heading1"/>'),
    ),
    Case(
        importer="open-document",
        write=one_file("birds.odt", write_odt),
        text=word,
        streams=False,
        find=find_heading("content.xml", "<text:h "),
    ),
    Case(
        importer="hangul",
        write=one_file("birds.hwpx", lambda numbers: hwpx([hwpx_paragraph(f"{word(n)} 물떼새") for n in numbers])),
        text=word,
        streams=False,
        find=find_part(r"Contents/section\d+.xml"),
    ),
    Case(
        importer="hangul",
        id="HWP 5.0",
        write=many_files("birds {}.hwp", lambda number: hwp([[f"{word(number)} 물떼새"]], flags=0)),
        text=word,
        streams=False,
        find=lambda path, member, _: (path / member).read_bytes().decode("utf-16-le", "replace"),
    ),
    Case(
        importer="rich-text",
        write=many_files("walk {}.rtf", lambda number: rtf(f"물떼새 {word(number)} 갯벌", "Walk")),
        text=word,
    ),
    Case(
        importer="slides",
        write=one_file(
            "birds.pptx", lambda numbers: pptx([(shape(f"{word(n)} 물떼새", "title"), "") for n in numbers])
        ),
        text=word,
        streams=False,
        find=find_part(r"ppt/slides/slide\d+.xml"),
    ),
    Case(
        importer="spreadsheet",
        write=one_file("birds.xlsx", write_xlsx),
        text=word,
        streams=False,
        find=find_sheet,
    ),
    Case(
        importer="spreadsheet",
        id="XML",
        write=one_file("birds.xls", write_xml_workbook),
        text=word,
        streams=False,
        find=find_worksheet,
    ),
    Case(
        importer="epub",
        write=one_file("birds.epub", lambda numbers: epub([f"<h1>{n}</h1><p>{word(n)} 물떼새</p>" for n in numbers])),
        text=word,
        streams=False,
        find=find_part(r"OEBPS/chap \d+.xhtml"),
    ),
    Case(importer="web-page", write=many_files("page {}.html", write_html), text=word),
    Case(importer="text", write=many_files("walk {}.txt", write_text), text=word),
    Case(importer="table", write=many_files("birds {}.csv", write_table), text=word),
    Case(importer="outlook", write=many_files("bird {}.msg", write_msg), text=word, streams=False),
    Case(importer="photos", write=many_files("DSC{}.jpg", write_photo), text=word),
    Case(importer="voice", write=many_files("memo {}.wav", write_wav), text=word),
]
