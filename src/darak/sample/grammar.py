"""Slot grammar for both languages.

`{a|b}` picks one; `{name}` is filled from the values given or from the vocabulary; `{food2}` is a second,
independent `{food}`; `{을}` is the Korean particle that fits what stands before it (`{_}` is the -이 of names).
A slot named twice in one text has one value. Options may hold slots and options again.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import Protocol, runtime_checkable

from darak.sample.korean import PARTICLES, has_hangul, particle


@runtime_checkable
class Bilingual(Protocol):
    """A value with a form in each language."""

    def form(self, language: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Both:
    """One thing in Korean and in English."""

    ko: str
    en: str

    def form(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Particle:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple[_Node, ...], ...]


_Node = str | _Slot | _Particle | _Choice
Vocabulary = Mapping[str, tuple[str, ...]]


@cache
def _parse(template: str) -> tuple[_Node, ...]:
    nodes: list[_Node] = []
    at = 0
    while at < len(template):
        opening = template.find("{", at)
        if opening < 0:
            nodes.append(template[at:])
            break
        if opening > at:
            nodes.append(template[at:opening])
        closing, bars = _closing(template, opening)
        inside = template[opening + 1 : closing]
        if bars:
            edges = [opening, *bars, closing]
            nodes.append(_Choice(tuple(_parse(template[a + 1 : b]) for a, b in pairwise(edges))))
        else:
            nodes.append(_Particle(inside) if inside in PARTICLES else _Slot(inside))
        at = closing + 1
    return tuple(nodes)


def _closing(template: str, opening: int) -> tuple[int, list[int]]:
    """Position of the brace that closes the one at `opening`, and of the bars directly inside."""
    depth = 0
    bars: list[int] = []
    for at in range(opening, len(template)):
        char = template[at]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return at, bars
        elif char == "|" and depth == 1:
            bars.append(at)
    raise ValueError(f"unclosed brace in {template!r}")


def expand(
    template: str,
    rng: Random,
    values: MutableMapping[str, object],
    vocabulary: Vocabulary,
    language: str | None = None,
) -> str:
    """The text of a template. Words drawn from the vocabulary are added to `values`, so that they stay.

    Raises KeyError for a slot that neither `values` nor the vocabulary knows.
    """
    if "{" not in template:
        return template
    out: list[str] = []
    _write(_parse(template), rng, values, vocabulary, language or language_of(template), out)
    return "".join(out)


def language_of(text: str) -> str:
    return "ko" if has_hangul(text) else "en"


def _write(
    nodes: tuple[_Node, ...],
    rng: Random,
    values: MutableMapping[str, object],
    vocabulary: Vocabulary,
    language: str,
    out: list[str],
) -> None:
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif isinstance(node, _Choice):
            options = node.options
            chosen = options[int(rng.random() * len(options))]
            _write(chosen, rng, values, vocabulary, language, out)
        elif isinstance(node, _Particle):
            out.append(particle("".join(out[-3:]), node.name))
        else:
            out.append(_fill(node.name, rng, values, vocabulary, language))


def _fill(
    name: str, rng: Random, values: MutableMapping[str, object], vocabulary: Vocabulary, language: str
) -> str:
    value = values.get(name)
    if value is None:
        base, _, part = name.partition(".")
        if part:
            return str(getattr(values[base], part)(language))
        words = vocabulary[name.rstrip("0123456789")]
        value = expand(words[int(rng.random() * len(words))], rng, values, vocabulary, language)
        values[name] = value
    if isinstance(value, str):
        return value
    if isinstance(value, Bilingual):
        return value.form(language)
    return f"{value:,}" if isinstance(value, int) else str(value)
