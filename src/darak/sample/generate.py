"""Writes a sample life into a folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from darak.sample.body import tell_body
from darak.sample.life import Life
from darak.sample.model import KOREA, ChatLine, Question
from darak.sample.ordinary import tell_ordinary_days
from darak.sample.person import Person
from darak.sample.questions import write_questions
from darak.sample.stories import ask_about_ordinary_days, tell_stories
from darak.sample.writers.apple_health import write_apple_health
from darak.sample.writers.calendar import write_calendar
from darak.sample.writers.chatgpt import write_chatgpt
from darak.sample.writers.kakaotalk import write_kakaotalk
from darak.sample.writers.markdown import write_notes
from darak.sample.writers.mbox import write_mbox
from darak.sample.writers.native import write_native

_README = """A sample life, made by a seeded generator (seed {seed}).

Everybody in it is invented; names, firms, shops and numbers are drawn from tables.
life/             export files of {person}, {since} to {until}: this is what one imports
questions.jsonl   {count} questions in Korean and English with gold answers and evidence, asked at {now}
"""


@dataclass(frozen=True, slots=True)
class SampleLife:
    """A written life: `files` are the export files relative to `directory`, `now` is when the questions are asked."""

    directory: Path
    seed: int
    person: Person
    files: tuple[Path, ...]
    questions: tuple[Question, ...]
    now: datetime


def generate(
    directory: Path, seed: int, until: date = date(2025, 12, 31), years: int = 10, scale: float = 1.0
) -> SampleLife:
    """Writes `life/`, `questions.jsonl` and `README.txt` into `directory`. The same arguments give the same bytes.

    `scale` thins the ordinary days (1.0 is some 25,000 records and 50,000 samples); every story stays.
    Raises ValueError for fewer than 8 years or a scale of 0 and less, FileExistsError when `life/` is there.
    """
    life = Life(seed, until, years, scale)
    tell_body(life)
    tell_stories(life)
    tell_ordinary_days(life)
    ask_about_ordinary_days(life)
    folder = directory / "life"
    folder.mkdir(parents=True)
    _write_life(life, folder)
    write_questions(life.questions, life.now, directory / "questions.jsonl")
    now = life.now.replace(tzinfo=KOREA)
    about = _README.format(
        seed=seed, person=life.cast.owner.full("en"), since=life.start, until=until, count=len(life.questions), now=now
    )
    (directory / "README.txt").write_text(about, "utf-8")
    files = tuple(sorted(path.relative_to(directory) for path in folder.rglob("*") if path.is_file()))
    return SampleLife(directory, seed, life.cast.owner, files, tuple(life.questions), now)


def _write_life(life: Life, folder: Path) -> None:
    write_mbox(life.mails, folder / "mail/All mail.mbox")
    rooms: dict[str, list[ChatLine]] = defaultdict(list)
    for line in sorted(life.lines, key=lambda line: line.time):
        rooms[line.room].append(line)
    saved = life.now - timedelta(minutes=25)
    for key, room in life.course.rooms.items():
        write_kakaotalk(room, rooms[key], saved, folder / "kakaotalk")
    write_notes(life.notes, life.daily, folder / "notes")
    write_calendar(life.events, folder / "calendar.ics")
    write_chatgpt(life.ai_chats, folder / "chatgpt/conversations.json")
    born = date(life.until.year - 34 - life.seed % 9, *life.cast.owner.birthday).isoformat()
    write_apple_health(
        life.samples, life.pressures, life.workouts, born, saved, folder / "apple_health/export.zip"
    )
    write_native(life.phone, folder / "phone.jsonl")
