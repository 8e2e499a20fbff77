"""How well the check of a model's sentences tells true from false: `python bench/checked.py [--seeds N …]`.

A stand-in for a model repeats what the rules found of each question of a sample life, once as it is, and then spoilt:
with another figure or day, with another person's name, turned round, or citing another piece of evidence. The first
must be told, the others must not. Writes bench/results/checked.json and a section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from darak.answers.answer import Answer, Citation
from darak.answers.ask import Asker
from darak.answers.written.check import Checker
from darak.answers.written.sentences import MARKS
from darak.answers.written.sheet import Piece
from darak.answers.written.toolbox import Toolbox
from darak.importers.registry import load_importers
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory
from darak.models.privacy import HomeRules
from darak.records.vault import Vault
from darak.sample import generate
from report import table, write_result, write_section

_DIGITS = re.compile(r"\d+")
_QUOTE = re.compile(r"“[^”]*”")
_TITLES = {"as it is": True, "another figure or day": False, "another name": False, "turned round": False,
           "citing another piece": False}  # fmt: skip
"""What is done to a sentence, and whether it is still true."""


def spoilt(text: str, names: list[str], random: Random) -> Iterator[tuple[str, str]]:
    """The sentence with one thing wrong in each way that fits it."""
    if digits := list(_DIGITS.finditer(text)):
        one = random.choice(digits)
        yield "another figure or day", f"{text[: one.start()]}{int(one[0]) + 1}{text[one.end() :]}"
    named = [name for name in names if name in text]
    if named and (others := [name for name in names if name not in text and (name[0] > "z") == (named[0][0] > "z")]):
        yield "another name", text.replace(named[0], random.choice(others))
    if not _QUOTE.search(text):
        yield (
            "turned round",
            text + (" 그렇지 않았어요" if any("가" <= c <= "힣" for c in text) else " It never was so"),
        )


def ask_life(seed: int, folder: Path, counts: Counter[tuple[str, bool]], seconds: list[float]) -> None:
    life = generate(folder, seed, scale=0.05)
    random = Random(seed)
    with (
        Vault.create(folder / "vault", zone="Asia/Seoul", passphrase=secrets.token_hex(8)) as vault,
        Memory(vault) as memory,
    ):
        run_import(open_tree(folder / "life"), load_importers(), vault, now=life.now)
        memory.follow()
        asker = Asker(memory)
        names = [name for (name,) in vault.rows("SELECT DISTINCT name FROM person") if asker.people.find(name)]
        for question in life.questions:
            now: datetime = question.now or life.now
            answer = asker.ask(question.text, now)
            if answer.status != "answered":
                continue
            pieces = evidence(memory, asker, answer)
            text = MARKS.sub("", answer.text).rstrip(" .")
            checker = Checker(asker.people, now, pieces)

            def stands(sentence: str, number: int = 1, checker: Checker = checker) -> bool:
                began = perf_counter()
                told = not checker.check(f"{sentence} [{number}].").why
                seconds.append(perf_counter() - began)
                return told

            counts["as it is", stands(text)] += 1
            for way, wrong in spoilt(text, names, random):
                counts[way, stands(wrong)] += 1
            behind = {one.n for one in answer.citations if isinstance(one, Citation)}
            others = [one.number for one in pieces if not one.computed and not behind & _numbers(one)]
            if others:
                counts["citing another piece", stands(text, random.choice(others))] += 1


def evidence(memory: Memory, asker: Asker, answer: Answer) -> list[Piece]:
    tools = Toolbox(memory, asker, answer.plan, HomeRules(), 500)
    tools.first(answer)
    return tools.sheet.pieces


def _numbers(piece: Piece) -> set[int]:
    return {one.n for one in piece.cited if isinstance(one, Citation)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7001, 7002, 7003])
    seeds: list[int] = parser.parse_args().seeds
    counts: Counter[tuple[str, bool]] = Counter()
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        os.environ["DARAK_KEYS"] = f"{name}/keys"
        for seed in seeds:
            ask_life(seed, Path(name) / str(seed), counts, seconds)
            print(seed, dict(counts))
    rows: list[list[str]] = []
    for way, true in _TITLES.items():
        right, asked = counts[way, true], counts[way, True] + counts[way, False]
        rows.append([way, "told" if true else "dropped", f"{right}/{asked} ({right / max(1, asked):.1%})"])
    write_result("checked", {"seeds": seeds, "counts": {f"{way}: {told}": n for (way, told), n in counts.items()}})
    write_section(
        "checked",
        f"""## Answering with a model: the check

`python bench/checked.py --seeds {" ".join(map(str, seeds))}`: what the rules found of each question of lives that
nobody looked at while the check was written, said as a model would, and then spoilt in one place.

{table(["a sentence", "should be", "was"], rows)}

A sentence is checked in {median(seconds) * 1000:.1f} ms (median).
""",
    )


if __name__ == "__main__":
    main()
