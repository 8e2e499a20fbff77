"""A recipe that the mother sent in a chat, and its English copy in the notes."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

DISHES = (
    (Both("갈비찜", "braised short ribs"), Both("배", "pear"), "1시간 20분", "80 minutes"), (Both("소고기미역국", "seaweed soup"), Both("들기름", "perilla oil"), "40분", "40 minutes"),
    (Both("코다리조림", "braised pollock"), Both("매실청", "plum syrup"), "25분", "25 minutes"), (Both("닭볶음탕", "spicy braised chicken"), Both("카레가루 한 숟갈", "a spoon of curry powder"), "35분", "35 minutes"),
    (Both("묵은지찜", "braised aged kimchi"), Both("설탕 대신 조청", "rice syrup instead of sugar"), "50분", "50 minutes"),
)  # fmt: skip
OTHERS = ("감자조림", "오징어볶음", "호박전")


def tell(life: Life) -> None:
    t = Teller(life, "recipe")
    dish, secret, minutes, minutes_en = t.pick(DISHES)
    soy, garlic = t.rng.randint(3, 9), t.rng.randint(2, 6)
    t.values |= {"dish": dish, "secret": secret, "min": Both(minutes, minutes_en), "soy": str(soy), "garlic": str(garlic), "other": t.pick(OTHERS)}
    day = t.day(3.4, 70)
    sent = t.talk("mother", t.at(day, 18), (
        ("me", "엄마 {dish} 어떻게 해요? {손님 오는데|갑자기 먹고 싶어서}"),
        ("mother", "{dish} 별거 없다\n간장 {soy}숟갈\n다진 마늘 {garlic}숟갈\n물은 자작하게\n불 줄이고 {min} 끓여라"),
        ("mother", "그리고 비결은 {secret}{이야} {그거 빠지면 맛이 안 나|아무한테도 말하지 마라}"),
        ("me", "{역시|와} 감사해요 해볼게요"),
    ))  # fmt: skip
    note = t.note(t.at(day, 21), "Mom's {dish}", (
        "Mom's {dish}, as she wrote it.\n\n- soy sauce: {soy} spoons\n- garlic, minced: {garlic} spoons\n- water, just enough to cover\n- simmer on a low flame for {min}\n\nThe secret is {secret}."
    ), "Kitchen", ("recipe",))  # fmt: skip
    t.talk("mother", t.at(day + timedelta(days=300), 18), (
        ("mother", "{other}{은} 간장 2숟갈이면 된다 {짜지 않게|불은 세게}"),
        ("me", "네 {저번에 한 것보다 낫겠네요|적어둘게요}"),
    ))  # fmt: skip
    t.ask("lookup", [(f"{soy}숟갈", f"{soy} spoons", f"간장 {soy}")], [sent[1], note], ko=("엄마 {dish}에 간장이 몇 숟갈 들어가지?", "엄마가 알려준 {dish} 간장 양이 얼마야?"), en=("How much soy sauce goes into Mom's {dish}?", "How many spoons of soy sauce does my mother's recipe for {dish} need?"))
    t.ask("lookup", [gold.words(secret)], [sent[2], note], ko=("엄마 {dish} 맛의 비결이 뭐였지?", "엄마가 {dish}에 꼭 넣으라고 한 비밀 재료가 뭐야?"), en=("What is the secret ingredient of Mom's {dish}?", "What makes Mom's {dish} special?"))
    t.ask("lookup", [gold.words(Both(minutes, minutes_en))], [sent[1], note], ko=("엄마 {dish}{은} 불에 얼마나 오래 끓여?", "엄마식 {dish}{은} 몇 분이나 끓이지?"), en=("How long does Mom's {dish} simmer?", "For how long should Mom's {dish} cook?"))
    t.ask("when", [gold.day(day)], [*sent[:3], note], ko=("엄마한테 {dish} 만드는 법 물어본 게 언제야?",), en=("When did Mom give me the recipe for {dish}?", "When did I ask Mom how to make {dish}?"))
    t.ask_nothing("lookup", ko="엄마 {dish}에 고추장이 몇 숟갈 들어가?", en="How much fish sauce is in Mom's {dish}?")
