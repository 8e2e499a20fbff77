"""Forgetting in two steps: what would go is shown and held, and only that is erased."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime

from darak.memory.forgetting import forget
from darak.memory.memory import Memory
from darak.memory.to_forget import CannotForget, Going, Previews, ToForget
from darak.sdk.results import Forgetting, Problem, Receipt, Which

_IDS = 10_000


class Erasing:
    """The previews of one open memory, by their tokens. Each can be confirmed once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._shown = Previews()

    def preview(
        self, words: str, records: Sequence[str], metrics: Sequence[str], everything: bool, which: Which
    ) -> Forgetting:
        """What fits all that is given. Problem when that is nothing; UnknownName for a name nobody has."""
        with _telling():
            asked = ToForget(
                records=tuple(records),
                words=words,
                people=tuple(which.get("people", ())),
                threads=tuple(which.get("threads", ())),
                sources=tuple(which.get("sources", ())),
                kinds=tuple(which.get("kinds", ())),
                metrics=tuple(metrics),
                since=which.get("since"),
                until=which.get("until"),
                everything=everything,
            )
            selection = asked.select(self._memory)
        going = Going.of(self._memory.vault, selection)
        if not going:
            raise Problem("nothing in this memory fits")
        return Forgetting(
            self._shown.put(asked, selection),
            going.records.total(),
            going.samples.total(),
            going.unreadable_rows,
            going.first,
            going.last,
            going.attachments,
            going.by_source(),
            tuple(going.ids(self._memory.vault, _IDS)),
        )

    def erase(self, token: str, keep: Sequence[str], now: datetime) -> Receipt:
        """Erases what was shown under this token, but for the records to keep. Problem when nothing was, or something
        else would go now."""
        with _telling():
            asked, selection = self._shown.take(token).again(self._memory, keep)
        receipt = forget(self._memory, selection, asked.request(self._memory.vault), now)
        files = tuple(receipt.members)
        return Receipt(receipt.time, receipt.records, receipt.samples, receipt.bad_rows, files, receipt.json())


@contextmanager
def _telling() -> Generator[None]:
    try:
        yield
    except CannotForget as error:
        raise Problem(str(error)) from error
