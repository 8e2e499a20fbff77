"""The index follows the vault: complete, made anew when it must be, sealed at rest, gone from where it was open."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from darak.memory import memory as memory_module
from darak.memory.filter import Filter
from darak.memory.follower import Follower
from darak.memory.forgetting import Scope, select
from darak.memory.memory import Memory, index_size
from darak.memory.people import find_identities, find_threads
from darak.memory.volume import Volume
from darak.records.vault import Vault

Take = Callable[..., Any]


def message(text: str, **more: Any) -> dict[str, Any]:
    common = {"type": "record", "source": "phone", "kind": "message", "time": "2025-01-03T07:15", "author": "Kim"}
    return {**common, "text": text, **more}


def found(memory: Memory, word: str) -> list[int]:
    return list(select(memory, Scope(words=word)).ns)


def open_folders(home: Path) -> list[Path]:
    place = home.stat()
    name = f"darak-plain-{place.st_ino:x}-{place.st_dev:x}-*"
    parents = [Path(p) for p in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm") if p]
    return [folder for parent in (*parents, home / "open") for folder in parent.glob(name)]


def sealed_bytes(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (home / "index").iterdir())


def test_what_is_added_changed_and_erased_is_followed(vault: Vault, take_in: Take):
    with Memory(vault) as memory:
        take_in(vault, [message("heron", id="1"), message("sparrow", id="2")])
        assert memory.lag == 2
        memory.follow()
        assert memory.lag == 0 and found(memory, "heron") == [1] and found(memory, "sparrow") == [2]
        take_in(vault, [message("crane", id="1")], "edit.jsonl")
        memory.follow()
        assert [n for volume in memory.volumes.values() for n in numbers(volume)] == [1, 2]
        assert memory.holds(1) and not memory.holds(3) and not memory.holds(10**9)


def numbers(volume: Volume) -> list[int]:
    import tantivy

    result = volume.searcher.search(tantivy.Query.all_query(), 100, count=False)
    return sorted(int(n or 0) for n in volume.searcher.fast_field_values("n", [a for _, a in result.hits]))


def test_the_index_at_rest_is_taken_up_again_and_follows_on(vault: Vault, take_in: Take):
    take_in(vault, [message("heron")])
    with Memory(vault) as memory:
        memory.follow()
    take_in(vault, [message("sparrow")], "2.jsonl")
    with Memory(vault) as memory:
        assert memory.lag == 1 and found(memory, "heron") == [1]
        memory.follow()
        assert found(memory, "sparrow") == [2]


def test_at_rest_nothing_can_be_read_and_nothing_is_left_open(vault: Vault, take_in: Take, home: Path):
    take_in(vault, [message("heronkeeper 왜가리지기", thread="room of herons")])
    with Memory(vault) as memory:
        memory.follow()
        (folder,) = open_folders(home)
        assert folder.stat().st_mode & 0o077 == 0
    assert open_folders(home) == [] and index_size(home) > 0
    for word in ("heronkeep", "왜가리", "of herons"):  # longer than what chance would put into sealed bytes
        assert word.encode() not in sealed_bytes(home)


@pytest.mark.parametrize("moved", [False, True])
def test_the_folder_of_a_killed_process_is_removed_by_the_next_to_open_any_vault(
    vault: Vault, take_in: Take, home: Path, tmp_path: Path, moved: bool
):
    take_in(vault, [message("heron")])
    with Memory(vault) as memory:
        memory.follow()
    left = Memory(vault)
    (folder,) = open_folders(home)
    with Memory(vault):
        assert folder.exists(), "it is in use"
    os.close(left._private._lock)  # as a kill does
    another = Vault.create(tmp_path / "another", zone="UTC", use_keyring=False)
    with another, Memory(another if moved else vault) as memory:
        assert not folder.exists() and (moved or found(memory, "heron") == [1])
    assert open_folders(home) == []


@pytest.mark.parametrize("name", ["manifest", "largest"])
@pytest.mark.parametrize("damage", ["flip", "cut", "lose"])
def test_a_damaged_index_at_rest_is_made_anew(vault: Vault, take_in: Take, home: Path, name: str, damage: str):
    take_in(vault, [message("heron"), message("sparrow")])
    with Memory(vault) as memory:
        memory.follow()
    files = [path for path in (home / "index").iterdir() if path.name != "manifest"]
    path = home / "index" / "manifest" if name == "manifest" else max(files, key=lambda file: file.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    if damage == "lose":
        path.unlink()
    else:
        path.write_bytes(data if damage == "flip" else data[: len(data) // 2])
    with Memory(vault) as memory:
        assert memory.lag == 2
        memory.follow()
        assert found(memory, "heron") == [1] and found(memory, "sparrow") == [2]


def test_an_index_of_another_format_or_of_a_later_vault_is_made_anew(vault: Vault, take_in: Take, monkeypatch: Any):
    take_in(vault, [message("heron")])
    with Memory(vault) as memory:
        memory.follow()
    with monkeypatch.context() as patch:
        patch.setattr(memory_module, "FORMAT", 999)
        with Memory(vault) as memory:
            assert memory.lag == 1
            memory.follow()
    vault.db.execute("DELETE FROM journal")  # as in a vault from a backup that is older than its index
    with Memory(vault) as memory:
        assert memory.index.seq == 0 and not memory.holds(1)


def test_a_rebuilt_index_is_the_same(vault: Vault, take_in: Take):
    take_in(vault, [message(f"heron {number}", id=str(number)) for number in range(50)])
    take_in(vault, [message("crane", id="7")], "2.jsonl")
    with Memory(vault) as memory:
        memory.follow()
        before = (found(memory, "heron"), found(memory, "crane"))
        seen: list[tuple[int, int]] = []
        memory.rebuild(lambda done, total: seen.append((done, total)))
        assert (found(memory, "heron"), found(memory, "crane")) == before and seen[-1] == (51, 51)
        assert before[1] == [8]
        assert [numbers(volume) for volume in memory.volumes.values()] == [list(range(1, 51))]


def test_a_failure_leaves_nothing_open(vault: Vault, take_in: Take, home: Path, monkeypatch: Any):
    take_in(vault, [message("heron")])

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(memory_module.sealing, "seal_index", fail)
        with pytest.raises(OSError, match="No space"), Memory(vault) as memory:
            memory.follow()
    assert open_folders(home) == []
    with monkeypatch.context() as patch:
        patch.setattr(memory_module, "Index", fail)
        with pytest.raises(OSError, match="No space"):
            Memory(vault)
    assert open_folders(home) == []
    with Memory(vault) as memory:
        memory.follow()
        assert found(memory, "heron") == [1]


def test_a_second_process_follows_while_the_first_imports(vault: Vault, take_in: Take, monkeypatch: Any):
    monkeypatch.setattr(memory_module, "_WORTH_A_PROCESS", 100)
    with Memory(vault) as memory:
        with memory.follow_beside() as nudge:
            for part in range(3):
                take_in(vault, (message(f"heron {part} {number}") for number in range(200)), f"{part}.jsonl")
                nudge()
        assert memory.lag == 0 and len(found(memory, "heron")) == 600


def test_a_second_process_that_dies_costs_time_and_nothing_else(vault: Vault, take_in: Take, monkeypatch: Any):
    monkeypatch.setattr(memory_module, "_WORTH_A_PROCESS", 100)

    def die(self: Any) -> None:
        self._process.kill()
        self._process.wait()

    monkeypatch.setattr(Follower, "finish", die)
    take_in(vault, [message("sparrow")], "0.jsonl")
    with Memory(vault) as memory:
        memory.follow()
        memory.seal()
        with memory.follow_beside() as nudge:
            take_in(vault, [message(f"heron {number}") for number in range(200)], "1.jsonl")
            nudge()
        assert memory.lag == 0 and len(found(memory, "heron")) == 200 and found(memory, "sparrow") == [1]


def test_a_record_is_found_whatever_unicode_form_it_came_in(vault: Vault, take_in: Take):
    take_in(vault, [message("caf\u00e9 한글"), message("cafe\u0301 \u1112\u1161\u11ab\u1100\u1173\u11af")])
    with Memory(vault) as memory:
        memory.follow()
        for word in ("caf\u00e9", "cafe\u0301", "한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"):
            assert found(memory, word) == [1, 2]


def test_names_lead_to_identities_and_threads(vault: Vault, take_in: Take):
    rows: Iterable[dict[str, Any]] = [
        message("a", author="김민수 <+82 10-1234-5678>", thread="동창회"),
        message("b", author="김민수 <minsu@example.org>", source="mail"),
        message("c", author="minsu@example.org", source="notes", thread="동창회"),
    ]
    take_in(vault, rows)
    assert len(find_identities(vault, " 김민수 ")) == 2 and len(find_identities(vault, "MINSU@example.org")) == 1
    assert len(find_threads(vault, "동창회")) == 2 and find_threads(vault, "nowhere") == []
    decomposed = unicodedata.normalize("NFD", "동창회")
    assert find_threads(vault, decomposed) == find_threads(vault, "동창회")
    assert find_identities(vault, unicodedata.normalize("NFD", "김민수")) == find_identities(vault, "김민수")
    with Memory(vault) as memory:
        memory.follow()
        filter = Filter(identities=tuple(find_identities(vault, "김민수")), since=date(2025, 1, 1))
        assert select(memory, Scope(filter)).ns == (1, 2, 3)
