"""git: a repository (`.git` folder or bare), or the text that `git log` prints. One record a commit.

Structural signs: a file HEAD that names a branch or a commit, beside `config` with `[core]` and a folder `objects`;
or a text of `commit <hash>`, `Author:` and `Date:` lines, as from `git log --all --numstat --date=iso > log.txt`.
Locators are "commit HASH" in a repository (its member is HEAD), "bytes A-B" in a text. The time is the author's, on
the author's clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.code.commits import COMMIT, commit_record, read_commit, split_commits
from darak.importers.code.repository import GitFailed, Repository, has_git, open_repository
from darak.importers.formats.lines import Line, encodings_of, read_lines
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Flaw, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

_HEAD = re.compile(rb"(?:ref: refs/[^\s]+|[0-9a-f]{40}|[0-9a-f]{64})\s*")
_LOG = re.compile(
    r"^commit [0-9a-f]{40,64}(?: [0-9a-f]{40,64})*(?: \(.*\))?\r?\n(?:Merge: .*\r?\n)?Author: +.* <.*>\r?\n"
    r"(?:(?:Author|Commit)?(?:Date)?: .*\r?\n)*",
    re.MULTILINE,
)
_DAMAGED = re.compile(r".{4,6} ?[0-9a-f]{30,}.*\r?\nAuthor: |commit [0-9a-f]{10,}.{0,40}\r?\nAuthor: ")
_LONGEST_RAW = 64 * 1024


class GitImporter:
    """git: repositories and the text of `git log`"""

    name = "git"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches = [
            Match(self.name, members, 0.95, "a git repository: HEAD, config, objects")
            for members in _repositories(tree).values()
        ]
        for member in tree.members():
            if _is_log(tree.head(member.name)):
                matches.append(Match(self.name, (member.name,), 0.95, "the text of git log"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        head = match.members[0]
        prefix = head.removesuffix("HEAD")
        if not (head.endswith("HEAD") and _HEAD.fullmatch(tree.head(head))):
            yield from _read_text(tree, head)
            return
        if not has_git():
            yield Units(1)
            yield BadRow("no-git", Origin(head, ""), "the program git is needed to read a repository; install it")
            return
        try:
            with open_repository(tree, prefix, match.members) as repository:
                yield from _read_repository(repository, head, _name(tree, prefix))
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(head, ""), f"the repository cannot be read: {error}")


def _is_log(head: bytes) -> bool:
    """Whether a commit stands first; or, when its first line is damaged, its author on the second and another below."""
    if b"\nAuthor: " not in head:
        return False
    text = head.decode("utf-8", "replace").lstrip("\ufeff\r\n")
    return bool(_LOG.match(text) or (_DAMAGED.match(text) and _LOG.search(text)))


def _repositories(tree: Tree) -> dict[str, tuple[str, ...]]:
    """The members of each repository by the beginning of their names, HEAD first; one within another is its own."""
    names = [member.name for member in tree.members()]
    known = set(names)
    found: dict[str, list[str]] = {}
    for name in names:
        prefix = name.removesuffix("HEAD")
        begins = prefix != name and (not prefix or prefix[-1] in "/!") and prefix + "config" in known
        if begins and _HEAD.fullmatch(tree.head(name)) and b"[core]" in tree.head(prefix + "config"):
            found[prefix] = [name]
    for name in names if found else ():
        prefix = max((prefix for prefix in found if name.startswith(prefix)), key=len, default=None)
        if prefix is not None and name != prefix + "HEAD":
            found[prefix].append(name)
    return {
        prefix: tuple(members)
        for prefix, members in found.items()
        if any(name.startswith(prefix + "objects/") for name in members)
    }


def _name(tree: Tree, prefix: str) -> str:
    """The repository's name: its folder's, without what git adds to it."""
    parts = [part for part in re.split(r"[/!]", prefix) if part and part != ".git"]
    name = parts[-1] if parts else tree.path.absolute().name
    if name == ".git":
        name = tree.path.absolute().parent.name
    return re.sub(r"\.(?:git|zip|tgz|tar\.gz)$", "", name)


def _read_repository(repository: Repository, member: str, name: str) -> Iterator[Item]:
    seen = 0
    count = -1
    problem = ""
    try:
        count = repository.count()
        with repository.log() as stream:
            for lines in split_commits(read_lines(stream, ("utf-8",))):
                seen += 1
                commit = COMMIT.fullmatch(lines[0].text)
                yield from _items(lines, name, Origin(member, f"commit {commit[1] if commit else '?'}"))
    except GitFailed as error:
        problem = str(error)
    yield Units(max(count, seen))
    if problem or seen < count:
        yield Units(max(0, 1 - max(0, count - seen)))
        yield BadRow("damaged-repository", Origin(member, ""), f"git cannot read all of it: {problem}")


def _read_text(tree: Tree, member: str) -> Iterator[Item]:
    position = 0
    try:
        with tree.open(member) as stream:
            for lines in split_commits(read_lines(stream, encodings_of(tree.head(member)))):
                position = _end(lines)
                yield Units(1)
                yield from _items(lines, "", Origin(member, f"bytes {lines[0].start}-{position}"))
    except READ_ERRORS as error:
        yield from unreadable(member, position, error)


def _items(lines: list[Line], repository: str, origin: Origin) -> Iterator[Item]:
    record = commit_record(read_commit(lines), repository, origin)
    if isinstance(record, str):
        raw = b"\n".join(line.raw for line in lines)
        yield BadRow("bad-commit", origin, record, raw[:_LONGEST_RAW])
        return
    yield record
    if not lines[-1].ended:
        yield Flaw("cut-off", origin, "the text ends here without a line end: the commit may be cut off")
    elif not all(line.intact for line in lines):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def _end(lines: list[Line]) -> int:
    """The end of the last line that is not blank."""
    return next((line.end for line in reversed(lines) if line.text.strip()), lines[-1].end)
