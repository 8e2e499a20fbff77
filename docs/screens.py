"""Pictures of every page on the sample life, in both languages, light and dark, wide and narrow.

    python docs/screens.py docs/screenshots

needs `pip install darak[dev]` and Chromium (`$CHROMIUM`, else /usr/bin/chromium).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.models.server import ModelServer, Say

from darak.cli.main import main as darak

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NOW = "2025-12-31T21:00"
"""The last evening of the sample life."""
PAGES = {
    "ask": ("/", None),
    "answer": ("{question}", "a.mark"),
    "chart": ("{chart}", None),
    "conversation": ("/", None),
    "conversations": ("/conversations", None),
    "timeline": ("/timeline", None),
    "year": ("/timeline/2024", None),
    "day": ("/timeline/2024/5/14", None),
    "people": ("/people", None),
    "sources": ("/sources", None),
    "privacy": ("/privacy", None),
    "models": ("/models", None),
    "yes": ("/models/allow?host=ollama.com&model=ollama/gpt-oss:120b-cloud", "main summary"),
    "playground": ("/playground?model=ollama/qwen3:8b", "button.main"),
}
"""Where each picture is taken, and what is clicked first."""
QUESTIONS = {
    "ko": {
        "question": "/?q=어은동으로 이사할 때 도와준 사람이 누구였지?",
        "chart": "/?q=2020년부터 2025년까지 몸무게가 어떻게 변했어?",
    },
    "en": {
        "question": "/?q=When did I move to Eoeun-dong?",
        "chart": "/?q=How did my weight change from 2020 to 2025?",
    },
}
TALK = {
    "ko": ("2024년 5월에 몇 걸음 걸었어?", "그 전 해는?"),
    "en-dark": ("When was I heaviest?", "and in 2022?"),
    "ko-phone-dark": ("할머니한테 마지막으로 전화한 게 언제야?", "그 전에는?"),
    "en-phone": ("How much did I spend on coffee in 2024?", "and the year before?"),
}
"""A question and one that leans on it, for the picture of a conversation in each look."""
SAID = "봄밤의 서울은 한강 바람에 벚꽃 냄새가 실려 오는 도시예요. On a spring night Seoul smells of cherry blossom."
PROMPT = {
    "ko": "서울의 봄을 두 언어로, 한 문장씩 말해 줘.",
    "en": "Describe Seoul in spring, one sentence in each language.",
}
SHOWN = {"yes": ".spoken", "playground": "#reply .quiet"}
"""What is there once the click has worked, if not a record beside the page."""
LOOKS = {
    "ko": ("ko-KR", "light", 1280, 860),
    "en-dark": ("en-GB", "dark", 1280, 860),
    "ko-phone-dark": ("ko-KR", "dark", 390, 800),
    "en-phone": ("en-GB", "light", 390, 800),
}
"""Locale, colours, width and height."""


@contextmanager
def sample_life() -> Iterator[str]:
    """The one-time link of a server that has the sample life."""
    with tempfile.TemporaryDirectory() as folder, ModelServer() as models:
        models.models = ["qwen3:8b", "exaone-4.0:1.2b"]
        models.remote = {"gpt-oss:120b-cloud": "https://ollama.com:443"}
        models.script.extend([Say(SAID, pieces=8)] * len(LOOKS))
        os.environ |= {"DARAK_KEYS": f"{folder}/keys", "DARAK_NOW": NOW, "DARAK_MODEL_SERVERS": f"ollama={models.url}"}
        darak(["try", f"{folder}/sample"])
        command = [sys.executable, "-m", "darak.cli.main", "serve", "--no-browser", "--port", "0"]
        server = subprocess.Popen(
            [*command, "--home", f"{folder}/sample/vault"], stdout=subprocess.PIPE, text=True, env=os.environ
        )
        assert server.stdout is not None
        try:
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            server.terminate()
            server.wait()


def take(browser: Browser, link: str, folder: Path) -> None:
    base = link.partition("/enter")[0]
    entered = browser.new_context()
    entered.new_page().goto(link)
    session = entered.storage_state()
    for look, (locale, colours, width, height) in LOOKS.items():
        context = browser.new_context(
            storage_state=session,
            locale=locale,
            color_scheme="dark" if colours == "dark" else "light",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        for name, (path, click) in PAGES.items():
            page = context.new_page()
            page.goto(base + path.format(**QUESTIONS[locale[:2]]), wait_until="networkidle")
            if name == "ask":
                page.wait_for_selector("#examples li")
            if name == "playground":
                page.fill("[name=prompt]", PROMPT[locale[:2]])
            if name == "conversation":
                for number, question in enumerate(TALK[look], 1):
                    page.fill("#q", question)
                    page.keyboard.press("Enter")
                    page.wait_for_selector(f".turn:nth-child({number}) .answer")
            if click:
                page.click(click)
                page.wait_for_selector(SHOWN.get(name, "#beside .record"))
            page.evaluate("document.fonts.ready")
            picture = folder / f"{name}-{look}.png"
            page.screenshot(path=picture)
            Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)
            page.close()
        context.close()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sample_life() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take(browser, link, folder)
        browser.close()


if __name__ == "__main__":
    main()
