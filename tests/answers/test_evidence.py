"""Which records stand as evidence: what a sentence holds, when what it tells of was, and what weakens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests.answers.conftest import NOW, event, message, note

from darak.answers.answer import Answer, Step
from darak.answers.ask import Asker
from darak.answers.evidence.moments import due, happened, told_moments
from darak.answers.evidence.passages import Passage, Reader, sentences
from darak.answers.evidence.support import Weighed
from darak.answers.question.wants import read_wants
from darak.memory.memory import Memory
from darak.records.codec import parse_record
from darak.records.record import Origin, Record

Living = Callable[..., Callable[..., Answer]]


def passage(text: str, question: str, language: Any = "ko") -> Passage:
    """How well a sentence holds the words of a question."""
    wants = read_wants(question, language)
    return Reader([Weighed(want, 1.0, {}, 1, True, 1.0) for want in wants]).read(text)


def told(kind: str, time: str, text: str) -> Record:
    line = {"type": "record", "source": "phone", "kind": kind, "id": "x", "time": time, "text": text}
    return parse_record(line, Origin("x", "1"))


def test_a_text_is_parted_into_sentences() -> None:
    text = "# Notes\n- Dr. Kim called at 3.5 p.m. about it.\n- All is well! Really."
    assert sentences(text) == ["Notes", "Dr. Kim called at 3.5 p.m. about it.", "All is well!", "Really."]


@pytest.mark.parametrize(
    "text", ["When did you move?", "언제 이사했어?", "who was it that called", "그게 뭐였더라ㅋㅋ 어디야"]
)
def test_a_question_states_nothing(text: str) -> None:
    assert passage(text, "x").asks


@pytest.mark.parametrize("text", ["I moved yesterday.", "어제 이사했다", "No idea what it was. We left."])
def test_a_statement_is_no_question(text: str) -> None:
    assert not passage(text, "x").asks


def test_a_negated_verb_is_hardly_held() -> None:
    assert passage("하나도 안 떨렸어", "떨린 날").own < 0.3 < passage("엄청 떨렸어", "떨린 날").own
    said, denied = (passage(text, "who laughed", "en").own for text in ("Anna laughed", "Anna never laughed"))
    assert denied < 0.3 < said


def test_a_short_noun_inside_another_word_is_hardly_held() -> None:
    assert passage("이사회에 다녀왔다", "이사 언제 했지").own < 0.5
    assert passage("드디어 이사를 했다", "이사 언제 했지").own > 0.5
    assert passage("부동산에 들렀다", "산").own < 0.3 < passage("산에 올랐다", "산").own


def test_a_text_is_dated_by_the_day_it_names_else_by_its_own() -> None:
    named = told("message", "2024-05-03T10:00", "We moved yesterday")
    silent = told("message", "2024-05-03T10:00", "We moved")
    booked = told("event", "2024-05-03T10:00", "Moving, moved from yesterday")
    days = [happened(one, one.text) for one in (named, silent, booked)]
    assert [moment and moment.day for moment in days] == [date(2024, 5, 2), date(2024, 5, 3), date(2024, 5, 3)]


def test_notes_look_back_and_messages_ahead() -> None:
    note_, message_ = (told(kind, "2024-05-15T10:00", "on the 20th") for kind in ("note", "message"))
    assert told_moments(message_, "see you on Monday")[0].day == date(2024, 5, 20)
    assert told_moments(note_, "moved in on 3 May")[0].day == date(2024, 5, 3)


def test_a_deadline_is_the_day_ahead_that_a_text_sets() -> None:
    one = told("mail", "2024-05-03T10:00", "Hello. The form must be in by 31 May. See you.")
    texts = [Passage(text, (), 0.5, index) for index, text in enumerate(sentences(one.text))]
    found = due(one, texts)
    assert found is not None and found[0].day == date(2024, 5, 31)


def test_who_answers_a_question_is_evidence_though_they_repeat_no_word(living: Living) -> None:
    ask = living(
        message("q", "2024-03-01T10:00", "me", "what was the name of the plumber again?", "anna"),
        message("a", "2024-03-01T10:05", "Anna Weber", "Holzmann, they are open on Saturdays", "anna"),
        message("other", "2024-04-01T10:00", "Anna Weber", "see you at lunch", "anna"),
    )
    answer = ask("What was the name of the plumber?")
    assert "Holzmann" in answer.text


def test_an_event_that_was_only_asked_about_did_not_happen(living: Living) -> None:
    ask = living(
        message("q", "2024-03-01T10:00", "me", "have you ever been to the opera in Verona?", "anna"),
        message("a", "2024-03-02T18:00", "Anna Weber", "lunch tomorrow?", "anna"),
    )
    assert ask("When did I go to the opera in Verona?").status != "answered"


def test_others_speak_of_themselves(living: Living) -> None:
    friends = [message(f"m{n}", f"2024-01-{n:02}T10:00", "me", f"good morning {n}", "jun") for n in range(1, 6)]
    ask = living(*friends, message("bike", "2024-03-01T10:00", "Jun Park", "I sold my bicycle today", "jun"))
    assert ask("When did I sell my bicycle?").status == "no_record"
    assert ask("When did Jun sell the bicycle?").status == "answered"


def test_the_talk_of_others_in_a_group_is_not_with_everybody_in_it(living: Living) -> None:
    ask = living(
        message("g1", "2024-03-01T10:00", "Jun Park", "the tent is in the cellar", "club"),
        message("g2", "2024-03-01T10:01", "Anna Weber", "ok", "club"),
        message("g3", "2024-03-01T10:02", "me", "good", "club"),
    )
    assert ask("What did Jun say about the tent?").status == "answered"
    assert ask("What did Anna say about the tent?").status != "answered"


def test_the_calendar_counts_rather_than_talk_about_it(living: Living) -> None:
    ask = living(
        event("e1", "2024-03-01T19:00", "Choir practice", "Town hall"),
        event("e2", "2024-03-08T19:00", "Choir practice", "Town hall"),
        message("m1", "2024-03-02T09:00", "Anna Weber", "choir practice was fun", "anna"),
        message("m2", "2024-03-07T09:00", "Anna Weber", "choir practice tomorrow!", "anna"),
    )
    assert ask("How many times did I go to choir practice?").text.startswith("2 times")


def test_what_is_only_talked_about_is_counted_as_unsure(living: Living) -> None:
    ask = living(
        note("n1", "2024-03-01", "Saw a heron at the pond."), note("n2", "2024-03-09", "A heron again at the pond.")
    )
    answer = ask("How many times did I see a heron at the pond?")
    assert answer.status == "unsure" and "2 times" in answer.text


def test_what_is_still_to_come_was_not_the_last_time(living: Living) -> None:
    ask = living(
        event("e1", "2024-03-01T19:00", "Choir practice", "Town hall"),
        event("e2", "2030-03-08T19:00", "Choir practice", "Town hall"),
    )
    assert "1 March 2024" in ask("When was my last choir practice?", datetime(2025, 1, 1)).text


def test_one_long_note_is_evidence_only_where_its_words_stand_together(living: Living) -> None:
    filler = " ".join(f"Nothing much happened in hour {n}, it was quiet all along." for n in range(40))
    ask = living(note("n", "2024-03-01", f"The lawyer called. {filler} Then the parcel came, the kettle is new."))
    assert ask("What did the lawyer say about the kettle?").status != "answered"


def test_each_step_is_told_as_it_is_done(memory: Memory) -> None:
    told: list[Step] = []
    answer = Asker(memory).ask("When did I pass my driving test?", NOW, on_step=told.append)
    assert told and tuple(told) == answer.steps
