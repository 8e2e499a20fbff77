"""The wording of Korean questions. In each table the first rule of which an alternative fits decides."""

from darak.answers.plan import Order
from darak.answers.question.rule import Rules
from darak.language.word_list import word_list

PIECES = {
    "unit": r"(?:년|해|달|개월|주일?|일|시간|분)",
    "more": r"(?:높|많|비싸|비싼|비쌌|길|긴|멀|무거|무겁|크|큰|컸|빠르|빨랐|오래|늦)",
    "less": r"(?:낮|적|싸|싼|쌌|짧|가까|가벼|가볍|작|느리|느렸|이른|일찍)",
}
"""What stands for `<name>` in a pattern."""

KINDS: Rules = (
    (
        "lookup",
        (
            r"몇\s*번\s*만에|(?<![게적건것])[이가은는]\s*몇\s*번(?:이|인)",
            r"몇\s*(?:점|도|살|층|호|박|숟갈|스푼|컵|그램|시(?!간))",
        ),
    ),
    (
        "how_long_since",
        (
            r"(?<!까)지\s*(?:한\s*)?(?:얼마|며칠|몇|오래)|얼마나\s*(?:지났|됐|되었|된)",
            r"(?:몇\s*<unit>|며칠|얼마)\s*(?:전|지났|됐|됐지)",
        ),
    ),
    (
        "how_often",
        (
            r"얼마나\s*자주|간격|주기가|며칠(?:마다|에\s*한\s*번)|몇\s*\S+에\s*한\s*번",
            r"(?:달|주|주일|하루|년|해|매주|매달)에?\s*(?:평균\s*)?(?:몇\s*(?:번|회)|몇\s*번꼴)",
        ),
    ),
    (
        "compare",
        (
            r"(?:중에|중)\s*\S*\s*(?:언제|어느|뭐|누가|누구|어디|무엇).*더",
            r"보다\s*(?:더\s*)?\S*(?:많|적|높|낮|늘|줄|길|짧)|비교|차이",
            r"(?:이랑|랑|와|과|하고)\s*\S+.*(?:어느|언제|뭐가|어디가|누가)\S*\s.*더",
        ),
    ),
    (
        "trend",
        (
            r"추이|추세|변화|변해|변했|변하|달라졌|어떻게\s*바뀌",
            r"(?:늘|줄|올라가|내려가|높아지|낮아지|빠지|찌|오르|내리)고\s*있",
            r"(?:늘었|줄었|올랐|내렸|빠졌|쪘|높아졌|낮아졌|많아졌|적어졌)(?:나|어|는지|니|지|을까)",
            r"(?:해|겨울|여름|봄|가을|달)마다|매년|월별|연도별|연별",
        ),
    ),
    ("average", (r"평균",)),
    ("max", (r"최고|최대|최장|(?:가장|제일)\s*<more>|신기록",)),
    ("min", (r"최저|최소|최단|(?:가장|제일)\s*<less>",)),
    (
        "sum",
        (
            r"총\s*(?:액|합|얼마|금액|몇|비용|지출|거리|걸음)|총\s|합계|합쳐|합치|합하|다\s*해서",
            r"(?:모두|전부|다)\s*(?:얼마|몇)|얼마(?:를|나|쯤)?\s*(?:\S+\s*)?(?:썼|쓴|지출|들었|나갔)",
            r"쓴\s*(?:돈|금액)",
        ),
    ),
    (
        "how_long_between",
        (
            r"(?:부터|에서|고|뒤|후|날|서)\s.{1,40}까지.{0,20}(?:얼마|며칠|몇|기간)|사이에?\s*(?:얼마|며칠|몇)",
            r"만에|얼마나\s*(?:오래|긴|쉬|살|걸|다녔|다니|배웠|배우|있었|일했|머물|키웠|사귀|기다)",
            r"얼마\s*(?:동안|만)|기간",
            r"몇\s*<unit>\s*(?:동안|간|이나|을|를)?\s*(?:\S+\s*)?(?:했|살았|다녔|배웠|쉬었|걸렸|있었|일했|머물|쳤"
            r"|사귀)",
        ),
    ),
    (
        "count",
        (
            r"몇\s*(?:번|회|차례|군데|곳|명|권|개|편|잔|마리|통|건|장|켤레|종류|가지|사람)|횟수|얼마나\s*많은",
            r"며칠이나|몇\s*일이나",
        ),
    ),
    (
        "list",
        (
            r"목록|리스트|(?:다|모두|전부|죄다)\s*(?:말해|알려|보여|적어|찾아|나열|정리|뽑)|뭐뭐",
            r"\S+들(?:이|은|을)?\s*(?:뭐|누구)|(?:어느|어떤|무슨)\s*\S+들|뭐가\s*있|어떤\s*\S+들",
        ),
    ),
)

