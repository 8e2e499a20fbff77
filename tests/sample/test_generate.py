from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from darak.sample import SampleLife, generate


def digest(life: SampleLife) -> dict[str, str]:
    paths = [path for path in sorted(life.directory.rglob("*")) if path.is_file()]
    return {str(p.relative_to(life.directory)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    first = generate(tmp_path / "a", seed=3, scale=0.1)
    second = generate(tmp_path / "b", seed=3, scale=0.1)
    assert digest(first) == digest(second)


def test_another_seed_is_another_person(tmp_path: Path) -> None:
    first = generate(tmp_path / "a", seed=4, scale=0.1)
    second = generate(tmp_path / "b", seed=5, scale=0.1)
    assert first.person.full_name != second.person.full_name
    assert {q.text for q in first.questions} != {q.text for q in second.questions}


def test_life_folder_holds_only_export_files(small: SampleLife) -> None:
    assert sorted(path.name for path in (small.directory / "life").iterdir()) == [
        "apple_health", "calendar.ics", "chatgpt", "kakaotalk", "mail", "notes", "phone.jsonl",
    ]  # fmt: skip
    assert (small.directory / "questions.jsonl").exists()
    assert (small.directory / "README.txt").exists()


def test_too_few_years_for_the_stories_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="8 years"):
        generate(tmp_path / "a", seed=1, years=3)


def test_a_life_can_end_on_any_day(tmp_path: Path) -> None:
    life = generate(tmp_path / "a", seed=6, until=date(2024, 2, 29), scale=0.1)
    assert life.now.date() == date(2024, 2, 29)
