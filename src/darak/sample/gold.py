"""Gold answers: the forms in which a right answer may print a date, a number, a span of time, a name."""

from __future__ import annotations

from datetime import date, datetime

from darak.sample.grammar import Bilingual
from darak.sample.korean import month_en
from darak.sample.person import Person

Group = tuple[object, ...]
Gold = tuple[Group, ...]


def day(value: date) -> Group:
    """Forms of one date that name year, month and day."""
    y, m, d = value.year, value.month, value.day
    month, short = month_en(m), month_en(m)[:3]
    return (
        f"{y}-{m:02}-{d:02}", f"{y}년 {m}월 {d}일", f"{d} {month} {y}", f"{month} {d}, {y}", f"{d} {short} {y}",
        f"{short} {d}, {y}", f"{y}.{m}.{d}", f"{y}.{m:02}.{d:02}", f"{y}/{m:02}/{d:02}",
    )  # fmt: skip


def day_or_days(first: date, last: date) -> Group:
    """Any day from `first` to `last`, for events whose day may be told in more than one way."""
    return tuple(form for n in range((last - first).days + 1) for form in day(date.fromordinal(first.toordinal() + n)))


def month(value: date) -> Group:
    """Forms of a month; a date in that month also names it."""
    y, m = value.year, value.month
    name = month_en(m)
    return (f"{y}-{m:02}", f"{y}년 {m}월", f"{name} {y}", f"{name[:3]} {y}", f"{y}.{m}.", f"{y}.{m:02}")


def day_of_year(month_number: int, day_number: int) -> Group:
    """Forms of a birthday: month and day without a year."""
    name = month_en(month_number)
    return (
        f"{month_number}월 {day_number}일", f"{day_number} {name}", f"{name} {day_number}", f"{day_number} {name[:3]}",
        f"{name[:3]} {day_number}", f"-{month_number:02}-{day_number:02}",
    )  # fmt: skip


def number(value: float, tolerance: float = 0) -> dict[str, float]:
    return {"number": round(value, 4), "tolerance": tolerance}


def words(*alternatives: Bilingual | str) -> Group:
    """Alternatives as they are; a bilingual one counts in both languages."""
    out: list[str] = []
    for word in alternatives:
        out += [word] if isinstance(word, str) else [word.form("ko"), word.form("en")]
    return tuple(dict.fromkeys(out))


def who(person: Person) -> Group:
    return person.names


def span(first: date, last: date) -> Group:
    """Forms of the time between two dates: days, weeks, months, or years and months."""
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    out: list[object] = [number(days, 1)]
    if days >= 21:
        out.append(number(days / 7, 0.5))
    if months >= 2:
        out += [number(days / 30.44, 0.6)]
    for years, rest in {divmod(months, 12), divmod(months + 1, 12)}:
        if years:
            out += [f"{years}년 {rest}개월", f"{years} years {rest} months", f"{years} years and {rest} months"]
            out += [f"{years} year {rest} month", f"{years} year and {rest} month", f"{years}y {rest}m"]
            out += [f"{years} year, {rest} month", f"{years} years and {rest} month", f"{years} year and {rest} months"]
            if rest == 0:
                out += [f"{years}년", f"{years} years", f"{years} year"]
    if days >= 365:
        out.append(number(days / 365.25, 0.06))
    return tuple(out)


def often(days: float) -> Group:
    """Forms of a repetition every so many days: the gap, or how many in a week, month or year."""
    out: list[object] = [number(days, max(0.4, days * 0.06)), number(365.25 / days, 365.25 / days * 0.06)]
    if days >= 10:
        out += [number(days / 7, 0.6), number(30.44 / days, 0.15)]
    else:
        out += [number(7 / days, 0.2), number(30.44 / days, 0.8)]
    if 25 <= days <= 36:
        out += ["한 달에 한 번", "매달", "monthly", "once a month"]
    return tuple(out)


def money(value: int) -> Group:
    return (number(value, 0.5),)


def clock(moment: datetime) -> Group:
    h, m = moment.hour, moment.minute
    half = "오전" if h < 12 else "오후"
    short = h % 12 or 12
    forms = [f"{h:02}:{m:02}", f"{h}:{m:02}", f"{half} {short}:{m:02}", f"{half} {short}시 {m}분", f"{short}:{m:02} pm"]
    if m == 0:
        forms += [f"{half} {short}시", f"{short} {'am' if h < 12 else 'pm'}", f"{short}시"]
    if m == 30:
        forms += [f"{half} {short}시 반", f"{short}시 반"]
    return tuple(forms)

