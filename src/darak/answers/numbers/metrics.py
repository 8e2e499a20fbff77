"""What people call the numbers of a life, in both languages, and how each is summed up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Daily = Literal["total", "mean"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of samples. `daily` says what a day's value is; `scale` and `unit` are of what is shown."""

    name: str
    daily: Daily
    korean: str
    english: str
    unit_korean: str
    unit_english: str
    digits: int = 0
    scale: float = 1.0
    also: tuple[str, ...] = ()
    """Metrics that are parts of this one and are added to it."""


_TABLE = (
    # name, daily, Korean and English title, Korean and English unit, digits, scale
    Metric("steps", "total", "걸음 수", "steps", "걸음", "steps"),
    Metric("distance_walking_running", "total", "걷고 달린 거리", "walking and running distance", "km", "km", 2),
    Metric("distance_cycling", "total", "자전거 거리", "cycling distance", "km", "km", 2),
    Metric("distance_swimming", "total", "수영 거리", "swimming distance", "m", "m"),
    Metric("flights_climbed", "total", "오른 층수", "flights climbed", "층", "flights"),
    Metric("active_energy", "total", "활동 칼로리", "active energy", "kcal", "kcal"),
    Metric("basal_energy", "total", "기초 대사 칼로리", "basal energy", "kcal", "kcal"),
    Metric("exercise_time", "total", "운동 시간", "exercise time", "분", "min"),
    Metric("sleep_asleep", "total", "수면 시간", "sleep", "시간", "hours", 1, 1 / 60,
           ("sleep_core", "sleep_deep", "sleep_rem")),
    Metric("sleep_in_bed", "total", "침대에 있던 시간", "time in bed", "시간", "hours", 1, 1 / 60),
    Metric("heart_rate", "mean", "심박수", "heart rate", "bpm", "bpm"),
    Metric("resting_heart_rate", "mean", "안정 시 심박수", "resting heart rate", "bpm", "bpm"),
    Metric("walking_heart_rate", "mean", "걷기 심박수", "walking heart rate", "bpm", "bpm"),
    Metric("heart_rate_variability", "mean", "심박 변이도", "heart rate variability", "ms", "ms"),
    Metric("blood_pressure_systolic", "mean", "수축기 혈압", "systolic blood pressure", "mmHg", "mmHg"),
    Metric("blood_pressure_diastolic", "mean", "이완기 혈압", "diastolic blood pressure", "mmHg", "mmHg"),
    Metric("body_mass", "mean", "몸무게", "weight", "kg", "kg", 1),
    Metric("body_mass_index", "mean", "체질량지수", "body mass index", "", "", 1),
    Metric("body_fat", "mean", "체지방률", "body fat", "%", "%", 1),
    Metric("height", "mean", "키", "height", "cm", "cm"),
    Metric("body_temperature", "mean", "체온", "body temperature", "°C", "°C", 1),
    Metric("blood_glucose", "mean", "혈당", "blood glucose", "mg/dL", "mg/dL"),
    Metric("oxygen_saturation", "mean", "혈중 산소", "blood oxygen", "%", "%"),
    Metric("respiratory_rate", "mean", "호흡수", "respiratory rate", "회/분", "/min"),
    Metric("vo2_max", "mean", "최대 산소 섭취량", "VO2 max", "", "", 1),
    Metric("water", "total", "마신 물", "water", "ml", "ml"),
    Metric("caffeine", "total", "카페인", "caffeine", "mg", "mg"),
)  # fmt: skip
METRICS = {metric.name: metric for metric in _TABLE}

