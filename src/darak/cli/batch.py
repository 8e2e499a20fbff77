"""Many questions in one process: one a line in, an answer a line out, each as soon as it is known."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import orjson

from darak.cli.session import UsageProblem, moment

Answer = Callable[[str, datetime], dict[str, Any]]
LINES = "one a line, plain text or a JSON object with {}; each is answered in turn by a JSON object on a line"
"""What `--batch` reads and prints, for its help."""


def run_batch(path: Path, key: str, zone: str, answer: Answer) -> int:
    """Answers the lines of a file: plain text, or objects such as `{"query": "dentist", "now": "2025-03-04T09:00"}`,
    where `key` is "query".

    A line that cannot be read gets `{"error", "line"}` in its place, and the exit code is 1.
    """
    code = 0
    with path.open("rb", buffering=0) as stream:
        for number, line in enumerate(iter(stream.readline, b""), 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                said, now = _read(line, key, zone)
            except UsageProblem as problem:
                code = 1
                result: dict[str, Any] = {"error": str(problem), "line": number}
            else:
                result = answer(said, now)
            sys.stdout.buffer.write(orjson.dumps(result) + b"\n")
            sys.stdout.buffer.flush()
    return code


def _read(line: bytes, key: str, zone: str) -> tuple[str, datetime]:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise UsageProblem("the line is no text in UTF-8") from error
    if not text.startswith("{"):
        return text, moment(None, zone)
    try:
        data: Any = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UsageProblem(f'the line begins as a JSON object with "{key}", but is none') from error
    fields = cast(dict[str, Any], data)
    said, now = fields.get(key), fields.get("now")
    if not isinstance(said, str):
        raise UsageProblem(f'the line must be plain text, or a JSON object with "{key}", a text')
    if now is not None and not isinstance(now, str):
        raise UsageProblem('"now" must be an ISO time, such as "2025-03-04T09:00"')
    return said, moment(now, zone)
