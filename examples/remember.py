"""A note to yourself from anywhere: python examples/remember.py "Lent the ladder to Mina" """

import sys

import darak

with darak.open(create=True) as life:
    note = life.remember(" ".join(sys.argv[1:]), via="examples/remember.py")
    print(f"{note.time}  {note.text}")
