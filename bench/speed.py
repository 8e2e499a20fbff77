"""How fast a life goes in, and how fast it is searched: `python bench/speed.py [--import N] [--search N]`.

Records are short texts in Korean and English made here, in the exchange format. The peer of the import is Tantivy
alone indexing the same prepared texts on one thread; the peer of the search is SQLite FTS5 over the same terms.
With 0 for a number that part is not run, and what it gave before is kept. Writes bench/results/speed.json and a
section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import tantivy

from darak.language.tokens import index_analyzer, index_terms, index_text
from darak.memory.memory import Memory
from darak.memory.search import search
from darak.records.line import quick_record, record_bytes
from darak.records.record import Origin
from darak.records.vault import Vault
from darak.records.writer import Incoming, Numbering, Writer
from report import read_result, table, write_result, write_section

_ENDINGS = ("은", "는", "이", "가", "을", "를", "에", "에서", "랑", "하고", "했어", "했는데", "한다", "할까", "")
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Words:
    """Invented words in both languages, drawn by Zipf's law, so that common and rare ones are as in life."""

    def __init__(self, seed: int, size: int = 40_000) -> None:
        self.random = random.Random(seed)
        syllables = [chr(code) for code in range(0xAC00, 0xD7A4, 13)]
        letters = ("ba", "ko", "ti", "ren", "sol", "mar", "en", "du", "fi", "gra", "lo", "pe", "sta", "ul", "wi", "zon")
        korean = {"".join(self.random.choices(syllables, k=self.random.randint(1, 3))) for _ in range(size)}
        english = {"".join(self.random.choices(letters, k=self.random.randint(1, 4))) for _ in range(size)}
        self.korean, self.english = sorted(korean), sorted(english)
        for words in (self.korean, self.english):
            self.random.shuffle(words)

    def pick(self, words: list[str]) -> str:
        return words[min(int(len(words) ** self.random.random()), len(words) - 1)]

    def text(self) -> str:
        count = self.random.randint(3, 12)
        if self.random.random() < 0.5:
            return " ".join(self.pick(self.korean) + self.random.choice(_ENDINGS) for _ in range(count))
        return " ".join(self.pick(self.english) for _ in range(count))


