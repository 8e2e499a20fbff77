"""What is taken from the machine when nothing else is said: the vault's folder, the zone, the moment."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from darak.records.time import zone_info


def default_home() -> Path:
    """The vault's folder: `$DARAK_HOME`, else the user's data folder."""
    if home := os.environ.get("DARAK_HOME"):
        return Path(home).expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "darak"


def system_zone() -> str:
    """This machine's IANA zone, UTC when it tells none."""
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    link = Path("/etc/localtime")
    if link.is_symlink():
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
    for name in candidates:
        try:
            if name:
                zone_info(name)
                return name
        except ValueError:
            continue
    return "UTC"


def moment(now: datetime | None, zone: str) -> datetime:
    """The moment of asking: `now`, else `$DARAK_NOW`, else the clock; on the owner's clock when it has no zone.

    ValueError when $DARAK_NOW is no ISO time, or the moment is so far away that no calendar reaches around it.
    """
    if now is None and (text := os.environ.get("DARAK_NOW")):
        now = datetime.fromisoformat(text)
    if now is None:
        return datetime.now(zone_info(zone))
    if not 1 < now.year < 9999:
        raise ValueError("the moment of asking is too far away")
    return now if now.tzinfo else now.replace(tzinfo=zone_info(zone))
