"""The owner's body in numbers: steps, pulse, weight, blood pressure, sleep and workouts over the years.

Planted: blood pressure rises each winter; weight climbs until the doctor's advice and falls after it; more
steps in the last years; one run longer than all others.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from random import Random

from darak.sample.life import Life
from darak.sample.model import HealthSample, Pressure, Workout

CUFF = "혈압계"
SCALE = "체중계"


def phone_name(life: Life) -> str:
    return f"{life.cast.owner.given_name.ko}의 iPhone"


def watch_name(life: Life) -> str:
    return f"{life.cast.owner.given_name.ko}의 Apple Watch"


def tell_body(life: Life) -> None:
    """All samples. `scale` thins pulse and the parts of a day; every gold figure is computed from what is kept."""
    rng = life.rng("body")
    base, swing = rng.uniform(112, 120), rng.uniform(10, 16)
    watch_since = life.start + timedelta(days=500)
    day = life.start
    stride = 1 if life.scale >= 0.5 else 3
    number = 0
    while day <= life.until:
        if number % stride == 0:
            _steps(life, rng, day, day >= watch_since)
            _sleep(life, rng, day)
            if day >= watch_since:
                _pulse(life, rng, day)
        if day.weekday() in (1, 5) and rng.random() < 0.9:
            _weigh(life, rng, day)
        if day >= life.start + timedelta(days=3 * 365) and day.weekday() in (0, 2, 4):
            _press(life, rng, day, base, swing)
        number += 1
        day += timedelta(days=1)
    _runs(life, rng, watch_since)


def _moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second)


def _winter(day: date) -> float:
    """1 in the middle of January, 0 in the middle of July."""
    return 0.5 + 0.5 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365.25)


def _share(life: Life, day: date) -> float:
    return (day - life.start).days / (life.until - life.start).days


def _steps(life: Life, rng: Random, day: date, watch: bool) -> None:
    """Parts of a day. When the watch is worn the phone counts less of the same walk: they overlap."""
    mean = 5600 + 2600 * max(0.0, _share(life, day) - 0.5) * 2 + (700 if day.weekday() > 4 else 0)
    total = max(900, int(rng.gauss(mean - 900 * _winter(day), 1700)))
    parts = ((8, 0.28), (12, 0.2), (15, 0.12), (18, 0.4)) if life.scale >= 0.5 else ((9, 1.0),)
    for hour, share in parts:
        count = int(total * share)
        start = _moment(day, hour, int(rng.random() * 30))
        end = start + timedelta(minutes=25 + int(rng.random() * 60))
        if watch:
            life.samples.append(HealthSample("StepCount", start, end, str(count), "count", watch_name(life)))
        if not watch or (hour == 18 and rng.random() < 0.5):
            part = count if not watch else int(count * 0.8)
            inner = end if not watch else end - timedelta(minutes=10)
            life.samples.append(HealthSample("StepCount", start, inner, str(part), "count", phone_name(life)))


def _pulse(life: Life, rng: Random, day: date) -> None:
    device = watch_name(life)
    resting = 66 - 6 * _share(life, day) + rng.gauss(0, 1.6)
    at = _moment(day, 7, int(rng.random() * 60))
    life.samples.append(HealthSample("RestingHeartRate", at, at, f"{resting:.0f}", "count/min", device))
    for hour in (9, 12, 17, 21) if life.scale >= 0.5 else (15,):
        at = _moment(day, hour, int(rng.random() * 60), int(rng.random() * 60))
        life.samples.append(HealthSample("HeartRate", at, at, str(rng.randint(64, 118)), "count/min", device))


def _weigh(life: Life, rng: Random, day: date) -> None:
    at = _moment(day, 7, rng.randint(0, 40))
    value = weight_on(life, day) + rng.gauss(0, 0.35)
    life.samples.append(HealthSample("BodyMass", at, at, f"{value:.1f}", "kg", SCALE))


def weight_on(life: Life, day: date) -> float:
    """The course of the weight in kg: up to 60% of the time by 7 kg, then down by 5."""
    base = 55 + life.seed * 7919 % 200 / 10
    share = _share(life, day)
    return base + (7 * share / 0.6 if share < 0.6 else 7 - 5 * (share - 0.6) / 0.4)


def _press(life: Life, rng: Random, day: date, base: float, swing: float) -> None:
    """`base` is the systolic pressure of July in mmHg, `swing` how much higher it is in January."""
    systolic = base + swing * _winter(day) + rng.gauss(0, 3.4)
    diastolic = base - 43 + swing / 2 * _winter(day) + rng.gauss(0, 2.6)
    at = _moment(day, rng.choice((7, 22)), rng.randint(0, 50))
    life.pressures.append(Pressure(at, round(systolic), round(diastolic), CUFF))


def _sleep(life: Life, rng: Random, day: date) -> None:
    """One night that ends on `day`: in bed (phone), asleep (watch or phone)."""
    hours = min(9.6, max(3.6, rng.gauss(6.6 + (0.8 if day.weekday() > 4 else 0) + 0.3 * _winter(day), 0.7)))
    wake = _moment(day, 7 if day.weekday() < 5 else 8, int(rng.random() * 50))
    asleep = wake - timedelta(minutes=round(hours * 60))
    in_bed = asleep - timedelta(minutes=rng.randint(5, 30))
    device = phone_name(life)
    values = ("HKCategoryValueSleepAnalysisInBed", "HKCategoryValueSleepAnalysisAsleep")
    life.samples.append(HealthSample("SleepAnalysis", in_bed, wake, values[0], "", device))
    life.samples.append(HealthSample("SleepAnalysis", asleep, wake, values[1], "", device))


def _runs(life: Life, rng: Random, since: date) -> None:
    """About two runs a week in the warmer half of the year; one is longer than all the others."""
    day = since
    while day <= life.until:
        if rng.random() < 0.12 + 0.16 * (1 - _winter(day)):
            _run(life, rng, day, round(min(12.5, max(2.2, rng.gauss(5.2 + 2 * _share(life, day), 1.5))), 2))
        day += timedelta(days=1)
    longest = life.until - timedelta(days=rng.randint(250, 900))
    kilometres = round(rng.uniform(16.5, 20.4), 2)
    run_on(life, longest, _moment(longest, 7, rng.randint(0, 59)), kilometres, kilometres * rng.uniform(5.9, 6.8))


def run_on(life: Life, day: date, start: datetime, kilometres: float, minutes: float) -> None:
    """Puts one run on a day in place of any other."""
    life.workouts = [one for one in life.workouts if one.start.date() != day]
    life.samples = [
        one for one in life.samples if one.kind != "DistanceWalkingRunning" or one.start.date() != day
    ]
    _record_run(life, start, kilometres, minutes)
    life.workouts.sort(key=lambda one: one.start)


def _run(life: Life, rng: Random, day: date, kilometres: float) -> None:
    start = _moment(day, rng.choice((6, 7, 19, 20)), rng.randint(0, 59))
    _record_run(life, start, kilometres, kilometres * rng.uniform(5.4, 6.8))


def _record_run(life: Life, start: datetime, kilometres: float, minutes: float) -> None:
    watch = watch_name(life)
    end = (start + timedelta(minutes=minutes)).replace(microsecond=0)
    life.workouts.append(Workout("Running", start, minutes, kilometres, watch))
    life.samples.append(HealthSample("DistanceWalkingRunning", start, end, f"{kilometres:.3f}", "km", watch))
