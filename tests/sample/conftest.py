"""A small and a full life, written once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from darak.sample import SampleLife, generate


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SampleLife:
    return generate(tmp_path_factory.mktemp("small"), seed=11, scale=0.1)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> SampleLife:
    return generate(tmp_path_factory.mktemp("full"), seed=12)


@pytest.fixture(scope="session")
def folder(small: SampleLife) -> Path:
    return small.directory / "life"
