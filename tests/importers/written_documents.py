"""Documents as programs write them, made by hand: just the parts that the formats ask for, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org"
_W = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main"'
_P = (
    f'xmlns:p="{_OFFICE}/presentationml/2006/main" xmlns:a="{_OFFICE}/drawingml/2006/main"'
    f' xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
)
_S = f'xmlns="{_OFFICE}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
CORE = {"title": "", "creator": "", "created": "", "modified": ""}


def zipped(parts: Mapping[str, str | bytes], stored: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(lines)}</Relationships>'


def office(main: str, parts: Mapping[str, str | bytes], **core: str) -> bytes:
    """A package whose main part is `main`; `core` are title, creator, created and modified."""
    said = {
        "title": "dc:title",
        "creator": "dc:creator",
        "created": "dcterms:created",
        "modified": "dcterms:modified",
    }
    words = "".join(f"<{said[name]}>{escape(value)}</{said[name]}>" for name, value in core.items())
    properties = (
        f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{words}</cp:coreProperties>'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", main), ("core-properties", "docProps/core.xml")),
            **parts,
            "docProps/core.xml": properties,
        }
    )


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(body: str, styles: str = "", notes: str = "", **core: str) -> bytes:
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(("styles", "styles.xml"), ("footnotes", "footnotes.xml")),
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {_W}>{notes}</w:footnotes>",
    }
    return office("word/document.xml", parts, **core)


def shape(text: str, kind: str = "") -> str:
    placeholder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<p:sp>{placeholder}<p:txBody>{lines}</p:txBody></p:sp>"


def pptx(slides: Sequence[tuple[str, str]], **core: str) -> bytes:
    """Slides as (shapes, notes)."""
    parts: dict[str, str | bytes] = {}
    for number, (shapes, notes) in enumerate(slides, start=1):
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        if notes:
            name = f"notesSlide{number}.xml"
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(("notesSlide", f"../notesSlides/{name}"))
            tree = f"<p:cSld><p:spTree>{shape(notes, 'body')}{shape('7', 'sldNum')}</p:spTree></p:cSld>"
            parts[f"ppt/notesSlides/{name}"] = f"<p:notes {_P}>{tree}</p:notes>"
    # The slides stand in the package in another order than in the show.
    order = list(range(1, len(slides) + 1))
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in order)
    targets = [("slide", f"slides/slide{number}.xml") for number in order]
    main = {
        "ppt/presentation.xml": f"<p:presentation {_P}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*targets),
    }
    return office("ppt/presentation.xml", {**main, **dict(reversed(parts.items()))}, **core)


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], **core: str) -> bytes:
    parts: dict[str, str | bytes] = {}
    names = ""
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        names += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"/>'
        lines = "".join(
            f'<row r="{r}">' + "".join(_cell(r, c, value) for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {_S}><sheetData>{lines}</sheetData></worksheet>"
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    main = {
        "xl/workbook.xml": f"<workbook {_S}><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets, ("styles", "styles.xml")),
        "xl/styles.xml": f"<styleSheet {_S}>{styles}</styleSheet>",
    }
    return office("xl/workbook.xml", {**main, **parts}, **core)


class Day(int):
    """A date as Excel stores it: days since the end of 1899."""


def _cell(row: int, column: int, value: object) -> str:
    place = f'r="{chr(65 + column)}{row}"'
    if value == "":
        return ""
    if isinstance(value, Day):
        return f'<c {place} s="1"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {place}><v>{value}</v></c>"
    return f'<c {place} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def odt(body: str, title: str = "", created: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("meta", "meta"),
            ("draw", "drawing"),
        )
    )
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    said = f"<dc:title>{title}</dc:title><meta:creation-date>{created}</meta:creation-date>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
                "</office:document-content>"
            ),
            "meta.xml": f"<office:document-meta {spaces} {dc}><office:meta>{said}</office:meta></office:document-meta>",
        },
        stored=("mimetype",),
    )


def epub(chapters: Sequence[str], title: str = "", creator: str = "", date: str = "", locked: str = "") -> bytes:
    """Chapters as the insides of a body; `locked` is the name of a part that is said to be encrypted."""
    manifest = "".join(
        f'<item id="c{n}" href="chap%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    about = f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:date>{date}</dc:date>"
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
        ),
        "OEBPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{about}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
        ),
    }
    if locked:
        parts["META-INF/encryption.xml"] = f'<encryption><CipherReference URI="{locked}"/></encryption>'
    for number, body in enumerate(chapters):
        parts[f"OEBPS/chap {number}.xhtml"] = f"<html><head><title>x</title></head><body>{body}</body></html>"
    return zipped(parts, stored=("mimetype",))


def pdf(pages: Sequence[str], **said: str) -> bytes:
    """Pages of text in lines; "" is an empty page, "picture" one with nothing but a picture."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    font = {character: 1 + n for n, character in enumerate(sorted(set("".join(pages)) - {"\n"}))}
    kids: list[int] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes, more: str = "") -> int:
        return add(f"<</Length {len(data)}{more}>>\nstream\n".encode() + data + b"\nendstream")

    mapping = "\n".join(
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in font.items()
    )
    to_unicode = stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n1 begincodespacerange\n"
        f"<0000> <FFFF>\nendcodespacerange\n{len(font)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end".encode()
    )
    descendant = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Sans/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000>>"
    )
    text_font = add(
        f"<</Type/Font/Subtype/Type0/BaseFont/Sans/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {to_unicode} 0 R>>".encode()
    )
    image = stream(bytes(3), "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")
    for page in pages:
        lines = "".join(
            f"1 0 0 1 72 {720 - 20 * n} Tm <{''.join(f'{font[c]:04X}' for c in line)}> Tj\n"
            for n, line in enumerate(page.split("\n"))
        )
        drawn = "q 99 0 0 99 0 0 cm /I Do Q" if page == "picture" else f"BT /F 12 Tf {lines} ET" if page else ""
        content = stream(zlib.compress(drawn.encode()), "/Filter/FlateDecode")
        resources = f"<</Font<</F {text_font} 0 R>>/XObject<</I {image} 0 R>>>>"
        head = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
        kids.append(add(f"{head}/Resources{resources}/Contents {content} 0 R>>".encode()))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    info = add(
        b"<<"
        + b"".join(
            f"/{name}<".encode() + b"FEFF" + value.encode("utf-16-be").hex().encode() + b">"
            for name, value in said.items()
        )
        + b">>"
    )
    out, offsets = b"%PDF-1.7\n", list[int]()
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info {info} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def hwpx(sections: Sequence[str], title: str = "", creator: str = "", created: str = "") -> bytes:
    """Sections as paragraphs of OWPML."""
    said = "".join(
        f'<opf:meta name="{name}" content="text">{value}</opf:meta>'
        for name, value in (("creator", creator), ("CreatedDate", created))
    )
    about = f"<opf:metadata><opf:title>{title}</opf:title>{said}</opf:metadata>"
    parts: dict[str, str | bytes] = {
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": f'<opf:package xmlns:opf="http://www.idpf.org/2007/opf/">{about}</opf:package>',
    }
    spaces = (
        'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    )
    for number, body in enumerate(sections):
        parts[f"Contents/section{number}.xml"] = f"<hs:sec {spaces}>{body}</hs:sec>"
    return zipped(parts, stored=("mimetype",))


def hwpx_paragraph(text: str) -> str:
    return f"<hp:p><hp:run><hp:t>{escape(text)}</hp:t></hp:run></hp:p>"


def hwp(sections: Sequence[Sequence[str]], flags: int = 1) -> bytes:
    """Sections as paragraphs of HWP 5.0; `flags` 1: compressed, 2: with a password."""
    header = b"HWP Document File".ljust(32, b"\0") + bytes((0, 3, 0, 5)) + flags.to_bytes(4, "little")
    streams = {("FileHeader",): header}
    for number, lines in enumerate(sections):
        words = (_hwp_record(0x43, f"{line}\r".encode("utf-16-le")) for line in lines)
        data = b"".join(_hwp_record(0x42, bytes(22)) + word for word in words)
        packer = zlib.compressobj(wbits=-15)
        streams["BodyText", f"Section{number}"] = packer.compress(data) + packer.flush() if flags & 1 else data
    return ole(streams)


def _hwp_record(tag: int, data: bytes) -> bytes:
    size = len(data)
    head = tag | min(size, 0xFFF) << 20
    return head.to_bytes(4, "little") + (size.to_bytes(4, "little") if size >= 0xFFF else b"") + data


def ole(streams: Mapping[tuple[str, ...], bytes]) -> bytes:
    """A compound file (MS-CFB) with streams by their paths, of at most two names; short ones end in zeros."""
    sector, small, none, end = 512, 4096, 0xFFFFFFFF, 0xFFFFFFFE
    storages = dict.fromkeys(path[0] for path in streams if len(path) == 2)
    names = [("Root Entry", 5)] + [(name, 1) for name in storages] + [(path[-1], 2) for path in streams]
    paths = [(), *((name,) for name in storages), *streams]
    index = {path: number for number, path in enumerate(paths)}
    children: dict[int, list[int]] = {0: [index[name,] for name in storages]}
    for path in streams:
        children.setdefault(0 if len(path) == 1 else index[path[0],], []).append(index[path])
    right = {a: b for kin in children.values() for a, b in pairwise(kin)}
    padded = {path: data.ljust(max(small, -(-len(data) // sector) * sector), b"\0") for path, data in streams.items()}
    directory_size = -(-len(names) * 128 // sector)
    total = directory_size + sum(-(-len(data) // sector) for data in padded.values())
    fat_size = -(-total // 127)
    fat = [0xFFFFFFFD] * fat_size

    def chain(count: int) -> int:
        first = len(fat)
        fat.extend([*range(first + 1, first + count), end])
        return first

    directory = chain(directory_size)
    starts, body = dict[int, tuple[int, int]](), b""
    for path, data in padded.items():
        data = data.ljust(-(-len(data) // sector) * sector, b"\0")
        starts[index[path]] = (chain(len(data) // sector), len(data))
        body += data
    entries = b""
    for number, (name, kind) in enumerate(names):
        start, size = starts.get(number, (end if kind == 5 else 0, 0))
        text = name.encode("utf-16-le")
        kin = children.get(number)
        entries += text.ljust(64, b"\0") + (len(text) + 2).to_bytes(2, "little") + bytes((kind, 1))
        entries += b"".join(v.to_bytes(4, "little") for v in (none, right.get(number, none), kin[0] if kin else none))
        entries += bytes(36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")
    table = b"".join(v.to_bytes(4, "little") for v in fat).ljust(fat_size * sector, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(6)
    numbers = (0, fat_size, directory, 0, small, end, 0, end, 0, *range(fat_size))
    head += b"".join(v.to_bytes(4, "little") for v in numbers)
    return head.ljust(sector, b"\xff") + table + entries.ljust(directory_size * sector, b"\0") + body


def rtf(text: str, title: str = "") -> bytes:
    """Rich text of Korean Windows: half of the letters in its code page, half as Unicode."""
    words = "".join(
        character
        if character.isascii()
        else "".join(f"\\'{byte:02x}" for byte in character.encode("cp949"))
        if number % 2
        else f"\\u{(ord(character) + 0x8000) % 0x10000 - 0x8000}?"
        for number, character in enumerate(text)
    ).replace("\n", "\\par\n")
    info = f"{{\\info{{\\title {title}}}{{\\creatim\\yr2024\\mo1\\dy2\\hr3\\min4}}}}"
    return f"{{\\rtf1\\ansi\\ansicpg949{{\\fonttbl{{\\f0\\fcharset129 Batang;}}}}{info}\\f0 {words}}}".encode()


def msg(
    words: Mapping[int, str],
    times: Mapping[int, datetime],
    people: Sequence[tuple[int, str, str]] = (),
    file: bytes = b"",
) -> bytes:
    """A mail of Outlook: texts and times by their properties, people as (1 to or 2 copy, name, address), one file."""

    def table(header: int, numbers: Mapping[int, int], kind: int) -> bytes:
        rows = (
            kind.to_bytes(2, "little") + n.to_bytes(2, "little") + bytes(4) + v.to_bytes(8, "little")
            for n, v in numbers.items()
        )
        return bytes(header) + b"".join(rows)

    ticks = {number: (time - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10 for number, time in times.items()}
    streams: dict[tuple[str, ...], bytes] = {("__properties_version1.0",): table(32, ticks, 0x40)}
    for number, text in words.items():
        streams[(f"__substg1.0_{number:04X}001F",)] = text.encode("utf-16-le")
    for place, (kind, name, address) in enumerate(people):
        folder = f"__recip_version1.0_#{place:08X}"
        streams[folder, "__properties_version1.0"] = table(8, {0x0C15: kind}, 3)
        streams[folder, "__substg1.0_3001001F"] = name.encode("utf-16-le")
        streams[folder, "__substg1.0_39FE001F"] = address.encode("utf-16-le")
    if file:
        folder = "__attach_version1.0_#00000000"
        streams[folder, "__substg1.0_37010102"] = file
        streams[folder, "__substg1.0_3707001F"] = "새.txt".encode("utf-16-le")
    return ole(streams)


def locked_office() -> bytes:
    """As much of an Office document under a password as tells it: a compound file that holds an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1100) + "EncryptedPackage".encode("utf-16-le") + bytes(900)


def xml_workbook(sheets: Mapping[str, Sequence[Sequence[object]]], encoding: str = "utf-8") -> bytes:
    """A workbook in the XML of Excel 2003; None stands for a cell that is left out."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    text += '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    text += ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
    for name, rows in sheets.items():
        text += f'<Worksheet ss:Name="{escape(name)}"><Table>\n'
        for row in rows:
            cells = [
                f'<Cell ss:Index="{n}"><Data ss:Type="String">{escape(str(value))}</Data></Cell>'
                for n, value in enumerate(row, start=1)
                if value is not None
            ]
            text += f"<Row>{''.join(cells)}</Row>\n"
        text += "</Table></Worksheet>\n"
    return f"{text}</Workbook>\n".encode({"euc-kr": "cp949"}.get(encoding, encoding))
