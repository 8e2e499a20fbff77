"""How exports are got out of other programs: the page of the documentation, in the reader's language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from darak.server.caller import Owner
from darak.server.pages.markdown import rendered
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.pages.texts import Language

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_SHIPPED = Path(__file__).parent / "guides"
_SOURCES = Path(__file__).parents[4] / "docs"
"""Where it lies in an installed Darak, and in a checkout of the source."""
_NAMES: dict[Language, str] = {"ko": "getting-exports.ko.md", "en": "getting-exports.md"}
_HEAD = re.compile(r"\A# .*\n+(?:\[[^\]]+\]\([^)]+\)\n+)?")
"""The title, which the page says itself, and the link to the other language."""


@router.get("/sources/how")
def how_page(request: Request, caller: Owner) -> Response:
    return render(request, "how.html", guide=guide(language_of(request)))


@cache
def guide(language: Language) -> Markup:
    """The guide as HTML."""
    folder = _SHIPPED if _SHIPPED.is_dir() else _SOURCES
    return rendered(_HEAD.sub("", (folder / _NAMES[language]).read_text("utf-8")), lines=False)
