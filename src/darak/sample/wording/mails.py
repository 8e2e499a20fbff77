"""Mails of ordinary days: newsletters, notices, receipts, work threads and letters."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

# (sender name, address, subject, body)
NEWSLETTERS = (
    ("아침노트", "letter@morningnote.example", "[아침노트] {오늘의 문장|이번 주의 질문|작은 습관}",
     "안녕하세요, 아침노트입니다.\n\n오늘은 {기다림|아침 산책|오래된 물건|비 오는 날|정리}에 대한 이야기를 골랐습니다. 책 『{book}』에서 한 대목을 옮깁니다.\n\n"
     "{천천히 걷는 사람만 보는 것이 있다|남은 것보다 지나간 것이 우리를 만든다|집은 사람이 매일 다시 짓는 것이다}.\n\n이번 주도 {가볍게|든든하게} 시작하세요."),
    ("도시텃밭레터", "hello@citygarden.example", "{month}월의 텃밭 일기", "이번 주에는 {모종 고르기|거름 만들기|벌레 막기|씨앗 갈무리|화분 옮기기} 이야기를 전합니다.\n\n"
     "물은 {아침에|해 질 무렵에} 주는 것이 좋습니다. {plant}{을} 키우는 독자의 사진도 실었습니다."),
    ("The Weekly Pixel", "news@weeklypixel.example", "The Weekly Pixel #{issue}",
     "Hello again,\n\nThis week: {a tiny tool for big tables|why charts lie|designing for tired people|how to say no to a feature}.\n\n"
     "We also liked the book {book}. {Reply and tell us what you are reading.|See you next week.}"),
    ("Long Reads Club", "post@longreads-club.example", "Your long read of the week",
     "A long piece about {an island with one bus|the last map maker|people who bake at night|a bridge that nobody owns|the sleep of swifts|a town that moved uphill}.\n\nReading time {12|15|21} minutes."),
    ("동네서점 모퉁이", "corner@bookshop.example", "[모퉁이] 새로 들어온 책",
     "새로 들어온 책을 알려드립니다.\n\n『{book}』, 그리고 {시집|그림책|사진집|산문집} {두|세} 권\n\n{토요일|일요일} 오후에는 {낭독회|작은 음악회|헌책 장터}가 있습니다."),
)  # fmt: skip

NOTICES = (
    ("빠른택배", "noreply@fastparcel.example", "[빠른택배] 물품이 배송 완료되었습니다",
     "{me.full}님, 주문하신 {thing}{이} {문 앞|경비실|무인택배함}에 배송되었습니다.\n\n운송장 번호 {parcel}"),
    ("시민도서관", "info@citylib.example", "[시민도서관] 대출 도서 반납 안내",
     "{me.full}님이 빌리신 『{book}』의 반납일이 {이틀|사흘} 남았습니다.\n\n연장은 한 번만 가능합니다."),
    ("Parcelbird", "track@parcelbird.example", "Your {thing} is on its way",
     "Hi {me},\n\nyour {thing} has left the warehouse. Tracking number {parcel}.\n\nParcelbird"),
    ("Cloudnest", "billing@cloudnest.example", "Your storage is {71|78|83|88}% full",
     "Hi {me},\n\nyou are using most of your photo storage. {Review large files|Empty the bin} to make room."),
)  # fmt: skip

# On a day of each month.
BILLS = (
    (5, ("한결카드", "notice@hangyeol-card.example", "[한결카드] {month}월 이용대금 명세서",
     "{me.full} 고객님, {month}월 결제하실 금액은 {amount}원입니다.\n\n결제일은 매월 14일이며 등록하신 계좌에서 출금됩니다.")),
    (19, ("관리사무소", "office@apt-manage.example", "{month}월 관리비 고지서",
     "{month}월 관리비는 {fee}원입니다. 납기일은 말일입니다.\n\n{엘리베이터 점검|물탱크 청소|소독}{은} {넷째 주에|다음 달 첫째 주에} 있습니다.")),
)  # fmt: skip

# A thread: subject, then alternating mails; the first is from a colleague or client.
WORK_THREADS_KO = (
    ("{client} {task} 관련 문의", (
        "안녕하세요, {me.full}님.\n\n{client} 건으로 {task} 일정을 여쭙니다. {이번 주|다음 주} 안에 받아볼 수 있을까요?\n\n감사합니다.",
        "안녕하세요.\n\n말씀하신 {task}{은} {내일|모레|금요일} 오전에 보내드리겠습니다. 확인 부탁드립니다.\n\n{me.full} 드림",
        "네 감사합니다. 받는 대로 {team}에 전달하겠습니다.")),
    ("[공유] {task} 초안", (
        "{me.full}님, {task} 초안 첨부드립니다.\n\n{표 두 번째 줄|4페이지 그래프|맨 뒤 부록}{을} 봐주시면 좋겠습니다.",
        "확인했습니다. {숫자 하나만 고치면 될 것 같습니다|전체적으로 좋습니다|문구를 조금 다듬어 보냈습니다}.")),
    ("{weekday} 회의 안건", (
        "안녕하세요.\n\n{weekday} 회의 안건입니다.\n1. {task} 검토\n2. {client} 요청 사항\n3. 기타\n\n추가할 것이 있으면 회신 부탁드립니다.",)),
    ("{team} 협조 요청", (
        "안녕하세요 {team}입니다.\n\n{task}에 필요한 자료를 {오늘|내일|이번 주}까지 부탁드립니다.",
        "안녕하세요. 자료 공유 폴더에 올려두었습니다. 권한이 없으면 말씀해 주세요.",
        "잘 받았습니다. 빠른 회신 감사합니다.")),
)  # fmt: skip
WORK_THREADS_EN = (
    ("{client}: {task}", (
        "Hi {me},\n\n{client} is asking about {task}. Could we send something by {weekday}?\n\nThanks",
        "Hi,\n\nyes, {weekday} works. I will send a first version of {task} and we can iterate.\n\nBest,\n{me}",
        "Great, thank you. I will let {client} know.")),
    ("Notes from the {client} call", (
        "Hi all,\n\nshort notes from the call:\n- they like the {dashboard|export|new report}\n- they need {single sign-on|a sandbox|monthly invoices} by {summer|autumn|the new year}\n- next call on {weekday}",
        "Thanks for writing this up. I will follow up on the second point.")),
    ("{task} review", (
        "Hello {me},\n\ncould you review {task} before {weekday}? {The middle part is still rough.|Mostly wording.}",
        "Done. I left {three|five|a few} comments; the structure is fine.")),
    ("Team lunch on {weekday}", (
        "Hi everyone,\n\nlunch on {weekday}, {food} this time. Please tell me about allergies.",
        "Count me in. No allergies here.")),
)  # fmt: skip

LETTERS_EN = (
    ("{Hello from|Greetings from|News from} {home|the other side|my kitchen table}", (
        "Dear {me},\n\nit has been {too long|a while}. {The garden is finally growing|We painted the hallway green|I changed desks and now I see a tree}. "
        "I am reading {book} and thinking of our talk at {the market|the café|the river}.\n\nWrite when you can,\n{friend}",
        "Dear {friend},\n\nthank you for your letter. {Work is busy but fine|I sleep better now|The days go quickly}. "
        "I watched {film} last week and you would hate it.\n\nTalk soon,\n{me}")),
    ("That {book} article", (
        "Hey,\n\nhere is the article about {book} I mentioned. {Page two is the good part.|Ignore the ads.}\n\n{friend}",
        "Thanks! Saved it for the train.")),
)  # fmt: skip
LETTERS_KO = (
    ("{잘 지내지?|오랜만이야|안부}", (
        "{me.called}에게\n\n오랜만에 메일 쓴다. {요즘 {hobby}{을} 시작했는데 생각보다 재밌어|회사 옮기고 정신이 없었어|여긴 벌써 선선하다}. "
        "너 좋아하던 {song} 들을 때마다 생각나더라.\n\n{언제 밥 먹자|답장 천천히 해}.\n{friend}",
        "{friend.called}에게\n\n메일 반갑다. 나도 {그럭저럭|별일 없이} 지내. {주말엔 {book} 읽는 중이야|요즘 {feeling}}.\n\n곧 보자.")),
)  # fmt: skip
