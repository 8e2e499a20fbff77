"""A book that a friend recommended, and what the reading club read."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

RECOMMENDED = ("유리 온실의 겨울", "낙타가 있던 자리", "소금 상인의 딸", "열한 개의 창문", "구름을 세는 직업")
RECOMMENDED_EN = ("The Glass Ferryman", "A Year Without Maps", "The Lantern Keeper's Debt", "Eleven Winters", "The Beekeeper of Sorrow Street")
CLUB = ("바람의 사전", "달팽이 우체부", "이름 없는 골목", "푸른 시계", "종이 위의 섬", "두 번째 항구", "모래의 방", "은빛 계단", "느티나무 아래서", "편지의 끝")


def tell(life: Life) -> None:
    t = Teller(life, "books")
    t.draw(book_ko=RECOMMENDED, book_en=RECOMMENDED_EN)
    _korean(t)
    _english(t)
    _club(t)
    t.ask_nothing("who", ko="『{book_ko}』{을} 영화로 같이 본 사람이 누구지?", en="Who borrowed my copy of {book_en}?", both=True)


def _korean(t: Teller) -> None:
    day = t.day(2.8, 60)
    done = day + timedelta(days=t.rng.randint(12, 40))
    told = t.talk("college", t.at(day, 22), (
        ("college_friend", "요즘 『{book_ko}』 읽는데 {이건 꼭 읽어봐|밤새 읽었다} {인생책이야|너 취향이야}"),
        ("me", "오 {도서관에 있나 볼게|바로 주문한다}"),
    ))  # fmt: skip
    note = t.note(t.at(done, 22), "독서 메모 - {book_ko}", "『{book_ko}』 다 읽음. {college_friend.full}{이} 권해준 책.\n\n- {마지막 장에서 울었다|앞부분은 느리지만 뒤가 좋다}\n- 별 {네 개|다섯 개}", "Books", ("book",))
    t.ask("who", [gold.who(t.life.cast.college_friend)], [told[0], note], ko=("『{book_ko}』 추천해준 사람이 누구였지?", "나한테 『{book_ko}』 읽어보라고 한 게 누구야?"))
    t.ask("when", [gold.day(done)], [note], ko=("『{book_ko}』 다 읽은 날이 언제야?", "『{book_ko}』 완독한 게 며칠이었지?"))
    t.ask("lookup", [(str(t.values["book_ko"]),)], [told[0], note], ko=("{college_friend.full}{이} 나한테 권한 책 제목이 뭐였지?", "대학 친구 {college_friend.called}{이} 꼭 읽으라고 한 책이 뭐야?"))


def _english(t: Teller) -> None:
    day = t.day(1.9, 60)
    told = t.talk("hikers", t.at(day, 20), (
        ("hiking_friend", "everyone stop what you're doing and read {book_en}. {I cried on the bus|it has the best ending}"),
        ("me", "{on my list|ordering it}, thanks {hiking_friend}"),
    ))  # fmt: skip
    t.ask("who", [gold.who(t.life.cast.hiking_friend)], [told[0]], en=("Who recommended {book_en} to me?", "Which friend told us to read {book_en}?"))
    t.ask("lookup", [(str(t.values["book_en"]),)], [told[0]], en=("Which book did {hiking_friend.full} recommend?", "What did {hiking_friend} say we should read?"))


def _club(t: Teller) -> None:
    year = t.life.until.year - 1
    titles = t.rng.sample(CLUB, 9)
    evidence: list[Evidence] = []
    for number, title in enumerate(titles):
        when = date(year - (number < 4), 2 + 2 * (number if number < 4 else number - 4), 14)
        evidence.append(t.event("독서모임 『{title}』", t.at(when, 19), hours=2, place="{club_room}", fill={"title": title, "club_room": "모퉁이서점 2층"}))
    within, read = evidence[4:], titles[4:]
    t.ask("list", [(title,) for title in read], within, ko=("{year}년에 독서모임에서 읽은 책 제목을 다 알려줘", "{year}년 독서모임 책 목록이 뭐였지?"), year=str(year))
    t.ask("count", [(gold.number(len(read)),)], within, ko=("{year}년에 독서모임이 몇 번 열렸어?", "{year}년 한 해 동안 독서모임에 몇 번 나갔지?"), year=str(year))
