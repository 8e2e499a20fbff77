"""The texts about conversations, in Korean and English; a part of the table of `texts`."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS_OF_CONVERSATIONS: Mapping[str, tuple[str, str]] = {
    "talk.further": ("이어서 물어보세요", "Ask further"),
    "talk.new": ("새 대화", "New conversation"),
    "talk.earlier": ("지난 대화", "Earlier conversations"),
    "talk.turns": ("지금까지의 대화", "The conversation so far"),
    "talk.carried": ("앞의 질문에서 이어받음: {what}", "As before: {what}"),
    "talk.stop": ("멈추기", "Stop"),
    "talk.stopped": ("답을 멈췄어요.", "Stopped."),
    "talk.answered": ("{when}에 답함", "answered {when}"),
    "talk.writing": ("{model}에 물어보고 있어요", "Asking {model}"),
    "talk.late": (
        "모델이 아직 말이 없어요. 한동안 쓰지 않은 모델은 불러오는 데 시간이 걸려요.",
        "The model says nothing yet. One that has rested is loaded first, which takes a while.",
    ),
    "talk.without": ("모델 없이 바로 답하기", "Answer without it"),
    "talk.gone": (
        "이 대화는 이제 없어요. 처음부터 다시 물어봐 주세요.",
        "This conversation is no longer there. Ask anew.",
    ),
    "talk.of-key": ("‘{key}’ 앱이 나눈 대화예요.", "The app “{key}” held this conversation."),
    "talk.search": ("대화에서 찾기", "Search conversations"),
    "talk.find": ("찾기", "Find"),
    "talk.count": ("질문 {n}개", "{n} questions"),
    "talk.one": ("질문 1개", "1 question"),
    "talk.none": ("아직 나눈 대화가 없어요.", "There is no conversation yet."),
    "talk.none-found": ("그 말이 나온 대화는 없어요.", "No conversation says that."),
    "talk.forget": ("지우기", "Erase"),
    "talk.forget-this": ("‘{title}’ 지우기", "Erase “{title}”"),
    "talk.forget-all": ("대화 모두 지우기", "Erase all conversations"),
    "talk.forever": ("되돌릴 수 없어요.", "This cannot be undone."),
    "talk.forget-sure": ("모두 지우기", "Erase them all"),
    "talk.kept": (
        "대화는 금고 안에 보관해요. 기록으로 치지 않아서 검색이나 답에 나오지 않아요.",
        "Conversations are kept in your vault. They never count as your records, and no search or answer shows them.",
    ),
    "talk.not-kept": (
        "새 대화는 보관하지 않아요. 다락을 끄면 사라져요.",
        "New conversations are not kept. They are gone when Darak is stopped.",
    ),
    "talk.keep": ("앞으로는 보관하기", "Keep conversations"),
    "talk.keep-not": ("앞으로는 보관하지 않기", "Stop keeping conversations"),
}
