"""What a Markdown note says of itself: front matter, title, links, embeds, tags.

Links and tags inside code are not taken for such; a tag needs a character that is no digit, as in Obsidian.
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import unquote

import orjson
import yaml

MAX_FRONT_MATTER = 64 * 1024
MAX_NESTING = 300
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([^\s#:\-][^:\n]{0,60}?)[ \t]*:(?:[ \t]+(.*))?")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_INLINE_CODE = re.compile(r"``[^\n]{1,1000}?``|`[^`\n]+`")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
_TITLE = re.compile(r"^ {0,3}#[ \t]+([^\n]+)$|^(?!\s*[-=>#*+|`])([^\n]+)\n=+[ \t]*$", re.MULTILINE)
_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n]+?)\]\]")
_LINK = re.compile(
    r"(!?)\[[^\[\]\n]*\]\([ \t]*+(?:<([^<>\n]+)>|([^\s()]++(?:\([^\s()]*+\)[^\s()]*+)*+))(?:[ \t][^()\n]*+)?\)"
)
_DATA = re.compile(r"\bdata:([\w.+-]+/[\w.+-]+)?((?:;[\w.+=-]+)*);base64,([A-Za-z0-9+/=%]+)")
_TAG = re.compile(r"(?<!\S)#([\w/\-\u200d\ufe0f\U0001f000-\U0001faff]+)")
_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")


@dataclass(frozen=True)
class Note:
    """A note's text without its front matter. `properties` are the front matter's, every scalar as written.

    `embeds` name files beside the note, `files` are those written into it (type, bytes) as data URLs.
    """

    text: str
    title: str | None = None
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    links: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    tags: tuple[str, ...] = ()
    flaw: str | None = None

    def property_text(self, *names: str) -> str | None:
        """The first of the named properties that is a non-empty scalar."""
        lower = {key.lower(): value for key, value in self.properties.items()}
        found = (lower.get(name) for name in names)
        return next((value.strip() for value in found if isinstance(value, str) and value.strip()), None)


def parse_note(text: str) -> Note:
    files: list[tuple[str, bytes]] = []
    text = _DATA.sub(lambda match: _take_file(match, files), text.replace("\r\n", "\n").replace("\0", ""))
    properties, body, flaw = _split_front_matter(text)
    prose = without_code(body)
    links, embeds = find_links(prose)
    named, _ = find_links(text[: len(text) - len(body)])
    tags = dict.fromkeys((*_property_tags(properties), *find_tags(prose)))
    note = Note(
        text=body.strip("\n"),
        title=_first_heading(prose),
        properties=properties,
        links=tuple(dict.fromkeys((*named, *links))),
        embeds=embeds,
        files=tuple(files),
        tags=tuple(tags),
        flaw=flaw,
    )
    title = note.property_text("title")
    return note if title is None else replace(note, title=title)


def _take_file(match: re.Match[str], files: list[tuple[str, bytes]]) -> str:
    """Takes a data URL out of the text, which would else be mostly its letters."""
    try:
        files.append((match[1] or "application/octet-stream", b64decode(unquote(match[3]))))
    except ValueError:
        return match[0]
    return ""


def _split_front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Properties, the rest, and why the front matter is none; what cannot be read stays part of the text."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text, None
    source = match[1]
    properties, flaw = _parse_front_matter(source)
    if properties is None and flaw is None:
        return {}, text, None
    if flaw is not None:
        # The words are kept: only their form is broken. Plain `key: value` lines still tell date and title.
        return _plain_fields(source), text, flaw
    return properties or {}, text[match.end() :], None


def _parse_front_matter(source: str) -> tuple[dict[str, Any] | None, str | None]:
    """The YAML mapping; (None, None) when it is YAML but no mapping, so that the lines are ordinary text."""
    nesting = max(source.count("[") + source.count("{"), *(line.count("- ") for line in source.split("\n")))
    if len(source) > MAX_FRONT_MATTER or nesting > MAX_NESTING:
        return None, "the front matter is too large or nested too deep"
    if re.search(r"(?m)(?:^|[\s\[,:])\*\w", source) and "&" in source:
        return None, "the front matter uses YAML aliases, which are not followed"
    try:
        # BaseLoader leaves every scalar as the text it was written as: dates and versions stay exact.
        parsed: object = yaml.load(source, yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        return None, f"the front matter is no valid YAML: {_reason(error)}"
    if parsed is None or parsed == "":
        return {}, None
    if not isinstance(parsed, dict):
        return None, None
    properties = {str(key): value for key, value in cast("dict[object, Any]", parsed).items()}
    try:
        orjson.dumps(properties)
    except TypeError:
        return None, "the front matter holds escapes that are no characters"
    return properties, None


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"{error.problem} (line {error.problem_mark.line + 2})"
    return str(error)[:120]


def _plain_fields(source: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for line in source[:MAX_FRONT_MATTER].split("\n"):
        if (match := _FIELD.fullmatch(line)) and match[2]:
            fields.setdefault(match[1].strip(), match[2].strip().strip("\"'"))
    return fields


def without_code(body: str) -> str:
    """The body with fenced blocks and inline code blanked out."""
    out: list[str] = []
    position = 0
    fence = ""
    for mark in _FENCE.finditer(body):
        if not fence:
            out.append(body[position : mark.start()])
            fence, position = mark[1], mark.end()
        elif mark[1].startswith(fence) and mark[0].strip() == mark[1]:
            fence, position = "", mark.end()
    if not fence:
        out.append(body[position:])
    return _INLINE_CODE.sub(" ", "".join(out))


def find_links(prose: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Targets of links to other notes, and of embedded files, each once in order; without `#heading` and `|alias`."""
    links: dict[str, None] = {}
    embeds: dict[str, None] = {}
    for match in _WIKILINK.finditer(prose):
        target = re.split(r"\\?\||#|\^", match[2], maxsplit=1)[0].strip()
        if target:
            (embeds if match[1] else links).setdefault(target)
    for match in _LINK.finditer(prose):
        target = match[2] or match[3]
        if not _REMOTE.match(target) and (path := unquote(target.partition("#")[0]).strip()):
            (embeds if match[1] else links).setdefault(path)
    return tuple(links), tuple(embeds)


def find_tags(prose: str) -> list[str]:
    tags = (tag.rstrip("/-") for tag in _TAG.findall(_LINK.sub(" ", _WIKILINK.sub(" ", prose))))
    return [tag for tag in tags if tag and not tag.isdecimal()]


def _property_tags(properties: dict[str, Any]) -> list[str]:
    """Tags of the front matter: a list, or text separated by commas or blanks."""
    tags: list[str] = []
    for key, value in properties.items():
        if key.lower() in ("tags", "tag"):
            items = cast("list[Any]", value) if isinstance(value, list) else re.split(r"[,\s]+", str(value).strip("[]"))
            tags += [str(item).strip().lstrip("#") for item in items if isinstance(item, str)]
    return [tag for tag in tags if tag]


def _first_heading(prose: str) -> str | None:
    """The first heading when it is one of the first level; a note that begins lower is named by its file."""
    title = _TITLE.search(prose)
    first = _HEADING.search(prose)
    if title is None or (first is not None and first.start() < title.start()):
        return None
    return (title[1] or title[2]).strip(" \t#") or None
