"""What JSON parsers give, taken as the type it should have: a value of another type becomes an empty one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

Json = Mapping[str, Any]


def as_dict(value: Any) -> Json:
    """The value when it is an object, else an empty one."""
    return cast(Json, value) if isinstance(value, dict) else {}


def as_list(value: Any) -> Sequence[Any]:
    return cast(Sequence[Any], value) if isinstance(value, list) else ()


def as_dicts(value: Any) -> list[Json]:
    """The objects in a list, without what else is in it."""
    return [as_dict(part) for part in as_list(value) if isinstance(part, dict)]


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def as_int(value: Any) -> int | None:
    """The whole number that a JSON number or a text of digits is, else None."""
    if isinstance(value, bool):
        return None
    try:
        return int(value) if isinstance(value, (int, float, str)) else None
    except (ValueError, OverflowError):
        return None
