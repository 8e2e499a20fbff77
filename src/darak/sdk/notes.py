"""What the owner has Darak remember, as a line of the exchange format."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from darak.sdk.results import Problem

SOURCE = "darak"


def note_line(text: str, now: datetime, title: str | None, via: str | None) -> dict[str, Any]:
    """A note of the moment `now`, which has a zone, under an id of its own: the same words twice are two notes."""
    if not text.strip():
        raise Problem("there is nothing to remember: the note is empty")
    line = {
        "type": "record",
        "id": f"note-{secrets.token_hex(8)}",
        "source": SOURCE,
        "kind": "note",
        "time": now.isoformat(timespec="seconds"),
        "text": text,
    }
    if title:
        line["title"] = title
    return line | ({"extra": {"via": via}} if via else {})
