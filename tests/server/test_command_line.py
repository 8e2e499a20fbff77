"""The command line while `darak serve` has the vault: it asks the server, and says the same as without one."""

from __future__ import annotations

import json

import pytest

import darak as sdk
from darak.sdk.remote import RemoteLife

from .conftest import LIFE, record

NEW = [record("q1", "2024-05-30T09:00:00", "a quince tree", author="Mina", people=["mina@example.org"])]


@pytest.fixture
def known(darak, lines, tmp_path):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0


def test_status_people_and_export_say_the_same(known, darak_serve, darak, tmp_path):
    def told():
        out = tmp_path / "out.jsonl"
        assert darak("export", out).returncode == 0
        status = json.loads(darak("status", "--json").stdout)
        for name in ("bytes", "version", "importing"):
            status.pop(name, None)
        chart = darak("status").stdout.partition("The index")[0]
        return status, chart, json.loads(darak("people", "--json").stdout), out.read_bytes()

    alone = told()
    darak_serve()
    assert told() == alone


def test_the_owners_word_on_people_goes_to_the_server(known, darak_serve, darak):
    darak_serve()
    merged = darak("people", "merge", "Hyunwoo", "Mina Kim")
    assert merged.returncode == 0 and "one person now" in merged.stdout
    assert "Mina Kim into Hyunwoo" in darak("people", "undo").stdout
    assert "own again" in darak("people", "undo", "1").stdout
    assert "is called Heron now" in darak("people", "rename", "Hyunwoo", "Heron").stdout
    assert "stay two" in darak("people", "apart", "Heron", "Mina Kim").stdout
    assert darak("people", "merge", "Heron", "Nobody").returncode == 2
    assert darak("people", "split", "Mina Kim").returncode == 2


def test_an_import_is_done_by_the_server_where_the_file_lies(known, darak_serve, darak, lines, tmp_path):
    darak_serve()
    path = lines(tmp_path / "new.jsonl", NEW)
    done = darak("import", path)
    assert done.returncode == 0 and "phone" in done.stdout
    hit = json.loads(darak("search", "--json", "-k", "1", "quince").stdout)
    assert hit["text"] == "a quince tree" and hit["origin"][0]["path"] == str(path)
    (again,) = map(json.loads, darak("import", "--json", path).stdout.splitlines())
    assert again["new"] == 0 and again["unchanged"] == 1
    assert path.exists()
    missing = darak("import", tmp_path / "nothing.zip")
    assert missing.returncode == 1 and "nothing.zip" in missing.stderr


def test_a_watched_folder_is_taken_in_by_the_server(known, darak_serve, darak, lines, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    running = darak_serve()
    lines(folder / "new.jsonl", NEW)
    first = darak("watch", "--once", "--settle", "0", folder)
    assert first.returncode == 0 and "phone" in first.stdout
    assert darak("watch", "--once", "--settle", "0", folder).stdout == ""
    running.stop()
    assert darak("watch", "--once", "--settle", "0", folder).stdout == ""


def test_the_sdk_asks_the_server_that_has_the_vault(known, darak_serve, home, lines, tmp_path):
    running = darak_serve()
    with sdk.open(home) as life:
        assert isinstance(life, RemoteLife)
        assert "14 May 2024" in life.ask("When is my dentist appointment?").text
        note = life.remember("The ladder is at Mina's.", via="a test")
        assert life.search("ladder")[0].id == note.id
        (report,) = life.import_(lines(tmp_path / "new.jsonl", NEW))
        assert report.new == 1
        with pytest.raises(sdk.Problem, match="does not exist"):
            life.import_(tmp_path / "nothing")
    running.stop()
    with sdk.open(home) as life:
        assert not isinstance(life, RemoteLife) and life.record(note.id).text == note.text


def test_a_beacon_that_was_left_behind_is_not_followed(known, darak_serve, darak, home):
    running = darak_serve()
    beacon = home / "server.json"
    left = json.loads(beacon.read_text())
    running.stop()
    for text in (json.dumps(left | {"pid": 1}), json.dumps(left), "[]", "\xff"):
        beacon.write_text(text, "latin-1")
        assert darak("search", "heronkeeper").returncode == 0
        with sdk.open(home), pytest.raises(sdk.Problem, match="Another Darak"):
            sdk.open(home)
