"""Kills `darak` at random moments and checks that the same command again ends where an unkilled one does.

    python bench/kill.py --kills 60 --seed 1

Each trial takes a vault in the state before a command, kills the command with SIGKILL after a random time (sometimes
twice), runs it again to its end, and compares with the vault that was never killed: the same export, the same records
for each word, receipts that hold, no readable word in any file, nothing left in the private folders.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darak.memory.forgetting import Scope, check, select
from darak.memory.memory import Memory
from darak.records.exchange import Exporter
from darak.records.receipt import parse_receipt
from darak.records.vault import Vault

FORGET = ("forget", "--thread", "thread 3", "--yes")
COMMANDS: dict[str, tuple[str, ...]] = {
    "import": ("import", "LIFE"),
    "import again, edited": ("import", "LATER"),
    "index": ("search", "--json", "anything"),
    "rebuild": ("rebuild",),
    "forget": FORGET,
    "export": ("export", "OUT"),
}
"""What is killed; LIFE, LATER and OUT stand for files."""

_DARAK = (sys.executable, "-W", "ignore", "-m", "darak.cli.main")
_SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"


@dataclass(frozen=True)
class Life:
    """Two export files, the second overlapping and editing the first, and every made-up word in them."""

    first: Path
    later: Path
    words: list[str]


def write_life(folder: Path, count: int, seed: int) -> Life:
    """About `count` records with and without ids, identical rows, edits, samples and attached files."""
    rng = random.Random(seed)
    words = sorted({_word(rng) for _ in range(400)})
    first = list(_lines(rng, words, count))
    again = [dict(line) for line in first[count // 2 :]]
    for line in again:
        if line.get("id") and rng.random() < 0.2:
            line["text"] += f" {rng.choice(words)} edited"
    later = [*again, *_lines(rng, words, count // 10, "later")]
    paths = (folder / "life.jsonl", folder / "later.jsonl")
    for path, lines in zip(paths, (first, later), strict=True):
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return Life(*paths, words)


def _word(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return "".join(rng.choice(_SYLLABLES) for _ in range(4))
    return "q" + "".join(rng.choice("aeiou") + rng.choice("bdfgklmnprstvz") for _ in range(5))


def _lines(rng: random.Random, words: list[str], count: int, mark: str = "first") -> Iterator[dict[str, Any]]:
    for number in range(count):
        time = f"20{rng.randrange(10, 25)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}T{number % 24:02d}:15"
        kind = rng.random()
        if kind < 0.2:
            sample = {"type": "sample", "source": "watch", "metric": "steps", "unit": "count", "time": time}
            yield {**sample, "value": rng.randrange(1000)}
            continue
        line: dict[str, Any] = {"type": "record", "source": "phone", "kind": "message", "time": time}
        line |= {"author": words[number % 20], "thread": f"thread {number % 7}"}
        line["text"] = " ".join(rng.choices(words, k=6))
        if kind < 0.5:
            line["id"] = f"{mark}-{number}"
        if kind > 0.98:
            data = " ".join(rng.choices(words, k=500)).encode()
            blob = {"hash": hashlib.sha256(data).hexdigest(), "name": "a.txt", "mime": "text/plain", "size": len(data)}
            line["blobs"] = [blob]
            part = base64.b64encode(data).decode()
            yield {"type": "blob", "hash": blob["hash"], "size": len(data), "start": 0, "data": part}
        yield line
        if kind > 0.9:
            yield line


@dataclass(frozen=True)
class State:
    """What a vault holds, as far as an owner can tell."""

    export: list[bytes]
    found: dict[str, list[str]]

    @classmethod
    def of(cls, home: Path, words: list[str]) -> State:
        with Vault.open(home) as vault, Memory(vault) as memory:
            memory.follow()
            ids = dict(vault.rows("SELECT n, lower(hex(id)) FROM record"))
            found = {word: sorted(ids[n] for n in select(memory, Scope(words=word)).ns) for word in words[::80]}
            return cls(sorted(Exporter(vault).lines()), found)


@dataclass
class Bench:
    """One life, its unkilled vaults, and the trials on copies of them."""

    folder: Path
    count: int
    seed: int
    life: Life = field(init=False)
    expected: dict[str, State] = field(init=False, default_factory=dict)
    seconds: dict[str, float] = field(init=False, default_factory=dict)
    _before: dict[str, Path | None] = field(init=False, default_factory=dict)

    def prepare(self) -> None:
        """Runs every command once unkilled, keeping the vault before each and what it holds after."""
        self.life = write_life(self.folder, self.count, self.seed)
        home = self.folder / "unkilled"
        for name in COMMANDS:
            self._before[name] = shutil.copytree(home, self.folder / f"before {name}") if home.exists() else None
            if name == "index":
                shutil.rmtree(self._before[name] / "index")  # type: ignore[operator]
            begin = time.monotonic()
            done = subprocess.run(self._command(name, home), capture_output=True, text=True)
            self.seconds[name] = time.monotonic() - begin
            if done.returncode:
                raise RuntimeError(f"{name}: {done.stderr}")
            self.expected[name] = State.of(home, self.life.words)
        self.output = self._output.read_bytes()

    @property
    def _output(self) -> Path:
        return self.folder / "out.jsonl.gz"

    def _command(self, name: str, home: Path) -> list[str]:
        files = {"LIFE": str(self.life.first), "LATER": str(self.life.later), "OUT": str(self._output)}
        arguments = [files.get(argument, argument) for argument in COMMANDS[name]]
        return [*_DARAK, arguments[0], "--home", str(home), *arguments[1:]]

    def trial(self, name: str, rng: random.Random) -> list[str]:
        """Kills one command once or twice, runs it to its end, and says what is not as it should be."""
        home = self.folder / "killed"
        shutil.rmtree(home, ignore_errors=True)
        self._output.unlink(missing_ok=True)
        if (before := self._before[name]) is not None:
            shutil.copytree(before, home)
        command = self._command(name, home)
        wrong: list[str] = []
        for _ in range(rng.choice((1, 1, 2))):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(rng.uniform(0.05, self.seconds[name]))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            wrong += [f"after the kill {word!r} can be read in {path}" for word, path in self._readable(home, rng)]
            if self._output.exists() and self._output.read_bytes() != self.output:
                wrong.append("a killed export left half a file")
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return [*wrong, f"the second run ended with {done.returncode}: {done.stderr.strip()[-300:]}"]
        if left := [*private_folders(home), *(home / "open").glob("*")]:
            wrong.append(f"plain index files are left in {left}")
        wrong += [f"{word!r} can be read in {path}" for word, path in self._readable(home, rng)]
        return wrong + self._compare(name, home)

    def _compare(self, name: str, home: Path) -> list[str]:
        wrong: list[str] = []
        state, expected = State.of(home, self.life.words), self.expected[name]
        if state.export != expected.export:
            differences = len(set(state.export) ^ set(expected.export))
            wrong.append(f"the export differs in {differences} lines")
        if state.found != expected.found:
            wrong.append("a search finds other records")
        receipts = sorted((home / "receipts").glob("*.json"))
        if name == "forget" and not receipts:
            wrong.append("there is no receipt")
        with Vault.open(home) as vault, Memory(vault) as memory:
            for path in receipts:
                wrong += check(memory, parse_receipt(path.read_bytes()))
        if name == "export" and self._output.read_bytes() != self.output:
            wrong.append("the exported file differs")
        return wrong

    def _readable(self, home: Path, rng: random.Random) -> list[tuple[str, str]]:
        """Words of the life, of which some are looked for, that stand in a file of the vault as they are."""
        found: list[tuple[str, str]] = []
        words = [word.encode() for word in rng.sample(self.life.words, 40)]
        for path in home.rglob("*"):
            # The open index of a killed process lies there until the next opening when there is no memory for it.
            if not path.is_file() or path.is_relative_to(home / "open"):
                continue
            data = path.read_bytes()
            found += [(word.decode(), path.name) for word in words if word in data]
        return found


def private_folders(home: Path) -> list[Path]:
    """Folders with this vault's plain index, wherever it may be opened."""
    place = home.stat()
    parents = [Path(p) for p in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm") if p]
    name = f"darak-plain-{place.st_ino:x}-{place.st_dev:x}-*"
    return [folder for parent in (*parents, home / "open") for folder in parent.glob(name)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60, help="trials of each command")
    parser.add_argument("--count", type=int, default=15_000, help="lines of the life")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=COMMANDS, help="one command; what was found of the others is kept")
    args = parser.parse_args()
    rng, rows = random.Random(args.seed), []
    with tempfile.TemporaryDirectory(prefix="darak-kill-") as folder:
        os.environ["DARAK_KEYS"] = str(Path(folder) / "keys")
        bench = Bench(Path(folder), args.count, args.seed)
        bench.prepare()
        for name in [args.only] if args.only else COMMANDS:
            failures = 0
            for number in range(args.kills):
                if wrong := bench.trial(name, rng):
                    failures += 1
                    print(f"{name}, trial {number}: {'; '.join(wrong[:5])}", file=sys.stderr)
            rows.append([name, args.kills, failures, f"{bench.seconds[name]:.1f} s"])
            print(*rows[-1], sep="\t", flush=True)
    _write(args, rows)
    return 1 if any(row[2] for row in rows) else 0


def _write(args: argparse.Namespace, rows: list[list[Any]]) -> None:
    from report import read_result, table, write_result, write_section

    keys = ("command", "trials", "failures", "unkilled")
    known = {one["command"]: one for one in read_result("kill").get("trials", [])}
    known |= {row[0]: dict(zip(keys, row, strict=True)) for row in rows}
    trials = [known[name] for name in COMMANDS if name in known]
    write_result("kill", {"lines": args.count, "seed": args.seed, "trials": trials})
    rows = [[one[key] for key in keys] for one in trials]
    text = (
        f"## Killed at any moment\n\n`python bench/kill.py --kills {args.kills} --seed {args.seed}` kills each command "
        f"with SIGKILL at random moments on a vault of {args.count:,} lines, runs it again, and compares with a vault "
        "that was never killed (export, records found, receipts, nothing readable in any file).\n\n"
    )
    write_section("kill", text + table(["command", "trials", "failures", "time unkilled"], rows))


if __name__ == "__main__":
    sys.exit(main())
