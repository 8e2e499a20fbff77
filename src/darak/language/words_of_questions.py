"""Words that ask or bind rather than tell: dropped from what is searched, or searched with little weight."""

from darak.language.word_list import word_list

ENGLISH_STOP = word_list(
    "a an the and or but if of in on at to from by with without for as into onto over under up down off",
    "out than then near across along through during between about again against among around because",
    "before after since until till while is are was were be been being am do does did done doing have has",
    "had having will would can could shall should may might must ought i me my mine myself we us our ours",
    "ourselves you your yours he him his she her hers it its itself they them their theirs this that",
    "these those there here not no nor so too very just only even also such own same other some any all",
    "both each few more most much many how what when where which who whom whose why whether s t d ll m re",
    "ve don didn doesn isn wasn won couldn wouldn shouldn aren weren hasn haven hadn im ive id please",
    "tell show find give remember recall ever get got let lets okay hi hey",
)
# Kept, but they name what is asked for more often than what was written.
ENGLISH_LIGHT = word_list(
    "time times day days date name names place person people thing things kind last first many long often",
    "ago total number amount record records note notes happen happened exactly roughly approximately say",
    "said talk talked",
)
# Nouns (or words as they stand), and the stems of verbs.
KOREAN_STOP = word_list(
    "나 내 내가 나는 나한테 나에게 나랑 나의 난 저 제 제가 저는 저한테 우리 우리가 너 네 네가 당신 그 이 그거",
    "이거 저거 그게 이게",
    "것 거 거야 거지 거예요 거니 건가",
    "게 건 걸 수 적 때 때문 중 동안 뒤 후 전 등 및 좀 또 더 덜 다 거의 꼭 잘 못 안 막 참 딱 제일 가장 매우 너무",
    "아주 정말 진짜",
    "혹시 그리고 그런데 근데 그래서 하지만 지금 그때 그날 날 한 두 세 다섯 여섯 일곱 여덟 아홉 열 번 개 명 달",
    "년 월 일 분 시 시간 살",
    "씨 님 쯤 정도 즈음 무렵 지 모두 같이 함께 원 킬로",
    "에 에서 에게 한테 으로 로 을 를 은 는 가 의 도 만 까지 부터 와 과 랑 이랑 하고 예요 이에요",
)
KOREAN_STOP_VERBS = word_list(
    "있 없 하 되 이 아니 싶 주 알리 알려주 찾아주 보여주 말해주 가르쳐주 해주 대하 관하 어땠 그렇 이렇 그러 이러 그랬"
)
KOREAN_LIGHT = word_list(
    "날짜 시각 이름 사람 장소 곳 일정 기록 메모 얘기 이야기 처음 마지막 최근 시작 전체 합계 평균 최고",
    "최저 기간 하루 횟수 금액 그동안 정확히",
)
