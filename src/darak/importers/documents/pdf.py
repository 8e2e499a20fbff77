"""PDF documents: one record a page.

Sign: "%PDF-" in the first kilobyte. The locator is "page N". A page of a scan that has no text layer is told as a bad
row, an empty page is ignored. Title, author and times are those of the document's information dictionary
(ISO 32000-1, 14.3.3).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any, BinaryIO

from darak.importers.documents.document import (
    NEEDS_PASSWORD,
    About,
    Damaged,
    DocumentImporter,
    Passage,
    Records,
    read_whole,
    tidy,
)
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin
from darak.records.time import Precision, Time, ZoneSource, from_datetime

_BEGINS = re.compile(rb"(?:\A|[\r\n\x00])%PDF-\d")
_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?)?.*", re.DOTALL)
_HYPHEN = re.compile("[\ufffe\x02]\r?\n?")
"""What pdfium puts where a word was divided at the end of a line."""
_TAIL = 2048


class PdfImporter(DocumentImporter):
    name = "pdf"
    score = 0.6
    why = "begins with %PDF"

    def knows(self, head: bytes, name: str) -> bool:
        return _BEGINS.search(head[:1024]) is not None

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        pdfium: Any = import_module("pypdfium2")  # 25 ms that only who has a PDF pays

        # In an archive every step back would unpack it from its beginning again.
        source = io.BytesIO(read_whole(stream)) if "!" in member or not stream.seekable() else stream
        size = source.seek(0, io.SEEK_END)
        source.seek(max(0, size - _TAIL))
        whole = b"%%EOF" in source.read()
        source.seek(0)
        try:
            document = pdfium.PdfDocument(source)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise Damaged("encrypted", NEEDS_PASSWORD) from error
            raise Damaged("damaged-document", f"the document is damaged or cut off: {error}") from error
        try:
            yield from self._pages(document, member, pdfium.PdfiumError)
        finally:
            document.close()
        if not whole:
            yield BadRow("cut-off", Origin(member, f"bytes {size}-"), "the document is cut off; download it again")
            yield Units(1)

    def _pages(self, document: Any, member: str, pdf_error: type[Exception]) -> Iterator[Item]:
        records = Records(self.name, member, _about(document))
        count = len(document)
        yield Units(count)
        for number in range(1, count + 1):
            origin = Origin(member, f"page {number}")
            try:
                page: Any = document[number - 1]
                text = _text(page)
                empty = not text and not any(page.get_objects(max_depth=1))
                page.close()
            except pdf_error as error:
                yield BadRow("damaged-page", origin, f"the page cannot be read: {error}")
                continue
            if text:
                yield from records.of(Passage(f"page {number}", text, extra={"page": number}))
            elif empty:
                yield Ignored("empty-page", origin)
            else:
                yield BadRow("no-text-layer", origin, "the page is a picture without a text layer; run OCR on it first")


def _text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_range()
    finally:
        textpage.close()
    return tidy(_HYPHEN.sub("", text).replace("\0", ""))


def _about(document: Any) -> About:
    said: dict[str, str] = document.get_metadata_dict()
    return About.of(
        said.get("Title"),
        (said.get("Author", ""),),
        read_date(said.get("CreationDate", "")),
        read_date(said.get("ModDate", "")),
        subject=said.get("Subject"),
        keywords=said.get("Keywords"),
    )


def read_date(text: str) -> Time | None:
    """The time of `D:20240102030405+09'00'` (ISO 32000-1, 7.9.4), as precise as it is written; None for any other."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    parts = [int(part) for part in match.groups()[:6] if part]
    precision = {1: Precision.YEAR, 2: Precision.MONTH, 3: Precision.DAY, 6: Precision.SECOND}.get(len(parts))
    zone = source = None
    if match[7] or (match[8] and match[9] == "00" and match[10] in (None, "00")):
        zone, source = "UTC", ZoneSource.UTC
    elif match[8]:
        zone, source = f"{match[8]}{match[9]}:{match[10] or '00'}", ZoneSource.EXPLICIT
    try:
        local = datetime(*(parts + [1, 1][len(parts) - 1 :]))  # type: ignore[arg-type]
        time = from_datetime(local, text.strip(), precision or Precision.MINUTE, zone, source or ZoneSource.ASSUMED)
        time.instant("UTC")
    except (ValueError, OverflowError):
        return None
    return time
