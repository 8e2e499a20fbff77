"""An idea noted three years ago, among other ideas."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

# What the idea is, its working name, and where it came up.
IDEAS = (
    (Both("동네 텃밭을 한 칸씩 빌려 쓰는 앱", "an app for sharing one bed of a neighbourhood garden"), "한뼘텃밭"),
    (Both("버려진 우산을 고쳐 나눠 쓰는 서비스", "a service that repairs abandoned umbrellas and lends them out"), "비친구"),
    (Both("할머니들의 조리법을 목소리로 모으는 아카이브", "an archive of grandmothers' recipes in their own voices"), "목소리부엌"),
    (Both("퇴근길에 빵집 남은 빵을 알려주는 지도", "a map of unsold bread on the way home"), "저녁빵"),
    (Both("책에 그은 밑줄로 친구를 찾는 모임", "a club that matches readers by what they underline"), "밑줄친구"),
    (Both("계단 오르기를 겨루는 동네 대회", "a neighbourhood contest in climbing stairs"), "오름"),
)  # fmt: skip
SPOTS = (
    Both("마을버스 안", "on the local bus"), Both("샤워실", "in the shower"), Both("빨래방", "at the laundromat"),
    Both("병원 대기실", "in a hospital waiting room"), Both("산책길", "on a walk"),
)  # fmt: skip
OTHERS = (
    ("아이디어: {화분|책장|자전거} 정리법", "{벽|창틀|문 뒤}{을} 쓰면 된다. 아직은 막연하다."),
    ("Idea: {desk|kitchen|commute} experiment", "Try {no screens before nine|one meal a day from the market|walking the last stop}. Probably nothing."),
    ("아이디어: 팟캐스트", "동네 사장님들 이야기를 {짧게|길게} 듣는 팟캐스트. 누가 듣긴 할까."),
    ("Idea: postcards", "A postcard a month to {old teachers|people I only know online|my future self}. Stamps are the hard part."),
    ("아이디어: 가계부", "{중고 거래|커피값|택시비}만 따로 적는 가계부. 이미 누가 만들었을 것이다."),
    ("Idea: quiet hours", "A {café|train car|library corner} where nobody may take calls. They exist, apparently."),
    ("아이디어: 사진 달력", "{골목|하늘|밥상} 사진만 모은 달력. 열두 장이 될지 모르겠다."),
    ("Idea: two-language recipe cards", "{Left page Korean, right page English|A box of cards for the kitchen}. Nice, but who prints them."),
    ("아이디어: 걷기 지도", "{그늘|벤치|화장실}만 표시한 동네 지도. 여름에 좋겠다."),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "idea")
    what, name = t.pick(IDEAS)
    day = t.day(3.0, 35)
    when = t.at(day, 8, 21)
    price = t.pick((2900, 3900, 4900, 5900))
    t.values |= {"what": what, "name": name, "spot": t.pick(SPOTS), "price": f"{price:,}"}
    note = t.note(when, "아이디어: {name}", (
        "{spot}에서 문득 떠올랐다. {what}. 이름은 ‘{name}’.\n\n"
        "처음에는 {이웃 스무 명|동네 한 곳}으로 작게 시작하고, 한 달에 {price}원을 받는다."
    ), "Ideas", ("idea",))  # fmt: skip
    told = t.talk("expat", t.at(day, 22), (
        ("me", "{funny thing|so}, an idea hit me {spot}: {what}. I wrote it all down"),
        ("expat_friend", "{ooh I would use that|that is so you} {what would you call it|do it!}"),
        ("me", "working name is {name}"),
    ))  # fmt: skip
    others = t.rng.sample(OTHERS, 7)
    for years, (title, body) in zip((7.2, 5.1, 4.2, 3.9, 2.1, 1.3, 0.6), others, strict=True):
        t.note(t.at(t.day(years, 40), 9, 22), title, body, "Ideas", ("idea",))
    t.ask("lookup", [gold.words(what, name)], [note, told[0]],
          ko=("3년 전쯤에 적어 둔 아이디어가 뭐였지?", "3년 전에 메모해 둔 사업 아이디어 좀 찾아줘"),
          en=("What was the idea I wrote down about three years ago?", "Which idea did I note three years ago?"))
    t.ask("when", [gold.day(day)], [note, told[0]],
          ko=("‘{name}’ 아이디어를 언제 적었지?", "{what}, 이걸 처음 떠올린 게 언제야?"),
          en=("When did I come up with the idea of {what}?", "When did I first note the {name} idea?"))
    t.ask("lookup", [t.forms("price")], [note],
          ko=("‘{name}’ 아이디어에서 한 달 요금을 얼마로 생각했지?", "‘{name}’ 매달 얼마씩 받으려고 했더라?"))
    t.ask("where", [t.forms("spot")], [note, told[0]],
          ko=("‘{name}’ 아이디어는 어디서 떠올린 거였지?", "‘{name}’ 생각이 난 곳이 어디였어?"),
          en=("Where was I when I had the idea of {what}?", "Where did the idea of {what} come to me?"))
    t.ask_nothing("who", ko="‘{name}’에 투자하겠다고 한 사람이 누구였지?",
                  en="Who offered to invest in {name}?")  # fmt: skip
