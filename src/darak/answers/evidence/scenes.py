"""The records of one day parted into talks, and what each record supports together with what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from darak.answers.evidence.support import HELD, Support, Weighed, coverage
from darak.answers.plan import Person
from darak.memory.lookup import Glance

_SCENE, _DAY = 0.9, 0.62
_PERSON_SCENE, _PERSON_DAY = 0.25, 0.5
_SCENE_SECONDS = 3 * 3600


class Day:
    """The records of one day that hold words of the question."""

    def __init__(
        self, glances: Sequence[Glance], by_n: Mapping[int, list[float]], words: Sequence[Weighed], couples: set[int]
    ) -> None:
        self._by_n = by_n
        self._words = words
        self._couples = couples
        self._scenes = _scenes(glances)
        self._held = [_best(by_n, (glance.n for glance in scene), len(words)) for scene in self._scenes]
        self._total = sum(word.weight for word in words if not word.hint)

    def supports(self) -> Iterator[Support]:
        for scene, held in zip(self._scenes, self._held, strict=True):
            day = self._linked(held, [other for other in self._held if other is not held])
            for glance in scene:
                own = self._by_n[glance.n]
                strengths = tuple(
                    max(own[index], self._of_scene(index, glance) * held[index], day[index])
                    for index in range(len(self._words))
                )
                yield Support(
                    glance,
                    coverage(own, self._words) / self._total,
                    coverage(strengths, self._words) / self._total,
                    tuple(own),
                    strengths,
                )

    def _of_scene(self, index: int, glance: Glance) -> float:
        """Of a talk of two, every line is with the other; among more, only who speaks or is named takes part."""
        if isinstance(self._words[index].want, Person) and glance.thread not in self._couples:
            return _PERSON_SCENE
        return _SCENE

    def _linked(self, held: Sequence[float], scenes: Sequence[Sequence[float]]) -> list[float]:
        """What else was said that day about the same thing: in scenes that share a required noun with this one."""
        required = [
            index
            for index, word in enumerate(self._words)
            if held[index] >= HELD and (word.required or word.deed) and not isinstance(word.want, Person)
        ]
        others = [other for other in scenes if any(other[index] >= HELD for index in required)]
        return [
            (_PERSON_DAY if isinstance(word.want, Person) else _DAY)
            * max((other[index] for other in others), default=0.0)
            for index, word in enumerate(self._words)
        ]


def _scenes(glances: Sequence[Glance]) -> list[list[Glance]]:
    """The records of one day parted into talks: the same thread with no gap of more than three hours."""
    scenes: list[list[Glance]] = []
    ordered = sorted(glances, key=lambda g: (g.thread is None, g.thread or 0, g.second or 0, g.n))
    for glance in ordered:
        before = scenes[-1][-1] if scenes else None
        near = (
            before is not None
            and glance.thread is not None
            and before.thread == glance.thread
            and (glance.second or 0) - (before.second or 0) <= _SCENE_SECONDS
        )
        if near:
            scenes[-1].append(glance)
        else:
            scenes.append([glance])
    return scenes


def _best(by_n: Mapping[int, list[float]], ns: Iterable[int], size: int) -> list[float]:
    best = [0.0] * size
    for n in ns:
        best = list(map(max, best, by_n[n]))
    return best
