"""Looking at what stands right before a place in a text."""

import re

_NEAR = 40  # characters; further back nothing belongs to a date


def just_before(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    """The match of a pattern that ends with `$` right before a place. A long text is not read from its start."""
    return pattern.search(text, max(0, place - _NEAR), place)
