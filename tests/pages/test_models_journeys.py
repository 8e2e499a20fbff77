"""Choosing a model, playing with it, a yes for a host, and what left: in a real browser on a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.models.server import Fail, ModelServer, Say, Silence
from tests.pages.conftest import LINES

PAGE_BYTES = 150_000
SAID = "봄밤의 서울은 벚꽃 냄새가 나요. It smells of cherry blossom."


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Ollama on this machine, which passes one of its models on to another host."""
    with ModelServer() as server:
        server.remote = {"big:cloud": "https://ollama.com:443"}
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"ollama={server.url}")
        yield server


def play(page: Any, prompt: str, model: str = "ollama/tiny") -> None:
    page.goto(f"{page.home}/playground")
    page.select_option("[name=model]", model)
    page.fill("[name=prompt]", prompt)
    page.click("button.main")


def test_a_model_is_tested_chosen_put_in_order_and_left_again(browse: Callable[..., Any], backend: ModelServer) -> None:
    page = browse()
    page.click(".rail a[href='/models']")
    assert "No model is used" in page.inner_text("main")
    page.click("li:has-text('tiny') form[data-follow=test] button")
    page.wait_for_selector(".checks:has-text('This model works here')")
    assert "Calls a tool" in page.inner_text(".checks") and "8,192 tokens" in page.inner_text(".checks")

    page.click(".checks button:text-is('Compare with no model')")
    page.wait_for_selector(".checks table", timeout=120_000)
    compared = page.inner_text(".checks table")
    assert "questions about an invented life" in compared and "No model" in compared and "ollama/tiny" in compared

    page.click("li:has-text('tiny') button:text-is('Use')")
    page.wait_for_selector(".used")
    page.click("li:has-text('larger:7b') button:text-is('Use')")
    page.wait_for_selector(".used li:nth-child(2)")
    assert [re.sub(r"\s.*", "", one) for one in page.locator(".used b").all_inner_texts()] == [
        "ollama/larger:7b",
        "ollama/tiny",
    ]
    page.click("[aria-label='ollama/tiny: earlier']")
    page.wait_for_selector(".used li:first-child:has-text('tiny')")
    for name in ("tiny", "larger:7b"):
        page.click(f"[aria-label='ollama/{name}: use no more']")
    page.wait_for_selector("text=No model is used")
    page.click("text=Back to ollama/larger:7b")
    page.wait_for_selector(".used:has-text('larger:7b')")
    assert page.complaints == []


def test_a_model_can_be_played_with_and_stopped(browse: Callable[..., Any], backend: ModelServer) -> None:
    page = browse()
    backend.script.append(Say(SAID, pieces=6))
    page.goto(f"{page.home}/playground")
    page.click("summary:has-text('Settings')")
    page.fill("[name=temperature]", "0.4")
    page.fill("[name=max_tokens]", "60")
    page.fill("[name=system]", "Answer in two languages.")
    page.fill("[name=prompt]", 'It\'s "spring"?')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#reply:has-text('5 written')")
    assert SAID in page.inner_text("#reply")
    assert backend.chats[-1].body["options"]["temperature"] == 0.4
    page.wait_for_selector("#code:has-text('spring')")
    shown = page.inner_text("#code-python")
    assert "temperature=0.4" in shown and "max_tokens=60" in shown and '"It\'s \\"spring\\"?"' in shown
    assert "It'\"'\"'s" in page.inner_text("#code-curl")

    backend.script.append(Silence(60, after="Half a sentence"))
    page.click("button.main")
    page.wait_for_selector("#reply:has-text('Half a sentence')")
    page.click("[data-stop]")
    page.wait_for_selector("#reply:has-text('Stopped')")
    backend.script.append(Fail(after="Then", message="overloaded"))
    page.click("button.main")
    page.wait_for_selector("#reply .note:has-text('overloaded')")
    assert page.is_hidden("[data-stop]") and page.complaints == []


