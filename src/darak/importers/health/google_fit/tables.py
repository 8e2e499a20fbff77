"""What Google Fit's columns and data types measure."""

from __future__ import annotations

from darak.importers.health.table import Measure

DAY = ("Date", "날짜", "Datum", "Fecha", "日付")
START = ("Start time", "시작 시간", "Beginn")
END = ("End time", "종료 시간", "Ende")

_COLUMNS: tuple[tuple[tuple[str, ...], str, str, float], ...] = (
    (("Step count", "걸음 수"), "steps", "count", 1),
    (("Distance (m)", "거리(m)"), "distance_walking_running", "km", 0.001),
    (("Calories (kcal)", "칼로리(kcal)"), "total_energy", "kcal", 1),
    (("Move Minutes count",), "exercise_time", "min", 1),
    (("Heart Points",), "heart_points", "count", 1),
    (("Average heart rate (bpm)", "평균 심박수(bpm)"), "heart_rate", "count/min", 1),
    (("Average weight (kg)", "평균 몸무게(kg)"), "body_mass", "kg", 1),
    (("Average body fat percentage (%)",), "body_fat", "%", 1),
    (("Average systolic blood pressure (mmHg)",), "blood_pressure_systolic", "mmHg", 1),
    (("Average diastolic blood pressure (mmHg)",), "blood_pressure_diastolic", "mmHg", 1),
)
MEASURES = tuple(
    Measure(name, metric, unit, factor, positive=unit not in ("km", "kcal"))
    for names, metric, unit, factor in _COLUMNS
    for name in names
)
"""Columns in the languages that are known. A 0 was not measured, except of distance and energy."""

TYPES: dict[str, tuple[str, str, float]] = {
    "com.google.step_count.delta": ("steps", "count", 1),
    "com.google.distance.delta": ("distance_walking_running", "km", 0.001),
    "com.google.calories.expended": ("total_energy", "kcal", 1),
    "com.google.calories.bmr": ("basal_metabolic_rate", "kcal", 1),
    "com.google.active_minutes": ("exercise_time", "min", 1),
    "com.google.heart_minutes": ("heart_points", "count", 1),
    "com.google.heart_rate.bpm": ("heart_rate", "count/min", 1),
    "com.google.weight": ("body_mass", "kg", 1),
    "com.google.height": ("height", "cm", 100),
    "com.google.body.fat.percentage": ("body_fat", "%", 1),
    "com.google.oxygen_saturation": ("oxygen_saturation", "%", 1),
    "com.google.body.temperature": ("body_temperature", "degC", 1),
    "com.google.hydration": ("water", "mL", 1000),
}
"""(metric, unit, factor) of the first value of a data point."""
BLOOD_PRESSURE = "com.google.blood_pressure"
SLEEP = "com.google.sleep.segment"
STAGES = {1: "sleep_awake", 2: "sleep_asleep", 4: "sleep_core", 5: "sleep_deep", 6: "sleep_rem"}
SEGMENTS = {
    "sleep": "sleep_asleep",
    "sleep.light": "sleep_core",
    "sleep.deep": "sleep_deep",
    "sleep.rem": "sleep_rem",
    "sleep.awake": "sleep_awake",
}
NO_ACTIVITY = frozenset(("still", "unknown", "tilting", "in_vehicle", "on_foot.none"))
"""What Fit notes beside the activities."""
AGGREGATES = {
    "com.google.distance.delta": ("distance_km", 0.001, 3),
    "com.google.calories.expended": ("energy_kcal", 1.0, 1),
    "com.google.step_count.delta": ("steps", 1.0, 0),
    "com.google.heart_minutes.summary": ("heart_points", 1.0, 0),
}
