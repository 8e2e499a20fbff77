"""What every importer keeps: nothing twice, nothing lost, nothing made up, whatever happens to its files."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from tests.importers.acceptance.case import Case, load_cases
from tests.importers.acceptance.reading import Found, Reading, place_of, read

from darak.importers import runner
from darak.importers.dry_run import dry_run
from darak.importers.importer import Importer
from darak.importers.registry import find_matches, load_importers
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.records.record import Record
from darak.records.vault import Vault

NOW = datetime(2025, 6, 1)
ITEMS = range(8)
PLACES = 12
"""How many cuts and damaged bytes are tried of each file."""
BATCH = 3
_A_SCRAP = 2
"""Bytes of an item that nobody misses: less cannot be known for one."""

CASES = load_cases()
IMPORTERS = load_importers() | {case.importer: case.make() for case in CASES if case.make}

pytestmark = pytest.mark.filterwarnings("ignore:the importer")


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.fixture
def importer(case: Case) -> Importer:
    return case.make() if case.make else IMPORTERS[case.importer]


def written(case: Case, folder: Path, items: range = ITEMS) -> Path:
    folder.mkdir(parents=True)
    return case.write(folder, items)


def take(vault: Vault | None, path: Path, importer: Importer) -> list[Report]:
    return run_import(open_tree(path), {importer.name: importer}, vault, now=NOW)


def kept(vault: Vault) -> Counter[tuple[object, ...]]:
    """All records and samples of a vault, by their ids."""
    samples = (
        "SELECT source.name, metric, unit, device, start, duration, value FROM sample"
        " JOIN series ON series.id = sample.series JOIN source ON source.id = series.source"
    )
    return Counter([*vault.rows("SELECT hex(id) FROM record"), *vault.rows(samples)])


@contextmanager
def two_vaults(folder: Path) -> Iterator[list[Vault]]:
    vaults = [Vault.create(folder / f"home {number}", zone="Asia/Seoul", use_keyring=False) for number in range(2)]
    yield vaults
    for vault in vaults:
        vault.close()


@pytest.fixture
def vaults(tmp_path: Path) -> Iterator[list[Vault]]:
    with two_vaults(tmp_path) as vaults:
        yield vaults


def test_every_importer_has_a_case() -> None:
    assert set(IMPORTERS) == {case.importer for case in CASES}


def test_an_export_is_read_by_its_own_importer_alone(case: Case, tmp_path: Path) -> None:
    matches, unknown = find_matches(open_tree(written(case, tmp_path / "export")), IMPORTERS)
    assert {match.importer for match in matches} == {case.importer}, [match.why for match in matches]
    assert unknown == []


def test_a_folder_of_everything_gives_what_its_parts_give(tmp_path: Path) -> None:
    for number, case in enumerate(CASES):
        written(case, tmp_path / "mixed" / str(number))
    reports = dry_run(open_tree(tmp_path / "mixed"), IMPORTERS)
    found: Counter[str] = Counter()
    for report in reports:
        found[report.importer] += report.records + report.samples
    expected: Counter[str] = Counter()
    for case in CASES:
        expected[case.importer] += len(ITEMS) * case.per_item
    assert found == expected


def test_every_item_is_read_and_the_accounts_close(case: Case, importer: Importer, tmp_path: Path) -> None:
    path = written(case, tmp_path / "export")
    reading = read(path, importer)
    assert reading.problems == [] and reading.accounts_close and reading.whole
    assert len(reading.found) == len(ITEMS) * case.per_item


def test_every_origin_leads_back_to_what_was_read(case: Case, importer: Importer, tmp_path: Path) -> None:
    path = written(case, tmp_path / "export")
    reading = read(path, importer)
    told: Counter[int] = Counter()
    for found in reading.found:
        assert reading.tree is not None
        place = place_of(case, path, reading.tree, found)
        (number,) = [number for number in ITEMS if case.text(number) in place]
        told[number] += 1
        if isinstance(found.item, Record):
            assert case.text(number) in found.said
    assert told == dict.fromkeys(ITEMS, case.per_item)


def test_what_is_imported_twice_is_there_once(
    case: Case, importer: Importer, tmp_path: Path, vaults: list[Vault]
) -> None:
    path = written(case, tmp_path / "export")
    first, second = take(vaults[0], path, importer), take(vaults[0], path, importer)
    assert [report.state for report in first + second] == ["done"] * (len(first) + len(second))
    assert sum(report.new for report in first) == len(ITEMS) * case.per_item
    assert sum(report.new + report.changed for report in second) == 0


def test_overlapping_exports_neither_double_nor_lose_in_either_order(
    case: Case, importer: Importer, tmp_path: Path, vaults: list[Vault]
) -> None:
    older = written(case, tmp_path / "older", range(6))
    newer = written(case, tmp_path / "newer", range(3, 9))
    for vault, paths in zip(vaults, ((older, newer), (newer, older)), strict=True):
        for path in paths:
            take(vault, path, importer)
        assert kept(vault).total() == 9 * case.per_item
    assert kept(vaults[0]) == kept(vaults[1])


def test_a_killed_import_that_is_run_again_ends_as_if_it_had_not_been(
    case: Case, importer: Importer, tmp_path: Path, vaults: list[Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "BATCH", BATCH)
    path = written(case, tmp_path / "export")
    take(vaults[0], path, importer)
    home = tmp_path / "killed"
    child = os.fork()
    if child == 0:  # pragma: no cover
        killed_import(home, path, importer, random.Random(case.name).randint(1, 2))
    os.waitpid(child, 0)
    with Vault.open(home) as vault:
        reports = take(vault, path, importer)
        assert kept(vault) == kept(vaults[0])
        assert {report.state for report in reports} == {"done"}


def killed_import(home: Path, path: Path, importer: Importer, after: int) -> None:
    """Imports in this process until it is killed after so many batches."""
    batches = 0

    def count() -> None:
        nonlocal batches
        batches += 1
        if batches == after:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        vault = Vault.create(home, zone="Asia/Seoul", use_keyring=False)
        run_import(open_tree(path), {importer.name: importer}, vault, now=NOW, after_batch=count)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


def bearer(path: Path, whole: Reading) -> tuple[Path, str]:
    """The file that most items come from, and its name as a member."""
    if path.is_file():
        return path, path.name
    ((member, _),) = Counter(found.origin.member for found in whole.found).most_common(1)
    return path / member.partition("!")[0], member


def damaged_copies(case: Case, path: Path, whole: Reading, folder: Path, cut: bool) -> Iterator[tuple[Path, str, int]]:
    """(path to import, member, place) of copies with a file cut or one byte changed at a place."""
    file, member = bearer(path, whole)
    data = file.read_bytes()
    rng = random.Random(f"{case.name} {cut}")
    for number, at in enumerate(sorted(rng.sample(range(1, len(data)), min(PLACES, len(data) - 1)))):
        copy = folder / str(number)
        if path.is_dir():
            shutil.copytree(path, copy)
        else:
            copy.mkdir(parents=True)
        target = copy / file.relative_to(path if path.is_dir() else path.parent)
        byte = rng.choice([b"\xff", b"\x00", b'"', b"z"])
        target.write_bytes(data[:at] if cut else data[:at] + byte + data[at + 1 :])
        yield (copy if path.is_dir() else target), member, at


def test_a_cut_file_gives_all_that_was_whole_before_the_cut(case: Case, importer: Importer, tmp_path: Path) -> None:
    path = written(case, tmp_path / "export")
    whole = read(path, importer)
    for cut_path, member, at in damaged_copies(case, path, whole, tmp_path / "cut", cut=True):
        cut = read(cut_path, importer)
        for found in cut.found:
            assert found.id in whole.ids or reaches(found, at), f"made up: {found}"
        # In formats of lines the torn beginning of an item cannot be told from more lines of the item before it.
        drawn_in = {f.span[0] for f in cut.found if f.span and f.origin.member == member and f.span[1] >= at - 2}
        if case.streams:
            before = [f for f in whole.found if f.origin.member != member or ends_before(f, at)]
            lost = [f for f in before if f.id not in cut.ids and not (f.span and f.span[0] in drawn_in)]
            assert not lost, f"cut at {at}: lost {lost}"
        torn = [
            f for f in whole.found if f.span and f.origin.member == member and f.span[0] + _A_SCRAP < at < f.span[1]
        ]
        told = not cut.whole or bool(drawn_in)
        assert told or not torn, f"cut at {at}: an item was lost and not told"
        assert told or case.streams or cut.ids == whole.ids, f"cut at {at}: items were lost and not told"


def test_a_damaged_byte_costs_what_it_stands_in(case: Case, importer: Importer, tmp_path: Path) -> None:
    path = written(case, tmp_path / "export")
    whole = read(path, importer)
    for damaged_path, member, at in damaged_copies(case, path, whole, tmp_path / "damaged", cut=False):
        damaged = read(damaged_path, importer)
        assert damaged.accounts_close, f"byte {at}: the accounts do not close"
        if not case.streams:
            continue
        order = [found for found in whole.found if found.origin.member == member and found.span]
        hit = [number for number, found in enumerate(order) if touches(found, at)]
        if not hit or (0 in hit and not damaged.found and not damaged.whole):
            continue  # what begins with damage may not be recognised any more, as long as that is told
        # What separates two items is no more than a byte, too: its neighbours may be drawn in.
        near = {order[max(0, number - 1)].id for number in hit} | {order[number].id for number in hit}
        lost = [found for found in whole.found if found.id not in near and found.id not in damaged.ids]
        assert not lost, f"byte {at}: also lost {lost}"
        assert len(damaged.bad) <= 1, f"byte {at}: {damaged.bad}"


def ends_before(found: Found, at: int) -> bool:
    return found.span is not None and found.span[1] <= at


def touches(found: Found, at: int) -> bool:
    return found.span is not None and found.span[0] <= at < found.span[1]


def reaches(found: Found, at: int) -> bool:
    """Whether what was read may have been damaged at `at`."""
    return found.span is None or found.span[1] >= at - 2
