"""The values that questions ask for: how they ask, the words that only name the value, and how a text states it.

The first row of which a pattern of `asks` fits decides; the more special stand first.
"""

from darak.answers.question.rule import SlotRow

PIECES = {
    "few_ko": r"한|두|세|네|다섯|여섯|일곱|여덟|아홉|열",
    "few_en": r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half",
}
"""What stands for `<name>` in a pattern."""

SLOTS: tuple[SlotRow, ...] = (
    SlotRow(
        "clock",
        asks=(r"몇\s*시(?!간)|\bwhat\s+time\b|\b(?:day|date)\s+and\s+time\b|\bat\s+what\s+hour\b",),
        words="시각",
        value=(r"\d{1,2}:\d\d|\d{1,2}\s*시|\b\d{1,2}\s*(?:am|pm|o'clock)\b",),
    ),
    SlotRow(
        "weekday",
        asks=(r"무슨\s*요일|\b(?:what|which)\s+(?:weekday|day\s+of\s+the\s+week)\b",),
        words="요일 weekday",
        value=(r"[월화수목금토일]요일|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",),
    ),
    SlotRow(
        "times",
        asks=(r"몇\s*번\s*만에|\bhow\s+many\s+(?:tries|attempts)\b",),
        words="만 tries attempts",
        value=(
            r"(?:<few_ko>|\d+)\s*번|\b(?:first|second|third|fourth|fifth)\s+(?:try|attempt)",
            r"\b(?:<few_en>|\d+)\s+(?:tries|attempts|times)",
        ),
    ),
    SlotRow(
        "title",
        asks=(
            r"(?:무슨|어떤|어느)\s*(?:책|소설|영화|노래|곡)",
            r"(?:책|소설|영화|노래|곡)(?:이|은|의)?\s*(?:뭐|제목|이름)|읽으라고",
            r"\b(?:what|which)\s+(?:book|novel|film|movie|song)\b|\bwhat\b.*\b(?:should|to)\s+(?:read|watch)\b",
        ),
        words="책 소설 영화 제목 book novel film movie song title",
        value=(
            r"[『《「“‘\"][^』》」”’\"]{2,60}[』》」”’\"]",
            r"(?:The|A|An)\s+(?:[A-Z][\w’'-]+\s*(?:of\s+|the\s+|and\s+|in\s+)*){1,6}",
            r"[A-Z][\w’'-]+(?:\s+(?:of|the|and|in|on)?\s*[A-Z][\w’'-]+)+",
        ),
        cased=True,
    ),
    SlotRow(
        "score",
        asks=(r"몇\s*점|점수|\bscores?\b",),
        words="점수 점 score scores",
        value=(r"\d+(?:\.\d+)?\s*점|\bscore[ds]?\b.*\d|\d+\s*(?:points?|/\s*\d+)",),
    ),
    SlotRow(
        "temperature",
        asks=(r"몇\s*도|온도|\btemperature\b|\bhow\s+(?:hot|warm|cold)\b",),
        words="온도 기온 temperature degrees 적정",
        value=(r"\d+(?:\.\d+)?\s*(?:도|°|℃|degrees?)",),
    ),
    SlotRow(
        "nights",
        asks=(r"몇\s*[박밤]|며칠\s*밤|\bhow\s+many\s+nights\b",),
        words="박 밤 nights night",
        value=(r"\d+\s*박|\b\d+\s+nights?\b",),
    ),
    SlotRow(
        "duration",
        asks=(
            r"(?<!하루에\s)얼마나\s*(?:오래|걸|더\s*오래|하라|끓|굽|익|빨리)|몇\s*(?:분|시간|주|일|개월|박)|기록",
            r"\bhow\s+(?:long|fast|quickly|many\s+(?:minutes|hours|nights|days|weeks))\b",
            r"\b(?:finish(?:ing)?|race)\s+time\b",
        ),
        words="기록 시간 동안 걸리 long fast quickly time minutes hours days weeks nights 오래",
        value=(
            r"\d+\s*(?:시간|분|초|박|주|일간|개월|일|년)|\d+:\d\d",
            r"\b(?:\d+|<few_en>|an?)\s*-?(?:minutes?|mins?|hours?|hrs?|seconds?|nights?|days?|weeks?|months?"
            r"|years?)\b",
            r"(?:일주일|이틀|사흘|나흘|열흘|보름|하루)",
        ),
    ),
    SlotRow(
        "length",
        asks=(r"몇\s*(?:미터|센티|cm|킬로|km)|높이|길이|거리가|\bhow\s+(?:high|tall|far|deep|wide)\b",),
        words="높이 길이 거리 high tall far height",
        value=(r"\d+(?:[.,]\d+)?\s*(?:cm|mm|km|m|미터|센티|킬로|miles?|feet|ft|inch(?:es)?|metres?|meters?)\b",),
    ),
    SlotRow(
        "weight",
        asks=(r"몇\s*(?:킬로그램|kg|그램)|무게|\bhow\s+heavy\b",),
        words="무게 heavy",
        value=(r"\d+(?:[.,]\d+)?\s*(?:kg|g|그램|킬로|pounds?|lbs?)\b",),
    ),
    SlotRow(
        "age",
        asks=(r"몇\s*살|나이|\bhow\s+old\b",),
        words="나이 살 old age",
        value=(r"\d+\s*살|\b\d+\s*(?:years?\s+old|months?\s+old)\b",),
    ),
    SlotRow(
        "dose",
        asks=(r"복용량|하루에\s*얼마나|\b(?:dose|dosage)\b|\bhow\s+much\b.*\b(?:a|per)\s+day\b",),
        words="복용량 용량 dose dosage daily",
        value=(r"\d[\d,.]*\s*(?:mg|g|ml|iu|mcg|µg|알|정|포|pills?|tablets?|drops?|방울)\b",),
    ),
    SlotRow(
        "password",
        asks=(r"비밀번호|비번|\bpass(?:word|code)\b|\bpin\b",),
        words="번호 number",
        value=(r"[가-힣A-Za-z0-9!@#$%^&*_-]*[0-9!@#$%^&*][A-Za-z0-9!@#$%^&*_-]*",),
        cased=True,
    ),
    SlotRow(
        "model",
        asks=(r"모델|\bmodel\b",),
        words="모델 모델명 model number",
        value=(r"\b(?=[\w-]*\d)[A-Z][\w-]*\d[\w-]*|\b[A-Z][a-z]+\s+\d+\b|[A-Za-z가-힣]+\s?\d+",),
        cased=True,
    ),
    SlotRow(
        "phone",
        asks=(r"(?:전화|휴대폰|핸드폰|폰)\s*번호|연락처|\b(?:phone|telephone|mobile|cell)\s+number\b",),
        words="번호 전화 전화번호 휴대폰 핸드폰 폰 연락처 phone telephone mobile cell number",
        value=(r"(?<![\w.-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])",),
    ),
    SlotRow(
        "mail_address",
        asks=(r"(?:이메일|메일)\s*주소|\be-?mail\s+address\b",),
        words="이메일 메일 주소 email mail address",
        value=(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",),
    ),
    SlotRow(
        "code",
        asks=(
            r"번호|배번|몇\s*번(?:이|인)|\b(?:bib|seat|gate|room|order|booking|flight|phone)\s+number\b",
            r"\bwhat\s+number\b|\bnumber\b",
        ),
        words="번호 number 번",
        value=(r"(?<![A-Za-z0-9-])(?=[A-Za-z0-9-]*\d)[A-Za-z0-9]{2,}(?:-[A-Za-z0-9]+)*|\b[A-Z]-?\d[A-Za-z0-9-]*",),
        cased=True,
    ),
    SlotRow(
        "amount",
        asks=(
            r"몇\s*(?:숟갈|스푼|컵|그램|개|잔|장|병|큰술|작은술)|\s양(?:이|은|을)?\s|수치|얼마나\s*(?:먹|들어|넣)",
            r"\bhow\s+(?:much|many)\s+(?!(?:\w+\s+)?(?:money|cash|rent|salary|deposit|interest|tax)\b|times|did|do|does|was|were|is|are|have|has"
            r"|had|will|would|should|can|could|a\b|per\b|it\b)\w",
            r"\blevel\b|\breading\b|\bwhat\s+amount\b",
        ),
        words="양 수치 개수 amount level reading spoons count quantity",
        value=(r"\d[\d,.]*|\b(?:<few_en>)\s+[a-z]+s\b|(?:<few_ko>)\s?(?:숟갈|스푼|컵|개|잔|장|병|번|명|마리|권)",),
    ),
    SlotRow(
        "money",
        asks=(
            r"얼마|가격|금액|월세|보증금|요금|비용|연봉|월급|축의금|\bhow\s+much\b",
            r"\b(?:price|cost|costs|rent|salary|fee|deposit)\b|\bwhat\s+did\b.*\b(?:charge|pay)\b",
        ),
        words="금액 가격 값 비용 요금 돈 price cost costs fee amount money charge charged bill much pay paid 회비",
        value=(
            r"\d[\d,.]*\s*(?:억|천만|백만|만|천)?\s*원|(?:(?:\b(?:R|US|AU?|CA?|NZ|HK|NT|MX|S))?[₩$€£¥]\s?\d[\d,.]*\d?)",
            r"\b\d[\d,.]*\s*(?:won|krw|usd|eur|dollars?|euros?|pounds?|yen|francs?|shillings?)\b",
            r"[일이삼사오육칠팔구십백천만]{2,}\s*원",
        ),
    ),
)
