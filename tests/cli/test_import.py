"""`darak import` on the command line: its report, the dry run, what it can read."""

from __future__ import annotations

import json
import zipfile

import pytest

LIFE = [
    {"type": "record", "id": "1", "source": "phone", "kind": "message", "time": "2024-05-01T10:00", "text": "heron"},
    {"type": "record", "source": "notes", "kind": "note", "time": "2023-03-01", "text": "다락방 청소"},
    {"type": "sample", "source": "phone", "metric": "steps", "value": 5, "unit": "count", "time": "2024-05-02"},
    {"type": "record", "source": "phone", "kind": "poem", "text": "bad"},
]
KEYS = "source importer file state records samples new changed unchanged partial skipped ignored problems"


@pytest.fixture
def path(lines, tmp_path):
    return lines(tmp_path / "life.jsonl", LIFE)


def test_one_object_for_each_source_as_the_format_says(darak, path):
    done = darak("import", "--json", path)
    reports = {report["source"]: report for report in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1 and set(reports) == {"phone", "notes"}
    for report in reports.values():
        assert set(KEYS.split()) <= report.keys()
        assert report["importer"] == "native" and report["file"] == "life.jsonl"
        assert report["state"] in ("done", "incomplete")
    phone = reports["phone"]
    assert (phone["records"], phone["samples"], phone["new"], phone["skipped"]) == (1, 1, 2, 1)
    assert phone["state"] == "incomplete" and reports["notes"]["state"] == "done"
    (problem,) = phone["problems"]
    assert set(problem) == {"code", "locator", "message"} and "'poem'" in problem["message"]


def test_the_same_file_again_adds_nothing(darak, path):
    darak("import", path)
    reports = [json.loads(line) for line in darak("import", "--json", path).stdout.splitlines()]
    assert sum(report["new"] + report["changed"] for report in reports) == 0
    assert sum(report["unchanged"] for report in reports) == 3


def test_a_dry_run_tells_the_same_and_writes_nothing(darak, path, home):
    done = darak("import", "--dry-run", "--json", path)
    reports = {report["source"]: report for report in map(json.loads, done.stdout.splitlines())}
    assert not home.exists() and reports["phone"]["samples"] == 1 and reports["phone"]["first"] == "2024-05-01"
    assert reports["phone"]["assumed_zone"] == 2 and reports["phone"]["new"] == 0
    assert "phone" in darak("import", "--dry-run", path).stdout and not home.exists()


def test_without_json_it_prints_a_table(darak, path):
    done = darak("import", path)
    assert "phone" in done.stdout and "2024-05-01 to 2024-05-02" in done.stdout
    assert "No time zone in notes, phone" in done.stdout and "bad-record" in done.stderr


def test_it_says_what_it_can_read(darak):
    done = darak("import", "--list")
    assert done.returncode == 0
    for name in ("native", "mail", "kakaotalk", "markdown", "calendar", "chatgpt", "apple-health"):
        assert name in done.stdout
    listed = {one["importer"]: one for one in map(json.loads, darak("import", "--list", "--json").stdout.splitlines())}
    assert listed["kakaotalk"]["family"] == "Chats" and "KakaoTalk" in listed["kakaotalk"]["reads"]
    assert done.stdout.index("Chats\n") < done.stdout.index("  kakaotalk") < done.stdout.index("Health and sport\n")


def test_several_paths_at_once(darak, path, lines, tmp_path):
    other = lines(tmp_path / "other.jsonl", [{**LIFE[0], "id": "2"}])
    reports = [json.loads(line) for line in darak("import", "--json", path, other).stdout.splitlines()]
    assert [report["file"] for report in reports] == ["life.jsonl", "life.jsonl", "other.jsonl"]


def test_the_files_of_a_source_are_counted_wherever_they_lie(darak, tmp_path):
    for name in ("a/one.md", "a/two.md", "b/three.md"):
        file = tmp_path / "notes" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n\nA note.\n")
    (tmp_path / "notes" / "old.org").write_text("* A heading\nSome text.\n")
    done = darak("import", "--dry-run", tmp_path / "notes")
    assert "3 files" in done.stdout and "Nothing was written" in done.stdout


def test_what_lies_in_one_archive_is_named_without_it(darak, tmp_path):
    with zipfile.ZipFile(tmp_path / "life.zip", "w") as archive:
        archive.writestr("life/notes/a.md", "# A\n\nA note.\n")
        archive.writestr("life/old.org", "* A heading\nSome text.\n")
    done = darak("import", "--dry-run", tmp_path / "life.zip")
    assert "in life.zip" in done.stdout and "life/old.org" in done.stdout
    assert "life.zip!life/old.org" not in done.stdout


def test_files_that_are_refused_for_the_same_reason_are_told_together(darak, tmp_path):
    for number in range(8):
        (tmp_path / f"{number}.bin").write_bytes(bytes(range(256)))
    done = darak("import", "--dry-run", tmp_path)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert "8 files: no importer knows" in done.stderr and "and 3 more" in done.stderr


def test_the_folder_one_stands_in_is_called_by_its_name(darak, tmp_path, monkeypatch):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# {name}\n\nA note.\n")
    monkeypatch.chdir(tmp_path)
    assert f"{tmp_path.name} (2 files)" in darak("import", "--dry-run", ".").stdout
