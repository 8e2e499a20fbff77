"""From the words of a question to its plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from darak.answers.numbers.measures import find_measure, only_measures
from darak.answers.numbers.metrics import metric_of
from darak.answers.people import People
from darak.answers.plan import Kind, Language, Measure, Order, Plan, Want
from darak.answers.question.concepts import load_concepts
from darak.answers.question.rules import read_rules
from darak.answers.question.slots import find_slot, slot_named
from darak.answers.question.sources import Sourced, read_sources
from darak.answers.question.spans import read_spans
from darak.answers.question.tidying import tidied
from darak.answers.question.wants import hint, read_wants
from darak.answers.question.weekdays import read_weekdays
from darak.language.tokens import normalise, phrase_terms
from darak.language.word_list import word_list


def read_question(
    question: str, now: datetime, people: People, metrics: Collection[str], sources: Collection[str] = ()
) -> Plan:
    """The typed plan of a question; `metrics` are those of which the memory has samples, `sources` those it has.

    Names and dates are taken out before the words are read, so that nobody's name is taken for a common noun.
    """
    text = tidied(normalise(" ".join(question.split())), people.is_name)
    language = language_of(text)
    asked = read_rules(text, language)
    slot = find_slot(text)
    if asked.order == "next" and asked.kind in ("lookup", "when") and (slot is None or slot.name in _WHEN):
        asked = replace(asked, kind="next")
    if asked.kind in ("when", "last") and _COMES_AGAIN.search(text):
        asked = replace(asked, kind="last", order="last")
    if quits := _QUITS_JOB.search(text):
        asked = replace(asked, order=None, kind="when" if asked.kind == "last" else asked.kind)
    spans = [pair for pair in read_spans(text, now) if asked.order is None or not _RECENT.search(pair[0].surface)]
    undated = read_rules(_blank(text, [place for _, place in spans]), language)
    if asked.order not in (None, undated.order):  # 5월 마지막 주말 is no last time
        asked = replace(asked, order=undated.order, kind=undated.kind if asked.kind == asked.order else asked.kind)
    weekdays, at_weekdays = read_weekdays(text, [place for _, place in spans])
    contrasted = find_measure(text, "compare", metrics) if weekdays else None
    if contrasted:  # the days of every week, none of the calendar
        spans = [pair for pair in spans if not any(a < pair[1][1] and pair[1][0] < b for a, b in at_weekdays)]
        asked = replace(asked, kind="compare")
    asking = (_REQUEST, _SUMMARY, _COUNTER) if spans else (_REQUEST, _COUNTER)
    rest = _blank(
        text,
        [
            *(span for _, span in spans),
            *(at_weekdays if contrasted else ()),
            *(match.span() for one in asking for match in one.finditer(text)),
        ],
    )
    if several := _SEVERAL.search(text):
        rest = _blank(rest, [several.span(several.lastgroup or 0)])
    sourced = read_sources(rest, frozenset(sources))
    if sourced and sourced.named:
        rest = _blank(rest, sourced.places)
    named = people.find(rest)
    rest = _blank(rest, [mention.span for mention in named])
    rest = _blank(rest, people.find_owner(rest))
    plan = Plan(
        question=text,
        language=language,
        now=now,
        kind=asked.kind,
        people=tuple({mention.surface: people.asked(mention) for mention in named}.values()),
        spans=tuple(span for span, _ in spans),
        group=asked.group,
        weekdays=weekdays if contrasted else (),
        order=asked.order,
        target=slot.name if slot else None,
        rest=rest,
        most=int(re.sub(r"\D", "", several[several.lastgroup or 0])) if several else 0,
    )
    found = None if _TOLD.search(text) else find_measure(text, plan.kind, metrics)
    if found and plan.kind in _COMPARED and len(plan.spans) == 1 and _THAN.search(text):
        plan = replace(
            plan,
            kind="compare",
            spans=(*plan.spans, *(span for span, _ in read_spans(_RUNNING[plan.spans[0].grain], now))),
        )
    if found or plan.kind in _COUNTED:
        plan = replace(plan, spans=tuple(span.counted for span in plan.spans))
    if sourced and (taken := _of_sources(plan, sourced)):
        return taken
    if found:
        measure, span = found
        wants = read_wants(_blank(rest, [span]), language, slot)
        if not measure.metrics:
            kept = tuple(
                want
                for want in wants
                if _narrows(want) and not want.kinds & {*measure.kinds} and not only_measures(measure, want.surface)
            )
            return replace(plan, measure=measure, wants=kept)
        if plan.kind not in _UNSAID:
            return replace(plan, measure=measure)
        if not any(want.role == "thing" for want in wants) and not plan.people:
            return replace(plan, measure=measure, kind=_statistic(plan, measure))
    wants = _started(
        asked.order, read_wants(rest, language, slot, [mention.span for mention in named], sorts=plan.kind != "list")
    )
    if quits:  # of the job itself every record of work speaks
        wants = (Want(quits[0], "act", load_concepts().english("resign", phrase_terms("resign")).forms),)
    if _COMES_AGAIN.search(text):  # what says so is the entry of the bank, not talk about pay
        wants = tuple(want for want in wants if want.surface not in _COMING)
        return replace(plan, wants=wants, kinds=("other", "purchase"), target=None)
    if (more := hint(plan.order)) and wants:
        wants = (*wants, more)
    plan = _registered(replace(plan, wants=wants, kinds=_kinds(plan.kind, wants)))
    if not plan.wants and not plan.people and plan.spans and not plan.register and plan.kind != "where":
        return replace(plan, kind="on_day")
    return plan


def _of_sources(plan: Plan, sourced: Sourced) -> Plan | None:
    """The plan of a question that goes to certain sources; None when it asks for more than what is done in them.

    Where nothing is left but people and days, their records themselves are asked for.
    """
    slot = slot_named(plan.target)
    people = [
        (place.start(), place.end())
        for one in plan.people
        for place in re.finditer(re.escape(one.surface), plan.question)
    ]
    wants = read_wants(_blank(plan.rest, sourced.places), plan.language, slot, people)
    if any(want.role not in ("hint", "vague") for want in _started(plan.order, wants)):
        if not sourced.named:
            return None
        more = hint(plan.order)
        return replace(plan, wants=(*wants, more) if more else wants, sources=sourced.sources)
    if slot is not None and slot.name not in _WHEN | {"title"} and plan.kind == "lookup":  # a value, of what is left
        return None
    kind = plan.kind if plan.kind in _ASKED_OF_REGISTERS else plan.order or "list"
    return replace(plan, kind=kind, kinds=sourced.kinds, sources=sourced.sources, target=None, register=True)


# 찾아 줘, 보여 주세요, 알려 줄래: that the answer is asked for, written apart.
_REQUEST = re.compile(
    r"(?<![가-힣])(?:찾아|보여|알려|말해|가르쳐|정리해|검색해|뽑아|꺼내|설명해|얘기해|나열해)\s*"
    r"(?:줘|주(?=\s*$|[세라십겠실면])|줄(?=래|\s*수|\s*[?？])|줬으면|달라|달래|다오|봐)[가-힣]*(?:\s*수?\s*있\S*|\s*좋\S*)?"
)
# What is counted, rather than what it is counted in: how many cups of coffee.
_COUNTER = re.compile(
    r"(?<=how many )(?:cups?|mugs?|glass(?:es)?|bottles?|cans?|pints?|bowls?|plates?|slices?|pieces?|packs?)\s+of\b",
    re.IGNORECASE,
)
# That all of a time is asked for, in short.
_SUMMARY = re.compile(
    r"(?:요약|정리|회고)(?:을|를|좀)?\s*(?:해|하|부탁)[가-힣]*(?:\s*[주줘줄][가-힣]*)?"
    r"|\b(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:summari[sz]e|recap|sum\s+up)\b"
    r"|\b(?:(?:give|write|show)\s+me\s+)?(?:an?\s+|the\s+)?(?:summary|overview|recap)\s+of\b",
    re.IGNORECASE,
)
# What comes every month: asked for without more, the last one is meant.
_COMES_AGAIN = re.compile(
    r"(?:월급|급여)\S*\s+(?:언제\s*)?(?:들어|받|나왔|입금)|\bwhen\s+(?:did|was)\b.*\b(?:get\s+paid|paid|salary|wages?)\b"
    r"(?=\s*(?:come|arrive|paid|in|\?|$))",
    re.IGNORECASE,
)
_QUITS_JOB = re.compile(
    r"(?:회사|직장|알바|일)(?:을|를)?\s+(?:언제\s+)?(?:그만\s*[두둔뒀둘]|관[두둔뒀]|때려\s*[치쳤])[가-힣]*"
    r"|\b(?:quit|leave|left|resign(?:ed)?\s+from)\s+(?:my|the|our)\s+(?:\w+\s+)?(?:job|work|company|firm)\b",
    re.IGNORECASE,
)
# The last five photos, 메일 3개: how many of them are to be shown.
_SEVERAL = re.compile(
    r"(?:최근|마지막|지난)[^\d]{0,20}?(?P<ko>\d{1,2}\s*(?:개|통|장|건|편)(?:만|을|를)?)"
    r"|\b(?:last|latest|recent)\s+(?P<en>\d{1,2})(?=\s+[a-z]+s\b)(?!\s+(?:year|month|week|day|hour|night|time)s)",
    re.IGNORECASE,
)
# What somebody said of a number is no number that was measured.
_TOLD = re.compile(
    r"\bdid\s+(?!(?:i|we)\b)[\w’' ]{1,40}?\s(?:say|tell|mention|write|advise)\b"
    r"|뭐라고|뭐라\s*(?:했|그랬|하)|말했|말씀하셨",
    re.IGNORECASE,
)
# More than last year: than the year that runs.
_THAN = re.compile(r"보다|대비|\b(?:than|compared\s+(?:to|with))\b", re.IGNORECASE)
_COMPARED: frozenset[Kind] = frozenset(("compare", "trend"))
_RUNNING = defaultdict(str, year="올해", month="이번 달", week="이번 주", day="오늘")
_COMING = word_list("들어오다 받다 나오다 입금하다 입금되다 입금 come arrive arrived")
_RECENT = re.compile(r"최근|요즘|recent|lately", re.IGNORECASE)
_BEGIN = frozenset(("시작하다", "시작", "start", "started", "begin", "began"))
_TIMES: frozenset[Kind] = frozenset(("first", "last", "count", "how_often", "how_long_since"))
_HOW_MANY = re.compile(r"몇|얼마나|\bhow\s+(?:many|much|far|long)\b", re.IGNORECASE)
_REGISTERS = frozenset(("call", "mail", "message", "photo", "purchase", "event"))
_ASKED_OF_REGISTERS: frozenset[Kind] = frozenset(
    ("list", "first", "last", "next", "count", "how_often", "how_long_since", "most")
)
_CONTACT = frozenset(("call", "mail", "message"))
_SENT = frozenset(("mail", "message"))
_WROTE = re.compile(
    r"\bwhat\s+did\s+.*\b(?:write|say|send|tell|text)\b|뭐라고\s*(?:\S+\s+)?(?:썼|보냈|했|말했|적었)|뭘?\s*보냈",
    re.IGNORECASE,
)
_WRITTEN = word_list("write wrote written made send tell say text 만들다 작성하다 쓰다 보내다 말하다 적다 하다")
_DOCUMENTS = word_list("document documents file files paper papers slides spreadsheet 문서 파일 자료 발표자료")
_AGENDA = re.compile(r"\b(?:what|which)\b.*\b(?:do|are|will)\s+(?:i|we|there)\b|(?:뭐|무슨|어떤).*있", re.IGNORECASE)
_AGENDA_WORDS = word_list(
    "meeting meetings appointment appointments event events plans schedule 회의 미팅 약속 일정 예약"
)
_DONE_WITH = word_list(
    """
    missed send sent receive received reach reached 부재중 오다 온 받다 받은 보내다 보낸 찍다 찍은 걸다 걸려오다 잡히다
    """
)
"""What is done with any record of a kind, and so tells none from another."""
_TIME_SPENT = re.compile(r"\bhow\s+did\s+(?:i|we)\s+spend\b|어떻게\s*(?:보냈|지냈)", re.IGNORECASE)
_COUNTED: frozenset[Kind] = frozenset(("count", "how_often", "sum", "average", "most"))
_WHEN = frozenset(("clock", "weekday"))
_CALLED = re.compile(r"\bcall(?:ed|s)?\b", re.IGNORECASE)
_UNSAID: frozenset[Kind] = frozenset(("lookup", "count", "how_long_between"))
_TELLING_KINDS = frozenset(("call", "mail", "photo"))


def _narrows(want: Want) -> bool:
    """Whether a word says which amounts are meant; a Korean verb beside them only says that they were paid."""
    return want.role in ("thing", "narrow", "deed", "number") or (want.role == "act" and want.surface.isascii())


def _statistic(plan: Plan, measure: Measure) -> Kind:
    """Which number is meant where the question does not say: how many steps in May are all of them together."""
    if plan.order is not None:
        return plan.order
    total = all(metric_of(name).daily == "total" for name in measure.metrics)
    if total and plan.spans and plan.group is None and _HOW_MANY.search(plan.question) and not _recent(plan):
        return "sum"
    return "last" if plan.kind == "lookup" and not plan.spans and plan.group is None else "average"


def _recent(plan: Plan) -> bool:
    """Whether these days are asked of, of which all together says nothing."""
    return any(_RECENT.search(span.surface) for span in plan.spans)


def _started(order: Order | None, wants: tuple[Want, ...]) -> tuple[Want, ...]:
    """For the first time of something, that it was begun then goes without saying."""
    if order != "first":
        return wants
    return tuple(replace(want, role="hint") if want.surface.lower() in _BEGIN else want for want in wants)


def _registered(plan: Plan) -> Plan:
    """The plan of a question that names nothing but a kind of record, and people, days or which of them."""
    kinds = frozenset(kind for want in plan.wants for kind in want.kinds if kind in _REGISTERS)
    if not plan.wants and _CALLED.search(plan.question):  # which else only asks for a name: what is it called
        kinds = frozenset(("call",))
    if _TIME_SPENT.search(plan.question) and plan.spans:
        return replace(plan, wants=tuple(want for want in plan.wants if not want.kinds))
    told = [
        want
        for want in plan.wants
        if not want.kinds & _REGISTERS and want.role not in ("hint", "vague") and want.surface.lower() not in _DONE_WITH
    ]
    kind: Kind = "list" if plan.most and plan.kind in ("lookup", "last") else plan.kind
    if plan.people and plan.spans and not kinds and kind == "lookup" and _WROTE.search(plan.question):
        only = all(want.role == "hint" or want.surface.lower() in _WRITTEN for want in plan.wants)
        kinds, told = (_SENT, []) if only else (kinds, told)
    if not plan.wants and plan.people and plan.order in ("first", "last") and kind != "who":
        kinds = kinds or _CONTACT  # what Mom said last
    asked = {want.surface.lower() for want in plan.wants}
    if plan.people and asked & _DOCUMENTS and asked <= _DOCUMENTS | _WRITTEN and kind in ("lookup", "list", "count"):
        kinds, told, kind = frozenset(("document",)), [], "count" if kind == "count" else "list"
    if kind == "lookup" and plan.spans and _AGENDA.search(plan.question) and asked and asked <= _AGENDA_WORDS:
        kinds, told = frozenset(("event",)), []
    if kind == "when" and plan.people and not plan.spans and kinds <= _CONTACT:
        kind = plan.order or "last"  # of calls to Mom, the last one
    if kind in ("lookup", "when"):
        kind = plan.order or ("list" if plan.spans and (kinds == _SENT or "message" not in kinds) else kind)
    if not kinds or told or not (kind in _ASKED_OF_REGISTERS or (kind == "who" and plan.order)):
        return plan
    spans = tuple(span for span in plan.spans if not _RECENT.search(span.surface))
    return replace(plan, kind=kind, kinds=tuple(sorted(kinds)), spans=spans, register=True)


def _kinds(kind: Kind, wants: Iterable[Want]) -> tuple[str, ...]:
    """The kind of record that is itself what is counted: calls, mails, photos."""
    found = {kind for want in wants for kind in want.kinds if want.role in ("thing", "deed", "act")}
    return tuple(found & _TELLING_KINDS) if kind in _TIMES else ()


def language_of(text: str) -> Language:
    """The language to answer in: that of most words, for a question may name things in the other one."""
    words = text.split()
    korean = sum(any("가" <= char <= "힣" for char in word) for word in words)
    return "ko" if 2 * korean >= len(words) else "en"


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blanked out, so that the places of the rest stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
