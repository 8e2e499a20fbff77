"""A request of the playground as code that a person can paste: for curl, and for Python's `openai` client."""

from __future__ import annotations

import json
import shlex
from typing import Any

from darak.server.routes.playground import Play


def curl(asked: Play, url: str) -> str:
    body = json.dumps(_body(asked) | {"stream": True}, ensure_ascii=False, indent=2)
    return (
        f"curl -N {url}/v1/chat/completions \\\n"
        '  -H "Authorization: Bearer $DARAK_KEY" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f"  -d {shlex.quote(body)}"
    )


def python(asked: Play, url: str) -> str:
    """Needs `pip install openai`."""
    body = _body(asked)
    told = "".join(f"        {json.dumps(one, ensure_ascii=False)},\n" for one in body.pop("messages"))
    given = "".join(f"    {name}={json.dumps(value, ensure_ascii=False)},\n" for name, value in body.items())
    return (
        "import os\n"
        "from openai import OpenAI\n\n"
        f'client = OpenAI(base_url="{url}/v1", api_key=os.environ["DARAK_KEY"])\n'
        "stream = client.chat.completions.create(\n"
        f"{given}    messages=[\n{told}    ],\n    stream=True,\n)\n"
        "for chunk in stream:\n"
        "    if chunk.choices:\n"
        '        print(chunk.choices[0].delta.content or "", end="", flush=True)'
    )


def _body(asked: Play) -> dict[str, Any]:
    """The body as `/v1/chat/completions` takes it; what was left to the server is left out."""
    system = [{"role": "system", "content": asked.system}] if asked.system.strip() else []
    more = {"temperature": asked.temperature, "max_tokens": asked.max_tokens}
    return {
        "model": asked.model,
        **{name: value for name, value in more.items() if value is not None},
        "messages": [*system, {"role": "user", "content": asked.prompt}],
    }
