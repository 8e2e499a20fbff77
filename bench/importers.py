"""How fast each importer reads, and how much memory the longest exports cost.

    python bench/importers.py [--items N] [--mbox GB] [--health GB] [--places GB]

Every importer reads an export of N items made here (a dry run in this process: parsing, accounts, ids). Then a mail
box, an Apple Health export and a location history of the given sizes go through `darak import`, while the memory of
its processes is looked at four times a second. With 0 for a number that part is not run, and what it gave before is
kept. Writes bench/results/importers.json and a section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.importers.acceptance.case import load_cases

from darak.importers.dry_run import dry_run
from darak.importers.registry import load_importers
from darak.importers.tree import open_tree
from report import read_result, table, write_result, write_section
from speed import Words, write_life

_BEGIN = datetime(2006, 1, 1, tzinfo=UTC)
_LOOK_EVERY = 0.25
_RATE = ("case", "items", "per_second", "mb_per_second")
_PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
_MIXED = (
    'Content-Type: multipart/mixed; boundary="=_heron"\n\n--=_heron\n{plain}\n--=_heron\n'
    'Content-Type: application/octet-stream; name="{number}.bin"\nContent-Transfer-Encoding: base64\n'
    'Content-Disposition: attachment; filename="{number}.bin"\n\n{number:012d}{attached}\n--=_heron--\n'
)

_PULSE = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" '
    'device="&lt;&lt;HKDevice: 0x1&gt;, name:Watch, manufacturer:Apple&gt;" unit="count/min" '
    'creationDate="%s %s" startDate="%s %s" endDate="%s %s" value="%d"/>\n'
)
_POSITION = (
    '{\n    "latitudeE7": %d,\n    "longitudeE7": %d,\n    "accuracy": 20,\n%s    "source": "WIFI",\n'
    '    "deviceTag": -123456,\n    "timestamp": "%sT%s"\n  }'
)
_DOING = (
    '    "activity": [{\n      "activity": [{\n        "type": "STILL",\n        "confidence": 87\n      }, {\n'
    '        "type": "IN_VEHICLE",\n        "confidence": 13\n      }],\n'
    '      "timestamp": "2016-05-01T09:41:07.123Z"\n    }],\n'
)
_STATIONS = ", ".join(
    f'{{"mac": "{81_604_378_624 + n}", "strength": -{50 + n}, "frequencyMhz": 2412}}' for n in range(12)
)
_AROUND = f'    "activeWifiScan": {{"accessPoints": [{_STATIONS}]}},\n'


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


def mixed(folder: Path) -> dict[str, float]:
    """A dry run, through the command line, over a folder of 100 MB with an export of every kind."""
    for number, case in enumerate(load_cases()):
        if case.make is None:
            (folder / "mixed" / str(number)).mkdir(parents=True)
            case.write(folder / "mixed" / str(number), range(8))
    write_life(folder / "mixed" / "life.jsonl", 100_000)
    for write, megabytes in ((write_mbox, 30), (write_health, 30), (write_places, 20)):
        with (folder / "mixed" / write.__name__).open("wb") as stream:
            write(stream, megabytes * 1_000_000)
    size = sum(file.stat().st_size for file in (folder / "mixed").rglob("*") if file.is_file())
    command = [sys.executable, "-m", "darak.cli.main", "import", "--dry-run", "--json", str(folder / "mixed")]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "megabytes": size / 1e6,
        "seconds": seconds,
        "load": os.getloadavg()[0],
        "processor_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
    }


def write_mbox(stream: BinaryIO, size: int) -> None:
    """Mails of about 3 KB of text, each twentieth with an attached file of 150 KB that is like no other."""
    words = Words(2)
    bodies = ["\n".join(words.text() for _ in range(40)) for _ in range(200)]
    subjects = [words.pick(words.korean) for _ in range(500)]
    attached = base64.encodebytes(random.Random(2).randbytes(150_000)).decode()
    for begin in count(step=100):
        if stream.tell() >= size:
            return
        mails: list[str] = []
        for number in range(begin, begin + 100):
            person = number % 300
            plain = _PLAIN.format(body=bodies[number % len(bodies)])
            content = plain if number % 20 else _MIXED.format(plain=plain, number=number, attached=attached)
            at = _BEGIN + timedelta(minutes=number)
            mails.append(
                f"From p{person}@example.org {at:%a %b %d %H:%M:%S %Y}\n"
                f"From: Person {person} <p{person}@example.org>\nTo: me@example.org\n"
                f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{number}@example.org>\n"
                f"Subject: {subjects[number % len(subjects)]} {number}\nMIME-Version: 1.0\n{content}\n"
            )
        stream.write("".join(mails).encode())


def write_health(stream: BinaryIO, size: int) -> None:
    """A pulse each 20 seconds."""
    times = [f"{_BEGIN + timedelta(seconds=20 * n):%H:%M:%S} +0900" for n in range(3 * 1440)]
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="ko_KR">\n')
    for day in _days(stream, size):
        rows = [_PULSE % (day, at, day, at, day, at, 60 + n % 40) for n, at in enumerate(times)]
        stream.write("".join(rows).encode())
    stream.write(b"</HealthData>\n")


def write_places(stream: BinaryIO, size: int) -> None:
    """A position each minute, each third with what the owner did, each sixth with the stations around."""
    besides = [("" if n % 3 else _DOING) + ("" if n % 6 else _AROUND) for n in range(1440)]
    times = [f"{_BEGIN + timedelta(minutes=n):%H:%M}:00.000Z" for n in range(1440)]
    stream.write(b'{"locations": [')
    comma = ""
    for day in _days(stream, size):
        rows = [
            _POSITION % (37 * 10**7 + 99 * n, 127 * 10**7 + 98 * n, besides[n], day, at) for n, at in enumerate(times)
        ]
        stream.write((comma + ",".join(rows)).encode())
        comma = ","
    stream.write(b"]}")


def _days(stream: BinaryIO, size: int) -> Iterator[str]:
    """Day after day, until the stream has its size."""
    for number in count():
        if stream.tell() >= size:
            return
        yield f"{_BEGIN + timedelta(days=number):%Y-%m-%d}"


def stream_in(write: Callable[[BinaryIO, int], None], gigabytes: float, folder: Path) -> dict[str, Any]:
    """Size, time and memory, in MB, of one import through the command line, in processes of its own.

    "own" is what all of its processes hold for themselves, "resident" what they have in memory with the pages of files
    that they share, each counted once; "curve" is the most resident in each tenth of the time.
    """
    path = folder / "export"
    with path.open("wb") as stream:
        write(stream, int(gigabytes * 1e9))
    size = path.stat().st_size
    command = [sys.executable, "-m", "darak.cli.main", "import", "--json", "--home", str(folder / "home"), str(path)]
    begin = time.perf_counter()
    looks: list[tuple[float, float]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            now = [_memory(pid) for pid in (process.pid, *_children(process.pid))]
            looks.append((sum(own for own, _ in now), sum(resident for _, resident in now)))
            time.sleep(_LOOK_EVERY)
        assert process.stdout
        reports: list[dict[str, Any]] = [json.loads(line) for line in process.stdout]
    seconds = time.perf_counter() - begin
    assert process.returncode == 0, reports
    tenths = [looks[len(looks) * n // 10 : max(len(looks) * (n + 1) // 10, 1)] for n in range(10)]
    return {
        "gigabytes": size / 1e9,
        "items": sum(report["records"] + report["samples"] for report in reports),
        "seconds": seconds,
        "load": os.getloadavg()[0],
        "mb_per_second": size / seconds / 1e6,
        "most_own_mb": max(own for own, _ in looks),
        "most_resident_mb": max(resident for _, resident in looks),
        "curve_mb": [round(max((resident for _, resident in tenth), default=0.0)) for tenth in tenths],
    }


def _memory(pid: int) -> tuple[float, float]:
    """MB that a process holds for itself, and its share of all that it has in memory (PSS)."""
    own = resident = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                own = int(line.split()[1]) * 1024 / 1e6
            elif line.startswith("Pss:"):
                resident = int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass  # it has just ended
    return own, resident


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
    result = read_result("importers")
    jobs = (
        ("mbox", write_mbox, args.mbox),
        ("Apple Health", write_health, args.health),
        ("Google Records.json", write_places, args.places),
    )
    for what, write, gigabytes in jobs:
        if gigabytes:
            with tempfile.TemporaryDirectory(prefix="darak-importers-") as name:
                os.environ["DARAK_KEYS"] = str(Path(name) / "keys")
                result.setdefault("streaming", {})[what] = stream_in(write, gigabytes, Path(name))
                print(what, result["streaming"][what], flush=True)
    if args.items:
        with tempfile.TemporaryDirectory(prefix="darak-importers-") as name:
            os.environ["DARAK_KEYS"] = str(Path(name) / "keys")
            rates = sorted(throughput(args.items, Path(name)))
            result["mixed"] = mixed(Path(name))
        result["throughput"] = [dict(zip(_RATE, rate, strict=True)) for rate in rates]
    write_result("importers", result)
    write_section("importers", section(result))


def section(result: dict[str, Any]) -> str:
    long = [
        [
            what,
            f"{r['gigabytes']:.1f}",
            f"{r['items']:,}",
            *(f"{r[key]:.0f}" if key in r else "" for key in ("seconds", "load", "most_own_mb", "most_resident_mb")),
            " ".join(map(str, r["curve_mb"])),
        ]
        for what, r in result.get("streaming", {}).items()
    ]
    short = [
        [r["case"], f"{r['items']:,}", f"{r['per_second']:,.0f}", f"{r['mb_per_second']:.1f}"]
        for r in result.get("throughput", [])
    ]
    mix = result["mixed"]
    header = ["export", "GB", "items", "seconds", "load", "own, MB", "resident, MB", "resident in each tenth, MB"]
    return f"""## Importers

`python bench/importers.py`. Long exports through `darak import` (read, encrypt, index), with the memory of all of its
processes together, at its most: what they hold for themselves, and all that is resident (PSS, which counts a shared
page once). The unsealed index, which lies in memory-backed storage where there is room, is no part of it beyond what is
mapped. The load is how many processes wanted the {os.cpu_count()} cores: times grow with it, memory does not.

{table(header, long)}

A dry run over a folder of {mix["megabytes"]:.0f} MB with an export of every kind took {mix["seconds"]:.0f} s at a load
of {mix["load"]:.0f}, and {mix["processor_seconds"]:.0f} s of the processors.

Each importer alone, a dry run over an export of its acceptance case (one run, on one core; small files cost most for
being opened):

{table(["importer", "records and samples", "a second", "MB/s"], short)}
"""


if __name__ == "__main__":
    main()
