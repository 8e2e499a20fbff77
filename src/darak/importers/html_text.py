"""The words of an HTML text: tags away, blocks on lines of their own. One pass, linear in any input."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--|<(/?)([A-Za-z][A-Za-z0-9:-]*)([^<>]*)>|<[!?][^<>]*>")
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile("[ \u00a0]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u200c\ufeff]")
"""What newsletters fill their hidden preview lines with."""
_SILENT = {
    name: re.compile(f"</{name}[^<>]*>", re.IGNORECASE)
    for name in ("script", "style", "head", "title", "template", "noscript", "svg")
}
_COMMENT_END = re.compile("-->")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
))


def text_of_html(source: str) -> str:
    """Plain text with single spaces, one line a block, no blank lines; `alt` texts stand for their images."""
    source = _SPACES.sub(" ", source)
    out: list[str] = []
    # An end once found missing is not searched again, or many openings would make the search quadratic.
    missing: set[re.Pattern[str]] = set()
    position = 0
    while tag := _TAG.search(source, position):
        out.append(source[position : tag.start()])
        position = tag.end()
        name = (tag[2] or "").lower()
        end = _COMMENT_END if tag[0] == "<!--" else None if tag[1] else _SILENT.get(name)
        if end is None or tag[0].endswith("/>"):
            out.append(_mark(name, tag[3] or ""))
        elif end not in missing:
            closing = end.search(source, position)
            if closing:
                position = closing.end()
            else:
                missing.add(end)
    out.append(source[position:])
    text = _INVISIBLE.sub("", html.unescape("".join(out)))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _mark(name: str, attributes: str) -> str:
    """What a tag leaves in the text."""
    if name in _BLOCKS or name == "br":
        return "\n"
    if name in ("td", "th"):
        return " "
    if name == "img" and (alt := _ALT.search(attributes)):
        return f" {alt[1] or alt[2] or alt[3] or ''} "
    return ""
