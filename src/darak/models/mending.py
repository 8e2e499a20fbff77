"""What small models write a little wrong: JSON cut off or wrapped in prose, calls written as text, thoughts aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

import orjson

from darak.models.problems import Garbled
from darak.models.request import Call, Tool

_FENCE = re.compile(r"```[\w-]*\s*\n?(.*?)(?:```|\Z)", re.S)
_TRAILING = re.compile(r",\s*([}\]])")
_DANGLING = re.compile(r'(?:,\s*|(?<=\{)\s*)"(?:[^"\\]|\\.)*"?\s*:?\s*$|[,:]\s*$')
"""What cannot be kept at the end of a text that was cut off: a key without its value, a comma."""
_HALF_ESCAPE = re.compile(
    r"((?:^|[^\\])(?:\\\\)*)\\(?:u[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u[0-9a-fA-F]{0,3})?)?|u[0-9a-fA-F]{0,3})?\Z"
)
"""An escape that was cut in a string, or the first half of a character that takes two."""
_BRACKET = re.compile(r"[{\[]")
_MARKS = (
    ("<tool_call>", "</tool_call>"), ("[TOOL_CALLS]", ""), ("<|python_tag|>", "<|eom_id|>"), ("```json", "```"),
    ("```tool_call", "```"), ("```", "```"), ("{", ""), ("[", ""),
)  # fmt: skip
"""How models begin a call that they write as text."""
_THOUGHTS = (
    ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"), ("<seed:think>", "</seed:think>"), ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"), ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"),
)  # fmt: skip
"""How models begin and end what they think aloud. Some servers send the end alone: the prompt holds the beginning."""
_ENDS = tuple(end for _, end in _THOUGHTS)


def mend_json(text: str, *, cut: bool = True) -> Any:
    """The JSON value in a text: whole, in a code fence, amid prose, with trailing commas, and with `cut` also one that
    was cut off, closed where it ends. Garbled when there is none.
    """
    whole = text.strip()
    fenced = () if whole.startswith("{") else _FENCE.findall(text)  # in an object, a fence is part of a string
    candidates = [whole, *(match.strip() for match in fenced)]
    for candidate in candidates:
        value = _loads(candidate)
        if value is not None:
            return value
    for candidate in reversed(candidates):
        place = 0
        while begun := _BRACKET.search(candidate, place):
            closed = _closed(candidate[begun.start() :], cut)
            value = _loads(closed)
            if isinstance(value, (dict, list)):
                return cast(Any, value)
            if not closed:
                break  # what follows lies inside it
            place = begun.start() + len(closed)
    raise Garbled("The reply holds no JSON.")


def _loads(text: str) -> Any:
    for form in (text, _TRAILING.sub(r"\1", text)):
        try:
            return orjson.loads(form)
        except ValueError:
            continue
    return None


def _closed(text: str, cut: bool) -> str:
    """The text from its first bracket to the one that closes it; with `cut`, what is open at its end is closed."""
    open_: list[str] = []
    quoted, escaped = False, False
    for place, letter in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                quoted = False
        elif letter == '"':
            quoted = True
        elif letter in "{[":
            open_.append("}" if letter == "{" else "]")
        elif letter in "}]":
            if not open_ or open_.pop() != letter:
                return ""
            if not open_:
                return text[: place + 1]
    if not cut:
        return ""
    ends = "".join(reversed(open_))
    if quoted:
        text = _HALF_ESCAPE.sub(r"\1", text) + '"'
    if _loads(text + ends) is not None:
        return text + ends
    kept = re.sub(r"(?<=[\[,:])\s*[-\w.+]+$", "", text)  # half a number or word
    return _DANGLING.sub("", kept) + ends


def calls_in(text: str, tools: Sequence[Tool]) -> tuple[Call, ...]:
    """The calls of known tools that a text is, however the model wrote them; none when it is anything else."""
    body = text.strip()
    for begin, end in _MARKS[:6]:
        if body.startswith(begin):
            parts = [part.removesuffix(end) if end else part for part in body.split(begin)]
            values = [value for part in parts if part.strip() for value in _values(part)]
            break
    else:
        values = list(_values(body)) if body.startswith(("{", "[")) else []
    names = {tool.name for tool in tools}
    calls: list[Call] = []
    for value in values:
        inner = value.get("function")
        told = cast(dict[str, Any], inner) if isinstance(inner, dict) else value
        name: Any = told.get("name") or told.get("tool")
        given: Any = (
            next((told[key] for key in ("arguments", "parameters", "args", "input") if key in told), None) or {}
        )
        if isinstance(given, str):
            try:
                given = mend_json(given, cut=False)
            except Garbled:
                return ()
        if name not in names or not isinstance(given, dict):
            return ()
        calls.append(Call(f"text-{len(calls) + 1}", name, cast(dict[str, Any], given)))
    return tuple(calls)


def _values(text: str) -> Iterator[dict[str, Any]]:
    try:
        value = mend_json(text, cut=False)
    except Garbled:
        return
    for one in cast(list[Any], value if isinstance(value, list) else [value]):
        if isinstance(one, dict):
            yield cast(dict[str, Any], one)


class Sifting:
    """Lets a stream's text through, but for thoughts aloud and for what may turn out to be a call written as text."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._tools = tools
        self._held = ""
        self._state = "start"
        self._end = ""
        self._shown = False

    def feed(self, text: str) -> tuple[str, bool]:
        """What may be shown of the text so far, the rest is held back; and whether all before it were thoughts."""
        self._held += text
        if self._state == "start":
            self._start()
        if self._state == "thinking":
            _, mark, after = self._held.partition(self._end)
            if not mark:
                return "", False
            self._held, self._state = after.lstrip(), "start"
            return self.feed("") if self._held else ("", False)
        for end in _ENDS:  # without a beginning
            _, mark, after = self._held.partition(end)
            if mark:
                void, self._shown = self._shown, False
                self._held, self._state = after.lstrip(), "start"
                return (self.feed("")[0] if self._held else ""), void
        if self._state != "text":
            return "", False
        kept = max(_half(self._held, end) for end in _ENDS)
        shown, self._held = self._held[: len(self._held) - kept], self._held[len(self._held) - kept :]
        self._shown = self._shown or bool(shown)
        return shown, False

    def _start(self) -> None:
        begun = self._held.lstrip()
        for begin, end in _THOUGHTS:
            if begun.startswith(begin):
                self._held, self._state, self._end = begun[len(begin) :], "thinking", end
                return
        if any(mark.startswith(begun) for pair in _THOUGHTS for mark in pair):
            return
        marks = [begin for begin, _ in _MARKS if self._tools]
        if any(begun.startswith(mark) for mark in marks):
            self._state = "call"
        elif not any(mark.startswith(begun) for mark in marks):
            self._held, self._state = begun, "text"

    def end(self) -> tuple[str, tuple[Call, ...]]:
        """What is still to be shown, or the calls that the held text is."""
        if self._state == "thinking":
            return "", ()
        calls = calls_in(self._held, self._tools) if self._tools else ()
        return ("", calls) if calls else (self._held, ())


def _half(text: str, mark: str) -> int:
    """How many characters at the end of a text may begin the mark."""
    return next((size for size in range(min(len(mark) - 1, len(text)), 0, -1) if text.endswith(mark[:size])), 0)
