"""`darak export FILE`: the whole vault in the exchange format, readable by anyone and by `darak import`."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from darak.cli.progress import counting
from darak.cli.session import UsageProblem, open_vault
from darak.records.cipher import atomic_write
from darak.records.exchange import Exporter
from darak.records.vault import VaultBusy

if TYPE_CHECKING:
    from darak.sdk.wire import Wire

_STEP = 1000


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "export",
        parents=[common],
        help="write everything to a file",
        description="Writes every record, sample and attached file, unencrypted, as JSON lines.",
    )
    parser.add_argument("file", metavar="FILE", help="a .jsonl or .jsonl.gz file, or - for standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        total, missing = _export_here(args)
    except VaultBusy as busy:
        from darak.cli.server_of import server_of

        total, missing = _export_by(server_of(args, busy).wire, args.file), 0
    if args.file != "-":
        print(f"{total:,} records and samples were written to {args.file}. It is not encrypted.", file=sys.stderr)
    if missing:
        print(
            f"{missing:,} attached files are missing from the vault or damaged, and so from the export.",
            file=sys.stderr,
        )
        return 1
    return 0


def _export_here(args: argparse.Namespace) -> tuple[int, int]:
    """How many records and samples were written, and how many attached files are missing."""
    with open_vault(args) as vault, _target(args.file) as target, counting("Exporting") as on_written:
        exporter = Exporter(vault)
        total, done = exporter.count(), 0
        with vault.transaction():  # so that all of it is of one moment
            for done, line in enumerate(exporter.lines(), 1):
                target.write(line)
                if done % _STEP == 0:
                    on_written(min(done, total), total)
        on_written(total, total)
    return total, len(exporter.missing)


def _export_by(wire: Wire, file: str) -> int:
    """The same by a running server, which tells of no missing files."""
    status = wire.get("/api/status")
    with _target(file) as target, counting("Exporting"):
        for piece in wire.stream("/api/export"):
            target.write(piece)
    return status["records"] + status["samples"]


@contextmanager
def _target(name: str) -> Generator[BinaryIO]:
    """Where to write: a file appears under its name only when it is complete, and only its owner may read it; what is
    no file, such as a pipe or a device, is written into."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UsageProblem(f"{path} is no file that can be written; name one in a folder that exists")
    with path.open("wb") if path.exists() and not path.is_file() else atomic_write(path) as stream:
        if path.suffix == ".gz":
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        else:
            yield stream