def test_the_memory_can_be_played_with_without_a_model(
    browse: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")
    page = browse()
    play(page, "When did I buy a submarine?", model="darak")
    page.wait_for_selector("#reply:has-text('in all')")
    assert "no record" in page.inner_text("#reply").lower()


def test_nothing_leaves_before_the_yes_and_what_left_is_listed(
    browse: Callable[..., Any], backend: ModelServer
) -> None:
    page = browse()
    page.goto(f"{page.home}/privacy")
    assert "Nothing has left this machine." in page.inner_text("main")
    page.goto(f"{page.home}/models")
    page.click("li:has-text('big:cloud') button:text-is('Test')")
    page.wait_for_url("**/models/allow?host=ollama.com")
    play(page, "My secret is heron.", model="ollama/big:cloud")
    page.wait_for_selector("dialog[open]")
    asked = page.inner_text("dialog")
    assert "May text leave to ollama.com?" in asked and "My secret is heron." in asked
    page.keyboard.press("Escape")
    assert backend.chats == []

    page.click("button.main")
    page.wait_for_selector("dialog[open]")
    page.uncheck("dialog [value=money]")
    page.click("dialog button.main")
    page.wait_for_selector("#reply:has-text('Hello.')")
    assert len(backend.chats) == 1
    page.goto(f"{page.home}/privacy")
    row = page.inner_text("#leaving ~ .scroll tbody tr")
    assert "ollama.com" in row and "big:cloud" in row and "playground" in row
    assert page.locator(".rules:has-text('Health')").count() == 1
    assert page.locator(".rules:has-text('Money')").count() == 0
    page.click("button:text-is('Take it back')")
    page.wait_for_selector("text=no host has your yes")
    assert page.complaints == []


def test_a_hosted_server_is_added_with_a_yes(browse: Callable[..., Any], backend: ModelServer) -> None:
    page = browse(locale="ko-KR")
    page.goto(f"{page.home}/models")
    page.fill("[name=url]", "https://models.invalid/v1")
    page.fill("#add ~ form [name=key]", "s3cret")
    page.click("button:text-is('넣기')")
    page.wait_for_selector("h1:has-text('models.invalid로 보내도 될까요?')")
    page.click("main summary")
    assert "GET https://models.invalid/v1/models" in page.inner_text("pre")
    assert "s3cret" not in page.content()
    page.click("a:has-text('보내지 않을래요')")
    assert "models.invalid에는 아직 아무것도 보내지 않았어요." in page.inner_text("main")
    page.click("a[data-dialog]")
    page.wait_for_selector("dialog[open]")
    page.click("dialog a.button")
    page.wait_for_selector("dialog:not([open])", state="attached")
    page.click("button:text-is('빼기')")
    page.wait_for_selector("main:not(:has-text('models.invalid'))")
    page.fill("[name=url]", "what is this")
    page.click("button:text-is('넣기')")
    page.wait_for_selector("[role=alert]")
    assert page.input_value("[name=url]") == "what is this"


def test_a_key_is_made_shown_once_and_revoked(browse: Callable[..., Any]) -> None:
    page = browse()
    page.goto(f"{page.home}/privacy")
    page.click("summary:has-text('Make a key')")
    page.fill("input[name=name]", "Notebook")
    page.click("button:text-is('Make it')")
    secret = page.inner_text(".made pre").strip()
    assert secret.startswith("darak_")
    answered = page.request.get(f"{page.home}/api/status", headers={"authorization": f"Bearer {secret}"})
    assert answered.status == 200
    page.goto(f"{page.home}/privacy")
    assert secret not in page.content()
    page.click("[aria-label='Revoke the key for Notebook']")
    page.wait_for_selector(".rules", state="detached")
    refused = page.request.get(f"{page.home}/api/status", headers={"authorization": f"Bearer {secret}"})
    assert refused.status == 401


def test_without_scripts_all_of_it_works(browse: Callable[..., Any], backend: ModelServer, chromium: Any) -> None:
    page = browse()
    plain = chromium.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), locale="en-GB"
    ).new_page()
    plain.goto(f"{page.home}/models")
    plain.click("li:has-text('tiny') form[data-follow=test] button")
    plain.wait_for_selector(".checks:has-text('This model works here')")
    plain.click("li:has-text('big:cloud') button:text-is('Use')")
    plain.click("button:text-is('Yes, it may leave')")
    plain.wait_for_selector(".used:has-text('big:cloud')")
    plain.goto(f"{page.home}/privacy")
    plain.click("button:text-is('Take it back')")

    plain.goto(f"{page.home}/playground?model=ollama/big:cloud")
    plain.fill("[name=prompt]", "A line\nand another")
    plain.click("button.main")
    assert "A line\nand another" in plain.inner_text(".spoken")
    asked = len(backend.chats)
    plain.click("button:text-is('Yes, it may leave')")
    plain.wait_for_selector("#reply:has-text('Hello.')")
    assert len(backend.chats) == asked + 1
    assert plain.input_value("[name=prompt]") == "A line\nand another"
    plain.context.close()


