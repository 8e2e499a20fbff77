"""Commits out of repositories and out of the text of git log; a repository's settings start no program."""

from __future__ import annotations

import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.code import git as git_module
from darak.importers.code.commits import commit_time
from darak.importers.code.git import GitImporter

GIT = GitImporter()


def git(folder: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": "김마루",
        "GIT_AUTHOR_EMAIL": "Maru@example.org",
        "GIT_AUTHOR_DATE": "1767388500 +0900",
        "GIT_COMMITTER_NAME": "Gaon",
        "GIT_COMMITTER_EMAIL": "gaon@example.org",
        "GIT_COMMITTER_DATE": "1767389000 +0100",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    run = subprocess.run(("git", *arguments), cwd=folder, env=environment, capture_output=True, check=True, text=True)
    return run.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "attic"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "문 a").write_text("one\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Open the attic\n\n    indented\nBody commit 12")
    git(folder, "checkout", "-q", "-b", "side")
    (folder / "b").write_text("two\nthree\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "둘째")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    return folder


def test_a_commit_has_author_time_message_and_files(repository: Path, read: Callable) -> None:
    reading = read(GIT, repository)
    merge, second, first = reading.records
    assert [record.title for record in (first, second, merge)] == ["Open the attic", "둘째", "Merge"]
    assert first.text == "Open the attic\n\n    indented\nBody commit 12"
    assert first.time.iso() == "2026-01-03T06:15:00+09:00" and first.thread == "attic"
    assert (first.author.handle, first.author.name) == ("maru@example.org", "김마루")
    assert [person.name for person in first.people] == ["Gaon"]
    assert first.extra == {"activity": "commit", "files": ["문 a"], "files_changed": 1, "lines_added": 1}
    assert (first.parent, second.parent, merge.parent) == (None, first.native_id, first.native_id)
    assert merge.extra["merges"] == [second.native_id]


def test_a_bare_repository_and_one_in_a_zip_give_the_same(repository: Path, tmp_path: Path, read: Callable) -> None:
    ids = {record.native_id for record in read(GIT, repository).records}
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    assert {record.native_id for record in read(GIT, tmp_path / "bare.git").records} == ids
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in repository.rglob("*"):
            archive.write(path, path.relative_to(repository.parent))
    zipped = read(GIT, tmp_path / "all.zip").records
    assert {record.native_id for record in zipped} == ids and {record.thread for record in zipped} == {"attic"}


@pytest.mark.parametrize(
    "options", [(), ("--date=iso",), ("--date=rfc", "--stat"), ("--date=raw", "--name-only"), ("--numstat", "--all")]
)
def test_the_text_of_git_log_gives_the_same(
    options: tuple[str, ...], repository: Path, tmp_path: Path, read: Callable
) -> None:
    expected = {(r.native_id, r.text, r.time.instant("UTC")) for r in read(GIT, repository).records}
    path = tmp_path / "log.txt"
    path.write_text(git(repository, "log", *options), "utf-8")
    found = read(GIT, path).records
    assert {(r.native_id, r.text, r.time.instant("UTC")) for r in found} == expected
    assert {r.time.zone for r in found} == {"+09:00"}


@pytest.mark.parametrize("form", ["--object-format=sha256", "--ref-format=reftable"])
def test_newer_forms_of_repositories_are_read(form: str, tmp_path: Path, read: Callable) -> None:
    try:
        git(tmp_path, "init", "-q", form, "new")
    except subprocess.CalledProcessError:
        pytest.skip(f"this git knows no {form}")
    git(tmp_path / "new", "commit", "-q", "--allow-empty", "-m", "One")
    assert [record.title for record in read(GIT, tmp_path / "new").records] == ["One"]


def test_a_partial_clone_is_read_without_asking_its_server(repository: Path, tmp_path: Path, read: Callable) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{repository}", "partial.git")
    reading = read(GIT, tmp_path / "partial.git")
    assert len(reading.records) == 3 and not reading.bad
    assert reading.records[-1].extra["files"] == ["문 a"]


def test_settings_of_a_repository_start_nothing(repository: Path, tmp_path: Path, read: Callable) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    with (repository / ".git" / "config").open("a") as config:
        config.write(f"[core]\n\tpager = {trap}\n\tfsmonitor = {trap}\n\tsshCommand = {trap}\n")
        config.write(f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {trap}\n[diff]\n\texternal = {trap}\n")
    assert len(read(GIT, repository).records) == 3
    assert not (tmp_path / "sprung").exists()


def test_a_repository_that_lacks_objects_tells_it(repository: Path, read: Callable) -> None:
    first = git(repository, "rev-list", "--max-parents=0", "HEAD").strip()
    (repository / ".git" / "objects" / first[:2] / first[2:]).unlink()
    reading = read(GIT, repository)
    assert [bad.code for bad in reading.bad] == ["damaged-repository"]


def test_without_the_program_git_it_is_said(repository: Path, read: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_module, "has_git", lambda: False)
    assert [bad.code for bad in read(GIT, repository).bad] == ["no-git"]


def test_an_empty_repository_holds_nothing(tmp_path: Path, read: Callable) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    reading = read(GIT, tmp_path / "empty.git")
    assert not reading.records and not reading.bad


def test_a_damaged_commit_costs_itself(tmp_path: Path, read: Callable) -> None:
    one = "commit {}\nAuthor: A <a@example.org>\nDate:   Fri Jan 2 21:15:00 2026 +0000\n\n    {}\n\n"
    log = (
        one.format("1" * 40, "one")
        + one.format("2" * 40, "two").replace("commit", "com?it")
        + one.format("3" * 40, "x")
    )
    path = tmp_path / "log.txt"
    path.write_text(log)
    reading = read(GIT, path)
    assert [record.title for record in reading.records] == ["one", "x"] and len(reading.bad) == 1


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Fri Jan 2 21:15:00 2026 +0900", "2026-01-02T21:15:00+09:00"),
        ("2026-01-02 21:15:00 -0330", "2026-01-02T21:15:00-03:30"),
        ("2026-01-02T21:15:00+09:00", "2026-01-02T21:15:00+09:00"),
        ("Fri, 2 Jan 2026 21:15:00 +0900", "2026-01-02T21:15:00+09:00"),
        ("1767388500 +0900", "2026-01-03T06:15:00+09:00"),
        ("1767388500", "2026-01-02T21:15:00Z"),
        ("2 days ago", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    time = commit_time(written)
    assert (time.iso() if time else None) == iso
