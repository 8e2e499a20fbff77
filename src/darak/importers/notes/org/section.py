"""One section of an Org file: its heading, its times, its properties and its words.

Syntax after https://orgmode.org/worg/org-syntax.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.records.time import Precision, Time

_OPEN = ("TODO", "NEXT", "WAITING", "WAIT", "HOLD", "STARTED", "DOING", "NOW", "LATER", "SOMEDAY", "INPROGRESS", "할일")
_CLOSED = ("DONE", "CANCELLED", "CANCELED", "완료")
KEYWORDS = frozenset((*_OPEN, *_CLOSED, "IN-PROGRESS"))
_HEADING = re.compile(r"(\*+)[ \t]+(.*)")
_PRIORITY = re.compile(r"\[#(\w{1,2})\]\s*")
_TAGS = re.compile(r"(?:^|[ \t]+):([\w@#%:]+):[ \t]*$")
_STAMP = (
    r"(\d{4}-\d{2}-\d{2})(?:[ \t]+[^\s\d\]>+\-.:][^\s\]>]*)?(?:[ \t]+(\d{1,2}:\d{2})(?:-(\d{1,2}:\d{2}))?)?"
    r"(?:[ \t]+[.+\-]{1,2}\d[^\]>]*)?"
)
_TIMESTAMP = re.compile(rf"[\[<]{_STAMP}[\]>]")
_RANGE = re.compile(rf"{_TIMESTAMP.pattern}(?:--{_TIMESTAMP.pattern})?")
_PLANNING = re.compile(rf"(CLOSED|SCHEDULED|DEADLINE):[ \t]*({_TIMESTAMP.pattern})")
_PLANNING_LINE = re.compile(r"[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):")
_PROPERTY = re.compile(r"[ \t]*:([^\s:][^:\n]*?)(\+)?:(?:[ \t]+(.*))?")
_OPTION = re.compile(r"[ \t]*#\+([\w-]+):[ \t]*(.*)")
_LINK = re.compile(r"\[\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*?)\](?:\[(.+?)\])?\]")
_FILE = re.compile(r"\[\[(?:file:|\./|\.\./)([^\[\]]+?)(?:::[^\[\]]*)?\](?:\[[^\[\]]*\])?\]")
_WEB = re.compile(r"https?://[^\s\[\]]+")
_CREATED = ("CREATED", "CREATED_AT", "CREATED-AT", "DATE", "DATE_CREATED", "TIMESTAMP", "작성일")


@dataclass(slots=True)
class Section:
    """`level` 0 is what lies before the first heading. `options` are its `#+` lines, all names in lower case."""

    level: int = 0
    title: str = ""
    keyword: str = ""
    priority: str = ""
    tags: list[str] = field(default_factory=list[str])
    properties: dict[str, str] = field(default_factory=dict[str, str])
    options: dict[str, str] = field(default_factory=dict[str, str])
    planning: dict[str, str] = field(default_factory=dict[str, str])
    text: str = ""
    url: str | None = None
    files: list[str] = field(default_factory=list[str])
    time: Time | None = None
    end: Time | None = None


def is_heading(line: str) -> bool:
    return _HEADING.match(line) is not None


def parse_section(lines: list[str], keywords: frozenset[str] = KEYWORDS) -> Section:
    section = Section()
    heading = _HEADING.match(lines[0]) if lines else None
    if heading:
        section.level = len(heading[1])
        _read_heading(section, heading[2].strip(), keywords)
    body = _without_drawer(section, lines[1:] if heading else lines)
    section.text = _words("\n".join(body)).strip("\n")
    section.files = [name for name in _FILE.findall("\n".join(lines)) if name]
    if section.url is None and (web := _WEB.search("\n".join((heading[2] if heading else "", *body)))):
        section.url = web[0].rstrip(".,;")
    if section.time is None:
        section.time, section.end = _time_of(section, "\n".join(body))
    return section


def _read_heading(section: Section, text: str, keywords: frozenset[str]) -> None:
    first, _, rest = text.partition(" ")
    if first in keywords:
        section.keyword, text = first, rest.strip()
    if priority := _PRIORITY.match(text):
        section.priority, text = priority[1], text[priority.end() :]
    if tags := _TAGS.search(text):
        section.tags, text = [tag for tag in tags[1].split(":") if tag], text[: tags.start()]
    if stamp := _RANGE.search(text):
        section.time, section.end = _read_stamp(stamp)
        text = text[: stamp.start()] + text[stamp.end() :]
    section.title = " ".join(_LINK.sub(lambda link: link[2] or link[1], text).split())


def _without_drawer(section: Section, lines: list[str]) -> list[str]:
    """The body without its properties, planning and options, which are put into the section."""
    body: list[str] = []
    drawer = ""
    for line in lines:
        mark = line.strip().upper()
        if drawer:
            if mark == ":END:":
                drawer = ""
            elif drawer == ":PROPERTIES:" and (found := _PROPERTY.fullmatch(line)):
                name, value = found[1].upper(), (found[3] or "").strip()
                known = section.properties.get(name)
                section.properties[name] = f"{known} {value}" if found[2] and known else value
        elif mark in (":PROPERTIES:", ":LOGBOOK:"):
            drawer = mark
        elif _PLANNING_LINE.match(line) and _PLANNING.search(line):
            section.planning |= {found[1].lower(): found[2] for found in _PLANNING.finditer(line)}
        elif (option := _OPTION.fullmatch(line)) and not option[1].lower().startswith(("begin", "end")):
            name = option[1].lower()
            section.options[name] = " ".join(filter(None, (section.options.get(name), option[2].strip())))
        else:
            body.append(line)
    if drawer:  # a drawer that is never closed is none
        return lines
    return body


def _words(text: str) -> str:
    """Links by their descriptions, with the address where it is one of the web."""

    def shown(link: re.Match[str]) -> str:
        target, name = link[1], link[2]
        if _WEB.match(target):
            return f"[{name}]({target})" if name and name != target else target
        return name or target.removeprefix("file:").removeprefix("*")

    return _LINK.sub(shown, text)


def _time_of(section: Section, body: str) -> tuple[Time | None, Time | None]:
    """When a section is of: its creation, a date its heading begins with, its planning, or the first date in it."""
    for name in _CREATED:
        if stamp := _RANGE.search(section.properties.get(name, "")):
            return _read_stamp(stamp)
        if time := written_date(section.properties.get(name, "") or "-"):
            return time, None
    if section.title and (time := date_in_name(section.title)):
        return time, None
    if stamp := _RANGE.search(section.options.get("date", "")):
        return _read_stamp(stamp)
    if time := written_date(section.options.get("date", "") or "-"):
        return time, None
    for name in ("closed", "scheduled", "deadline"):
        if stamp := _RANGE.search(section.planning.get(name, "")):
            return _read_stamp(stamp)
    stamp = _RANGE.search(body)
    return _read_stamp(stamp) if stamp else (None, None)


def _read_stamp(stamp: re.Match[str]) -> tuple[Time | None, Time | None]:
    day, clock, until, last_day, last_clock, _ = stamp.groups()
    begin = _at(stamp[0], day, clock)
    if until:
        return begin, _at(stamp[0], day, until)
    return begin, _at(stamp[0], last_day, last_clock) if last_day else None


def _at(written: str, day: str, clock: str | None) -> Time | None:
    try:
        local = datetime.fromisoformat(f"{day}T{(clock or '0:00').rjust(5, '0')}")
    except ValueError:
        return None
    return Time(written, local, Precision.MINUTE if clock else Precision.DAY)
