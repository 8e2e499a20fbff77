"""Days of the week that a question sets against the others: more on weekends, 월요일에는 덜."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[int, int]
WEEKEND = (5, 6)
_ENGLISH = ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays")
_KOREAN = "월화수목금토일"
_NAMED = re.compile(
    rf"\b(?P<en>weekends?|weekdays?|{'|'.join(_ENGLISH)})\b"
    rf"|(?<![가-힣])(?P<ko>주말|평일|[{_KOREAN}]요일)"
    r"(?P<each>마다)?(?:에는|에도|엔|에|은|는|이랑|이|가|과|와|하고|보다)?(?![가-힣])",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"더\s|덜\s|보통|평소|대개|주로|차이|비교|(?:많이|적게|오래|늦게|일찍)\s"
    r"|\b(?:more|less|fewer|longer|shorter|later|earlier|better|worse|higher|lower|most|least|usually|differen\w+|compare\w*"
    r"|average|versus|vs)\b",
    re.IGNORECASE,
)


def read_weekdays(text: str, dates: Sequence[Place]) -> tuple[tuple[int, ...], tuple[Place, ...]]:
    """The days of the week that are meant, Monday 0, and where the text names them; none where one of the `dates` that
    stand there says more than a day of the week: last weekend.

    Of weekends and weekdays both, the weekend.
    """
    named = list(_NAMED.finditer(text))
    if any(a < match.start() < b or (a == match.start() and match.end() < b) for match in named for a, b in dates):
        return (), ()
    plural = any((match["en"] or "").lower().endswith("s") or match["each"] for match in named)
    if not named or not (plural or (len(named) > 1) or _SET_AGAINST.search(text)):
        return (), ()
    found = [_days((match["en"] or match["ko"]).lower()) for match in named]
    days = WEEKEND if WEEKEND in found else found[0]
    return days, tuple(match.span() for match in named)


def _days(name: str) -> tuple[int, ...]:
    if name.startswith(("weekend", "주말")):
        return WEEKEND
    if name.startswith(("weekday", "평일")):
        return (0, 1, 2, 3, 4)
    return (_KOREAN.index(name[0]) if name[0] in _KOREAN else _ENGLISH.index(name),)
