"""How answers are said: one module a language, with the same functions."""

from __future__ import annotations

from darak.answers.plan import Language
from darak.answers.wording.english import ENGLISH
from darak.answers.wording.korean import KOREAN
from darak.answers.wording.wording import Wording


def wording(language: Language) -> Wording:
    return KOREAN if language == "ko" else ENGLISH
