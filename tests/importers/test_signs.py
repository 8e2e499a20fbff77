"""Signs of a format that stand somewhere in a program's text make it no export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.importers.acceptance.case import load_cases

from darak.importers.registry import find_matches, load_importers
from darak.importers.tree import open_tree

IMPORTERS = load_importers()
QUOTED = [
    '<div class="page_header">…</div><div class="history"><div class="message default clearfix" id="message1">',
    '<div class="outer-cell mdl-cell"><div class="content-cell">Used Gemini Apps</div></div>',
    "<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1><BANKMSGSRSV1>",
    "<plist><dict><key>Creation Date</key><key>Entry Text</key></dict></plist>",
    "%PDF-1.7",
]


@pytest.mark.parametrize("sign", QUOTED)
def test_a_program_that_quotes_a_sign_is_no_export(tmp_path: Path, sign: str) -> None:
    (tmp_path / "program.py").write_text(f'"""Reads exports."""\n\nimport re\n\nSIGN = re.compile(r\'{sign}\')\n')
    matches, unknown = find_matches(open_tree(tmp_path), IMPORTERS)
    assert (matches, unknown) == ([], ["program.py"])


def test_other_peoples_programs_hold_no_documents(tmp_path: Path) -> None:
    for folder in ("site/node_modules/pad", ".venv/lib/site-packages/numpy", "notes"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "readme.txt").write_text("Some words on two lines.\nThat is all.\n")
    matches, _ = find_matches(open_tree(tmp_path), IMPORTERS)
    assert [match.members for match in matches] == [("notes/readme.txt",)]


def test_a_first_text_that_fills_the_head_hides_no_format(tmp_path: Path) -> None:
    tried = 0
    for number, case in enumerate(case for case in load_cases() if not case.make):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = case.write(folder, range(3))
        if lengthened(folder, case.text(0)):
            tried += 1
            matches, unknown = find_matches(open_tree(path), IMPORTERS)
            assert ({match.importer for match in matches}, unknown) == ({case.importer}, []), case.name
    assert tried > 25


def lengthened(folder: Path, word: str) -> bool:
    """Whether a file in JSON has the word in a text; 90 KB are put behind it there."""
    for path in sorted(folder.rglob("*.js*")):
        content = path.read_text("utf-8")
        if words := re.search(rf'"[^"\\]*{word}[^"\\]*(?=")', content):
            more = "가 \\n" * 15_000
            path.write_text(content[: words.end()] + more + content[words.end() :], "utf-8")
            return True
    return False
