"""Korean date expressions. They run from coarse to fine, so one pattern of optional pieces reads nearly all."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from darak.language import words_korean as words
from darak.language.mentions import Mention, fold, folded, one_of
from darak.language.nearby import just_before
from darak.language.numbers import KOREAN_NUMBER
from darak.language.periods import LAST, WEEKEND, When
from darak.language.times import DAY_PARTS
from darak.language.tokens import has_cjk
from darak.language.words_korean import KOREAN

_apart = r"(?<![가-힣])"
_number = rf"(?:{KOREAN_NUMBER})"
_days_number = rf"(?:{one_of(words.DAY_COUNTS)}|(?:\d{{1,3}}|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|몇)(?=\s*일))"
_years, _months, _weeks, _days = r"\s*(?:년|해)", r"\s*(?:달|개월)", r"\s*주일?", r"(?:\s*일)?"
_ago = r"\s*전(?=에|의|쯤|부터|까지|만|이[다었야지나]|인|엔|은|도|[^가-힣]|$)"
_ahead = r"\s*(?:뒤|후)(?=에|의|쯤|로|까지|면|엔|인|[^가-힣]|$)"
_sep = r"(?:의)?[ \t]*,?[ \t]*"
_particle = r"(?=에|의|엔|부터|까지|쯤|경|께|이후|이전|이래|무렵|즈음|내내|동안|때|[^가-힣]|$)"
_runs = one_of(words.ALL_SEASONS | words.HALVES_AND_QUARTERS)
_holiday = rf"(?P<holiday>{one_of(words.HOLIDAYS)})"
_month_number = r"1[0-2]|0?[1-9]"
_day_number = r"3[01]|[12]\d|0?[1-9]"
_weekday = r"[월화수목금토일](?:요일|욜)"

_year = (
    rf"(?:(?!(?:19|20)\d\d|1[0-8]\d[1-9])(?P<years_ago>{_number}){_years}{_ago}|(?P<years_ahead>{_number}){_years}{_ahead}"
    rf"|(?P<year>(?:19|20)\d\d|1[0-8]\d\d)(?:\s*년도?(?!\s*(?:동안|간|째|만에|된|넘|이나|이상|정도|묵))"
    rf"|(?=\s*(?:{_runs}|(?:{_month_number})\s*월|{one_of(words.HOLIDAYS)})))"
    rf"|['’]?(?P<year2>[0-4]\d)\s*년도?(?!\s*(?:[전뒤후간째차]|동안|만에|정도|이나|넘|가까|생|\d+\s*개월))"
    rf"|(?P<year_word>{one_of(words.YEARS)}))"
)
_pick = rf"(?P<pick>{one_of(words.PICKS)})\s*(?={_runs}|\d+\s*월|\d+\s*일|{_weekday}|주말|{one_of(words.HOLIDAYS)})"
_month = (
    rf"(?:(?:(?P<month_from>{_month_number})\s*월?\s*[~–-]\s*)?"
    rf"(?<![\d.])(?P<month>{_month_number})\s*월(?!급|세|간|요일|요금|드컵)(?:달)?"
    rf"|(?P<this_month>월)(?=초|중순|말)|(?P<run>{_runs})|{_holiday}|(?P<month_word>{one_of(words.MONTH_SHIFTS)})"
    rf"|(?P<months_ago>{_number}){_months}{_ago}|(?P<months_ahead>{_number}){_months}{_ahead})"
)
_week = (
    rf"(?:(?P<nth>{one_of(words.ORDINALS)})\s*(?:(?P<week>주)(?!년|간)(?P<end>말)?|(?={_weekday}))"
    r"|(?P<nth_digit>[1-5])\s*주차"
    rf"|(?P<week_word>{one_of(words.WEEKS)})|(?P<weeks_ago>{_number}){_weeks}{_ago}"
    rf"|(?P<weeks_ahead>{_number}){_weeks}{_ahead})"
)
_part = rf"(?:(?P<last_day>말일|마지막\s*날)|(?P<first_day>첫날)|(?P<part>{one_of(KOREAN.parts)}){_particle})"
_day = (
    rf"(?:(?P<day_word>{one_of(words.DAYS)})(?!날|서야|야)"
    rf"|(?<!월)(?<!월\s)(?:(?P<days_ago>{_days_number}){_days}{_ago}|(?P<days_ahead>{_days_number}){_days}{_ahead})"
    rf"|(?:(?P<day_from>{_day_number})\s*일?\s*[~–-]\s*)?"
    rf"(?<![\d.])(?P<day>{_day_number})\s*일(?!요일|\s*(?:간|동안|만에|째|차|정도|이나|걸|내|치)))"
)
_weekday_named = (
    r"(?:\(?(?P<weekday>[월화수목금토일])(?:요일|욜)\)?|\((?P<weekday_short>[월화수목금토일])\)|(?P<weekend>주말))"
)
_words = (
    *(words.YEARS, words.MONTH_SHIFTS, words.WEEKS, words.DAYS, words.HOLIDAYS, words.ORDINALS, words.DAY_COUNTS),
    *(words.ALL_SEASONS, words.HALVES_AND_QUARTERS, words.PICKS, words.WEEKDAYS),
)
# All pieces of the expression are optional; what none of them begins with is passed over quickly.
_first = {word.strip()[0] for table in _words for group in table for word in group.split(",")}
_begins = f"(?=[\\d'’{''.join(sorted(_first))}하한두둘세셋석서네넷넉다여일아열스마쉰이삼사오육칠팔구십몇])"
_EXPRESSION = (
    _begins
    + f"(?:{_year})?"
    + "".join(f"(?:{_sep}{piece})?" for piece in (_pick, _month, _week, _part, _day, _weekday_named))
)
_STRETCH = (
    rf"(?P<stretch>지난|최근|앞으로|향후|다음)\s*(?P<count>{_number}|{one_of(words.DAY_COUNTS)})\s*"
    rf"(?P<unit>개월|달|주일|주|년|해|일)?(?:간|\s*동안|\s*사이)?{_particle}"
)
_WITHIN = (
    rf"{_apart}(?P<count>{_number}|{one_of(words.DAY_COUNTS)})\s*(?P<unit>개월|달|주일|주|년|일)?\s*"
    r"(?P<stretch>안에|이내|내에|내로)"
)
_ELAPSED = (
    rf"{_apart}(?<!\d)(?:(?P<hours_ago>{_number})\s*시간{_ago}|(?P<minutes_ago>{_number})\s*분{_ago}"
    rf"|(?P<hours_ahead>{_number})\s*시간{_ahead}|(?P<minutes_ahead>{_number})\s*분{_ahead})"
)
_idiom = re.compile(rf"{_apart}(?P<idiom>{one_of(words.IDIOMS)})(?![가-힣]*하)")
_decade = re.compile(r"(?<!\d)(?P<decade>(?:19|20)\d0|1[0-8][1-9]0|[6-9]0)\s*년대")

_IDIOMS = folded(words.IDIOMS)
_superlative = re.compile(r"(?:제일|가장|맨)\s*$")  # 제일 최근에 is the last time, not these days
_habit_before = re.compile(r"(?:매년|매달|매월|매주|해마다|매)\s*$")
_habit_after = re.compile(r"\s*(?:마다|이면 늘)")
_particle_after = re.compile(_particle)
_seasonal_after = re.compile(
    r"철?(?:에|의|엔|부터|까지|쯤|경|께|이후|이전|이래|\s*(?:때|내내|동안|방학|휴가|무렵|즈음))"
)
_day_after = re.compile(
    r"\s*(?:에(?!\s*(?:한|두|세|\d))|엔|부터|까지|이후|이전|날|쯤|자(?:로)?(?![가-힣])|새벽|아침|오전|오후|저녁|밤)"
)
_range_before = re.compile(r"(?:[~–-]|부터|에서)\s*$")
_festive_after = re.compile(r"에(?![가-힣])|엔|\s*(?:때|쯤|전|후|이후|까지|부터|명절|에는)")

_COUNTED = tuple(f"{unit}s_{way}" for unit in ("year", "month", "week", "day") for way in ("ago", "ahead"))
_DATING = ("year", "year_word", "month", "month_word", "week_word", "day_word", "pick", *_COUNTED)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed, which spares commands without Korean the time."""
    return re.compile(pattern)


