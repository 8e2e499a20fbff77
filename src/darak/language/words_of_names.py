"""Family names, titles, and words that are names as well as words."""

from darak.language.word_list import word_list

FAMILY_NAMES = word_list(
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주",
    "우 구 나 류 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인",
    "맹 제 모 탁 국 어 은 편 용 예 경 봉 사 부 라 리 시 목 형 계 피 두 감 음 빈 동 온 호 범 좌 팽 승 간 상 갈 견 당",
    "남궁 황보 제갈 선우 독고 사공 서문 동방",
)
RELATIONS = word_list(
    "형 누나 언니 오빠 동생 삼촌 이모 고모 숙모 이모부 고모부 아저씨 아줌마 할머니 할아버지 사촌 조카 여사 선배 후배",
    "군 양 씨 님 쌤 샘",
)
TITLES = RELATIONS | word_list(
    "선생 교수 원장 의사 약사 간호사 박사 변호사 회계사 세무사 목사 신부 스님 코치 관장 감독 강사 작가 기사",
    "사모 집주인",
    "대리 과장 차장 부장 팀장 실장 본부장 센터장 지점장 이사 상무 전무 대표 사장 회장 사원 주임 선임 책임",
    "수석 연구원",
    "매니저 디자이너 인턴 점장 소장 반장 조장 단장 총무",
)
ENGLISH_TITLES = word_list(
    "mr mrs ms miss dr prof professor sir madam coach uncle aunt auntie grandma grandpa jr sr phd md"
)
# Parts of displayed names that say where a person belongs, and name nobody.
PLACES = word_list(
    "치과 내과 병원 회사 학교 대학 대학교 고등학교 중학교 초등학교 동창 친구 모임 독서모임 헬스장 부동산",
    "미용실 교회 성당",
    "학원 동네 옆집 거래처 동아리 스터디 요가 수영 테니스 동호회 카페 가족 우리 집 팀",
)
NOBODY = word_list("me myself you user unknown assistant system tool bot admin noreply 나 저 본인 알수없음 상대방")
# A given name of English, and what those who bear it are called for short.
_SHORT_NAMES = (
    "alexander alex xander, alexandra alex sandra, andrew andy drew, anthony tony, barbara barb, benjamin ben "
    "benny, catherine cathy kate katie, charles charlie chuck, christina tina chris, christine chris, "
    "christopher chris, cynthia cindy, daniel dan danny, david dave, deborah debbie debra, dominic dom, "
    "dorothy dottie, edward ed eddie ted, elizabeth liz lizzie beth betsy betty eliza, emily emmy, eugene "
    "gene, frances fran, francis frank, frederick fred, gabriel gabe, geoffrey geoff, gerald gerry jerry, "
    "gregory greg, harold harry, henry harry hank, isabella bella izzy, jacob jake, james jim jimmy jamie, "
    "jeffrey jeff, jennifer jen jenny, jessica jess jessie, john johnny jack, jonathan jon, joseph joe joey, "
    "joshua josh, judith judy, katherine kathy kate katie, kenneth ken kenny, lawrence larry, leonard leo "
    "lenny, louis lou, margaret maggie meg peggy, matthew matt, melissa mel, michael mike mick, mitchell "
    "mitch, nathaniel nathan nate, nicholas nick nicky, pamela pam, patricia pat patty trish, patrick pat "
    "paddy, peter pete, philip phil, phillip phil, raymond ray, rebecca becky becca, richard rick rich ricky, "
    "robert rob bob bobby, ronald ron ronnie, samantha sam, samuel sam sammy, stanley stan, stephanie steph, "
    "stephen steve, steven steve, susan sue susie, theodore ted theo, theresa tess terry, thomas tom tommy, "
    "timothy tim timmy, valerie val, victoria vicky tori, vincent vince, walter walt, william will bill billy "
    "liam, zachary zach"
)
SHORT_NAMES = {given: tuple(short) for given, *short in map(str.split, _SHORT_NAMES.split(","))}
# Given names that are common words: only with a word for persons after them (하나랑, 보라 씨), or a capital letter.
KOREAN_WORDS = word_list(
    "사랑 하늘 가을 여름 겨울 이슬 보라 나라 미소 소리 우리 하나 유리 진주 미래 아름 새벽 슬기 지혜 은혜 정의",
    "평화 기쁨",
    "소원 소망 바다 나무 구름 다정 시원 자연 주연 조연 지원 지금 이유 수지 지도 정도 사이 세상 기운 유지 유행",
    "주인 한글",
)
ENGLISH_WORDS = word_list(
    "will may mark grace rose hope art bill april june august sue pat rob joy faith max guy frank grant chase",
    "dawn eve",
    "drew gene dean earl ray rich miles summer autumn page melody lily iris violet daisy ivy holly ruby pearl",
    "amber jade",
    "oh ah park young long song moon sun son gun ham in so do no an min do ha ok you bang king gun yang won",
    "jack van star sky sunny",
    "angel victor hunter cook baker smith case field price rice brown black white green day week noon so to",
)
# Syllables that are everyday words before they are a given name of one syllable: 집이, 물이.
NO_GIVEN_NAMES = word_list(
    "집 돈 물 산 강 길 방 문 병 약 빵 국 책 술 밥 옷 눈 일 말 글 날 달 년 월 것 금 은 손 발 팔 돌 흙 불",
    "인 장 원 명 님 정 동 남 학 실 당 점 관 반 팀 전 상 생 심 감 각 건 경 공 용 음 종 품 형 판 편",
)
