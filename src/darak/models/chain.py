"""The owner's models in order of preference: tried again, then the next, and at last no model, each time saying so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from darak.models.model import Model
from darak.models.problems import Cancelled, ModelProblem, NoModel
from darak.models.request import Piece, Reply, Request, Switched
from darak.models.structured import structured
from darak.models.tokens import estimate
from darak.models.wire import Cancel, Patience

_T = TypeVar("_T")
Asked = Request | Callable[[Model], Request]
"""One request for every model, or what makes it for each: within its window, without what must not go where it is."""


class Chain:
    """The same methods as a `Model`. When all models fail they raise NoModel with the reason of each."""

    def __init__(self, models: Sequence[Model], patience: Patience | None = None) -> None:
        self.models = tuple(models)
        self._patience = patience or Patience()

    def stream(self, asked: Asked, cancel: Cancel | None = None) -> Iterator[Piece]:
        """As `Model.stream`; a Switched says that a model broke off and that the text before it is void.

        NoModel, too, may come in the middle, and then the text before it is void as well.
        """
        return self._each(lambda model: model.stream(_request(asked, model), cancel), cancel or Cancel())

    def complete(self, asked: Asked, cancel: Cancel | None = None) -> Reply:
        """The whole reply; its `model` says which one gave it."""
        return self._first(lambda model: model.complete(_request(asked, model), cancel), cancel or Cancel())

    def structured(self, asked: Asked, shape: type[_T], cancel: Cancel | None = None) -> _T:
        """The reply as a `shape`, see `structured.structured`."""
        return self._first(lambda model: structured(model, _request(asked, model), shape, cancel), cancel or Cancel())

    def beginning_with(self, name: str) -> Chain:
        """The same without the models before this one, which failed already."""
        names = [model.name for model in self.models]
        return Chain(self.models[names.index(name) :] if name in names else self.models, self._patience)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text for the first model."""
        return self.models[0].count_tokens(text) if self.models else estimate(text)

    def _first(self, ask: Callable[[Model], _T], cancel: Cancel) -> _T:
        def once(model: Model) -> Iterator[_T]:
            yield ask(model)

        for got in self._each(once, cancel):
            if not isinstance(got, Switched):
                return got
        raise NoModel

    def _each(self, ask: Callable[[Model], Iterator[_T]], cancel: Cancel) -> Iterator[_T | Switched]:
        """What the first model gives that does not fail."""
        problems: dict[str, ModelProblem] = {}
        failed = ""
        for model in self.models:
            for attempt in range(self._patience.tries):
                if failed:
                    yield Switched(failed, model.name, str(problems[failed]))
                before = model.abilities
                try:
                    yield from ask(model)
                    return
                except Cancelled:
                    raise
                except ModelProblem as problem:
                    failed = model.name
                    problems[failed] = problem
                    wait = self._wait(problem, attempt, learnt=model.abilities != before)
                    if wait is None:
                        break
                    cancel.wait(wait)
        raise NoModel(problems)

    def _wait(self, problem: ModelProblem, attempt: int, *, learnt: bool) -> float | None:
        """Seconds until the same model is worth another try; None when it is not. What was `learnt` of it by its
        refusal makes another request."""
        if learnt and attempt + 1 < self._patience.tries:
            return 0
        if not problem.passing or attempt + 1 >= self._patience.tries:
            return None
        wait = max(self._patience.backoff * 2**attempt, problem.retry_after or 0)
        return wait if wait <= self._patience.longest_wait else None


def _request(asked: Asked, model: Model) -> Request:
    return asked if isinstance(asked, Request) else asked(model)
