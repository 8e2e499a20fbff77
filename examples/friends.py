"""Who you have lost sight of: people with many records, the last of them more than a year ago."""

from datetime import date, timedelta

import darak

MANY = 20
long_ago = (date.today() - timedelta(days=365)).isoformat()
with darak.open() as life:
    for person in life.people():
        if person.records >= MANY and person.last and person.last < long_ago:
            (last, *_) = life.search("", people=[person.handles[0].handle], since=person.last, limit=1) or (None,)
            said = f": {(last.text or last.title or '')[:80]}" if last else ""
            print(f"{person.name}, {person.records} records, last on {person.last}{said}")
