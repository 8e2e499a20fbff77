"""Korean nouns that spelling alone would misread: short ones, and ones that end like a noun with a particle."""

from darak.language.word_list import word_list

# Everyday nouns and pronouns of one syllable, and the 이 that names take: (수민)이가. They are few, so that 요가 and
# 하은 are not read as 요 and 하 with a particle.
SHORT_NOUNS = frozenset(
    "것곳쪽일적번거데수때중후전등년월분시명살원나너저그이"
    "집꿈비눈개책차술밥옷돈물불산강길방문병약빵국감배귤별달해땅숲풀꽃잎코귀입목손발팔등살뼈피땀침턱뺨볼"
    "몸맘말글시곡춤소닭양쥐곰새벌뱀게굴김떡죽면전탕회쌀콩팥파무깨꿀잼컵잔솥칼못톱삽줄끈천실솜털밀솔"
    "벽창칸층탑절성궁역섬들밭논샘댐다리남북동서앞뒤옆위밑밖안속곁끝틈점선금은철돌흙연벨폰앱캠팩"
    "빚값덕복죄벌상표짐일꾼품힘열암독균멍혹흉정겁화흥낮밤봄날주년초형딸벗짝넋숨잠꼴꾀법"
    "신편팀반골공활총검첩종징링룸홀몰펜펌컷톡봇넷웹칩팁껌젤햄찜쌈굿턴쇼숄탈삼핀"
)
# Nouns whose end looks like a particle, where sound allows one and what is before it is a noun, too.
WHOLE_NOUNS = word_list(
    "화가 시가 시도 수도 수의 주가 종이 길이 속도 강도 성과 안과 불만 반지 신랑 해로 주의 정의 상의 동의",
    "어린이 호랑이 거북이 지팡이 떡볶이 목걸이 귀걸이 손잡이 재떨이 해돋이 달팽이 올챙이 멍멍이 야옹이 쌍둥이 막둥이",
    "젊은이 늙은이 꼬맹이 구렁이 부엉이 곰팡이 첫사랑 짝사랑 바나나 아버지 할아버지 청바지 망아지 송아지 우리나라",
    "제주도 여의도 강화도 울릉도 거제도 을지로 활주로 산책로 산부인과 정형외과 이비인후과 신경과 소아과 피부과",
    "코로나 낚시 메시지 메세지 이미지 페이지 홈페이지 패키지 소시지 스테이지 잡지 편지",
    "캐나다 외국인 한국인 직장인 카페인 디자인",
)
# Nouns of this kind that end compounds: 여름휴가, 주간회의, 길고양이.
HEADS = tuple(
    word_list("휴가 요가 회의 강의 문의 놀이 나들이 집들이 고양이 강아지 원숭이 지렁이 도라지 냉장고"),
)
# Nouns that look like forms of 가다, 오다 and 보다.
LIKE_LIGHT_VERBS = word_list("가게 가지 가요 가면 가나 보도 보고 보기 보라 보고서 오지 오기 오자")
