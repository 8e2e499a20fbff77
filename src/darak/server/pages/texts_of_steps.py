"""How an answer was found, step by step, in Korean: what was done, and what it came to.

The steps are told in English; here stands what a Korean page says in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_N = r"([\d,]+)"
_KINDS = {
    "message": "메시지", "mail": "메일", "event": "일정", "call": "통화", "photo": "사진", "note": "메모",
    "purchase": "구매", "visit": "방문", "document": "문서", "chat": "AI 대화", "contact": "연락처",
    "notification": "알림", "play": "재생",
}  # fmt: skip


def _patterns(lines: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(english, re.DOTALL), korean) for english, korean in lines)


_DONE = _patterns(
    (
        ("look up (.*)", "찾은 말: {0}"),
        ("compare with the question", "질문과 견주기"),
        ("judge", "판단"),
        ("count", "세기"),
        ("count by person", "사람마다 세기"),
        ("count by place", "장소마다 세기"),
        ("sum by place", "장소마다 더하기"),
        ("count the people of (.*) records", "{0} 기록에 나오는 사람 세기"),
        (r"read the days (\S+) to (\S+)", "{0}부터 {1} 전까지 읽기"),
        (r"look for places, (\S+) to (\S+)", "{0}부터 {1} 전까지의 장소 찾기"),
        ("read the records of (.*)", "{0}: 기록 읽기"),
        ("read the day of the year", "해마다 돌아오는 날 읽기"),
        ("read the end of the entry", "일정이 끝나는 때 읽기"),
        ("read the contact", "연락처 읽기"),
        ("read the owner's own handles", "내 연락처 읽기"),
        ("read the clock", "시계 보기"),
        ("read the date", "날짜 읽기"),
        ("read samples of (.*)", "{0}: 측정값 읽기"),
        (r"read \w+ of (.*) records", "{0} 기록의 값 읽기"),
        ("read the (.*) records", "{0} 기록 읽기"),
        ("read (.*)", "{0} 읽기"),
        ("look for times of day", "시각 찾기"),
        ("look for the steps", "살아온 단계 찾기"),
        ("look whether mails were read", "읽은 메일인지 보기"),
        ("look for the day it ends", "끝나는 날 찾기"),
        ("look for what is asked", "묻는 것 찾기"),
        ("look for people", "사람 찾기"),
        ("look for an? .*", "묻는 값 찾기"),
        ("choose the day", "날 고르기"),
        ("order by time", "시간 순서로 놓기"),
        ("leave out questions", "묻기만 하는 기록 빼기"),
        ("take the first", "처음 것 고르기"),
        ("take the last", "마지막 것 고르기"),
        ("take the next", "다음 것 고르기"),
        ("ask (.*)", "{0}에 묻기"),
        ("ask again", "다시 묻기"),
        ("tool (.*)", "도구 {0}"),
        ("written", "글로 쓰기"),
        ("drop a sentence", "문장 버리기"),
        ("stop the model", "모델 멈추기"),
        ("answer by rules", "규칙으로 답하기"),
    )
)
_FOUND = _patterns(
    (
        (f"{_N} records", "기록 {0}건"),
        (f"{_N} times", "{0}번"),
        (rf"{_N} times, (\S+) to (\S+)", "{0}번, {1}부터 {2}까지"),
        (f"of {_N} times", "{0}번 가운데"),
        (f"{_N} days hold some of it", "일부라도 담긴 날이 {0}일"),
        (r"(\d+%) of the question is held", "질문의 {0}가 담겨 있음"),
        (r"(\d+%) of the question is held: not enough", "질문의 {0}만 담겨 있어 모자람"),
        ("the best record lacks (.*)", "가장 나은 기록에 없는 말: {0}"),
        (f"only {_N} of the records are at a time", "시각이 있는 기록은 {0}건뿐"),
        (f"{_N} nights", "밤 {0}번"),
        (f"{_N} samples on {_N} days", "{1}일 동안의 값 {0}개"),
        (f"{_N} of {_N} say so", "{1}건 가운데 {0}건에 표시되어 있음"),
        (r"(\S+) by (\d+) of (\d+) records", "{0} (기록 {2}건 가운데 {1}건)"),
        (r"(\S+) by (\d+) records", "{0} (기록 {1}건)"),
        (f"{_N} in {_N} records", "기록 {1}건에서 {0}곳"),
        (f"{_N} beginnings, {_N} ends", "시작 {0}건, 끝 {1}건"),
        ("none of the best records names anybody", "가장 나은 기록들에 사람 이름이 없음"),
        ("none of the best records .*", "가장 나은 기록들에 없음"),
        (
            "the records only repeat the question's words, or ask themselves",
            "질문의 말을 되풀이하거나 묻기만 하는 기록뿐",
        ),
        ("the best records only ask", "가장 나은 기록들이 묻기만 함"),
        ("no values(?: in this period)?", "값이 없음"),
        (f"{_N} values ?(.*)", "값 {0}개 {1}"),
        ("no calendar has (.*)", "달력에 없는 날: {0}"),
        ("as (.*)", "→ {0}"),
        (r"by (.*), (\d+) sentences", "{0}, 문장 {1}개"),
        (f"{_N} pieces of evidence", "근거 {0}개"),
        ("it was cut off: (.*)", "중간에 끊김: {0}"),
        ("it said more than an answer takes", "답보다 훨씬 길게 말함"),
        ("(.*), for (.*) failed: (.*)", "{0}에. {1}에서 안 됨: {2}"),
    )
)
_FACTORS = {
    "only stands near what holds the words": "찾는 말의 옆에 있을 뿐",
    "chat with an AI": "AI와 나눈 대화",
    "only shows the place": "장소만 보임",
    "is an entry of the calendar": "캘린더의 일정",
    "others wrote it": "남이 씀",
    "is of somebody else's life": "다른 사람의 일",
    "congratulates somebody else": "다른 사람을 축하함",
    "said by whom the question names": "물은 사람이 한 말",
    "somebody else speaks of themselves": "다른 사람이 자기 이야기를 함",
    "is away from the middle of the time": "그 무렵에서 조금 벗어남",
    "replies to a question": "묻는 말에 대한 답",
    "only asks": "묻기만 함",
}
_READ = re.compile(r"(\d\.\d\d) \[([^\]]*)\] (.*)", re.DOTALL)


def korean_step(action: str, found: str) -> tuple[str, str]:
    """What was done and what it came to; what has no words here stays as it is."""
    action = re.sub(r"\b(\w+)(?=(?:, \w+)* records\b)", lambda match: _KINDS.get(match[0], match[0]), action)
    if read := _READ.fullmatch(found):
        told = "; ".join(_FACTORS.get(factor, factor) for factor in read[2].split("; "))
        return _in(_DONE, action), f"{read[1]} [{told}] {read[3]}"
    return _in(_DONE, action), _in(_FOUND, found)


def _in(patterns: Iterable[tuple[re.Pattern[str], str]], sentence: str) -> str:
    found = ((pattern.fullmatch(sentence), korean) for pattern, korean in patterns)
    return next((korean.format(*match.groups()).strip() for match, korean in found if match), sentence)
