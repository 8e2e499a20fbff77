"""Single events of one record each: language, source, text, and questions about it.

A question is (kind, answer, wordings); the answer is words of the text, or `day` for its date. `across` is one in
the other language, `months` are those in which such a thing happens.
"""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from dataclasses import dataclass

Asked = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SmallEvent:
    language: str
    room: str
    text: str
    asked: tuple[Asked, ...]
    across: Asked
    months: tuple[int, ...] = tuple(range(1, 13))


SMALL_EVENTS = (
    SmallEvent("ko", "best", "방금 아파트 전체 정전됐어 촛불 켜고 컵라면 먹는 중", (("when", "day", ("전기가 나가서 촛불 켰던 날이 언제였지?", "우리 아파트 정전된 게 언제야?")), ("lookup", "컵라면", ("정전됐을 때 내가 뭐 먹고 있었지?",))), ("when", "day", ("When was there a blackout in my building?",))),
    SmallEvent("ko", "best", "엘리베이터에 40분 갇혔다가 나왔어 경비 아저씨가 귤 주셨음", (("lookup", "40분", ("엘리베이터에 얼마나 오래 갇혀 있었지?",)), ("when", "day", ("엘리베이터에 갇혔던 날이 언제야?",))), ("when", "day", ("When was I stuck in an elevator?",))),
    SmallEvent("ko", "family", "저 오늘 헌혈 서른 번째 했어요 은장 받았어요", (("when", "day", ("헌혈 서른 번 채운 날이 언제야?", "은장 받은 헌혈 날짜가 언제지?")),), ("when", "day", ("When did I give blood for the thirtieth time?",))),
    SmallEvent("ko", "best", "길에서 배우 윤세림 봤어 모자 눌러쓰고 붕어빵 사더라", (("who", "윤세림", ("길에서 마주친 배우가 누구였지?",)), ("when", "day", ("연예인 윤세림 본 날이 언제야?",))), ("when", "day", ("When did I see the actor Yoon Serim on the street?",)), (11, 12, 1, 2)),
    SmallEvent("ko", "mother", "엄마 저 오늘 계단에서 넘어져서 발목 삐었어요 반깁스 2주래요", (("when", "day", ("발목 다친 날이 언제지?", "계단에서 넘어진 게 언제였어?")), ("lookup", "2주", ("발목 반깁스 얼마나 하라고 했지?",))), ("when", "day", ("When did I sprain my ankle on the stairs?",))),
    SmallEvent("ko", "best", "복권 오만원 당첨됐다 태어나서 처음이야", (("when", "day", ("복권 당첨된 게 언제였지?",)), ("lookup", "오만원", ("복권 얼마짜리 당첨됐었지?",))), ("when", "day", ("When did I win money in the lottery?",))),
    SmallEvent("ko", "college", "오늘 첫눈 맞으면서 남산까지 걸었다 발 꽁꽁", (("where", "남산", ("첫눈 오던 날 어디까지 걸어갔지?",)), ("when", "day", ("첫눈 맞으며 남산 간 날이 언제야?",))), ("when", "day", ("When did I walk up Namsan in the first snow?",)), (11, 12)),
    SmallEvent("ko", "hometown", "세탁기에 휴대폰 넣고 돌려버림 쌀통에 이틀째 넣어두는 중", (("where", "쌀통", ("세탁기에 돌린 휴대폰을 어디에 넣어뒀지?",)), ("when", "day", ("휴대폰을 세탁기에 돌린 게 언제야?",))), ("when", "day", ("When did my phone go through the wash?",))),
    SmallEvent("ko", "best", "면허 도로주행 세 번 만에 합격!! 감독관님이 웃으시더라", (("when", "day", ("운전면허 도로주행 붙은 날이 언제지?",)), ("lookup", "세 번", ("도로주행 몇 번 만에 붙었더라?",))), ("when", "day", ("When did I pass my driving test on the road?",))),
    SmallEvent("ko", "family", "오늘 회사에서 우수사원상 받았어요 상금은 삼십만원이래요", (("when", "day", ("회사에서 상 받은 날이 언제야?",)), ("lookup", "삼십만원", ("우수사원상 상금이 얼마였지?",))), ("when", "day", ("When did I get the employee award?",))),
    SmallEvent("ko", "best", "새벽에 페르세우스 유성우 봤다 한 시간에 열일곱 개", (("lookup", "열일곱", ("유성우 볼 때 별똥별을 몇 개나 봤지?",)), ("when", "day", ("유성우 본 날이 언제였지?",))), ("when", "day", ("When did I watch the meteor shower?",)), (8,)),
    SmallEvent("ko", "mother", "엄마 저 라디오에 사연 뽑혔어요 식용유 세트 보내준대요", (("lookup", "식용유", ("라디오 사연 뽑혀서 받은 상품이 뭐였지?",)), ("when", "day", ("라디오에 내 사연 나온 게 언제야?",))), ("when", "day", ("When was my letter read on the radio?",))),
    SmallEvent("en", "diary", "A heron landed on the office terrace and stayed for the whole stand-up meeting.", (("when", "day", ("When did a heron visit the office?", "On what day was there a heron on the terrace?")), ("lookup", "heron", ("Which bird joined our meeting on the terrace?",))), ("when", "day", ("회사 테라스에 왜가리가 온 날이 언제야?",))),
    SmallEvent("en", "expat", "just got stung by a wasp on my ear, at the post office of all places", (("where", "post office", ("Where was I when the wasp stung me?",)), ("when", "day", ("When did a wasp sting me?",))), ("when", "day", ("말벌에 쏘인 게 언제였지?",)), (7, 8, 9)),
    SmallEvent("en", "diary", "My flash fiction about a lighthouse came second in the library contest. Prize: a tote bag.", (("lookup", "tote bag", ("What did I win in the library's writing contest?",)), ("when", "day", ("When did my story come second in the contest?",)), ("lookup", "lighthouse", ("What was my prize-winning story about?",))), ("when", "day", ("도서관 글쓰기 대회에서 2등 한 날이 언제야?",))),
    SmallEvent("en", "hikers", "saw a wild boar on the ridge today, it looked at me, I looked at it, we both left", (("lookup", "boar", ("Which animal did I run into on the ridge?",)), ("when", "day", ("When did I meet a wild boar?",))), ("when", "day", ("산에서 멧돼지 마주친 게 언제지?",)), (4, 5, 9, 10, 11)),
    SmallEvent("en", "diary", "Gave blood pudding a second chance at the Spanish place. Never again.", (("lookup", "blood pudding", ("Which food did I give a second chance and regret?",)), ("when", "day", ("When did I try blood pudding again?",))), ("when", "day", ("스페인 식당에서 순대 같은 거 다시 먹어본 날이 언제야?",))),
    SmallEvent("en", "expat", "locked myself out in slippers, the locksmith took 90,000 won and ten seconds", (("lookup", "90,000", ("What did the locksmith charge me?",)), ("when", "day", ("When did I lock myself out?",))), ("when", "day", ("열쇠 없이 문이 잠겨서 열쇠공 부른 날이 언제야?",))),
    SmallEvent("en", "diary", "Interviewed by a student radio station about night buses. I said 'basically' eleven times.", (("lookup", "night buses", ("What was my radio interview about?",)), ("when", "day", ("When was I interviewed on the radio?",))), ("when", "day", ("학생 라디오에서 인터뷰한 게 언제였지?",))),
    SmallEvent("en", "hikers", "my hat blew off the cable car. somewhere a deer is wearing it", (("where", "cable car", ("Where did the wind take my hat?",)), ("when", "day", ("When did I lose my hat to the wind?",))), ("when", "day", ("케이블카에서 모자 날아간 날이 언제야?",)), (4, 5, 9, 10)),
    SmallEvent("en", "diary", "Planted three tomato seedlings on the roof with the neighbour from 302. Named them all Gerald.", (("lookup", "Gerald", ("What did I name the tomato plants?",)), ("when", "day", ("When did I plant tomatoes on the roof?",))), ("when", "day", ("옥상에 토마토 모종 심은 날이 언제지?",)), (4, 5)),
    SmallEvent("en", "expat", "the fortune teller at the market said I will marry a dentist or own a boat", (("lookup", "boat", ("What did the fortune teller say I would own?",)), ("when", "day", ("When did I visit the fortune teller?",))), ("when", "day", ("시장에서 점 본 날이 언제였지?",))),
    SmallEvent("en", "diary", "Small earthquake at lunch: magnitude 3.4 said the phone, the soup moved first.", (("lookup", "3.4", ("How strong was the earthquake I felt at lunch?",)), ("when", "day", ("When did I feel an earthquake?",))), ("when", "day", ("점심 먹다가 지진 느낀 날이 언제야?",))),
    SmallEvent("en", "hikers", "finally made it to the top of Seoraksan, fog so thick we photographed our own boots", (("when", "day", ("When did I reach the summit of Seoraksan?",)), ("lookup", "fog", ("What spoiled the view on Seoraksan?",))), ("when", "day", ("설악산 정상에 오른 날이 언제지?",)), (5, 6, 9, 10)),
)