def korean_mentions(text: str) -> Iterator[Mention]:
    """Candidate date expressions of a Korean text; they may overlap."""
    if not has_cjk(text):
        return
    for match in _compiled(_EXPRESSION).finditer(text):
        if match[0] and (mention := _mention(text, match)):
            yield mention
    for match in _compiled(_ELAPSED).finditer(text):
        if when := KOREAN.read(match.groupdict()):
            yield Mention(*match.span(), when, ahead=bool(match["hours_ahead"] or match["minutes_ahead"]))
    for pattern in (_STRETCH, _WITHIN):
        for match in _compiled(pattern).finditer(text):
            if when := KOREAN.read({**match.groupdict(), "unit": match["unit"] or "일"}):
                yield Mention(*match.span(), when, ahead=pattern is _WITHIN)
    for match in _idiom.finditer(text):
        if not just_before(_superlative, text, match.start()):
            yield Mention(*match.span(), When(stretch=_IDIOMS[fold(match["idiom"])], vague=True))
    for match in _decade.finditer(text):
        year = match["decade"]
        yield Mention(*match.span(), When(year=int(year if len(year) == 4 else f"19{year}"), months=(1, 120)))


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    start, end = match.span()
    if not _is_date(text, match) or just_before(_habit_before, text, start) or _habit_after.match(text, end):
        return None
    when = _when(groups)
    if when is None:
        return None
    last = None
    if first := groups["day_from"] or groups["month_from"]:
        last = when
        when = replace(when, day=int(first)) if groups["day_from"] else replace(when, months=(int(first), 1))
    ahead = any(groups[name] for name in _COUNTED if name.endswith("ahead"))
    return Mention(start, end, when, ahead, last)


