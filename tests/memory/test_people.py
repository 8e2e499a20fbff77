"""Who is in a memory: humans, not those who speak in a talk with an AI."""

from __future__ import annotations

from darak.memory.people import find_identities, list_people
from darak.records import people


def said(author, text, source="chatgpt", kind="chat"):
    line = {"type": "record", "source": source, "kind": kind, "time": "2024-05-01T10:00+09:00"}
    return {**line, "thread": "t", "author": author, "text": text}


TALK = [said("user", "how do I water it?"), said("assistant", "once a week"), said("tool", "{}")]
CALL = said("Mina", "hello", "phone", "message")


def test_the_owner_and_the_machine_of_a_talk_are_none_of_the_people(vault, take_in):
    take_in(vault, [*TALK, CALL])
    assert [person.name for person in list_people(vault)] == ["Mina"]
    assert not find_identities(vault, "assistant") and not find_identities(vault, "user")


def test_somebody_who_has_such_a_handle_and_a_name_is_one(vault, take_in):
    take_in(vault, [said("Mina <user>", "hello", "phone", "message")])
    assert [person.name for person in list_people(vault)] == ["Mina"]


def test_whom_the_owner_joins_with_it_stays(vault, take_in):
    take_in(vault, [*TALK, CALL])
    numbers = dict(vault.rows("SELECT handle, person FROM identity"))
    people.merge(vault.db, numbers["user"], numbers["Mina"], people.BY_OWNER)
    (one,) = list_people(vault)
    assert [handle.handle for handle in one.handles] == ["Mina"] and one.records == 1


def test_a_record_that_names_somebody_twice_is_one(vault, take_in):
    card = {"type": "record", "source": "contacts", "kind": "contact", "text": "Mina"}
    take_in(vault, [{**card, "people": ["Mina <mina@example.org>", "Mina <01012345678>"]}])
    numbers = dict(vault.rows("SELECT handle, person FROM identity"))
    people.merge(vault.db, *numbers.values(), people.BY_OWNER)
    (mina,) = list_people(vault)
    assert len(mina.handles) == 2 and mina.records == 1
