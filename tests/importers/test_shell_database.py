"""Command histories in databases: IPython, Atuin and zsh-histdb."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from darak.importers.code.shell_database import ShellDatabaseImporter

DATABASES = ShellDatabaseImporter()
SECOND = 1_767_388_500


def write(tmp_path: Path, *statements: str) -> Path:
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def test_ipython_knows_the_time_of_its_sessions(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path,
        "CREATE TABLE sessions(session integer primary key, start timestamp, end timestamp, num_cmds, remark)",
        "CREATE TABLE history(session integer, line integer, source text, source_raw text, PRIMARY KEY(session, line))",
        "CREATE TABLE output_history(session integer, line integer, output text)",
        "INSERT INTO sessions VALUES(1, '2026-01-02 21:15:00.123456', NULL, 2, '')",
        "INSERT INTO history VALUES(1, 1, 'get_ipython()', '%ls'), (1, 2, 'x', 'password = \"hunter2XyZ\"')",
    )
    first, second = read(DATABASES, path).records
    assert (first.source, first.text, first.thread) == ("ipython", "%ls", "session 1")
    assert first.time.iso() == "2026-01-02T21:15:00" and first.time.zone is None
    assert second.text == 'password = "[redacted]"'


def test_atuin_counts_nanoseconds(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path,
        "CREATE TABLE history(id text primary key, timestamp integer, duration integer, exit, command text, cwd text,"
        " session text, hostname text)",
        f"INSERT INTO history VALUES('a', {SECOND}250000000, 3000000000, 0, 'make all', '/home/maru', 's', 'h')",
    )
    (record,) = read(DATABASES, path).records
    assert (record.text, record.time.iso()) == ("make all", "2026-01-02T21:15:00.250Z")
    assert record.extra == {"activity": "command", "shell": "Atuin", "seconds": 3, "folder": "/home/maru"}


def test_histdb_keeps_commands_and_places_apart(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path,
        "CREATE TABLE commands(id integer primary key, argv text)",
        "CREATE TABLE places(id integer primary key, host text, dir text)",
        "CREATE TABLE history(id integer primary key, session int, command_id int, place_id int, exit_status int,"
        " start_time int, duration int)",
        "INSERT INTO commands VALUES(5, 'make all')",
        "INSERT INTO places VALUES(6, 'h', '/home/maru')",
        f"INSERT INTO history VALUES(1, 0, 5, 6, 0, {SECOND}, 3), (2, 0, 99, 6, 0, {SECOND}, 3)",
    )
    reading = read(DATABASES, path)
    (record,) = reading.records
    assert (record.text, record.time.iso(), record.extra["folder"]) == (
        "make all",
        "2026-01-02T21:15:00Z",
        "/home/maru",
    )
    assert [bad.code for bad in reading.bad] == ["no-command"]


def test_what_sqlite_says_of_damage_in_letters_that_are_none_is_told(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path,
        "CREATE TABLE sessions(session integer primary key, start timestamp, end timestamp, num_cmds, remark)",
        "CREATE TABLE history(session integer, line integer, source text, source_raw text, PRIMARY KEY(session, line))",
        "CREATE TABLE output_history(session integer, line integer, output text)",
    )
    path.write_bytes(path.read_bytes().replace(b"sqlite_autoindex_history_1", b"sqlite_au\xd2oindex_history_1"))
    reading = read(DATABASES, path)
    assert reading.matches and [bad.code for bad in reading.bad] == ["damaged-database"]
