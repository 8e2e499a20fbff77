"""Every text of the pages in Korean and English, in one table; and days, times and numbers as each language writes
them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, cast

from darak.answers.numbers.metrics import metric_of
from darak.answers.wording.repeats import repeats
from darak.memory.recurrence import read_rule
from darak.server.pages.texts_of_conversations import TEXTS_OF_CONVERSATIONS
from darak.server.pages.texts_of_imports import TEXTS_OF_IMPORTS
from darak.server.pages.texts_of_models import TEXTS_OF_MODELS
from darak.server.pages.texts_of_privacy import TEXTS_OF_PRIVACY
from darak.server.pages.texts_of_problems import FAMILIES, PROBLEMS, SENTENCES
from darak.server.pages.texts_of_sources import ROLES, SOURCES
from darak.server.pages.texts_of_steps import korean_step

Language = Literal["ko", "en"]
LANGUAGES: Mapping[Language, str] = {"ko": "한국어", "en": "English"}

TEXTS: Mapping[str, tuple[str, str]] = {
    "name": ("다락", "Darak"),
    "skip": ("본문으로 바로가기", "Skip to the content"),
    "rooms": ("메뉴", "Menu"),
    "language": ("언어", "Language"),
    "close": ("닫기", "Close"),
    "ask": ("묻기", "Ask"),
    "timeline": ("시간", "Timeline"),
    "people": ("사람", "People"),
    "sources": ("자료", "Sources"),
    "privacy": ("개인정보", "Privacy"),
    "importing": (
        "자료를 읽는 중이에요. 지금 물어봐도 되지만, 아직 읽지 않은 것은 답에 없어요.",
        "Files are being read. You can ask now; what is not read yet is missing from answers.",
    ),
    "importing.see": ("어디까지 읽었는지 보기", "See how far it is"),
    # Ask
    "ask.title": ("무엇이 궁금하세요?", "What would you like to know?"),
    "ask.label": ("질문", "Your question"),
    "ask.placeholder": ("지난 일을 물어보세요", "Ask about anything you have lived"),
    "ask.button": ("묻기", "Ask"),
    "ask.examples": ("이렇게 물어볼 수 있어요", "You could ask"),
    "ask.empty": (
        "아직 기억이 비어 있어요. 메일, 카카오톡, 메모, 캘린더를 내보낸 파일을 넣으면 여기서 물어볼 수 있어요.",
        "Nothing is here yet. Add files you have exported, such as mail, chats, notes or a calendar, and ask here.",
    ),
    "ask.add": ("자료 넣기", "Add files"),
    "ask.looking": ("기록을 찾고 있어요", "Looking through your records"),
    "answer": ("답", "Answer"),
    "answer.records": ("근거", "What it rests on"),
    "answer.record": ("근거 {n}", "Record {n}"),
    "answer.how": ("어떻게 찾았나요", "How this was found"),
    "answer.none": ("기록 없음", "No record"),
    "answer.unsure": ("확실하지 않아요", "Not sure"),
    "answer.no-model": ("언어 모델 없이", "without a language model"),
    "answer.model": ("{model} 모델로", "with {model}"),
    "answer.seconds": ("{n}초", "{n} s"),
    "answer.values": ("값", "Values"),
    "answer.when": ("때", "When"),
    "answer.value": ("값", "Value"),
    "answer.count": ("개수", "Count"),
    "answer.start": ("막대는 {value}에서 시작해요", "Bars begin at {value}"),
    "answer.low": ("가장 낮음 {value} ({label})", "Lowest {value} ({label})"),
    "answer.high": ("가장 높음 {value} ({label})", "Highest {value} ({label})"),
    "answer.more": ("근거 {n}개 더 보기", "{n} more"),
    # Records
    "record": ("기록", "Record"),
    "record.before": ("이전", "Before"),
    "record.after": ("이후", "After"),
    "record.from": ("보낸 사람", "From"),
    "record.to": ("함께한 사람", "With"),
    "record.place": ("장소", "Place"),
    "record.link": ("링크", "Link"),
    "record.files": ("첨부 파일", "Attached files"),
    "record.origin": ("이 기록의 출처", "Where this came from"),
    "record.file": ("파일", "File"),
    "record.member": ("안의 파일", "Inside it"),
    "record.locator": ("위치", "Place in it"),
    "record.untimed": ("시각을 알 수 없음", "No time known"),
    "record.zone": ("시간대 {zone}", "zone {zone}"),
    "record.day": ("이날 보기", "See this day"),
    "record.forget": ("이 기록 잊기", "Forget this record"),
    "record.alone": ("기록만 따로 보기", "Open on its own page"),
    "record.untitled": ("제목 없음", "Untitled"),
    "record.empty": ("내용 없음", "No text"),
    # Timeline
    "timeline.lead": ("칸이 진할수록 남은 것이 많아요.", "The deeper a cell, the more was kept."),
    "timeline.keys": (
        "화살표로 움직이고, Enter로 열고, Backspace로 돌아가요.",
        "Arrow keys move, Enter opens, Backspace goes back.",
    ),
    "timeline.years": ("해", "Years"),
    "timeline.empty": (
        "아직 시간이 적힌 기록이 없어요. 자료를 넣으면 여기서 한눈에 볼 수 있어요.",
        "There is nothing with a date yet. Add files, and your years appear here.",
    ),
    "timeline.cell": (
        "{when}: 기록 {records}개, 측정값 {samples}개",
        "{when}: {records} records, {samples} samples",
    ),
    "timeline.all": ("모든 자료", "All sources"),
    "timeline.only": ("이 자료만", "Only from"),
    "timeline.show": ("보기", "Show"),
    "timeline.year": ("{year}년", "{year}"),
    "timeline.before": ("이전: {when}", "Before: {when}"),
    "timeline.after": ("다음: {when}", "After: {when}"),
    "timeline.nothing": ("이날에는 기록이 없어요.", "There is no record of this day."),
    "timeline.measured": ("이날의 측정값", "Measured that day"),
    "timeline.metric": ("무엇", "What"),
    "timeline.least": ("가장 낮음", "Lowest"),
    "timeline.greatest": ("가장 높음", "Highest"),
    "timeline.sum": ("합계", "Sum"),
    "timeline.count": ("횟수", "Times"),
    "timeline.total": ("기록 {n}개", "{n} records"),
    "timeline.further": ("이어서 보기", "Further"),
    "timeline.hourless": ("시각 모름", "no hour"),
    # People
    "people.lead": (
        "기록에 나온 사람들이에요. 같은 사람이 여러 이름으로 나오면 하나로 합칠 수 있어요.",
        "Everyone in your records. Whoever appears under several names can be made one.",
    ),
    "people.search": ("이름 찾기", "Find a name"),
    "people.find": ("찾기", "Find"),
    "people.none": ("그런 이름은 없어요.", "Nobody here is called so."),
    "people.empty": ("아직 아무도 없어요. 자료를 넣으면 나타나요.", "Nobody is here yet. Add files first."),
    "people.records": ("기록 {n}개", "{n} records"),
    "people.last": ("마지막 {when}", "last {when}"),
    "people.proposals": ("같은 사람일까요?", "The same person?"),
    "people.merge": ("같은 사람이에요", "Yes, one person"),
    "people.apart": ("다른 사람이에요", "No, two people"),
    "people.merged": ("합친 사람", "Made one"),
    "people.into": ("{name} → {kept}", "{name} → {kept}"),
    "people.undo": ("되돌리기", "Take back"),
    "people.handles": ("이름과 주소", "Names and addresses"),
    "people.everywhere": ("모든 자료", "everywhere"),
    "people.split": ("따로 떼기", "Split off"),
    "people.rename": ("부를 이름", "Call them"),
    "people.save": ("저장", "Save"),
    "people.more": ("더 보기", "More"),
    "people.ask": ("마지막으로 언제 연락했는지 묻기", "Ask when you last heard from them"),
    "people.question": ("{name}한테 마지막으로 연락 온 게 언제지?", "When did I last hear from {name}?"),
    "people.back": ("모든 사람", "Everyone"),
    "people.all-merged": ("합친 사람 {n}명", "{n} made one"),
    # The entrance
    "entrance.lead": ("아직 들어오지 않았어요.", "You are not signed in."),
    "entrance.wrong": ("비밀번호가 달라요. 다시 적어 주세요.", "That is another password. Please try again."),
    "entrance.often": (
        "너무 여러 번 틀렸어요. 1분쯤 뒤에 다시 해 주세요.",
        "That went wrong too often. Try again in a minute.",
    ),
    "entrance.password": ("비밀번호", "Password"),
    "entrance.button": ("들어가기", "Sign in"),
    "entrance.how": (
        "터미널에서 이렇게 쓰면, 다락이 켜져 있어도 새 링크가 열려요.",
        "In a terminal this opens a new link, also while Darak is running:",
    ),
    # Problems
    "problem": ("할 수 없었어요", "That did not work"),
    "problem.404": ("그런 것은 여기 없어요.", "There is no such thing here."),
    "problem.busy": ("지금 다른 일을 하고 있어요. 잠시 뒤에 다시 해 보세요.", "Too much is going on. Try again soon."),
    "problem.gone": (
        "다락이 꺼져 있어요. 터미널에서 darak serve를 다시 실행해 주세요.",
        "Darak is not running. Start darak serve again in a terminal.",
    ),
    "problem.signed-out": (
        "다시 들어와야 해요. 터미널에서 darak serve를 다시 실행하면 새 링크가 열려요.",
        "Please come in again. Running darak serve in a terminal opens a new link.",
    ),
    "problem.asked": (
        "그렇게는 물어볼 수 없어요. 날짜는 2024-05-01, 2024-05, 2024처럼 적어 주세요.",
        "That cannot be asked so. Write days as 2024-05-01, 2024-05 or 2024.",
    ),
    "problem.home": ("처음으로", "Back to the start"),
    **TEXTS_OF_CONVERSATIONS,
    **TEXTS_OF_IMPORTS,
    **TEXTS_OF_MODELS,
    **TEXTS_OF_PRIVACY,
}

KINDS: Mapping[str, tuple[str, str]] = {
    "message": ("메시지", "Message"),
    "mail": ("메일", "Mail"),
    "note": ("메모", "Note"),
    "document": ("문서", "Document"),
    "event": ("일정", "Event"),
    "call": ("통화", "Call"),
    "photo": ("사진", "Photo"),
    "place": ("장소", "Place"),
    "purchase": ("구매", "Purchase"),
    "play": ("재생", "Play"),
    "visit": ("방문", "Visit"),
    "post": ("게시물", "Post"),
    "contact": ("연락처", "Contact"),
    "chat": ("대화", "Conversation"),
    "notification": ("알림", "Notification"),
    "other": ("그 밖", "Other"),
    "sample": ("측정값", "Sample"),
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = (("월화수목금토일"), (["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]))
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?)?)?")


def text(language: Language, key: str, **values: object) -> str:
    """One text in one language, with its values filled in."""
    return TEXTS[key][_index(language)].format(**values)


def kind_word(language: Language, kind: str) -> str:
    return KINDS.get(kind, KINDS["other"])[_index(language)]


def source_word(language: Language, name: str) -> str:
    """What people call a source or an importer."""
    return SOURCES[name][_index(language)] if name in SOURCES else name


def kind_and_source(language: Language, kind: str, source: str | None) -> str:
    """What a record is and where it is from, in one word where both are called the same."""
    told = [kind_word(language, kind), *([source_word(language, source)] if source else [])]
    return " · ".join(dict.fromkeys(told))


def person_word(language: Language, name: str) -> str:
    """Somebody's name; who is only called by a role is called so in the reader's language."""
    return ROLES[name][_index(language)] if name in ROLES else name


def source_words(language: Language, names: Iterable[str]) -> str:
    return ", ".join(source_word(language, name) for name in names)


def metric_word(language: Language, name: str) -> str:
    """What people call a metric."""
    metric = metric_of(name)
    return metric.korean if language == "ko" else metric.english


def metric_unit(language: Language, name: str, unit: str) -> tuple[str, float]:
    """The unit in which people say a metric, "" for what is only counted, and what its values are multiplied by."""
    metric = metric_of(name, unit)
    shown = metric.unit_korean if language == "ko" else metric.unit_english
    return "" if unit == "count" else shown, metric.scale


def problem_words(language: Language, code: str, message: str) -> tuple[str, str]:
    """What could not be read, and the English words for what happened exactly where those say more."""
    if code in PROBLEMS:
        return PROBLEMS[code][_index(language)], ""
    family = FAMILIES.get(code.partition("-")[0], "")
    return (family, message) if language == "ko" and family else (message, "")


def said(language: Language, sentence: str) -> str:
    """A sentence of the rest of Darak in the reader's language, where it is known; else as it is."""
    found = ((pattern.fullmatch(sentence), korean) for pattern, korean in SENTENCES if language == "ko")
    return next((korean.format(*match.groups()) for match, korean in found if match), sentence)


