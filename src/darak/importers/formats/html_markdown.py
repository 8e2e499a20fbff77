"""HTML as light Markdown: what notes in HTML say, with the shape that a reader needs.

Headings, lists, tasks, tables, quotes, code and links keep their marks; emphasis loses them, so that a word is found
however it was printed. Also reads ENML, Evernote's dialect, with its `en-todo`, `en-media` and `en-crypt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SPACES = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u200c\ufeff]")
_SECTIONS = (
    ("<!--", re.compile(r"<!--.*?-->", re.DOTALL), "-->"),
    ("<![CDATA[", re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL), "]]>"),
)
_OTHER_SECTION = re.compile(r"<!\[[^>]*+>?")
_WEB = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "select"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_LINES = frozenset(("address", "dd", "div", "dl", "dt", "figcaption", "summary", "tr", "article", "section", "center"))
_PARAGRAPHS = frozenset(("p", "table", "figure", "details", "aside", "header", "footer", "form", "body"))
_HEADING = re.compile(r"h[1-6]")
_SILENT_CLASSES = ("katex-mathml", "katex-html", "table_of_contents")
_TASK_GROUP = "--en-task-group:true"
"""Holds only words that ask for a newer Evernote; the tasks stand elsewhere."""
_MAX_OPEN = 400
"""Elements inside each other; deeper ones are read as if they stood beside."""

_Attributes = dict[str, str]


@dataclass(slots=True)
class RichText:
    """The text, the targets of its links, and the files shown in it (an `img`'s source, a resource's MD5).

    `locked` counts the encrypted parts, which stand in the text as no more than their hint.
    """

    text: str = ""
    links: list[str] = field(default_factory=list[str])
    files: list[str] = field(default_factory=list[str])
    locked: int = 0


def markdown_of_html(source: str, names: Mapping[str, str] | None = None) -> RichText:
    """The source, however broken, as Markdown; `names` are what to call the files shown in it."""
    writer = _Writer(names or {})
    writer.feed(_without_sections(source))
    writer.close()
    return writer.finish()


def _without_sections(source: str) -> str:
    """The source without comments and marked sections, which are no text: no two parsers agree on where a broken one
    ends, and the standard library's looks for the end of each again and again."""
    for opening, section, closing in _SECTIONS:
        end = source.rfind(closing) + len(closing) if closing in source else 0
        source = section.sub("", source[:end]) + source[end:].replace(opening, "")
    return _OTHER_SECTION.sub("", source)


