"""Saved web pages and other HTML files: one record for the text under each heading.

Sign: the file begins with a document type, an <html> element or, as tables that are named .xls do, with what stands in
one. The locator is "bytes A-B", from one heading to the
next. Title, author, time and address are what the page says in its meta elements (Open Graph, Dublin Core, schema.org)
and what SingleFile writes on top of the pages that it saves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, parts, read_whole
from darak.importers.documents.package import moment
from darak.importers.formats.decoding import decode
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.lines import BOM
from darak.importers.importer import Ignored, Item, Units
from darak.records.record import Origin

_BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|(?:head|meta|style|table)\b)",
    re.I | re.S,
)
_SILENT = re.compile(rb"<!--.*?-->|<(script|style|template|noscript|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(rb"<h[1-6]\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_META = re.compile(r"<meta\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_CANONICAL = re.compile(
    r"""<link\b(?=[^>]*\brel\s*=\s*["']?canonical)[^>]*\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE
)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_SCHEMA_DATE = re.compile(r'"(?:datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]{4,40})"')
_PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "dcterms.created", "dc.date", "date")
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator")
_HEAD = 256 * 1024
_TAKEOUT = (b"service-detail", b"header_title", b"file-leaf")
"""The classes in the page with which Takeout lists what is in it (archive_browser.html)."""


class WebPageImporter(DocumentImporter):
    name = "web-page"
    score = 0.3
    why = "begins with the markup of a page"

    def knows(self, head: bytes, name: str) -> bool:
        return _BEGIN.match(head) is not None

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        if all(sign in data for sign in _TAKEOUT):
            yield Ignored("list-of-an-export", Origin(member, f"bytes 0-{len(data)}"))
            yield Units(1)
            return
        charset = None if data.startswith(BOM) else _CHARSET.search(data[:4096])
        encoding = charset[1].decode("ascii", "replace") if charset else None
        about = about_page(decode(data[:_HEAD], encoding)[0])
        passages = list(parts(_sections(data, encoding)))
        if not passages:
            raise Damaged(
                "no-text", "there are no words in it: the page was drawn by a program that is not in the file"
            )
        records = Records(self.name, member, about)
        for passage in passages:
            yield from records.of(passage)
        yield Units(len(passages))


def _sections(data: bytes, encoding: str | None) -> Iterator[Passage]:
    """The page in pieces from heading to heading; what shows no text is blanked out, so that bytes stay in place."""
    shown = _SILENT.sub(lambda match: b" " * len(match[0]), data)
    starts = [0, *(match.start() for match in _HEADING.finditer(shown)), len(shown)]
    for start, end in pairwise(starts):
        source, whole = decode(shown[start:end], encoding)
        text = text_of_html(source)
        if text:
            heading = text.partition("\n")[0] if start else None
            flaw = None if whole else ("undecodable-text", "some of its bytes could not be decoded")
            yield Passage(f"bytes {start}-{end}", text, heading, flaw)


def about_page(head: str) -> About:
    """What a page says of itself in its head."""
    meta: dict[str, str] = {}
    for match in _META.finditer(head):
        attributes = {a[0].lower(): html.unescape(a[1] or a[2] or a[3]) for a in _ATTRIBUTE.findall(match[1])}
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        meta.setdefault(name.lower(), attributes.get("content", ""))
    title = _TITLE.search(head)
    saved, canonical = _SINGLE_FILE.search(head), _CANONICAL.search(head)
    written = [meta.get(name, "") for name in _PUBLISHED] + [m[1] for m in _SCHEMA_DATE.finditer(head)]
    return About.of(
        html.unescape(title[1]) if title else meta.get("og:title"),
        tuple(name for key in _AUTHORS if (name := meta.get(key, "")) and not name.startswith("http"))[:1],
        next((time for text in written if (time := moment(text))), None),
        next((time for name in _MODIFIED if (time := moment(meta.get(name, "")))), None),
        url=saved[1] if saved else html.unescape(canonical[1]) if canonical else meta.get("og:url"),
        site=meta.get("og:site_name"),
        description=meta.get("description") or meta.get("og:description"),
    )
