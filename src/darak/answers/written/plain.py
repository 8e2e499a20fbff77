"""What a model is shown of a text: plain characters, without marks of its own and without orders to a program.

Which sentences give orders is told by patterns, so this is only the first of two walls: whatever a model says must
stand in what it was shown (`check.py`), and so a sentence that is left out here supports nothing.
"""

from __future__ import annotations

import re
import unicodedata

_MARK = re.compile(r"\[(\d[\d\s,]*)\]")
_BREAK = re.compile(r"(?<=[.!?。…])\s+|\n+")
_HIDDEN = ("Cc", "Cf", "Co", "Cn", "Cs")

_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass|discard|drop)\b.{0,60}?\b(?:instructions?|prompts?|rules?|guidelines?"
    r"|directions?|previous|prior|above|everything|context|constraints?|polic(?:y|ies)|evidence|records)\b",
    r"(?:^|[.!?\n>\]#*]\s*)(?:system|assistant|developer|tool(?:\s+result)?|function(?:\s+result)?|search\s+results?)"
    r"(?:\s+(?:prompt|message|note|notice|override|instruction|update))?\s*[:>\]]",
    r"<\|[^|>]{1,30}\|>|\[/?INST\]|<</?SYS>>|</?(?:data|evidence|tool_call|tool_result|tool_response|system|instructions?|think)\b[^>]*>?",
    r"^#{2,}\s*(?:instructions?|system|response|new task)\b",
    r"\byou\s+are\s+(?:now|no\s+longer)\b|\bact\s+as\s+(?:if\s+you|an?\b|the\b)|\bpretend\s+(?:to\s+be|that\s+you|you)\b|\brole-?play\b",
    r"\bfrom\s+now\s+on,?\s+(?:you|your|always|answer|reply|respond|speak|only|every)\b|\byour\s+(?:new\s+)?(?:task|role|instructions?|name)\s+(?:is|are)\b",
    r"\bnew\s+(?:system\s+)?(?:instructions?|rules|orders|task)\b",
    r"\b(?:say|reply|respond|answer|output|print|write|repeat|state|claim|report|cite|tell\s+(?:the\s+)?(?:user|owner|reader))\b"
    r".{0,20}?\b(?:only|exactly|that\s+the|the\s+vault|the\s+following|with\s+(?:the|this|a)\s+(?:word|link|url|text|image|sentence)|yes\s+to|no\s+records?|nothing)\b",
    r"\b(?:end|begin|start|finish|close|sign)\b.{0,20}?\b(?:every|each|all|your|the)\s+(?:answer|reply|response|sentence|message)s?\b",
    r"\b(?:include|append|insert|add|embed|attach|render|display|show|put)\b.{0,40}?(?:\b(?:in|to|at)\b.{0,20}?\b(?:answer|reply|response|output)s?\b"
    r"|\b(?:markdown|image|link|url)\b|!\[)",
    r"\b(?:reveal|show|print|output|send|leak|forward|post|upload|exfiltrate|list)\b.{0,30}?\b(?:system\s+prompt|your\s+(?:prompt|instructions|memory)"
    r"|password|passwords|the\s+vault|all\s+(?:the\s+)?(?:records|mails?|messages|data))\b",
    r"\b(?:call|use|invoke|run|execute)\b.{0,30}?\b(?:tool|function|command|plugin)s?\b",
    r"\b(?:delete|erase|wipe)\b.{0,20}?\b(?:all|every|the)\b.{0,20}?\b(?:records?|memory|memories|vault|history|data)\b",
    r"\b(?:if|when|whenever|as)\b.{0,20}?\b(?:you\s+are\s+(?:an?\s+)?(?:ai|assistant|language\s+model|bot|model|llm)|asked|summari[sz]\w+|answering|you\s+(?:read|process|see|answer))\b.{0,80}?\b(?:say|answer|reply|respond|tell|write|cite|claim|use|call|output|print)\b",
    r"\b(?:note|message|attention|instructions?|hello|hi|dear|to)\b.{0,10}?\b(?:ai|assistants?|language\s+models?|llms?|chatbots?|bots?|models?)\b\s*[:,!]",
    r"\b(?:ai|assistants?|language\s+models?|llms?|chatbots?)\b.{0,30}?\b(?:must|should|shall|has\s+to|have\s+to|are\s+to|is\s+to|will\s+now|please)\b",
    r"\bdo\s+not\s+(?:mention|reveal|cite|use\s+(?:any|the|other)|answer|trust|tell\s+(?:the\s+)?(?:user|owner|anyone))\b",
)  # fmt: skip
_KOREAN = (
    r"(?:이전|위의?|앞의?|앞선|기존|모든|지금까지의?|원래|시스템)\s?.{0,12}?(?:지시|명령|지침|규칙|프롬프트|설정|안내|맥락|증거|기록|내용)\S{0,6}\s?.{0,8}?(?:무시|잊|따르지|버리|취소|폐기)",
    r"(?:지시|명령|지침|프롬프트|규칙)(?:을|를|은|는|사항을|사항은)?\s?.{0,8}?(?:무시|잊어|따르|수행|변경)",
    r"(?:^|[.!?\n>\]#*]\s*)(?:시스템|어시스턴트|개발자|도구(?:\s*결과)?|검색\s*결과|함수\s*결과)(?:\s*(?:메시지|프롬프트|지시|명령|공지|알림))?\s*[:：>\]]",
    r"(?:지금|이제|앞으로)\s?부터\s?(?:너|넌|당신|모든|항상|반드시|대답|답)|(?:너는|넌|당신은)\s?(?:이제|지금부터|더\s?이상)|(?:역할(?:을|극)|연기(?:를|해))|(?:인|하는)\s?척|처럼\s(?:행동|말해|말하|대답|답)",
    r"(?:라고|다고|고만|라는\s?말만|만)\s?(?:답|대답|말|출력|적|응답|보고|전)(?:을|만)?\s?(?:하라|하세요|하십시오|하시오|해라|해줘|해\s주세요|해야|으세요|어라|할\s?것)",
    r"(?:답변|대답|답|응답|출력|문장)\S{0,4}\s?.{0,16}?(?:붙이|덧붙|넣으|넣어|추가|포함|삽입|끝내|시작)\S{0,3}(?:라|세요|십시오|시오|줘|것)?",
    r"(?:링크|주소|이미지|마크다운|URL|url)\S{0,3}\s?.{0,16}?(?:포함|첨부|덧붙|삽입|표시|출력|넣)",
    r"(?:비밀번호|시스템\s?프롬프트|프롬프트|모든\s?(?:기록|메일|메시지|자료))\S{0,3}\s?.{0,12}?(?:보내|전송|공개|출력|유출|알려)\S{0,3}(?:라|세요|십시오|시오|줘)",
    r"(?:기록|기억|자료|데이터|금고|보관함)\S{0,3}\s?.{0,10}?(?:삭제|지우|지워|잊)\S{0,4}(?:라|세요|십시오|시오|줘)?",
    r"(?:AI|인공지능|챗봇|비서|어시스턴트|언어\s?모델|모델|봇)(?:는|은|야|아|에게|님|이라면|이면)?[\s,:!].{0,40}?(?:하라|하세요|하십시오|하시오|해라|해줘|해\s?주세요|해야|마라|마세요|말\s?것|할\s?것)",
    r"(?:도구|함수|명령어?)(?:를|을)\s?.{0,8}?(?:호출|사용|실행)",
    r"(?:인용|출처)(?:은|는|을|를)?\s?.{0,10}?(?:하지|말|마세요|달아|붙여|표시)",
)  # fmt: skip
_ORDER = re.compile("|".join((*_ENGLISH, *_KOREAN)), re.IGNORECASE | re.MULTILINE | re.DOTALL)


def visible(text: str) -> str:
    """The text in NFC without characters that do not show."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    return text


def plain(text: str) -> str:
    """The visible text; marks [1] of its own are written (1), so that nobody takes them for citations."""
    return _MARK.sub(r"(\1)", visible(text))


def without_orders(text: str) -> tuple[str, int]:
    """The text without the sentences that would order a program about, and how many those are."""
    orders = [match.span() for match in _ORDER.finditer(text)]
    if not orders:
        return text, 0
    kept: list[str] = []
    start, left = 0, 0
    for end, after in [*(gap.span() for gap in _BREAK.finditer(text)), (len(text), len(text))]:
        if any(begin < end and start < stop for begin, stop in orders):
            left += 1
        elif end > start:
            kept.append(text[start:after])
        start = after
    return "".join(kept).strip(), left
