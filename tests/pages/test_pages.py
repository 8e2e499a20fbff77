"""The pages as they come from the server, without a browser."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.models.server import ModelServer
from tests.pages.conftest import LINES
from tests.server.conftest import serving

from darak.server.pages import texts
from darak.server.pages.ask import pieces
from darak.server.pages.chart import chart, path_of
from darak.server.pages.page import ROOMS
from darak.server.pages.texts import preferred, size, when

ROOM_PATHS = [path for _, path in ROOMS]
DEEPER = [
    "/examples",
    "/timeline/2024",
    "/timeline/2024/5",
    "/timeline/2024/5/1",
    "/?q=when+was+the+dentist",
    "/people?q=Mina",
    "/sources/how",
    "/conversations",
]


def words(response) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>", "", response.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("path", ROOM_PATHS + DEEPER)
def test_each_page_is_whole_in_both_languages(pages, path):
    for language in ("ko", "en"):
        response = pages.get(path, headers={"accept-language": language})
        assert response.status_code == 200, response.text
        assert f'<html lang="{language}">' in response.text
        assert texts.text(language, "timeline") in words(response)
        assert response.text.count("<h1") == 1


@pytest.mark.parametrize("path", ROOM_PATHS + DEEPER)
def test_no_page_has_a_script_or_a_style_inline(pages, path):
    page = pages.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert all("application/json" in tag or "src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.search(r"(?:src|<link[^>]* href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize(
    ("rule", "english", "korean"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "repeats every week on Tuesday", "매주 화요일에 되풀이되는"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "repeats every month on the last Friday", "매달 마지막 금요일에 되풀이되는"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", "repeats every 3 months on day 15", "3개월마다 15일에 되풀이되는"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20200101", "repeated on weekdays", "평일마다 되풀이된"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
            "repeats every 2 weeks on Monday and Friday",
            "2주마다 월·금요일에 되풀이되는",
        ),
        ("FREQ=YEARLY", "repeats every year", "매년 되풀이되는"),
    ],
)
def test_how_often_an_event_repeats_is_told(rule, english, korean):
    assert texts.repeats_told("en", rule) == f"It {english}."
    assert texts.repeats_told("ko", rule) == f"{korean} 일정이에요."


def test_a_rule_that_is_not_read_is_not_told():
    assert not texts.repeats_told("en", "FREQ=SECONDLY")


def test_pages_are_for_who_is_signed_in(served):
    assert all(served.stranger.get(path).status_code == 401 for path in ROOM_PATHS)


def test_every_text_is_in_both_languages_with_the_same_values():
    for key, both in texts.TEXTS.items():
        korean, english = (set(re.findall(r"\{(\w+)\}", one)) for one in both)
        assert korean == english, key
        assert all(both), key


def test_every_text_is_used():
    folder = Path(texts.__file__).parent
    files = [*folder.glob("*.py"), *folder.glob("*/*.html"), *folder.glob("*/*.js")]
    code = "".join(file.read_text("utf-8") for file in files if not file.name.startswith("texts"))
    code += Path(texts.__file__).read_text("utf-8").partition("def text(")[2]
    rooms = {room for room, _ in ROOMS}
    composed = (
        "state.",
        "column.",
        "entrance.",
        "statement.",
        "upload.",
        "check.",
        "model.",
        "purpose.",
        "rule.",
        "scope.",
        "shelter.",
        "role.",
        "allow.exact.",
        "models.kind.",
    )
    told = {key for key in texts.TEXTS if not key.startswith(composed)} - rooms
    assert [key for key in sorted(told) if f'"{key}"' not in code] == []


def test_the_language_can_be_switched_and_stays(pages):
    answer = pages.post("/language", data={"language": "ko", "back": "/people?q=x"}, follow_redirects=False)
    assert answer.headers["location"] == "/people?q=x"
    assert '<html lang="ko">' in pages.get("/people").text


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/x", "javascript:alert(1)"])
def test_switching_the_language_leads_nowhere_else(pages, back):
    answer = pages.post("/language", data={"language": "ko", "back": back}, follow_redirects=False)
    assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith("//")


def test_an_answer_names_its_records(pages):
    page = pages.get("/", params={"q": "When was the dentist appointment?"})
    assert "14 May 2024" in words(page)
    link = unescape(re.search(r'class="mark" href="([^"]+)"', page.text)[1])
    assert "Dentist appointment" in words(pages.get(link))


def test_measured_numbers_are_cited_in_the_readers_language(pages):
    question = "/?q=how+many+steps+did+I+walk+in+total"
    assert re.search(r"steps (?:[\d,.]+ count|· [\d,]+ samples)", words(pages.get(question)))
    korean = words(pages.get(question, headers={"accept-language": "ko"}))
    assert re.search(r"걸음 수 (?:[\d,.]+ count|· 측정값 [\d,]+개)", korean)


def test_a_conversation_goes_on_without_a_script(pages):
    begun = pages.post("/ask", data={"q": "How many steps did I walk in May 2024?"})
    assert begun.status_code == 200 and begun.url.path.startswith("/conversations/")
    further = pages.post(begun.url.path, data={"q": "and the year before?"})
    assert further.url.path == begun.url.path
    assert "How many steps did I walk in May 2024?" in further.text and "and the year before?" in further.text
    assert f'action="{begun.url.path}"' in further.text
    bookmark = pages.get("/", params={"q": "When was the dentist appointment?"})
    assert 'name="first" value="When was the dentist appointment?"' in bookmark.text
    first = "When was the dentist appointment?"
    both = pages.post("/ask", data={"q": "who was there?", "first": first})
    assert first in both.text and "who was there?" in both.text


def test_earlier_conversations_are_found_gone_on_with_and_erased(pages):
    assert "There is no conversation yet" in pages.get("/conversations").text
    one = pages.post("/ask", data={"q": "When was the dentist appointment?"}).url.path
    pages.post("/ask", data={"q": "옥상에서 뭐 찾았지?"})
    found = pages.get("/conversations", params={"search": "dentist"}).text
    assert one in found and "옥상에서" not in found
    assert "No conversation says that" in pages.get("/conversations", params={"search": "submarine"}).text
    assert "14 May 2024" in pages.get(one).text
    left = pages.post(f"{one}/erase")
    assert left.url.path == "/conversations" and one not in left.text and "옥상에서" in left.text
    assert pages.get(one).status_code == 404
    off = pages.post("/conversations/keeping", data={"keep": "false"})
    assert "New conversations are not kept" in off.text
    passing = pages.post("/ask", data={"q": "When was the dentist appointment?"}).url.path
    assert "14 May 2024" in pages.get(passing).text
    assert "There is no conversation yet" in pages.post("/conversations/erase").text


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("2024", "/timeline/2024"),
        ("May 2024", "/timeline/2024/5"),
        ("2024년 5월", "/timeline/2024/5"),
        ("2024-05-03", "/timeline/2024/5/3"),
        ("winter 2024", ""),
        ("May", ""),
        ("Monday", ""),
    ],
)
def test_the_days_of_a_chart_lead_to_their_records(label, path):
    assert path_of(label) == path


def test_a_chat_is_shown_with_the_lines_around(pages):
    found = pages.post("/api/search", json={"query": "lantern"}).json()["hits"][0]["id"]
    page = words(pages.get(f"/records/{found}"))
    assert page.index("heronkeeper") < page.index("lantern") < page.index("See you there")


def test_what_a_record_says_is_never_markup(vault, take_in):
    take_in(vault, LINES)
    with serving(vault) as served:
        found = served.owner.post("/api/search", json={"query": "bold"}).json()["hits"][0]["id"]
        for path in (f"/records/{found}", "/timeline/2024/5/2", f"/privacy/forget?record={found}"):
            page = served.owner.get(path).text
            assert "<script>document" not in page and "<b>bold" not in page
            assert "&lt;script&gt;" in page


def test_a_problem_is_told_on_a_page(pages):
    for path, status in (
        ("/records/ffffffffff", 404),
        ("/records/nonsense", 404),
        ("/timeline/2024/13", 404),
        ("/timeline/0", 404),
        ("/people/99999", 404),
        ("/privacy/forget?people=Nobody+At+All", 422),
        ("/privacy/forget?since=yesterday", 422),
        ("/privacy/forget", 422),
        ("/people?offset=many", 422),
    ):
        page = pages.get(path)
        assert page.status_code == status, path
        assert "That did not work" in page.text, path


def test_forgetting_shows_first_and_leaves_out_what_is_unticked(pages):
    preview = pages.get("/privacy/forget", params={"source": "phone"})
    token = re.search(r'name="token" value="([^"]+)"', preview.text)[1]
    ids = re.findall(r'name="go" value="([^"]+)"', preview.text)
    assert len(ids) == 3
    done = pages.post("/privacy/forget", data={"token": token, "shown": ids, "go": ids[:2]})
    assert "2 records and 0 samples are gone" in words(done)
    assert [pages.get(f"/records/{one}").status_code for one in ids] == [404, 404, 200]
    again = pages.post("/privacy/forget", data={"token": token})
    assert again.status_code == 409


def test_everything_is_forgotten_when_the_word_is_typed(pages):
    assert "Forget everything" in pages.get("/privacy").text
    assert pages.get("/privacy/forget", params={"everything": "yes"}).status_code == 422
    records = pages.get("/api/status").json()["records"]
    for word in ("잊기", " Forget "):
        preview = pages.get("/privacy/forget", params={"everything": word})
        assert f"{records} records" in words(preview)
    token = re.search(r'name="token" value="([^"]+)"', preview.text)[1]
    ids = re.findall(r'name="go" value="([^"]+)"', preview.text)
    done = pages.post("/privacy/forget", data={"token": token, "shown": ids, "go": ids})
    assert done.status_code == 200 and pages.get("/api/status").json()["records"] == 0


def test_people_are_made_one_and_two_again(pages):
    listed = pages.get("/api/people").json()["people"]
    one, other = (one["person"] for one in listed[:2])
    page = pages.post("/people/merge", data={"one": one, "other": other})
    merge = re.search(r'name="merge" value="(\d+)"', page.text)[1]
    assert len(pages.get("/api/people").json()["people"]) == len(listed) - 1
    pages.post("/people/undo", data={"merge": merge})
    assert len(pages.get("/api/people").json()["people"]) == len(listed)
    renamed = pages.post(f"/people/{one}/rename", data={"name": "Captain"})
    assert "Captain" in words(renamed)


def test_the_timeline_leads_from_years_to_a_record(pages):
    path = "/timeline"
    for pattern in (r'href="(/timeline/2024)"', r'href="(/timeline/2024/5)"', r'href="(/timeline/2024/5/14)"'):
        path = re.search(pattern, pages.get(path).text)[1]
    day = pages.get(path)
    assert "Dentist appointment" in words(day)
    assert pages.get(re.search(r'href="(/records/[^"]+)"', day.text)[1]).status_code == 200


def test_examples_have_an_answer(served):
    for language in ("ko", "en"):
        told = served.owner.get("/api/examples", params={"language": language}).json()
        assert not told["empty"] and told["questions"]
        for question in told["questions"]:
            assert served.owner.post("/api/ask", json={"question": question}).json()["status"] == "answered"


def test_an_empty_memory_says_what_to_do(vault):
    with serving(vault) as served:
        for path in ROOM_PATHS:
            assert served.owner.get(path).status_code == 200
        assert 'href="/sources"' in served.owner.get("/examples?part=1").text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en-GB,en", "en"),
        ("fr,ko;q=0.5", "ko"),
        ("fr", "en"),
        ("", "en"),
        (";q=", "en"),
    ],
)
def test_the_browsers_language_is_taken(header, language):
    assert preferred(header) == language


def test_times_are_told_as_precisely_as_they_are_known():
    assert when("en", "2024-05-12T14:03:00+09:00") == "Sun 12 May 2024 14:03"
    assert when("ko", "2024-05-12") == "2024년 5월 12일 (일)"
    assert (when("en", "2024-05"), when("ko", "2024")) == ("May 2024", "2024년")
    assert when("en", None) == "No time known"


def test_sizes():
    assert [size(n) for n in (0, 999, 1500, 20_000, 3_000_000)] == ["0 B", "999 B", "1.5 kB", "20 kB", "3.0 MB"]


def test_marks_without_a_citation_stay_text():
    assert pieces("a [1] b [2][9]", {1, 2}) == ["a ", 1, " b ", 2, "[9]"]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_a_chart_stays_in_its_frame(values):
    drawn = chart([{"label": str(place), "value": value} for place, value in enumerate(values)])
    assert drawn is not None
    assert all(0 <= bar.length <= 100 for bar in drawn.bars)
    for point in drawn.line.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= 1000 and 0 <= y <= 240


def test_a_long_list_of_models_is_short_at_first(pages: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer() as backend:
        backend.models = [f"model-{n}" for n in range(30)] + ["text-embedding-3-small"]
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"vllm={backend.url}/v1")
        page = pages.get("/models").text
        first, _, rest = page.partition("<summary>18 more</summary>")
        assert first.count("/playground?model=") == 12 and rest.count("/playground?model=") == 18
        assert re.search(r"Not for answers:\s*text-embedding-3-small", page)
        assert "text-embedding" not in pages.get("/playground").text


@pytest.mark.parametrize(
    ("words", "title", "left"),
    [
        ("# 2024-05-01\n\nA heron.", "2024-05-01", "A heron."),
        ("Lunch", "Lunch", ""),
        ("Cafe Juniper · latte", "Cafe Juniper", "latte"),
        ("Lunches are good", "Lunch", "Lunches are good"),
        ("# Other\nA heron.", "2024-05-01", "# Other\nA heron."),
        ("A heron.", None, "A heron."),
    ],
)
def test_a_title_is_said_once(words: str, title: str | None, left: str) -> None:
    assert texts.under_title(words, title) == left


def test_values_of_one_chart_have_the_same_decimals() -> None:
    def digits(*values: float) -> int:
        drawn = chart([{"label": str(value), "value": value} for value in values])
        assert drawn is not None
        return drawn.digits

    assert [digits(72.16, 73.3), digits(8123.45, 9200), digits(1.25, 1.5), digits(3, 3)] == [1, 0, 2, 2]
    assert (texts.number(73.3, 1), texts.number(9200.4, 0), texts.number(3.0)) == ("73.3", "9,200", "3")


def test_it_is_told_how_exports_are_got(pages: Any) -> None:
    for language, said in (("ko", "카카오톡"), ("en", "KakaoTalk")):
        page = pages.get("/sources/how", headers={"accept-language": language})
        assert said in words(page) and page.text.count("<h1") == 1 and "<table>" in page.text
        assert 'href="/sources/how"' in pages.get("/sources").text


def test_every_room_of_an_empty_memory_leads_to_adding_files(vault: Any) -> None:
    with serving(vault) as served:
        for path in ("/examples", "/timeline", "/people"):
            assert 'class="button' in (page := served.owner.get(path).text) and 'href="/sources">' in page, path
        assert "<br" not in served.owner.get("/sources/how").text.partition("<table>")[0]