def step_told(language: Language, action: str, found: str) -> str:
    """One thing that was done for an answer, and what it came to."""
    return ": ".join(korean_step(action, found) if language == "ko" else (action, found))


def failure_word(language: Language, kind: str) -> str:
    """What went wrong with a model, by the name of its kind."""
    key = f"model.{kind}"
    return text(language, key if key in TEXTS else "model.ModelProblem")


def purpose_word(language: Language, purpose: str) -> str:
    """What was sent for, with the program it was for after a colon."""
    what, colon, program = purpose.partition(": ")
    key = f"purpose.{what}"
    return (text(language, key) if key in TEXTS else what) + colon + program


def rule_word(language: Language, name: str) -> str:
    """A topic, a kind of record or a source that stays home."""
    key = f"rule.{name}"
    return (
        text(language, key)
        if key in TEXTS
        else kind_word(language, name)
        if name in KINDS
        else source_word(language, name)
    )


def month_name(language: Language, month: int) -> str:
    return f"{month}월" if language == "ko" else _MONTHS[month - 1]


def weekday_names(language: Language) -> list[str]:
    """Monday first."""
    return list(_WEEKDAYS[_index(language)])


def when(language: Language, iso: str | None) -> str:
    """An ISO time as it is written in a sentence, as precise as it is known: 2024-05-12T14:03 or 2024-05."""
    found = _ISO.match(iso or "")
    if found is None:
        return text(language, "record.untimed")
    year, *rest = (int(part) if part else None for part in found.groups())
    month, day, hour, minute, _ = rest
    told = f"{year}년" if language == "ko" else f"{year}"
    if month is not None:
        told = f"{told} {month}월" if language == "ko" else f"{_MONTHS[month - 1]} {told}"
    if month is not None and day is not None:
        weekday = weekday_names(language)[date(cast(int, year), month, day).weekday()]
        told = f"{told} {day}일 ({weekday})" if language == "ko" else f"{weekday} {day} {told}"
    if hour is not None and minute is not None:
        told += f" {hour:02}:{minute:02}"
    return told


