"""`darak sample DIR`: ten years of an invented person as export files, with questions whose answers are known."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from darak.cli.session import UsageProblem
from darak.sample import generate


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("sample", parents=[common], help="write a sample life to try things on")
    parser.add_argument("directory", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number is another person")
    parser.add_argument("--scale", type=float, default=1.0, metavar="X", help="share of ordinary days (default 1.0)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        life = generate(args.directory, args.seed, scale=args.scale)
    except FileExistsError as error:
        raise UsageProblem(f"{args.directory} already holds a life; name another folder") from error
    except ValueError as error:
        raise UsageProblem(str(error)) from error
    size = sum((args.directory / path).stat().st_size for path in life.files)
    name = life.person.full_name
    print(f"{name.ko} ({name.en}): {len(life.files)} export files, {size / 1e6:.1f} MB, in {args.directory / 'life'}")
    print(f"{len(life.questions)} questions with their answers: {args.directory / 'questions.jsonl'}")
    print(f"Import them with: darak import --home {args.directory / 'vault'} {args.directory / 'life'}")
    return 0