def write_life(path: Path, count: int) -> None:
    """`count` messages over twenty years, of 200 people in 300 threads."""
    words = Words(1)
    start = datetime(2006, 1, 1)
    with path.open("wb") as stream:
        for number in range(count):
            time_ = start + timedelta(seconds=number * (20 * 365 * 86400 // count))
            person = f"사람{number * 7919 % 200}"
            record = {"type": "record", "id": f"m{number}", "source": "phone", "kind": "message"}
            record |= {"time": time_.isoformat(), "author": person, "thread": f"room {number * 31 % 300}"}
            stream.write(orjson.dumps(record | {"text": words.text()}) + b"\n")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def import_command(path: Path, home: Path) -> None:
    """What a person runs: a process of its own that reads, encrypts, indexes and seals."""
    command = [sys.executable, "-m", "darak.cli.main", "import", "--home", str(home), str(path)]
    subprocess.run(command, check=True, capture_output=True)


def tantivy_alone(texts: list[str], folder: Path) -> None:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="peer", index_option="position")
    index = tantivy.Index(builder.build(), str(folder))
    index.register_tokenizer("peer", index_analyzer())
    writer = index.writer(heap_size=96 << 20, num_threads=1)
    for text in texts:
        writer.add_json(orjson.dumps({"text": text}).decode())
    writer.commit()
    writer.wait_merging_threads()


def profile(path: Path, home: Path) -> Iterator[tuple[str, float]]:
    """Microseconds a record of each step of the import, run one after the other on one thread."""
    lines = path.read_bytes().splitlines()[:50_000]
    count = len(lines) / 1e6
    origin = Origin("", "")
    records = [record for line in lines if (record := quick_record(line, origin))]
    yield "lines to records", timed(lambda: [quick_record(line, origin) for line in lines]) / count
    yield "canonical bytes", timed(lambda: [record_bytes(record) for record in records]) / count
    numbering = Numbering()
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        writer = Writer(vault)
        incoming = [Incoming(record, *numbering.identify(record), ()) for record in records]

        def write() -> None:
            for start in range(0, len(incoming), 2000):
                with vault.transaction():
                    writer.write(incoming[start : start + 2000])

        yield "hash, encrypt and write", timed(write) / count
        with Memory(vault) as memory:
            cpu = time.thread_time()
            wall = timed(memory.follow) / count
            yield "read back and prepare terms (second process)", (time.thread_time() - cpu) / count
            yield "index, to the commit (second process, overlapping)", wall
            yield "seal the index", timed(memory.seal) / count


def measure_import(count: int, runs: int, folder: Path) -> dict[str, object]:
    path = folder / "life.jsonl"
    write_life(path, count)
    texts = [index_text(orjson.loads(line)["text"]) for line in path.read_bytes().splitlines()]
    darak, peer = [], []
    for run in range(runs):
        darak.append(count / timed(lambda run=run: import_command(path, folder / f"vault{run}")))
        (folder / f"peer{run}").mkdir()
        peer.append(count / timed(lambda run=run: tantivy_alone(texts, folder / f"peer{run}")))
    ratios = [ours / theirs for ours, theirs in zip(darak, peer, strict=True)]
    return {
        "records": count,
        "records_per_second": statistics.median(darak),
        "tantivy_alone_per_second": statistics.median(peer),
        "ratio": statistics.median(ratios),
        "runs": {"darak": darak, "tantivy": peer},
        "profile_us": dict(profile(path, folder / "profile")),
    }


def fts5(path: Path, file: Path) -> Callable[[str], object]:
    db = sqlite3.connect(file)
    db.execute("CREATE VIRTUAL TABLE peer USING fts5(text, content='')")
    lines = path.read_bytes().splitlines()
    rows = ((n, " ".join(index_terms(orjson.loads(line)["text"]))) for n, line in enumerate(lines))
    db.executemany("INSERT INTO peer(rowid, text) VALUES(?,?)", rows)
    db.commit()

    def find(query: str) -> object:
        terms = " OR ".join(f'"{term}"' for term in index_terms(query))
        return db.execute("SELECT rowid FROM peer WHERE peer MATCH ? ORDER BY rank LIMIT 10", (terms,)).fetchall()

    return find


def each(find: Callable[[str], object], queries: list[str], passes: int = 3) -> list[float]:
    """Seconds of each query, the median of several passes over all of them: what else the machine does is left out."""
    times = [[timed(lambda q=q: find(q)) for q in queries] for _ in range(passes)]
    return [statistics.median(of_one) for of_one in zip(*times, strict=True)]


def measure_search(count: int, folder: Path) -> dict[str, object]:
    path, home = folder / "big.jsonl", folder / "big"
    write_life(path, count)
    import_command(path, home)
    words = Words(1)
    queries = [" ".join(words.text().split()[: 1 + number % 4]) for number in range(600)]
    questions = [f"2019년 3월에 사람{n}이랑 {q}" if n % 2 else f"{q} in May 2014" for n, q in enumerate(queries[:300])]
    peer = fts5(path, folder / "peer.db")
    with Vault.open(home) as vault, Memory(vault) as memory:

        def ours(query: str) -> object:
            return search(memory, query, now=_NOW, k=10)

        for query in queries[:50]:
            ours(query)
        results = {
            "darak, words": each(ours, queries),
            "darak, questions with a time and a person": each(ours, questions),
            "SQLite FTS5, the same words": each(peer, queries[:200], passes=1),
        }
    quantiles = {name: statistics.quantiles(times, n=100) for name, times in results.items()}
    return {
        "records": count,
        "milliseconds": {name: {"p50": q[49] * 1e3, "p99": q[98] * 1e3} for name, q in quantiles.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="records", type=int, default=200_000, metavar="N")
    parser.add_argument("--search", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DARAK_KEYS"] = str(folder / "keys")
        before = read_result("speed")
        going_in = measure_import(args.records, args.runs, folder) if args.records else before["import"]
        found = measure_search(args.search, folder) if args.search else before["search"]
    write_result("speed", {"import": going_in, "search": found})
    profiled = [[step, f"{us:.1f}"] for step, us in going_in["profile_us"].items()]  # type: ignore[union-attr]
    latencies = [[name, f"{ms['p50']:.1f}", f"{ms['p99']:.1f}"] for name, ms in found["milliseconds"].items()]  # type: ignore[union-attr]
    write_section(
        "speed",
        f"""## Speed

`python bench/speed.py`: {
            going_in["records"]:,} short records from the exchange format through `darak import` (read, encrypt,
index, seal; medians of {len(going_in["runs"]["darak"])} runs on {
            os.cpu_count()
        } cores), against Tantivy alone on one thread in the same runs.

{
            table(
                ["", "records/s"],
                [
                    ["darak import", f"{going_in['records_per_second']:,.0f}"],
                    ["Tantivy alone", f"{going_in['tantivy_alone_per_second']:,.0f}"],
                    ["ratio", f"{going_in['ratio']:.2f}"],
                ],
            )
        }

Where the time goes, in microseconds a record, each step alone on one thread:

{table(["step", "µs"], profiled)}

Search in a warm process at {
            found["records"]:,} records, ten hits with their records read from the vault; each query's time
is the median of three passes over all (of FTS5, one pass):

{table(["", "p50 ms", "p99 ms"], latencies)}
""",
    )


if __name__ == "__main__":
    main()
