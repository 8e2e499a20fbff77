"""What a server says that it does not take, read from its refusal, so that it can be asked again without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import orjson
from msgspec.structs import replace

from darak.models.request import Message
from darak.models.settings import Abilities
from darak.models.wire import Draft

_LEAST_WINDOW = 512
_UNTOLD_WINDOW = 16_384
"""The window that is halved where neither the server nor a test told of one."""
_TOO_LONG = re.compile(
    r"max_model_len|n_ctx|context.{0,40}(?:length|size|window|limit|overflow|exceed)"
    r"|(?:exceed|maximum|larger).{0,60}(?:context|n_ctx)"
    r"|(?:prompt|input|request|messages?).{0,30}too (?:long|large|many tokens)|too many tokens|max_new_tokens",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:context (?:length|size|window|limit)[^\d]{0,24}|max_model_len[=: ]{1,3}|n_ctx[=: ]{1,3}|must be <= ?"
    r"|maximum of |limit of |> ?)(\d[\d,]{2,8})",
    re.IGNORECASE,
)
_NO_TOOLS = re.compile(
    r"\btools?\b|\btool[_ ](?:use|choice|call)|function[_ ]?call|--jinja"
    r"|does not match the expected \S+ format",  # what llama.cpp says of a call that the model did not get right
    re.IGNORECASE,
)
_NO_SYSTEM = re.compile(
    r"system.{0,20}(?:role|message|prompt|instruction)|(?:role|roles).{0,30}system|developer instruction"
    r"|roles must alternate",
    re.IGNORECASE,
)
_PARAMETERS = ("stream_options", "temperature", "top_p", "max_tokens")
"""What a request can do without, as servers call it."""
_SYSTEM = "system"


def conceded(abilities: Abilities, refusal: str, *, fitted: bool) -> Abilities:
    """The abilities without what a server's refusal names; the same when it names nothing that can be left out.

    `fitted` when the request was made for the window that is known, so that this one must be less.
    """
    if _TOO_LONG.search(refusal):
        return replace(abilities, context=_window(abilities.context, refusal, fitted))
    if _NO_SYSTEM.search(refusal):
        return _without(abilities, _SYSTEM)
    for name in _PARAMETERS:
        if re.search(rf"\b{name}\b", refusal):
            return _without(abilities, name)
    return replace(abilities, tools=False) if _NO_TOOLS.search(refusal) else abilities


def as_taken(abilities: Abilities, draft: Draft) -> Draft:
    """The draft without what its server does not take."""
    body: Any = orjson.loads(draft.body) if draft.body and abilities.without else None
    if not isinstance(body, dict):
        return draft
    told = cast(dict[str, Any], body)
    for name in abilities.without:
        value = told.pop(name, None)
        if name == "max_tokens" and value is not None:  # what newer servers call it
            told["max_completion_tokens"] = value
    return Draft(
        draft.url, draft.model, draft.purpose, orjson.dumps(told), draft.headers, draft.secret, draft.passed_on
    )


def turns_taken(abilities: Abilities, messages: Sequence[Message]) -> tuple[Message, ...]:
    """The messages; where the server knows no system's, its text begins the user's first."""
    if _SYSTEM not in abilities.without:
        return tuple(messages)
    told = "\n\n".join(one.text for one in messages if one.role == _SYSTEM)
    rest = [one for one in messages if one.role != _SYSTEM]
    at = next((number for number, one in enumerate(rest) if one.role == "user"), None)
    if not told or at is None:
        return tuple(rest)
    rest[at] = Message("user", f"{told}\n\n{rest[at].text}")
    return tuple(rest)


def _window(known: int | None, refusal: str, fitted: bool) -> int | None:
    """The window that a server tells when a request is too long for it, which is the least number that it names; half
    of what is known where it tells nothing new of a request that was made to fit."""
    had = known or (_UNTOLD_WINDOW if fitted else None)
    numbers = [int(one.replace(",", "")) for one in _WINDOW.findall(refusal)]
    told = min((one for one in numbers if one >= _LEAST_WINDOW), default=None)
    if told is not None and (had is None or told < had):
        return told
    return had // 2 if fitted and had is not None and had // 2 >= _LEAST_WINDOW else known


def _without(abilities: Abilities, name: str) -> Abilities:
    return replace(abilities, without=tuple(dict.fromkeys((*abilities.without, name))))
