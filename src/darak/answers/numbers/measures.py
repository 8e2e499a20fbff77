"""Which numbers a question asks for: samples of a metric, or amounts that records carry."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from darak.answers.numbers.metrics import metric_patterns
from darak.answers.plan import Kind, Measure

_STATISTICS: frozenset[Kind] = frozenset(("sum", "average", "min", "max", "trend", "compare"))
_ALSO_OF_METRICS: frozenset[Kind] = frozenset(("last", "first", "lookup"))
# What is counted in units of its own is no count of records: how many steps, 몇 시간 잤어.
_UNITS = re.compile(
    r"\bhow\s+(?:many|much)\s+(?:steps|flights|floors|calories|kcal|hours|minutes|km|kilomet(?:er|re)s|miles|water"
    r"|sleep)\b"
    r"|\bhow\s+(?:far|long)\b|몇\s*(?:걸음|보|층|칼로리|시간|분|킬로|km)|얼마나",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that records of these kinds carry: `key` in their extra, or what `amounts.py` reckons from them."""

    key: str
    kinds: tuple[str, ...]
    pattern: re.Pattern[str]
    activity: str | None = None
    statistics: frozenset[Kind] = _STATISTICS


_ENDING = re.compile(r"[가-힣]*")
_COUNTING: frozenset[Kind] = frozenset(("count", "how_long_between"))
_COUNTED: frozenset[Kind] = _STATISTICS | frozenset[Kind](("count", "how_often"))


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _workout(activity: str, *words: str) -> Amount:
    return Amount("distance_km", ("other",), _pattern(*words), activity, _COUNTED)


AMOUNTS = (
    Amount(
        "call_minutes",
        ("call",),
        _pattern(r"통화|전화|\b(?:phone\s+calls?|call(?:ed|s)?|phoned?|on\s+the\s+phone)\b"),
    ),
    _workout("running", r"달리기|달린|달렸|뛴|뛰었|러닝|조깅", r"\b(?:runs?|ran|running|jog(?:ged|ging)?)\b"),
    _workout("cycling", r"자전거\s*(?:탄|타고|를\s*탄|로\s*달)|라이딩", r"\b(?:cycled|cycling|rides?|rode|biked)\b"),
    _workout("swimming", r"수영|헤엄", r"\b(?:sw[aiu]m|swims|swimming)\b"),
    _workout("hiking", r"등산|산행", r"\b(?:hikes?|hiked|hiking)\b"),
    Amount(
        "amount",
        ("purchase",),
        _pattern(
            r"지출|소비|결제|구독료|구매|돈|값|비용|(?<=[가-힣])[비료](?=[가는를로\s?]|$)|썼|쓴|(?<![가-힣])(?:써|쓰는|쓰니|쓰나|쓰지)|비싸|비싼|비쌌|싼",
            r"\b(?:spen[dt]|spending|expens\w+|paid|pay|payments?|purchases?|charges?|charged|costs?|bought|price[sy]?"
            r"|priciest|cheapest|bills?|money)\b",
        ),
    ),
)


def only_measures(measure: Measure, word: str) -> bool:
    """Whether a word of the question says no more than what is measured: money, beside what was spent."""
    return any(one.key == measure.amount and one.pattern.fullmatch(word) for one in AMOUNTS)


def find_measure(text: str, kind: Kind, metrics: Collection[str]) -> tuple[Measure, tuple[int, int]] | None:
    """What is measured, and where the question says so; None when it asks for no statistics.

    A metric that the memory has no samples of is still what is asked for: the answer is then that there is none.
    """
    statistic = kind in _STATISTICS
    if statistic or kind in _ALSO_OF_METRICS or (kind in _COUNTING and _UNITS.search(text)):
        for pattern, names in metric_patterns():
            if (match := pattern.search(text)) and (statistic or any(name in metrics for name in names)):
                return Measure(match.group().strip(), metrics=names), _whole(text, match)
        for name in metrics:  # one that the table lacks goes by its own name
            if match := re.search(rf"\b{re.escape(name).replace('_', '[ _]')}\b", text, re.IGNORECASE):
                return Measure(match.group(), metrics=(name,)), match.span()
    for amount in AMOUNTS:
        if kind in amount.statistics and (match := amount.pattern.search(text)):
            shown = match[0].strip()
            return Measure(shown, amount=amount.key, kinds=amount.kinds, activity=amount.activity), _whole(text, match)
    return None


def _whole(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a match stands, with the rest of the Korean word that it ends in."""
    end = _ENDING.match(text, match.end())
    return match.start(), end.end() if end else match.end()
