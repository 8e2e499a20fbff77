"""Pages at the edges of the calendar and of numbers: a page or a refusal, never a fault."""

from __future__ import annotations

import pytest

HUGE = "9" * 20


@pytest.mark.parametrize(
    "path",
    [
        *(f"/timeline/{year}" for year in ("0", "1", "9999", "10000", HUGE)),
        *(f"/timeline/{month}" for month in ("1/1", "1/12", "9999/12", "2024/0", "2024/13", f"2024/{HUGE}")),
        *(
            f"/timeline/{day}"
            for day in ("1/1/1", "9999/12/31", "2024/2/30", f"2024/2/{HUGE}", f"2024/2/1?offset={HUGE}")
        ),
        *(f"/people/{number}" for number in ("0", HUGE)),
        *("/?q=%00", "/records/zz", f"/people?offset={HUGE}", "/timeline?source=%ff", "/privacy/forget?records=x"),
    ],
)
def test_odd_addresses_are_told(served, path):
    assert served.owner.get(path).status_code < 500