def until(language: Language, first: str | None, last: str) -> str:
    """When something ended, by the clock alone where it ended on the day it began."""
    told = when(language, last)
    return told.rpartition(" ")[2] if first and "T" in last and first[:10] == last[:10] else told


def period(language: Language, iso: str | None) -> str:
    """A time, or two with a slash between them."""
    first, slash, last = (iso or "").partition("/")
    return f"{when(language, first)} – {when(language, last)}" if slash else when(language, first)


def repeats_told(language: Language, written: str) -> str:
    """How often an event repeats, in words; "" where its rule is not read."""
    rule = read_rule(written)
    over = rule is not None and (rule.until or "9")[:8] < f"{date.today():%Y%m%d}"
    return repeats(rule, language, goes_on=not over) if rule else ""


def number(value: float, digits: int | None = None) -> str:
    """With a comma after each three digits, and so many decimals; else no more than two."""
    return f"{round(value, 2):,}".removesuffix(".0") if digits is None else f"{value:,.{digits}f}"


def under_title(words: str, title: str | None) -> str:
    """A record's text where its title stands above: without it at its beginning, as a heading or as it is."""
    begun = words.lstrip().lstrip("#").lstrip()
    if not title or not begun.startswith(title):
        return words
    rest = begun[len(title) :]
    return words if rest[:1].strip() else rest.lstrip(" \t\r\n·:–—")


def size(count: int) -> str:
    """Bytes as a person says them."""
    power = min(4, (len(str(count)) - 1) // 3)
    value, unit = count / 1000**power, ("B", "kB", "MB", "GB", "TB")[power]
    return f"{value:.0f} {unit}" if value >= 10 or power == 0 else f"{value:.1f} {unit}"


def preferred(header: str) -> Language:
    """The language that a browser asks for first, of those that are there."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        name, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), place, name[:2].lower()))
        except ValueError:
            continue
    found = next((name for _, _, name in sorted(wanted) if name in LANGUAGES), "en")
    return "ko" if found == "ko" else "en"


def _index(language: Language) -> int:
    return 0 if language == "ko" else 1
