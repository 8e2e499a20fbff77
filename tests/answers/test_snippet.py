"""A citation shows the place in a long record that matches, as it stands there."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from tests.answers.conftest import note

from darak.answers.answer import Answer, Citation
from darak.answers.evidence.snippet import WIDTH, ellipsed, snippet
from darak.answers.plan import Form, Want

FILLER = " ".join(f"Hour {n} went by and nothing happened at all." for n in range(60))
KETTLE = Want("kettle", "thing", (Form(("kettl",), 1.0),))


def test_the_match_is_shown_with_the_beginning_of_its_sentence() -> None:
    text = f"{FILLER} In the evening the kettle broke. {FILLER}"
    assert snippet(text, [KETTLE]).startswith("In the evening the kettle broke.")


def test_the_place_where_most_words_stand_together_is_shown() -> None:
    lid = Want("lid", "thing", (Form(("lid",), 1.0),))
    text = f"The kettle sang. {FILLER} The lid fell. {FILLER} The kettle lost its lid. {FILLER}"
    assert "kettle lost its lid" in snippet(text, [KETTLE, lid])


def test_a_short_text_is_shown_whole_and_one_without_a_match_from_its_beginning() -> None:
    assert snippet("The kettle sang.", []) == "The kettle sang."
    assert FILLER.startswith(snippet(FILLER, [KETTLE]))


@given(st.text(alphabet="ab kettle.가나\n", max_size=1500), st.integers(20, 400))
def test_what_is_shown_stands_in_the_text(text: str, width: int) -> None:
    shown = snippet(text, [KETTLE], width=width)
    assert shown in text and (len(shown) <= width or shown == text)


def test_ellipses_tell_that_the_text_goes_on() -> None:
    assert ellipsed("b c", "a b c d") == "…b c…"
    assert ellipsed("a b", "a b") == "a b"


def test_a_citation_of_a_long_note_shows_what_matched(living: Callable[..., Callable[..., Answer]]) -> None:
    ask = living(note("n", "2024-03-01", f"{FILLER} The plumber mended the boiler with a new valve. {FILLER}"))
    (citation,) = ask("What did the plumber do with the boiler?").citations
    assert isinstance(citation, Citation)
    assert "new valve" in citation.shown and len(citation.shown) <= WIDTH