def test_the_code_that_is_shown_runs(browse: Callable[..., Any], backend: ModelServer) -> None:
    openai = pytest.importorskip("openai", reason="openai is not installed (darak[dev])")
    page = browse()
    made = page.request.post(
        f"{page.home}/api/keys", data={"name": "code", "scopes": ["ask"]}, headers={"origin": page.home}
    )
    backend.script.append(Say(SAID, pieces=3))
    page.goto(f"{page.home}/playground?model=ollama/tiny")
    page.fill("[name=prompt]", "봄은 어때?")
    page.wait_for_selector("#code-python:has-text('봄은 어때?')")
    code = page.inner_text("#code-python")
    said: list[str] = []
    names = {"print": lambda words, **_: said.append(words)}
    environ = {"DARAK_KEY": made.json()["secret"]}
    exec(code.replace("os.environ", "environ"), {**names, "environ": environ, "openai": openai})
    assert "".join(said) == SAID
    assert backend.chats[-1].body["messages"][-1]["content"] == "봄은 어때?"


def test_it_fits_a_phone_stays_light_and_asks_nobody_else(browse: Callable[..., Any], backend: ModelServer) -> None:
    page = browse(locale="ko-KR", width=390, height=800)
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    for path in ("/models", "/models/allow?host=ollama.com&model=ollama/big:cloud", "/playground", "/privacy"):
        responses.clear()
        page.goto(page.home + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        small = page.evaluate(
            "[...document.querySelectorAll('button, .button, nav[aria-label] a, nav summary')].filter((one) =>"
            " one.checkVisibility() && one.getBoundingClientRect().height < 40).map((one) => one.outerHTML)"
        )
        assert small == [], path
        fetched = [one for one in responses if one.ok and not one.url.endswith(".woff2")]
        assert sum(int(one.headers["content-length"]) for one in fetched) < PAGE_BYTES, path
    page.click(".more summary")
    page.click(".more a[href='/playground']")
    page.wait_for_selector("#play")
    assert all(url.startswith((page.home, "data:")) for url in page.asked)
    assert page.complaints == []


def test_by_keyboard_alone(browse: Callable[..., Any], backend: ModelServer) -> None:
    page = browse()
    page.goto(f"{page.home}/playground?model=ollama/big:cloud")
    page.focus("[name=prompt]")
    page.keyboard.type("Hello?")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("dialog[open]")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('dialog button.main')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#reply:has-text('Hello.')")
    page.goto(f"{page.home}/models")
    page.focus("li:has-text('tiny') button:text-is('Use')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".used:has-text('tiny')")


def test_nobody_has_to_wait_for_a_silent_model(browse: Callable[..., Any], backend: ModelServer, take_in: Any) -> None:
    page = browse(lambda vault: take_in(vault, LINES), locale="ko-KR")
    page.goto(f"{page.home}/models")
    page.click("button[name=model][value='ollama/tiny']:text('쓰기')")
    backend.script.append(Silence(120))
    page.goto(page.home)
    page.fill("#q", "5월에 부두에서 뭐 했어?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".steps:text('ollama/tiny에 물어보고 있어요')")
    page.wait_for_selector(".late")
    assert "말이 없어요" in page.inner_text(".late")
    page.click(".late button")
    page.wait_for_selector(".turn .answer")
    assert "언어 모델 없이" in page.inner_text(".how") and not page.query_selector(".late")
    assert "/conversations/" in page.url
