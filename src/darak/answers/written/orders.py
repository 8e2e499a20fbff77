"""Sentences that would order a program about, which are left out of what a model is shown.

They are told by patterns, so this is only the first of two walls. The second needs none: whatever a model says must
stand in what it was shown (`check.py`), and what is left out here supports nothing.
"""

from __future__ import annotations

import re

_BREAK = re.compile(r"(?<=[.!?。…])\s+|\n+")
_SPEAKS = r"(?:ai|assistants?|language\s+models?|llms?|chatbots?|bots?|agents?|models?)"
_REPLY = r"(?:answer|reply|response|output|sentence|message)s?"
_BEGINS = r"(?:^|[.!?。\n>\]#*\"“(/]\s*)"

_TAKEOVER = (
    r"\b(?:ignore|disregard|forget|override|bypass|discard)\b.{0,50}?\b(?:instructions?|prompts?|rules?|guidelines?"
    r"|previous|prior|above|everything|context|constraints?|polic(?:y|ies)|evidence|records)\b",
    _BEGINS + r"(?:system|assistant|developer|tool\s+results?|function\s+results?|search\s+results?)"
    r"(?:\s+(?:prompt|message|note|notice|override|instruction|update))?\s*[:>\]]",
    r"<\|[^|>]{1,30}\|>|\[/?INST\]|<</?SYS>>"
    r"|</?(?:data|evidence|tool_call|tool_result|tool_response|system|instructions?|think)\b[^>\n]*>?",
    r"^\s*#{2,}\s*(?:instructions?|system|response|new\s+task)\b",
    r"\byou\s+are\s+(?:now|no\s+longer)\s+(?:an?|the|in|free|bound|allowed)\b"
    r"|\b(?:act|behave|respond|answer|speak|talk)\s+(?:as|like)\s+(?:if\s+you|an?|the)\b|\bpretend\s+that\s+you\b|\brole-?play\b",
    r"\bfrom\s+now\s+on,?\s+(?:you|your|always|answer|reply|respond|speak|only|every)\b",
    r"\b(?:new|your)\s+(?:system\s+)?(?:instructions?|rules|orders|task)\s*(?:are\b|is\b|:)",
    r"(?:이전|위의?|앞의?|앞선|기존|모든|지금까지의?|원래|시스템)\s?.{0,12}?(?:지시|명령|지침|규칙|프롬프트|설정|맥락|증거|기록|내용)"
    r"\S{0,6}\s?.{0,8}?(?:무시|잊|따르지|버리|취소|폐기)",
    r"(?:지시|명령|지침|프롬프트|규칙)(?:을|를|은|는|사항을|사항은)?\s?.{0,8}?(?:무시|잊어|수행|변경)",
    _BEGINS + r"(?:시스템|어시스턴트|개발자|도구\s*결과|검색\s*결과|함수\s*결과)"
    r"(?:\s*(?:메시지|프롬프트|지시|명령|공지|알림))?\s*[:：>\]]",
    r"(?:지금|이제|앞으로)\s?부터\s?(?:너|넌|당신|모든\s?(?:답|대답)|항상|반드시|대답|답)"
    r"|(?:너는|넌|당신은)\s?(?:이제|지금부터|더\s?이상)|역할(?:을\s?(?:맡|연기|수행)|극)|처럼\s(?:행동|말하|말해|대답|답)",
)
"""What takes a reader over: all that stands behind it is of the same hand."""
_ORDERS = (
    r"\b(?:say|reply|respond|answer|output|print|write|repeat|state|claim|report|cite|tell\s+(?:the\s+)?(?:user|owner|reader))\b"
    r".{0,20}?\b(?:only|exactly|that\s+the|the\s+vault|the\s+following|no\s+records?|nothing"
    r"|with\s+(?:the|this|a)\s+(?:word|link|url|text|image|sentence))\b",
    rf"\b(?:end|begin|start|finish|close|sign)\b.{{0,20}}?\b(?:every|each|all|your)\s+{_REPLY}\b",
    rf"\b(?:include|append|insert|add|embed|attach|render|display|show|put)\b.{{0,40}}?"
    rf"(?:\b(?:in|to|at)\b.{{0,20}}?\b{_REPLY}\b|\b(?:markdown|image|link|url)\b|!\[)",
    r"\b(?:reveal|show|print|output|send|leak|forward|post|upload|exfiltrate|list)\b.{0,30}?\b(?:system\s+prompt"
    r"|your\s+(?:prompt|instructions|memory)|passwords?|the\s+vault|all\s+(?:the\s+)?(?:records|mails?|messages|data))\b",
    r"\b(?:call|use|invoke|run|execute)\s+(?:the\s+|your\s+)?\S+\s+(?:tool|function|plugin)s?\b",
    r"\b(?:delete|erase|wipe|forget)\b.{0,20}?\b(?:all|every|the)\b.{0,20}?\b(?:records?|memor(?:y|ies)|vault|history|data)\b",
    rf"\b(?:if|when|whenever)\s+(?:you\s+are\s+(?:an?\s+)?{_SPEAKS}|(?:you\s+are\s+)?asked|summari[sz]ing|answering"
    r"|you\s+(?:read|process|see|answer)).{0,80}?\b(?:say|answer|reply|respond|tell|write|cite|claim|use|call|output|print)\b",
    rf"\b(?:note|message|attention|instructions?|hello|hi|dear)\b.{{0,10}}?\b{_SPEAKS}\b\s*[:,!]",
    rf"\b{_SPEAKS}\b.{{0,30}}?\b(?:must|should|shall|has\s+to|have\s+to|are\s+to|is\s+to)\b",
    r"\bdo\s+not\s+(?:mention|reveal|cite|trust|tell\s+(?:the\s+)?(?:user|owner)|use\s+(?:any|the|other)\s+(?:records?|tools?|evidence))\b",
    r"(?:라고|다고|고만|라는\s?말만|만)\s?(?:답|대답|말|출력|적|응답|보고)(?:을|만)?\s?(?:하라|하세요|하십시오|하시오|해라|해줘|해\s주세요|해야|으세요|어라|할\s?것)",
    r"(?:답변|대답|응답|출력|문장)\S{0,4}\s?.{0,16}?(?:붙이|붙여|덧붙|넣으|넣어|추가|포함|삽입|끝내|시작)\S{0,3}(?:라|세요|십시오|시오|줘|것)",
    r"(?:링크|주소|이미지|마크다운|URL|url)\S{0,3}\s?.{0,16}?(?:포함|덧붙|삽입|표시|출력|넣)\S{0,3}(?:라|세요|십시오|시오|줘|것)",
    r"(?:비밀번호|프롬프트|모든\s?(?:기록|메일|메시지|자료))\S{0,3}\s?.{0,12}?(?:보내|전송|공개|출력|유출|알려)\S{0,3}(?:라|세요|십시오|시오|줘)",
    r"(?:기록|기억|자료|데이터|금고|보관함)\S{0,3}\s?.{0,10}?(?:삭제|지우|지워|잊)\S{0,4}(?:라|세요|십시오|시오|줘)",
    r"(?:AI|인공지능|챗봇|비서|어시스턴트|언어\s?모델|모델|봇)(?:는|은|야|아|에게|님|이라면|이면)?[\s,:!].{0,40}?"
    r"(?:하라|하세요|하십시오|하시오|해라|해줘|해\s?주세요|해야|마라|마세요|말\s?것|할\s?것)",
    r"(?:도구|함수)(?:를|을)\s?.{0,8}?(?:호출|실행)|(?:인용|출처)(?:은|는|을|를)?\s?.{0,10}?(?:하지\s?마|말\s?것|마세요|달아|붙여)",
)
"""A sentence that says what a reply should be, or what a program should do."""
_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL
_TAKES_OVER = re.compile("|".join(_TAKEOVER), _FLAGS)
_GIVES_ORDERS = re.compile("|".join(_ORDERS), _FLAGS)
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝкмтвнАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορυνικ" + "".join(map(chr, range(0xFF01, 0xFF5F))),
    "aeopcyxijsdhqwkmtbhABEKMHOPCTYXIJSABEZHIKMNOPTYXaopuvik" + "".join(map(chr, range(0x21, 0x7F))),
)
"""Letters of other scripts that look like Latin ones."""


def without_orders(text: str) -> tuple[str, int]:
    """The visible text without the sentences that would order a program about, and how many those are."""
    read = text if text.isascii() else text.translate(_ALIKE)
    gone = [match.span() for match in _GIVES_ORDERS.finditer(read)]
    if taken := _TAKES_OVER.search(read):
        gone.append((taken.start(), len(read)))
    if not gone:
        return text, 0
    kept: list[str] = []
    start, left = 0, 0
    for end, after in [*(gap.span() for gap in _BREAK.finditer(text)), (len(text), len(text))]:
        if any(begin < end and start < stop for begin, stop in gone):
            left += 1
        elif end > start:
            kept.append(text[start:after])
        start = after
    return "".join(kept).strip(), left
