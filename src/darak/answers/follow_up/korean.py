"""How a Korean question leans on the one before it."""

from __future__ import annotations

import re

_ASKING = (
    r"(?:언제(?:쯤|부터|까지)?|어디(?:서|에서|에|로|까지|부터)?|누구(?:랑|와|하고|한테|에게|를|의|네)?|누가|누굴|왜"
    r"|뭐(?:를|라고)?|뭘|무엇(?:을)?|얼마(?:나|를|에)?|며칠(?:에|날)?|무슨\s*요일(?:에)?|어느\s*(?:날|해|달|계절|요일)(?:에)?"
    r"|몇\s*(?:번|시|명|개|월|일|년|살|회|시간|분|년도)(?:에|이나|을|를|동안)?|어떻게)"
)
_COPULA = r"(?:(?:이|였|이었|인)?(?:어|지|더라|나|니|을까|냐|데|가|가요)|야|예요|이에요|죠|였죠|이었죠)?(?:요)?"
_UNITS = r"년도?|해|달|주(?!말)|날|여름|겨울|봄|가을"
_AFTER = r"(?=(?:에서|에|에는|엔|은|는|도|의|부터|까지|에도)*(?:\s|[?.!,]|$))"

LEAD = re.compile(
    r"^(?:(?:음|아|어|네|응|오|아하|그래)[,.~\s]+)*(?:그럼|그러면|그렇다면|그리고|그런데|근데|혹시|또)(?=[,\s])[,\s]*"
)
TOPIC = re.compile(r"(?:에서|에|하고|이랑|랑|한테|으로|로|엔|께)?(?:은|는|도)?(?:요)?\s*[?？]*$")
TOPIC_END = re.compile(r"(?:은|는|엔|이라면|라면|도)(?:요)?\s*[?？]*$")
TAIL = re.compile(r"\s*(?:어때|어땠어|어땠지|어떤데|어떨까|말고|어떻게\s*돼|어떻게\s*됐어)(?:요)?\s*(?=[?？]*$)")
MORE = re.compile(
    r"^(?:좀\s*)?더(?:\s*(?:보여|알려|말해|찾아|줘|해\s*줘|볼래|있|없)\S*(?:\s*줘\S*)?)?\s*[?.!]*$"
    r"|^(?:나머지|다른\s*(?:것|거|건|기록|때|날))(?:들)?(?:은|는|도|을|를)?(?:\s*(?:다|모두|전부))?(?:\s*(?:보여|알려|말해|찾아|줘|있|없)\S*(?:\s*줘\S*)?)?\s*[?.!]*$"
    r"|^(?:계속|이어서|다음)(?:\s*(?:보여|알려|말해|해)\S*(?:\s*줘\S*)?)?\s*[?.!]*$"
)  # fmt: skip
QUESTION_WORDS = re.compile(rf"(?<![가-힣]){_ASKING}{_COPULA}(?![가-힣])|(?<![가-힣]){_ASKING}(?=[\s?])")
BARE = re.compile(
    rf"^(?:그(?:건|게|때가|날이)\s*)?(?P<asked>{_ASKING}){_COPULA}(?:\s*(?:였|이었)(?:어|지|더라|나)(?:요)?)?\s*[?.!？]*$"
)
WITH_VERB = re.compile(
    rf"^(?:{_ASKING})\s*(?:샀|팔았|팔|먹었|빌렸|갚았|받았|보냈|갔|왔|봤|했|찾았|읽었|고쳤|만들었|탔|썼|만났|들었|시켰|주문했|예약했"
    r"|냈|줬|주었|얻었|입었|배웠|다녔)(?:어|지|더라|나|니|을까|죠|었지|던|냐|는데)?(?:요)?\s*[?.!？]*$"
)
"""A question that leaves out what it is about: who, where or how much, and a verb that needs more than that."""
SAYING = re.compile(r"^뭐라고\s*(?:\S+\s*)?(?:했|말했|썼|답했|하)\S*\s*[?.!？]*$")
PREDICATE = re.compile(
    r"(?:[았었였했갔왔봤샀됐났뒀냈줬썼렸겼쳤탔컸섰]|있|없|하|되|인)(?:어|지|니|나|냐|더라|을까|습니까|는지|는데|던|죠|음|다|어요|지요|나요)+\s*[?.!？]*$"
    r"|(?:줘|주세요|줄래|해|야|예요|이에요|까|니|냐|죠|다)\s*[?.!？]*$"
)
ELLIPSIS = re.compile(r"^\S+(?:\s\S+){0,2}(?:에|엔|에서|때|랑|이랑|하고|와|과)\s*[?？]+$")

