"""Ask your life a question: python examples/ask.py "When did I last see the dentist?" """

import sys

import darak

question = " ".join(sys.argv[1:]) or "When did I last move house?"
with darak.open() as life:
    answer = life.ask(question)
    print(answer)
    for citation in answer.citations:
        print(f"[{citation.number}] {citation.time}  {citation.source}: {citation.text}")
