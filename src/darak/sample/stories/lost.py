"""Something lost and found again; another thing was never found."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

ITEMS = (Both("지갑", "wallet"), Both("필름카메라", "film camera"), Both("이어폰", "earbuds"), Both("만년 다이어리", "planner"), Both("은반지", "silver ring"))
PLACES = (
    Both("버스 분실물센터", "the bus lost property office"), Both("세탁소 카운터", "the counter of the dry cleaner"),
    Both("겨울 코트 안주머니", "the inner pocket of my winter coat"), Both("도서관 2층 안내데스크", "the second floor desk of the library"),
    Both("소파 틈새", "the gap of the sofa"),
)  # fmt: skip
GONE = (Both("접이식 우산", "folding umbrella"), Both("회색 목도리", "grey scarf"), Both("자전거 헬멧", "bicycle helmet"))


def tell(life: Life) -> None:
    t = Teller(life, "lost")
    t.draw(item=ITEMS, place=PLACES, gone=GONE)
    lost = t.day(4.2, 60)
    found = lost + timedelta(days=t.rng.randint(4, 24))
    gone = t.day(1.8, 60)
    missing = t.talk("best", t.at(lost, 21), (
        ("me", "나 {item} 잃어버린 것 같아 {ㅠㅠ|망했다} {아침까지는 있었는데|가방을 다 뒤져도 없어}"),
        ("best_friend", "{차분히 생각해봐|오늘 갔던 데 전화해봐} 어디 흘렸을 거야"),
    ))  # fmt: skip
    worry = t.diary(lost, "The {item} is lost. {Retraced my steps twice|Turned every pocket inside out}. {Nothing|I feel sick about it}.")
    back = t.talk("best", t.at(found, 19), (
        ("me", "찾았다!!! {place}에 있었어 {item} {hometown_friend.called}{이} 알려줘서 알았어"),
        ("best_friend", "{다행이다 진짜|거봐 내가 뭐랬어} {laugh}"),
    ))  # fmt: skip
    relief = t.diary(found, "Found it: {item}, in {place} all along. {hometown_friend.full} had the right hunch.")
    never = t.diary(gone, "My {gone} is gone for good. {Called the café, the bus company, everybody|I shall buy a cheaper one}.")
    told = t.talk("best", t.at(gone, 20), (("me", "{gone} 잃어버렸어 {이번엔 포기|전화 다 돌렸는데 없대}"), ("best_friend", "{새로 사|액땜했다 치자}")))
    t.ask("where", [t.forms("place")], [back[0], relief],
          ko=("없어졌던 {item} 결국 어디서 나왔지?", "{item} 어디서 찾았더라?"),
          en=("Where did the lost {item} turn up?", "Where was it when I finally found the {item}?"), both=True)
    t.ask("when", [gold.day(lost)], [missing[0], worry],
          ko=("{item} 잃어버린 날이 언제야?", "{item}{이} 없어진 걸 안 게 언제였지?"), en=("When did I lose the {item}?", "On what day did the {item} go missing?"))
    t.ask("how_long_between", [gold.span(lost, found)], [missing[0], back[0], worry, relief],
          ko="{item} 잃어버리고 찾을 때까지 며칠 걸렸어?", en=("How many days was the {item} missing before I found it?", "How long did it take until the lost {item} turned up?"))
    t.ask("who", [gold.who(life.cast.hometown_friend)], [back[0], relief], ko=("{item} 있는 곳을 알려준 사람이 누구였지?", "누구 덕분에 {item}{을} 찾았지?"), en=("Whose hunch led me to the lost {item}?", "Thanks to whom did I find the {item} again?"))
    t.ask("when", [gold.day(gone)], [never, told[0]], ko=("{gone} 잃어버린 게 언제지?", "{gone}{을} 결국 못 찾은 게 언제 일이지?"), en=("When did my {gone} disappear?", "When did I lose my {gone}?"))
    t.ask_nothing("where", ko=("잃어버린 여권 어디서 찾았지?", "{gone} 어디서 찾았어?"), en=("Where did I find my {gone} again?", "Where did I leave my passport?"), both=True)
