"""Sources are called by the names that people use for them, in both languages."""

from __future__ import annotations

import re

import pytest
from tests.pages.test_pages import words

from darak.importers.registry import load_importers
from darak.server.pages.texts import source_word
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
