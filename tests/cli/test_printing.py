"""What comes in must not act on the terminal."""

from __future__ import annotations


def test_control_characters_of_records_do_not_reach_the_terminal(darak, lines, tmp_path):
    line = {"type": "record", "source": "phone", "kind": "message", "time": "2025-01-01", "text": "zebra \x1b[2Jgone"}
    assert darak("import", lines(tmp_path / "in.jsonl", [line])).returncode == 0
    for command in (("search", "zebra"), ("ask", "zebra?")):
        printed = darak(*command).stdout
        assert "zebra" in printed and "\x1b" not in printed
