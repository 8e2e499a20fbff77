"""What small models write a little wrong, as properties."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.models.dialects.anthropic import Anthropic
from darak.models.dialects.ollama import Ollama
from darak.models.dialects.openai import OpenAI
from darak.models.mending import Sifting, calls_in, mend_json
from darak.models.problems import Garbled, ModelProblem
from darak.models.request import Tool
from darak.models.tokens import estimate

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
_OBJECTS = st.dictionaries(st.text(max_size=4), _VALUES, min_size=1, max_size=3)
_TOOLS = (Tool("search", "", {"type": "object"}),)


@given(_OBJECTS, st.sampled_from(["{}", "Sure:\n{}\nIs that right?", "```json\n{}\n```", "```\n{}", "  {}  "]))
def test_whole_json_is_found_wherever_it_stands(value: dict[str, Any], around: str) -> None:
    assert mend_json(around.replace("{}", json.dumps(value, ensure_ascii=False))) == value


@given(_OBJECTS, st.data())
def test_json_cut_anywhere_keeps_only_what_was_there(value: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()))
    cut = data.draw(st.integers(1, len(text) - 1))
    with pytest.raises(Garbled):
        mend_json(text[:cut], cut=False)
    kept = mend_json(text[:cut])
    assert isinstance(kept, dict) and list(kept) == list(value)[: len(kept)]
    assert all(kept[key] == value[key] for key in list(kept)[:-1])


def test_a_fence_in_a_string_of_an_object_that_was_cut_off_is_no_fence() -> None:
    with pytest.raises(Garbled):
        mend_json('{"a": "```", "b": [], "c": "', cut=False)
    assert mend_json('{"a": "```", "b": [], "c": "')["b"] == []


@given(st.text())
def test_any_text_is_json_or_garbled(text: str) -> None:
    for cut in (True, False):
        with contextlib.suppress(Garbled):
            mend_json(text, cut=cut)
    assert estimate(text) <= len(text)


@given(st.text(alphabet='<think>/{}[]"`json :search,name', max_size=60), st.integers(1, 7))
def test_sifting_shows_the_same_however_the_text_is_cut(text: str, size: int) -> None:
    def shown(parts: list[str]) -> tuple[str, Any]:
        sifting = Sifting(_TOOLS)
        said = ""
        for part in parts:
            more, void = sifting.feed(part)
            said = more if void else said + more
        rest, calls = sifting.end()
        return said + rest, calls

    assert shown([text]) == shown([text[i : i + size] for i in range(0, len(text), size)])


def test_only_known_tools_are_called() -> None:
    assert calls_in('{"name": "search", "arguments": {}}', _TOOLS)
    for text in ('{"name": "rm", "arguments": {}}', '{"name": "search", "arguments": [1]}', '{"name": "search", "argum',
                 'I would call {"name": "search"}', "", "[]", '[{"name": "search"}, {"name": "rm"}]'):  # fmt: skip
        assert not calls_in(text, _TOOLS)


@pytest.mark.parametrize("dialect", [OpenAI(), Ollama(), Anthropic()])
@given(st.lists(st.binary(max_size=30) | _VALUES.map(lambda v: b"data: " + json.dumps(v).encode()), max_size=5))
def test_whatever_a_server_sends_is_a_reply_or_a_problem(dialect: Any, lines: list[bytes]) -> None:
    with contextlib.suppress(ModelProblem):
        list(dialect.read_chat(lines, "m"))
