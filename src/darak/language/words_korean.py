"""The Korean words of the calendar. A space in a word may be left out in the text."""

from darak.language.mentions import Vocabulary, folded
from darak.language.numbers import FEW, korean_number
from darak.language.periods import LAST, WEEKEND, Part, Pick, Unit

MONTHS = {str(n): n for n in range(1, 13)} | {f"0{n}": n for n in range(1, 10)}
SEASONS = {"봄": (3, 3), "여름": (6, 3), "가을": (9, 3), "겨울": (12, 3)}
EARLY_SEASONS = {f"초{name}": (first, 1) for name, (first, _) in SEASONS.items()}
MID_SEASONS = {f"한{name}": (first % 12 + 1, 1) for name, (first, _) in SEASONS.items()}
LATE_SEASONS = {f"늦{name}": ((first + 1) % 12 + 1, 1) for name, (first, _) in SEASONS.items()}
ALL_SEASONS = SEASONS | EARLY_SEASONS | MID_SEASONS | LATE_SEASONS
HALVES_AND_QUARTERS = {
    "상반기": (1, 6),
    "하반기": (7, 6),
    "연초": (1, 2),
    "연말": (11, 2),
    **{f"{n}분기,{n}사분기,{n}/4분기": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
}
ORDINALS = {
    "첫째,첫 번째,첫,1째,1번째": 1,
    "둘째,두 번째,2째,2번째": 2,
    "셋째,세 번째,3째,3번째": 3,
    "넷째,네 번째,4째,4번째": 4,
    "다섯째,다섯 번째,5째,5번째": 5,
    "마지막": LAST,
}
YEARS = {"재작년": -2, "작년,지난해,전년도": -1, "올해,금년": 0, "내년": 1, "내후년": 2}
MONTH_SHIFTS = {
    "지지난달": -2,
    "지난달,저번 달,전달": -1,
    "이번 달,이달,금월": 0,
    "다음 달,담달,내달": 1,
    "다다음 달": 2,
}
WEEKS = {"지지난 주": -2, "지난주,저번 주": -1, "이번 주,금주": 0, "다음 주,담 주,차주": 1, "다다음 주": 2}
DAYS = {
    "그끄저께": -3,
    "그저께,그제,엊그제,엊그저께": -2,
    "어제,어저께,어젯밤,간밤,지난밤": -1,
    "오늘,오늘밤,금일": 0,
    "내일": 1,
    "모레,내일모레": 2,
    "글피": 3,
}
NIGHTS = ("어젯밤", "간밤", "지난밤", "오늘밤")
WEEKDAYS = {name: number for number, name in enumerate("월화수목금토일")} | {"주말": WEEKEND}
PICKS = ("지난,저번,지나간", "이번,올", "다음", "오는,돌아오는,다가오는")
HOLIDAYS = {
    "설 연휴,설날 연휴,구정 연휴": "seollal_days",
    "설날,구정,설": "seollal",
    "추석 연휴,한가위 연휴": "chuseok_days",
    "추석,한가위": "chuseok",
    "신정,새해 첫날": "new_year",
    "발렌타인데이,밸런타인데이": "valentine",
    "화이트데이": "white_day",
    "만우절": "april_fools",
    "삼일절,3·1절,3.1절": "independence_movement_day",
    "식목일": "arbor_day",
    "근로자의 날,노동절": "labour_day",
    "어린이날": "childrens_day",
    "어버이날": "parents_day",
    "스승의 날": "teachers_day",
    "부처님 오신 날,석가탄신일,초파일": "buddhas_birthday",
    "현충일": "memorial_day",
    "제헌절": "constitution_day",
    "광복절": "liberation_day",
    "개천절": "foundation_day",
    "한글날": "hangul_day",
    "핼러윈,할로윈,핼로윈": "halloween",
    "빼빼로데이": "pepero_day",
    "추수감사절": "thanksgiving",
    "부활절": "easter",
    "크리스마스이브,크리스마스 이브,성탄 전야": "christmas_eve",
    "크리스마스,성탄절": "christmas",
}
IDIOMS: dict[str, tuple[int, int, Unit]] = {
    "최근,요즘,요새,요즈음,근래,얼마 전,일전": (-30, 0, "day"),
    "작년 이맘때,지난해 이맘때": (-13, -11, "month"),
    "반년 전": (-8, -4, "month"),
}
DAY_COUNTS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
    "며칠": FEW,
}
UNITS: dict[str, Unit] = {
    "시간": "hour",
    "분": "minute",
    "일": "day",
    "주일,주": "week",
    "개월,달": "month",
    "년,해": "year",
}
PARTS: dict[str, Part] = {"초,초순,초반,상순": "early", "중순,중반": "mid", "말,하순,후반": "end"}
PICK_WORDS: dict[str, Pick] = {
    PICKS[0]: "last",
    PICKS[1]: "this",
    PICKS[2]: "next",
    PICKS[3]: "coming",
    "최근": "last",
    "앞으로,향후,안에,이내,내에,내로": "next",
}


def _number(word: str) -> int | None:
    return DAY_COUNTS[word] if word in DAY_COUNTS else korean_number(word)


KOREAN = Vocabulary(
    number=_number,
    years=folded(YEARS),
    months=MONTHS,
    month_shifts=folded(MONTH_SHIFTS),
    runs=folded(ALL_SEASONS | HALVES_AND_QUARTERS),
    parts=folded(PARTS),
    ordinals=folded(ORDINALS) | {str(n): n for n in range(1, 6)},
    weeks=folded(WEEKS),
    days=folded(DAYS),
    weekdays=WEEKDAYS,
    picks=folded(PICK_WORDS),
    units=folded(UNITS),
    holidays=folded(HOLIDAYS),
)
