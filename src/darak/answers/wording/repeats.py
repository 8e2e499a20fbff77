"""How often something repeats, in words."""

from __future__ import annotations

from darak.answers.plan import Language
from darak.memory.recurrence import Frequency, Rule

_UNITS: dict[Frequency, tuple[str, str, str]] = {
    "DAILY": ("매일", "일", "day"),
    "WEEKLY": ("매주", "주", "week"),
    "MONTHLY": ("매달", "개월", "month"),
    "YEARLY": ("매년", "년", "year"),
}
_KOREAN_DAYS = "월화수목금토일"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {
    1: ("첫째 ", "first "), 2: ("둘째 ", "second "), 3: ("셋째 ", "third "), 4: ("넷째 ", "fourth "),
    5: ("다섯째 ", "fifth "), -1: ("마지막 ", "last "),
}  # fmt: skip
_WORKING_DAYS = {0, 1, 2, 3, 4}


def repeats(rule: Rule, language: Language, *, goes_on: bool) -> str:
    """A sentence: 매주 화요일에 되풀이되는 일정이에요. It repeats every week on Tuesday; it repeated."""
    each, korean, english = _UNITS[rule.frequency]
    days = _days(rule, language)
    on_working_days = {weekday for _, weekday in rule.weekdays} == _WORKING_DAYS and rule.interval == 1 and days
    if language == "ko":
        every = each if rule.interval == 1 else f"{rule.interval}{korean}마다"
        when = "평일마다" if on_working_days else f"{every} {days}에" if days else every
        return f"{when} {'되풀이되는' if goes_on else '되풀이된'} 일정이에요."
    every = f"every {english}" if rule.interval == 1 else f"every {rule.interval} {english}s"
    when = "on weekdays" if on_working_days else f"{every} on {days}" if days else every
    return f"It {'repeats' if goes_on else 'repeated'} {when}."


def _days(rule: Rule, language: Language) -> str:
    """The weekdays of a rule, or its day of the month; "" where it names none, or too many to say."""
    weekdays = {weekday for _, weekday in rule.weekdays}
    nths = {nth for nth, _ in rule.weekdays}
    if rule.positions or rule.months or len(nths) > 1 or not nths <= _NTH.keys() | {0}:
        return ""
    nth = _NTH[next(iter(nths))] if nths - {0} else ("", "")
    if weekdays == _WORKING_DAYS:
        return "평일" if language == "ko" else "weekdays"
    if weekdays and language == "ko":
        return nth[0] + "·".join(_KOREAN_DAYS[day] for day in sorted(weekdays)) + "요일"
    if weekdays:
        *others, last = (_ENGLISH_DAYS[day] for day in sorted(weekdays))
        named = f"{', '.join(others)} and {last}" if others else last
        return f"the {nth[1]}{named}" if nth[1] else named
    if rule.frequency == "MONTHLY" and len(rule.month_days) == 1 and rule.month_days[0] > 0:
        return f"{rule.month_days[0]}일" if language == "ko" else f"day {rule.month_days[0]}"
    return ""
