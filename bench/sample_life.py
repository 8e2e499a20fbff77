"""How well questions are answered: `python bench/sample_life.py [--seeds N …]`.

Each seed is another sample life: generated, imported and asked all its questions through the command line, the answers
graded against the gold it brings. Writes bench/results/sample_life.json and a section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from darak.sample import generate
from darak.sample.grade import grade
from report import table, write_result, write_section

_UNANSWERABLE = "no record of it"


def darak(*arguments: str) -> str:
    """What the command prints; the owner lives in Seoul."""
    command = [sys.executable, "-m", "darak.cli.main", *arguments]
    environment = {**os.environ, "TZ": "Asia/Seoul"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def ask_life(seed: int, folder: Path) -> dict[str, Any]:
    """Right and asked questions by kind and language, false answers, and the seconds that answers took."""
    generate(folder, seed)
    home = str(folder / "vault")
    darak("import", "--home", home, "--json", str(folder / "life"))
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    printed = darak("ask", "--home", home, "--json", "--batch", str(folder / "questions.jsonl"))
    answers = [json.loads(line) for line in printed.splitlines()]
    kinds: dict[str, list[bool]] = defaultdict(list)
    languages: dict[str, list[bool]] = defaultdict(list)
    false = 0
    for question, answer in zip(questions, answers, strict=True):
        graded = grade(question, answer)
        kinds[question["kind"] if question["answerable"] else _UNANSWERABLE].append(graded.right)
        languages[question["language"]].append(graded.right)
        false += graded.false_answer
    began = time.perf_counter()
    darak("ask", "--home", home, "--json", questions[0]["question"])
    return {
        "seed": seed,
        "kinds": {kind: [sum(right), len(right)] for kind, right in kinds.items()},
        "languages": {language: [sum(right), len(right)] for language, right in languages.items()},
        "false_answers": false,
        "cold_start_seconds": time.perf_counter() - began,
        "median_seconds": statistics.median(answer["seconds"] for answer in answers),
    }


def share(pairs: list[list[int]]) -> str:
    right, asked = (sum(column) for column in zip(*pairs, strict=True))
    return f"{right}/{asked} ({right / asked:.0%})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7001, 7002, 7003])
    seeds: list[int] = parser.parse_args().seeds
    lives: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        os.environ["DARAK_KEYS"] = f"{name}/keys"
        for seed in seeds:
            lives.append(ask_life(seed, Path(name) / str(seed)))
            print(json.dumps(lives[-1]))
    kinds = sorted({kind for life in lives for kind in life["kinds"]} - {_UNANSWERABLE})
    rows = [[kind, share([life["kinds"][kind] for life in lives if kind in life["kinds"]])] for kind in kinds]
    unanswerable = [life["kinds"][_UNANSWERABLE] for life in lives]
    asked = sum(pair[1] for pair in unanswerable)
    false = sum(life["false_answers"] for life in lives)
    rows.append([_UNANSWERABLE, share(unanswerable)])
    rows.append(["**all**", share([pair for life in lives for pair in life["kinds"].values()])])
    for language in ("ko", "en"):
        rows.append(
            [{"ko": "in Korean", "en": "in English"}[language], share([life["languages"][language] for life in lives])]
        )
    write_result("sample_life", {"lives": lives})
    write_section(
        "sample_life",
        f"""## Answering: the sample life

`python bench/sample_life.py --seeds {" ".join(map(str, seeds))}`: lives that nobody looked at while the rules were
written, each imported and asked through the command line. An answer is right when it states the gold fact and cites a
gold record (figures of samples need no record), and for what was never recorded, when it says so.

{table(["kind of question", "right"], rows)}

False answers to what was never recorded: {false} of {asked} ({false / asked:.1%}). A question takes
{statistics.median(life["median_seconds"] for life in lives) * 1000:.0f} ms in a warm process (median), and
{statistics.median(life["cold_start_seconds"] for life in lives):.2f} s from a cold start.
""",
    )


if __name__ == "__main__":
    main()
