"""What stands in the pages is so: links lead somewhere, commands are understood, both languages show the same ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from darak.cli.main import COMMANDS, build_parser

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
KOREAN = [page for page in PAGES if page.name.endswith(".ko.md")]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".ko.md", ".md"))


def heading_ids(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(page: Path) -> list[list[str]]:
    """The `darak …` lines of the code blocks of a page, as a shell would split them."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("darak ")]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), f"{target} leads nowhere"
        assert not anchor or anchor in heading_ids(there), f"{there.name} has no heading {anchor}"


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=named)
def test_commands_are_understood(page: Path) -> None:
    parser = build_parser(COMMANDS)
    for command in commands(page):
        parser.parse_args(command[1:])  # ends the program when it is asked wrongly


@pytest.mark.parametrize("page", KOREAN, ids=named)
def test_both_languages_show_the_same_commands(page: Path) -> None:
    def shown(on: Path) -> set[tuple[str, ...]]:
        """Commands with their options; other words may be in either language."""
        return {tuple(command[:2] + [word for word in command[2:] if word.startswith("-")]) for command in commands(on)}

    assert shown(page) == shown(english(page))


@pytest.mark.parametrize("page", KOREAN, ids=named)
def test_pages_of_both_languages_name_each_other(page: Path) -> None:
    assert f"({english(page).name})" in page.read_text("utf-8")
    assert f"({page.name})" in english(page).read_text("utf-8")


def test_every_command_is_told_in_both_readmes() -> None:
    for name in ("README.md", "README.ko.md"):
        told = (ROOT / name).read_text("utf-8")
        assert not [command for command in COMMANDS if command != "try" and f"`darak {command}" not in told]


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, to_read = set[Path](), [ROOT / "README.md", ROOT / "README.ko.md"]
    while to_read:
        page = to_read.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        targets = [target.partition("#")[0] for target in LINK.findall(page.read_text("utf-8"))]
        to_read += [(page.parent / target).resolve() for target in targets]
    assert set(PAGES) <= reached