def _when(groups: dict[str, str | None]) -> When | None:
    if groups["this_month"]:
        groups["month_word"] = "이번달"
    groups["nth"] = groups["nth"] or groups["nth_digit"]
    groups["weekday"] = groups["weekday"] or groups["weekday_short"] or groups["weekend"]
    when = KOREAN.read(groups)
    if when and groups["day_word"] and fold(groups["day_word"]) in words.NIGHTS:
        return replace(when, hours=DAY_PARTS["night"])
    if when and groups["end"]:
        return replace(when, weekday=WEEKEND)
    if when and (groups["last_day"] or groups["first_day"]):
        return replace(when, day=LAST if groups["last_day"] else 1)
    return when


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether what matched is said as a date: not the 일 of 무슨 일, the 봄 of 해봄, the 3일 of 3일 걸렸다."""
    groups, (start, end) = match.groupdict(), match.span()
    before, first = text[start - 1 : start], text[start : start + 1]
    if before and ("가" <= before <= "힣" if "가" <= first <= "힣" else before.isalnum() or before in ".-/"):
        return False
    said = {name for name, value in groups.items() if value} - {"day_from", "month_from"}
    if said == {"day"}:
        return bool(_day_after.match(text, end) or just_before(_range_before, text, start))
    if said == {"run"} and groups["run"] not in words.ALL_SEASONS:
        return bool(_particle_after.match(text, end))
    if said in ({"run"}, {"year2"}, {"weekend"}):
        return bool(_seasonal_after.match(text, end))
    if said == {"holiday"} and groups["holiday"] == "설":
        return bool(_festive_after.match(text, end))
    if groups["nth"] or groups["nth_digit"] or groups["part"] or groups["last_day"] or groups["first_day"]:
        return any(groups[name] for name in (*_DATING, "run", "year2", "this_month"))
    return bool(said)
