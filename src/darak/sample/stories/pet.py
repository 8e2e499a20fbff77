"""A pet: adopted, later ill, and well again; while a friend's pet has troubles of its own."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.names import PET_NAMES
from darak.sample.teller import Teller

KINDS = (Both("강아지", "dog"), Both("고양이", "cat"))
ORIGINS = (
    Both("유기동물 보호소", "the animal shelter"), Both("할머니 댁 옆집", "the house next to my grandmother's"),
    Both("동네 카센터", "the car repair shop down the road"), Both("캠핑장 매점", "a campsite shop"),
)  # fmt: skip
ILLNESSES = (
    Both("방광염", "a bladder infection"), Both("외이염", "an ear infection"), Both("장염", "an inflamed stomach"),
    Both("피부염", "a skin inflammation"), Both("결막염", "an eye infection"),
)  # fmt: skip
SIGNS = (Both("밥을 안 먹고 구석에만 있어서", "would not eat and hid in a corner"), Both("밤새 낑낑대서", "whimpered all night"), Both("자꾸 몸을 긁어서", "kept scratching"))
CLINICS = (Both("다정동물병원", "Dajeong Animal Clinic"), Both("초록동물병원", "Chorok Animal Clinic"), Both("24시 온동물병원", "On Animal Clinic"))
ALLERGIES = (Both("닭고기", "chicken"), Both("연어", "salmon"), Both("밀", "wheat"))


def tell(life: Life) -> None:
    t = Teller(life, "pet")
    mine, other = t.rng.sample(PET_NAMES, 2)
    t.draw(kind=KINDS, origin=ORIGINS, illness=ILLNESSES, sign=SIGNS, clinic=CLINICS, allergy=ALLERGIES)
    t.values |= {"pet": Both(*mine), "other": Both(*other)}
    home = t.day(4.6, 90, "56")
    ill = t.day(2.4, 80, "012345")
    adopted = _adoption(t, home)
    sick, bill, amount = _illness(t, ill)
    allergy = t.talk("family", t.at(t.day(1.6, 50), 20), (
        ("sibling", "{pet}한테 간식 사줘도 돼?"),
        ("me", "응 근데 {allergy}{은} 안 돼 {알레르기 있대|먹으면 온몸이 빨개져}"),
    ))  # fmt: skip
    for years in (3.9, 2.1, 0.8):
        t.talk("college", t.at(t.day(years, 40), 21), (
            ("soundalike", "우리 {other} {병원 다녀왔어 별거 아니래|미용했어 너무 귀엽다|예방주사 맞았어 잘 참더라|또 휴지 다 뜯어놨어}"),
            ("me", "{다행이다|사진 보여줘|우리 {pet}{이랑} 언제 만나게 하자}"),
        ))  # fmt: skip
    _ask(t, home, ill, adopted, sick, bill, amount)
    t.ask("lookup", [t.forms("allergy")], [allergy[1]], ko=("{pet}한테 먹이면 안 되는 게 뭐였지?", "{pet} 알레르기가 뭐에 있다고 했지?"))
    t.ask_nothing("when", ko=("{pet} 중성화 수술한 날이 언제야?", "{other} 입양해 온 날이 언제지?"), en="When was {pet} microchipped?")
    t.ask_nothing("lookup", ko="{other} 병원비가 얼마 나왔지?", en=("What was {other}'s vet bill?", "What breed is {pet}'s father?"))


def _adoption(t: Teller, day: date) -> list[Evidence]:
    told = t.talk("best", t.at(day, 18), (
        ("me", "나 드디어 {kind} 데려왔다!! {origin}에서 만났는데 {눈이 마주쳤어|운명이야}. 이름은 {pet}{이야}"),
        ("best_friend", "{헐 대박|미쳤다 너무 귀여워} 사진 백 장 보내"),
        ("me", "사진"),
    ))  # fmt: skip
    family = t.talk("mother", t.at(day, 20), (
        ("me", "엄마 놀라지 마세요 오늘 {kind} 입양했어요. {pet}{이라고} 해요"),
        ("mother", "아이고 {네 밥이나 챙겨라|똥은 누가 치우고}"),
    ))  # fmt: skip
    diary = t.diary(day, "Brought {pet} home today, a {small|shy|very loud} {kind} from {origin}. {Asleep in my shoe already|Three hours under the sofa so far}. I have a {kind} now.")
    return [told[0], diary, family[0]]


def _illness(t: Teller, day: date) -> tuple[list[Evidence], Evidence, int]:
    amount = t.rng.randrange(84_000, 260_000, 500)
    told = t.talk("best", t.at(day, 20), (
        ("me", "{pet}{이} {sign} {clinic} 갔더니 {illness}{이래}. 약 {일주일치|열흘치} 받아왔어"),
        ("best_friend", "아이고 {pet}{아} ㅠㅠ {얼른 나아|너도 놀랐겠다}"),
    ))  # fmt: skip
    diary = t.diary(day, "{pet} {sign}, so we went to {clinic}. The vet says it is {illness}. {Pills twice a day, hidden in cheese|Drops every evening and no complaints}.")
    bill = t.buy(t.at(day, 17), _clinic(t), "동물병원 vet", amount)
    t.event("{pet} 재진", t.at(day + timedelta(days=8), 18), place="{clinic}")
    well = t.diary(day + timedelta(days=12), "{pet} is well again. {Ate two bowls|Destroyed a slipper in celebration}.")
    return [told[0], diary, well], bill, amount


def _clinic(t: Teller) -> str:
    clinic = t.values["clinic"]
    assert isinstance(clinic, Both)
    return clinic.ko


def _ask(t: Teller, home: date, ill: date, adopted: list[Evidence], sick: list[Evidence], bill: Evidence, amount: int) -> None:
    t.ask("when", [gold.day(home)], adopted,
          ko=("{pet}{을} 처음 집에 데려온 날이 언제야?", "우리 집에 {pet}{이} 온 게 언제지?"),
          en=("When did I adopt {pet}?", "On what day did {pet} come to live with me?"), both=True)
    t.ask("where", [t.forms("origin")], adopted[:2], ko=("{pet}{을} 어디서 데려왔지?", "{pet}{은} 어디서 온 아이지?"), en=("Where did I get {pet} from?", "Where does {pet} come from?"))
    t.ask("lookup", [t.forms("illness")], sick[:2],
          ko=("{pet}{이} 아팠을 때 병명이 뭐였어?", "수의사가 {pet} 진단을 뭐라고 내렸지?"),
          en=("What was wrong with {pet} when I took it to the vet?", "What did the vet diagnose {pet} with?"))
    t.ask("when", [gold.day(ill)], [*sick[:2], bill], ko=("{pet} 때문에 동물병원 처음 간 날이 언제야?", "{pet}{이} {illness} 걸린 게 언제였지?"), en="When did {pet} have {illness}?")
    t.ask("where", [t.forms("clinic")], [*sick[:2], bill], ko="{pet} 진료받은 동물병원이 어디였지?", en=("Which animal clinic treated {pet}?", "Where did I take {pet} to see a vet?"))
    t.ask("lookup", [gold.money(amount)], [bill], ko="{pet} {illness} 때 병원비가 얼마 나왔어?", en=("How much was the vet bill when {pet} was ill?", "What did it cost to have {pet} treated?"))
    t.ask("how_long_since", [gold.span(home, t.life.until)], adopted, ko=("{pet}{이랑} 같이 산 지 얼마나 됐어?", "{pet}{이} 우리 집에 온 지 얼마나 지났지?"), en=("How long have I had {pet}?", "For how long has {pet} been with me?"))
    t.ask("how_long_between", [gold.span(home, ill)], [*adopted, *sick[:2]], ko="{pet} 입양하고 나서 {illness}{으로} 아프기까지 얼마나 걸렸어?", en="How long after adoption did {pet} get {illness}?")
