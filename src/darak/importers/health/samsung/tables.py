"""What the tables of a Samsung Health export measure, and the numbers that Samsung gives to activities and stages.

From Samsung's descriptions of its data types (developer.samsung.com/health) and the headers of exports.
"""

from __future__ import annotations

from darak.importers.health.table import Measure

_STEPS = (
    Measure("step_count", "steps", "count"),
    Measure("count", "steps", "count"),
    Measure("distance", "distance_walking_running", "km", 0.001),
    Measure("calorie", "active_energy", "kcal"),
)
_HEART_RATE = (Measure("heart_rate", "heart_rate", "count/min", positive=True),)
_OXYGEN = (Measure("spo2", "oxygen_saturation", "%", positive=True),)
_PRESSURE = (
    Measure("systolic", "blood_pressure_systolic", "mmHg", positive=True),
    Measure("diastolic", "blood_pressure_diastolic", "mmHg", positive=True),
    Measure("pulse", "heart_rate", "count/min", positive=True),
)

TABLES: dict[str, tuple[Measure, ...]] = {
    "step_daily_trend": _STEPS,
    "tracker.pedometer_day_summary": _STEPS,
    "tracker.pedometer_step_count": _STEPS,
    "step_count": _STEPS,
    "tracker.heart_rate": _HEART_RATE,
    "heart_rate": _HEART_RATE,
    "tracker.oxygen_saturation": _OXYGEN,
    "oxygen_saturation": _OXYGEN,
    "blood_pressure": _PRESSURE,
    "weight": (
        Measure("weight", "body_mass", "kg", positive=True),
        Measure("body_fat", "body_fat", "%", positive=True),
        Measure("fat_free_mass", "lean_body_mass", "kg", positive=True),
        Measure("skeletal_muscle_mass", "skeletal_muscle_mass", "kg", positive=True),
        Measure("total_body_water", "body_water", "kg", positive=True),
        Measure("basal_metabolic_rate", "basal_metabolic_rate", "kcal", positive=True),
    ),
    "height": (Measure("height", "height", "cm", positive=True),),
    "floors_climbed": (Measure("floor", "flights_climbed", "count"),),
    "water_intake": (Measure("amount", "water", "mL"),),
    "caffeine_intake": (Measure("amount", "caffeine", "mg"),),
    "nutrition": (Measure("calorie", "dietary_energy", "kcal"),),
    "blood_glucose": (Measure("glucose", "blood_glucose", "mg/dL", 18.01558, positive=True),),
    "body_temperature": (Measure("temperature", "body_temperature", "degC", positive=True),),
    "skin_temperature": (Measure("temperature", "wrist_temperature", "degC", positive=True),),
    "respiratory_rate": (Measure("average", "respiratory_rate", "count/min", positive=True),),
    "stress": (Measure("score", "stress_score", "count"),),
    "vitality_score": (Measure("total_score", "energy_score", "count", positive=True),),
}
"""Tables by the name without "com.samsung.health." or "com.samsung.shealth."."""

WORDS: dict[str, tuple[str, str, str]] = {
    "food_intake": ("Food (음식)", "name", "{calorie} kcal"),
    "mood": ("Mood (기분)", "", "{notes}"),
}
"""Tables of what was eaten or felt, as records: what to call a row, the column that names it, and its text."""

SLEEP, STAGES, EXERCISE = "sleep", "sleep_stage", "exercise"
STAGE_METRICS = {"40001": "sleep_awake", "40002": "sleep_core", "40003": "sleep_deep", "40004": "sleep_rem"}

ACTIVITIES = {
    1001: "walking", 1002: "running", 2001: "baseball", 2002: "softball", 2003: "cricket", 3001: "golf",
    3002: "billiards", 3003: "bowling", 4001: "hockey", 4002: "rugby", 4003: "basketball", 4004: "soccer",
    4005: "handball", 4006: "american football", 5001: "volleyball", 5002: "beach volleyball", 6001: "squash",
    6002: "tennis", 6003: "badminton", 6004: "table tennis", 6005: "racquetball", 7001: "tai chi", 7002: "boxing",
    7003: "martial arts", 8001: "ballet", 8002: "dancing", 8003: "ballroom dancing", 9001: "pilates", 9002: "yoga",
    10001: "stretching", 10002: "jump rope", 10003: "hula hooping", 10004: "push-ups", 10005: "pull-ups",
    10006: "sit-ups", 10007: "circuit training", 10008: "mountain climbers", 10009: "jumping jacks", 10010: "burpees",
    10011: "bench press", 10012: "squats", 10013: "lunges", 10014: "leg presses", 11001: "inline skating",
    11002: "hang gliding", 11004: "archery", 11005: "horseback riding", 11007: "cycling", 11008: "flying disc",
    11009: "roller skating", 12001: "aerobics", 13001: "hiking", 13002: "rock climbing", 13003: "backpacking",
    13004: "mountain biking", 13005: "orienteering", 14001: "swimming", 14002: "aquarobics", 14003: "canoeing",
    14004: "sailing", 14005: "scuba diving", 14006: "snorkeling", 14007: "kayaking", 14008: "kitesurfing",
    14009: "rafting", 14010: "rowing", 14011: "windsurfing", 14013: "water skiing", 15001: "stair climbing machine",
    15002: "weight machine", 15003: "exercise bike", 15004: "rowing machine", 15005: "treadmill",
    15006: "elliptical trainer", 16001: "cross-country skiing", 16002: "skiing", 16003: "ice dancing",
    16004: "ice skating", 16006: "ice hockey", 16007: "snowboarding", 16008: "alpine skiing", 16009: "snowshoeing",
}  # fmt: skip
