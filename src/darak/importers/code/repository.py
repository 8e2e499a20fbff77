"""Running `git log` on a repository whose settings are not trusted.

Settings of a repository can name programs that git runs. So git works in a folder of its own, with no settings,
which only borrows the objects of the repository and the names of its branches.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from darak.importers.names import archive_of
from darak.importers.tree import Tree
from darak.records.private_folder import PrivateFolder

_LOG = (
    "log",
    "--no-color",
    "--no-decorate",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--parents",
    "--encoding=UTF-8",
    "--pretty=fuller",
    "--date=iso",
)
_EXTENSIONS = (b"objectformat=sha256", b"refstorage=reftable")
"""Settings without which the files of a repository cannot be read."""


class GitFailed(Exception):
    """git cannot read the repository; the message is its own."""


@dataclass(frozen=True, slots=True)
class Repository:
    """`files` says how git is asked for the files of a commit."""

    folder: Path
    files: str

    def count(self) -> int:
        """How many commits can be reached from any branch or tag. GitFailed when some are missing."""
        return int(self._run("rev-list", "--count", *self._all()))

    def _all(self) -> tuple[str, ...]:
        """What names all commits: HEAD too, where it names one that no branch does."""
        try:
            self._run("rev-parse", "--quiet", "--verify", "HEAD^{commit}")
        except GitFailed:
            return ("--all",)
        return ("--all", "HEAD")

    @contextmanager
    def log(self) -> Generator[BinaryIO]:
        """The text of `git log` with the files of each commit. GitFailed at the end, when git did."""
        with tempfile.TemporaryFile() as errors:
            process = self._start(*_LOG, self.files, *self._all(), errors=errors)
            assert process.stdout is not None
            try:
                yield cast(BinaryIO, process.stdout)
                if process.wait():
                    errors.seek(0)
                    raise GitFailed(errors.read(2000).decode("utf-8", "replace").strip().partition("\n")[0])
            finally:
                process.kill()
                process.stdout.close()
                process.wait()

    def _run(self, *arguments: str) -> str:
        with tempfile.TemporaryFile() as errors:
            process = self._start(*arguments, errors=errors)
            output, _ = process.communicate()
            if process.returncode:
                errors.seek(0)
                raise GitFailed(errors.read(2000).decode("utf-8", "replace").strip().partition("\n")[0])
        return output.decode("utf-8", "replace")

    def _start(self, *arguments: str, errors: object) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "LC_ALL": "C",
        }
        command = ("git", "--no-pager", f"--git-dir={self.folder}", "-c", "core.quotePath=false", *arguments)
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=errors, env=environment)  # type: ignore[arg-type]


def has_git() -> bool:
    return shutil.which("git") is not None


@contextmanager
def open_repository(tree: Tree, prefix: str, members: tuple[str, ...]) -> Generator[Repository]:
    """The repository whose files are the `members` that begin with `prefix`."""
    with PrivateFolder() as folder:
        (folder / "refs").mkdir()
        objects = folder / "objects"
        there = _on_disk(tree, prefix + "objects")
        names = [name for name in members if _wanted(name.removeprefix(prefix), there is None)]
        for name in names:
            _copy(tree, name, folder / name.removeprefix(prefix))
        (objects / "info").mkdir(parents=True, exist_ok=True)
        if there is not None:
            (objects / "info" / "alternates").write_text(f"{there}\n", "utf-8")
        (folder / "config").write_text(_settings(tree.head(prefix + "config")), "utf-8")
        # Where the contents of files were left on a server, git can name the changed ones, but not count their lines.
        partial = any(name.endswith(".promisor") for name in members)
        yield Repository(folder, "--name-status" if partial else "--numstat")


def _settings(config: bytes) -> str:
    words = config.lower().replace(b" ", b"").replace(b"\t", b"")
    extensions = [extension.decode() for extension in _EXTENSIONS if extension in words]
    lines = ["[core]", f"repositoryformatversion={int(bool(extensions))}", "bare=true"]
    return "\n".join([*lines, "[extensions]", *extensions] if extensions else lines) + "\n"


def _wanted(name: str, objects: bool) -> bool:
    if name in ("HEAD", "packed-refs", "shallow") or name.startswith(("refs/", "reftable/")):
        return True
    return objects and name.startswith("objects/") and name != "objects/info/alternates"


def _on_disk(tree: Tree, name: str) -> Path | None:
    path = tree.path / name
    return path.resolve() if not archive_of(name) and tree.path.is_dir() and path.is_dir() else None


def _copy(tree: Tree, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tree.open(name) as stream, path.open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
