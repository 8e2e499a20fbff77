"""Gifts given and received."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

FOR_MOTHER = (Both("안마기", "a massager"), Both("진주 귀걸이", "pearl earrings"), Both("등산화", "hiking boots"), Both("캐시미어 머플러", "a cashmere scarf"))
FROM_FRIEND = (Both("턴테이블", "a turntable"), Both("도자기 찻잔 세트", "a set of ceramic teacups"), Both("별자리 조명", "a star lamp"), Both("자수 에코백", "an embroidered tote bag"))
FROM_FOREIGN = ("a jar of homemade marmalade", "a hand-drawn map of the old town", "a pair of mittens", "a cookbook with notes in the margin")
SHOPS = ("우정백화점", "은하백화점", "손끝공방")


def tell(life: Life) -> None:
    t = Teller(life, "gifts")
    t.draw(present=FOR_MOTHER, mine=FROM_FRIEND, theirs=FROM_FOREIGN, shop=SHOPS)
    amount = t.rng.randrange(79_000, 320_000, 1000)
    month, number = life.cast.mother.birthday
    party = date(life.until.year - 3, month, number)
    bought = t.buy(t.at(party, 12), str(t.values["shop"]), "선물 gift", amount)
    thanks = t.talk("mother", t.at(party, 21), (
        ("me", "엄마 생신 축하드려요! {present} 마음에 드세요?"),
        ("mother", "{뭐 이런 걸 다|비싼 거 아니니} {present}{은} 처음 받아본다 고맙다"),
    ))  # fmt: skip
    month, number = life.cast.owner.birthday
    mine = date(life.until.year - 2, month, number)
    got = t.talk("best", t.at(mine, 22), (
        ("me", "{best_friend}{아} {mine} 진짜 고마워ㅠㅠ {평생 쓸게|아까워서 어떻게 써} 최고의 생일이야"),
        ("best_friend", "{네가 저번에 예쁘다고 했잖아|고르느라 힘들었다} {laugh} 생일 축하해!"),
    ))  # fmt: skip
    mailbox = t.diary(mine, "A parcel from {travel_friend.full} for my birthday: {theirs}. {I nearly cried at the post office|However did it get through customs}.")
    other = date(life.until.year - 4, month, number)
    t.talk("hometown", t.at(other, 20), (("hometown_friend", "생일 축하해!! {커피 쿠폰|치킨 쿠폰} 보냈어"), ("me", "{고마워|역시 너밖에 없다} {laugh}")))
    year = str(party.year)
    t.ask("lookup", [t.forms("present")], thanks, ko=("{year}년 엄마 생신 때 내가 뭐 드렸지?", "엄마 생일 선물로 {year}년에 뭘 해드렸어?"), year=year)
    t.ask("lookup", [gold.money(amount)], [bought], ko=("{year}년에 {shop}에서 산 엄마 생신 선물 얼마였어?",), en="How much did I pay at {shop} in {year}?", year=year)
    t.ask("lookup", [t.forms("mine")], [got[0]], ko=("{best_friend.called}{이} 내 생일에 뭐 선물해줬지?", "{year}년 생일에 {best_friend}한테 받은 게 뭐야?"), year=str(mine.year))
    t.ask("who", [gold.who(life.cast.best_friend)], [got[0]], ko=("나한테 {mine} 선물해준 사람이 누구였지?", "{mine} 누가 준 거였더라?"))
    t.ask("lookup", [t.forms("theirs")], [mailbox], en=("What did {travel_friend} send me for my birthday in {year}?", "What was in {travel_friend}'s birthday parcel?"), year=str(mine.year))
    t.ask("who", [gold.who(life.cast.travel_friend)], [mailbox], en=("Who gave me {theirs}?", "From whom did I get {theirs}?"))
    t.ask_nothing("lookup", ko=("{first_lead.full} 팀장님이 내 생일에 뭘 줬지?", "내가 {college_friend.full} 생일에 뭐 선물했더라?"), en="What did {second_manager.full} give me for my birthday?", both=True)
