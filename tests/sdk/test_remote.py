"""The SDK against a running server: what a key may do, and what happens when nobody answers."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import darak

from .conftest import Served


def test_a_key_may_do_what_it_was_made_for(served: Served, life_file: Path) -> None:
    served.life().import_(life_file)
    reader = darak.connect(served.url, served.key("reader", "read"))
    assert reader.search("puppy")
    for forbidden in (
        lambda: reader.ask("When did I move?"),
        lambda: reader.remember("x"),
        lambda: reader.import_(life_file),
    ):
        with pytest.raises(darak.Problem, match="this key may not") as refused:
            forbidden()
        assert refused.value.status == 403
    writer = darak.connect(served.url, served.key("writer", "read", "write"))
    note = writer.remember("Lent the ladder to Mina.", via="a shortcut")
    assert note.text == "Lent the ladder to Mina."
    with pytest.raises(darak.Problem, match="only the owner"):
        writer.forgetting(records=[note.id])


def test_a_wrong_key_is_told(served: Served) -> None:
    with pytest.raises(darak.Problem) as refused:
        darak.connect(served.url, "darak_wrong").people()
    assert refused.value.status == 401


def test_what_is_asked_wrongly_is_told_by_its_field(served: Served) -> None:
    with pytest.raises(darak.Problem, match="limit") as refused:
        served.life().search("x", limit=100_000)
    assert refused.value.status == 422


def test_a_long_day_and_many_people_come_in_pages(served: Served, lines: object, tmp_path: Path) -> None:
    day = [
        {"type": "record", "id": str(n), "source": "phone", "kind": "message", 
         "time": f"2024-05-01T10:{n // 60:02}:{n % 60:02}", "author": f"Somebody {n}", "text": f"message {n}"}
        for n in range(450)
    ]  # fmt: skip
    life = served.life()
    life.import_(lines(tmp_path / "day.jsonl", day))  # type: ignore[operator]
    assert [record.native_id for record in life.day("2024-05-01", limit=1000)] == [str(n) for n in range(450)]
    assert len(life.day("2024-05-01", limit=250)) == 250
    assert len(life.people()) == 450


def test_days_of_more_than_ten_years_are_told(served: Served, lines: object, tmp_path: Path) -> None:
    days = [f"{year}-05-01" for year in range(1987, 2024, 3)]
    notes = [{"type": "record", "id": day, "source": "diary", "kind": "note", "time": day, "text": day} for day in days]
    life = served.life()
    life.import_(lines(tmp_path / "years.jsonl", notes))  # type: ignore[operator]
    assert [one.label for one in life.timeline("day")] == days
    assert [one.label for one in life.timeline("day", since="1900", until="1990-05")] == days[:2]
    assert [one.label for one in life.timeline("day", since="1990-06", until="2999")] == days[2:]


def test_awaited_as_well(served: Served, life_file: Path) -> None:
    async def use() -> str:
        async with await darak.connect_async(served.url, served.door.token) as life:
            await life.import_(life_file)
            return (await life.ask("When did Seojun Kim adopt a puppy?")).text

    assert "1 March 2024" in asyncio.run(use())


def test_nobody_there_is_told() -> None:
    with socket.socket() as bound:  # bound, but nobody listens
        bound.bind(("127.0.0.1", 0))
        with pytest.raises(darak.Problem, match="darak serve"):
            darak.connect(f"http://127.0.0.1:{bound.getsockname()[1]}", "key").people()


@pytest.mark.parametrize("url", ["", "127.0.0.1:7340", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(darak.Problem, match="no address"):
        darak.connect(url, "key")


def test_a_key_never_travels_readable_to_another_machine() -> None:
    with pytest.raises(darak.Problem, match="use https"):
        darak.connect("http://192.168.0.7:7340", "key")
    darak.connect("https://192.168.0.7:7340", "key")


class _Odd(BaseHTTPRequestHandler):
    """Answers 429 twice, then whatever stands in `answers`."""

    answers: list[tuple[int, bytes]]

    def do_GET(self) -> None:
        status, body = self.answers.pop(0)
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def odd() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Odd)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_too_many_requests_are_waited_out(odd: str) -> None:
    _Odd.answers = [(429, b"{}"), (503, b"{}"), (200, b'{"total": 0, "people": []}')]
    assert darak.connect(odd, "key").people() == ()


def test_another_program_at_that_address(odd: str) -> None:
    for answer, said in (((200, b"<html>"), "no Darak"), ((200, b'[{"period": 1}]'), "not as this version")):
        _Odd.answers = [answer]
        with pytest.raises(darak.Problem, match=said):
            darak.connect(odd, "key").timeline()


def test_a_folder_is_sent_with_what_lies_in_it_alone(served: Served, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# Outside\nThe heron is not here")
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "link.md").symlink_to(outside)
    os.mkfifo(folder / "pipe.md")
    for name in (b"\xff.md", b"\xfe.md"):  # bytes that are no text
        (folder / os.fsdecode(name)).write_text(f"# Odd\nThe lantern hangs {name.hex()}")
    life = darak.connect(served.url, served.key("writer", "read", "write"))
    life.import_(folder)
    assert sorted(hit.text[-8:] for hit in life.search("lantern")) == ["fe2e6d64", "ff2e6d64"]
    assert not life.search("heron")


@pytest.mark.parametrize("key", ["", "키", "two\nlines", " "])
def test_what_can_be_no_key_is_told(served: Served, key: str) -> None:
    with pytest.raises(darak.Problem, match="no key"):
        darak.connect(served.url, key)


def test_what_is_no_address_of_the_api_is_told(served: Served) -> None:
    with pytest.raises(darak.Problem, match="there is nothing at this address"):
        darak.connect(f"{served.url}/api", served.door.token).people()
