"""`darak try`: the whole of Darak on a sample life, in a folder of its own."""

from __future__ import annotations

import argparse
import shlex
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from darak.cli.session import UsageProblem
from darak.records.key import HEADER, key_file, read_header

if TYPE_CHECKING:
    from darak.sample.model import Question

_ASKED = (("en", "when", True), ("ko", "who", True), ("en", "max", True), ("ko", "when", False))
"""Language and kind of the questions that are shown, the last about what never was; the sample life brings them."""
_NEXT = ("en", "last", True)
"""The kind of question that one is invited to ask then."""
_MARK = ".darak-try"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("try", help="see Darak work on a sample life")
    parser.add_argument("directory", nargs="?", type=Path, default=Path("darak-sample"), metavar="DIR")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number is another person")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from darak.answers.ask import Asker
    from darak.cli.ask_command import print_answer
    from darak.cli.import_report import print_reports
    from darak.cli.progress import importing
    from darak.importers.registry import load_importers
    from darak.importers.runner import run_import
    from darak.importers.tree import open_tree
    from darak.memory.memory import Memory
    from darak.records.vault import Vault
    from darak.sample import generate

    folder: Path = args.directory
    _clear(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()
    life = generate(folder, args.seed)
    name = life.person.full_name
    print(f"Ten years of {name.en} ({name.ko}), an invented person, lie as export files in {folder / 'life'}.\n")
    began = time.monotonic()
    with Vault.create(folder / "vault", zone="Asia/Seoul", use_keyring=False) as vault, Memory(vault) as memory:
        with importing() as on_progress, memory.follow_beside() as nudge:
            tree = open_tree(folder / "life")
            reports = run_import(
                tree, load_importers(), vault, now=life.now, on_progress=on_progress, after_batch=nudge
            )
        print_reports(reports, dry=False, zone=vault.zone)
        total = sum(report.records + report.samples for report in reports)
        seconds = time.monotonic() - began
        print(f"\n{total:,} records and samples are encrypted and indexed, in {seconds:.1f} s.")
        print("Four questions, without a language model; what the last one asks about never happened:\n")
        asker = Asker(memory)
        for question in _questions(life.questions, _ASKED):
            print(f"❯ {question}")
            print_answer(asker.ask(question, life.now))
            print()
    here = f"DARAK_HOME={folder / 'vault'} DARAK_NOW={life.now:%Y-%m-%dT%H:%M} darak"
    print("Ask this life something yourself:")
    for question in _questions(life.questions, [_NEXT]):
        print(f"  {here} ask {shlex.quote(question)}")
    print("or look at all of it in the browser:")
    print(f"  {here} serve")
    print("Then your own, with files you have exported (`darak import --list` tells what it reads):")
    print("  darak import ~/Downloads/export.zip")
    print('  darak ask "작년 겨울에 무슨 일이 있었어?"')
    return 0


def _clear(folder: Path) -> None:
    """Removes an earlier try, with its key; any other folder that holds something is left alone."""
    if (folder / _MARK).exists():
        if (folder / "vault" / HEADER).exists():
            key_file(read_header(folder / "vault").id).unlink(missing_ok=True)
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise UsageProblem(f"{folder} holds other things; name a new folder, as in `darak try /tmp/sample`")
    elif folder.exists():
        folder.rmdir()


def _questions(questions: Sequence[Question], kinds: Sequence[tuple[str, str, bool]]) -> list[str]:
    """The first question of each kind."""
    chosen: list[str] = []
    for kind in kinds:
        fitting = [q.text for q in questions if (q.language, q.kind, q.answerable) == kind]
        chosen += fitting[:1]
    return chosen