# The first or the last of several times; on its own it asks when that was.
ORDERS: Rules = (
    (
        "last",
        (
            r"마지막(?:으로|에|\s)|(?:그만두|그만둔|그만뒀|그만두었|관둔|관뒀|끊은|끊었)",
            r"(?:가장|제일|맨)\s*(?:최근|나중|마지막)",
            r"최근에?\s*(?:언제|\S+(?:한|간|본|산|먹은|만난)\s*(?:게|날|때|건))",
        ),
    ),
    ("first", (r"처음|맨\s*첫|첫\s*(?:번째|날)|최초|시작해서|시작한\s*(?:게|날|건|때)",)),
)

# Where none of them fits, the question word that comes first decides.
QUESTION_WORDS: Rules = (
    ("who", (r"누구|누가|누굴|누군|어떤\s*사람|어느\s*분|사람\s*이름",)),
    ("where", (r"어디|어느\s*(?:곳|동네|도시|나라|식당|카페|병원|가게|역|섬|호텔|장소|공원)|장소|위치",)),
    (
        "when",
        (r"언제|며칠|날짜|어느\s*(?:날|해|달|계절)|몇\s*(?:월|일|년도|년에|시(?!간))|무슨\s*요일|날(?:은|이)?\??$",),
    ),
    ("lookup", (r"뭐|무엇|뭘|무슨|어떤|왜|얼마|몇|어떻게",)),
)

GROUPS: Rules = (
    ("season", (r"계절|(?:겨울|여름|봄|가을)마다|계절별",)),
    ("weekday", (r"무슨\s*요일에\s*(?:가장|제일)|요일별",)),
    ("week", (r"주별|주마다|매주|어느\s*주",)),
    ("month", (r"월별|달마다|매달|매월|어느\s*달|몇\s*월|한\s*달",)),
    ("year", (r"연도별|연별|해마다|매년|어느\s*해|몇\s*년도|한\s*해",)),
    ("day", (r"하루|일별|날마다|매일|어느\s*날",)),
)

