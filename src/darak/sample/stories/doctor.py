"""A doctor's advice after a check-up, with a date to come back that is told relatively."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

HABITS = (
    Both("국물을 남기고 싱겁게 먹을 것", "eat less salt and leave the broth"), Both("저녁 8시 이후에는 먹지 말 것", "eat nothing after eight in the evening"),
    Both("하루 30분씩 걸을 것", "walk for half an hour every day"), Both("술을 한 달에 두 번으로 줄일 것", "drink at most twice a month"),
)  # fmt: skip
PILLS = ((Both("비타민 D", "vitamin D"), "2000 IU"), (Both("오메가3", "omega-3"), "1000 mg"), (Both("철분제", "an iron supplement"), "80 mg"), (Both("마그네슘", "magnesium"), "350 mg"))
CLINICS = (Both("한마음내과", "Hanmaeum Clinic"), Both("숲속의원", "Forest Clinic"), Both("바른내과", "Bareun Clinic"))


def tell(life: Life) -> None:
    t = Teller(life, "doctor")
    day = t.day(4.0, 70, "01234")
    pill, dose = t.pick(PILLS)
    months = t.pick((3, 6))
    cholesterol = t.rng.randint(212, 248)
    again = _months_later(day, months)
    t.draw(habit=HABITS, clinic=CLINICS)
    t.values |= {"pill": pill, "dose": dose, "months": str(months), "ldl": str(cholesterol)}
    entry = t.event("건강검진 결과 상담", t.at(day, 9), place="{clinic}")
    note = t.note(t.at(day, 11), "검진 상담 메모 {clinic}", (
        "{clinic} 의사 선생님 말씀 정리.\n\n- 총콜레스테롤 {ldl}, {조금 높은 편|경계 수준}\n- {habit}\n- {pill} 하루 {dose}\n- {months}개월 뒤에 다시 검사"
    ), "Health", ("health",))  # fmt: skip
    diary = t.diary(day, "Check-up results at {clinic}: cholesterol at {ldl}. The doctor wants me to {habit}, and to take {dose} of {pill} a day. Blood test again in {months} months.")
    t.talk("mother", t.at(day, 20), (("me", "검진 결과 나왔어요 큰 문제는 없대요. {habit}, 그게 제일 중요하대요"), ("mother", "{의사 말 잘 들어라|엄마가 뭐랬니}")))
    for years in (6.8, 2.0):
        t.talk("family", t.at(t.day(years, 40), 20), (("father", "{안과|정형외과} 다녀왔는데 {눈 운동 하라더라|계단 조심하라더라}"), ("me", "네 아빠 {꼭 하세요|무리하지 마세요}")))
    both = [note, diary]
    t.ask("lookup", [t.forms("habit")], both, ko=("{clinic} 의사가 나한테 뭘 지키라고 했지?", "검진 결과 보고 의사 선생님이 하라고 한 게 뭐야?"), en=("What did the doctor at {clinic} tell me to change?", "What habit did the doctor advise after my check-up?"))
    t.ask("lookup", [(dose,)], both, ko=("의사가 {pill} 하루에 얼마나 먹으라고 했어?", "{pill} 복용량이 얼마였지?"), en=("How much {pill} a day did the doctor recommend?", "What daily dose of {pill} was I told to take?"))
    t.ask("lookup", [(gold.number(cholesterol),)], both, ko=("{clinic} 검진 때 콜레스테롤 수치가 얼마였어?", "{clinic}에서 잰 총콜레스테롤이 얼마로 나왔지?"), en="What was my cholesterol at the {clinic} check-up?")
    t.ask("when", [gold.day(day)], [*both, entry], ko=("{clinic}에서 검진 결과 들은 날이 언제야?", "{clinic} 상담이 언제였지?"), en=("When did I get my check-up results at {clinic}?", "What day was I at {clinic} for my results?"))
    t.ask("when", [gold.month(again)], both, ko="{clinic} 선생님이 다시 검사하자고 한 게 언제쯤이야? 몇 년 몇 월", en="In which month was the follow-up blood test due after the {clinic} visit?")
    t.ask_nothing("lookup", ko=("의사가 내 무릎에 대해 뭐라고 했지?", "{clinic}에서 처방받은 수면제 이름이 뭐야?"), en=("What did the doctor say about my knee?", "Which sleeping pill did {clinic} prescribe?"), both=True)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
