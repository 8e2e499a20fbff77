"""A page of a Notion export: its title, properties, text and links, from Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from darak.importers.formats.html_markdown import RichText, markdown_of_html
from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.importers.notes.markdown.note import parse_note
from darak.records.time import UNKNOWN_TIME, Time

_TITLE = re.compile(r'<h1 class="page-title"[^>]*>(.*?)</h1>', re.DOTALL)
_DESCRIPTION = re.compile(r'<p class="page-description"[^>]*>(.*?)</p>', re.DOTALL)
_PROPERTY = re.compile(
    r'<tr class="property-row property-row-(\w+)"[^>]*><th>(.*?)</th><td[^>]*>(.*?)</td></tr>', re.DOTALL
)
_FIELD = re.compile(r"([^:\n]{1,100}): ?(.*)")
_INNER_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?!\w+:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_LINKED = re.compile(r" \([^()]*?\.(?:md|html|csv)\)")
_ZONE = re.compile(r"\s*\((?:[A-Z]{2,5}|(?:GMT|UTC)[+-]?[\d:]*)\)")
_DATES = ("date", "day", "when", "날짜", "일자", "일시", "데이트")
_CREATED = (
    *("created", "created time", "created at", "creation date", "creation time", "date created"),
    *(
        "생성 일시",
        "생성일시",
        "생성일",
        "생성 날짜",
        "생성 시간",
        "작성일",
        "작성 일시",
        "작성일시",
        "만든 날짜",
        "등록일",
    ),
)
_EDITED = (
    *("last edited", "last edited time", "edited", "updated", "updated at", "last updated", "modified"),
    *("최종 편집 일시", "최종 편집일", "마지막 편집 일시", "마지막 수정일", "수정일", "수정 일시"),
)
_DUE = (
    "due",
    "due date",
    "deadline",
    "until",
    "expires",
    "expiry",
    "reminder",
    "마감",
    "마감일",
    "기한",
    "만료일",
    "알림",
)
_TAGS = ("tags", "tag", "태그")


@dataclass(frozen=True, slots=True)
class Page:
    """`links` are relative targets as written; `types` the kinds of the properties, where the page tells them."""

    title: str | None
    text: str
    properties: dict[str, str] = field(default_factory=dict[str, str])
    types: dict[str, str] = field(default_factory=dict[str, str])
    links: tuple[str, ...] = ()

    @property
    def tags(self) -> list[str]:
        values = [value for name, value in self.properties.items() if name.lower() in _TAGS]
        return [tag.strip() for value in values for tag in value.split(",") if tag.strip()]


def parse_markdown(text: str, columns: Collection[str]) -> Page:
    """A Markdown page; lines under its title are properties when the table it is a row of has such `columns`."""
    title, _, body = text.lstrip("\n").replace("\r\n", "\n").partition("\n")
    if not title.startswith("# "):
        title, body = "", text
    note = parse_note(body)
    links = (*note.links, *note.embeds)
    text = _INNER_LINK.sub(r"\1", body).strip("\n")
    return Page(title[2:].strip() or None, text, _fields(body, columns), {}, links)


def _fields(body: str, columns: Collection[str]) -> dict[str, str]:
    properties: dict[str, str] = {}
    for line in body.strip("\n").split("\n") if columns else ():
        match = _FIELD.fullmatch(line)
        if match is None or match[1] not in columns:
            break
        properties[match[1]] = _LINKED.sub("", match[2]).strip()
    return properties


def parse_html(source: str) -> Page:
    title = _TITLE.search(source)
    begin = source.find('<div class="page-body"')
    header = source[: begin if begin >= 0 else len(source)]
    body = markdown_of_html(source[begin if begin >= 0 else 0 :])
    description = _DESCRIPTION.search(header)
    rows = [(kind, _words(name), _value(kind, value)) for kind, name, value in _PROPERTY.findall(header)]
    properties = {name: value.text.lstrip("@") for _, name, value in rows if value.text}
    lines = "\n".join(f"{name}: {value}" for name, value in properties.items())
    about = markdown_of_html(description[1]).text if description else ""
    links = [link for part in (body, *(value for _, _, value in rows)) for link in (*part.links, *part.files)]
    return Page(
        title=_words(title[1]) or None if title else None,
        text="\n\n".join(part for part in (lines, about, body.text) if part),
        properties=properties,
        types={name: kind for kind, name, _ in rows},
        links=tuple(links),
    )


def _value(kind: str, source: str) -> RichText:
    if kind == "checkbox":  # a picture here, words in Notion's Markdown
        return RichText("Yes" if "checkbox-on" in source else "No")
    return markdown_of_html(source)


def _words(source: str) -> str:
    return " ".join(markdown_of_html(source).text.split())


def page_time(properties: dict[str, str], types: dict[str, str], title: str) -> tuple[Time, Time | None]:
    """When the page is of, and to when: its date, its creation, the date in its title, or the only date it has.

    Notion writes no other time into an export; when a page was last edited is taken where there is nothing else.
    """
    ranges = {name: _range(value) for name, value in properties.items()}
    known = {name: found for name, found in ranges.items() if found is not None}

    def named(names: Collection[str], kind: str = "") -> list[tuple[Time, Time | None]]:
        fitting = [name for name in known if name.lower() in names or (kind and types.get(name) == kind)]
        return [known[name] for name in fitting]

    others = [name for name in known if name.lower() not in (*_DUE, *_EDITED) and types.get(name) != "last_edited_time"]
    in_title = written_date(title.lstrip("@").strip()) or date_in_name(title)
    choices = (
        *named(_DATES),
        *named(_CREATED, "created_time"),
        *([(in_title, None)] if in_title else []),
        *(known[name] for name in others if len(others) == 1),
        *named(_EDITED, "last_edited_time"),
    )
    return choices[0] if choices else (UNKNOWN_TIME, None)


def _range(value: str) -> tuple[Time, Time | None] | None:
    """A date as Notion writes it, `March 1, 2024 6:23 AM (KST) → March 3, 2024`; None when it is none."""
    first, _, last = _ZONE.sub("", value).partition("→")
    begin = written_date(first.strip().lstrip("@"))
    return (begin, written_date(last.strip().lstrip("@"))) if begin else None
