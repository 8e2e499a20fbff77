"""What Apple Health's types are called in Darak, in which unit, and how values are brought to it.

docs/metrics.md says the same for readers.
"""

from __future__ import annotations

import re
from functools import lru_cache

QUANTITIES: dict[str, tuple[str, str]] = {
    "StepCount": ("steps", "count"),
    "PushCount": ("wheelchair_pushes", "count"),
    "FlightsClimbed": ("flights_climbed", "count"),
    "DistanceWalkingRunning": ("distance_walking_running", "km"),
    "DistanceCycling": ("distance_cycling", "km"),
    "DistanceSwimming": ("distance_swimming", "km"),
    "DistanceWheelchair": ("distance_wheelchair", "km"),
    "DistanceDownhillSnowSports": ("distance_snow_sports", "km"),
    "ActiveEnergyBurned": ("active_energy", "kcal"),
    "BasalEnergyBurned": ("basal_energy", "kcal"),
    "AppleExerciseTime": ("exercise_time", "min"),
    "AppleStandTime": ("stand_time", "min"),
    "HeartRate": ("heart_rate", "count/min"),
    "RestingHeartRate": ("resting_heart_rate", "count/min"),
    "WalkingHeartRateAverage": ("walking_heart_rate", "count/min"),
    "HeartRateRecoveryOneMinute": ("heart_rate_recovery", "count/min"),
    "HeartRateVariabilitySDNN": ("heart_rate_variability", "ms"),
    "RespiratoryRate": ("respiratory_rate", "count/min"),
    "OxygenSaturation": ("oxygen_saturation", "%"),
    "VO2Max": ("vo2_max", "mL/min·kg"),
    "BloodPressureSystolic": ("blood_pressure_systolic", "mmHg"),
    "BloodPressureDiastolic": ("blood_pressure_diastolic", "mmHg"),
    "BloodGlucose": ("blood_glucose", "mg/dL"),
    "BodyTemperature": ("body_temperature", "degC"),
    "BasalBodyTemperature": ("basal_body_temperature", "degC"),
    "AppleSleepingWristTemperature": ("wrist_temperature", "degC"),
    "BodyMass": ("body_mass", "kg"),
    "LeanBodyMass": ("lean_body_mass", "kg"),
    "BodyMassIndex": ("body_mass_index", "count"),
    "BodyFatPercentage": ("body_fat", "%"),
    "Height": ("height", "cm"),
    "WaistCircumference": ("waist_circumference", "cm"),
    "WalkingSpeed": ("walking_speed", "km/hr"),
    "RunningSpeed": ("running_speed", "km/hr"),
    "WalkingStepLength": ("walking_step_length", "cm"),
    "DietaryEnergyConsumed": ("dietary_energy", "kcal"),
    "DietaryWater": ("water", "mL"),
    "DietaryCaffeine": ("caffeine", "mg"),
    "EnvironmentalAudioExposure": ("environmental_noise", "dBASPL"),
    "HeadphoneAudioExposure": ("headphone_loudness", "dBASPL"),
    "TimeInDaylight": ("time_in_daylight", "min"),
}
"""(metric, unit) of quantity types, by the type without its HK… prefix."""

DURATIONS: dict[str, str] = {"MindfulSession": "mindful_minutes"}
"""Categories of which the length in minutes is the value."""
SLEEP = "SleepAnalysis"
SLEEP_STAGES: dict[str, str] = {
    "InBed": "sleep_in_bed",
    "Asleep": "sleep_asleep",
    "AsleepUnspecified": "sleep_asleep",
    "Awake": "sleep_awake",
    "AsleepCore": "sleep_core",
    "AsleepDeep": "sleep_deep",
    "AsleepREM": "sleep_rem",
    "0": "sleep_in_bed",
    "1": "sleep_asleep",
    "2": "sleep_awake",
    "3": "sleep_core",
    "4": "sleep_deep",
    "5": "sleep_rem",
}
STAND_HOUR = "AppleStandHour"
IN_CORRELATIONS = ("BloodPressure", "Dietary")
"""Beginnings of the types that stand both on their own and within a correlation."""

