"""The page that shows how to write an importer shows one that works."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.importers.acceptance import test_acceptance as suite
from tests.importers.acceptance.case import Case

from darak.importers.importer import Importer

PAGE = (Path(__file__).parents[2] / "docs" / "write-an-importer.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
(IMPORTER, CASES), (ENTRY_POINT,) = ([code for kind, code in BLOCKS if kind == one] for one in ("python", "toml"))


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], ModuleType]]:
    """Makes a block of the page a module and imports it."""
    monkeypatch.syspath_prepend(tmp_path)
    names: list[str] = []

    def load(name: str, code: str) -> ModuleType:
        (tmp_path / f"{name}.py").write_text(code, "utf-8")
        names.append(name)
        return importlib.import_module(name)

    yield load
    for name in names:
        del sys.modules[name]


def test_the_importer_of_the_page_is_complete_in_under_60_lines() -> None:
    assert len(IMPORTER.splitlines()) < 60


@pytest.mark.parametrize(
    "check",
    [
        suite.test_every_item_is_read_and_the_accounts_close,
        suite.test_every_origin_leads_back_to_what_was_read,
        suite.test_what_is_imported_twice_is_there_once,
        suite.test_overlapping_exports_neither_double_nor_lose_in_either_order,
        suite.test_a_cut_file_gives_all_that_was_whole_before_the_cut,
        suite.test_a_damaged_byte_costs_what_it_stands_in,
    ],
)
def test_the_importer_of_the_page_passes_the_acceptance_suite(
    load: Callable[[str, str], ModuleType], check: Callable[..., None], tmp_path: Path
) -> None:
    (target,) = tomllib.loads(ENTRY_POINT)["project"]["entry-points"]["darak.importers"].values()
    module, _, name = target.partition(":")
    importer: Importer = getattr(load(module, IMPORTER), name)()
    (case,) = load("cases_of_the_page", CASES).CASES
    assert isinstance(case, Case) and case.importer == importer.name
    arguments = {"case": case, "importer": importer, "tmp_path": tmp_path / "suite"}
    with suite.two_vaults(tmp_path) as vaults:
        arguments["vaults"] = vaults
        check(**{name: arguments[name] for name in check.__annotations__ if name in arguments})
