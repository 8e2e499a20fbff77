"""The planted stories. Each module tells one: it plants its records and asks its questions."""

from darak.sample.life import Life
from darak.sample.stories import (
    appointments,
    books,
    dinners,
    doctor,
    fitness,
    gifts,
    habits,
    idea,
    instrument,
    job,
    lost,
    money,
    moving,
    namesakes,
    outings,
    paperwork,
    pet,
    presentation,
    pressure,
    promises,
    recipe,
    small_events,
    subscriptions,
    trip,
)

_PLANTED = (
    presentation, pressure, idea, moving, job, namesakes, promises, trip, pet, lost, dinners, instrument, doctor,
    recipe, gifts, subscriptions, books, paperwork, appointments, outings, habits, small_events,
)  # fmt: skip
_COUNTED = (money, fitness)


def tell_stories(life: Life) -> None:
    """Stories that plant records: before ordinary days, which keep out of their way."""
    for story in _PLANTED:
        story.tell(life)


def ask_about_ordinary_days(life: Life) -> None:
    """Questions whose answers are counted over ordinary days."""
    for story in _COUNTED:
        story.tell(life)
