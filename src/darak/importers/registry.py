"""The importers that are installed: Darak's own and those of other packages, by the entry point `darak.importers`."""

from __future__ import annotations

import warnings
from importlib.metadata import entry_points
from weakref import WeakKeyDictionary

from darak.importers.importer import Importer, Match
from darak.importers.tree import Tree, TreeProblem

GROUP = "darak.importers"

_claims: WeakKeyDictionary[Tree, dict[int, tuple[Importer, list[Match]]]] = WeakKeyDictionary()
"""What each importer, by its identity, has claimed of a tree: its files do not change under it, and looking at the
beginnings of them all takes long enough to be done once."""


def load_importers() -> dict[str, Importer]:
    """Every installed importer by its name; one that cannot be loaded is left out with a warning."""
    importers: dict[str, Importer] = {}
    for point in entry_points(group=GROUP):
        try:
            importers[point.name] = point.load()()
        except Exception as error:  # another package's importer may fail in any way, and must not stop the others
            warnings.warn(f"the importer {point.name} ({point.value}) cannot be loaded: {error}", stacklevel=2)
    return importers


def find_matches(tree: Tree, importers: dict[str, Importer]) -> tuple[list[Match], list[str]]:
    """Who reads what: the matches, best first claim, and the members that nobody knows.

    When two importers claim the same member, the higher score has it; the other match keeps its other members.
    """
    claims = [match for importer in importers.values() for match in _claimed_by(importer, tree)]
    taken: dict[str, str] = {}
    matches: list[Match] = []
    for claim in sorted(claims, key=lambda match: (-match.score, match.importer, match.members)):
        members = tuple(member for member in claim.members if member not in taken)
        if not members:
            continue
        rivals = sorted({taken[member] for member in claim.members if member in taken})
        why = claim.why + (f" (left to {', '.join(rivals)} what it knows better)" if rivals else "")
        taken.update((member, claim.importer) for member in members)
        matches.append(Match(claim.importer, members, claim.score, why))
    return matches, [member.name for member in tree.members() if member.name not in taken]


def _claimed_by(importer: Importer, tree: Tree) -> list[Match]:
    known = _claims.setdefault(tree, {})
    if id(importer) not in known:
        known[id(importer)] = importer, _detect(importer, tree)
    return known[id(importer)][1]


def _detect(importer: Importer, tree: Tree) -> list[Match]:
    """What an importer claims; nothing when it fails, which becomes a problem of the tree."""
    try:
        return importer.detect(tree)
    except Exception as error:  # as in loading: a fault of one must not stop the others
        what = f"{importer.name} failed while it looked at the files ({error!r}); please report this"
        tree.problems.append(TreeProblem("importer-failed", tree.path.name, what))
        return []
