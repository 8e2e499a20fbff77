"""Many threads on one vault: nobody sees half of a change, and what is forgotten is gone from every view."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest

from darak.importers.native import NativeImporter
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.filter import Filter
from darak.memory.forgetting import Scope, forget, select
from darak.memory.memory import Memory
from darak.memory.search import search
from darak.records.erasure import Request
from darak.records.time import zone_info
from darak.server import readers
from darak.server.house import House
from darak.server.limits import Limits
from darak.server.readers import Busy

from .conftest import record

NOW = datetime(2024, 6, 1, 12, tzinfo=zone_info("Asia/Seoul"))


@pytest.fixture
def house(life) -> Iterator[House]:
    with Memory(life) as memory:
        memory.follow()
        house = House(life, memory, lambda zone: NOW)
        yield house
        house.close()


def test_everybody_reads_while_batches_come_and_records_go(house, lines, tmp_path):
    faults: list[BaseException] = []
    done = threading.Event()

    def read(limits: Limits) -> None:
        try:
            while not done.is_set():
                with house.read(limits) as view:
                    hits = search(view.memory, "heronkeeper", now=NOW, k=3)
                    assert hits and hits[0].record.text.startswith("The heronkeeper")
                    if limits == Limits():
                        assert view.ask("When is my dentist appointment?", NOW).status == "answered"
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=read, args=(limits,)) for limits in (Limits(), Limits(), Limits(("phone",)))]
    for thread in threads:
        thread.start()

    def bring(number: int) -> None:
        fresh = [record(f"w{number}-{n}", "2022-01-01T09:00:00", "walnut") for n in range(300)]
        path = lines(tmp_path / f"{number}.jsonl", fresh)
        run_import(open_tree(path), {"native": NativeImporter()}, house.vault, now=NOW)
        house.memory.follow()
        house.changed()

    def lose() -> None:
        selection = select(house.memory, Scope(words="walnut"))
        assert len(selection.ns) == 300
        with house.alone():
            forget(house.memory, selection, Request("walnut", "0"), NOW)

    for number in range(3):
        house.later(lambda number=number: bring(number)).result()
        house.write(lambda vault: vault.set("note", "written beside"))
        house.later(lose).result()
        with house.read() as view:
            assert not search(view.memory, "walnut", now=NOW)
    done.set()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_view_stays_as_it_was_until_it_is_given_back(house, lines, tmp_path):
    path = lines(tmp_path / "new.jsonl", [record("q1", "2024-01-01T09:00:00", "quince")])

    def bring() -> None:
        run_import(open_tree(path), {"native": NativeImporter()}, house.vault, now=NOW)
        house.memory.follow()
        house.changed()

    with house.read() as view:
        house.later(bring).result()
        assert not search(view.memory, "quince", now=NOW)
    with house.read() as view:
        assert search(view.memory, "quince", now=NOW)


def test_too_many_readers_are_told_to_wait(house, monkeypatch):
    monkeypatch.setattr(readers, "MOST", 1)
    with house.read(), pytest.raises(Busy), house._readers.lease(wait=0.05):
        pass
    with house.read():
        pass


def test_a_short_change_is_all_or_nothing(house):
    def half(vault):
        vault.set("half", "1")
        raise ValueError

    with pytest.raises(ValueError):
        house.write(half)
    with house.read() as view:
        assert view.vault.setting("half") is None


def test_a_limited_view_has_no_other_rows_in_any_table(house):
    with house.read(Limits(kinds=("note",))) as view:
        rows = view.vault.rows
        assert [n for (n,) in rows("SELECT count(*) FROM record")] == [1]
        for table in (
            "record_person",
            "identity",
            "person",
            "thread",
            "series",
            "sample",
            "api_key",
            "import",
            "audit",
        ):
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table
        assert not search(view.memory, "heronkeeper lantern dentist", now=NOW)
        assert [h.record.title for h in search(view.memory, "", now=NOW, filter=Filter(), k=9)] == ["옥상"]
        assert rows("SELECT key FROM setting") == [("zone",)]
