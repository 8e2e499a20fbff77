"""The machine: Python, the parts that Darak is made of, room on the disk, clock, zone and terminal."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from darak.cli.doctor.finding import Finding
from darak.installation import install_command

_PARTS = ("apsw", "argon2", "cryptography", "fastapi", "msgspec", "numpy", "orjson", "tantivy", "uvicorn")
"""Modules without which no command, or no server, starts; compiled ones among them may not fit this machine."""
_OPTIONAL = (
    ("mcp", "mcp", "assistants over MCP (`darak mcp`)"),
    ("xllamacpp", "models", "language models from GGUF files in this process"),
    ("faster_whisper", "voice", "reading voice memos"),
)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OLDEST_PYTHON = (3, 11)
_BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""No clock that is right says less."""
_LITTLE, _TOO_LITTLE = 2 << 30, 200 << 20


def examine_machine(home: Path, now: datetime, need: int) -> Iterator[Finding]:
    """`need` is how many bytes the vault takes now: forgetting and exporting need as much again."""
    yield _python()
    yield from _parts()
    yield _importers()
    yield _disk(home, need)
    yield _clock(now)
    yield _terminal()


def _python() -> Finding:
    found = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info[:2] < _OLDEST_PYTHON:
        return Finding("Python", "problem", found, "Install Python 3.11 or newer, and Darak in it.")
    return Finding("Python", "ok", found)


def _parts() -> Iterator[Finding]:
    missing = sorted({name for name in _required() if not _installed(name)})
    broken: list[str] = []
    for module in _PARTS:
        try:
            import_module(module)
        except Exception as error:  # a compiled part may fail in any way
            broken.append(f"{module} ({error})")
    if missing or broken:
        yield Finding("Parts", "problem", f"missing or broken: {', '.join([*missing, *broken])}", _REINSTALL)
    else:
        yield Finding("Parts", "ok", f"Darak {version('darak')} and everything it needs")
    yield _sqlite()
    for module, extra, use in _OPTIONAL:
        if find_spec(module) is None:
            yield Finding("Optional", "note", f"no part for {use}", f"{install_command(extra)}, if you want that.")


_REINSTALL = f"Install Darak again: {install_command()} --force-reinstall"


def _sqlite() -> Finding:
    try:
        import apsw

        cipher = str(getattr(apsw, "mc_version", ""))
        found = f"SQLite {apsw.sqlite_lib_version()}" + (f" with {cipher}" if cipher else " without encryption")
    except ImportError as error:
        return Finding("SQLite", "problem", str(error), _REINSTALL)
    if not cipher:
        do = "Another apsw took the place of apsw-sqlite3mc: pip uninstall apsw, then "
        return Finding("SQLite", "problem", found, do + "pip install --force-reinstall apsw-sqlite3mc")
    return Finding("SQLite", "ok", found)


def _required() -> Iterator[str]:
    for requirement in requires("darak") or ():
        if "extra ==" not in requirement and (name := _NAME.match(requirement)):
            yield name[0]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _importers() -> Finding:
    from darak.importers.registry import load_importers

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        importers = load_importers()
    failed = [str(one.message) for one in caught if "cannot be loaded" in str(one.message)]
    if failed or not importers:
        found = "; ".join(failed) or "no importer is installed"
        return Finding("Importers", "warning", found, "Install Darak, or that importer's package, again.")
    return Finding("Importers", "ok", f"{len(importers)} kinds of exports can be read")


def _disk(home: Path, need: int) -> Finding:
    place = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(place).free
    found = f"{free / 1e9:,.1f} GB free where the vault lies ({place})"
    if free < _TOO_LITTLE:
        return Finding("Disk", "problem", found, "Make room: nothing more can be imported.")
    if free < max(_LITTLE, need):
        return Finding("Disk", "warning", found, "Make room: forgetting needs as much again as the vault has.")
    return Finding("Disk", "ok", found)


def _clock(now: datetime) -> Finding:
    found = f"{now:%Y-%m-%d %H:%M %z}"
    if now < _BUILT:
        return Finding("Clock", "problem", found, "Set this machine's clock: dates in questions are read against it.")
    return Finding("Clock", "ok", found)


def _terminal() -> Finding:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        do = "Set PYTHONUTF8=1, or LANG to a UTF-8 locale such as en_US.UTF-8 or ko_KR.UTF-8."
        return Finding("Terminal", "warning", f"it takes {encoding or 'unknown'} text, and cannot show Korean", do)
    return Finding("Terminal", "ok", "it takes UTF-8")
