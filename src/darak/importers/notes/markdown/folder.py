"""Folders of notes in a tree: which files belong to one, and how a name written in a note finds its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from darak.importers.formats.members import file_blob
from darak.importers.names import archive_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Blob, nfc

MAX_EMBED = 64 * 1024 * 1024
_VAULT = re.compile(r"(.*?)(?<![^/!])\.obsidian/")
_HIDDEN = re.compile(r"(?<![^/])\.[^/]")


def is_canvas(name: str) -> bool:
    return name.lower().endswith(".canvas")


def is_note(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown")) or is_canvas(name)


class NoteFolder:
    """One vault, or one plain folder of notes. `root` is what the names of its files begin with.

    `members` are its files by their path inside it; `hidden` those of a vault under names with a leading dot: settings,
    trash, version control.
    """

    def __init__(self, root: str, name: str, is_vault: bool, members: Iterable[str]) -> None:
        inside = {member: member[len(root) :] for member in members}
        self.root = root
        self.name = name
        self.is_vault = is_vault
        self.members = {member: path for member, path in inside.items() if not _HIDDEN.search(path)}
        self.hidden = frozenset(inside.keys() - self.members.keys()) if is_vault else frozenset[str]()

    def path_of(self, member: str) -> str:
        return self.members[member]

    def find(self, target: str, note: str) -> str | None:
        """The file that `target` names in `note`: beside it, from the root, else anywhere by its name."""
        target = nfc(target).removeprefix("./").lstrip("/")
        here = PurePosixPath(self.members[note]).parent
        for wanted in (target, f"{target}.md"):
            for path in (_joined(here, wanted), wanted):
                if path in self._by_path:
                    return self._by_path[path]
            named = self._by_name.get(wanted.rpartition("/")[2].lower(), ())
            fitting = [member for member in named if f"/{member}".lower().endswith(f"/{wanted}".lower())]
            if fitting:
                return min(fitting, key=len)
        return None

    def blob(self, tree: Tree, member: str) -> Blob | None:
        """An embedded file; None when it cannot be read or is larger than MAX_EMBED bytes."""
        return file_blob(tree, member, largest=MAX_EMBED)

    @cached_property
    def _by_path(self) -> dict[str, str]:
        return {path: member for member, path in self.members.items()}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for member in self.members:
            names.setdefault(short_name(member).lower(), []).append(member)
        return names


def note_folders(tree: Tree) -> list[NoteFolder]:
    """Every vault of the tree, then what lies outside of vaults: one folder for the tree, one for each archive."""
    names = [member.name for member in tree.members()]
    vaults = {match[1] for name in names if (match := _VAULT.match(name))}
    members: dict[str, list[str]] = {}
    for name in names:
        around = (vault for vault in vaults if name.startswith(vault))
        root = max(around, key=len, default=archive_of(name))
        members.setdefault(root, []).append(name)
    folders: list[NoteFolder] = []
    for root, inside in sorted(members.items()):
        is_vault = root in vaults
        top = root if is_vault or not root else root + _only_folder(name[len(root) :] for name in inside)
        folders.append(NoteFolder(top, _name(tree, top), is_vault, inside))
    return folders


def _only_folder(paths: Iterable[str]) -> str:
    """ "notes/" when an archive holds nothing but that folder: zipping a folder must not change its notes' paths."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top else ""


def _name(tree: Tree, root: str) -> str:
    """What a person calls the folder: its own name, or that of the archive it fills."""
    last = short_name(root[:-1])
    if last:
        return last.removesuffix(".zip") if root.endswith("!") else last
    path = tree.path.resolve()
    return path.name if path.is_dir() else path.parent.name


def _joined(folder: PurePosixPath, target: str) -> str:
    """`target` from `folder` with ".." undone; names that climb out of the root stay no path in it."""
    parts: list[str] = []
    for part in (*folder.parts, *target.split("/")):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
