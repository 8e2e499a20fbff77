"""The examples run as they stand, on a small life."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from darak.sdk.life import Life

from .conftest import Served

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCS = EXAMPLES.with_name("docs")


def run(name: str, *arguments: str, **surroundings: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | surroundings,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def at_rest(opened: Life) -> None:
    """The life in the vault that the examples open."""
    opened.close()


def test_ask(at_rest: None) -> None:
    told = run("ask.py", "When did Seojun Kim adopt a puppy?")
    assert "1 March 2024" in told
    assert "[1] 2024-03-02T10:00" in told


def test_remember(at_rest: None) -> None:
    assert "Lent the ladder" in run("remember.py", "Lent", "the ladder")
    assert "Lent the ladder" in run("ask.py", "Who has the ladder that I lent?")


def test_on_this_day(at_rest: None) -> None:
    told = run("on_this_day.py", "03-02")
    assert told.splitlines()[1].endswith("phone: Congratulations!")
    assert run("on_this_day.py", "02-29") == ""


def test_friends(opened: Life, tmp_path: Path, lines: object) -> None:
    chat = [
        {"type": "record", "id": f"old-{n}", "source": "phone", "kind": "message", "time": f"2019-05-{n:02}T09:00",
         "author": "Hyunwoo", "people": ["Hyunwoo", "me"], "text": f"See you on day {n}"} for n in range(1, 26)
    ]  # fmt: skip
    opened.import_(lines(tmp_path / "chat.jsonl", chat))  # type: ignore[operator]
    opened.close()
    assert "Hyunwoo, 25 records, last on 2019-05-25: See you on day 25" in run("friends.py")


def test_inbox(served: Served, life_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    life_file.rename(folder / "life.jsonl")
    key = served.key("inbox", "read", "ask", "write")
    told = run("inbox.py", str(folder), DARAK_URL=served.url, DARAK_KEY=key)
    assert "life.jsonl: 3 new, 0 known (done)" in told
    assert "life.jsonl: 0 new, 3 known (done)" in run("inbox.py", str(folder), DARAK_URL=served.url, DARAK_KEY=key)


def test_openai_client(served: Served, life_file: Path) -> None:
    pytest.importorskip("openai", reason="the official client is not installed")
    with served.life() as life:
        life.import_(life_file)
    told = run("openai_client.py", "When did Seojun Kim adopt a puppy?", **as_a_program(served))
    assert "1 March 2024" in told
    assert f"[1] We adopted a puppy yesterday! His name: Bori. {served.url}/records/" in told


def as_a_program(served: Served) -> dict[str, str]:
    return {"DARAK_URL": served.url, "DARAK_KEY": served.key("program", "read", "ask"), "NO_PROXY": "*"}


@pytest.mark.parametrize("page", ["api.md", "mcp.md"])
def test_what_the_documentation_shows(served: Served, life_file: Path, page: str) -> None:
    for library in ("openai", "mcp"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    with served.life() as life:
        life.import_(life_file)
    surroundings = os.environ | as_a_program(served)
    shown = re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert shown
    for program in shown:
        program = program.replace("When did I last see the dentist?", "When did Seojun Kim adopt a puppy?")
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=surroundings)
        assert done.returncode == 0, done.stderr
        assert "1 March 2024" in done.stdout


def test_each_is_short() -> None:
    examples = sorted(EXAMPLES.glob("*.py"))
    assert len(examples) == 6
    assert all(len(path.read_text("utf-8").splitlines()) < 25 for path in examples)