_FACTORS: dict[tuple[str, str], float] = {
    ("lb", "kg"): 0.45359237, ("g", "kg"): 0.001, ("st", "kg"): 6.35029318, ("oz", "kg"): 0.028349523125,
    ("mi", "km"): 1.609344, ("m", "km"): 0.001, ("ft", "km"): 0.0003048, ("yd", "km"): 0.0009144,
    ("m", "cm"): 100.0, ("in", "cm"): 2.54, ("ft", "cm"): 30.48, ("mm", "cm"): 0.1,
    ("Cal", "kcal"): 1.0, ("cal", "kcal"): 0.001, ("kJ", "kcal"): 1 / 4.184, ("J", "kcal"): 1 / 4184,
    ("s", "min"): 1 / 60, ("hr", "min"): 60.0, ("s", "ms"): 1000.0,
    ("count/s", "count/min"): 60.0, ("Hz", "count/min"): 60.0,
    ("kPa", "mmHg"): 7.500616827,
    ("L", "mL"): 1000.0, ("fl_oz_us", "mL"): 29.5735295625, ("fl_oz_imp", "mL"): 28.4130625,
    ("cup_us", "mL"): 236.5882365,
    ("g", "mg"): 1000.0, ("mcg", "mg"): 0.001,
    ("m/s", "km/hr"): 3.6, ("mi/hr", "km/hr"): 1.609344,
}  # fmt: skip
_MMOL_GLUCOSE = re.compile(r"mmol<([\d.]+)>/L")
_PREFIX = re.compile(r"HK(?:Quantity|Category)TypeIdentifier|HKDataType(?:Identifier)?|HKWorkoutActivityType")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=1024)
def short_type(identifier: str) -> str:
    """An identifier of HealthKit without the prefix that says what family it is of."""
    return _PREFIX.sub("", identifier, count=1)


@lru_cache(maxsize=1024)
def snake_case(name: str) -> str:
    return _WORDS.sub("_", name).lower()


def quantity(short: str, value: float, unit: str) -> tuple[str, float, str]:
    """(metric, value, unit) of a quantity; a type that is not in the table keeps its own name and unit.

    Apple writes percentages as fractions of one: 0.97 % is 97 %. A unit that cannot be brought to the metric's stays.
    """
    metric, wanted = QUANTITIES.get(short) or (snake_case(short), unit)
    if unit == "%":
        return metric, round(value * 100, 6), unit
    if unit == wanted:
        return metric, value, unit
    converted = convert(value, unit, wanted)
    return (metric, value, unit) if converted is None else (metric, converted, wanted)


def convert(value: float, unit: str, wanted: str) -> float | None:
    """The value in another unit, to six decimals; None when the units do not go together."""
    if unit == wanted:
        return value
    if (unit, wanted) == ("degF", "degC"):
        return round((value - 32) / 1.8, 6)
    if wanted == "mg/dL" and (molar := _MMOL_GLUCOSE.fullmatch(unit)):
        return round(value * float(molar[1]) / 10, 6)
    factor = _FACTORS.get((unit, wanted))
    return None if factor is None else round(value * factor, 6)


def category(short: str, value: str, minutes: float) -> tuple[str, float, str]:
    """(metric, value, unit) of a category sample that lasted `minutes`.

    Sleep and mindful sessions are minutes; anything else counts 1 under its name and its value's.
    """
    stage = value.removeprefix("HKCategoryValue").removeprefix(short)
    if short == SLEEP:
        return SLEEP_STAGES.get(stage) or f"sleep_{snake_case(stage)}", minutes, "min"
    if short in DURATIONS:
        return DURATIONS[short], minutes, "min"
    if short == STAND_HOUR:
        return "stand_hours", float(stage in ("Stood", "0")), "count"
    name = snake_case(short)
    return (f"{name}_{snake_case(stage)}" if stage and stage != "NotApplicable" else name), 1.0, "count"
