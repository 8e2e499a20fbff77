"""The model `darak`: the last message of the user is answered from the memory, and every mark becomes an annotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from darak.answers.answer import Answer, Citation, SampleCitation
from darak.answers.follow_up.turn import Turn
from darak.answers.written.draft import Anew, Words
from darak.answers.written.written import Event
from darak.models.request import Message, Request, Text, Usage
from darak.models.tokens import estimate
from darak.models.wire import Cancel
from darak.server.answering import Answering
from darak.server.caller import Caller
from darak.server.openai.asked import Asked
from darak.server.openai.errors import Refusal
from darak.server.openai.said import Annotation, Said, Whole
from darak.server.openai.shaped import OWN, accepts, shaped

NAME = "darak"
_MARK = re.compile(r"\[(\d{1,3})\]")
_LONGEST = 2_000
"""Characters of a question, as in Darak's own API."""
_TITLE = 80
_LINE = "\n\n---\n\n"


def answer(
    answering: Answering, caller: Caller, asked: Asked, base: str, tell: Callable[[Said], None], cancel: Cancel
) -> None:
    """Answers; `base` is the address of this server, under which the pages of records are.

    In a stream each sentence of a model is told once it is checked. What it takes back later stands above a line.
    """
    request = asked.request
    question, turns = conversation(request)
    _check(request)
    streamed = _Streamed(tell)
    on_event = streamed if asked.stream and request.shape is None else None
    answer = answering.answer(question, caller.limits, turns=turns, on_event=on_event, cancel=cancel)
    answer = replace(answer, text=_imageless(answer.text))
    about = {"status": answer.status, "model": answer.model}
    if request.shape is None:
        text = "\n\n".join(filter(None, (answer.text, "\n".join(answer.coverage))))
        annotations = _annotations(answer, base, streamed.end(text))
    else:
        text = orjson.dumps(shaped(_object(answer, base), request.shape.schema or OWN)).decode()
        annotations = ()
        tell(Text(text))
    usage = Usage(sum(estimate(message.text) for message in request.messages), estimate(text))
    tell(Whole(text, usage=usage, annotations=annotations, about=about))


class _Streamed:
    """Hands sentences on as they come, and knows what was said."""

    def __init__(self, tell: Callable[[Said], None]) -> None:
        self._tell = tell
        self._before = 0
        """Characters that were said and then taken back, with the line below them."""
        self._said = ""

    def __call__(self, event: Event) -> None:
        if isinstance(event, Words):
            self._say(_imageless(event.text))
        elif isinstance(event, Anew) and self._said:
            self._take_back()

    def end(self, text: str) -> int:
        """Says what is still to be said of the whole text. Returns where it begins in all that was said."""
        if not text.startswith(self._said):
            self._take_back()
        if rest := text[len(self._said) :]:
            self._say(rest)
        return self._before

    def _say(self, text: str) -> None:
        self._said += text
        self._tell(Text(text))

    def _take_back(self) -> None:
        self._tell(Text(_LINE))
        self._before += len(self._said) + len(_LINE)
        self._said = ""


def _imageless(text: str) -> str:
    """Markdown of a quoted record shows no image: clients would load it, and so tell its sender that it was read."""
    return text.replace("![", "[")


def conversation(request: Request) -> tuple[str, tuple[Turn, ...]]:
    """The question that the last message asks, and the turns before it. What systems and tools say is no turn."""
    said = [message for message in request.messages if message.role in ("user", "assistant")]
    if not said or said[-1].role != "user" or not said[-1].text.strip():
        raise Refusal(400, "The last message must be the user's, with the question.", param="messages")
    question = said[-1].text.strip()
    if len(question) > _LONGEST:
        raise Refusal(400, f"A question may have {_LONGEST:,} characters.", param="messages")
    return question, tuple(_turns(said[:-1]))


def _turns(said: list[Message]) -> list[Turn]:
    turns: list[Turn] = []
    for message in said:
        if message.role == "user":
            turns.append(Turn(message.text.strip()[:_LONGEST], ""))
        elif turns and message.text:
            turns[-1] = Turn(turns[-1].question, "\n".join(filter(None, (turns[-1].text, message.text))))
    return turns


def _check(request: Request) -> None:
    if request.tools:
        raise Refusal(400, f"{NAME} calls no tools; it answers from the memory. Other models do.", param="tools")
    if request.shape is not None and request.shape.schema and not _fillable(request.shape.schema):
        raise Refusal(
            400,
            f"{NAME} can only fill in a schema of some of these: {orjson.dumps(OWN['properties']).decode()}",
            param="response_format",
        )


def _fillable(schema: Mapping[str, Any]) -> bool:
    try:
        return accepts(schema, OWN)
    except (TypeError, AttributeError, KeyError):  # no JSON Schema at all
        return False


def _annotations(answer: Answer, base: str, begin: int) -> tuple[Annotation, ...]:
    """One for each mark in the answer's text, which begins at this character of what is said."""
    found: list[Annotation] = []
    for mark in _MARK.finditer(answer.text):
        number = int(mark[1])
        if 0 < number <= len(answer.citations):
            cited = answer.citations[number - 1]
            found.append(Annotation(base + _page(cited), _title(cited), begin + mark.start(), begin + mark.end()))
    return tuple(found)


def _page(cited: Citation | SampleCitation) -> str:
    """The path of the page that shows what is cited: of samples, that of their first day."""
    if isinstance(cited, Citation):
        return f"/records/{cited.id}"
    day = cited.measured.first
    return f"/timeline/{day.year}/{day.month}/{day.day}"


def _title(cited: Citation | SampleCitation) -> str:
    if isinstance(cited, SampleCitation):
        return cited.measured.line()
    title = " ".join((cited.record.title or cited.shown).split())
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"


def _object(answer: Answer, base: str) -> dict[str, Any]:
    """The answer as the object that OWN describes."""
    return {
        "answer": answer.text,
        "status": answer.status,
        "coverage": list(answer.coverage),
        "citations": [
            {
                "number": cited.number,
                "record": told["id"],
                "source": told["source"],
                "time": told["time"],
                "title": _title(cited),
                "text": told["text"],
                "url": base + _page(cited),
            }
            for cited in answer.citations
            for told in (cited.json(),)
        ],
    }
