"""How fast each importer reads, and how much memory the longest exports cost.

    python bench/importers.py [--items N] [--mbox GB] [--health GB] [--places GB]

Every importer reads an export of N items made here (a dry run in this process: parsing, accounts, ids). Then a mail
box, an Apple Health export and a location history of the given sizes go through `darak import`, while the memory of
its processes is looked at ten times a second. Writes bench/results/importers.json and a section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.importers.acceptance.case import load_cases

from darak.importers.dry_run import dry_run
from darak.importers.registry import load_importers
from darak.importers.tree import open_tree
from report import table, write_result, write_section
from speed import Words

_BEGIN = datetime(2006, 1, 1, tzinfo=UTC)
_LOOK_EVERY = 0.1


def throughput(count: int, folder: Path) -> Iterator[tuple[str, int, float, float]]:
    """(case, items, items a second, MB a second) of a dry run over each importer's acceptance case."""
    for case in load_cases():
        where = folder / case.name.replace(" ", "-")
        where.mkdir()
        try:
            path = case.write(where, range(count))
        except Exception as error:  # some formats hold only so many items, such as one a day
            print(f"{case.name}: no export of {count} items ({error!r})", file=sys.stderr)
            continue
        size = sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
        importer = case.make() if case.make else load_importers()[case.importer]
        begin = time.perf_counter()
        reports = dry_run(open_tree(path), {case.importer: importer})
        seconds = time.perf_counter() - begin
        items = sum(report.records + report.samples for report in reports)
        yield case.name, items, items / seconds, size / seconds / 1e6


def write_mbox(stream: BinaryIO, size: int) -> None:
    words, number = Words(2), 0
    bodies = ["\n".join(words.text() for _ in range(40)) for _ in range(200)]
    while stream.tell() < size:
        mail = EmailMessage()
        when = _BEGIN + timedelta(minutes=number)
        mail["From"], mail["To"] = f"Person {number % 300} <p{number % 300}@example.org>", "me@example.org"
        mail["Date"], mail["Subject"] = when, f"{words.pick(words.korean)} {number}"
        mail["Message-ID"] = f"<{number}@example.org>"
        mail.set_content(bodies[number % len(bodies)])
        stream.write(f"From p{number % 300}@example.org {when:%a %b %d %H:%M:%S %Y}\n".encode())
        stream.write(bytes(mail).replace(b"\nFrom ", b"\n>From ") + b"\n\n")
        number += 1


def write_health(stream: BinaryIO, size: int) -> None:
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="ko_KR">\n')
    number = 0
    while stream.tell() < size:
        rows: list[str] = []
        for _ in range(1000):
            start = _BEGIN + timedelta(seconds=20 * number)
            at = f"{start:%Y-%m-%d %H:%M:%S} +0900"
            rows.append(
                ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" '
                f'device="&lt;&lt;HKDevice: 0x1&gt;, name:Watch, manufacturer:Apple&gt;" unit="count/min" '
                f'creationDate="{at}" startDate="{at}" endDate="{at}" value="{60 + number % 40}"/>\n'
            )
            number += 1
        stream.write("".join(rows).encode())
    stream.write(b"</HealthData>\n")


def write_places(stream: BinaryIO, size: int) -> None:
    stream.write(b'{"locations": [')
    number = 0
    while stream.tell() < size:
        rows: list[str] = []
        for _ in range(1000):
            at = (_BEGIN + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            rows.append(
                ("" if number == 0 else ",") + f'{{\n  "latitudeE7": {375000000 + number % 100000},\n'
                f'  "longitudeE7": {1270000000 + number % 90000},\n'
                f'  "accuracy": 20,\n  "source": "WIFI",\n  "deviceTag": -123456,\n  "timestamp": "{at}"\n}}'
            )
            number += 1
        stream.write("".join(rows).encode())
    stream.write(b"]}")


def stream_in(write: Callable[[BinaryIO, int], None], gigabytes: float, folder: Path) -> dict[str, float]:
    """Size in GB, seconds, MB a second and the most memory, in MB, of one import through the command line."""
    path = folder / "export"
    with path.open("wb") as stream:
        write(stream, int(gigabytes * 1e9))
    size = path.stat().st_size
    home = folder / "home"
    command = [sys.executable, "-m", "darak.cli.main", "import", "--home", str(home), str(path)]
    begin = time.perf_counter()
    each: dict[int, float] = {}
    together = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            now = {pid: _memory(pid) for pid in (process.pid, *_children(process.pid))}
            together = max(together, sum(now.values()))
            each = {pid: max(each.get(pid, 0.0), held) for pid, held in now.items()} | {
                pid: held for pid, held in each.items() if pid not in now
            }
            time.sleep(_LOOK_EVERY)
        assert process.stdout is not None
        print(process.stdout.read().strip())
    seconds = time.perf_counter() - begin
    assert process.returncode == 0
    return {
        "gigabytes": size / 1e9,
        "seconds": seconds,
        "mb_per_second": size / seconds / 1e6,
        "most_memory_of_one_process_mb": max(each.values()),
        "most_memory_together_mb": together,
    }


def _memory(pid: int) -> float:
    """MB that a process holds for itself: its share of pages (PSS) where the system tells it."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass  # it has just ended
    return 0.0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--mbox", type=float, default=5.0, metavar="GB")
    parser.add_argument("--health", type=float, default=2.0, metavar="GB")
    parser.add_argument("--places", type=float, default=2.0, metavar="GB")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="darak-importers-") as name:
        folder = Path(name)
        os.environ["DARAK_KEYS"] = str(folder / "keys")
        read = list(throughput(args.items, folder))
    streamed: dict[str, dict[str, float]] = {}
    jobs = (
        ("Google Records.json", write_places, args.places),
        ("Apple Health", write_health, args.health),
        ("mbox", write_mbox, args.mbox),
    )
    for what, write, gigabytes in jobs:
        with tempfile.TemporaryDirectory(prefix="darak-importers-") as name:
            os.environ["DARAK_KEYS"] = str(Path(name) / "keys")
            streamed[what] = stream_in(write, gigabytes, Path(name))
            print(what, streamed[what], flush=True)
    rates = [{"case": c, "items": n, "items_per_second": rate, "mb_per_second": mb} for c, n, rate, mb in read]
    write_result("importers", {"throughput": rates, "streaming": streamed})
    long = [
        [what, f"{r['gigabytes']:.1f}", *(f"{value:.0f}" for key, value in r.items() if key != "gigabytes")]
        for what, r in streamed.items()
    ]
    short = [[c, f"{n:,}", f"{rate:,.0f}", f"{mb:.1f}"] for c, n, rate, mb in read]
    write_section(
        "importers",
        f"""## Importers

`python bench/importers.py`. Long exports through `darak import` (read, encrypt, index), with the memory that its two
processes hold for themselves:

{table(["export", "GB", "seconds", "MB/s", "most memory of one, MB", "of both, MB"], long)}

Each importer alone, a dry run over an export of {args.items:,} items (one run, on one core; small files cost most for
being opened):

{table(["importer", "records and samples", "a second", "MB/s"], short)}
""",
    )


if __name__ == "__main__":
    main()
