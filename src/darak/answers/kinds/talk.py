"""What is said to Darak itself, of which no record speaks: greetings, thanks, what day it is."""

from __future__ import annotations

import re

from darak.answers.inquiry import Inquiry, Outcome

_GREETS = re.compile(
    r"\s*(?:(?:hi|hello|hey|good\s+(?:morning|afternoon|evening|night)|thanks|thank\s+you(?:\s+(?:so|very)\s+much)?|bye"
    r"|how\s+are\s+you|who\s+are\s+you|what\s+can\s+(?:you\s+do|i\s+ask(?:\s+you)?)|help)(?:\s+(?:there|darak))?"
    r"|안녕(?:하세요|하십니까)?|(?:정말\s*)?(?:고마워|고맙습니다|감사해|감사합니다)요?|수고했어요?|잘\s*자요?|도와줘요?|반가워요?"
    r"|(?:너|넌)\s*누구(?:야|니)|(?:너는?|넌)?\s*(?:뭐를?|뭘|무엇을)?\s*(?:할\s*수\s*있어|물어볼\s*수\s*있어)요?)\s*[.!?~ㅎㅋ]*\s*",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\s*(?:what(?:['’]?s|\s+is)\s+(?:the\s+date(?:\s+today)?|today['’]?s\s+date)|what\s+day\s+is\s+(?:it(?:\s+today)?|today)"
    r"|오늘(?:이|은)?\s*(?:며칠|무슨\s*요일|날짜(?:가|는)?(?:\s*(?:뭐|어떻게\s*돼))?)(?:이야|야|이지|지|예요|이에요|이죠|죠|이니|니)?)\s*[.?!]*\s*",
    re.IGNORECASE,
)


def answer_talk(inquiry: Inquiry) -> Outcome | None:
    """None for a question."""
    if _TODAY.fullmatch(inquiry.plan.question):
        inquiry.step("read the clock", inquiry.today.isoformat())
        return Outcome("answered", inquiry.say.today(inquiry.say.date(inquiry.today)))
    if _GREETS.fullmatch(inquiry.plan.question):
        return Outcome("no_record", inquiry.say.greeting())
    return None
