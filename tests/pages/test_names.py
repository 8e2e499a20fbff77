"""Sources are called by the names that people use for them, in both languages."""

from __future__ import annotations

import re

import pytest
from tests.pages.test_pages import words

from darak.importers.registry import load_importers
from darak.server.pages.texts import person_word, problem_words, said, source_word
from darak.server.pages.texts_of_sources import SOURCES


def test_every_importer_of_darak_has_a_name_in_both_languages() -> None:
    own = {name for name, one in load_importers().items() if type(one).__module__.startswith("darak.")}
    assert own - SOURCES.keys() == set()


def test_an_owners_own_source_is_called_as_they_call_it() -> None:
    assert source_word("ko", "diary of Mina") == "diary of Mina"


@pytest.mark.parametrize(
    "path",
    ["/timeline", "/timeline/2024?source=calendar", "/timeline/2024/5/14", "/sources", "/privacy",
     "/privacy/forget?source=calendar"],
)  # fmt: skip
def test_pages_say_peoples_names_of_sources(pages, path) -> None:
    shown = words(pages.get(path, headers={"accept-language": "ko"}))
    assert "캘린더" in shown and not re.search(r"\bcalendar\b", shown)


def test_a_citation_says_where_its_record_is_from(pages) -> None:
    page = pages.get("/?q=When was the dentist appointment?", headers={"accept-language": "ko"}).text
    assert " · 일정 · 캘린더</span>" in page


def test_problems_are_told_in_the_readers_language(pages) -> None:
    for path, told in (
        ("/privacy/forget?people=Nobody", "‘Nobody’이라는 사람은 기록에 없어요."),
        ("/privacy/forget?search=submarine", "그런 기록이 없어요."),
    ):
        assert told in words(pages.get(path, headers={"accept-language": "ko"}))


def test_what_could_not_be_read_is_told_in_the_readers_language() -> None:
    assert problem_words("ko", "cut-off", "the mail ends in its head")[0].startswith("파일이 중간에 끊겼어요")
    assert problem_words("ko", "damaged-thing", "its sum is wrong") == (
        "손상되어 읽을 수 없었어요.",
        "its sum is wrong",
    )
    assert problem_words("en", "damaged-thing", "its sum is wrong") == ("its sum is wrong", "")
    assert problem_words("ko", "new", "something else") == ("something else", "")
    assert said("ko", "the same name, for short") == "줄여 부른 같은 이름이에요"
    assert said("en", "the same name, for short") == "the same name, for short"


def test_why_two_may_be_one_is_told_in_korean() -> None:
    reasons = ("the same name", "the same name with a title", "the same name in other letters", "called the same")
    assert [why for why in reasons if said("ko", why) == why] == []


def test_a_models_problem_is_told_in_korean(pages) -> None:
    refused = pages.post("/models/use", data={"model": "nowhere/none"}, headers={"accept-language": "ko"})
    assert refused.status_code == 422 and not re.search(r"\bserver\b|\bmodel\b", words(refused))


def test_who_has_only_a_role_is_called_by_it_in_the_readers_language() -> None:
    assert [person_word("ko", name) for name in ("user", "assistant", "Mina Kim")] == ["나", "AI", "Mina Kim"]
