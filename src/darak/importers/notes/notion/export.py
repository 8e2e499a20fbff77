"""Which files of a tree are one Notion export, and what belongs to what in it.

An export is a folder of pages; what is below a page lies in a folder of the page's name. Its zip holds parts, zips
that are laid over each other here. Names end with the page's id, 32 hexadecimal digits, unless only `index.html`
tells the ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from darak.importers.names import folder_of
from darak.importers.tree import Tree

_ID = re.compile(r"(.+) ([0-9a-f]{32})(_all)?")
_PART = re.compile(r"-Part-\d+(?=\.zip!)")
_UUID = re.compile(rb'(?:id="id::|<article id=")([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})')
_ARTICLE = re.compile(rb'<article id="[0-9a-f-]{36}" class="page')
_INDEXED = re.compile(r'<ul id="id::([0-9a-f-]{36})"><a href="([^"]+)"')
_PAGES = (".md", ".html")


@dataclass
class Export:
    """One export. `files` are its members by their path in it; `owners` the page or table of each folder, and
    `below` the files that lie directly in the folder of a page or table.
    """

    root: str
    files: dict[str, str] = field(default_factory=dict[str, str])
    pages: list[str] = field(default_factory=list[str])
    tables: list[str] = field(default_factory=list[str])
    owners: dict[str, str] = field(default_factory=dict[str, str])
    below: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    index: list[str] = field(default_factory=list[str])
    sure: bool = False

    def title_in_name(self, path: str) -> str:
        return split_name(path)[0]

    def page_id(self, path: str, head: bytes, indexed: dict[str, str]) -> str | None:
        """The page's id without dashes: in the page itself, in its name, or in the export's index."""
        inside = _UUID.search(head) if path.endswith(".html") else None
        if inside:
            return inside[1].decode().replace("-", "")
        return split_name(path)[1] or indexed.get(path)

    def owner(self, path: str) -> str | None:
        """The page or table in whose folder the file lies."""
        return self.owners.get(str(PurePosixPath(path).parent))

    def resolve(self, path: str, link: str) -> str | None:
        """The file of the export that a link in the page at `path` leads to."""
        parts: list[str] = []
        for part in (*PurePosixPath(path).parent.parts, *unquote(link.partition("#")[0]).split("/")):
            if part == "..":
                if not parts:
                    return None
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        target = "/".join(parts)
        return target if target in self.files else None


def split_name(path: str) -> tuple[str, str | None, bool]:
    """(title, id, whether it is the whole table) of a file's name."""
    stem = PurePosixPath(path).stem
    match = _ID.fullmatch(stem)
    return (match[1], match[2], bool(match[3])) if match else (stem.removesuffix("_all"), None, stem.endswith("_all"))


def indexed_ids(index: str) -> dict[str, str]:
    """The ids of the pages by their paths, as `index.html` lists them."""
    return {unquote(path): number.replace("-", "") for number, path in _INDEXED.findall(index)}


def is_index(name: str, head: bytes) -> bool:
    return name.endswith(".html") and b'<ul id="id::' in head[:4096]


def find_exports(tree: Tree) -> list[Export]:
    logical = [(member.name, _PART.sub("", member.name)) for member in tree.members()]
    exports = _roots(tree, logical)
    for name, path in logical:
        around = [root for root in exports if path.startswith(root)]
        if around:
            export = exports[max(around, key=len)]
            export.files.setdefault(path[len(export.root) :], name)
    return [export for export in exports.values() if _settle(tree, export)]


def _roots(tree: Tree, logical: Iterable[tuple[str, str]]) -> dict[str, Export]:
    """The folders that are exports: of an index, or the top of a page with an id."""
    paths = {path for _, path in logical}
    owned = {path.rpartition(".")[0].removesuffix("_all") for path in paths if path.endswith((*_PAGES, ".csv"))}
    owned |= {_ID.sub(r"\1", path) for path in owned if "/" in path or "!" in path}
    exports: dict[str, Export] = {}
    for name, path in logical:
        if not path.endswith((*_PAGES, ".csv")):
            continue
        head = tree.head(name)
        index = is_index(path, head)
        article = path.endswith(".html") and _ARTICLE.search(head) is not None
        if not index and not article and not (split_name(path)[1] and _is_plain_page(path, head)):
            continue
        folder = folder_of(path)
        while not index and folder.endswith("/") and (folder[:-1] in owned or _ID.fullmatch(_last(folder))):
            folder = folder_of(folder)
        export = exports.setdefault(folder, Export(folder))
        export.sure = export.sure or index or article
    return exports


def _is_plain_page(path: str, head: bytes) -> bool:
    return path.endswith(".csv") or head.removeprefix(b"\xef\xbb\xbf").startswith(b"# ")


def _last(folder: str) -> str:
    return re.split("[/!]", folder.rstrip("/"))[-1]


def _settle(tree: Tree, export: Export) -> bool:
    """Sorts the export's files; whether there is a page or a table in it."""
    for path, name in export.files.items():
        head = tree.head(name)
        if is_index(path, head):
            export.index.append(path)
        elif path.endswith(".csv") and (split_name(path)[1] or export.index):
            export.tables.append(path)
        elif path.endswith(".md"):
            if split_name(path)[1] or (export.sure and _is_plain_page(path, head)):
                export.pages.append(path)
        elif path.endswith(".html") and (_ARTICLE.search(head) or (split_name(path)[1] and b"page-title" in head)):
            export.pages.append(path)
    for path in (*export.tables, *export.pages):
        folder = path.rpartition(".")[0].removesuffix("_all")
        parent, _, name = folder.rpartition("/")
        title = split_name(name + ".x")[0]
        export.owners[folder] = path
        export.owners.setdefault(f"{parent}/{title}" if parent else title, path)
    # Beside an export only its own files are claimed: it may have been unpacked among others.
    kept = {*export.pages, *export.tables, *export.index}
    export.files = {p: n for p, n in export.files.items() if p in kept or _is_below(p, export)}
    for path in export.files:
        if owner := export.owner(path):
            export.below.setdefault(owner, []).append(path)
    return bool(export.pages or export.tables)


def _is_below(path: str, export: Export) -> bool:
    return any(str(folder) in export.owners for folder in PurePosixPath(path).parents)
