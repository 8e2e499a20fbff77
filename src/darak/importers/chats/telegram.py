"""Telegram: the exports of Telegram Desktop, machine-readable (JSON) or as pages (HTML), of one chat or of all.

Structural signs: an object with `personal_information` beside `about`, or one with an array `messages` of objects
whose `type` is message or service and which have a `date` or a `date_unixtime`; pages with a `page_header` above a
`history` of `div`s of the class `message`. Locators are "bytes A-B", the object or element of a message or contact.
Media that were exported with it are attached.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from darak.importers.chats.telegram_message import SOURCE, contact_record, message_record
from darak.importers.chats.telegram_page import PAGE, page_items
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.markup import is_markup
from darak.importers.formats.members import attachment
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_ACCOUNT = re.compile(
    rb'\s*\{\s*(?:"about"\s*:\s*"(?:[^"\\]|\\.)*+"\s*,\s*)?"(?:personal_information|chats|contacts)"\s*:\s*\{'
)
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[\s*\{')
_UNIT = re.compile(rb'"type"\s*:\s*"(?:message|service|unsupported)"')
_CONTACT = re.compile(rb'"first_name"\s*:')
_MEDIA = re.compile(
    r"chats/chat_\d+/.+|photos/photo_\d+@.+|video_files/.+|voice_messages/audio_\d+@.+"
    r"|round_video_messages/.+|stickers/.+|profile_pictures/.+|contacts/contact_\d+.*"
)
"""Where Telegram Desktop puts media, beside `result.json`."""
_BESIDE = re.compile(_MEDIA.pattern + r"|css/style\.css|js/script\.js|images/[\w@.]+\.png")
"""And what its pages are drawn with."""
_AT_THE_END = ("cut-off", "unreadable")
_CHAT = (("messages",),)
_WHOLE = (("chats", "list", "*", "messages"), ("left_chats", "list", "*", "messages"), ("contacts", "list"))


class TelegramImporter:
    """Telegram Desktop's exports, JSON or HTML: one chat or the whole account, with media."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        chats: dict[str, list[str]] = {}
        for member in tree.members():
            head = tree.head(member.name)
            if is_markup(head) and PAGE.search(head):
                chats.setdefault(folder_of(member.name), []).append(member.name)
            elif paths := _paths_of(head):
                what = "a chat" if paths is _CHAT else "an account"
                members = (member.name, *_beside(tree, folder_of(member.name), _MEDIA))
                matches.append(Match(self.name, members, 0.95, f"Telegram Desktop's export of {what}"))
        for folder, pages in chats.items():
            pages.sort(key=lambda name: (len(name), name))
            members = (*pages, *_beside(tree, folder, _BESIDE))
            matches.append(Match(self.name, members, 0.9, "Telegram Desktop's pages of a chat"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        pages = [member for member in match.members if PAGE.search(tree.head(member))]
        if pages:
            yield from page_items(tree, pages, _Reader(tree, pages[0]).media)
        for member in match.members:
            paths = _paths_of(tree.head(member))
            if member in pages:
                continue
            if not paths:
                yield Units(1)
                yield Ignored("media-file", Origin(member, ""))
                continue
            reader = _Reader(tree, member)
            for path in paths:
                yield from reader.read(path)


def _beside(tree: Tree, folder: str, names: re.Pattern[str]) -> Iterator[str]:
    """The members under a folder whose paths in it are of these names."""
    inside = (member.name for member in tree.members() if member.name.startswith(folder))
    yield from (name for name in inside if names.fullmatch(name[len(folder) :]))


class _Reader:
    """Reads one `result.json`, array by array; damage is told once, whichever array was looked for."""

    def __init__(self, tree: Tree, member: str) -> None:
        self._tree, self._member, self._folder = tree, member, folder_of(member)
        self._names = frozenset(other.name for other in tree.members())
        self._told: list[Element] = []

    def read(self, path: tuple[str, ...]) -> Iterator[Item]:
        contacts = path[0] == "contacts"
        unit, build = (_CONTACT, self._contact) if contacts else (_UNIT, self._message)
        elements = self._untold(elements_of(self._tree, self._member, path))
        yield from element_items(elements, self._member, build, unit)

    def _untold(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The elements without the damage that an earlier array's reading has told, or that lets it miss the end."""
        earlier = tuple(self._told)
        for element in elements:
            if element.problem:
                again = any(element.start < told.end and told.start < element.end for told in earlier)
                if again or (earlier and element.problem in _AT_THE_END):
                    continue
                self._told.append(element)
            yield element

    def _contact(self, element: Element, origin: Origin) -> Record | Ignored:
        return contact_record(element.value, origin)

    def _message(self, element: Element, origin: Origin) -> Record | str:
        return message_record(element.value, element.around, origin, self.media)

    def media(self, path: str) -> bytes | None:
        return attachment(self._tree, self._names, self._folder + path)


def _paths_of(head: bytes) -> tuple[tuple[str, ...], ...]:
    """The arrays to read in a file with this head; none when it is not Telegram's."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    dated = b'"date_unixtime"' in head or b'"date"' in head
    said = dated and _MESSAGES.search(head) is not None and _UNIT.search(head) is not None
    if _ACCOUNT.match(head) and (said or b'"personal_information"' in head):
        return _WHOLE
    return _CHAT if said and head.lstrip()[:1] == b"{" else ()
