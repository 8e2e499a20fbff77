"""Learning an instrument, and stopping."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

INSTRUMENTS = (
    (Both("첼로", "cello"), Both("해금", "haegeum")), (Both("색소폰", "saxophone"), Both("플루트", "flute")),
    (Both("가야금", "gayageum"), Both("거문고", "geomungo")), (Both("우쿨렐레", "ukulele"), Both("만돌린", "mandolin")),
    (Both("클라리넷", "clarinet"), Both("오보에", "oboe")), (Both("아코디언", "accordion"), Both("하모니카", "harmonica")),
)  # fmt: skip
PIECES = (Both("작은 별 변주", "Twinkle variations"), Both("섬집 아기", "the island lullaby"), Both("오버 더 레인보우", "Over the Rainbow"), Both("아리랑", "Arirang"))
REASONS = (Both("손목이 아파서", "my wrist hurt"), Both("야근이 잦아져서", "of too much overtime"), Both("학원이 문을 닫아서", "the school closed"), Both("이웃 민원 때문에", "the neighbours complained"))


def tell(life: Life) -> None:
    t = Teller(life, "instrument")
    mine, other = t.pick(INSTRUMENTS)
    t.draw(piece=PIECES, reason=REASONS)
    fee = t.pick((130_000, 150_000, 160_000, 180_000))
    t.values |= {"thing": mine, "other": other, "fee": fee}
    start = t.day(6.3, 60, "0123")
    stop = start + timedelta(days=t.rng.randint(560, 980))
    begin = t.talk("best", t.at(start, 21), (
        ("me", "오늘 {thing} 첫 수업 받았어 {소리 내는 데만 한 시간|어깨에 담 왔다}"),
        ("best_friend", "{오 멋있다|갑자기?} 연주회 하면 불러 {laugh}"),
        ("me", "{teacher.full} 선생님인데 {엄청 차분하셔|웃음이 많으셔} 한 달에 {fee}원"),
    ))  # fmt: skip
    diary = t.diary(start, "First {thing} lesson with {teacher.full}. {It sounded like a door|One clean note in forty minutes}. I am hooked.")
    played = t.day(5.7, 30)
    piece = t.talk("family", t.at(played, 20), (
        ("me", "저 {thing}{으로} 드디어 한 곡 끝까지 했어요 {piece}요"),
        ("father", "{우리 집에 음악가 났네|동영상 찍어서 보내라}"),
    ))  # fmt: skip
    first_piece = t.diary(played, "Played my first whole piece on the {thing}: {piece}. {Slow, but all of it|Even the neighbours' dog stayed quiet}.")
    quit_ = t.talk("best", t.at(stop, 20), (
        ("me", "{thing} 그만두기로 했어 {reason} 더는 안 되겠더라. 오늘이 마지막 수업"),
        ("best_friend", "{아쉽다|그동안 열심히 했잖아} {나중에 또 하면 되지|악기는 팔지 마}"),
    ))  # fmt: skip
    farewell = t.diary(stop, "Last {thing} lesson today. I am stopping because {reason}. {teacher.full} shook my hand and told me to come back.")
    _, mail = t.mail(
        t.at(stop + timedelta(days=2), 10), life.cast.teacher, "{me.full}님께",
        "{me.full}님, 그동안 {thing} 수업 열심히 들어주셔서 고맙습니다.\n\n다시 하고 싶어지면 언제든 연락 주세요. 손은 기억합니다.\n\n{teacher.full} 드림", labels=("받은편지함",),
    )  # fmt: skip
    news = ("나 {other} 배우기 시작했어 {생각보다 쉬워|손끝이 아프다}", "{other} 이제 좀 소리가 난다 {아직도 배우는 중|언제 들려줄게}")
    for years, said in zip((4.8, 1.1), news, strict=True):
        t.talk("hometown", t.at(t.day(years, 40), 20), (
            ("hometown_friend", said),
            ("me", "{오 신기하다|너랑 잘 어울린다} {laugh}"),
        ))  # fmt: skip
    started, stopped = [begin[0], diary], [quit_[0], farewell]
    t.ask("first", [gold.day(start)], started, ko=("{thing} 배우기 시작한 게 언제야?", "{thing}{을} 처음 배운 날이 언제지?"), en=("When did I start learning the {thing}?", "When was my first {thing} lesson?"), both=True)
    t.ask("last", [gold.day(stop)], stopped, ko=("{thing} 언제 그만뒀지?", "마지막 {thing} 수업이 언제였어?"), en=("When did I give up the {thing}?", "When was my last {thing} lesson?"))
    t.ask("how_long_between", [gold.span(start, stop)], [*started, *stopped], ko=("{thing} 얼마 동안 배웠어?", "{thing} 시작해서 그만두기까지 얼마나 걸렸지?"), en=("How long did I play the {thing}, from the first lesson to the last?", "For how long did I take {thing} lessons?"), both=True)
    t.ask("lookup", [t.forms("reason")], stopped, ko=("{thing} 왜 그만뒀더라?", "내가 {thing} 포기한 이유가 뭐였지?"), en=("Why did I stop playing the {thing}?", "What made me quit the {thing}?"))
    t.ask("who", [gold.who(life.cast.teacher)], [begin[2], diary, farewell, mail], ko=("나한테 {thing} 가르쳐준 선생님이 누구였지?", "{thing} 누구한테 배웠더라?"), en=("Who taught me the {thing}?", "Who was my {thing} teacher?"))
    t.ask("lookup", [t.forms("piece")], [piece[0], first_piece], ko="{thing}{으로} 처음 끝까지 연주한 곡이 뭐야?", en=("What was the first whole piece I could play on the {thing}?", "Which piece did I first get through on the {thing}?"))
    t.ask("lookup", [(gold.number(fee), f"{fee // 10000}만원")], [begin[2]], ko=("{thing} 레슨비가 한 달에 얼마였지?", "{thing} 배우는 데 매달 얼마 냈어?"))
    t.ask_nothing("when", ko=("내가 {other} 배우기 시작한 게 언제지?", "{thing} 콩쿠르에 나간 게 언제였지?"), en="When did I start learning the {other}?")
    t.ask_nothing("lookup", ko="내 {thing} 얼마에 팔았지?", en=("How much did I sell my {thing} for?", "Which {thing} competition did I win?"))
