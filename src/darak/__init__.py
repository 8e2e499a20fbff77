"""Darak keeps a whole life on its owner's machine and answers from it with citations.

import darak

with darak.open() as life:
    print(life.ask("When did I last see the dentist?"))
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # what is used of these is imported when it is first asked for
    from darak.sdk.asynchronous import AsyncLife, connect_async, open_async
    from darak.sdk.life import Life
    from darak.sdk.local import open
    from darak.sdk.remote import connect
    from darak.sdk.results import (
        Answer,
        Citation,
        Conversation,
        Forgetting,
        Hit,
        Period,
        Person,
        Problem,
        Receipt,
        Record,
        Report,
    )

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "AsyncLife",
    "Citation",
    "Conversation",
    "Forgetting",
    "Hit",
    "Life",
    "Period",
    "Person",
    "Problem",
    "Receipt",
    "Record",
    "Report",
    "connect",
    "connect_async",
    "open",
    "open_async",
]

_MODULES = {
    "open": "local",
    "connect": "remote",
    **dict.fromkeys(("AsyncLife", "connect_async", "open_async"), "asynchronous"),
    "Life": "life",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"darak.sdk.{_MODULES.get(name, 'results')}"), name)
