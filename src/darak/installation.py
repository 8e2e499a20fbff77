"""How this very installation is repaired, or given one of the parts that are installed only when they are wanted."""

from __future__ import annotations

import shlex
import sys
from importlib.metadata import PackageNotFoundError, distribution
from urllib.parse import unquote, urlsplit

import msgspec


class _Source(msgspec.Struct):
    """Where pip took a package from (PEP 610)."""

    url: str
    dir_info: dict[str, bool] = {}
    vcs_info: dict[str, str] = {}


def install_command(extra: str = "") -> str:
    """What to type to install Darak again, with an extra such as `mcp`: for this Python, from where Darak came from.

    By the name alone only when it came from a package index: another program may have that name there.
    """
    return f"{shlex.quote(sys.executable)} -m pip install {_what(f'[{extra}]' if extra else '')}"


def _what(extra: str) -> str:
    try:
        noted = distribution("darak").read_text("direct_url.json")
    except PackageNotFoundError:
        noted = None
    if not noted:
        return shlex.quote(f"darak{extra}")
    source = msgspec.json.decode(noted, type=_Source)
    if source.dir_info.get("editable"):
        return f"-e {shlex.quote(unquote(urlsplit(source.url).path) + extra)}"
    kind = source.vcs_info.get("vcs")
    return shlex.quote(f"darak{extra} @ {f'{kind}+' if kind else ''}{source.url}")
