"""A small life behind the pages, asked in this process; and a real browser on a real `darak serve`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.server.conftest import LIFE, Running, Served, darak_serve, life, record, served

from darak.records.vault import Vault

__all__ = ["darak_serve", "life", "served"]

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
LINES = [
    *LIFE,
    record("c1", "2024-05-02T09:00:00", "<script>document.title='taken'</script> & <b>bold</b>", thread="pier club"),
]


@pytest.fixture
def pages(served: Served) -> Any:
    """The owner's browser, in English."""
    served.owner.headers["accept-language"] = "en"
    return served.owner


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the tests of one file: its event loop would be in the way of other files' asynchronous tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (darak[dev])")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}; $CHROMIUM may name another")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(
    chromium: Any, home: Path, darak_serve: Callable[..., Running], tmp_path: Path
) -> Iterator[Callable[..., Any]]:
    """Opens a page of a server; what it asked for and complained about is in `page.asked` and `page.complaints`."""
    opened: list[Any] = []

    @contextmanager
    def filled() -> Iterator[Vault]:
        with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
            yield vault

    def open_page(
        fill: Callable[[Vault], Any] | None = None, locale: str = "en-GB", width: int = 1280, height: int = 860
    ) -> Any:
        with filled() as vault:
            if fill is not None:
                fill(vault)
        running = darak_serve(DARAK_NOW="2024-06-01T12:00")
        context = chromium.new_context(locale=locale, viewport={"width": width, "height": height})
        page = context.new_page()
        page.asked, page.complaints, page.home = [], [], running.url
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(running.link)
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
