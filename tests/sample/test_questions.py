from __future__ import annotations

import csv
import json
import mailbox
import re
import unicodedata
import zipfile
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from darak.sample import SampleLife


def read_questions(life: SampleLife) -> list[dict]:
    return [json.loads(line) for line in (life.directory / "questions.jsonl").read_text("utf-8").splitlines()]


def texts_of_mail(folder: Path) -> str:
    out = []
    for raw in mailbox.mbox(folder / "mail/All mail.mbox"):
        message = message_from_bytes(bytes(raw), policy=policy.default)
        out.append(message.get_body(("plain",)).get_content())
    return "\n".join(out)


def texts_of_chats(folder: Path) -> str:
    out = []
    for path in sorted((folder / "kakaotalk").iterdir()):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                out += [row["Message"] for row in csv.DictReader(file)]
        else:
            out.append(path.read_text("utf-8-sig"))
    return "\n".join(out)


def texts_of_calendar(folder: Path) -> str:
    text = (folder / "calendar.ics").read_bytes().decode("utf-8").replace("\r\n ", "")
    return re.sub(r"\\([,;\\])", r"\1", text)


def texts_of_phone(folder: Path, source: str) -> str:
    records = (json.loads(line) for line in (folder / "phone.jsonl").read_text("utf-8").splitlines())
    return "\n".join(str(one.get("text") or one.get("title")) for one in records if one["source"] == source)


def texts_of_ai(folder: Path) -> str:
    chats = json.loads((folder / "chatgpt/conversations.json").read_text("utf-8"))
    messages = (node["message"] for chat in chats for node in chat["mapping"].values())
    return "\n".join(message["content"]["parts"][0] for message in messages if message)


def texts_of_notes(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((folder / "notes").rglob("*.md")))


@pytest.fixture(scope="module")
def texts(folder: Path) -> dict[str, str]:
    found = {
        "mail": texts_of_mail(folder), "kakaotalk": texts_of_chats(folder), "calendar": texts_of_calendar(folder),
        "chatgpt": texts_of_ai(folder), "markdown": texts_of_notes(folder),
    } | {source: texts_of_phone(folder, source) for source in ("card", "phone", "photos")}  # fmt: skip
    return {source: squeezed(text) for source, text in found.items()}


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).lower().split())


def test_every_evidence_text_is_in_the_files(small: SampleLife, texts: dict[str, str]) -> None:
    missing = [
        (question["id"], evidence)
        for question in read_questions(small)
        for evidence in question["evidence"]
        if not evidence.get("metric") and squeezed(evidence["text"]) not in texts[evidence["source"]]
    ]
    assert missing == []


def test_words_of_the_gold_are_in_its_evidence(small: SampleLife) -> None:
    """For questions that are answered by words of a record, one of its records says them."""
    for question in read_questions(small):
        if question["kind"] in ("lookup", "where", "list", "around", "on_day"):
            said = squeezed(" ".join(one["text"] + one["time"] for one in question["evidence"]))
            for group in question["gold"]:
                words = [squeezed(one) for one in group if isinstance(one, str)]
                numbers = [str(int(one["number"])) for one in group if not isinstance(one, str)]
                spoken = said.replace(",", "")
                place_of_event = {one["source"] for one in question["evidence"]} == {"calendar"}
                assert place_of_event or any(word.replace(",", "") in spoken for word in words + numbers), question


def test_questions_are_balanced(full: SampleLife) -> None:
    questions = read_questions(full)
    languages = Counter(question["language"] for question in questions)
    assert 150 <= len(questions) <= 250
    assert 0.4 < languages["ko"] / len(questions) < 0.6
    assert 0.12 < sum(not question["answerable"] for question in questions) / len(questions) < 0.18
    assert sum(question.get("cross_lingual", False) for question in questions) / len(questions) <= 0.15


def test_every_kind_of_question_is_asked(small: SampleLife) -> None:
    assert {question["kind"] for question in read_questions(small)} == {
        "lookup", "when", "first", "last", "how_long_since", "how_long_between", "count", "how_often", "who", "where",
        "list", "sum", "average", "min", "max", "trend", "compare", "on_day", "around",
    }  # fmt: skip


def test_answerable_questions_have_gold_and_evidence_and_others_have_none(small: SampleLife) -> None:
    for question in read_questions(small):
        assert bool(question["gold"]) == bool(question["evidence"]) == question["answerable"]


def test_no_slot_is_left_unfilled(small: SampleLife, texts: dict[str, str]) -> None:
    assert not [one["question"] for one in read_questions(small) if set("{}|") & set(one["question"])]
    for source in ("kakaotalk", "mail", "markdown", "calendar", "chatgpt", "phone", "card", "photos"):
        assert "{" not in texts[source]


def test_the_stories_are_the_same_however_thin_the_life(small: SampleLife, tmp_path: Path) -> None:
    from darak.sample import generate

    other = generate(tmp_path / "life", seed=small.seed, scale=0.05)
    counted = {"sum", "average", "max", "min", "count", "compare", "trend"}
    told = [[q.text for q in life.questions if q.kind not in counted] for life in (small, other)]
    assert told[0] == told[1]


def test_archives_open(folder: Path) -> None:
    with zipfile.ZipFile(folder / "apple_health/export.zip") as archive:
        assert archive.namelist() == ["apple_health_export/export.xml"]
        assert archive.testzip() is None
