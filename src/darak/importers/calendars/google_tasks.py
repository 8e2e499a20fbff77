"""Google Tasks: the lists of a Takeout (`Tasks.json`), one record a task.

Sign: JSON of the kind `tasks#taskLists` (or one `tasks#tasks`). Locators are "bytes A-B", the task. A task stands on
the day it is due, which Google writes as midnight UTC and means as a day, else at the time it was made; ids are
Google's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.json_values import as_dict, as_dicts, as_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

_KIND = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"kind"\s*:\s*"tasks#(taskLists|tasks)"')
_PATHS = {b"taskLists": ("items", "*", "items"), b"tasks": ("items",)}


class GoogleTasksImporter:
    """Google Tasks: the to-do lists of Takeout, one record a task"""

    name = "google-tasks"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "lists of the kind tasks#taskLists")
            for member in tree.members()
            if _KIND.match(tree.head(member.name)) and b'"status"' in tree.head(member.name)
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        kind = _KIND.match(tree.head(member))
        path = _PATHS[kind[1]] if kind else ()
        yield from element_items(elements_of(tree, member, path), member, _task)


def _task(element: Element, origin: Origin) -> Record | Ignored | str:
    task = as_dict(element.value)
    key, title, notes = as_text(task.get("id")), as_text(task.get("title")).strip(), as_text(task.get("notes")).strip()
    if not key:
        return "a task without an id"
    if task.get("deleted") is True or not (title or notes):
        return Ignored("deleted-task" if task.get("deleted") else "empty-task", origin)
    due = _time(as_text(task.get("due"))[:10])
    said = {name: _time(as_text(task.get(name))) for name in ("created", "completed", "updated")}
    links = [as_text(link.get("link")) for link in as_dicts(task.get("links"))]
    extra: dict[str, Any] = {
        "activity": "task",
        "list": as_text(element.around.get("title")),
        "status": {"completed": "done", "needsAction": "open"}.get(as_text(task.get("status"))),
        "completed": said["completed"].iso() if said["completed"] else None,
        "starred": task.get("starred") is True,
    }
    return Record(
        source="google-tasks",
        kind="event",
        native_id=key,
        time=due or said["created"] or said["completed"] or said["updated"] or UNKNOWN_TIME,
        origin=origin,
        title=title or None,
        text="\n".join(part for part in (notes, *links) if part),
        parent=as_text(task.get("parent")) or None,
        url=next(iter(links), None),
        extra={name: value for name, value in extra.items() if value},
    )


def _time(written: str) -> Time | None:
    try:
        return parse_iso(written) if written else None
    except ValueError:
        return None
