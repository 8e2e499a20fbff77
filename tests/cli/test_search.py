"""`darak search`, its batches, `darak status` and `darak rebuild` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LIFE = [
    {
        "type": "record",
        "id": "m1",
        "source": "phone",
        "kind": "message",
        "time": "2024-05-01T10:00+09:00",
        "author": "Hyunwoo",
        "thread": "pier club",
        "text": "the heronkeeper waits",
    },
    {"type": "record", "source": "notes", "kind": "note", "time": "2023-03-01", "title": "옥상", "text": "다락방 청소"},
    {"type": "sample", "source": "watch", "metric": "steps", "value": 5, "unit": "count", "time": "2024-05-01"},
]


@pytest.fixture
def life(darak, lines, tmp_path) -> Path:
    path = lines(tmp_path / "life.jsonl", LIFE)
    assert darak("import", path).returncode == 0
    return path


def test_a_hit_is_one_json_object_with_its_origin(darak, life):
    (line,) = darak("search", "-k", "5", "--json", "--", "heronkeeper").stdout.splitlines()
    hit = json.loads(line)
    keys = ("id", "native_id", "source", "kind", "time", "author", "thread", "title", "text", "score", "origin")
    assert set(keys) <= hit.keys()
    assert hit["native_id"] == "m1" and hit["author"] == "Hyunwoo" and hit["time"] == "2024-05-01T10:00+09:00"
    (origin,) = hit["origin"]
    assert origin["path"] == str(life)
    begin, end = map(int, origin["locator"].removeprefix("bytes ").split("-"))
    assert json.loads(life.read_bytes()[begin:end])["text"] == hit["text"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--since", "2024"], ["the heronkeeper waits"]),
        (["--until", "2023"], ["다락방 청소"]),
        (["--until", "9999"], ["the heronkeeper waits", "다락방 청소"]),
        (["--source", "notes"], ["다락방 청소"]),
        (["--kind", "message"], ["the heronkeeper waits"]),
        (["--person", "hyunwoo"], ["the heronkeeper waits"]),
        (["--thread", "pier club"], ["the heronkeeper waits"]),
        (["--source", "phone", "--until", "2023-12"], []),
    ],
)
def test_filters_narrow_the_search(darak, life, options, found):
    texts: set[str] = set()
    for word in ("heronkeeper", "다락방"):
        lines = darak("search", "--json", *options, "--", word).stdout.splitlines()
        texts |= {json.loads(line)["text"] for line in lines}
    assert texts == set(found)


def test_each_line_of_a_batch_is_answered_and_a_bad_one_does_not_stop_it(darak, life, tmp_path):
    bad = [
        "{no json",
        '{"question": "x"}',
        '{"query": 5}',
        '{"query": "x", "now": "noon"}',
        '{"query": "x", "now": 3}',
    ]
    good = [
        json.dumps({"query": word, "now": "2024-06-01T09:00"}, ensure_ascii=False) for word in ("heronkeeper", "다락방")
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join([good[0], *bad, "", good[1]]) + "\n", "utf-8")
    done = darak("search", "--batch", batch, "-k", "3", "--json")
    first, *middle, last = (json.loads(line) for line in done.stdout.splitlines())
    assert first["hits"][0]["native_id"] == "m1" and last["hits"][0]["text"] == "다락방 청소"
    assert [answer["line"] for answer in middle] == [2, 3, 4, 5, 6] and all(answer["error"] for answer in middle)
    assert done.returncode == 1


def test_a_batch_is_also_read_as_plain_lines(darak, life, tmp_path):
    batch = tmp_path / "queries.txt"
    batch.write_text("\ufeffheronkeeper\r\n\n다락방 청소\n[nothing] 5\n", "utf-8")
    done = darak("search", "--batch", batch)
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert first["hits"][0]["native_id"] == "m1" and second["hits"][0]["text"] == "다락방 청소"
    assert "error" not in third and done.returncode == 0


def test_each_record_found_is_a_line_of_json(darak, life):
    done = darak("search", "--json", "--since", "2000")
    assert {json.loads(line)["text"] for line in done.stdout.splitlines()}
    assert "JSON lines" in darak("search", "--help").stdout


def test_a_batch_is_answered_line_by_line_as_it_comes(life):
    command = [sys.executable, "-m", "darak.cli.main", "search", "--batch", "/dev/stdin", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None and process.stdout is not None
        for word in ("heronkeeper", "다락방"):
            process.stdin.write(json.dumps({"query": word}) + "\n")
            assert json.loads(process.stdout.readline())["hits"]
        process.stdin.close()
    assert process.returncode == 0


def test_status_counts_by_source(darak, life):
    status = json.loads(darak("status", "--json").stdout)
    assert (status["records"], status["samples"], status["people"], status["index_lag"]) == (2, 1, 1, 0)
    assert [(s["source"], s["first"], s["records"], s["samples"]) for s in status["sources"]] == [
        ("notes", "2023-03-01", 1, 0),
        ("phone", "2024-05-01", 1, 0),
        ("watch", "2024-05-01", 0, 1),
    ]
    assert all(source["last_import"] for source in status["sources"])
    assert "2 records, 1 sample, 1 person" in darak("status").stdout


def test_a_rebuilt_index_finds_the_same(darak, life, home):
    before = darak("search", "--json", "heronkeeper").stdout
    assert "2 records" in darak("rebuild").stdout
    assert darak("search", "--json", "heronkeeper").stdout == before


@pytest.mark.parametrize("damage", ["lost", "manifest", "file", "foreign"])
def test_a_damaged_index_is_made_anew_without_a_word(darak, life, home, damage):
    before = darak("search", "--json", "heronkeeper").stdout
    files = sorted((home / "index").iterdir())
    if damage == "lost":
        for path in files:
            path.unlink()
    elif damage == "foreign":
        (home / "index" / "readme").write_text("not ours")
    else:
        path = home / "index" / "manifest" if damage == "manifest" else max(files, key=lambda p: p.stat().st_size)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    done = darak("search", "--json", "heronkeeper")
    assert done.returncode == 0 and done.stdout == before


def test_a_search_for_nothing_is_refused(darak, life):
    done = darak("search")
    assert done.returncode == 2 and "say what to look for" in done.stderr
