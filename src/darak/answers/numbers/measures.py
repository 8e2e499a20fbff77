"""Which numbers a question asks for: samples of a metric, or amounts that records carry."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from darak.answers.numbers.metrics import metric_patterns
from darak.answers.plan import Kind, Measure

_STATISTICS: frozenset[Kind] = frozenset(("sum", "average", "min", "max", "trend", "compare"))
_ALSO_OF_METRICS: frozenset[Kind] = frozenset(("last", "first", "lookup"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that records of these kinds carry: `key` in their extra, or what `amounts.py` reckons from them."""

    key: str
    kinds: tuple[str, ...]
    pattern: re.Pattern[str]
    activity: str | None = None
    statistics: frozenset[Kind] = _STATISTICS


def _amount(
    key: str, kinds: tuple[str, ...], pattern: str, activity: str | None = None, **more: frozenset[Kind]
) -> Amount:
    return Amount(key, kinds, re.compile(pattern, re.IGNORECASE), activity, **more)


_ENDING = re.compile(r"[가-힣]*")
_COUNTED = _STATISTICS | {"count", "how_often"}
AMOUNTS = (
    _amount("call_minutes", ("call",), r"통화|전화|\b(?:phone\s+calls?|call(?:ed|s)?|phoned?|on\s+the\s+phone)\b"),
    _amount("distance_km", ("other",), r"달리기|달린|달렸|뛴|뛰었|러닝|조깅|\b(?:runs?|ran|running|jog(?:ged|ging)?)\b", "running", statistics=_COUNTED),
    _amount("distance_km", ("other",), r"자전거\s*(?:탄|타고|를\s*탄|로\s*달)|라이딩|\b(?:cycled|cycling|rides?|rode|biked)\b", "cycling", statistics=_COUNTED),
    _amount("distance_km", ("other",), r"수영|헤엄|\b(?:sw[aiu]m|swims|swimming)\b", "swimming", statistics=_COUNTED),
    _amount("distance_km", ("other",), r"등산|산행|\b(?:hikes?|hiked|hiking)\b", "hiking", statistics=_COUNTED),
    _amount("amount", ("purchase",),
            r"지출|소비|결제|구독료|구매|돈|값|비용|(?<=[가-힣])비(?=[가는를로\s?]|$)|(?<=[가-힣])료(?=[가는를로\s?]|$)|썼|쓴|비싸|비싼|비쌌|싼|"
            r"\b(?:spen[dt]|spending|expens\w+|paid|pay|payments?|purchases?|charges?|charged|costs?|bought|price[sy]?|priciest|cheapest|bills?|money)\b"),
)  # fmt: skip


def find_measure(text: str, kind: Kind, metrics: Collection[str]) -> tuple[Measure, tuple[int, int]] | None:
    """What is measured, and where the question says so; None when it asks for no statistics.

    A metric that the memory has no samples of is still what is asked for: the answer is then that there is none.
    """
    statistic = kind in _STATISTICS
    if statistic or kind in _ALSO_OF_METRICS:
        for pattern, names in metric_patterns():
            if (match := pattern.search(text)) and (statistic or any(name in metrics for name in names)):
                return Measure(match.group().strip(), metrics=names), match.span()
    for amount in AMOUNTS:
        if kind in amount.statistics and (match := amount.pattern.search(text)):
            end = _ENDING.match(text, match.end())
            span = (match.start(), end.end() if end else match.end())
            return Measure(match[0].strip(), amount=amount.key, kinds=amount.kinds, activity=amount.activity), span
    return None
