"""A trip abroad with friends, whose flight was moved by two days."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.korean import date_en, date_ko, month_en
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.places import Place
from darak.sample.teller import Teller

# Where, its best sight, the dish that all remember.
TRIPS = (
    (Place(Both("리스본", "Lisbon"), 38.72, -9.14), Both("벨렝탑", "Belém Tower"), Both("에그타르트", "custard tarts")),
    (Place(Both("타이베이", "Taipei"), 25.03, 121.56), Both("임가화원", "the Lin family garden"), Both("우육면", "beef noodles")),
    (Place(Both("호이안", "Hoi An"), 15.88, 108.33), Both("내원교", "the covered bridge"), Both("까오러우", "cao lau")),
    (Place(Both("류블랴나", "Ljubljana"), 46.05, 14.51), Both("용 다리", "the Dragon Bridge"), Both("버섯 수프", "mushroom soup")),
    (Place(Both("발렌시아", "Valencia"), 39.47, -0.38), Both("중앙시장", "the Central Market"), Both("파에야", "paella")),
    (Place(Both("치앙마이", "Chiang Mai"), 18.79, 98.99), Both("도이수텝", "Doi Suthep"), Both("카오소이", "khao soi")),
    (Place(Both("포르투", "Porto"), 41.15, -8.61), Both("루이스 다리", "the Luís bridge"), Both("문어밥", "octopus rice")),
)  # fmt: skip
HOTELS = (
    Both("호텔 아줄", "Hotel Azul"), Both("게스트하우스 라르고", "Guesthouse Largo"), Both("카사 올리바", "Casa Oliva"),
    Both("리버게이트 호스텔", "Rivergate Hostel"),
)  # fmt: skip
NEVER = (Both("오키나와", "Okinawa"), Both("멜버른", "Melbourne"), Both("이스탄불", "Istanbul"), Both("카이로", "Cairo"))
WEEKENDS = ("강릉", "통영", "포항", "여수", "속초", "삼척")


def tell(life: Life) -> None:
    t = Teller(life, "trip")
    place, sight, dish = t.pick(TRIPS)
    t.draw(hotel=HOTELS, never=NEVER)
    month = life.until.month
    year = life.until.year - 1
    out = date(year, t.pick((4, 5, 6, 9, 10)), 5)
    if month < 6:
        out = out.replace(year=year - 1)
    planned, nights = out - timedelta(days=2), t.pick((5, 6, 7, 8))
    back = out + timedelta(days=nights)
    t.values |= {"place": place, "sight": sight, "dish": dish, "nights": str(nights), "planned": Both(date_ko(planned), date_en(planned)), "out": Both(date_ko(out), date_en(out))}
    t.values |= {"short_planned": _short(planned), "short_out": _short(out)}
    changes = _plan(t, planned, out, back)
    memories = _days(t, place, out, nights)
    _ask(t, out, nights, changes, memories)
    for years in (7.6, 3.3, 0.5):
        t.talk("best", t.at(t.day(years, 40, "5"), 13), (
            ("me", "{town} 왔는데 {바람이 좋네|바다가 예쁘다|사람이 많네}"),
            ("best_friend", "{누구랑|혼자?|좋겠다} {맛있는 거 먹고 와|사진 보내}"),
        ), town=t.pick(WEEKENDS))  # fmt: skip
    for years in (5.2, 1.9):
        t.talk("family", t.at(t.day(years, 40, "5"), 13), (
            ("me", "{town} 왔어요 {바람이 좋네요|바다가 예뻐요|오징어 사갈게요}"),
            ("father", "{운전 조심하고|잘 쉬다 와라}"),
        ), town=t.pick(WEEKENDS))  # fmt: skip


def _short(day: date) -> Both:
    """A date as one says it among friends: without the year."""
    return Both(f"{day.month}월 {day.day}일", f"{day.day} {month_en(day.month)}")


def _plan(t: Teller, planned: date, out: date, back: date) -> list[Evidence]:
    booked = out - timedelta(days=90)
    airline = ("Larkline Air", "booking@larkline.example")
    first, booking = t.mail(
        t.at(booked, 10, 20), airline, "Your booking to {place} is confirmed",
        "Dear {me.full},\n\nyour flight to {place} leaves on {planned} at 10:40. Three passengers: {me.full}, {travel_friend.full}, {best_friend.full}.\n\nThank you for flying Larkline.",
        labels=("받은편지함", "여행"), html=True,
    )  # fmt: skip
    _, moved = t.mail(
        t.at(out - timedelta(days=33), 9, 18), airline, "Schedule change: your flight to {place}",
        "Dear {me.full},\n\nwe are sorry: your flight to {place} on {planned} has been moved. The new departure is {out} at 13:05. Your seats stay the same.\n\nLarkline Air",
        reply_to=first, labels=("받은편지함", "여행"), html=True,
    )  # fmt: skip
    told = t.talk("best", t.at(out - timedelta(days=32), 20), (
        ("me", "항공사에서 연락 왔는데 {place} 가는 비행기가 {short_planned}에서 {short_out}{으로} 밀렸대"),
        ("best_friend", "{헐|아 진짜} 휴가 다시 써야겠네 {laugh}"),
        ("me", "숙소는 {hotel}{으로} 그대로 옮겨놨어 {nights}박"),
    ))  # fmt: skip
    group = t.talk("hikers", t.at(out - timedelta(days=31), 12), (
        ("me", "heads up: {place} flight moved from {short_planned} to {short_out}, I rebooked {hotel} for {nights} nights"),
        ("travel_friend", "{fine by me|two more days to pack}! {can't wait|bringing cards}"),
    ))  # fmt: skip
    trip = t.event("{place} 여행 ({travel_friend}, {best_friend})", out, days=(back - out).days + 1, place="{place}")
    return [moved, told[0], group[0], trip, told[2], booking]


def _days(t: Teller, place: Place, out: date, nights: int) -> list[Evidence]:
    cast = t.life.cast
    second = out + timedelta(days=2)
    sight = t.photo(t.at(second, 11), t.word("{sight}, finally"), place, (cast.travel_friend, cast.best_friend))
    dinner = t.diary(second, "{place}: {sight} in the morning with {travel_friend} and {best_friend}, then the best meal of the trip, {dish}. {My feet hurt and I do not care|We stayed until they put the chairs up}.")
    chat = t.talk("mother", t.at(second, 21), (
        ("me", "엄마 여기 {place}예요. {travel_friend}, {best_friend}{이랑} {sight} 보고 {dish} 먹었는데 이번 여행에서 제일 맛있었어요"),
        ("mother", "{조심히 다녀라|좋겠다 많이 먹어라} 사진 보내고"),
    ))  # fmt: skip
    for offset in range(nights):
        t.photo(t.at(out + timedelta(days=offset), 9, 20), t.pick(("골목", "숙소 창밖", "a tram", "market stall", "저녁 하늘")), place)
    return [dinner, chat[0], sight]


def _ask(t: Teller, out: date, nights: int, changes: list[Evidence], memories: list[Evidence]) -> None:
    cast = t.life.cast
    t.ask("when", [gold.day(out)], [*changes[:4], *memories],
          ko=("{place} 여행 결국 며칠에 출발했지?", "{place} 가는 비행기 바뀐 뒤 날짜가 언제야?", "{place}{으로} 떠난 날이 언제였어?"),
          en=("On what date did we fly to {place} in the end?", "When did I leave for {place}?"), both=True)
    t.ask("when", [gold.day(out - timedelta(days=2))], changes[:3],
          ko="{place} 가는 비행기가 바뀌기 전에는 원래 며칠 출발이었지?", en="What was the original departure date of our flight to {place}?")
    t.ask("who", [gold.who(cast.travel_friend), gold.who(cast.best_friend)], [*memories, changes[3], changes[5]],
          ko=("{place} 여행 누구랑 같이 갔지?", "{sight} 볼 때 같이 있었던 사람이 누구야?"),
          en=("Who came along to {place}?", "Who was with me at {sight}?"), both=True)
    t.ask("where", [t.forms("hotel")], [changes[4], changes[2]],
          ko=("{place}에서 어디 묵었어?", "{place} 숙소 이름이 뭐였지?"), en=("Where did we stay in {place}?", "What was the name of our hotel in {place}?"))
    t.ask("lookup", [t.forms("dish")], memories[:2],
          ko=("{place} 여행에서 제일 맛있게 먹은 게 뭐였지?", "{place}에서 뭐가 제일 맛있었어?"),
          en=("What was the best thing we ate in {place}?", "Which dish did I like most in {place}?"))
    t.ask("lookup", [(gold.number(nights), f"{nights}박", f"{nights} nights")], [changes[4], changes[2], changes[3]],
          ko=("{place}에서 몇 박 했어?", "{place} 숙소를 며칠 밤 잡았지?"), en=("How many nights did we book in {place}?", "For how many nights did we stay in {place}?"))
    t.ask("how_long_since", [gold.span(out, t.life.until)], [*changes[:4], *memories], ko=("{place} 다녀온 지 얼마나 됐지?", "{place} 여행 간 지 얼마나 지났어?"), en=("How long ago was the trip to {place}?", "How long has it been since I flew to {place}?"))
    t.ask_nothing("when", ko="{never} 여행 언제 갔지?", en="When did I travel to {never}?")
    t.ask_nothing("who", ko="{never}에 누구랑 갔더라?", en="Who went to {never} with me?")
    t.ask_nothing("lookup", ko="{place}에서 잃어버린 물건이 뭐였지?", en="What was stolen from me in {place}?")
