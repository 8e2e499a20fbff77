"""Notes and documents as they were meant: Markdown as HTML that can do nothing, and as plain words for a line.

HTML in a text stays text. Pictures are named and never fetched; only links to the web can be followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

_KINDS = ("note", "document", "chat")
"""Kinds of records whose texts people and programs write in Markdown."""
_LONGEST = 200_000
"""Characters; longer texts are shown as they are."""
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"(?m)^#{1,6} ")
_BRIEF = 1_000
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_BOX = {" ": "☐ ", "x": "☑ "}


def is_marked(kind: str, text: str) -> bool:
    """Whether a record's text is to be read as Markdown."""
    return kind in _KINDS and len(text) <= _LONGEST


def rendered(text: str, *, lines: bool = True) -> Markup:
    """HTML of a text in Markdown, with its lines kept as they are or only its paragraphs.

    Its headings begin at the second level.
    """
    return Markup(_markdown(lines).render(_prepared(text)))


def in_brief(kind: str, text: str) -> str:
    """The beginning of a record's text without the marks of Markdown, for one line about it."""
    begun = text[:_BRIEF]
    return plain(begun) if is_marked(kind, begun) else begun


def without_marks(answer: str) -> str:
    """What a model wrote, without the marks for bold words and headings that many set unasked."""
    return _EMPHASIS.sub(r"\2", _HEADING.sub("", answer))


def plain(text: str) -> str:
    """The words of a text in Markdown, its blocks as lines."""
    return "\n".join(filter(None, (_words(token) for token in _markdown(True).parse(_prepared(text)))))


def _prepared(text: str) -> str:
    return _WIKI.sub(r"\1", text)


def _words(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    return "".join(_word(child) for child in token.children or ())


def _word(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


@cache
def _markdown(lines: bool) -> MarkdownIt:
    """CommonMark with tables; text that is only indented is no code, as in a person's note."""
    markdown = MarkdownIt("commonmark", {"breaks": lines, "html": False})
    markdown.enable(["table", "strikethrough"]).disable(["code", "html_block", "html_inline"])
    markdown.core.ruler.push("darak", _mend)
    markdown.add_render_rule("image", _image)
    return markdown


def _mend(state: Any) -> None:
    """Lowers headings, draws the boxes of tasks, and leaves links that do not lead to the web as text."""
    tokens: list[Token] = state.tokens
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        elif token.type == "inline" and token.children:
            _mend_links(token.children)
            if place >= 2 and tokens[place - 2].type == "list_item_open":
                _draw_box(token.children[0])


def _draw_box(first: Token) -> None:
    if first.type == "text" and (found := _TASK.match(first.content)):
        first.content = _BOX[found[1].lower()] + first.content[found.end() :]


def _mend_links(children: list[Token]) -> None:
    kept = True
    for token in children:
        if token.type == "link_open":
            kept = str(token.attrs.get("href", "")).startswith(("https://", "http://"))
            token.attrs |= {"rel": "noreferrer noopener", "target": "_blank"} if kept else {}
        if token.type in ("link_open", "link_close") and not kept:
            token.type, token.content, token.tag, token.nesting = "text", "", "", 0


def _image(self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[place]
    name = token.content or str(token.attrs.get("src", "")).rpartition("/")[2]
    return str(Markup('<span class="quiet">{}</span>').format(escape(name)))
