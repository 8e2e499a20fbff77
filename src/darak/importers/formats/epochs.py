"""Instants that are written as a number since an epoch, as Times in UTC that are exact to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from darak.records.time import Precision, Time, from_datetime

UNIX = datetime(1970, 1, 1, tzinfo=UTC)
APPLE = datetime(2001, 1, 1, tzinfo=UTC)


def from_milliseconds(number: int | None, written: str | None = None, epoch: datetime = UNIX) -> Time | None:
    """The Time of milliseconds since `epoch`, to the second when they are whole seconds; None out of range."""
    if number is None:
        return None
    precision = Precision.MILLISECOND if number % 1000 else Precision.SECOND
    try:
        moment = epoch + timedelta(milliseconds=number)
    except OverflowError:
        return None
    return from_datetime(moment, str(number) if written is None else written, precision)


def from_seconds(number: int | None, epoch: datetime = UNIX) -> Time | None:
    """The Time of whole seconds since `epoch`; None out of range."""
    return None if number is None else from_milliseconds(number * 1000, str(number), epoch)
