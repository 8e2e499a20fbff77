"""The planted stories. Each module tells one, plants its records and asks its questions."""

from darak.sample.life import Life
from darak.sample.stories import idea, presentation, pressure

_STORIES = (presentation, pressure, idea)


def tell_stories(life: Life) -> None:
    for story in _STORIES:
        story.tell(life)