class _Writer(HTMLParser):
    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self._rich = RichText()
        self._out: list[str] = []
        self._line: list[str] = []
        self._break = 0  # what stands before the next text: 1 a new line, 2 an empty line
        self._fresh_cell = False
        self._cells = 0
        self._marker = ""
        self._lists: list[int | None] = []
        self._after_list = False
        self._quotes = 0
        self._code = 0
        self._silent = 0
        self._open: list[tuple[str, Callable[[], None] | None]] = []

    def finish(self) -> RichText:
        while self._open:
            self._pop()
        self._flush()
        self._rich.text = "\n".join(self._out).strip("\n")
        return self._rich

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        end = self._start(tag, attributes)
        if tag not in _VOID and len(self._open) < _MAX_OPEN:
            self._open.append((tag, end))
        elif end is not None:
            end()

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and not any(name == "p" for name, _ in self._open):
            self._block(2)
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                while len(self._open) > depth:
                    self._pop()
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = _INVISIBLE.sub("", data).replace("\u00a0", " ")
        if self._code:
            self._write_code(data)
            return
        words = _SPACES.sub(" ", data)
        if words.strip(" "):
            self._write(words)
        elif words and self._line and not self._break:
            self._line.append(" ")

    # Elements

    def _start(self, tag: str, attributes: _Attributes) -> Callable[[], None] | None:
        """Opens an element; returns what its end does."""
        classes = attributes.get("class", "")
        style = attributes.get("style", "").replace(" ", "")
        if tag in _SILENT or any(name in classes for name in _SILENT_CLASSES) or _TASK_GROUP in style:
            return self._silence(1)
        if self._silent:
            return self._formula() if tag == "annotation" else None
        if tag == "br":
            self._break = 2 if self._break or not self._line else 1
        elif tag == "hr":
            self._block(2)
            self._write("---")
            self._block(2)
        elif tag in ("ul", "ol"):
            return self._list(tag, attributes)
        elif tag == "li":
            return self._item(attributes)
        elif tag == "a":
            return self._link(attributes.get("href", "").strip())
        elif tag == "img":
            self._file(attributes.get("src", ""), attributes.get("alt", ""))
        elif tag in ("td", "th"):
            self._cell()
        elif tag == "pre" or "-en-codeblock:true" in style:
            return self._code_block()
        elif tag == "blockquote":
            return self._quote()
        elif _HEADING.fullmatch(tag):
            return self._heading(int(tag[1]))
        elif "selected-value" in classes.split() and self._line and not self._fresh_cell:
            self._write(", ")
        elif tag in ("en-todo", "input") or "checkbox" in classes.split():
            self._task(tag, attributes, classes)
        elif tag == "en-media":
            self._file(attributes.get("hash", "").lower(), "")
        elif tag == "en-crypt":
            return self._locked(attributes.get("hint", ""))
        if tag in _PARAGRAPHS or tag in _LINES:
            size = 2 if tag in _PARAGRAPHS else 1
            if tag == "tr":
                self._cells = 0
                self._flush()
            self._block(size)
            return lambda: self._end_block(size)
        return None

    def _silence(self, by: int) -> Callable[[], None]:
        self._silent += by

        def end() -> None:
            self._silent -= by

        return end

    def _formula(self) -> Callable[[], None]:
        """A formula is told by its source, which is hidden beside its picture."""
        hidden, self._silent = self._silent, 0
        self._write(" $")

        def end() -> None:
            self._write("$ ")
            self._silent = hidden

        return end

    def _list(self, tag: str, attributes: _Attributes) -> Callable[[], None]:
        # Notion makes a list of each item: no empty line between two that follow each other.
        joined = self._after_list and "class" in attributes
        self._block(1 if self._lists or joined else 2)
        start = attributes.get("start", "")
        self._lists.append(None if tag == "ul" else int(start) if re.fullmatch(r"\d{1,9}", start) else 1)

        def end() -> None:
            self._lists.pop()
            self._marker = ""
            self._after_list = True
            self._block(1)

        return end

    def _item(self, attributes: _Attributes) -> Callable[[], None]:
        self._block(1)
        number = self._lists[-1] if self._lists else None
        checked = re.search(r"--en-checked:\s*(true|false)", attributes.get("style", ""))
        if checked:
            self._marker = f"- [{'x' if checked[1] == 'true' else ' '}] "
        elif number is not None:
            self._marker = f"{number}. "
        else:
            self._marker = "- "
        if number is not None:
            self._lists[-1] = number + 1
        return lambda: self._block(1)

    def _link(self, target: str) -> Callable[[], None] | None:
        if not target:
            return None
        self._rich.links.append(target)
        if not _WEB.match(target):
            return None
        if self._break:
            self._put_break()
        lines, pieces, files = len(self._out), len(self._line), len(self._rich.files)

        def end() -> None:
            words = "".join(self._line[pieces:]).strip() if len(self._out) == lines else ""
            bare = target.rstrip("/")
            if words and words.rstrip("/") not in (bare, bare.partition("://")[2], bare.partition(":")[2]):
                head = "".join(self._line[pieces:])
                self._line[pieces:] = [head[: len(head) - len(head.lstrip())], "[", words, f"]({target})"]
            elif not words and len(self._out) == lines and files == len(self._rich.files):
                self._write(target)

        return end

    def _file(self, name: str, words: str) -> None:
        if name:
            self._rich.files.append(name)
        words = words.strip() or self._names.get(name, "")
        if words:
            self._write(" ".join(words.split()))

    def _cell(self) -> None:
        if self._cells and self._line:
            self._break = 0
            self._line.append(" | ")
        self._cells += 1
        self._fresh_cell = True

    def _code_block(self) -> Callable[[], None]:
        self._block(2)
        if not self._code:
            self._write("```")
            self._break = 1
        self._code += 1

        def end() -> None:
            self._code -= 1
            if not self._code:
                self._break = 1
                self._write("```")
                self._block(2)

        return end

    def _quote(self) -> Callable[[], None]:
        self._block(2)
        self._put_break()
        self._quotes += 1

        def end() -> None:
            self._flush()
            self._quotes -= 1
            self._block(2)

        return end

    def _heading(self, level: int) -> Callable[[], None]:
        self._block(2)
        self._marker = "#" * level + " "

        def end() -> None:
            self._marker = ""
            self._block(2)

        return end

    def _task(self, tag: str, attributes: _Attributes, classes: str) -> None:
        if tag == "input" and attributes.get("type") != "checkbox":
            return
        done = "checkbox-on" in classes or ("checked" in attributes and attributes["checked"] != "false")
        mark = "[x] " if done else "[ ] "
        if self._fresh_cell:
            self._write(mark)
        elif not self._marker.startswith("- [") and (self._break or not self._line):
            self._marker = "- " + mark

    def _locked(self, hint: str) -> Callable[[], None]:
        self._rich.locked += 1
        self._block(1)
        self._write(f"[encrypted; hint: {hint.strip()}]" if hint.strip() else "[encrypted]")
        self._block(1)
        return self._silence(1)

    # Lines

    def _pop(self) -> None:
        _, end = self._open.pop()
        if end is not None:
            end()

    def _block(self, size: int) -> None:
        if not self._fresh_cell:
            self._break = max(self._break, size if not self._code else 1)

    def _end_block(self, size: int) -> None:
        self._fresh_cell = False
        self._block(size)

    def _put_break(self) -> None:
        self._flush()
        if self._break == 2 and self._out and self._out[-1].strip("> "):
            self._out.append("> " * self._quotes if self._quotes and self._out[-1].startswith(">") else "")
        self._break = 0

    def _write(self, words: str) -> None:
        if self._after_list and not self._lists:
            self._break = 2
        self._after_list = False
        if self._break:
            self._put_break()
        if not self._line:
            words = words if self._code else words.lstrip(" ")
            depth = len(self._lists)
            indent = max(depth - 1, 0) if self._marker and not self._marker.startswith("#") else depth
            self._line.append("> " * self._quotes + "    " * indent + self._marker)
            self._marker = ""
        elif words.startswith(" ") and self._line[-1].endswith(" "):
            words = words[1:]
        self._line.append(words)
        self._fresh_cell = False

    def _write_code(self, data: str) -> None:
        if "\n" in data and not data.strip() and self._break:
            return
        first, *lines = data.split("\n")
        if first:
            self._write(first)
        for line in lines:
            if not self._line and self._out and not self._out[-1].endswith("```"):
                self._out.append("")
            self._break = 0
            self._flush()
            if line:
                self._write(line)

    def _flush(self) -> None:
        if self._line:
            line = "".join(self._line).rstrip()
            if line.strip():
                self._out.append(line)
            self._line = []
