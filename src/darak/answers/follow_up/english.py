"""How an English question leans on the one before it. Each pattern is tried on the question in small letters."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_ASKING = (
    r"(?:what\s+(?:time|day|date|year|month)|which\s+(?:day|year|month|week)|when|where|who(?:m|se)?|why|what"
    r"|how\s+(?:come|much|long|often|far|many(?:\s+(?:times|days|hours|minutes|years|months|weeks|people))?))"
)
_UNITS = "year|month|week|day|summer|winter|spring|autumn|fall"
_END = r"(?=\s*[?.!]*$|\s*,)"

LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|hm+|right|yes|no|thanks)\b[,.\s]+)*"
    r"(?:(?:and|but)\s+(?:what|how)\s+about|and\s+then|and|but|then|(?:what|how)\s+about)\b[\s,:]*",
    _FLAGS,
)
TAIL = re.compile(r"\s*,?\s*\b(?:then|instead|too|though|as\s+well|again|exactly)\s*(?=[?.!]*$)", _FLAGS)
MORE = re.compile(
    r"^(?:please\s+)?(?:(?:show|tell|give|list)\s+(?:me\s+)?)?(?:(?:some|any|a\s+few|\d+)\s+)?more"
    r"(?:\s+(?:please|results|records|of\s+(?:them|those|these|it)))?\s*[?.!]*$"
    r"|^(?:anything|what)\s+else\s*[?.!]*$|^(?:go\s+on|continue|next)\s*[?.!]*$"
    r"|^(?:(?:show|tell|give)\s+(?:me\s+)?)?the\s+(?:rest|others)\s*[?.!]*$",
    _FLAGS,
)
QUESTION_WORDS = re.compile(rf"(?:\b(?:since|until|till|by|from|with|for|to|at|on|about)\s+)?\b{_ASKING}\b", _FLAGS)
BARE = re.compile(
    rf"^(?P<asked>(?:(?:since|until|till|by|from|with|for|to|at|on|about)\s+)?{_ASKING})"
    r"(?:\s+(?:(?:did|was|is|were|does)\s+(?:it|that|this)(?:\s+(?:be|happen(?:ed)?|for|with))?"
    r"|with|for|about|to|from|so|ago|happened|exactly))?\s*[?.!]*$",
    _FLAGS,
)
PREDICATE = re.compile(
    r"\b(?:did|do|does|was|were|is|are|am|have|has|had|will|would|can|could|should|show|tell|find|list|search)\b"
    r"|['’](?:s|re)\s+(?:the|my|a)\b",
    _FLAGS,
)
ELLIPSIS = re.compile(r"^(?:in|on|at|with|for|during|by|since|from|only|last|the)\b.*\?$|^\d{4}\s*\?*$", _FLAGS)
"""What is no question of its own even without a word that leads it in."""

_AT = r"\b(?:in|on|during)?\s*"
_OF_ITS_OWN = r"(?!\s+(?:when|that|i|we|of|after|before)\b)"
_COUNT = r"\b(?P<count>an?|one|two|three|four|five|\d+)\s+(?P<unit>year|month|week|day)s?\s+"

SAME_DAYS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern, _FLAGS), unit)
    for pattern, unit in (
        (rf"{_AT}(?:that|the\s+same)\s+(?P<unit>{_UNITS})\b{_OF_ITS_OWN}", "unit"),
        (rf"{_AT}that\s+(?:night|evening|morning|afternoon|weekend)\b{_OF_ITS_OWN}", "day"),
        (rf"\b(?:back\s+)?then{_END}|\bback\s+then\b|\bat\s+that\s+time\b|\bat\s+the\s+time{_END}", None),
    )
)
"""That day, then: with "unit" where the pattern names it, or None for the days that stand."""
SHIFTS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern, _FLAGS), sign)
    for pattern, sign in (
        (rf"{_AT}the\s+(?P<unit>{_UNITS})\s+before(?:\s+(?:that|then|it|this)\b|{_END})", -1),
        (rf"{_AT}the\s+(?P<unit>{_UNITS})\s+after(?:\s+(?:that|then|it|this)\b|{_END})", 1),
        (rf"{_AT}the\s+(?:previous|preceding|prior)\s+(?P<unit>{_UNITS})\b", -1),
        (rf"{_AT}the\s+(?:next|following)\s+(?P<unit>{_UNITS})\b", 1),
        (rf"{_COUNT}(?:earlier|before(?:\s+that\b|{_END}))", -1),
        (rf"{_COUNT}(?:later|after(?:\s+that\b|{_END}))", 1),
    )
)
"""The year before, two days later: earlier or later."""
SIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:before|until)\s+(?:that|then)\b(?!\s+\w+\s+\w)", _FLAGS), "before"),
    (re.compile(r"\b(?:after|since)\s+(?:that|then)\b(?!\s+\w+\s+\w)", _FLAGS), "after"),
)

_KIN = (
    r"mom|mum|mother|dad|father|parents?|sisters?|brothers?|wife|husband|sons?|daughters?|friends?|boss|doctor|dentist"
    r"|teacher|colleagues?|manager|neighbou?rs?|landlord|aunt|uncle|cousins?|grand\w+|boyfriend|girlfriend|partner"
    r"|kids?|child(?:ren)?|baby|cat|dog|puppy|people|everyone|everybody|someone|somebody|who"
)
PERSON = re.compile(
    r"\b(?P<whose>his|their|her(?=\s+(?!last|first|in|on|at|for|to|from|and|about|again|then|there|before|after|the"
    r"|an?|that|this|it|my|me)\w))\b"
    r"|\b(?:he|she|him|her|they|them|(?:that|this|the)\s+(?:person|man|woman|guy|girl|boy))\b",
    _FLAGS,
)
PERSON_BEFORE = re.compile(rf"\b(?:{_KIN})\b", _FLAGS)
PLACE = re.compile(
    rf"(?:\b(?:who|who\s+else|anyone|anybody|i|we)\s+(?:was|were)\s+)(?P<there>there){_END}"
    r"|(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)(?<!\bbe\s)(?<!\bbeen\s)(?:\b(?:from|to|in|over)\s+)?\b(?P<place>there)\b",
    _FLAGS,
)
THING = re.compile(
    r"\s*\b(?:about|of)\s+(?:it|that|this|them)\b(?=\s*[?.!]*$)"
    r"|(?P<it>\bit\b(?!\s+(?:rain|snow|been\s+since|take\s+(?:me\s+|us\s+)?to|true|possible|that|cold|hot|when|between"
    r"|from|before|after|today|now)\w*))"
    r"|(?P<these>\b(?:those|these|this|(?:that|this)\s+(?:one|thing)|(?<!about\s)that)\b(?=\s*[?.!]*$|\s+cost\b))",
    _FLAGS,
)
SORT_BEFORE = re.compile(r"\b(?:what|which|how\s+many|how\s+much|whose)\s+\w+", _FLAGS)
TRAITS = re.compile(r"\b(?:birthday|phone\s+number|number|e-?mail|address|age|job|nickname|hometown)\b", _FLAGS)
DOING = re.compile(
    r"\bwhat\s+(?:else\s+)?(?:did|was|were|have)\s+(?:i|we)\b|\bwhat\s+(?:else\s+)?(?:happened|was\s+going\s+on)\b",
    _FLAGS,
)
SUPERLATIVE = re.compile(r"\b(?:most|least|\w+est)\b", _FLAGS)
SEASON = re.compile(r"^(?:spring|summer|autumn|fall|winter)\b", _FLAGS)
OF_DARAK = re.compile(r"\b(?:are|can|do|did|will)\s+you\b|\byour?\b|\bam\s+i\b", _FLAGS)
"""Questions about Darak, or about nothing at all."""
HOW_OFTEN = re.compile(r"\bhow\s+(?:often|many\s+times)\b", _FLAGS)
"""Nobody asks so without saying of what."""
