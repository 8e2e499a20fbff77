"""Progress on the terminal: what is read, how fast, and how long still. Silent when nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from darak.cli.printing import bare, plain
from darak.importers.runner import OnProgress, Progress

if TYPE_CHECKING:  # a terminal without progress need not wait for it
    from rich.progress import Progress as Bar

_LEAST = 0.05
"""Seconds that have passed at least, for a rate."""


@contextmanager
def importing() -> Generator[OnProgress]:
    """A line for each source that is read: share, items, rate, time left."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _bar() as bar:
        task = bar.add_task("Looking what it is", total=None, amount="")
        source, began = "", 0.0

        def show(progress: Progress) -> None:
            nonlocal task, source, began
            if source != progress.source:
                bar.remove_task(task)
                source, began = progress.source, time.monotonic()
                task = bar.add_task(plain(source), total=None, amount="")
            rate = progress.items / max(time.monotonic() - began, _LEAST)
            share = f"{progress.done / progress.total:4.0%}  " if progress.total else ""
            amount = f"{share}{progress.items:,} items  {rate:,.0f}/s"
            bar.update(task, completed=progress.done, total=progress.total or None, amount=amount)

        yield show


@contextmanager
def counting(what: str) -> Generator[Callable[[int, int], None]]:
    """A line for one job: share, rate, time left; a moving bar until it is told how much there is to do."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    began = time.monotonic()
    with _bar() as bar:
        task = bar.add_task(what, total=None, amount="")

        def show(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - began, _LEAST)
            bar.update(task, completed=done, total=total, amount=f"{done:,} of {total:,}  {rate:,.0f}/s")

        yield show


@contextmanager
def _bar() -> Generator[Bar]:
    """Lines on the terminal that go when the work has ended."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    amount = TextColumn("{task.fields[amount]}")
    what = TextColumn("{task.description}", markup=False)  # a source may be called anything
    columns = (what, BarColumn(), amount, TimeRemainingColumn())
    with Bar(*columns, console=Console(file=bare(sys.stderr)), transient=True) as bar:
        yield bar
