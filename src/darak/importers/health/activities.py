"""A stretch of sport as a record: the same title, text and extra keys from every source (docs/metrics.md)."""

from __future__ import annotations

import re
from typing import Any

from darak.importers.health.apple.metrics import snake_case
from darak.importers.health.apple.workouts import KOREAN
from darak.records.record import Blob, Origin, Place, Record
from darak.records.time import UNKNOWN_TIME, Time

_SAME = {
    "running": ("run", "jogging", "jog", "trail_run", "trail_running", "virtual_run", "treadmill_running", "treadmill",
                "sand_running", "stair_running", "달리기", "러닝", "조깅", "lauf", "course_à_pied", "carrera"),
    "walking": ("walk", "on_foot", "nordic_walking", "treadmill_walking", "걷기", "산책", "spaziergang", "marche"),
    "hiking": ("hike", "하이킹", "등산", "wanderung", "randonnée", "mountaineering", "mountain_climbing"),
    "cycling": ("ride", "bike", "biking", "bicycling", "cycle", "on_bicycle", "road_biking", "mountain_biking",
                "mountain_bike", "mountain_bike_ride", "gravel_ride", "virtual_ride", "e_bike_ride", "e_biking",
                "spinning", "stationary_biking", "indoor_cycling", "utility_biking", "outdoor_bike", "exercise_bike",
                "라이딩", "자전거", "사이클링", "radfahrt", "sortie_à_vélo"),
    "swimming": ("swim", "lap_swimming", "open_water_swimming", "pool_swim", "open_water", "수영", "schwimmen"),
    "traditional_strength_training": ("weight_training", "weights", "weight_machine", "strength_training",
                                      "weightlifting", "웨이트_트레이닝", "krafttraining"),
    "high_intensity_interval_training": ("hiit", "interval_training", "interval_workout", "interval"),
    "core_training": ("abdominal", "core"),
    "stair_climbing": ("stair_stepper", "stairclimber", "stair_climbing_machine", "step_training"),
    "elliptical": ("elliptical_trainer",),
    "rowing": ("row", "indoor_rowing", "rowing_machine", "virtual_row"),
    "downhill_skiing": ("alpine_ski", "alpine_skiing", "skiing", "backcountry_ski", "ski"),
    "cross_country_skiing": ("nordic_ski", "cross_country_ski"),
    "snowboarding": ("snowboard",),
    "skating_sports": ("ice_skate", "ice_skating", "inline_skate", "inline_skating", "skating"),
    "climbing": ("rock_climbing", "indoor_climbing", "bouldering"),
    "jump_rope": ("skipping", "jump_roping", "rope_skipping"),
    "dance": ("dancing", "aerobics"),
    "soccer": ("football_soccer", "football"),
    "other": ("workout", "generic", "training", "sport", "운동", "exercise", "activity", "other_workout"),
}  # fmt: skip
"""What sources call an activity, by the name it has in Darak."""
ACTIVITIES = {name: activity for activity, names in _SAME.items() for name in (*names, activity)}
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def activity_name(written: str) -> str:
    """ "running" for "Run", "TrailRun", "trail running"; a name that is not in the table keeps its own words."""
    name = _BETWEEN_WORDS.sub("_", snake_case(written.strip())).strip("_")
    return ACTIVITIES.get(name, name)


def activity_title(activity: str) -> str:
    """ "Running (달리기)": found in both languages."""
    title = activity.replace("_", " ").capitalize()
    return f"{title} ({KOREAN[activity]})" if activity in KOREAN else title


def activity_record(
    *,
    source: str,
    origin: Origin,
    start: Time | None,
    end: Time | None,
    activity: str,
    extra: dict[str, Any],
    native_id: str | None = None,
    name: str = "",
    notes: str = "",
    place: Place | None = None,
    url: str | None = None,
    blobs: tuple[Blob, ...] = (),
    otherwise: str = "",
) -> Record:
    """The record of one activity, as the source calls it in `activity`.

    `extra` holds what is known of duration_min, distance_km, energy_kcal, heart_rate, device and others. `name` is
    what the owner called it, `notes` what they wrote of it, `otherwise` what to call it when the activity is not known.
    """
    kept = {key: value for key, value in extra.items() if value not in (None, "")}
    known = "" if otherwise and not activity else activity_name(activity) or "other"
    if known:
        kept = {"activity": known, **kept}
    sort = activity_title(known) if known else otherwise
    parts = [sort] if name else []
    if "duration_min" in kept:
        parts.append(f"{kept['duration_min']:.0f} min")
    if "distance_km" in kept:
        parts.append(f"{kept['distance_km']:.2f} km")
    if "energy_kcal" in kept:
        parts.append(f"{kept['energy_kcal']:.0f} kcal")
    return Record(
        source=source,
        kind="other",
        time=start or UNKNOWN_TIME,
        end=end,
        origin=origin,
        native_id=native_id,
        title=name or sort,
        text="\n".join(part for part in (", ".join(parts), notes) if part),
        place=place,
        url=url,
        blobs=blobs,
        extra=kept,
    )
