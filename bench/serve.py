"""A server that fifty people lean on: `python bench/serve.py [--minutes 10] [--people 50] [--home DIR]`.

Starts `darak serve` on a sample life, or on the vault in DIR, and has it used by 50 people at once from another
process; then kills and stops it while notes, files and turns of conversations come in, and looks whether everything
that was acknowledged is there; then sends what no browser sends. At last it measures in Chromium how long the first
answer takes to be seen. Writes bench/results/serve.json and a section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

_DARAK = (sys.executable, "-W", "ignore", "-m", "darak.cli.main")
_OWN_QUESTIONS = [
    "When did I last see the dentist?",
    "지난달에 커피에 얼마 썼지?",
    "Who sent me photos in May?",
    "요즘 잠은 어때?",
]
"""For a vault of which nothing is known."""
_GOALS = {"search": 100.0, "pages": 200.0}
"""Milliseconds within which 95 of 100 are to be done."""


@dataclass(frozen=True)
class Server:
    """A running `darak serve`: where it listens, and the owner's token."""

    process: subprocess.Popen[str]
    url: str
    token: str

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), parts.port or 80

    def cpu(self) -> float:
        """Seconds of processor time that the server has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def client(self) -> httpx.Client:
        """Asks as the owner."""
        headers = {"authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, trust_env=False)

    def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait(60)


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[Server]:
    """`darak serve` on the vault in `home`, until the end of the block."""
    command = [*_DARAK, "serve", "--home", str(home), "--no-browser", "--port", "0"]
    known = {**os.environ, "TZ": "Asia/Seoul", **environment}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=known)
    try:
        assert process.stdout is not None and process.stdout.readline(), "darak serve has not started"
        beacon = json.loads((home / "server.json").read_text())
        yield Server(process, beacon["url"], beacon["token"])
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


@dataclass
class Writers:
    """Programs that write to one server as fast as it answers: notes, turns of a conversation, and now and then a
    file. What it has acknowledged is in `notes`, `turns` (with the conversation) and `files`."""

    server: Server
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    turns: list[tuple[str, str]] = field(default_factory=list)

    async def run(self, count: int) -> None:
        await asyncio.gather(*(self._write(number) for number in range(count)))

    async def _write(self, number: int) -> None:
        headers = {"authorization": f"Bearer {self.server.token}"}
        known = {"base_url": self.server.url, "headers": headers, "timeout": 30, "trust_env": False}
        async with httpx.AsyncClient(verify=False, **known) as client:
            conversation = None
            try:
                while True:
                    word = f"w{random.getrandbits(60):015x}"
                    if number % 4 == 1:
                        asked = {"question": f"What is {word}?", "conversation": conversation}
                        answer = await client.post("/api/ask", json=asked)
                        if answer.status_code == 200:
                            conversation = answer.json()["conversation"]
                            self.turns.append((conversation, word))
                    elif number % 4:
                        answer = await client.post("/api/remember", json={"text": word})
                        self.notes += [word] * (answer.status_code == 201)
                    else:
                        line = {"type": "record", "id": word, "source": "load", "kind": "note", "text": word}
                        answer = await client.post(f"/api/imports?name={word}.jsonl", content=json.dumps(line))
                        self.files += [word] * (answer.status_code == 202)
                        await asyncio.sleep(0.5)
            except httpx.HTTPError:
                return  # it was stopped; what was not acknowledged may be lost


async def end_under_load(server: Server, writers: Writers, number: int, after: float) -> None:
    """Lets eight programs write, and ends the server meanwhile with this signal."""
    writing = asyncio.create_task(writers.run(8))
    await asyncio.sleep(after)
    await asyncio.to_thread(server.end, number)
    await writing


def restarts(home: Path, rounds: int, seed: int = 0) -> dict[str, int]:
    """Ends the server under load `rounds` times, by turns with SIGKILL and SIGTERM. How much was acknowledged and how
    much of it is missing afterwards."""
    rng = random.Random(seed)
    notes: list[str] = []
    files: list[str] = []
    turns: list[tuple[str, str]] = []
    for number in range(rounds):
        with serving(home) as server:
            writers = Writers(server)
            asyncio.run(
                end_under_load(server, writers, (signal.SIGKILL, signal.SIGTERM)[number % 2], rng.uniform(1, 4))
            )
            notes += writers.notes
            files += writers.files
            turns += writers.turns
    with serving(home) as server, server.client() as client:
        while client.get("/api/status").json()["importing"]:
            time.sleep(0.2)
        exported = client.get("/api/export").text
        said = {name: client.get(f"/api/conversations/{name}").text for name, _ in turns}
    missing = sum(f'"{word}"' not in exported for word in (*notes, *files))
    missing += sum(word not in said[name] for name, word in turns)
    return {"rounds": rounds, "notes": len(notes), "files": len(files), "turns": len(turns), "missing": missing}


def malformed(home: Path, count: int, connections: int, seconds: float) -> dict[str, Any]:
    """Sends malformed requests and slow ones; the statuses, and how long a sound request takes beside and after."""
    from malformed import crawl, send_all

    with serving(home) as server, server.client() as client:
        statuses = send_all(server.address, server.token, count)
        began = time.perf_counter()
        assert client.get("/api/here").status_code == 200
        after = time.perf_counter() - began
        closed = crawl(server.address, connections, seconds)
        assert client.post("/api/search", json={"query": "coffee"}).status_code == 200
    told = {str(status): times for status, times in sorted(statuses.items(), key=lambda one: one[0] or 0)}
    return {
        "requests": count,
        "statuses": told,
        "server_faults": sum(times for status, times in statuses.items() if (status or 0) >= 500),
        "ms_after": round(1000 * after, 1),
        "slow_connections": connections,
        "slow_closed": closed,
    }


def first_answer(home: Path, question: str) -> dict[str, float]:
    """Milliseconds from Enter to the first answer on the page in Chromium, just after the server has started, and
    again."""
    from playwright.sync_api import sync_playwright

    with serving(home) as server, server.client() as client, sync_playwright() as playwright:
        link = client.post("/api/links").json()["link"]
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(link)
        took: list[float] = []
        for _ in range(2):
            page.goto(server.url)
            page.fill("#q", question)
            began = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_selector(".turn:last-child .answer")
            took.append(1000 * (time.perf_counter() - began))
        chromium.close()
    return {"first_ms": round(took[0]), "second_ms": round(took[1])}


def main() -> None:
    from load import Load
    from report import write_result

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--home", type=Path, help="an existing vault, on which only the load is run")
    parser.add_argument("--rounds", type=int, default=10, help="how often the server is ended under load")
    parser.add_argument("--requests", type=int, default=1000, help="malformed ones")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home, questions = args.home, _OWN_QUESTIONS
        if home is None:
            os.environ["DARAK_KEYS"] = f"{scratch}/keys"
            home, questions = _sample(Path(scratch))
        with serving(home) as server:
            load = Load(server.url, server.token, questions, args.people)
            before, began = server.cpu(), time.monotonic()
            asyncio.run(load.run(60 * args.minutes))
            share = (server.cpu() - before) / (time.monotonic() - began)
        figures = load.figures()
        print(json.dumps(figures, indent=1), *load.failed[:20], sep="\n")
        result: dict[str, Any] = {"people": args.people, "minutes": args.minutes, "kinds": figures}
        result |= {"failed": len(load.failed), "cores_used": round(share, 2)}
        if args.home is None:
            result["first_answer"] = first_answer(home, questions[0])
            result["restarts"] = restarts(home, args.rounds)
            result["malformed"] = malformed(home, args.requests, 200, 40.0)
            print(json.dumps(result, indent=1))
            write_result("serve", result)
            _write(result)
    late = [kind for kind, goal in _GOALS.items() if figures[kind]["p95"] > goal]
    sound = not load.failed and not result.get("restarts", {}).get("missing")
    if late or not sound or result.get("malformed", {}).get("server_faults"):
        sys.exit(f"not as good as it should be: late: {late}, sound: {sound}")


def _sample(folder: Path) -> tuple[Path, list[str]]:
    """The vault of a sample life, and its questions."""
    known = {**os.environ, "TZ": "Asia/Seoul"}
    subprocess.run([*_DARAK, "sample", str(folder), "--seed", "7"], check=True, env=known, stdout=subprocess.DEVNULL)
    home = folder / "vault"
    command = [*_DARAK, "import", "--home", str(home), str(folder / "life")]
    subprocess.run(command, check=True, env=known, stdout=subprocess.DEVNULL)
    lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
    return home, [json.loads(line)["question"] for line in lines]


def _write(result: dict[str, Any]) -> None:
    from report import table, write_section

    rows = [
        [kind, *(figures[name] for name in ("requests", "p50", "p95", "p99", "most"))]
        for kind, figures in result["kinds"].items()
    ]
    ended, odd, first = result["restarts"], result["malformed"], result["first_answer"]
    write_section(
        "serve",
        f"""## A server that fifty people lean on

`python bench/serve.py --minutes {result["minutes"]:g}`: {result["people"]} people at once on one `darak serve` with a
sample life, each pausing one to five seconds between two requests; milliseconds as they measure them, from another
process on the same {os.cpu_count()} cores. {result["failed"]} requests failed. The server took {result["cores_used"]}
of a core.

{table(["", "requests", "p50 ms", "p95 ms", "p99 ms", "most"], rows)}

- From Enter to the first answer in Chromium, without a model: {first["first_ms"]} ms just after the start,
  {first["second_ms"]} ms then.
- Ended under load {ended["rounds"]} times, by turns with SIGKILL and SIGTERM: of {ended["notes"]:,} notes,
  {ended["turns"]:,} turns of conversations and {ended["files"]:,} files that had been acknowledged, {ended["missing"]}
  were missing.
- {odd["requests"]:,} malformed requests (broken HTTP, headers, bodies, paths): {odd["server_faults"]} answers of 5xx; a
  sound request afterwards took {odd["ms_after"]} ms. Of {odd["slow_connections"]} connections that send their header a
  byte at a time, {odd["slow_closed"]} were closed, and requests beside them were answered.""",
    )


if __name__ == "__main__":
    main()
