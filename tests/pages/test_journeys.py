"""Whole journeys in a real browser on a real server."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.conftest import write_lines
from tests.pages.conftest import LINES

PAGE_BYTES = 150_000


@pytest.fixture
def fill(take_in):
    return lambda vault: take_in(vault, LINES)


def ask(page, question: str) -> str:
    page.fill("#q", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:last-child .answer")
    return page.inner_text(".turn:last-child .answer")


def test_first_visit_import_ask_and_open_a_citation(browse, tmp_path):
    page = browse()
    page.click("main a[href='/sources']")
    page.set_input_files("#files", write_lines(tmp_path / "life.jsonl", LINES))
    page.wait_for_selector(".grid th:has-text('phone')")
    assert "Read to its end" in page.inner_text("#jobs")

    page.click(".rail a[href='/']")
    assert "14 May 2024" in ask(page, "When was the dentist appointment?")
    page.click(".turn .mark")
    page.wait_for_selector("#beside .record")
    assert "Dentist appointment" in page.inner_text("#beside")
    page.keyboard.press("Escape")
    assert page.is_hidden("#beside")
    assert page.evaluate("document.activeElement.className").startswith("mark")

    assert "no record" in ask(page, "When did I buy a submarine?").lower()
    assert page.locator(".turn").count() == 2
    assert page.complaints == []


def test_a_dropped_file_is_read_and_a_damaged_one_is_told(browse):
    page = browse()
    page.goto(f"{page.home}/sources")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["<<<not a source>>>\\u0000\\u0001"], "damaged.bin"));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.wait_for_selector("[data-state=incomplete], [data-state=failed]")
    assert "damaged.bin" in page.inner_text("#jobs")
    told = page.inner_text("#jobs")
    assert "Could not be read" in told and "Darak does not know this kind of file" in told


def test_forget_and_see_it_gone(browse, fill):
    page = browse(fill)
    page.goto(f"{page.home}/privacy")
    page.fill("[name=search]", "heronkeeper")
    page.click("form[action='/privacy/forget'] button")
    assert "1 records" in page.inner_text("main")
    page.click("button.erase")
    page.wait_for_selector("pre")
    assert "darak forget --verify" in page.inner_text("pre")
    page.goto(f"{page.home}/timeline/2024/5/1")
    assert "heronkeeper" not in page.inner_text("main") and "lantern" in page.inner_text("main")


def test_by_keyboard_alone_and_in_the_other_language(browse, fill):
    page = browse(fill, locale="ko-KR")
    assert page.get_attribute("html", "lang") == "ko"
    page.keyboard.type("치과 언제 갔지? dentist")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn .answer")
    page.goto(f"{page.home}/timeline")
    for key in ("ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/timeline/\d+/\d+$"))
    page.keyboard.press("Backspace")
    page.wait_for_url(re.compile(r"/timeline/\d+$"))
    page.click(".language button")
    page.wait_for_selector("html[lang=en]")
    assert re.search(r"/timeline/\d+$", page.url)
    assert page.complaints == []


def test_fits_a_phone_stays_light_and_asks_nobody_else(browse, fill):
    page = browse(fill, locale="ko-KR", width=390, height=800)
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    days = ("/timeline", "/timeline/2024", "/timeline/2024/5/1")
    for path in ("/", "/?q=dentist", "/conversations", *days, "/people", "/sources", "/privacy"):
        responses.clear()
        page.goto(page.home + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        small = page.evaluate(
            "[...document.querySelectorAll('button, nav[aria-label] a')].filter((one) => one.checkVisibility()"
            " && one.getBoundingClientRect().height < 40).map((one) => one.outerHTML)"
        )
        assert small == [], path
        fetched = [one for one in responses if one.ok and not one.url.endswith(".woff2")]
        assert sum(int(one.headers["content-length"]) for one in fetched) < PAGE_BYTES, path
    assert all(url.startswith((page.home, "data:")) for url in page.asked)
    assert page.complaints == []


def test_a_follow_up_knows_what_was_asked_and_is_there_again_later(browse, fill):
    page = browse(fill)
    assert "2024" in ask(page, "How many steps did I walk in May 2024?")
    assert page.locator(".turn").count() == 1 and "/conversations/" in page.url
    ask(page, "and the year before?")
    assert page.locator(".turn").count() == 2
    assert "steps" in page.inner_text(".turn:last-child .carried")
    address = page.url
    page.click(".talk-way a[href='/conversations']")
    page.click("text=How many steps did I walk in May 2024?")
    page.wait_for_url(address)
    assert page.locator(".turn").count() == 2
    ask(page, "When was the dentist appointment?")
    page.click(".turn:last-child .mark")
    page.wait_for_selector("#beside .record")
    page.goto(f"{page.home}/conversations")
    page.click(".talks button")
    page.wait_for_selector("text=There is no conversation yet")
    assert page.complaints == []


def test_a_reopened_conversation_shows_its_chart(browse, take_in):
    kilos = {"type": "sample", "source": "scale", "metric": "body_mass", "unit": "kg"}
    weighed = [kilos | {"value": 70 + n / 2, "time": f"2024-{n:02}-03T08:00:00+09:00"} for n in range(1, 6)]
    page = browse(lambda vault: take_in(vault, weighed))
    ask(page, "How did my weight change in 2024?")
    page.wait_for_selector("figure.chart")
    drawn = page.inner_text("figure.chart")
    page.goto(page.home + "/conversations")
    page.click("main a[href^='/conversations/']")
    page.wait_for_selector("figure.chart")
    assert page.inner_text("figure.chart") == drawn


def test_a_bookmarked_question_is_gone_on_with(browse, fill):
    page = browse(fill)
    page.goto(f"{page.home}/?q=When+was+the+dentist+appointment%3F")
    ask(page, "who was there?")
    assert "dentist" in page.inner_text(".turn:last-child .carried").lower()
    page.reload()
    assert page.locator(".turn").count() == 2
    assert page.complaints == []


STATEMENT = "Transaction Date,Description,Amount\n2024-06-01,Inn,-4.50\n2024-06-02,Ferry,-12.00\n2024-06-03,Inn,-7.25\n"


def test_a_banks_statement_is_added_once_its_columns_are_confirmed(browse, tmp_path):
    page = browse()
    page.goto(f"{page.home}/sources")
    (tmp_path / "visa.csv").write_text(STATEMENT)
    page.set_input_files("#files", tmp_path / "visa.csv")
    page.wait_for_selector(".proposal")
    asked = page.inner_text(".proposal")
    assert "Transaction Date" in asked and "Sat 1 June 2024 · Inn 4.50 · spent" in asked
    assert "Waits for your word" in page.inner_text("#jobs")
    page.reload()
    with page.expect_file_chooser() as chooser:  # the browser has the file no more
        page.click("[data-columns=yes]")
    chooser.value.set_files(tmp_path / "visa.csv")
    page.wait_for_selector("#jobs [data-state=done]")
    assert "3 records" in page.inner_text("#jobs")
    assert page.complaints == []


def test_a_chosen_folder_is_read_as_a_whole(browse, tmp_path):
    page = browse()
    page.goto(f"{page.home}/sources")
    deep = tmp_path / "내 메모" / ("아주 긴 이름의 폴더 " * 6)
    deep.mkdir(parents=True)
    for number in range(130):
        (deep / f"{number}.md").write_text(f"# 메모 {number}\n\nThe heronkeeper note {number}.\n")
    page.set_input_files("#folder", tmp_path / "내 메모")
    page.wait_for_selector("#jobs [data-state=done]")
    assert "내 메모" in page.inner_text("#jobs") and "130 records" in page.inner_text("#jobs")
    assert page.inner_text("#ended") == "내 메모: Read to its end"
    assert page.complaints == []


def test_a_dropped_folder_and_many_files_are_read(browse, tmp_path):
    page = browse()
    page.goto(f"{page.home}/sources")
    (tmp_path / "letters" / "old").mkdir(parents=True)
    files = [tmp_path / f"day{number}.md" for number in range(7)]
    for file in (*files, tmp_path / "letters" / "a.md", tmp_path / "letters" / "old" / "b.md"):
        file.write_text(f"# {file.stem}\n\nThe heronkeeper wrote {file.stem}.\n")
    box = page.locator("#drop").bounding_box()
    devtools = page.context.new_cdp_session(page)
    for dropped, told in (([tmp_path / "letters"], "2 records"), (files, "7 records")):
        for kind in ("dragEnter", "dragOver", "drop"):
            data = {"items": [], "files": [str(one) for one in dropped], "dragOperationsMask": 1}
            place = {"x": box["x"] + 30, "y": box["y"] + 30}
            devtools.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})
        page.wait_for_selector(f"#jobs .job:first-child:has-text('{told}')")
    assert "7 files" in page.inner_text("#jobs .job:first-child")
    assert page.complaints == []


def test_what_is_read_and_asked_stays_when_the_server_or_the_session_is_gone(browse, fill):
    page = browse(fill)
    page.route("**/api/ask/stream", lambda route: None)  # no answer comes
    page.fill("#q", "When was the dentist appointment?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn[id=last]")
    page.reload()
    assert page.input_value("#q") == "When was the dentist appointment?"
    page.unroute("**/api/ask/stream")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn .mark")

    page.context.clear_cookies()
    page.click(".turn .mark")
    page.wait_for_selector("#beside:has-text('Please come in again')")
    page.context.set_offline(True)
    page.click(".evidence a")
    page.wait_for_selector("#beside:has-text('Darak is not running')")
    assert page.locator(".turn").count() == 1
