"""Whatever a life can do, it does alike where this process opens the vault and where a server holds it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import darak
from darak.sdk.life import Life


def test_ask_answers_with_the_records_it_rests_on(life: Life) -> None:
    answer = life.ask("When did Seojun Kim adopt a puppy?")
    assert "1 March 2024" in str(answer)
    assert answer.status == "answered"
    (citation, *_) = answer.citations
    assert citation.number == 1
    assert citation.id is not None
    assert life.record(citation.id).text.startswith("We adopted a puppy")


def test_ask_in_korean_and_of_numbers(life: Life) -> None:
    assert "2023년 4월 15일" in life.ask("언제 성수동으로 이사했어?").text
    answer = life.ask("How many steps did I walk in April 2024?")
    assert "4,000" in answer.text
    assert answer.citations[0].id is None
    assert answer.citations[0].series is not None


def test_a_question_goes_on_with_a_conversation(life: Life) -> None:
    first = life.ask("How many steps did I walk in April 2024?", conversation="new")
    assert first.conversation is not None
    second = life.ask("and in May?", conversation=first.conversation)
    assert "5,000" in second.text and second.conversation == first.conversation
    assert life.ask("How many steps did I walk in April 2024?").conversation is None
    (talk,) = life.conversations()
    assert (talk.id, talk.title, talk.turns) == (first.conversation, "How many steps did I walk in April 2024?", 2)
    assert life.conversations("submarine") == ()
    assert len(life.conversations("steps")) == 1
    with pytest.raises(darak.Problem, match="no such conversation"):
        life.ask("why?", conversation="0" * 16)


def test_what_is_not_there_is_no_record(life: Life) -> None:
    answer = life.ask("When did I buy a submarine?")
    assert answer.status == "no_record"
    assert not answer.citations


def test_search_finds_with_context_and_filters(life: Life) -> None:
    (hit, *_) = life.search("puppy", context=1)
    assert (hit.native_id, hit.source, str(hit.author)) == ("m-1", "phone", "Seojun Kim")
    assert [record.native_id for record in hit.after] == ["m-2"]
    assert {hit.source for hit in life.search("", sources=["diary"])} == {"diary"}
    assert [hit.native_id for hit in life.search("", since="2024-11", until="2024-11")] == ["n-1"]


def test_less_than_one_hit_cannot_be_asked_for(life: Life) -> None:
    with pytest.raises(darak.Problem, match="limit"):
        life.search("puppy", limit=0)


def test_a_kind_there_is_not(life: Life) -> None:
    for ask in (lambda: life.search("x", kinds=["dream"]), lambda: life.forgetting(kinds=["dream"])):
        with pytest.raises(darak.Problem, match=r"kind"):
            ask()


def test_a_name_nobody_has_is_a_problem(life: Life) -> None:
    with pytest.raises(darak.Problem, match="nobody called Zebedee"):
        life.search("hello", people=["Zebedee"])


def test_remember_is_found_at_once_and_twice_is_two(life: Life) -> None:
    note = life.remember("Lent the ladder to Mina Cho.", title="Ladder")
    again = life.remember("Lent the ladder to Mina Cho.", via="a program")
    assert note.id != again.id
    assert (note.source, note.kind, note.time) == ("darak", "note", "2025-06-01T12:00:00+09:00")
    assert {hit.id for hit in life.search("ladder")} == {note.id, again.id}
    assert "Lent the ladder" in life.ask("Who did I lend the ladder to?").text
    with pytest.raises(darak.Problem, match="empty"):
        life.remember("  ")


def test_timeline_counts_by_year_month_and_day(life: Life) -> None:
    assert [(one.label, one.records) for one in life.timeline()] == [("2023", 2), ("2024", 3)]
    assert life.timeline()[1].sources == {"diary": 1, "phone": 2, "watch": 3}
    assert [one.samples for one in life.timeline()] == [0, 3]
    assert [one.label for one in life.timeline("month", since="2024-05")] == ["2024-05", "2024-11"]
    assert [one.label for one in life.timeline("day", until="2023-04")] == ["2023-04-15"]
    assert [one.native_id for one in life.day("2024-03-02")] == ["m-1", "m-2"]
    with pytest.raises(darak.Problem, match=r"is no day|since"):
        life.timeline(since="yesterday")


def test_people_are_listed_with_their_handles(life: Life) -> None:
    people = {person.name: person for person in life.people()}
    assert people["Seojun Kim"].records == 2
    assert people["박지민"].last == "2023-10-14"
    assert people["박지민"].handles[0].source == "phone"


def test_import_tells_what_it_did_and_how_far_it_is(life: Life, life_file: Path) -> None:
    told: list[tuple[str, int, int, int]] = []
    reports = life.import_(life_file, on_progress=lambda *how_far: told.append(how_far))
    assert {report.state for report in reports} == {"done"}
    assert sum(report.new for report in reports) == 0
    assert told[-1][3] >= 8
    with pytest.raises(darak.Problem):
        life.import_(life_file.parent / "nothing-here.zip")


def test_forget_shows_first_and_erases_only_what_is_confirmed(life: Life) -> None:
    shown = life.forgetting(people=["Seojun Kim"])
    assert (shown.records, shown.first, shown.last) == (2, "2024-03-02", "2024-03-02")
    assert life.search("puppy")
    with pytest.raises(darak.Problem, match="confirm=True"):
        life.forget(shown, confirm=False)  # type: ignore[arg-type]
    life.remember("Seojun Kim called.")
    receipt = life.forget(shown, confirm=True)
    assert receipt.records == 2
    assert not life.search("puppy")
    assert life.search("called")
    with pytest.raises(darak.Problem, match=r"show first|look again"):
        life.forget(shown, confirm=True)


def test_what_is_to_stay_can_be_named_after_it_was_shown(life: Life) -> None:
    shown = life.forgetting(people=["Seojun Kim"])
    assert (len(shown.ids), shown.by_source, shown.attachments) == (2, {"phone": 2}, 0)
    kept = life.record(shown.ids[0])
    assert life.forget(shown, keep=[kept.id], confirm=True).records == 1
    assert life.record(kept.id) == kept
    with pytest.raises(darak.Problem, match="no such record"):
        life.record(shown.ids[1])


def test_everything_is_forgotten_at_once(life: Life) -> None:
    with pytest.raises(darak.Problem, match="say one of the two"):
        life.forgetting(everything=True, sources=["phone"])
    life.forget(life.forgetting(everything=True), confirm=True)
    assert not life.timeline() and not life.people()


def test_nothing_asked_for_is_nothing_forgotten(life: Life) -> None:
    with pytest.raises(darak.Problem, match="say what to forget"):
        life.forgetting()


def test_a_note_that_is_forgotten_names_no_file_outside(life: Life) -> None:
    note = life.remember("A secret.")
    assert life.forget(life.forgetting(records=[note.id]), confirm=True).files == ()
    with pytest.raises(darak.Problem, match="no such record"):
        life.record(note.id)


def test_threads_take_turns(life: Life) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(life.search("puppy")))) for _ in range(4)]
    for thread in threads:
        thread.start()
    life.remember("While others search.")
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert min(found) >= 1


def test_a_folder_is_read_whole(life: Life, tmp_path: Path) -> None:
    (tmp_path / "Notes").mkdir()
    (tmp_path / "Notes" / "ladder.md").write_text("The ladder is in the shed.")
    assert any(report.state == "done" for report in life.import_(tmp_path / "Notes"))
    assert "shed" in life.search("ladder")[0].text


def test_what_is_closed_stays_closed(life: Life) -> None:
    life.close()
    life.close()
    with pytest.raises(darak.Problem, match="closed"):
        life.ask("When?")


def test_a_question_that_says_nothing_is_a_problem(life: Life) -> None:
    with pytest.raises(darak.Problem, match="question says nothing"):
        life.ask(" \n")


@pytest.mark.parametrize("unit", ["week", "Year"])
def test_a_unit_of_time_there_is_not(life: Life, unit: str) -> None:
    with pytest.raises(darak.Problem):
        life.timeline(unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["2024", "2024-05", "yesterday", "2024-13-45", ""])
def test_a_day_that_is_none(life: Life, day: str) -> None:
    with pytest.raises(darak.Problem):
        life.day(day)


def test_a_note_of_half_a_character_is_a_problem(life: Life) -> None:
    with pytest.raises(darak.Problem):
        life.remember("half \ud800")


def test_a_mistyped_choice_never_means_more(life: Life) -> None:
    with pytest.raises((darak.Problem, TypeError)):
        life.forgetting(since="2024", person=["Seojun Kim"])  # type: ignore[call-arg]
    with pytest.raises((darak.Problem, TypeError)):
        life.search("puppy", source="phone")  # type: ignore[call-arg]
    with pytest.raises(darak.Problem, match="list"):
        life.search("puppy", sources="phone")  # type: ignore[arg-type]
