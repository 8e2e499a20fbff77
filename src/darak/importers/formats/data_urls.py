"""Files that are written into a text as `data:` URLs (RFC 2397)."""

from __future__ import annotations

import re
from base64 import b64decode
from urllib.parse import unquote, unquote_to_bytes

from darak.records.record import Blob

_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+=-]+)*?)(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)


def blob_of_data_url(url: str) -> Blob | None:
    """The file in the URL; None when it is no data URL or is damaged."""
    parts = _DATA.fullmatch(url.strip())
    if parts is None:
        return None
    try:
        data = b64decode(unquote(parts[4])) if parts[3] else unquote_to_bytes(parts[4])
    except ValueError:
        return None
    return Blob.of(data, None, parts[1] or "text/plain")
