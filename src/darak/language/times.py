"""The time of day that stands beside a date: `tomorrow at 3pm`, `the morning of 4 May`, `내일 오후 3시 반`."""

import re
from datetime import time

from darak.language.nearby import just_before
from darak.language.numbers import korean_number
from darak.language.periods import Hours, hour_from

DAY_PARTS = {
    "dawn": Hours(time(0), time(6)),
    "morning": Hours(time(5), time(12)),
    "am": Hours(time(0), time(12)),
    "noon": Hours(time(11), time(14)),
    "afternoon": Hours(time(12), time(18)),
    "pm": Hours(time(12), None),
    "evening": Hours(time(17), time(22)),
    "night": Hours(time(20), time(5), overnight=True),
}
_WORDS = {
    **{part: part for part in DAY_PARTS},
    "새벽": "dawn",
    "아침": "morning",
    "오전": "am",
    "점심": "noon",
    "정오": "noon",
    "한낮": "noon",
    "대낮": "noon",
    "낮": "noon",
    "오후": "pm",
    "저녁": "evening",
    "한밤중": "night",
    "밤중": "night",
    "밤": "night",
    "midday": "noon",
    "a": "am",
    "p": "pm",
}
_daypart = r"(?P<daypart>morning|afternoon|evening|night|noon|midday)\b"
_clock = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?P<oclock>1[0-2]|[1-9])\s*o['’]clock\b)"
)
_english_after = re.compile(
    rf",?\s+(?:(?:at|around|about|by|@)\s+)?{_clock}"
    r"|,?\s+at\s+(?P<at>1[0-2]|[1-9])(?![\w:%]|[.,]\d|\s*(?:people|st)\b)"
    rf"|,?\s+(?:in\s+the\s+|at\s+)?{_daypart}",
    re.IGNORECASE | re.ASCII,
)
_english_before = re.compile(
    rf"(?<![\w:]){_clock}\s*(?:,\s*|\s+on\s+)?(?:the\s+)?$|\b(?:the\s+)?{_daypart}\s+of\s+(?:the\s+)?$",
    re.IGNORECASE | re.ASCII,
)
_korean_after = re.compile(
    r"(?:의)?[ \t]*,?[ \t]*(?P<daypart>새벽|아침|오전|점심|정오|한낮|대낮|낮|오후|저녁|한밤중|밤중|밤)?"
    r"(?:\s*(?P<hour>\d{1,2}|열두|열한|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)\s*"
    r"시(?=\s*반|에|쯤|경|까지|부터|[^가-힣]|$)(?:\s*(?:(?P<minute>[0-5]?\d)\s*분|(?P<half_past>반)(?=에|쯤|까지|부터|[^가-힣]|$)))?"
    r"|\s*(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:]))?"
)


def time_beside(text: str, start: int, end: int) -> tuple[Hours, int, int] | None:
    """The time of day around a date at `start` to `end`, with where the two together start and end."""
    for pattern in (_korean_after, _english_after):
        if (match := pattern.match(text, end)) and match[0].strip() and (hours := _hours(match)):
            return hours, start, match.end()
    before = just_before(_english_before, text, start)
    if before and (hours := _hours(before)):
        return hours, before.start(), end
    return None


def _hours(match: re.Match[str]) -> Hours | None:
    groups = match.groupdict()
    part_word = groups.get("daypart") or groups.get("half")
    hour = next((groups[name] for name in ("hour", "hour24", "oclock", "at") if groups.get(name)), None)
    part = _WORDS[part_word.lower()] if part_word else None
    if hour is None:
        return DAY_PARTS[part] if part else None
    minute = "30" if groups.get("half_past") else groups.get("minute") or groups.get("minute24") or "0"
    return _from_clock(korean_number(hour) or 0, int(minute), part, exact=bool(groups.get("hour24")))


def _from_clock(hour: int, minute: int, part: str | None, *, exact: bool) -> Hours | None:
    """The hour that begins at a time; up to 6 o'clock without morning or evening is read as afternoon."""
    if hour > 24:
        return None
    if hour < 12 and not exact:
        late_from = {"pm": 0, "afternoon": 0, "evening": 0, "night": 6, "noon": 1, None: 1}.get(part, 12)
        late_to = {"noon": 6, None: 6}.get(part, 11)
        if late_from <= hour <= late_to:
            hour += 12
    elif hour == 12 and part in ("am", "dawn", "night"):
        hour = 0
    return hour_from(time(hour % 24, minute))
