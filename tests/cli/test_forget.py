"""`darak forget` on the command line: what it shows, when it refuses, what it leaves."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.records.receipt import parse_receipt


def message(text: str, author: str, **more: Any) -> dict[str, Any]:
    common = {"type": "record", "source": "phone", "kind": "message", "time": "2024-05-01T10:00+09:00"}
    return {**common, "author": author, "thread": f"chat with {author}", "text": text, **more}


LIFE = [
    message("the heronkeeper waits at the pier", "Hyunwoo"),
    message("see you at noon", "Hyunwoo"),
    message("an ordinary day", "민지"),
    {"type": "sample", "source": "watch", "metric": "steps", "value": 5, "unit": "count", "time": "2024-05-01"},
]


@pytest.fixture
def life(darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path) -> Path:
    path = lines(tmp_path / "life.jsonl", LIFE)
    assert darak("import", path).returncode == 0
    return path


def found(darak: Callable[..., Any], *words: str) -> list[str]:
    """The texts that a search finds for each of the words, all together."""
    outs = [darak("search", "--json", "--context", "0", "--", word).stdout for word in words]
    return [json.loads(line)["text"] for out in outs for line in out.splitlines()]


def test_it_shows_what_would_go_and_refuses_without_a_yes(darak, life):
    done = darak("forget", "--person", "Hyunwoo")
    assert done.returncode == 2 and "nothing was forgotten" in done.stderr
    for part in ("2 records", "2024-05-01", "phone", "people: Hyunwoo", "heronkeeper waits"):
        assert part in done.stderr
    assert "heronkeeper" in found(darak, "heronkeeper")[0]


def test_forgotten_is_not_found_exported_or_imported_again(darak, life):
    done = darak("forget", "--person", "Hyunwoo", "--yes")
    assert done.returncode == 0 and "Forgotten: 2 records." in done.stdout
    assert str(life) in done.stdout, "the file that still holds it is named"
    assert darak("import", life).returncode == 0
    assert "heronkeeper" not in " ".join(found(darak, "heronkeeper"))
    assert "heronkeeper" not in darak("export", "-").stdout


def test_the_receipt_is_printed_written_and_verified(darak, life, home):
    receipt = json.loads(darak("forget", "--thread", "chat with Hyunwoo", "--yes", "--json").stdout)
    (path,) = (home / "receipts").glob("*.json")
    assert json.loads(path.read_text()) == receipt
    assert receipt["records"] == 2 and "Hyunwoo" not in json.dumps(receipt)
    done = darak("forget", "--verify", path)
    assert done.returncode == 0 and "The receipt holds: 2 records" in done.stdout
    assert json.loads(darak("forget", "--verify", path, "--json").stdout) == {"holds": True, "complaints": []}


def test_a_vault_from_a_backup_does_not_pass_the_check(darak, life, home, tmp_path):
    shutil.copytree(home, tmp_path / "backup")
    darak("forget", "--search", "heronkeeper", "--yes")
    (path,) = (home / "receipts").glob("*.json")
    kept = shutil.copy(path, tmp_path / "receipt.json")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup", home)
    done = darak("forget", "--verify", kept)
    assert done.returncode == 1 and "1 forgotten records are in the vault again" in done.stderr


def test_the_same_command_again_gives_the_same_receipt(darak, life):
    first = darak("forget", "--person", "Hyunwoo", "--yes", "--json")
    again = darak("forget", "--person", "Hyunwoo", "--yes", "--json")
    assert again.returncode == 0 and again.stdout == first.stdout


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--source", "watch"], {"records": 3, "samples": 0}),
        (["--metric", "steps"], {"records": 3, "samples": 0}),
        (["--since", "2024", "--until", "2024-05"], {"records": 0, "samples": 0}),
        (["--kind", "message", "--person", "민지"], {"records": 2, "samples": 1}),
        (["--search", "noon", "--person", "Hyunwoo"], {"records": 2, "samples": 1}),
        (["--person", "민지", "--person", "Hyunwoo"], {"records": 0, "samples": 1}),
    ],
)
def test_options_together_narrow_what_goes(darak, life, options, left):
    assert darak("forget", *options, "--yes").returncode == 0
    status = json.loads(darak("status", "--json").stdout)
    assert {key: status[key] for key in left} == left


def test_a_record_by_its_id(darak, life):
    (hit,) = (json.loads(line) for line in darak("search", "--json", "--", "heronkeeper").stdout.splitlines()[:1])
    assert darak("forget", "--record", hit["id"][:12], "--yes").returncode == 0
    assert len(found(darak, "noon")) and hit["text"] not in found(darak, "heronkeeper")


def test_a_word_goes_with_its_endings_and_inside_longer_words_only_when_asked(darak, lines, tmp_path):
    texts = ("이사를 했다", "이사회가 열렸다", "heron at the pier", "the heronkeeper waits")
    darak("import", lines(tmp_path / "a.jsonl", [message(text, "A") for text in texts]))
    for words, inside, plain in (("이사", 2, 1), ("heron", 2, 1)):
        seen = [
            json.loads(darak("forget", *o, "--dry-run", "--json").stdout)["records"]
            for o in (["--search", words, "--inside"], ["--search", f'"{words}"'], ["--search", words])
        ]
        assert seen == [inside, inside, plain]
        assert darak("forget", "--search", words, "--yes").returncode == 0
    assert darak("export", "-").stdout.count("이사회") == darak("export", "-").stdout.count("heronkeeper") == 1


def test_a_record_that_was_shown_can_be_kept(darak, life):
    shown = darak("forget", "--person", "Hyunwoo", "--dry-run").stdout
    (line,) = (line for line in shown.splitlines() if "noon" in line)
    assert darak("forget", "--person", "Hyunwoo", "--keep", line.split()[0], "--yes").returncode == 0
    assert found(darak, "noon") and "heronkeeper" not in " ".join(found(darak, "heronkeeper"))
    assert len(found(darak, "noon", "ordinary")) == 2


def test_a_dry_run_shows_everything_and_erases_nothing(darak, life):
    done = darak("forget", "--all", "--dry-run")
    assert done.returncode == 0 and "3 records and 1 sample, 2024-05-01 to 2024-05-01" in done.stdout
    told = json.loads(darak("forget", "--all", "--dry-run", "--json").stdout)
    assert (told["records"], told["samples"], len(told["ids"])) == (3, 1, 3)
    assert told["by_source"] == {"phone": 3, "watch": 1} and told["people"] == {"Hyunwoo": 2, "민지": 1}
    assert json.loads(darak("status", "--json").stdout)["records"] == 3
    assert "Nothing in this memory fits." in darak("forget", "--search", "zebra", "--dry-run").stdout


def test_everything_at_once(darak, life, home):
    assert darak("forget", "--all").returncode == 2
    assert darak("forget", "--all", "--yes").returncode == 0
    status = json.loads(darak("status", "--json").stdout)
    assert (status["records"], status["samples"]) == (0, 0)
    (path,) = (home / "receipts").glob("*.json")
    assert darak("forget", "--verify", path).returncode == 0


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ([], 2, "say what to forget"),
        (["--person", "Nobody"], 2, "nobody called Nobody"),
        (["--thread", "nowhere"], 2, "no thread called nowhere"),
        (["--record", "ffff"], 2, "begins with ffff"),
        (["--search", "zebra", "--yes"], 1, "nothing was forgotten"),
        (["--metric", "steps", "--person", "Hyunwoo"], 2, "a metric has no"),
        (["--since", "yesterday"], 2, "no day"),
        (["--all", "--person", "Hyunwoo"], 2, "say one of the two"),
        (["--inside"], 2, "--inside is about"),
        (["--person", "Hyunwoo", "--keep", "ffff"], 2, "begins with ffff"),
        (["--verify", "/no/such/receipt"], 1, "/no/such/receipt"),
        (["--verify", "/dev/null"], 1, "no receipt"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(darak, life, options, code, said):
    done = darak("forget", *options)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
    assert len(found(darak, "heronkeeper", "noon", "ordinary")) == 3


@pytest.mark.parametrize(
    ("options", "answer", "left"),
    [
        (["--person", "Hyunwoo"], "n\n", 3),
        (["--person", "Hyunwoo"], "\n", 3),
        (["--person", "Hyunwoo"], "y\n", 1),
        (["--all"], "y\n", 3),
        (["--all"], "forget\n", 0),
        (["--all"], "잊기\n", 0),
    ],
)
def test_in_a_terminal_it_asks(darak, life, options, answer, left):
    """A pseudo-terminal answers for the user."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "darak.cli.main", "forget", *options]
    with subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        os.write(controller, answer.encode())
        _, err = process.communicate(timeout=60)
    os.close(controller)
    os.close(terminal)
    assert 'Type "forget" to do it' in err if "--all" in options else "It cannot be undone. [y/N]" in err
    assert process.returncode == (0 if left < 3 else 1)
    assert len(found(darak, "heronkeeper", "noon", "ordinary")) == left


def test_an_archive_that_still_holds_it_is_named_once(darak, tmp_path):
    with zipfile.ZipFile(tmp_path / "diary.zip", "w") as archive:
        for day in range(1, 8):
            line = {"type": "record", "id": f"d{day}", "source": "diary", "kind": "note", "text": f"a heron, day {day}"}
            archive.writestr(f"{day}.jsonl", json.dumps(line))
    assert darak("import", tmp_path / "diary.zip").returncode == 0
    told = darak("forget", "--source", "diary", "--yes").stdout
    assert f"  {tmp_path}/diary.zip (1.jsonl, 2.jsonl, 3.jsonl and 4 more)\n" in told
    (receipt,) = (parse_receipt(path.read_bytes()) for path in (tmp_path / "home" / "receipts").iterdir())
    assert [*receipt.members] == [f"{tmp_path}/diary.zip"] and len(receipt.files) == 7
