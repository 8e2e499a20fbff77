"""What to forget: what is refused, which records fit, and how a receipt knows the same request again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from darak.memory.forgetting import check, forget
from darak.memory.memory import Memory
from darak.memory.named import UnknownName
from darak.memory.to_forget import CannotForget, Changed, Going, Previews, ToForget
from darak.records.cipher import keyed_hash
from darak.records.record import Blob, Origin, Record, record_id
from darak.records.time import parse_iso
from darak.records.writer import Incoming, Writer

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def message(text, author="Jiwoo", **more):
    common = {"type": "record", "source": "phone", "kind": "message", "time": "2024-05-01T10:00+09:00"}
    return {**common, "author": author, "text": text, **more}


LIFE = [
    message("이사를 했다", "민지"),
    message("다음 주에 이사했어", "Hyunwoo"),
    message("이사회가 열렸다", "Hyunwoo"),
    message("이사벨이 왔다", "Hyunwoo"),
    message("the dentists called"),
    message("heron at the pier", people=["Hyunwoo"]),
    message("the heronkeeper waits", source="notes", kind="note", time="2023-01-02"),
    *(
        {"type": "sample", "source": "watch", "metric": "steps", "value": n, "unit": "count", "time": f"2024-05-0{n}"}
        for n in range(1, 5)
    ),
]


@pytest.fixture
def memory(vault, take_in):
    take_in(vault, LIFE)
    with Memory(vault) as memory:
        memory.follow()
        yield memory


def going(memory, **asked):
    selection = ToForget(**asked).select(memory)
    return {stored.record.text for stored in memory.vault.get(selection.ns).values()}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("이사", {"이사를 했다", "다음 주에 이사했어"}),
        ('"이사"', {"이사를 했다", "다음 주에 이사했어", "이사회가 열렸다", "이사벨이 왔다"}),
        ("이사벨", {"이사벨이 왔다"}),
        ("dentist", {"the dentists called"}),
        ("heron", {"heron at the pier"}),
        ('"heron"', {"heron at the pier", "the heronkeeper waits"}),
        ('"heron" "pier"', {"heron at the pier"}),
        ("다음 이사", {"다음 주에 이사했어"}),
        ("hyunwoo 이사", {"다음 주에 이사했어"}),
        ("사회", set()),
    ],
)
def test_words_are_meant_with_their_endings_and_quoted_ones_anywhere(memory, words, found):
    assert going(memory, words=words) == found


def test_earlier_versions_fit_by_the_same_words(vault, take_in, tmp_path: Path):
    take_in(vault, [message("이사를 했다", id="m1"), message("이사회가 열렸다", id="m2")])
    take_in(vault, [message("edited", id="m1"), message("edited too", id="m2")])
    with Memory(vault) as memory:
        memory.follow()
        assert going(memory, words="이사") == {"edited"}
        assert going(memory, words='"이사"') == {"edited", "edited too"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "say what to forget"),
        ({"keep": ("ab",)}, "say what to forget"),
        ({"metrics": ("steps",), "words": "x"}, "a metric has no words"),
        ({"everything": True, "sources": ("phone",)}, "say one of the two"),
    ],
)
def test_what_cannot_be_meant_is_refused(asked, said):
    with pytest.raises(CannotForget, match=said):
        ToForget(**asked)


def test_what_is_not_there_is_refused(memory):
    with pytest.raises(UnknownName, match="nobody called Nobody"):
        ToForget(people=("Nobody",)).select(memory)
    with pytest.raises(CannotForget, match="begins with ffff"):
        ToForget(records=("ffff",)).select(memory)


def test_a_source_of_which_nothing_could_be_read_can_be_forgotten(vault, take_in):
    take_in(vault, [message("secret", time="never")])
    with Memory(vault) as memory:
        memory.follow()
        asked = ToForget(sources=("native",))
        selection = asked.select(memory)
        assert Going.of(vault, selection).unreadable_rows == 1
        forget(memory, selection, asked.request(vault), NOW)
        assert vault.rows("SELECT count(*) FROM file") == [(0,)]
        with pytest.raises(UnknownName, match="this memory has none yet"):
            asked.select(memory)


def test_kept_records_stay(memory):
    asked = ToForget(people=("Hyunwoo",))
    shown = Going.of(memory.vault, asked.select(memory))
    one, *others = shown.ids(memory.vault, 10)
    selection = ToForget(people=("Hyunwoo",), keep=(one[:12],)).select(memory)
    assert Going.of(memory.vault, selection).ids(memory.vault, 10) == others
    (elsewhere,) = Going.of(memory.vault, ToForget(words="dentist").select(memory)).ids(memory.vault, 10)
    with pytest.raises(CannotForget, match="only records that would go"):
        ToForget(people=("Hyunwoo",), keep=(elsewhere,)).select(memory)


def test_what_would_go_is_counted(memory):
    whole = Going.of(memory.vault, ToForget(everything=True).select(memory))
    assert (whole.records, whole.samples) == ({"phone": 6, "notes": 1}, {"watch": 4})
    assert (whole.first, whole.last, len(whole.ns)) == ("2023-01-02", "2024-05-04", 7)
    assert whole.people == {"Hyunwoo": 4, "Jiwoo": 3, "민지": 1}
    assert not Going.of(memory.vault, ToForget(words="unsaid").select(memory))


def test_attached_files_go_when_nothing_else_has_them(vault):
    both, one = Blob.of(b"both"), Blob.of(b"one")
    writer = Writer(vault)
    file = writer.file("e" * 64, "box", "/nowhere/box", 1, "mail", 1)
    time, origin = parse_iso("2024-05-05T10:00:00Z"), Origin("box", "1")
    with vault.transaction():
        for name, blobs in (("a", (both, one)), ("b", (both,))):
            record = Record(
                source="mail", kind="mail", native_id=name, time=time, origin=origin, text=name, blobs=blobs
            )
            writer.write([Incoming(record, record_id(record), 0, ((file, "1"),))])
    with Memory(vault) as memory:
        memory.follow()
        amounts = [
            Going.of(vault, ToForget(**asked).select(memory)).attachments
            for asked in ({"words": '"a"'}, {"words": '"b"'}, {"everything": True})
        ]
    assert amounts == [1, 0, 2]


def test_everything_leaves_nothing_that_was_read(memory):
    vault = memory.vault
    asked = ToForget(everything=True)
    receipt = forget(memory, asked.select(memory), asked.request(vault), NOW)
    for table in ("record", "version", "sample", "series", "source", "thread", "identity", "person", "file", "origin"):
        assert vault.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert vault.rows("SELECT count(*) FROM import") == vault.rows("SELECT count(*) FROM bad_row") == [(0,)]
    assert check(memory, receipt) == []


def test_the_same_request_is_known_again_also_by_receipts_written_earlier(vault):
    """The text that is hashed is that of the first receipts."""
    asked = ToForget(people=("Mina", "Hyunwoo"), words=" the  pier ", since="2024")
    known = {
        "record": [],
        "search": "the pier",
        "person": ["Hyunwoo", "Mina"],
        "thread": [],
        "source": [],
        "kind": [],
        "metric": [],
        "since": "2024",
        "until": None,
    }
    before = keyed_hash(vault.key, b"forget\0" + orjson.dumps(known, option=orjson.OPT_SORT_KEYS)).hex()
    assert asked.request(vault).hash == before
    assert (
        ToForget(people=("Mina", "Hyunwoo"), words="the pier", since="2024", keep=("ab",)).request(vault).hash != before
    )


def test_a_request_tells_nothing_of_what_it_finds(vault):
    words = ToForget(people=("Hyunwoo",), words="heron", sources=("phone",), keep=("ab", "cd")).request(vault).words
    assert "Hyunwoo" not in words and "heron" not in words
    assert words.startswith("everything that says #") and words.endswith("from phone but for 2 records")


def test_what_was_shown_can_be_confirmed_once_and_only_while_it_is_true(memory, take_in):
    previews, asked = Previews(), ToForget(words="dentist")
    token = previews.put(asked, asked.select(memory))
    shown = previews.take(token)
    assert shown.again(memory, ())[1] == asked.select(memory)
    with pytest.raises(Changed, match="confirmed before"):
        previews.take(token)
    take_in(memory.vault, [message("another dentist")])
    memory.follow()
    with pytest.raises(Changed, match="has changed"):
        shown.again(memory, ())
