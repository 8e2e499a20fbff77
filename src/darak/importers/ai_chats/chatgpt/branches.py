"""One ChatGPT conversation: a tree of messages, of which the path to `current_node` is what the page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

Json = Mapping[str, Any]

REASONING = frozenset(("thoughts", "reasoning_recap"))
INSTRUCTIONS = frozenset(("user_editable_context", "model_editable_context"))
_MARK = re.compile(
    r" ?\ue200(?:cite|filecite|navlist|image_group|video|i)\ue202[^\ue200\ue201]*\ue201"
    r'|\ue200\w+\ue202(?:\["\w*", ?"(?P<name>[^"]*)"[^\ue200\ue201]*|[^\ue200\ue201]*)\ue201'
)
_TEXT_KEYS = ("text", "result", "content")


def as_dict(value: Any) -> Json:
    """The value when it is an object, else an empty one."""
    return cast(Json, value) if isinstance(value, dict) else {}


def as_list(value: Any) -> Sequence[Any]:
    return cast(Sequence[Any], value) if isinstance(value, list) else ()


def parents_of(mapping: Json) -> dict[str, str]:
    """The parent of each node that has one: as the node says, else as the list of children of another says."""
    parents = {child: key for key, node in mapping.items() for child in as_list(as_dict(node).get("children"))}
    for key, node in mapping.items():
        parent = as_dict(node).get("parent")
        if isinstance(parent, str) and parent in mapping:
            parents[key] = parent
    return parents


def shown_path(mapping: Json, parents: Mapping[str, str], current: object) -> list[str]:
    """Ids of the nodes from the root to `current`; without one, to the leaf that was written last."""
    node = current if isinstance(current, str) and current in mapping else _last_leaf(mapping, parents)
    path: list[str] = []
    seen: set[str] = set()
    while node is not None and node not in seen:
        seen.add(node)
        path.append(node)
        node = parents.get(node)
    return path[::-1]


def _last_leaf(mapping: Json, parents: Mapping[str, str]) -> str | None:
    inner = set(parents.values())
    leaves = [key for key in mapping if key not in inner]
    return max(leaves, key=lambda key: number(message_of(mapping[key]).get("create_time")) or 0.0, default=None)


def ancestor_on(path: set[str], parents: Mapping[str, str], node: str) -> str | None:
    """The nearest ancestor of a node that lies on the path."""
    seen: set[str] = set()
    parent = parents.get(node)
    while parent is not None and parent not in path and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return parent if parent in path else None


def message_of(node: object) -> Json:
    return as_dict(as_dict(node).get("message"))


def role_of(message: Json) -> str:
    role = as_dict(message.get("author")).get("role")
    return role if isinstance(role, str) else ""


def why_ignored(message: Json) -> str | None:
    """The code of a message that the page does not show, else None."""
    if role_of(message) == "system":
        return "system-message"
    if as_dict(message.get("metadata")).get("is_visually_hidden_from_conversation"):
        return "hidden-message"
    kind = as_dict(message.get("content")).get("content_type")
    if kind in REASONING:
        return "reasoning"
    if kind == "tether_browsing_code":
        return "tool-call"
    if kind == "app_pairing_content":  # the window of another app, which ChatGPT was let look at
        return "other-app"
    return "custom-instructions" if kind in INSTRUCTIONS else None


def text_and_assets(content: Json) -> tuple[str, list[str]] | None:
    """What a message says and its asset pointers; None when the content is of a form that is not known."""
    parts = content.get("parts")
    if not isinstance(parts, list):
        texts = [content[key] for key in _TEXT_KEYS if isinstance(content.get(key), str)]
        if not texts:
            return None
        title = content.get("title")
        return _unmarked("\n".join([title, texts[0]] if isinstance(title, str) and title else texts[:1])), []
    texts: list[str] = []
    assets: list[str] = []
    for part in cast(list[Any], parts):
        if isinstance(part, str):
            texts.append(part)
        elif as_dict(part):
            said = as_dict(part).get("text")
            if isinstance(said, str):
                texts.append(said)
            assets += _pointers(as_dict(part))
    return _unmarked("\n".join(text for text in texts if text)), assets


def uploads_of(message: Json) -> dict[str, str]:
    """The names of the files that came with a message, by their id: documents stand nowhere else in it."""
    listed = map(as_dict, as_list(as_dict(message.get("metadata")).get("attachments")))
    return {one["id"]: str(one.get("name") or one["id"]) for one in listed if isinstance(one.get("id"), str)}


def _unmarked(text: str) -> str:
    """The text without the marks that the page shows as links to sources; of a named thing the name is left."""
    return _MARK.sub(lambda mark: mark["name"] or "", text) if "\ue200" in text else text


def _pointers(part: Json) -> list[str]:
    """Asset pointers of a part; those of sound and moving pictures lie one level down."""
    found = [part.get("asset_pointer"), *(as_dict(value).get("asset_pointer") for value in part.values())]
    return [pointer for pointer in found if isinstance(pointer, str)]


def number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
