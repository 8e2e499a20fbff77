"""Words that fill the slots of ordinary texts, one `name: a, b, c` a line; a word may hold slots itself."""

# ruff: noqa: E501 (a table of words)

from __future__ import annotations

_KOREAN = """
food: 김치찌개, 된장찌개, 제육볶음, 순두부, 칼국수, 비빔밥, 돈까스, 쌀국수, 마라탕, 초밥, 떡볶이, 순대국, 냉면, 부대찌개, 닭갈비, 카레, 짜장면, 짬뽕, 샐러드, 샌드위치, 김밥, 갈비탕, 육개장, 만둣국, 샤브샤브, 파스타, 햄버거, 타코, 오므라이스, 콩국수
dish: 김치, 멸치볶음, 장조림, 콩자반, 진미채, 깻잎장아찌, 오이소박이, 시금치나물, 고사리나물, 총각김치
drink: 아메리카노, 라떼, 콜드브루, 유자차, 레몬에이드, 밀크티, 캐모마일차, 디카페인 라떼
film: {파도의|회색|마지막|남쪽|고양이|검은|서른 번째|느린} {기억|도시|정류장|계단|식당|여름}, {낮은|두 번째|붉은|빈} {지붕|집|항구|편지}, 불빛 너머, 우산을 든 사람
drama: 골목의 변호사, 오늘의 운세, 별이 지는 밤, 옆집 탐정, 우리 반 회장님, 바다 우체국, 궁의 요리사, 응급실 11시, 열두 시의 손님, 두 번째 계약, 여름방학 수사대, 시장통 사람들
book: {아침의|밤의|물의|숫자의|작은 도시의|겨울} {문장들|식물원|언어|표정|지도|서랍}, {오래된|빈|사소한|조용한} {부엌|의자|용기|이웃|창고}, 혼자 걷는 법, 나무를 심는 시간
song: 봄밤, 너의 주소, 막차, 오렌지 라디오, 잔상, 느린 춤, 열두 번째 장면, {푸른|하얀|먼|긴} {계단|골목|인사|오후}
thing: 충전기, 텀블러, 무선 마우스, 책상 스탠드, 가습기, 운동화, 백팩, 키보드, 모자, 담요, 프라이팬, 블루투스 스피커, 러닝 양말, 우비
task: 분기 보고서, 견적서, 회의록, 테스트 결과, 고객 문의 정리, 일정표, 예산안, 디자인 시안, 계약서 초안, 인터뷰 질문지, 출시 체크리스트, 장애 보고서, 설문 결과, 사용자 로그 분석
team: 마케팅팀, 개발팀, 디자인팀, 영업팀, 재무팀, 고객지원팀, 인사팀, 데이터팀
client: 하늘상사, 미래식품, 동남물산, 온누리병원, 세움건설, 바른교육, 별빛호텔, 우리은빛케어
where: 카페, 도서관, 시장, 한강 쪽, 서점, 영화관, 빵집, 전시장, 공원, 미용실, 마트, 체육관
weekday: 월요일, 화요일, 수요일, 목요일, 금요일
day: 월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일
feeling: 피곤하다, 졸리다, 배고프다, 심심하다, 뿌듯하다, 머리가 멍하다, 기분 좋다, 정신없다
room: 책상, 거실, 베란다
quilt: 솜, 오리털, 차렵
dirt: 냄새, 얼룩
brew: 커피, 홍차
cheer: 동료 승진, 친구 개업, 후배 졸업
low: 피곤하다, 졸리다, 머리가 멍하다, 정신없다
plant: 몬스테라, 고무나무, 바질, 다육이, 스투키, 로즈마리, 산세베리아
laugh: ㅋㅋ, ㅋㅋㅋ, ㅎㅎ, ㅋㅋㅋㅋㅋ, ㅎ
team_sport: 야구, 축구, 농구, 배구
hobby: 수영, 요가, 자전거, 뜨개질, 베이킹, 캘리그라피, 클라이밍, 배드민턴
minutes: 5분, 10분, 15분, 20분, 30분
hour: 6시, 6시 반, 7시, 7시 반, 11시, 12시, 2시, 3시, 5시
"""

_ENGLISH = """
food: ramen, bibimbap, tacos, pho, a burrito, fried rice, dumplings, a club sandwich, green curry, pizza, gimbap, tteokbokki, a poke bowl, lasagne, sushi, kimchi stew, shakshuka, a falafel wrap, mushroom soup, cold noodles
drink: flat white, oat latte, cold brew, americano, matcha latte, lemonade, earl grey, decaf
film: The {Long|Cold|Quiet|Far} {Shore|Harbor|Orchard|Station}, {Winter|Night|Paper|Summer} {Ferry|Lanterns|Letters|Market}, Nine Floors Down, Half a Moon, Second Violin, The Clockmaker
show: Night Ferry, The Annex, Cold Kitchen, Small Courts, Glass Lake, The Understudy, Tidewater, Room for Two, The Lodgers, Signal Hill
book: {The|A} {Field|Map|House|Year} of {Doors|Rain|Small Hours|Salt|Ordinary Things}, {Slow|Bright|Distant|Hollow} {Rivers|Weather|Rooms|Hills}, Notes on Rain, The Ninth Letter, The Cartographer's Son
song: Paper Boats, Harbor Lights, Late Train, Tangerine, {Blue|Silver|Slow|Golden} {Stairs|Sunday|Motion|Avenue}, Elevator Song
trail: the ridge trail, the north loop, the fortress wall walk, the temple path, the reservoir loop, the pine valley trail
thing: charger, water bottle, wireless mouse, desk lamp, humidifier, rain jacket, backpack, keyboard, cap, blanket, frying pan, speaker, pair of socks
task: the quarterly report, the cost sheet, the release notes, the test results, the support summary, the roadmap draft, the survey results, the onboarding guide, the API spec, the pricing page, the usage dashboard, the bug triage, the design review
team: marketing, engineering, design, sales, finance, support, people ops, data
client: Brightwater, Hollow Oak, Kestrel Foods, Lindgren, Maru Clinics, Northgate, Salt & Pine, Tobin Rail
where: the café, the library, the market, the river, the bookshop, the cinema, the bakery, the gallery, the park, the gym
weekday: Monday, Tuesday, Wednesday, Thursday, Friday
day: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
hobby: swimming, yoga, cycling, knitting, baking, calligraphy, climbing, badminton
feeling: tired, sleepy, hungry, bored, pretty proud, foggy, great, all over the place
ache: neck, back, wrist
stain: coffee, ink, tomato sauce
herb: basil, mint, fern
leftover: half a cabbage, two eggs and rice, leftover noodles
for_whom: a conference, a newsletter, a club page
desk_hour: 10:30, 11, 2, 3, 4:30
plant: monstera, rubber plant, basil, succulent, snake plant, rosemary
minutes: 5, 10, 15, 20, 30
hour: 6, 6:30, 7, 7:30, 11, noon, 2, 3, 5
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (line.partition(":") for line in text.strip().splitlines())
    return {name.strip(): tuple(word.strip() for word in words.split(",")) for name, _, words in rows}


VOCABULARY = {"ko": _table(_KOREAN), "en": _table(_ENGLISH)}
