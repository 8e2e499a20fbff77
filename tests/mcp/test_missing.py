"""`darak mcp` where the extra is not installed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from tests.conftest import Done


def test_it_says_what_to_install(darak: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "darak.server.mcp.tools", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = darak("mcp")
    assert done.returncode == 2
    assert "pip install 'darak[mcp]'" in done.stderr
