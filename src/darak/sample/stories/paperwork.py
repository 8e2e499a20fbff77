"""Papers of a household: internet contract, insurance by year, a warranty, an exam."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.korean import date_en, date_ko
from darak.sample.life import Life
from darak.sample.model import Attachment, Evidence
from darak.sample.teller import Teller

PROVIDERS = ("온넷", "빛길통신", "다온인터넷")
INSURERS = ("든든손해보험", "새길화재", "우리안심보험")
MACHINES = (Both("식기세척기", "dishwasher"), Both("세탁기", "washing machine"), Both("공기청정기", "air purifier"), Both("제습기", "dehumidifier"))
EXAMS = (("한국사능력검정", 60, 80), ("컴퓨터활용능력 1급", 60, 70), ("일본어능력시험 N2", 90, 110), ("중국어시험 4급", 180, 210))


def tell(life: Life) -> None:
    t = Teller(life, "paperwork")
    t.draw(provider=PROVIDERS, insurer=INSURERS, machine=MACHINES)
    _internet(t)
    _insurance(t)
    _warranty(t)
    _exam(t)


def _internet(t: Teller) -> None:
    end = t.day(1.5, 90)
    price = t.rng.randrange(22_000, 39_000, 550)
    t.values |= {"end": date_ko(end), "fee": price}
    _, mail = t.mail(t.at(end - timedelta(days=40), 10), (str(t.values["provider"]), "cs@onnet.example"), "[{provider}] 약정 만료 안내",
                     "{me.full} 고객님, 이용 중인 인터넷(월 {fee}원) 약정이 {end}에 만료됩니다.\n\n만료 후 해지 시 위약금은 없으며, 모뎀은 기사가 회수합니다.", labels=("받은편지함",), charset="ks_c_5601-1987")  # fmt: skip
    t.talk("hometown", t.at(end - timedelta(days=5), 20), (
        ("me", "{provider} 약정 이제 곧 끝나서 {갈아타려고|해지하려고} {추천 있어?|너는 어디 써?}"),
        ("hometown_friend", "{우리 집은 그냥 전화로 깎았어|사은품 많이 주는 데로 가}"),
    ))  # fmt: skip
    t.ask("when", [gold.day(end)], [mail], ko=("{provider} 인터넷 계약 언제 끝났지?", "집 와이파이 약정 만료일이 언제였어?"), en="When did my internet contract with {provider} end?")
    t.ask("lookup", [gold.money(price)], [mail], ko="{provider} 인터넷 한 달 요금이 얼마였지?")
    t.ask_nothing("lookup", ko="{provider} 인터넷 비밀번호가 뭐였지?", en="What was the wifi password from {provider}?")


def _insurance(t: Teller) -> None:
    base = t.rng.randrange(380_000, 520_000, 1000)
    premiums: dict[int, tuple[int, Evidence]] = {}
    for number, year in enumerate(range(t.life.until.year - 4, t.life.until.year)):
        amount = base + number * t.rng.randrange(11_000, 29_000, 500)
        _, mail = t.mail(t.at(date(year, 6, 3 + number), 9), (str(t.values["insurer"]), "info@insurer.example"), "[{insurer}] {year}년 실손보험 갱신 안내",
                         "{me.full} 고객님의 {year}년 실손보험이 갱신되었습니다.\n\n연간 보험료: {amount}원\n보장 기간: 1년", labels=("받은편지함",), fill={"year": str(year), "amount": amount})  # fmt: skip
        premiums[year] = (amount, mail)
    year = t.life.until.year - t.rng.randint(1, 3)
    t.ask("lookup", [gold.money(premiums[year][0])], [premiums[year][1]], ko=("{year}년 실손보험료가 1년에 얼마였지?", "{insurer} {year}년 보험료 얼마로 갱신됐어?"), year=str(year))
    t.ask_nothing("lookup", ko="{year}년 실손보험료가 얼마였지?", en="What was my {insurer} premium in {year}?", year=str(t.life.until.year - 6))


def _warranty(t: Teller) -> None:
    day = t.day(1.8, 60)
    price, model = t.rng.randrange(289_000, 890_000, 1000), f"{t.pick('KLMRS')}{t.rng.randint(100, 899)}-{t.pick('ABX')}"
    end = day.replace(year=day.year + 2, day=min(day.day, 28))
    t.values |= {"model": model, "until": Both(date_ko(end), date_en(end)), "price": price}
    _, mail = t.mail(t.at(day, 14), ("Homeward", "orders@homeward.example"), "Your order: {machine} {model}",
                     "Hello {me.full},\n\nthank you for ordering the {machine} {model} for {price} KRW. It will be delivered within a week.\n\nThe warranty covers parts and labour until {until}. Please keep this message.\n\nHomeward",
                     labels=("받은편지함", "영수증"), html=True, attachments=(Attachment("영수증.txt", "text/plain", f"{model} {price} KRW\n".encode()),))  # fmt: skip
    t.buy(t.at(day, 13), "Homeward", "가전 appliances", price)
    t.ask("when", [gold.day(end)], [mail], en=("Until when is the {machine} under warranty?", "When does the guarantee of my {machine} run out?"))
    t.ask("lookup", [(model,)], [mail], en=("Which model of {machine} did I buy?", "What is the model number of my {machine}?"), ko="{machine} 모델명이 뭐지?")
    t.ask_nothing("when", en="When did the repair technician come for the {machine}?", ko="{machine} 수리 기사님이 온 날이 언제야?")


def _exam(t: Teller) -> None:
    exam, passing, good = t.pick(EXAMS)
    first_day, second_day = t.day(3.9, 40, "5"), t.day(3.2, 40, "5")
    low, high = passing - t.rng.randint(3, 9), good + t.rng.randint(0, 9)
    t.values |= {"exam": exam}
    first = t.talk("college", t.at(first_day + timedelta(days=20), 19), (("me", "{exam} 결과 나왔는데 {low}점… {떨어졌다|다음에 다시 봐야지}"), ("soundalike", "{아깝다 진짜|괜찮아 다음엔 붙어}")), low=str(low))
    second = t.talk("college", t.at(second_day + timedelta(days=20), 19), (("me", "{exam} 붙었다!! {high}점 {두 번째 만에|포기 안 하길 잘했다}"), ("college_friend", "{축하해|대단하다} 한턱 쏴 {laugh}")), high=str(high))
    entries = [t.event("{exam} 시험", t.at(day, 10), hours=3, place="{중앙|한빛|동부}중학교") for day in (first_day, second_day)]
    t.ask("lookup", [(gold.number(high),)], [second[0]], ko=("{exam} 합격했을 때 몇 점이었지?", "{exam} 붙은 점수가 얼마야?"))
    t.ask("count", [(gold.number(2),)], [*entries, first[0], second[0]], ko="{exam} 시험을 몇 번 봤어?")
    t.ask("last", [gold.day(second_day)], [entries[1]], ko="{exam} 마지막으로 시험 본 날이 언제야?")
