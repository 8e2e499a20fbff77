"""Which schemas an answer can fill in."""

from __future__ import annotations

from typing import Any

import pytest

from darak.server.openai.shaped import OWN, accepts, shaped

_TEXT = {"type": "string"}


@pytest.mark.parametrize(("wanted", "fits"), [
    ({}, True),
    ({"type": "object"}, True),
    ({"type": ["object", "array"]}, True),
    ({"type": "array"}, False),
    ({"properties": {"answer": _TEXT}, "required": ["answer"], "additionalProperties": False}, True),
    ({"properties": {"answer": {"anyOf": [_TEXT, {"type": "null"}]}}}, True),
    ({"properties": {"answer": {"type": "string", "maxLength": 9}}}, False),
    ({"properties": {"answer": {"type": "integer"}}}, False),
    ({"properties": {"weather": _TEXT}}, False),
    ({"required": ["weather"]}, False),
    ({"properties": {"status": {"enum": ["answered", "unsure", "no_record", "other"]}}}, True),
    ({"properties": {"status": {"enum": ["answered"]}}}, False),
    ({"properties": {"answer": {"enum": ["yes", "no"]}}}, False),
    ({"properties": {"citations": {"type": "array", "items": {"properties": {"time": _TEXT}}}}}, False),
    ({"properties": {"citations": {"type": "array", "items": {"properties": {"number": {"type": "number"}}}}}}, True),
    ({"anyOf": [{"type": "null"}, {"type": "object", "properties": {"answer": _TEXT}}]}, True),
])  # fmt: skip
def test_a_schema_is_taken_only_when_every_answer_fits_it(wanted: dict[str, Any], fits: bool) -> None:
    assert accepts(wanted, OWN) is fits


def test_only_what_is_wanted_is_told() -> None:
    told = {"answer": "yes", "status": "answered", "citations": [{"number": 1, "url": "x"}]}
    inner = {"properties": {"number": {"type": "integer"}}}
    wanted = {"properties": {"citations": {"items": inner}, "answer": {"anyOf": [_TEXT, {"type": "null"}]}}}
    assert shaped(told, wanted) == {"citations": [{"number": 1}], "answer": "yes"}
    assert shaped(told, {"anyOf": [{"type": "null"}, {"type": "object", "properties": {}}]}) == {}
    assert shaped(told, {"type": "object"}) == told
