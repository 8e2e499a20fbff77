"""Events that repeat are answered for each of their times, though the calendar holds them once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from darak.answers.answer import Answer, Citation
from darak.answers.ask import Asker
from darak.importers.registry import load_importers
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory
from darak.records.vault import Vault

NOW = datetime(2025, 1, 31, 21, 0, tzinfo=UTC)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:piano
DTSTART;TZID=Asia/Seoul:20240305T190000
DTEND;TZID=Asia/Seoul:20240305T200000
RRULE:FREQ=WEEKLY;BYDAY=TU
SUMMARY:피아노 레슨
END:VEVENT
BEGIN:VEVENT
UID:piano
RECURRENCE-ID;TZID=Asia/Seoul:20250121T190000
DTSTART;TZID=Asia/Seoul:20250123T180000
SUMMARY:피아노 레슨
END:VEVENT
BEGIN:VEVENT
UID:standup
DTSTART;TZID=Europe/Berlin:20240108T100000
RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20240630T215959Z
EXDATE;TZID=Europe/Berlin:20240506T100000,20240513T100000
SUMMARY:Weekly standup
END:VEVENT
BEGIN:VEVENT
UID:rent
DTSTART;VALUE=DATE:20240901
RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=12
SUMMARY:Pay the rent
END:VEVENT
BEGIN:VEVENT
UID:swim
DTSTART:20241104T223000Z
RRULE:FREQ=WEEKLY;BYDAY=MO
SUMMARY:Morning swim
END:VEVENT
BEGIN:VEVENT
UID:dinner
DTSTART;TZID=Asia/Seoul:20241008T203000
SUMMARY:Dinner with Maya
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("repeating")
    calendar = folder / "cal.ics"
    calendar.write_text(CALENDAR, "utf-8")
    with Vault.create(folder / "vault", zone="Asia/Seoul") as vault, Memory(vault) as memory:
        run_import(open_tree(calendar), {"calendar": load_importers()["calendar"]}, vault, now=NOW)
        memory.follow()
        yield Asker(memory)


@pytest.fixture
def ask(asker: Asker) -> Callable[[str], Answer]:
    return lambda question: asker.ask(question, NOW)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("피아노 레슨 마지막으로 언제 했어?", "2025년 1월 28일 (화) 19:00"),
        ("다음 피아노 레슨 언제야?", "2025년 2월 4일 (화) 19:00"),
        ("피아노 레슨 언제야?", "2025년 2월 4일 (화) 19:00"),
        ("When did I start piano lessons?", "5 March 2024"),
        ("When was the last weekly standup?", "24 June 2024, 10:00"),
        ("How many weekly standups did I have?", "23 times"),
        ("작년 5월에 피아노 레슨 몇 번 했어?", "4번"),
        ("How often do I have piano lessons?", "(48 times from Tuesday 5 March 2024"),
        (
            "What's on my calendar next week?",
            "Tuesday 4 February 2025, 07:30 Morning swim [1]; Tuesday 4 February 2025, 19:00",
        ),
        ("When was my last morning swim?", "Tuesday 28 January 2025, 07:30"),
        ("When do I pay the rent next?", "1 February 2025"),
    ],
)
def test_a_time_of_a_repeated_event(ask: Callable[[str], Answer], question: str, told: str) -> None:
    answer = ask(question)
    assert answer.status == "answered" and told in answer.text, answer.text


def test_what_is_cited_is_the_event_at_that_time(ask: Callable[[str], Answer]) -> None:
    (cited,) = ask("다음 피아노 레슨 언제야?").citations
    assert isinstance(cited, Citation) and cited.record.time.iso() == "2025-02-04T19:00:00"
    assert cited.record.end is not None and cited.record.end.iso() == "2025-02-04T20:00:00"
    stored = ask("When did I start piano lessons?").citations[0]
    assert isinstance(stored, Citation) and (stored.n, stored.id) == (cited.n, cited.id)


def test_how_it_repeats_is_said(ask: Callable[[str], Answer]) -> None:
    assert "매주 화요일에 되풀이되는 일정이에요." in ask("다음 피아노 레슨 언제야?").text
    assert "It repeated every week on Monday." in ask("When was the last weekly standup?").text


def test_a_day_holds_what_repeats_on_it(ask: Callable[[str], Answer]) -> None:
    answer = ask("2024년 10월 8일에 뭐 했어?")
    assert "피아노 레슨" in answer.text and "Dinner with Maya" in answer.text
    assert "피아노 레슨" not in ask("2024년 10월 9일에 뭐 했어?").text


def test_a_time_that_was_moved_or_left_out_is_none(ask: Callable[[str], Answer]) -> None:
    assert "피아노 레슨" in ask("2025년 1월 23일에 뭐 했어?").text
    assert "피아노" not in ask("2025년 1월 21일에 뭐 했어?").text
    assert ask("What did I do on 6 May 2024?").status == "no_record"


def test_other_events_are_as_they_were(ask: Callable[[str], Answer]) -> None:
    answer = ask("When was dinner with Maya?")
    assert "8 October 2024, 20:30" in answer.text and "repeat" not in answer.text


def test_a_hostile_rule_costs_nothing(tmp_path: Path) -> None:
    calendar = tmp_path / "cal.ics"
    rules = ("FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY", "FREQ=DAILY;UNTIL=99999999")
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART:19000101T000000\nRRULE:{rule}\nSUMMARY:trap\nEND:VEVENT\n"
        for n, rule in enumerate(rules * 5)
    )
    calendar.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    with Vault.create(tmp_path / "vault", zone="Asia/Seoul") as vault, Memory(vault) as memory:
        run_import(open_tree(calendar), {"calendar": load_importers()["calendar"]}, vault, now=NOW)
        memory.follow()
        answer = Asker(memory).ask("When was the last trap?", NOW)
    assert "31 January 2025" in answer.text and answer.seconds < 20
