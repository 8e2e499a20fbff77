"""Stays and moves as records: the same from Google's old and new layouts."""

from __future__ import annotations

from typing import Any

from darak.importers.places.google.positions import SOURCE, Position, instant, minutes_between, place, place_url
from darak.records.record import Origin, Record
from darak.records.time import Time

_HOMES = {
    "HOME": "Home (집)",
    "INFERRED_HOME": "Home (집)",
    "TYPE_HOME": "Home (집)",
    "WORK": "Work (직장)",
    "INFERRED_WORK": "Work (직장)",
    "TYPE_WORK": "Work (직장)",
}
_MOVES = {
    "WALKING": "Walk (걷기)",
    "ON_FOOT": "Walk (걷기)",
    "RUNNING": "Run (달리기)",
    "CYCLING": "By bicycle (자전거)",
    "ON_BICYCLE": "By bicycle (자전거)",
    "IN_PASSENGER_VEHICLE": "By car (자동차)",
    "IN_VEHICLE": "By vehicle (차량)",
    "DRIVING": "By car (자동차)",
    "IN_TAXI": "By taxi (택시)",
    "IN_BUS": "By bus (버스)",
    "IN_SUBWAY": "By subway (지하철)",
    "IN_TRAIN": "By train (기차)",
    "IN_RAIL_VEHICLE": "By train (기차)",
    "IN_TRAM": "By tram (트램)",
    "IN_CABLECAR": "By cable car (케이블카)",
    "IN_FUNICULAR": "By funicular (케이블카)",
    "IN_GONDOLA_LIFT": "By gondola (케이블카)",
    "IN_FERRY": "By ferry (배)",
    "BOATING": "By boat (배)",
    "SAILING": "Sailing (배)",
    "KAYAKING": "Kayaking (카약)",
    "ROWING": "Rowing (로잉)",
    "FLYING": "Flight (비행기)",
    "MOTORCYCLING": "By motorcycle (오토바이)",
    "IN_TWO_WHEELER_VEHICLE": "By motorcycle (오토바이)",
    "SKIING": "Skiing (스키)",
    "SNOWBOARDING": "Snowboarding (스노보드)",
    "HIKING": "Hike (등산)",
    "SWIMMING": "Swim (수영)",
}
"""What one did on the way, in both languages. Exports write the names in capitals, or in words as iOS does."""


def stay(
    *,
    key: str,
    start: Time,
    end: Time | None,
    origin: Origin,
    position: Position | None,
    name: str = "",
    address: str = "",
    sort: str = "",
    identifier: object = None,
    extra: dict[str, Any],
) -> Record:
    """A visit. `key` tells visits of the same start apart; `sort` is Google's word for home, work and others."""
    label = _HOMES.get(_capitals(sort), "")
    where = "" if position is None else f"{position[0]:.5f}, {position[1]:.5f}"
    told = [label if name else "", address] if name or label or address else [where]
    return Record(
        source=SOURCE,
        kind="visit",
        time=start,
        end=end,
        origin=origin,
        native_id=f"{key}/{instant(start)}",
        title=name or label or "Visit (방문)",
        text="\n".join(text for text in told if text),
        place=place(position, name or label),
        url=place_url(identifier),
        extra={"duration_min": minutes_between(start, end)} | {k: v for k, v in extra.items() if v not in (None, "")},
    )


def move(
    *,
    key: str,
    start: Time,
    end: Time | None,
    origin: Origin,
    mode: str,
    metres: float | None,
    from_: Position | None,
    to: Position | None,
    extra: dict[str, Any],
) -> Record:
    """A way from one place to another. Its length is no `distance_km`, which belongs to workouts."""
    mode = _capitals(mode)
    minutes = minutes_between(start, end)
    parts = [f"{minutes:.0f} min" if minutes is not None else "", f"{metres / 1000:.1f} km" if metres else ""]
    return Record(
        source=SOURCE,
        kind="other",
        time=start,
        end=end,
        origin=origin,
        native_id=f"{key}/{instant(start)}",
        title=_MOVES.get(mode, "Trip (이동)"),
        text=", ".join(part for part in parts if part),
        place=place(from_),
        extra={"mode": mode.lower(), "duration_min": minutes, "distance_m": round(metres) if metres else None}
        | ({"to": {"lat": to[0], "lon": to[1]}} if to else {})
        | {k: v for k, v in extra.items() if v not in (None, "")},
    )


def _capitals(name: str) -> str:
    """ "IN_PASSENGER_VEHICLE" for "in passenger vehicle"."""
    return name.strip().upper().replace(" ", "_").replace("-", "_")
