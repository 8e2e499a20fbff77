"""What happened on this day of earlier years: python examples/on_this_day.py [MM-DD]"""

import sys
from datetime import date

import darak

day = sys.argv[1] if len(sys.argv) > 1 else f"{date.today():%m-%d}"
with darak.open() as life:
    for year in life.timeline("year"):
        if day == "02-29" and int(year.label) % 4:
            continue
        for record in life.day(f"{year.label}-{day}", limit=5):
            text = " ".join((record.text or record.title or "").split())
            print(f"{record.time}  {record.source}: {text[:100]}")
