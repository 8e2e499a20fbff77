"""A small life, in a vault that the SDK opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import darak
from darak.sdk.life import Life


def record(kind: str, key: str, time: str, text: str, **more: Any) -> dict[str, Any]:
    line = {"type": "record", "id": key, "source": "phone" if kind == "message" else "diary", "account": "me"}
    return line | {"kind": kind, "time": time, "zone": "Asia/Seoul", "text": text} | more


LIFE = [
    record("message", "m-1", "2024-03-02T10:00", "We adopted a puppy yesterday! His name: Bori.",
           author="Seojun Kim", people=["Seojun Kim", "me"], thread="kim"),
    record("message", "m-2", "2024-03-02T10:05", "Congratulations!", author="me", people=["Seojun Kim", "me"],
           thread="kim"),
    record("message", "m-3", "2023-10-14T09:10", "나 어제 청첩장 돌렸어. 결혼식은 11월 25일이야.",
           author="박지민", people=["박지민", "me"], thread="지민"),
    record("note", "n-1", "2024-11-02T20:00", "The new laptop arrived. Serial number LX-4471."),
    record("note", "n-2", "2023-04-15T22:00", "오늘 성수동으로 이사했다. 상자가 서른 개다."),
    *({"type": "sample", "source": "watch", "metric": "steps", "time": f"2024-{month:02}-01", "value": 1000 * month,
       "unit": "count"} for month in (3, 4, 5)),
]  # fmt: skip


@pytest.fixture
def life_file(tmp_path: Path, lines: Callable[..., Path]) -> Path:
    return lines(tmp_path / "life.jsonl", LIFE)


@pytest.fixture
def life(life_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00")
    with darak.open(create=True) as life:
        life.import_(life_file)
        yield life
