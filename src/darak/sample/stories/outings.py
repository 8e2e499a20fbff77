"""Single outings with somebody: a concert, a race, a bicycle, a reunion."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.body import run_on
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

BANDS = (Both("푸른밤 밴드", "Blue Night Band"), Both("안개소년", "Fog Boy"), Both("더 램프", "Lamplight"), Both("세모와 네모", "Triangle & Square"))
STAGES = (Both("달빛소극장", "Moonlight Theatre"), Both("무지개홀", "Rainbow Hall"), Both("강변야외무대", "the riverside stage"))
RACES = (Both("강변 10K", "the Riverside 10K"), Both("별빛 10K", "the Starlight 10K"), Both("나눔 10K 마라톤", "the Nanum 10K"))
BIKES = (("바람 7", "Baram 7"), ("Gravelbird 2", "Gravelbird 2"), ("도시산책 S", "Dosi S"))
BIKE_SHOPS = (Both("두바퀴공방", "Two Wheels Workshop"), Both("페달상회", "Pedal & Co"), Both("구름자전거", "Cloud Cycles"))
TEACHERS = ("국어 선생님", "체육 선생님", "담임 선생님")


def tell(life: Life) -> None:
    t = Teller(life, "outings")
    bike = t.pick(BIKES)
    t.draw(band=BANDS, stage=STAGES, race=RACES, shop=BIKE_SHOPS, teacher_of=TEACHERS)
    t.values["bike"] = Both(*bike)
    _concert(t)
    _race(t)
    _bicycle(t)
    _reunion(t)


def _concert(t: Teller) -> None:
    day, cast = t.day(2.0, 80, "456"), t.life.cast
    told = t.talk("best", t.at(day, 23), (
        ("me", "{band} 공연 보고 왔다 {stage}에서 했는데 {귀가 먹먹해|앵콜을 세 곡이나 했어} {hometown_friend.called}랑 {첫 줄이었어|목이 쉬었어}"),
        ("best_friend", "{부럽다|나도 데려가지} 다음엔 나도!"),
    ))  # fmt: skip
    photo = t.photo(t.at(day, 20), t.word("{band} live at {stage}"), t.life.course.city.parks[0], (cast.hometown_friend,))
    diary = t.diary(day, "Saw {band} at {stage} with {hometown_friend.full}. {Ears still ringing|Three encores and a broken string}.")
    all_ = [told[0], diary, photo]
    t.ask("who", [gold.who(cast.hometown_friend)], all_, ko=("{band} 공연 누구랑 봤지?", "{band} 콘서트 같이 간 사람이 누구야?"), en=("Who went to the {band} concert with me?", "With whom did I see {band} play?"))
    t.ask("where", [t.forms("stage")], all_, ko=("{band} 공연장이 어디였지?", "{band} 어디서 봤더라?"), en=("Where did I see {band} live?", "In which venue did {band} play?"))
    t.ask("when", [gold.day(day)], all_, ko=("{band} 보러 간 날이 언제야?",), en="When was the {band} concert?")
    t.ask_nothing("who", ko="{band} 팬미팅 같이 간 사람이 누구지?", en="Who signed my {band} record?")


def _race(t: Teller) -> None:
    day, cast = t.day(1.4, 80, "6"), t.life.cast
    minutes, seconds = t.rng.randint(52, 59), t.rng.randint(0, 59)
    finish = Both(f"{minutes}분 {seconds}초", f"{minutes}:{seconds:02}")
    bib = str(t.rng.randint(1000, 9999))
    run_on(t.life, day, t.at(day, 9), 10.04, minutes + seconds / 60)
    t.values |= {"finish": finish, "bib": bib}
    _, mail = t.mail(t.at(day - timedelta(days=14), 10), ("러닝코리아 사무국", "race@runningkorea.example"), "[안내] {race} 배번 안내", "{me.full}님의 {race} 배번은 {bib}번입니다.\n\n출발 1시간 전까지 도착해 주세요.", labels=("받은편지함",))
    told = t.talk("best", t.at(day, 13), (
        ("me", "{race} 완주!! 기록 {finish} {다리가 안 움직여|메달 무겁다}"),
        ("best_friend", "{미쳤다 대단해|와 목표 깼네} {오늘은 고기 먹어|푹 쉬어}"),
    ))  # fmt: skip
    diary = t.diary(day, "Finished {race} in {finish}. {expat_friend.full} ran {the last kilometre|the whole way} beside me and carried my jacket.")
    t.ask("lookup", [gold.words(finish)], [told[0], diary], ko=("{race} 기록이 얼마였지?", "{race} 완주하는 데 얼마나 걸렸어?"), en=("What was my finishing time in {race}?", "How fast did I finish {race}?"))
    t.ask("when", [gold.day(day)], [told[0], diary], ko="{race} 뛴 날이 언제야?", en="When did I run {race}?")
    t.ask("lookup", [(bib,)], [mail], ko="{race} 배번이 몇 번이었지?")
    t.ask("who", [gold.who(cast.expat_friend)], [diary], en=("Who ran with me in {race}?", "Who kept me company during {race}?"))


def _bicycle(t: Teller) -> None:
    day = t.day(3.6, 80, "56")
    price = t.rng.randrange(420_000, 1_450_000, 10_000)
    t.values["price"] = price
    told = t.talk("college", t.at(day, 19), (
        ("me", "자전거 샀다 {bike} {shop}에서 {price}원 {할부지만|큰맘 먹었다}"),
        ("best_friend", "{오오 색이 뭐야|강변 달리자}"), ("soundalike", "{헬멧도 꼭 사라|도난 조심해}"),
    ))  # fmt: skip
    diary = t.diary(day, "I own a bicycle again: a {bike} from {shop}, {price} won. {Rode home grinning|The bell sounds like a teacup}.")
    t.buy(t.at(day, 15), _korean(t), "자전거 bicycle", price)
    t.ask("where", [t.forms("shop")], [told[0], diary], ko=("내 자전거 어디서 샀지?", "자전거 산 가게 이름이 뭐야?"), en=("Where did I buy my bicycle?", "Which shop did my bike come from?"))
    t.ask("lookup", [(gold.number(price),)], [told[0], diary], ko=("자전거 얼마 주고 샀어?", "내 자전거 값이 얼마였지?"), en=("How much did I pay for the bicycle?", "What did my bicycle cost?"))
    t.ask("when", [gold.day(day)], [told[0], diary], ko=("자전거 산 날이 언제야?", "자전거 새로 장만한 게 언제지?"), en=("When did I buy the bicycle?", "On what date did I get my bicycle?"))


def _korean(t: Teller) -> str:
    shop = t.values["shop"]
    assert isinstance(shop, Both)
    return shop.ko


def _reunion(t: Teller) -> None:
    day = t.day(0.9, 50, "5")
    told = t.talk("hometown", t.at(day, 23), (
        ("me", "오늘 고등학교 동창회 {재밌었다|반가웠다} {teacher_of}도 오시고"),
        ("hometown_friend", "그니까 {10년 만에|졸업하고 처음} 본 애들도 있고 {회비 3만원 아깝지 않더라|2차는 못 갔다}"),
    ))  # fmt: skip
    entry = t.event("고등학교 동창회", t.at(day, 18), hours=3, place="포차마당 2층")
    t.ask("when", [gold.day(day)], [told[0], entry], ko=("고등학교 동창회가 언제였지?", "동창들 모인 날이 며칠이었어?"))
    t.ask("where", [("포차마당",)], [entry], ko=("동창회 어디서 했지?", "고등학교 동창들 어디에서 모였어?"))
    t.ask("lookup", [(str(t.values["teacher_of"]),)], [told[0]], ko="동창회에 어느 선생님이 오셨었지?")
    t.ask_nothing("when", ko="대학교 동창회가 언제였지?", en="When was my university class reunion?")
