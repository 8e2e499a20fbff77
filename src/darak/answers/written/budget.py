"""How much a model can take in: what is laid before it must fit, or it forgets the beginning without saying so."""

from __future__ import annotations

from dataclasses import dataclass

from darak.models.model import Model

_SMALL, _HOSTED = 2_000, 16_000
_MOST_HERE, _MOST_HOSTED = 6_000, 24_000
_TOOLS_FROM = 4_000


@dataclass(frozen=True, slots=True)
class Budget:
    """Tokens of one request with its reply, how many of them are the reply's, characters of one record that are shown,
    and how often the model may call tools. `enough` is the share of a question's words that must be held by what a
    model cites where the rules found no record: a small one is not believed to know better."""

    tokens: int
    reply: int
    width: int
    rounds: int
    enough: float


def budget_of(model: Model) -> Budget:
    """What a test found its window to be, less than all of it: on this machine every token read is waited for.

    Before a test, two thousand tokens for a model of this machine, and for a hosted one what every such model takes.
    """
    window = model.abilities.context
    if window is None:
        tokens = _SMALL if model.here else _HOSTED
    else:
        tokens = min(window * 3 // 4, _MOST_HERE if model.here else _MOST_HOSTED)
        tokens = min(window, max(tokens, _SMALL))
    large = tokens >= _TOOLS_FROM
    rounds = 0 if not large or not model.abilities.tools else 3 if model.here else 5
    return Budget(tokens, min(tokens // 4, 700), 600 if large else 280, rounds, 0.5 if large else 1.0)
