"""Correcting the owner's zone: the times whose source named none keep their wall clock and get another instant."""

from __future__ import annotations

from darak.records.samples import stored_samples
from darak.records.time import utc_ms, zone_info
from darak.records.vault import Vault, all_rows, read_body
from darak.records.writer import Writer


def correct_zone(vault: Vault, zone: str) -> int:
    """Takes `zone` for every time that was assumed. ValueError when there is no such zone. Returns how many there are.

    No id changes: what a record or a sample is known by is its wall clock.
    """
    zone_info(zone)
    with vault.transaction():
        instants: list[tuple[int, int]] = []
        for n, body in all_rows(vault):
            time = read_body(body).time
            if time.local is not None and time.zone is None:
                instants.append((utc_ms(time.local, zone), n))
        vault.db.executemany("UPDATE record SET utc=? WHERE n=?", instants)
        before = vault.zone
        samples = [(stored.value_of(before), stored.file) for stored in stored_samples(vault.db) if not stored.zoned]
        vault.db.execute("DELETE FROM sample WHERE zoned=0")
        vault.set("zone", zone)
        Writer(vault).write_samples(samples)
    return len(instants) + len(samples)
