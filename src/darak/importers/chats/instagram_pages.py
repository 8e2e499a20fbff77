"""Posts, stories, reels and comments of Instagram as pages of HTML, the form that it exports by default.

Each is an element of the class `_a6-g`: of a post a caption (`_a6-h`), its pictures and films, and a time (`_a6-o`); of
a comment a table of what was said and of whose post it was on (`_a6_q`), and a time (`_a6_r`). The names of the fields
are in the language of the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.chats.meta import ME, Context
from darak.importers.chats.meta_export import Page
from darak.importers.chats.meta_pages import HEADING, TIME, files_in, page_flaws, page_time, unread
from darak.importers.formats.html_text import text_of_html
from darak.importers.importer import Ignored, Item
from darak.records.record import Identity, Origin, Record
from darak.records.time import Time

_VALUE = re.compile(r"<td\b[^>]*\b_a6_q\b[^>]*>[^<]*<div>\s*<div>(.*?)</div>\s*</div>\s*</td>", re.DOTALL)
_TOLD = re.compile(r"<td\b[^>]*\b_a6_r\b[^>]*>([^<]*\d[^<]*)</td>")


def _post(raw: bytes, whole: bool, context: Context, origin: Origin) -> Iterator[Item]:
    """The items of a post, a story or a reel."""
    source = raw.decode("utf-8", "replace")
    written, caption = TIME.search(source), HEADING.search(source)
    uris = files_in(source)
    names = [uri.rpartition("/")[2] for uri in uris]
    text = (_lines(caption[2]) if caption else "") or "\n".join(names)
    if written is None:
        yield unread(raw, whole, origin)
    elif not text:
        yield Ignored("empty-post", origin)
    else:
        time = page_time(written[2], context)
        blobs = [blob for uri in uris if (blob := context.files.blob(uri))]
        yield Record(
            source=context.source,
            kind="post",
            time=time,
            origin=origin,
            native_id=_id(context, time, text),
            author=ME,
            text=text,
            blobs=tuple(blobs),
            extra={"files": names} if names else {},
        )
        yield from page_flaws(time, text, origin)


def _comment(raw: bytes, whole: bool, context: Context, origin: Origin) -> Iterator[Item]:
    """The items of a comment: of its fields the first with a value, which is followed by whose post it was on."""
    source = raw.decode("utf-8", "replace")
    written = _TOLD.search(source)
    texts = [text for value in _VALUE.findall(source) if (text := _lines(value))]
    if written is None:
        yield unread(raw, whole, origin)
    elif not texts:
        yield Ignored("empty-comment", origin)
    else:
        time = page_time(written[1], context)
        yield Record(
            source=context.source,
            kind="post",
            time=time,
            origin=origin,
            native_id=_id(context, time, texts[0]),
            author=ME,
            people=tuple(Identity(owner) for owner in texts[1:2]),
            text=texts[0],
            extra={"comment": True},
        )
        yield from page_flaws(time, texts[0], origin)


def _lines(source: str) -> str:
    """The words of an element whose lines end as they do in plain text."""
    return text_of_html(source.strip().replace("\n", "<br>"))


def _id(context: Context, time: Time, text: str) -> str | None:
    return next(iter(context.page_ids("html", ME, time, text)), None)


_POSTS = r"(?:^|/)(?:media|content)/(?:posts|stories|reels|archived_posts|igtv_videos|other_content)(?:_\d+)?\.html$"
_HTML = rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype[^>]*>\s*<)?html(?=.*\b_a6-g\b)"
PAGES = (
    Page(re.compile(_POSTS), re.compile(_HTML + rb"(?=.*\b_a6-o\b)", re.I | re.S), _post),
    Page(
        re.compile(r"(?:^|/)comments/\w*comments(?:_\d+)?\.html$"),
        re.compile(_HTML + rb"(?=.*\b_a6_q\b)", re.I | re.S),
        _comment,
    ),
)