# Words that ask rather than say what is looked for. Verbs stand without 다.
ASKING = word_list(
    """
    월별 연도별 연별 주별 일별 요일별 계절별
    이걸 그걸 저걸 이게 그게 다달이 다달 많이 적게 길게 짧게 높게 크게 조금 일이지 일이야 일이었지
    일이었어 덕분 덕분에 법 새 새로 돼 되 잰 보통 대개 간격 주제 제목 모델명 병명 이유 원인 방법 종류
    매달 매월 매년 매주 매일 그날 당시 측정 수치 됐어 됐지 됐더라 됐나 되지 가야 해야 있었어 있었지
    있었더라 첫날 해 한해 올해 마감 기한 것 거 게 데 때 날 날짜 일자 적 번 쯤 정도 경우 기간 횟수 동안
    사이 중 전 후 뒤 이후 이전 직전 직후 다음 처음 마지막 최근 기록 내용 얘기 이야기 나 내 저 제 우리 너
    누구 누가 언제 어디 무엇 뭐 얼마 며칠 몇 어느 어떤 무슨 왜 어떻게 그 이 그때 이때 지금 현재 오늘 요즘
    사람 이름 장소 곳 위치 쪽 평균 최고 최저 최대 최소 총 합계 총액 전부 모두 추이 추세 변화 차이 비교
    목록 리스트 이번 지난번 이날 가장 제일 더 좀 다 하나 한번 둘 결국 원래 혹시 아마 진짜 정말 되게 엄청
    너무 아주 꽤 거의 얼마나 자주 오래 같이 함께 혼자 다시 먼저 일 시간 금액 값 돈 수 무슨일 정보 관련
    """
)
ASKING_VERBS = word_list(
    """
    지내 가지 하 되 이 있 없 알 알려주 말하 말해주 찾아주 보이 보여주 가르치 가르쳐주 그러 이러 어떻 그렇
    주 싶 오래되 지나 걸리 기억나 궁금하 모르 들 나 해주
    """
)
# What is left of idle verbs in forms that are not taken apart.
IDLE = (
    r"(?:있|없)(?:었|는|던|지|어|을|나|니|다|더)|(?:했|하는|하던|됐|되었|거였|거야|거지|건데).*|한|할|된"
    r"|돼|이(?:가|는|랑|도|의|한테|하고)"
)
# Verbs and adjectives that look like nouns in some of their forms, beside those of the table of concepts.
VERBS = word_list(
    """
    가 오 보 듣 걷 뛰 타 내리 오르 서 앉 눕 자 깨 일하 놀 쉬 쓰 읽 적 그리 부르 치 켜 끄 열 닫 잠그 만지
    들 놓 두 넣 빼 꺼내 버리 줍 얻 잃 찾 사 팔 주 받 빌리 갚 보내 부치 가져오 가져가 데려가 나오 나가
    들어가 들어오 올라가 내려가 돌아오 돌아가 지나 건너 만나 헤어지 사귀 싸우 웃 울 말하 묻 부탁하 대답하
    생각하 믿 느끼 맞 틀리 이기 지 되 키우 낳 죽 태어나 살 아프 다치 낫 고치 만들 짓 끓 끓이 굽 볶 튀기
    썰 씻 닦 빨 말리 입 벗 신 매 바르 뿌리 심 따 나 춥 덥 따뜻하 시원하 크 작 많 높 낮 길 짧 멀 가깝 빠르
    느리 비싸 싸 맛있 맛없 예쁘 좋 나쁘 싫 무섭 어렵 쉽 바쁘 다니 배우 가르치 외우 익히 옮기 바꾸 뽑 뽑히
    갇히 갇혔 넘어지 부딪히 떨어지 붙 걸리 앓 쓰러지 흘리 잃어버리 잊 잊어버리 기다리 늦 끝나 시작하
    그만두 멈추 남 남기 모으 모이 나누 고르 정하 권하 구하 알리 지키 나르 생기 오시 묵 머무르 떠나 태우
    날리 돌리 가꾸 기르 낚 잡 놓치 쫓 닮 챙기 쥐 건네
    """
)
# Verbs that say little.
VAGUE = word_list(
    """
    가 오 보 느끼 받 들 나오 나가 나 다니 쓰 주 맞 물어보 묻 이다 출발이 얘기하 이야기하 관련해 관련하
    드리 겪 당하 해보 놓 두 생기 약속하 부탁하 확인하 해주 보관하 관련되
    """
)
# Titles after a name tell which person is meant, as the name does.
TITLES = word_list(
    """
    원장 원장님 선생 선생님 팀장 팀장님 대리 대리님 과장 과장님 부장 부장님 사원 사장 사장님 교수 교수님
    이사님 씨 님
    """
)
# Groups and places that narrow what is asked, but that records leave out.
GENERAL = word_list(
    """
    돈 팀 사람들 친구들 동료들 동아리 모임 가족 식구 회사 집 동네
    """
)
# How a record says itself that something was the first or the last time, in both languages.
HINTS: dict[Order, str] = {
    "first": "첫 처음 시작 first start begin began started",
    "last": "마지막 그만 last quit stop stopped gave final",
}
# A noun after these, or before those, says what sort of thing is asked for: 어느 도시, 책 목록.
BEFORE_SORT = r"(?:어느|무슨|어떤|몇)\s+$"
AFTER_SORT = r"\s*(?:목록|리스트|이름|제목|종류)"
# Nouns of people, which a word before them describes: 대학 친구. Before 누구 they only say who is meant.
PERSON = r"(?:친구|동료|사람|선배|후배|동생|형|누나|언니|오빠|분)"
PERSON_NOUNS = r"\s+" + PERSON
BEFORE_WHO = PERSON + r"(?:이|가|은|는)?\s+누[구가군]"
# An adnominal verb stands before one of these: 마주친 게, 채운 날.
ADNOMINAL = r"\s+(?:게|날|때|것|거|건|사람|적|곳|데|지|뒤|후|이유|친구|일|시간|장소|가게|집)"
