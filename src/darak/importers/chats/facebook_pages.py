"""Posts and comments of Facebook as pages of HTML, the form that it exports by default.

Each is an element of the class `_a6-g` with what was done in the words of Facebook (`_a6-h`), a body (`_a6-p`) and a
time (`_a6-o`) on the clock of the account.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from darak.importers.chats.meta import ME, Context, named
from darak.importers.chats.meta_export import Page
from darak.importers.chats.meta_pages import HEADING, PLAYED, TIME, files_in, page_flaws, page_time, unread
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.written_time import time_at_end
from darak.importers.importer import Ignored, Item
from darak.records.record import Origin, Record
from darak.records.time import Precision

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
"""With what a picture was taken and from which address it came."""
_BOX = re.compile(r"</?div\b[^>]*>")
_LONGEST_UPDATE = 80
_WEB = re.compile(r'\bhref="(https?://[^"]+)"')


def _post(comment: bool, raw: bytes, whole: bool, context: Context, origin: Origin) -> Iterator[Item]:
    """The items of a post or a comment."""
    source = raw.decode("utf-8", "replace")
    heading, written = HEADING.search(source), TIME.search(source)
    if written is None:
        yield unread(raw, whole, origin)
        return
    body = _TABLE.sub("", source[heading.end() if heading else 0 : written.start()])
    what = text_of_html(heading[2]) if heading else ""
    uris = files_in(body)
    names = [uri.rpartition("/")[2] for uri in uris]
    said = (named(text_of_html(box)) for box in _BOX.split(PLAYED.sub("", body)))
    said = {" ".join(text.split()): text for text in said if text and not _is_of_update(text)}
    text = "\n".join(said.values()) or "\n".join(names) or what
    if not text:
        yield Ignored("empty-comment" if comment else "empty-post", origin)
        return
    extra: dict[str, Any] = {"comment": True} if comment else {}
    extra |= {name: value for name, value in (("what", what), ("files", names)) if value}
    links = [html.unescape(link) for link in _WEB.findall(body)]
    time = page_time(written[2], context)
    yield Record(
        source=context.source,
        kind="post",
        time=time,
        origin=origin,
        author=ME,
        text=text,
        url=links[0] if links else None,
        blobs=tuple(blob for uri in uris if (blob := context.files.blob(uri))),
        extra=extra,
    )
    yield from page_flaws(time, text, origin)


def _is_of_update(text: str) -> bool:
    """Whether a text is Facebook's own on when a post was changed: it alone writes seconds."""
    time = time_at_end(text) if len(text) <= _LONGEST_UPDATE else None
    return time is not None and time.precision is Precision.SECOND


_POSTS = re.compile(r"(?:^|/)(?:posts/your_posts|groups/group_posts)\w*\.html$")
_COMMENTS = re.compile(
    r"(?:^|/)(?:comments(?:_and_reactions)?/comments(?:_\d+)?|groups/your_comments_in_groups)\.html$"
)
_SIGN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype[^>]*>\s*<)?html(?=.*\b_a6-g\b)(?=.*\b_a6-p\b)(?=.*\b_a6-o\b)", re.I | re.S
)
PAGES = (Page(_POSTS, _SIGN, partial(_post, False)), Page(_COMMENTS, _SIGN, partial(_post, True)))
