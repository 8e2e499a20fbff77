"""Events of more than a day are there on each of them, and their length and end are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from darak.answers.answer import Answer, Citation
from darak.answers.ask import Asker
from darak.importers.registry import load_importers
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory
from darak.records.vault import Vault

NOW = datetime(2025, 1, 31, 21, 0, tzinfo=UTC)
EVENTS = (
    ("DTSTART;VALUE=DATE:20240801", "DTEND;VALUE=DATE:20240806", "제주 가족 여행", "제주도"),
    ("DTSTART;TZID=Asia/Seoul:20241111T090000", "DTEND;TZID=Asia/Seoul:20241115T180000", "Berlin conference", "Berlin"),
    ("DTSTART;TZID=Asia/Seoul:20240803T190000", "DTEND;TZID=Asia/Seoul:20240803T213000", "흑돼지 저녁", ""),
    ("DTSTART;TZID=Asia/Seoul:20240910T090000", "DTEND;TZID=Asia/Seoul:20240910T100000", "Car lease ends", ""),
    ("DTSTART;VALUE=DATE:20240920", "", "Flea market", ""),
    ("DTSTART:20241203T113000Z", "DTEND:20241203T130000Z", "Pottery class", ""),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    folder = tmp_path_factory.mktemp("lasting")
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\n{start}\n{end}\nSUMMARY:{title}\nLOCATION:{place}\nEND:VEVENT\n"
        for n, (start, end, title, place) in enumerate(EVENTS)
    )
    calendar = folder / "cal.ics"
    calendar.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", "utf-8")
    with Vault.create(folder / "vault", zone="Asia/Seoul") as vault, Memory(vault) as memory:
        run_import(open_tree(calendar), {"calendar": load_importers()["calendar"]}, vault, now=NOW)
        memory.follow()
        asker = Asker(memory)
        yield lambda question: asker.ask(question, NOW)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("제주 여행 며칠 동안 갔어?", "5일이에요. 2024년 8월 1일 (목)부터 2024년 8월 5일 (월)까지"),
        ("제주 여행 몇 박이었어?", "4박 5일"),
        ("제주 여행 며칠이었어?", "5일이에요"),
        ("흑돼지 저녁이 며칠이었지?", "2024년 8월 3일 (토) 19:00이에요"),
        ("제주 여행 언제까지였지?", "2024년 8월 5일 (월)"),
        ("제주 여행 언제 끝났어?", "2024년 8월 5일 (월)"),
        ("How long was the Berlin conference?", "5 days, from Monday 11 November 2024, 09:00 to Friday 15 November"),
        ("When did the Berlin conference end?", "Friday 15 November 2024, 18:00"),
        ("흑돼지 저녁 몇 시간 했어?", "2시간 30분이에요. 2024년 8월 3일 (토) 19:00부터 21:30까지"),
        ("What time did the pottery class end?", "Tuesday 3 December 2024, 22:00"),
    ],
)
def test_how_long_and_until_when(ask: Callable[[str], Answer], question: str, told: str) -> None:
    answer = ask(question)
    assert answer.status == "answered" and told in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2024년 8월 4일에 뭐 했어?", "제주 가족 여행"),
        ("2024년 8월 4일에 어디 있었어?", "제주도"),
        ("Where was I on 13 November 2024?", "Berlin"),
        ("2024년 8월 3일 일정", "2건이 있어요: 2024년 8월 3일 (토) 제주 가족 여행 [1]"),
        ("How many conferences in November 2024?", "1 time in November 2024"),
    ],
)
def test_each_of_its_days_has_it_once(ask: Callable[[str], Answer], question: str, told: str) -> None:
    assert told in ask(question).text


def test_it_is_cited_from_its_beginning(ask: Callable[[str], Answer]) -> None:
    (cited,) = ask("What did I do on 14 November 2024?").citations
    assert isinstance(cited, Citation) and cited.record.time.iso() == "2024-11-11T09:00:00"


@pytest.mark.parametrize("question", ["2024년 8월 6일에 뭐 했어?", "What did I do on 16 November 2024?"])
def test_the_day_after_is_empty(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).status == "no_record"


def test_an_entry_that_is_an_end_tells_its_own_day(ask: Callable[[str], Answer]) -> None:
    assert "10:00" not in ask("When does the car lease end?").text
    assert "10 September 2024" in ask("When does the car lease end?").text


def test_no_length_is_made_up(ask: Callable[[str], Answer]) -> None:
    assert "1 day" not in ask("How long was the flea market?").text
