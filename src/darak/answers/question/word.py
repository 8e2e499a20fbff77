"""A word of a question where it stands, and the index terms that would do for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from darak.answers.plan import Form, Role, Terms, Want


@dataclass(frozen=True, slots=True)
class Word:
    """A wanted word at [`start`, `end`) of the question."""

    start: int
    end: int
    want: Want

    @property
    def role(self) -> Role:
        return self.want.role

    def as_(self, role: Role) -> Word:
        return replace(self, want=replace(self.want, role=role))

    def is_bare(self, text: str) -> bool:
        """Whether it stands without a particle or an ending."""
        return text[self.start : self.end].lower() == self.want.surface.lower()


def strongest(forms: Iterable[Form]) -> tuple[Form, ...]:
    """The forms, each once with its greatest strength."""
    best: dict[Terms, Form] = {}
    for form in forms:
        if form.terms and (form.terms not in best or best[form.terms].strength < form.strength):
            best[form.terms] = form
    return tuple(best.values())
