"""What all pages share: the language of whoever reads, the templates, and problems told on a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from darak.memory.named import UnknownName
from darak.models.problems import ModelProblem
from darak.server.pages import texts
from darak.server.pages.chart import chart, path_of
from darak.server.pages.markdown import in_brief, is_marked, rendered
from darak.server.pages.texts import LANGUAGES, Language, preferred, text
from darak.server.readers import Busy

COOKIE = "darak-language"
ROOMS = (
    ("ask", "/"),
    ("timeline", "/timeline"),
    ("people", "/people"),
    ("sources", "/sources"),
    ("privacy", "/privacy"),
    ("models", "/models"),
    ("playground", "/playground"),
)
"""The rooms of the house with their paths, in the order of the menu."""
TITLES = {
    "ollama": "Ollama",
    "lmstudio": "LM Studio",
    "llamacpp": "llama.cpp",
    "vllm": "vLLM",
    "anthropic": "Anthropic",
}
"""Servers of models that are called the same in every language."""
_TEMPLATES = Path(__file__).parent / "templates"
_FOR_SCRIPTS = (
    "ask.looking",
    "talk.further",
    "talk.stopped",
    "talk.gone",
    "talk.late",
    "talk.without",
    "talk.writing",
    "problem",
    "state.",
    "import.",
    "upload.",
    "playground.",
    "model.",
)
"""The beginnings of the keys of texts that scripts show."""


def language_of(request: Request) -> Language:
    """What was chosen here, else the browser's language."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return cast(Language, chosen)
    return preferred(request.headers.get("accept-language", ""))


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page; with `part` in its address only what is in it, for a page that is open already."""
    language = language_of(request)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    known = {
        "lang": language,
        "t": partial(text, language),
        "kind_word": partial(texts.kind_word, language),
        "source_word": partial(texts.source_word, language),
        "kind_and_source": partial(texts.kind_and_source, language),
        "person_word": partial(texts.person_word, language),
        "source_words": partial(texts.source_words, language),
        "metric_word": partial(texts.metric_word, language),
        "metric_unit": partial(texts.metric_unit, language),
        "rule_word": partial(texts.rule_word, language),
        "purpose_word": partial(texts.purpose_word, language),
        "problem_words": partial(texts.problem_words, language),
        "said": partial(texts.said, language),
        "step_told": partial(texts.step_told, language),
        "failure_word": partial(texts.failure_word, language),
        "when": partial(texts.when, language),
        "until": partial(texts.until, language),
        "period": partial(texts.period, language),
        "repeats_told": partial(texts.repeats_told, language),
        "month_name": partial(texts.month_name, language),
        "weekdays": texts.weekday_names(language),
        "importing": request.app.state.imports.running,
        "here": here,
        "base": "part.html" if "part" in request.query_params else "page.html",
        "script_texts": _script_texts(language),
        "rooms": ROOMS,
        "room": next((name for name, path in ROOMS[1:] if request.url.path.startswith(path)), "ask"),
    }
    page = _environment().get_template(template).render(known | values)
    return HTMLResponse(page, status, {"vary": "cookie, accept-language", "cache-control": "no-store"})


def entrance_page(request: Request, has_password: bool, told: str = "entrance.lead", status: int = 401) -> Response:
    """What somebody sees who is not signed in: `told` is the key of what is said to them. Nothing of the memory."""
    language = language_of(request)
    page = _environment().get_template("entrance.html")
    shown = page.render(lang=language, t=partial(text, language), has_password=has_password, told=told)
    return HTMLResponse(shown, status, {"vary": "cookie, accept-language"})


class PageRoute(APIRoute):
    """A route whose refusals are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except HTTPException as error:
                return problem_page(request, error.status_code, str(error.detail))
            except UnknownName as error:
                return problem_page(request, 422, str(error))
            except (RequestValidationError, ValidationError):
                return problem_page(request, 422, text(language_of(request), "problem.asked"))
            except ModelProblem as error:
                return problem_page(request, 422, _sentence(request, error))
            except Busy:
                return problem_page(request, 503, text(language_of(request), "problem.busy"))

        return handle


def _sentence(request: Request, error: ModelProblem) -> str:
    """In English what happened exactly; in Korean what kind of thing it was, and what the server itself said of it."""
    language = language_of(request)
    if language == "en":
        return str(error)
    told = text(language, "model.told", told=error.told) if error.told else ""
    return " ".join(filter(None, (texts.failure_word(language, type(error).__name__), told)))


_NOTHING_FITS = "nothing in this memory fits"
"""What was looked for is not there, and nothing is wrong with the address."""


def problem_page(request: Request, status: int, detail: str) -> Response:
    """A page that says why something was not done, in the reader's language."""
    language = language_of(request)
    told = texts.said(language, detail)
    if status == 404 and detail != _NOTHING_FITS:
        told = text(language, "problem.404")
    return render(request, "problem.html", status=status, detail=told)


def prepare_pages() -> None:
    """Compiles every template, so that nobody who opens a page waits for it."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def _script_texts(language: Language) -> dict[str, str]:
    index = list(LANGUAGES).index(language)
    return {key: told[index] for key, told in texts.TEXTS.items() if key.startswith(_FOR_SCRIPTS)}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    names = cast(dict[str, Any], environment.globals)  # pyright: ignore[reportUnknownMemberType]
    names |= {
        "languages": LANGUAGES,
        "chart": chart,
        "path_of": path_of,
        "titles": TITLES,
        "number": texts.number,
        "under_title": texts.under_title,
        "is_marked": is_marked,
        "rendered": rendered,
        "in_brief": in_brief,
        "size": texts.size,
    }
    return environment
