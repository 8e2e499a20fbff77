"""Darak's own JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_native(records: Iterable[Mapping[str, object]], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(records, key=lambda record: (str(record["time"]), str(record.get("id"))))
    encode = json.JSONEncoder(ensure_ascii=False).encode
    path.write_text("".join(encode(record) + "\n" for record in ordered), "utf-8")
