from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from darak.installation import install_command


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ({"url": "file:///home/me/my%20darak", "dir_info": {"editable": True}}, "-e '/home/me/my darak[mcp]'"),
        ({"url": "file:///home/me/darak", "dir_info": {}}, "'darak[mcp] @ file:///home/me/darak'"),
        (
            {"url": "https://git.example/darak", "vcs_info": {"vcs": "git", "commit_id": "3f2a"}},
            "'darak[mcp] @ git+https://git.example/darak'",
        ),
        (None, "'darak[mcp]'"),
    ],
)
def test_an_extra_comes_from_where_darak_came_from(
    noted: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/python3")
    if noted is not None:
        (tmp_path / "direct_url.json").write_text(json.dumps(noted), "utf-8")
    monkeypatch.setattr("darak.installation.distribution", lambda _: Distribution.at(tmp_path))
    assert install_command("mcp") == f"/opt/python3 -m pip install {said}"
    assert install_command() == f"/opt/python3 -m pip install {said}".replace("[mcp]", "").replace("'darak'", "darak")
