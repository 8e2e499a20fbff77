"""What a model may look up: the rules' own answers, search, numbers, days, the timeline and people. Nothing writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from darak.answers.answer import Answer, SampleCitation
from darak.answers.ask import Asker
from darak.answers.numbers.behind import behind
from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.samples import Samples, Value, known_metrics
from darak.answers.plan import Plan
from darak.answers.written.orders import without_orders
from darak.answers.written.plain import plain
from darak.answers.written.sheet import Sheet, is_counted
from darak.memory.coverage import source_coverage
from darak.memory.memory import Memory
from darak.memory.named import UnknownName, day_after, first_day, named_filter
from darak.memory.people import find_identities, list_people
from darak.memory.search import search
from darak.models.privacy import HomeRules
from darak.models.request import Call, Tool
from darak.records.record import KINDS
from darak.records.time import EPOCH

Found = tuple[tuple[int, ...], str]
"""Numbers of pieces of evidence, and a note for the model where there is more, or less, to say."""
_FIRST, _BESIDE, _MORE, _OF_A_DAY = 8, 2, 6, 12
_LONGEST = 300
_WORDS = {"type": "string", "description": "words, names and dates, as one would type them"}
_DAY = {"type": "string", "description": "2024-05-12, 2024-05 or 2024"}


class Toolbox:
    """The tools of one question; what they find is added to its `sheet`."""

    def __init__(self, memory: Memory, asker: Asker, plan: Plan, home: HomeRules, width: int) -> None:
        self.sheet = Sheet(home, (*plan.wants, *plan.people), width)
        self._memory, self._asker, self._plan, self._home = memory, asker, plan, home
        self._metrics = sorted(known_metrics(memory.vault))
        self._does: dict[str, Callable[[Mapping[str, Any]], Found]] = {
            "ask": self._ask,
            "search": self._search,
            "numbers": self._numbers,
            "day": self._day,
            "timeline": self._timeline,
            "people": self._people,
        }

    def offered(self) -> tuple[Tool, ...]:
        """The tools as a model is told of them."""
        kinds = {"type": "array", "items": {"type": "string", "enum": list(KINDS)}}
        metric = {"type": "string", "enum": self._metrics}
        period = {"since": _DAY, "until": _DAY | {"description": "included; 2024-05-12, 2024-05 or 2024"}}
        tools = [
            _tool("ask", "Counts, sums, first, last and how often, computed over all records.", question=_WORDS),
            _tool("search", "Finds records.", words=_WORDS, **period, kinds=kinds, person={"type": "string"}),
            _tool("day", "The records of one day in their order.", day={"type": "string", "description": "2024-05-12"}),
            _tool("timeline", "How many records each source has of each year."),
        ]
        if self._metrics:
            tools.append(_tool("numbers", "Total, average and extremes of a measured number.", metric=metric, **period))
        if not self._home.names:  # whom one knows is told by every record, also by those that stay home
            tools.append(_tool("people", "Who goes by a name, and how often they appear.", name={"type": "string"}))
        return tuple(tools)

    def first(self, ruled: Answer) -> tuple[int, ...]:
        """The evidence that every model begins with: what the rules found, and the best of a search."""
        found = self.sheet.add_answer(ruled)
        computed = ruled.status == "answered" and is_counted(self._plan)  # then single records say little more
        k = _BESIDE if computed else _FIRST
        hits = search(self._memory, self._plan.question, now=self._plan.now, k=k)
        stored = self._memory.vault.get(hit.n for hit in hits)
        return tuple(dict.fromkeys([*found, *self.sheet.add_records(stored[hit.n] for hit in hits)]))

    def call(self, call: Call) -> Found:
        """What a call found. A call that cannot be done is told to the model as a note."""
        does = self._does.get(call.name)
        if does is None:
            return (), f"There is no tool {call.name[:40]}."
        try:
            return does(call.arguments)
        except UnknownName as unknown:
            return (), f"{unknown}."

    def _ask(self, given: Mapping[str, Any]) -> Found:
        answer = self._asker.ask(_text(given, "question") or self._plan.question, self._plan.now)
        return tuple(self.sheet.add_answer(answer)), "" if answer.status == "answered" else "No record answers it."

    def _search(self, given: Mapping[str, Any]) -> Found:
        person = _text(given, "person")
        asked = given.get("kinds")
        kinds = [kind for kind in KINDS if isinstance(asked, list) and kind in asked]
        within = named_filter(
            self._memory.vault,
            since=_text(given, "since") or None,
            until=_text(given, "until") or None,
            kinds=kinds,
            people=[person] if person else [],
        )
        hits = search(self._memory, _text(given, "words"), now=self._plan.now, filter=within, k=_MORE, context=1)
        stored = self._memory.vault.get(hit.n for hit in hits)
        around = [one for hit in hits for one in (*hit.before, stored[hit.n], *hit.after)]
        return tuple(dict.fromkeys(self.sheet.add_records(around))), "" if hits else "Nothing fits."

    def _day(self, given: Mapping[str, Any]) -> Found:
        day = _text(given, "day")
        first, until = first_day(day), day_after(day)
        low, high = ((one - EPOCH.date()).days * 86_400 for one in (first, until))
        sql = "SELECT n FROM record WHERE local >= ? AND local < ? ORDER BY local, n LIMIT ?"
        ns = [n for (n,) in self._memory.vault.rows(sql, (low, high, _OF_A_DAY))]
        found = self.sheet.add_records(self._memory.vault.get(ns).values())
        return tuple(found), "" if found else "No record of that day."

    def _numbers(self, given: Mapping[str, Any]) -> Found:
        name = _text(given, "metric")
        if name not in self._metrics:
            raise UnknownName(f"there is no metric {name!r}; there are {', '.join(self._metrics[:40])}")
        since, until = _text(given, "since"), _text(given, "until")
        metric = metric_of(name, known_metrics(self._memory.vault)[name])
        days = (first_day(since) if since else None, day_after(until) if until else None)
        samples = Samples(self._memory.vault, metric, *days)
        values = samples.days()
        if not values:
            return (), "No values in this period."
        rests_on = [SampleCitation(0, one) for one in behind(samples)]
        told = _told(metric.english, metric.unit_english, metric.digits, metric.daily == "total", values)
        return (self.sheet.add_computed(told, rests_on),), ""

    def _timeline(self, given: Mapping[str, Any]) -> Found:
        sources = [one for one in source_coverage(self._memory.vault) if one.source not in self._home.names]
        lines = (f"{one.source}: " + ", ".join(f"{year} {n:,}" for year, n in one.years.items()) for one in sources)
        return (), "Records and samples of each year: " + "; ".join(lines)

    def _people(self, given: Mapping[str, Any]) -> Found:
        wanted = set(find_identities(self._memory.vault, _text(given, "name")))
        known = [one for one in list_people(self._memory.vault) if wanted & {handle.number for handle in one.handles}]
        if not known:
            return (), "Nobody goes by this name."
        lines = (f"{', '.join(one.names()[:4])}: {one.records:,} records, the last on {one.last}" for one in known[:6])
        told, _ = without_orders(plain("\n".join(lines)))
        return (), " / ".join(told.splitlines())


def _tool(tool: str, description: str, **properties: Mapping[str, Any]) -> Tool:
    required = [key for key in ("question", "words", "day", "metric", "name") if key in properties]
    return Tool(tool, description, {"type": "object", "properties": properties, "required": required})


def _text(given: Mapping[str, Any], name: str) -> str:
    """An argument as one short line; "" when it is not there or no text."""
    value = given.get(name)
    return " ".join(str(value).split())[:_LONGEST] if isinstance(value, (str, int)) else ""


def _told(what: str, unit: str, digits: int, total: bool, values: Sequence[Value]) -> str:
    def number(value: float) -> str:
        return f"{value:,.{digits}f} {unit}".strip()

    def on(one: Value) -> str:
        return f"{number(one.value)} on {one.day.isoformat()}"

    whole = sum(one.value for one in values)
    low, high = (pick(values, key=lambda one: one.value) for pick in (min, max))
    parts = [f"{what}, {_days(values[0].day, values[-1].day)}: {len(values):,} days with values"]
    parts += [f"total {number(whole)}"] if total else []
    parts += [f"average {whole / len(values):,.{max(digits, 1)}f} {unit} a day"]
    return ", ".join(
        [*parts, f"lowest {on(low)}", f"highest {on(high)}", f"first {on(values[0])}", f"last {on(values[-1])}"]
    )


def _days(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
