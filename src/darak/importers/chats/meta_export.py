"""An export of Facebook or Instagram: which files are of it, of which of the two it is, and its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from darak.importers.chats.meta import TOP, Context, Files, Section, root_of
from darak.importers.chats.meta_messages import thread_context
from darak.importers.chats.meta_pages import SIGN, PageBuild, page_items, page_message
from darak.importers.formats.json_items import object_items
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import inner_path, with_surroundings
from darak.importers.tree import Tree
from darak.records.record import Origin


@dataclass(frozen=True, slots=True)
class Signs:
    """How the export of one service is told from that of the other, whose messages look the same.

    `path` and `uri` belong to it alone; of the addresses that people send each other it has `links` more often.
    """

    path: re.Pattern[str]
    uri: re.Pattern[bytes]
    links: re.Pattern[bytes]


FACEBOOK = Signs(
    re.compile(r"facebook|comments_and_reactions/"),
    re.compile(rb'"[^"]*(?:your_facebook_activity|your_activity_across_facebook)|https://m\.me/j/'),
    re.compile(rb"facebook\.com|fbcdn|//fb\."),
)
INSTAGRAM = Signs(
    re.compile(r"instagram|followers_and_following/"),
    re.compile(rb'"[^"]*your_instagram_activity|https://ig\.me/j/'),
    re.compile(rb"instagram\.com|cdninstagram"),
)


_CONVERSATION = re.compile(r"(?:^|/)messages/(?:.*/)?message(?:_\d+)?\.html$")


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page of HTML that one service alone has: at a `path`, with a `sign` in its head."""

    path: re.Pattern[str]
    sign: re.Pattern[bytes]
    build: PageBuild


@dataclass(frozen=True, slots=True)
class Service:
    """One of the two. `scores` are for messages that might be of both, that rather are of it, that surely are.

    `pages` are those of other things than messages; `page_zone` is that of the clock on its pages, summer and winter,
    when it is the same for everybody.
    """

    source: str
    sections: tuple[Section, ...]
    own: Signs
    other: Signs
    scores: tuple[float, float, float]
    pages: tuple[Page, ...] = ()
    page_zone: str | None = None


def find_exports(tree: Tree, service: Service) -> list[Match]:
    """The exports of a service: a match for each folder in which its own folders lie."""
    read: dict[str, list[str]] = {}
    for member in tree.members():
        if _is_read(tree, member.name, service):
            read.setdefault(root_of(member.name), []).append(member.name)
    known = {name for files in read.values() for name in files}
    others: dict[str, list[str]] = {}
    for member in tree.members():
        root = root_of(member.name)
        inside = member.name[len(root) :].partition("/")[0] in TOP
        if inside and root in read and member.name not in known and not member.name.endswith(".html"):
            others.setdefault(root, []).append(member.name)
    matches: list[Match] = []
    for root, files in read.items():
        threads = {name: tree.head(name) for name in files if _is_shared(tree, name, service)}
        sure = 2 if len(threads) < len(files) else _sureness(tree, threads, service)
        why = f"{service.source.capitalize()}'s messages, posts or comments ({len(threads)} files of conversations)"
        members = (*sorted(files), *others.get(root, ()))
        matches.append(Match(service.source, members, service.scores[sure], why))
    return matches


def read_export(tree: Tree, match: Match, service: Service) -> Iterator[Item]:
    """The items of one export."""
    read = [name for name in match.members if _is_read(tree, name, service)]
    files = Files(tree, match.members, root_of(next(iter(read), "")))
    plain = Context(service.source, files, page_zone=service.page_zone)
    for member in sorted({*match.members} - {*read}):
        yield Units(1)
        yield Ignored("other-file" if member.endswith(".json") else "media", Origin(member, ""))
    for member in read:
        context = thread_context(tree, member, plain)
        section = _section_of(tree.head(member), service)
        if section is None:
            page = _page_of(member, tree.head(member), service)
            yield from page_items(tree, member, context, page.build if page else page_message)
        else:
            yield from object_items(tree, member, partial(section.build, context), path=section.path)


def _is_read(tree: Tree, name: str, service: Service) -> bool:
    head = tree.head(name)
    return (
        _section_of(head, service) is not None
        or _is_conversation(name, head)
        or _page_of(name, head, service) is not None
    )


def _is_shared(tree: Tree, name: str, service: Service) -> bool:
    section = _section_of(tree.head(name), service)
    return section.shared if section else _is_conversation(name, tree.head(name))


def _page_of(name: str, head: bytes, service: Service) -> Page | None:
    path = inner_path(name)
    return next((page for page in service.pages if page.path.search(path) and page.sign.search(head)), None)


def _is_conversation(name: str, head: bytes) -> bool:
    """Whether a file is a page of a conversation; pages of other things look alike, also in its folders."""
    return _CONVERSATION.search(inner_path(name)) is not None and SIGN.search(head) is not None


def _sureness(tree: Tree, heads: dict[str, bytes], service: Service) -> int:
    """2 when conversations with these heads bear signs of the service alone, 1 when their links are rather its own."""
    own, other = service.own, service.other
    for signs, sure in ((own, 2), (other, 0)):
        if any(signs.uri.search(head) for head in heads.values()):
            return sure
    # Of the folders the innermost tells: one export may lie in a folder that is named after both.
    places = [with_surroundings(tree.path, name) for name in heads]
    inner = [max(_last(signs.path, place) for place in places) for signs in (own, other)]
    if inner[0] != inner[1]:
        return 2 if inner[0] > inner[1] else 0
    more = sum(len(own.links.findall(head)) - len(other.links.findall(head)) for head in heads.values())
    return int(more > 0)


def _last(sign: re.Pattern[str], place: str) -> int:
    """Where the last sign stands in a place, -1 when none does."""
    return max((found.start() for found in sign.finditer(place)), default=-1)


def _section_of(head: bytes, service: Service) -> Section | None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return None
    return next((section for section in service.sections if section.sign.search(head)), None)
