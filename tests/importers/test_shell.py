"""Shell histories in, commands out: zsh, bash, fish and plain, without secrets, damaged and torn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.code.shell import ShellImporter
from darak.records.time import Precision

SHELL = ShellImporter()


def write(tmp_path: Path, text: str | bytes, name: str = "h.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def hidden(text: str) -> bytes:
    """The bytes of a text as zsh writes them."""
    return b"".join(b"\x83" + bytes((b ^ 32,)) if 0x83 <= b <= 0xA2 else bytes((b,)) for b in text.encode())


def test_zsh_gives_time_length_and_several_lines(tmp_path: Path, read: Callable) -> None:
    text = ": 1594693071:0;ls\n: 1594693172:3;for i in 1 2; do\\\n  echo $i\\\ndone\n"
    first, second = read(SHELL, write(tmp_path, text)).records
    assert (first.text, first.time.iso(), second.text) == (
        "ls",
        "2020-07-14T02:17:51Z",
        "for i in 1 2; do\n  echo $i\ndone",
    )
    assert second.extra == {"activity": "command", "shell": "zsh", "seconds": 3}


def test_zsh_hides_bytes_that_mean_something_to_it(tmp_path: Path, read: Callable) -> None:
    reading = read(SHELL, write(tmp_path, b": 1594693071:0;echo " + hidden("글 쓰기") + b"\n"))
    assert [record.text for record in reading.records] == ["echo 글 쓰기"] and not reading.flaws


def test_bash_with_times_keeps_commands_of_several_lines(tmp_path: Path, read: Callable) -> None:
    text = 'ls before\n#1616723205\ngit status\n#1616723206\necho "$(\n\ndate\n)"\n'
    records = read(SHELL, write(tmp_path, text)).records
    assert [record.text for record in records] == ["ls before", "git status", 'echo "$(\n\ndate\n)"']
    assert [record.time.precision for record in records] == [Precision.UNKNOWN, Precision.SECOND, Precision.SECOND]


@pytest.mark.parametrize("entry", ["#1616723205\ngit status\n", ": 1616723205:0;git status\n"])
def test_a_history_that_came_to_note_times_has_them_from_there_on(entry: str, tmp_path: Path, read: Callable) -> None:
    for before in (5, 9000):
        records = read(SHELL, write(tmp_path, "ls -l\ncd ..\n" * before + entry, ".history")).records
        assert [record.text for record in records[-2:]] == ["cd ..", "git status"]
        assert (len(records), records[-1].time.iso()) == (2 * before + 1, "2021-03-26T01:46:45Z")


def test_powershell_goes_on_after_a_grave_accent(tmp_path: Path, read: Callable) -> None:
    text = "Get-ChildItem |`\n  Sort-Object Length\ngit status\nSet-Location ..\n"
    records = read(SHELL, write(tmp_path, text, "ConsoleHost_history.txt")).records
    assert [record.text for record in records] == [
        "Get-ChildItem |\n  Sort-Object Length",
        "git status",
        "Set-Location ..",
    ]
    assert {record.extra["shell"] for record in records} == {"powershell"}


def test_fish_unescapes_and_leaves_paths_out(tmp_path: Path, read: Callable) -> None:
    text = "- cmd: echo a\\nb \\\\n\n  when: 1616723205\n  paths:\n    - notes/a b\n- cmd: ls\n  when: 1616723206\n"
    records = read(SHELL, write(tmp_path, text)).records
    assert [record.text for record in records] == ["echo a\nb \\n", "ls"]
    assert records[1].time.iso() == "2021-03-26T01:46:46Z"


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("ls\ncd ..\ngit log\ngrep x y\npwd\n", "whatever", True),
        ("make it\nls\nfoo --bar\nmy-tool x\n", ".bash_history", True),
        ("We went home.\nIt rained.\nls is a program.\nAll slept.\n", "diary.txt", False),
        ("We went home.\nIt rained.\n", ".bash_history", False),
        ("# Notes\n\n- cd\n- ls\n", "notes.md", False),
    ],
)
def test_a_history_without_times_is_known_by_its_commands(
    text: str, name: str, known: bool, tmp_path: Path, read: Callable
) -> None:
    assert bool(read(SHELL, write(tmp_path, text, name)).matches) == known


def test_equal_commands_stay_apart_and_have_no_native_id(tmp_path: Path, read: Callable) -> None:
    records = read(SHELL, write(tmp_path, ": 1594693297:0;ls\n: 1594693297:0;ls\n")).records
    assert [record.native_id for record in records] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        ": 1594693071:0;export TOKEN=hunter2XyZ\n",
        "#1616723205\nexport TOKEN=hunter2XyZ\n",
        "- cmd: export TOKEN=hunter2XyZ\n  when: 1616723205\n",
        ": 1594693071:0;ls\n: x594693071:0;export TOKEN=hunter2XyZ\n",
        "- cmd: ls\n  when: 1616723205\n- cmd: export TOKEN=hunter2XyZ\n  when: x\n",
        ": 1594693071:0;ls\n: 1594693071:0;export TOKEN=hunter2XyZ",
    ],
)
def test_a_secret_is_nowhere_not_even_in_bad_rows(text: str, tmp_path: Path, read: Callable) -> None:
    reading = read(SHELL, write(tmp_path, text))
    assert "export TOKEN=[redacted]" in repr(reading.items) and "hunter2" not in repr(reading.items)


def test_a_damaged_beginning_costs_its_entry(tmp_path: Path, read: Callable) -> None:
    text = ": 1594693071:0;ls\n: 15946x3072:0;pwd\n: 1594693073:0;id\n"
    reading = read(SHELL, write(tmp_path, text))
    assert [record.text for record in reading.records] == ["ls", "id"]
    assert [bad.code for bad in reading.bad] == ["bad-entry"]


def test_a_torn_end_is_told(tmp_path: Path, read: Callable) -> None:
    reading = read(SHELL, write(tmp_path, "#1616723205\nls -l\n#1616"))
    assert [record.text for record in reading.records] == ["ls -l"] and [bad.code for bad in reading.bad] == ["cut-off"]
    reading = read(SHELL, write(tmp_path, "#1616723205\nls -l"))
    assert [flaw.code for flaw in reading.flaws] == ["cut-off"]


COMMANDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and "\\" not in text and not text.startswith(("#", ":", "- "))),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(commands=COMMANDS, form=st.sampled_from(["zsh", "bash", "fish"]))
def test_what_a_shell_writes_is_read_back(
    commands: list[str], form: str, tmp_path_factory: pytest.TempPathFactory, read: Callable
) -> None:
    forms = {"zsh": ": {}:0;{}\n", "bash": "#{}\n{}\n", "fish": "- cmd: {1}\n  when: {0}\n"}
    text = "".join(forms[form].format(1600000000 + number, command) for number, command in enumerate(commands))
    encode = hidden if form == "zsh" else str.encode
    path = write(tmp_path_factory.mktemp("h"), encode(text))
    reading = read(SHELL, path)
    data = path.read_bytes()
    for record, command in zip(reading.records, commands, strict=True):
        first, last = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert encode(command) in data[first:last]
        assert record.text == command or "[redacted]" in record.text