# The first pattern that fits names the metrics; the more special stand first.
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"수축기|최고\s*혈압|위\s*혈압|윗\s*혈압|systolic|upper\s+(?:blood\s+)?pressure", ("blood_pressure_systolic",)),
    (r"이완기|최저\s*혈압|아래\s*혈압|아랫\s*혈압|diastolic|lower\s+(?:blood\s+)?pressure",
     ("blood_pressure_diastolic",)),
    (r"혈압|blood\s+pressure", ("blood_pressure_systolic", "blood_pressure_diastolic")),
    (r"안정\s*시?\s*심박|휴식기?\s*심박|resting\s+(?:heart(?:\s*rate)?|pulse)", ("resting_heart_rate",)),
    (r"심박\s*변이|heart\s+rate\s+variability|\bhrv\b", ("heart_rate_variability",)),
    (r"심박|맥박|heart\s*rate|\bpulse\b|\bbpm\b", ("heart_rate",)),
    (r"걸음|몇\s*보(?![가-힣])|(?<!전화 )(?<!전화를 )(?<!전화 더 )(?<!전화를 더 )"
     r"(?:많이|적게|오래|제일|가장|더|덜|얼마나)\s*걸(?:은|었|어)"
     r"|만보|보행\s*수|how\s+much\s+(?:do|did|have)\s+i\s+walk|(?:walk(?:ed)?|go)\s+(?:more|further|farther|less)\b|walk(?:ed)?\s+(?:a\s+lot|much|enough)\b|\bstep\s+counts?\b"
     r"|\bwalk(?:ed)?\s+the\s+(?:most|least)\b|\bsteps\b(?!\s+(?:by|toward|forward|back))", ("steps",)),
    (r"체지방|body\s+fat", ("body_fat",)),
    (r"체질량|\bbmi\b|body\s+mass\s+index", ("body_mass_index",)),
    (r"몸무게|체중|(?<![가-힣])살(?:이|은)?\s*(?:쪘|찌|쪄|찐|빠졌|빠지|빠진|뺐)|내가\s*(?:제일|가장)\s*(?:무거|가벼)|(?:was\s+i|i\s+was)\s+(?:the\s+)?(?:heaviest|lightest)"
     r"|\bweigh(?:t|ed|ing)?\b|body\s+mass", ("body_mass",)),
    (r"침대에\s*(?:있|누)|time\s+in\s+bed", ("sleep_in_bed",)),
    (r"수면(?!제|내시경|마취)|(?<![가-힣])잠(?:을|은|이)?\s|잤|(?:적게|많이|오래|못|푹|덜|잘|일찍|늦게)\s*(?:잔|자(?=[\s?？니나냐요]|$))"
     r"|\bsle(?:ep|pt|eping)\b(?!\s+bag)|\b(?:shortest|longest|average)\s+nights?\b|\ba\s+night\s+on\s+average",
     ("sleep_asleep",)),
    (r"혈당|blood\s+(?:glucose|sugar)", ("blood_glucose",)),
    (r"산소\s*포화|혈중\s*산소|blood\s+oxygen|oxygen\s+saturation|\bspo2\b", ("oxygen_saturation",)),
    (r"체온|body\s+temperature", ("body_temperature",)),
    (r"호흡\s*수|respiratory\s+rate", ("respiratory_rate",)),
    (r"최대\s*산소\s*섭취|vo2", ("vo2_max",)),
    (r"칼로리|열량|활동\s*에너지|calories|active\s+energy|\bkcal\b", ("active_energy",)),
    (r"오른\s*층|계단\s*(?:수|몇)|flights?\s+(?:of\s+stairs|climbed)", ("flights_climbed",)),
    (r"(?:걸은|걷고\s*달린)\s*거리|how\s+far\s+(?:did|do|have)\s+i\s+walk\w*|walking\s+distance",
     ("distance_walking_running",)),
    (r"운동\s*시간|exercise\s+(?:time|minutes)", ("exercise_time",)),
    (r"(?<![가-힣])키(?:가|는)?\s*(?:몇|얼마)|\bmy\s+height\b|how\s+tall\s+am\s+i\b", ("height",)),
    (r"물(?:을)?\s*(?:얼마나|몇\s*\S+)\s*마[셨시신]|마신\s*물|(?:much|the)\s+water\s+(?:did|do|have)\s+i\s+dr[iau]nk",
     ("water",)),
    (r"카페인|caffeine", ("caffeine",)),
)  # fmt: skip


@cache
def metric_patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Patterns of the words for metrics, the more special first, with the metrics they name."""
    return tuple((re.compile(pattern, re.IGNORECASE), names) for pattern, names in _WORDS)


def metric_of(name: str, unit: str = "") -> Metric:
    """How a metric is shown; one that the table lacks is shown under its own name and unit."""
    title = name.replace("_", " ")
    return METRICS.get(name) or Metric(name, "mean", title, title, unit, unit, 2)
