"""Whatever is given on the command line: a clear sentence with what to do, an honest exit code, nothing lost."""

from __future__ import annotations

import ctypes
import gzip
import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

GOOD = {"type": "record", "id": "1", "source": "s", "kind": "note", "time": "2025-01-03", "text": "heron"}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def jsonl(*lines: dict[str, Any]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


@pytest.fixture
def kept(darak, tmp_path) -> Callable[[], bool]:
    """A vault with one record in it, and the question whether it is still there, alone."""
    (tmp_path / "good.jsonl").write_bytes(jsonl(GOOD))
    assert darak("import", tmp_path / "good.jsonl").returncode == 0

    def still_there() -> bool:
        found = darak("search", "--json", "heron").stdout.splitlines()
        return len(found) == 1 and json.loads(darak("status", "--json").stdout)["records"] == 1

    return still_there


def assert_refused(done: Any, *said: str, code: int = 1) -> None:
    assert done.returncode == code, done
    assert "Traceback" not in done.stderr and done.stderr.strip(), done.stderr
    for part in said:
        assert part in done.stderr, done.stderr


# -- what cannot be read ---------------------------------------------------------------------------------------------

_bomb = io.BytesIO()
with zipfile.ZipFile(_bomb, "w", zipfile.ZIP_DEFLATED) as _archive, _archive.open("x", "w") as _member:
    for _ in range(80):
        _member.write(bytes(1 << 20))

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "the file is empty"),
    "unknown file": (random.Random(1).randbytes(5000), "no importer knows"),
    "source code": (b"#!/bin/sh\necho just some words\n", "no importer knows"),
    "cut zip": (zipped({"x.jsonl": jsonl(GOOD) * 100})[:150], "the zip is damaged or cut off"),
    "cut tgz": (gzip.compress(os.urandom(600))[:100], "the compressed file is damaged or cut off"),
    "zip bomb": (_bomb.getvalue(), "no real export does"),
    "path escape": (zipped({"../../evil.jsonl": jsonl(GOOD)}), "points outside the archive"),
    "no zip at all": (b"PK\x03\x04" + bytes(100), "the zip is damaged or cut off"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_gives_nothing_is_refused(darak, kept, tmp_path, name):
    data, said = UNREADABLE[name]
    path = tmp_path / "given"
    path.write_bytes(data)
    assert_refused(darak("import", path), "given", said)
    assert kept() and not (tmp_path.parent / "evil.jsonl").exists()
    (only,) = [json.loads(line) for line in darak("import", "--json", path).stdout.splitlines()]
    assert only["state"] == "incomplete" and only["problems"][0].keys() == {"code", "locator", "message"}


def test_what_is_not_there_is_refused(darak, kept, tmp_path):
    (tmp_path / "empty").mkdir()
    assert_refused(darak("import", tmp_path / "missing.zip"), "missing.zip", "no such file or folder")
    assert_refused(darak("import", tmp_path / "empty"), "empty", "nothing in it")
    assert_refused(darak("import"), "say what to import", code=2)
    assert kept()


def test_one_bad_file_does_not_keep_the_others_out(darak, kept, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, (data, _) in UNREADABLE.items():
        (folder / name).write_bytes(data)
    (folder / "also.jsonl").write_bytes(jsonl({**GOOD, "id": "2", "text": "crane"}))
    done = darak("import", folder)
    assert_refused(done, "the zip is damaged")
    assert "crane" in darak("search", "crane").stdout and "heron" in darak("search", "heron").stdout


def test_a_wrong_encoding_costs_only_its_own_lines(darak, kept, tmp_path):
    path = tmp_path / "mixed.jsonl"
    korean = jsonl({**GOOD, "id": "3", "text": "왜가리"})
    path.write_bytes(jsonl({**GOOD, "id": "2", "text": "crane"}) + korean.decode().encode("cp949"))
    assert_refused(darak("import", path), "bad-json", "bytes ")
    assert "crane" in darak("search", "crane").stdout


def test_a_cut_off_gzip_keeps_what_was_before_the_cut(darak, kept, tmp_path):
    rng = random.Random(2)
    lines = [{**GOOD, "id": f"z{number}", "text": f"crane {rng.random()}"} for number in range(5000)]
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(jsonl(*lines))[:60_000])
    done = darak("import", "--json", tmp_path / "x.jsonl.gz")
    (report,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and report["state"] == "incomplete" and 100 < report["new"] < 5000
    assert "unreadable" in {problem["code"] for problem in report["problems"]}


def test_random_bytes_break_no_importer(darak, tmp_path):
    """Heads of every format with garbage after them, through everything that is installed."""
    rng = random.Random(3)
    heads = [
        b"From a@b Thu Jan  1 00:00:00 2025\n",
        b"BEGIN:VCALENDAR\r\n",
        b'<?xml version="1.0"?>\n<HealthData>',
        b"---\n",
        b'[{"mapping": {',
        "저장한 날짜 : 2026년 2월 16일 오후 4:45\n".encode(),
        b"Date,User,Message\n",
        b'{"type": "record"',
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\xff\xfe",
        b"Message-ID: <x>\nFrom: a@b\n\n",
        b"# A title\n",
    ]
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, head in enumerate(heads * 3):
        garbage = rng.randbytes(300) if number % 2 else "".join(rng.choices("\n\t,:<>[]{}\"' ab가5", k=300)).encode()
        (folder / f"{number}").write_bytes(head + garbage)
    done = darak("import", "--json", folder)
    assert "Traceback" not in done.stderr
    codes = {problem["code"] for line in done.stdout.splitlines() for problem in json.loads(line)["problems"]}
    assert "importer-failed" not in codes


_MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stderr)
"""


def peak_memory(command: list[str]) -> tuple[int, str, float]:
    """Runs a command from a small process, as a child counts its parent's memory until it begins. Returns its exit
    code, its errors, and the most memory it held, in MB."""
    measured = subprocess.run([sys.executable, "-c", _MEASURE, *command], capture_output=True, text=True, check=True)
    code, most, errors = measured.stdout.split(" ", 2)
    return int(code), errors, int(most) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.mark.parametrize(
    "begin", [b'{"type": "record", "source": "s", "text": "', b"x", b'[{"mapping": "', b"2025-01-01, "]
)
def test_one_endless_line_costs_little_memory(tmp_path, begin):
    path = tmp_path / "endless"
    with path.open("wb") as stream:
        stream.write(begin)
        for _ in range(100):
            stream.write(b"x" * (1 << 20))
    code, errors, most = peak_memory([sys.executable, "-m", "darak.cli.main", "import", str(path)])
    assert code == 1 and "Traceback" not in errors and errors.strip()
    assert most < 300


# -- places that cannot be read or written ---------------------------------------------------------------------------


def ordinary_user() -> None:
    """Takes from root what root may do with other people's files, so that permissions hold in any CI."""
    if os.geteuid() == 0:
        drop_bounding, override, read_search = 24, 1, 2
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (override, read_search):
            assert libc.prctl(drop_bounding, capability, 0, 0, 0) == 0


@pytest.fixture
def as_ordinary_user(darak_process) -> Callable[..., Any]:
    return lambda *arguments: darak_process(*arguments, preexec_fn=ordinary_user)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions of root are dropped by a call of Linux")
def test_an_unreadable_file_is_told_and_the_rest_is_read(as_ordinary_user, kept, darak, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "locked.jsonl").write_bytes(jsonl(GOOD))
    (folder / "locked.jsonl").chmod(0)
    assert_refused(as_ordinary_user("import", folder / "locked.jsonl"), "locked.jsonl", "Permission denied")
    (folder / "open.jsonl").write_bytes(jsonl({**GOOD, "id": "2", "text": "crane"}))
    assert_refused(as_ordinary_user("import", folder), "locked.jsonl")
    assert "crane" in darak("search", "crane").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="permissions of root are dropped by a call of Linux")
