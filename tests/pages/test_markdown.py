"""Notes are shown as they were meant, and whatever stands in them does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.server.pages.markdown import plain, rendered, without_marks


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**굵게** 그리고 _기울여_", "<p><strong>굵게</strong> 그리고 <em>기울여</em></p>"),
        ("# Title\ntext", "<h2>Title</h2>\n<p>text</p>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("- [ ] 우유\n- [x] 두부", "<ul>\n<li>☐ 우유</li>\n<li>☑ 두부</li>\n</ul>"),
        ("see [[People/Mina|Mina]] and [[Lantern]]", "<p>see Mina and Lantern</p>"),
        ("    deep in", "<p>deep in</p>"),
        ("![a map](https://elsewhere.example/map.png)", '<p><span class="quiet">a map</span></p>'),
        ("[note](other.md)", "<p>note</p>"),
        (
            "[web](https://example.com)",
            '<p><a href="https://example.com" rel="noreferrer noopener" target="_blank">web</a></p>',
        ),
    ],
)
def test_a_note_is_shown_as_it_was_meant(text: str, html: str) -> None:
    assert rendered(text).strip() == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "<https://a.example/<script>>",
        "![x](javascript:alert(1))",
        '[x](https://a.example/"onclick=alert(1))',
    ],
)
def test_what_a_note_says_does_nothing(text: str) -> None:
    html = rendered(text)
    assert not re.search(r"<(?!/?(?:p|a|span|br)\b)", html), html
    assert not any(re.search(r"\son\w+=|javascript:|src=", tag) for tag in re.findall(r"<[^>]*>", html)), html


@given(st.text(alphabet="ab <>\"'&[]()!*_`#-|\n\\/:", max_size=60))
def test_no_text_becomes_other_than_known_elements(text: str) -> None:
    known = "p|br|strong|em|s|code|pre|ul|ol|li|h[2-6]|blockquote|hr|table|thead|tbody|tr|th|td|a|span"
    html = rendered(text)
    assert not re.search(rf"<(?!/?(?:{known})[ />])", html.replace(">", " >"))
    assert "*" not in plain("**a**")


def test_the_words_of_a_note_are_without_its_marks() -> None:
    assert plain("# Idea\n\nA **lamp** for\n\n- [ ] `reading`\n- more") == "Idea\nA lamp for\n☐ reading\nmore"


def test_what_a_model_wrote_is_shown_without_its_marks() -> None:
    assert without_marks("## So\nYou **walked** 3 * 4 ** 2 [1]") == "So\nYou walked 3 * 4 ** 2 [1]"
