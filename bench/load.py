"""People who use one server at once: each signed in with a browser of its own, thinking between what they do."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

WEIGHTS = {"search": 30, "pages": 30, "ask": 15, "timeline": 15, "records": 10}
"""How often each kind of thing is done."""
PAGES = (
    *("/", "/examples", "/timeline", "/timeline/2021", "/timeline/2021/5", "/timeline/2021/5/7", "/people", "/sources"),
    *("/privacy", "/models", "/playground"),
)


@dataclass
class Load:
    """`people` at a server, each pausing for a time between the two numbers of `think` (seconds) after each request.

    Afterwards `took` has the seconds of every request by kind, and `failed` one line for each that went wrong.
    """

    url: str
    token: str
    questions: Sequence[str]
    people: int = 50
    think: tuple[float, float] = (1.0, 5.0)
    seed: int = 0
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)

    async def run(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(self._person(number, until) for number in range(self.people)))

    async def _person(self, number: int, until: float) -> None:
        rng = random.Random(f"{self.seed} {number}")
        await asyncio.sleep(rng.uniform(0, self.think[1]))
        async with browser(self.url, self.token) as client:
            client.headers["accept-language"] = rng.choice(("ko", "en"))
            seen: list[str] = []
            while time.monotonic() < until:
                kind = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
                await self._do(client, rng, kind, seen)
                await asyncio.sleep(rng.uniform(*self.think))

    async def _do(self, client: httpx.AsyncClient, rng: random.Random, kind: str, seen: list[str]) -> None:
        if kind == "records" and not seen:
            kind = "search"
        question = rng.choice(self.questions)
        words = question.split()
        at = rng.randrange(len(words))
        path, body = {
            "search": ("/api/search", {"query": " ".join(words[at : at + rng.randint(1, 4)])}),
            "pages": (rng.choice(PAGES), None),
            "ask": ("/api/ask", {"question": question}),
            "timeline": (rng.choice(("/api/timeline", "/api/timeline?by=month", "/api/timeline/2021-05-07")), None),
            "records": (f"/api/records/{rng.choice(seen) if seen else ''}", None),
        }[kind]
        began = time.perf_counter()
        try:
            response = await (client.get(path) if body is None else client.post(path, json=body))
        except httpx.HTTPError as error:
            self.failed.append(f"{path}: {error!r}")
            return
        self.took[kind].append(time.perf_counter() - began)
        if response.status_code != 200:
            self.failed.append(f"{path}: {response.status_code} {response.text[:200]}")
        elif kind == "search":
            seen += [hit["id"] for hit in response.json()["hits"]]

    def figures(self) -> dict[str, dict[str, float]]:
        """For each kind how many there were, and the milliseconds within which 50, 95 and 99 of 100 were done."""
        told: dict[str, dict[str, float]] = {}
        for kind in WEIGHTS:
            times = sorted(1000 * took for took in self.took[kind])
            if len(times) > 1:
                cuts = statistics.quantiles(times, n=100, method="inclusive")
                told[kind] = {
                    "requests": len(times),
                    **{f"p{share}": round(cuts[share - 1], 1) for share in (50, 95, 99)},
                    "most": round(times[-1], 1),
                }
        return told


@asynccontextmanager
async def browser(url: str, token: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser that has signed in with a link of its own."""
    known = {"base_url": url, "headers": {"origin": url}, "timeout": 30, "trust_env": False}
    # Reading the certificates of the world takes each client longer than a person thinks.
    async with httpx.AsyncClient(verify=False, **known) as client:
        made = await client.post("/api/links", headers={"authorization": f"Bearer {token}"})
        entered = await client.get(made.json()["link"])
        assert entered.status_code == 303, entered.text
        yield client
