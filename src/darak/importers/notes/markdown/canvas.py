"""Obsidian's canvas: a JSON object of cards on a plane and the arrows between them."""

from __future__ import annotations

from typing import Any, cast

import orjson

from darak.importers.notes.markdown.note import Note, parse_note


def parse_canvas(data: bytes) -> Note:
    """The cards' words from top to bottom, then the arrows' labels; files on it are embeds.

    Its `flaw` is set when the data is no canvas at all.
    """
    try:
        parsed: object = orjson.loads(data.removeprefix(b"\xef\xbb\xbf") or b"{}")
    except orjson.JSONDecodeError as error:
        return Note("", flaw=f"the canvas is no JSON: {error}")
    if not isinstance(parsed, dict):
        return Note("", flaw="the canvas is no JSON object")
    canvas = cast("dict[str, Any]", parsed)
    nodes = sorted(_objects(canvas.get("nodes")), key=lambda node: (_number(node, "y"), _number(node, "x")))
    cards = [text for node in nodes if (text := _text(node, "text") or _text(node, "label") or _text(node, "url"))]
    labels = [label for edge in _objects(canvas.get("edges")) if (label := _text(edge, "label"))]
    inner = parse_note("\n\n".join(cards))
    files = tuple(file for node in nodes if (file := _text(node, "file")))
    return Note("\n\n".join((*cards, *labels)), links=inner.links, embeds=(*files, *inner.embeds), tags=inner.tags)


def _objects(value: object) -> list[dict[str, Any]]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("dict[str, Any]", item) for item in items if isinstance(item, dict)]


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def _number(item: dict[str, Any], key: str) -> float:
    value = item.get(key)
    return float(value) if isinstance(value, (int, float)) else 0.0
