"""Your life as a model of OpenAI's client: python examples/openai_client.py "When did I last see the dentist?"

DARAK_URL is the address that `darak serve` prints; DARAK_KEY a key that may ask, made on the Privacy page.
"""

import os
import sys

from openai import OpenAI

question = " ".join(sys.argv[1:]) or "When did I last move house?"
client = OpenAI(base_url=os.environ["DARAK_URL"] + "/v1", api_key=os.environ["DARAK_KEY"])
with client.chat.completions.stream(model="darak", messages=[{"role": "user", "content": question}]) as stream:
    for event in stream:
        if event.type == "content.delta":
            print(event.delta, end="", flush=True)
    message = stream.get_final_completion().choices[0].message
print()
for annotation in message.annotations or ():
    cited = annotation.url_citation
    print(message.content[cited.start_index : cited.end_index], cited.title, cited.url)
