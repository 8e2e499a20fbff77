"""What an import would do: every source read and counted, nothing written, on all cores when there is much to read."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from darak.garbage import collect_seldom
from darak.importers.importer import Importer, Match
from darak.importers.registry import find_matches
from darak.importers.report import Report
from darak.importers.runner import OnProgress, Progress, Reading, refusals
from darak.importers.tree import FileTree, open_tree

_WORTH_PROCESSES = 16 << 20
"""Bytes from which on reading takes longer than starting other processes."""


def dry_run(tree: FileTree, importers: dict[str, Importer], on_progress: OnProgress = lambda _: None) -> list[Report]:
    """The reports that an import of the tree would give, but for what is new."""
    matches, unknown = find_matches(tree, importers)
    sizes = {member.name: member.size for member in tree.members()}
    weights = [sum(sizes[name] for name in match.members) for match in matches]
    if len(matches) > 1 and sum(weights) >= _WORTH_PROCESSES:
        reports = _in_processes(tree.path, matches, weights, importers, on_progress)
    else:
        reports = [_read(tree, match, importers[match.importer], on_progress) for match in matches]
    return [report for some in reports for report in some] + refusals(tree, unknown)


def _read(tree: FileTree, match: Match, importer: Importer, on_progress: OnProgress) -> list[Report]:
    reading = Reading(tree, match, importer, on_progress)
    for batch in reading.batches(None):
        reading.accounts.take(batch, {})
    return reading.accounts.close()


def _in_processes(
    path: Path, matches: list[Match], weights: list[int], importers: dict[str, Importer], on_progress: OnProgress
) -> list[list[Report]]:
    """The reports of each match, the longest read first, each in a process that opens the tree for itself."""
    reports: list[list[Report]] = [[] for _ in matches]
    longest_first = sorted(range(len(matches)), key=lambda place: -weights[place])
    done = items = 0
    # Processes of their own, not copies of this one: it may have threads, and open archives that have one position.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=collect_seldom) as pool:
        places = {
            pool.submit(_read_apart, path, matches[place], importers[matches[place].importer]): place
            for place in longest_first
        }
        for future in as_completed(places):
            place = places[future]
            reports[place] = future.result()
            done += weights[place]
            items += sum(report.records + report.samples for report in reports[place])
            on_progress(Progress("everything", done, sum(weights), items))
    return reports


_same_tree: Callable[[Path], FileTree] = lru_cache(maxsize=1)(open_tree)


def _read_apart(path: Path, match: Match, importer: Importer) -> list[Report]:
    return _read(_same_tree(path), match, importer, lambda _: None)
