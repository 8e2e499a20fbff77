"""No page has a serious fault for those who use a keyboard, a screen reader, large text or little contrast."""

from __future__ import annotations

from typing import Any

import pytest
from tests.models.server import ModelServer
from tests.pages.conftest import LINES

from darak.records.conversations import Cited, KeptTurn, keep_turn
from darak.records.vault import Vault

STEPS = Cited(1, metric="steps")

PATHS = [
    "/",
    "/?q=dentist",
    "/conversations",
    "/timeline",
    "/timeline/2024",
    "/timeline/2024/5",
    "/timeline/2024/5/1",
    "/people",
    "/sources",
    "/sources/how",
    "/privacy",
    "/privacy/forget?source=phone",
    "/models",
    "/models/allow?host=ollama.com",
    "/playground",
    "/nowhere",
]


def faults(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (darak[dev])")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:150]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_axe_finds_no_serious_fault(browse: Any, take_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(vault: Vault) -> None:
        take_in(vault, LINES)
        turn = KeptTurn("2024-06-01T12:00:00+09:00", "How many steps?", "112,000 steps [1]", "answered", None, (STEPS,))
        talks.append(f"/conversations/{keep_turn(vault, None, turn)}")

    talks: list[str] = []
    with ModelServer() as backend:
        backend.remote = {"big:cloud": "https://ollama.com:443"}
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"ollama={backend.url}")
        page = browse(fill)
        told: dict[str, list[str]] = {}
        for colours, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            for path in PATHS + talks:
                page.goto(page.home + path, wait_until="networkidle")
                if found := faults(page):
                    told[f"{path} {colours} {width}"] = found
        assert told == {}


def test_twice_as_large_text_fits(browse: Any, take_in: Any) -> None:
    kilos = {"type": "sample", "source": "scale", "metric": "body_mass", "unit": "kg"}
    weighed = [kilos | {"value": 70.5 + n, "time": f"{2018 + n}-01-03T08:00:00+09:00"} for n in range(6)]
    page = browse(lambda vault: take_in(vault, LINES + weighed), width=360, height=740)
    wide: dict[str, list[str]] = {}
    for path in [*PATHS, "/?q=How did my weight change from 2018 to 2023?"]:
        page.goto(page.home + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[path] = page.evaluate(
                "[...document.querySelectorAll('main *')]"
                ".filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll'))"
                ".map((one) => one.outerHTML.slice(0, 100)).slice(0, 4)"
            )
    assert wide == {}
