"""The answer as an object: which schemas it can fill in, and the parts that one of them wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

_TEXT = {"type": "string"}
_KNOWN = {"title", "description", "type", "enum", "properties", "required", "items", "additionalProperties", "$schema"}
OWN: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "answer": _TEXT,
        "status": {"type": "string", "enum": ["answered", "unsure", "no_record"]},
        "coverage": {"type": "array", "items": _TEXT},
        "citations": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "number": {"type": "integer"},
                    "record": {"type": ["string", "null"]},
                    "source": _TEXT,
                    "time": {"type": ["string", "null"]},
                    "title": _TEXT,
                    "text": _TEXT,
                    "url": _TEXT,
                },
            },
        },
    },
}
"""All that an answer tells, as a JSON Schema; `record` is null for measured samples."""


def accepts(wanted: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Whether whatever fits `own`, cut down to the properties that are wanted, fits the schema `wanted`."""
    if "anyOf" in wanted:
        return all(any(accepts(one, {**own, "type": kind}) for one in wanted["anyOf"]) for kind in _types(own))
    if not wanted.keys() <= _KNOWN:  # a bound that nothing here is held to
        return False
    types = _types(wanted)
    if types and not _types(own) <= types | ({"integer"} if "number" in types else set()):
        return False
    if "enum" in wanted and not all(one in wanted["enum"] for one in own.get("enum", (None,))):
        return False
    if "items" in wanted and "items" in own:
        return accepts(wanted["items"], own["items"])
    properties, there = wanted.get("properties", {}), own.get("properties", {})
    if not {*properties, *wanted.get("required", ())} <= there.keys():
        return False
    return all(accepts(one, there[name]) for name, one in properties.items())


def shaped(value: Any, wanted: Mapping[str, Any]) -> Any:
    """The parts of a value that an accepted schema names; all of an object of which it names none."""
    if wanted.get("anyOf"):
        kind = "array" if isinstance(value, list) else "object" if isinstance(value, dict) else None
        chosen: list[Mapping[str, Any]] = [one for one in wanted["anyOf"] if kind in _types(one)]
        wanted = chosen[0] if chosen else {}
    if isinstance(value, list):
        return [shaped(one, wanted.get("items", {})) for one in cast(list[Any], value)]
    if isinstance(value, dict) and "properties" in wanted:
        return {name: shaped(value[name], one) for name, one in wanted["properties"].items()}
    return cast(Any, value)


def _types(schema: Mapping[str, Any]) -> set[Any]:
    kind = schema.get("type", ())
    return {kind} if isinstance(kind, str) else {*cast(list[Any], kind)}