@pytest.mark.parametrize(
    "command", [["import", "GOOD"], ["search", "heron"], ["status"], ["forget", "--source", "s", "--yes"]]
)
def test_a_home_that_may_not_be_written_is_told(as_ordinary_user, kept, home, tmp_path, command):
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    good = str(tmp_path / "good.jsonl")
    done = as_ordinary_user(*[good if part == "GOOD" else part for part in command])
    for path in (home, *home.rglob("*")):
        path.chmod(0o700)
    assert_refused(done, "may not be read or written by this user")
    assert kept()


@pytest.mark.skipif(sys.platform != "linux", reason="permissions of root are dropped by a call of Linux")
def test_a_place_where_no_vault_can_be_made_is_told(as_ordinary_user, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    for path, said in ((tmp_path / "locked" / "home", "locked"), (tmp_path / "file" / "home", "file")):
        (tmp_path / "file").touch()
        assert_refused(as_ordinary_user("init", "--home", path), said)


def test_a_file_size_limit_is_told_like_a_full_disk(darak_process, kept, tmp_path):
    """What a full disk does, and can be had without being root: no file may grow beyond 300 KB."""
    rows = [
        {**GOOD, "id": f"r{number}", "text": f"crane {random.Random(number).random()} " * 5} for number in range(20_000)
    ]
    (tmp_path / "more.jsonl").write_bytes(jsonl(*rows))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    done = darak_process("import", tmp_path / "more.jsonl", preexec_fn=limit)
    assert_refused(done, "Nothing that was stored is lost")
    done = darak_process("export", tmp_path / "out.jsonl", preexec_fn=limit)
    assert done.returncode == 0 or "lost" in done.stderr
    assert darak_process("import", tmp_path / "more.jsonl").returncode == 0
    assert json.loads(darak_process("status", "--json").stdout)["records"] == 20_001


def test_a_full_disk_is_told_and_the_same_command_goes_on(darak_process, tmp_path):
    """A file system of 4 MB of one's own; skipped where this user may not make one."""
    rows = [
        {**GOOD, "id": f"r{number}", "text": f"crane {random.Random(number).random()} " * 5} for number in range(20_000)
    ]
    (tmp_path / "more.jsonl").write_bytes(jsonl(GOOD, *rows))
    script = (
        'mount -t tmpfs -o size=4m tmpfs "$1" || exit 77\nshift\n'
        '"$@" import "$MORE"; first=$?\nls /dev/shm > /dev/null\n'
        'mount -o remount,size=200m "$DARAK_HOME"\n"$@" import "$MORE" > /dev/null || exit 78\n'
        '"$@" status --json\nexit $first'
    )
    home = tmp_path / "mounted"
    home.mkdir()
    environment = {**os.environ, "DARAK_HOME": str(home), "MORE": str(tmp_path / "more.jsonl")}
    own = ["unshare", "--mount", "--map-root-user"] if shutil.which("unshare") else ["false"]
    command = [*own, "sh", "-c", script, "sh", str(home), sys.executable, "-m", "darak.cli.main"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"this user may not mount a file system here: {done.stderr.strip()[:80]}")
    assert_refused(done, "The disk is full. Nothing that was stored is lost")
    assert json.loads(done.stdout.splitlines()[-1])["records"] == 20_001


# -- the vault itself ------------------------------------------------------------------------------------------------


def test_a_vault_in_use_is_told(darak, kept, home):
    holder = subprocess.Popen(
        [sys.executable, "-m", "darak.cli.main", "search", "--batch", "/dev/stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    for _ in range(200):
        if (home / "lock").read_text() == str(holder.pid):
            break
        time.sleep(0.05)
    done = darak("search", "heron")
    holder.communicate(b"")
    assert_refused(done, f"process {holder.pid}", "wait until it has finished")
    assert kept()


@pytest.mark.parametrize("place", [0, 20, 5000, -5000])
def test_a_damaged_database_is_told(darak, kept, home, place):
    data = bytearray((home / "vault.db").read_bytes())
    for offset in range(100):
        data[place + offset] ^= 0xFF
    (home / "vault.db").write_bytes(data)
    done = [darak(*command) for command in (["search", "heron"], ["status"], ["export", "-"], ["rebuild"])]
    assert any(one.returncode for one in done) or place != 0
    for one in done:
        assert "Traceback" not in one.stderr
        assert one.returncode == 0 or "backup" in one.stderr


def test_a_damaged_header_is_told(darak, kept, home):
    (home / "vault.json").write_text("{")
    assert_refused(darak("search", "heron"), "vault.json", "backup")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["search", "heron", "--since", "last week"], "2025-03-04"),
        (["search", "heron", "--until", "2025-02-30"], "2025-03-04"),
        (["search", "heron", "--person", "Nobody"], "nobody called Nobody"),
        (["search", "heron", "--thread", "nowhere"], "no thread called nowhere"),
        (["search", "--batch", "/no/such/file"], "/no/such/file"),
        (["forget", "--person", "Nobody", "--yes"], "nobody called Nobody"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(darak, kept, command, said):
    done = darak(*command)
    assert done.returncode in (1, 2)
    assert_refused(done, said, code=done.returncode)
    assert kept()


def test_a_command_before_there_is_a_vault_says_what_to_do(darak):
    for command in (["search", "x"], ["status"], ["export", "-"], ["forget", "--source", "x"], ["rebuild"]):
        assert_refused(darak(*command), "There is no vault", "`darak import FILE` makes one")


def test_a_tar_in_the_middle_of_a_download_is_told(darak, kept, tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.jsonl", "b.jsonl"):
            data = jsonl({**GOOD, "id": name, "text": "crane"})
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    (tmp_path / "x.tar").write_bytes(out.getvalue()[:1024])
    assert_refused(darak("import", tmp_path / "x.tar"), "the tar is cut off")
    assert "crane" in darak("search", "crane").stdout, "the whole member is in"
