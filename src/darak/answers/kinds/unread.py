"""Mails that were not read yet, where their records tell; most do not."""

from __future__ import annotations

import re
from typing import Any

from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.days import account_of
from darak.answers.numbers.amounts import cited
from darak.answers.plan import Plan
from darak.answers.wording.wording import shorten
from darak.memory.filter import Filter
from darak.records.record import Record

_ASKS = re.compile(
    r"(?:안\s*읽[은었]|읽지\s*않은|못\s*읽은|안\s*본|확인\s*(?:안|못)\s*한|미확인|미열람)\S*\s*(?:\S+\s+)?(?:이?메일|메시지|메세지|문자|카톡|톡)"
    r"|(?:메일|메시지|메세지|문자|카톡|톡)\S*\s*(?:중에?\s*)?(?:안\s*읽[은었]|읽지\s*않은|안\s*본)"
    r"|\bunread\b|\b(?:e-?mails?|messages?|texts?)\b.*\b(?:haven['’]?t|not|didn['’]?t)\s+(?:i\s+)?(?:read|opened?)\b",
    re.IGNORECASE,
)
_UNREAD = frozenset(("unread", "읽지않음", "읽지 않음", "안읽음", "읽지 않은 메일"))
_READ = frozenset(("opened", "열림", "열어봄", "읽음"))
_NEWEST, _LISTED = 20_000, 12


def asks_of_unread(plan: Plan) -> bool:
    return _ASKS.search(plan.question) is not None


def answer_unread(inquiry: Inquiry) -> Outcome:
    """The newest mails whose labels (Gmail) or flags (a maildir) say that they are unread."""
    plan, say = inquiry.plan, inquiry.say
    since, until = plan.spans[0].bounds if plan.spans else (None, None)
    found = inquiry.lookup.filtered(Filter(since, until, sources=plan.sources, kinds=("mail",)))
    newest = sorted(found, key=lambda n: (found[n] or 0, n))[-_NEWEST:]
    stored = inquiry.lookup.get(newest)
    states = {n: state for n in newest if n in stored and (state := is_unread(stored[n].record)) is not None}
    inquiry.step("look whether mails were read", f"{len(states):,} of {len(newest):,} say so")
    if not states:
        return Outcome("no_record", say.read_unknown())
    unread = [n for n, state in states.items() if state]
    if not unread:
        return Outcome("answered", say.none_unread(len(states)))
    shown = tuple(cited(stored[n], account_of(stored[n].record)) for n in unread[-_LISTED:])
    items = [f"{_day(inquiry, one.record)}{shorten(one.best.text, 70)} [{k}]" for k, one in enumerate(shown, 1)]
    return Outcome("answered", say.listing(len(unread), items, len(unread) - len(shown)), shown)


def _day(inquiry: Inquiry, record: Record) -> str:
    return f"{inquiry.say.date(record.time.day)} " if record.time.day else ""


def is_unread(record: Record) -> bool | None:
    """What its labels or flags say; None where they do not."""
    labels: Any = record.extra.get("labels")
    if isinstance(labels, list | tuple):
        said = {str(label).lower() for label in labels}  # type: ignore[reportUnknownVariableType]
        if said & (_UNREAD | _READ):
            return bool(said & _UNREAD)
    flags: Any = record.extra.get("flags")
    return "seen" not in flags if isinstance(flags, list | tuple) else None
