"""Correcting the owner's zone: times without a zone keep their wall clock and get another instant, bare UTC
instants keep theirs and get another wall clock."""

from __future__ import annotations

from darak.records.samples import stored_samples
from darak.records.time import ZoneSource, zone_info
from darak.records.vault import CHANGED, Vault, all_rows, read_body
from darak.records.writer import Writer, clock


def correct_zone(vault: Vault, zone: str) -> int:
    """Takes `zone` for every time that was assumed. ValueError when there is no such zone. Returns how many there are.

    No id changes: what a record or a sample is known by is its wall clock.
    """
    zone_info(zone)
    with vault.transaction():
        clocks: list[tuple[int | None, int | None, int]] = []
        for n, body in all_rows(vault):
            time = read_body(body).time
            if time.local is not None and (time.zone is None or time.zone_source is ZoneSource.UTC):
                clocks.append((*clock(time, zone), n))
        vault.db.executemany("UPDATE record SET local=?, utc=? WHERE n=?", clocks)
        # The index keeps the days, which for bare UTC instants are other ones now.
        changes = enumerate((n for _, _, n in clocks), vault.last_seq() + 1)
        vault.db.executemany("INSERT INTO journal VALUES(?,?,?)", ((seq, n, CHANGED) for seq, n in changes))
        before = vault.zone
        samples = [(stored.value_of(before), stored.file) for stored in stored_samples(vault.db) if not stored.zoned]
        vault.db.execute("DELETE FROM sample WHERE zoned=0")
        vault.set("zone", zone)
        Writer(vault).write_samples(samples)
    return len(clocks) + len(samples)
