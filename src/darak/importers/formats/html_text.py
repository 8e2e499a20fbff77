"""The words of an HTML text: tags away, blocks on lines of their own; in time linear in any input."""

from __future__ import annotations

import html
import re

_SPACES = re.compile(r"\s+")
_SILENT = ("script", "style", "head", "title", "template", "noscript", "svg")
_OPENING = re.compile(rf"<!--|<({'|'.join(_SILENT)})(?![A-Za-z0-9:-])[^<>]*(?<!/)>", re.IGNORECASE)
_CLOSING = {name: re.compile(f"</{name}[^<>]*>", re.IGNORECASE) for name in _SILENT} | {"": re.compile("-->")}
_BLOCKS = (
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h[1-6r]",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
)
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})(?![A-Za-z0-9:-])[^<>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"""<img\b[^<>]*?\balt\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))[^<>]*>""", re.IGNORECASE)
_CELL = re.compile(r"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
_BLANKS = re.compile("[ \u00a0]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u200c\ufeff]")
"""What newsletters fill their hidden preview lines with."""


def text_of_html(source: str) -> str:
    """Plain text with single spaces, one line a block, no blank lines; `alt` texts stand for their images."""
    text = _without_silent(_SPACES.sub(" ", source))
    text = _IMAGE.sub(r" \1\2\3 ", text)
    text = _TAG.sub("", _CELL.sub(" ", _BLOCK.sub("\n", text)))
    text = _INVISIBLE.sub("", html.unescape(text))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_silent(source: str) -> str:
    """The source without comments and without elements that show no text."""
    out: list[str] = []
    # An end once found missing is not searched again, or many openings would make the search quadratic.
    missing: set[str] = set()
    position = 0
    while opening := _OPENING.search(source, position):
        out.append(source[position : opening.start()])
        position = opening.end()
        name = (opening[1] or "").lower()
        if name not in missing:
            closing = _CLOSING[name].search(source, position)
            if closing:
                position = closing.end()
            else:
                missing.add(name)
    out.append(source[position:])
    return "".join(out)
