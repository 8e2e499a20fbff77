"""`darak mcp` and `/mcp` where the extra is not installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

import httpx
import pytest
from tests.conftest import Done
from tests.server.live import listening

from darak.installation import install_command
from darak.records.time import zone_info
from darak.records.vault import Vault


@pytest.fixture(autouse=True)
def _missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] == "mcp" or name in ("darak.server.mcp.tools", "darak.server.mcp.over_http"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)


def test_it_says_what_to_install(darak: Callable[..., Done]) -> None:
    done = darak("mcp")
    assert done.returncode == 2
    assert "pip install " in done.stderr and "[mcp]" in done.stderr


def test_so_does_the_server(vault: Vault) -> None:
    with listening(vault, lambda zone: datetime(2025, 6, 1, 12, tzinfo=zone_info(zone))) as live:
        headers = {"authorization": f"Bearer {live.key()}"}
        answer = httpx.post(f"{live.url}/mcp", json={}, headers=headers, trust_env=False)
    assert answer.status_code == 501 and install_command("mcp") in answer.json()["detail"]
