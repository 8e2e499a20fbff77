"""How much a model can take in: what is laid before it must fit, or it forgets the beginning without saying so."""

from __future__ import annotations

from dataclasses import dataclass

from darak.models.model import Model

_SMALL, _HOSTED = 2_000, 16_000
_MOST_HERE, _MOST_HOSTED = 4_000, 24_000
_TOOLS_FROM = 4_000
_MOST_WRITTEN = 4_096
"""Tokens that a model may write at most, its thoughts aloud with them."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one request may hold, in tokens, and what follows from it.

    `tokens` are for the request with `reply` of them for the answer; the model may write `most`, what its window has
    left beside, for some think aloud first. `width`: characters of one record that are shown; `rounds`: how often it
    may call tools; `enough`: the share of a question's words that what it cites must hold where the rules found no
    record, for a small model is not believed to know better.
    """

    tokens: int
    reply: int
    most: int
    width: int
    rounds: int
    enough: float


def budget_of(model: Model) -> Budget:
    """What a test found its window to be, less than all of it: on this machine every token read is waited for.

    Before a test, two thousand tokens for a model of this machine, and for a hosted one what every such model takes.
    """
    window = model.abilities.context
    if window is None or (model.here and not model.abilities.tested and window >= _SMALL):
        tokens = _SMALL if model.here else _HOSTED
    else:
        tokens = min(window * 3 // 4, _MOST_HERE if model.here else _MOST_HOSTED)
        tokens = min(window, max(tokens, _SMALL))
    large = tokens >= _TOOLS_FROM
    reply = min(tokens // 4, 700)
    left = _MOST_WRITTEN if not model.here else 0
    most = min(_MOST_WRITTEN, reply + (left if window is None else window - tokens))
    rounds = 0 if not large or not model.abilities.tools else 3 if model.here else 5
    return Budget(tokens, reply, most, 500 if large else 280, rounds, 0.5 if large else 1.0)
