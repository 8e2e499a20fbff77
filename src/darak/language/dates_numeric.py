"""Dates in digits, which both languages share: 2021-03-04, 2021. 3. 4., '21.3.4, 3/4/2021, 2021-03, 2021."""

import re
from collections.abc import Iterator

from darak.language.mentions import Mention
from darak.language.nearby import just_before
from darak.language.numbers import OLD_YEAR
from darak.language.periods import When
from darak.language.words_korean import WEEKDAYS

_year = r"(?P<year>(?:1\d|20)\d\d)"
_month = r"(?P<month>1[0-2]|0?[1-9])"
_day = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_start, _end = r"(?<![\d.,/:\-$₩€£#])", r"(?![\d:]|[.,/\-]\d)"

_PATTERNS = [
    re.compile(pattern + r"(?:\s?\((?P<weekday>[월화수목금토일])(?:요일)?\))?")
    for pattern in (
        rf"{_start}{_year}(?P<mark>[-/.])\s?{_month}(?P=mark)\s?{_day}(?:(?<=\d)\.(?!\d))?{_end}(?:T[\d:.+Z-]+)?",
        rf"{_start}['’]?(?P<year2>[0-4]\d)(?P<mark>[./-])\s?{_month}(?P=mark)\s?{_day}(?:\.(?!\d))?{_end}",
        # Month first, as in Korea and the US, unless the number cannot be a month.
        rf"{_start}{_month}(?P<mark>[-/.]){_day}(?P=mark){_year}{_end}",
        rf"{_start}{_day}(?P<mark>[-/.]){_month}(?P=mark){_year}{_end}",
        rf"{_start}(?P<year>(?:19|20)\d\d)[-/.]{_month}{_end}",
        rf"{_start}(?P<year>1[0-8]\d\d)-(?P<month>0[1-9]|1[0-2]){_end}",
        rf"(?<=\bon ){_month}/{_day}{_end}",
        rf"{_start}{_month}[/.]{_day}(?=\s?(?:\([월화수목금토일]\)|에|까지|부터)){_end}",
    )
]
_digits = re.compile(r"\d")
# A bare year must not be a price, a count, a model or a room.
_bare_year = re.compile(
    r"(?<![\w.,/:\-$₩€£#])(?P<year>(?:19|20)\d\d)(?![\w'’]|[.,/:\-]\d|\s*(?:won|krw|usd|eur|dollars?|euros?|people|times|steps|words|"
    r"calories|kcal|km|kg|mb|gb|ml|px|원|명|개|번|보|칼로리|미터|킬로|점)\b|\s*[%°])"
    r"|(?<![\w.,/:\-$₩€£#])(?P<ko_year>(?:19|20)\d\d)(?=(?:과|와|이랑|랑|하고|부터|까지|에|의)(?![가-힣]))",
    re.IGNORECASE,
)
# A number of an older year is a year only where the words say so, and it counts nothing: in 1667, not in 1500 steps.
_old_year = re.compile(
    r"\b(?:in|since|until|till|before|after|during|year|(?P<of>of))\s+(?:the\s+year\s+)?" + rf"(?P<year>{OLD_YEAR})",
    re.IGNORECASE,
)
_old_years = re.compile(
    rf"\b(?:between|from)\s+(?P<year>{OLD_YEAR})\s+(?:and|to|until|till)\s+(?P<last>{OLD_YEAR})", re.IGNORECASE
)
# 1660-1669, 2019~2021; a telephone number of eight digits has no such years.
_span_of_years = re.compile(
    r"(?<![\w.,/:\-$₩€£#])(?P<year>1[6-9]\d\d|20\d\d)\s?[-–—~]\s?(?P<last>1[6-9]\d\d|20\d\d)(?![\d:]|[.,/\-]\d)"
)
_amount_before = re.compile(
    r"\b(?:total|sum|amount|cost|price|average|mean|budget|limit|balance|max|maximum|min|minimum|count|number|weight|"
    r"distance|fee|bill|rent|payment|income|salary|goal|target|score|rate|speed|height|size|intake|deposit|refund|out)\s+$",
    re.IGNORECASE,
)
_dates_a_number = re.compile(r"\b(?:in|since|before|after|until|till|by|from|of|year|to|and)\s+$", re.IGNORECASE)
_names_a_number = re.compile(r"(?:room|no\.?|number|version|model|suite|unit|code|pin|flight|bus)\s*$", re.I)


def numeric_mentions(text: str) -> Iterator[Mention]:
    """Dates and years in digits."""
    if not _digits.search(text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = groups.get("year") or (groups.get("year2") and f"20{groups['year2']}")
            month = int(groups["month"])
            yield Mention(
                *match.span(),
                When(
                    year=int(year) if year else None,
                    months=(month, 1),
                    day=int(groups["day"]) if groups.get("day") else None,
                    weekday=WEEKDAYS[groups["weekday"]] if groups["weekday"] else None,
                ),
            )
    for match in _span_of_years.finditer(text):
        first, last = int(match["year"]), int(match["last"])
        if 0 < last - first < 100 and not just_before(_names_a_number, text, match.start()):
            yield Mention(*match.span(), When(year=first), last=When(year=last))
    for match in _bare_year.finditer(text):
        year = int(match["year"] or match["ko_year"])
        named = just_before(_names_a_number, text, match.start())
        round_number = year == 2000 and not just_before(_dates_a_number, text, match.start())
        if 1950 <= year <= 2049 and not named and not round_number:
            yield Mention(*match.span(), When(year=year))
    for match in _old_year.finditer(text):
        if not (match["of"] and just_before(_amount_before, text, match.start())):
            yield Mention(*match.span("year"), When(year=int(match["year"])))
    for match in _old_years.finditer(text):
        for name in ("year", "last"):
            yield Mention(*match.span(name), When(year=int(match[name])))
