"""Why no model answered, in the language of the question."""

from __future__ import annotations

from darak.answers.plan import Language
from darak.models.problems import ModelProblem, NoModel

_KOREAN = {
    "Unreachable": "연결되지 않아요",
    "Silent": "오래 기다려도 말이 없었어요",
    "BrokenOff": "대답하다가 끊겼어요",
    "Busy": "바쁘거나 고장 났어요",
    "Loading": "아직 모델을 불러오고 있어요",
    "TooOften": "너무 자주 묻는다고 해요",
    "Refused": "요청을 받지 않았어요",
    "Denied": "들여보내 주지 않아요",
    "Absent": "그 서버에 없어요",
    "Garbled": "알아들을 수 없는 대답을 했어요",
    "NotOffered": "여기서는 쓸 수 없어요",
    "NotAllowed": "허락하지 않은 곳에 있어서 아무것도 보내지 않았어요",
}
"""What happened to a model, by the name of its problem."""


def why_none(none: NoModel, language: Language) -> str:
    """Sentences that say what happened to each model."""
    if language == "en" or not none.failed:
        return str(none)
    return " ".join(f"{model}: {_korean(one)}." for model, one in none.failed.items())


def _korean(problem: ModelProblem) -> str:
    """What happened, and the server's own words in the language that it speaks."""
    what = _KOREAN.get(type(problem).__name__, "답하지 못했어요")
    return f"{what} (서버의 말: “{problem.told}”)" if problem.told else what