_COUNT = r"(?P<count>한|두|세|네|일|이|삼|\d+)\s*(?P<unit>해|년|달|개월|주일?|일)\s*"
_FROM_THEN = r"(?<![가-힣])그(?:로부터|때부터|때보다|보다|날부터|날보다)?\s*"

SAME_DAYS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (rf"(?<![가-힣])그\s*(?P<unit>{_UNITS})(?!\s*(?:전|이전|다음|뒤|후)){_AFTER}", "unit"),
        (r"(?<![가-힣])(?:그\s*때(?!그때)|그\s*(?:당시|시절|시기|무렵|즈음|쯤)|그맘때)", None),
        (r"^당시(?=에|\s)", None),
    )
)
"""그날, 그때: with "unit" where the pattern names it, or None for the days that stand."""
SHIFTS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (rf"(?<![가-힣])그\s*(?:바로\s*)?(?:전|이전|앞|직전)\s*(?P<unit>{_UNITS}){_AFTER}", -1),
        (rf"(?<![가-힣])그\s*(?:바로\s*)?(?:다음|뒤|후|직후)\s*(?P<unit>{_UNITS}){_AFTER}", 1),
        (r"(?<![가-힣])(?:그\s*)?이듬(?P<unit>해)", 1),
        (r"(?<![가-힣])(?:그\s*)?이튿(?P<unit>날)", 1),
        (rf"^(?:바로\s*)?다음\s*(?P<unit>날|해){_AFTER}", 1),
        (rf"^(?:바로\s*)?전\s*(?P<unit>날|해|년도){_AFTER}", -1),
        (rf"{_FROM_THEN}{_COUNT}(?:전|앞)", -1),
        (rf"{_FROM_THEN}{_COUNT}(?:뒤|후|지나서)", 1),
        (rf"^{_COUNT}(?:뒤|후){_AFTER}", 1),
    )
)
"""그 전 해, 이튿날, 그로부터 두 달 뒤: earlier or later."""
SIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![가-힣])그\s*(?:이?전|때까지)(?:에는|에|엔|까지|은)?(?=\s|[?.!]|$)"), "before"),
    (re.compile(r"(?<![가-힣])그\s*(?:뒤|후|이후|다음|때부터)(?:로는|로|에는|에|엔|부터|은)?(?=\s|[?.!]|$)"), "after"),
)

PERSON = re.compile(
    r"(?<![가-힣])(?:그\s*(?:사람|분|녀|친구|애|아이|남자|여자|양반|녀석)(?:들)?|그(?=(?:가|는|를|의|에게|한테|와|랑)\s)|걔네?|쟤네?)"
)
PERSON_BEFORE: re.Pattern[str] | None = None
PLACE = re.compile(
    r"(?<![가-힣])(?:(?P<there>거기(?!서\s*거기)|그\s*곳)(?:에서|서|에|로)?(?=(?:는|은|도|까지|부터|의)?(?:\s|[?.!]|$)))"
)
THING = re.compile(
    r"(?<![가-힣])(?P<it>그거|그것|그건|그게|그걸|이거|이것|이건|이게|이걸|그\s*(?:일|얘기|이야기|사건))"
    r"(?=(?:에|은|는|을|를|이|가|도|에\s*대해|하고|랑|의)*(?:\s|[?.!]|$))"
)
SORT_BEFORE = re.compile(r"(?:무슨|어떤|어느|몇)\s*[가-힣]+")
TRAITS = re.compile(r"생일|전화\s*번호|번호|연락처|이메일|메일\s*주소|주소|나이|직업|직장|이름|별명|고향|차종")
DOING = re.compile(r"(?:뭐|뭘|무엇)\s*(?:를|을)?\s*(?:했|하고|하며|하면서)|무슨\s*일|어떻게\s*(?:지냈|보냈)|뭐\s*있었")
ADNOMINAL = re.compile(r"던$|(?:하|있|없|가|오|사|아|나|보|먹|되|쓰|다니)는$")
"""Ends of verbs that describe what follows them, beside those that end in ㄴ or ㄹ."""
SUPERLATIVE = re.compile(r"가장|제일")
WITH_TOPIC = re.compile(r"((?:이랑|랑|하고|한테|에게|과|와|에서))(?:은|는)(?=\s*[?？]*$)")
OF_DARAK = re.compile(r"(?<![가-힣])(?:너는?|넌|네가|니가|다락아?|당신)(?![가-힣])")
"""Questions about Darak, or about nothing at all."""
HOW_OFTEN = re.compile(r"몇\s*[번회]|얼마나\s*자주")
"""Nobody asks so without saying of what."""
