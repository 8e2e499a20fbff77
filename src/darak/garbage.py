"""When Python looks for garbage that reference counts do not free: objects that are part of a circle."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Looks for circles after each 100,000 new objects instead of 700: here are millions, and nearly none is part of
    one. To look for them took 3 % of an import and a fifth of a dry run."""
    gc.set_threshold(100_000, 50, 50)
