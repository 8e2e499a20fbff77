"""A changed job: the last day at one firm, the first at another, and how it came about."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.names import EMPLOYERS
from darak.sample.teller import Teller

FAREWELLS = (
    Both("만년필", "a fountain pen"), Both("수제 도마", "a handmade cutting board"), Both("가죽 명함지갑", "a leather card case"),
    Both("커피 그라인더", "a coffee grinder"), Both("여행용 캐리어", "a small suitcase"),
)  # fmt: skip
ROLES = ("Product Analyst", "Content Lead", "Operations Planner", "Research Coordinator", "UX Writer", "Service Planner")


def tell(life: Life) -> None:
    t = Teller(life, "job")
    old, new = life.course.jobs
    last, first = old.until, new.since
    told = last - timedelta(days=75)
    salary = t.rng.randrange(48, 86) * 1_000_000
    never = next(one for one in EMPLOYERS if one[0] != old.employer.ko)
    t.draw(gift=FAREWELLS, role=ROLES)
    t.values |= {"old": old.employer, "new": new.employer, "salary": salary, "never": Both(never[0], never[1])}
    t.values |= {"first_day": f"{first.day} {first:%B %Y}", "last_ko": f"{last.month}월 {last.day}일"}

    tip = t.talk("expat", t.at(told, 20), (
        ("expat_friend", "{random question|hey}: are you happy at {old}? {new} is {looking for people|hiring}, role: {role}"),
        ("me", "{huh|interesting}. happy is a big word. send me the link?"),
        ("expat_friend", "sent. {I know the manager a bit, lovely person|they let people go home at six}"),
    ))  # fmt: skip
    t.event("Interview {new}", t.at(told + timedelta(days=13), 15), place="{new}, 7F")
    hr = ("People team", f"people@{new.domain}")
    _, offer = t.mail(
        t.at(last - timedelta(days=31), 11, 16), hr, "Your offer from {new}",
        "Dear {me.full},\n\nwe are glad to offer you the position of {role}. Your first working day would be {first_day}, the yearly salary is {salary} KRW, with {three|six} months of probation.\n\nPlease sign the attached copy within seven days.\n\nPeople team, {new}",
        labels=("받은편지함", "중요"), html=True,
    )  # fmt: skip
    leaving = t.talk("first_team", t.at(last, 16), (
        ("me", "그동안 감사했습니다. 오늘이 {old} 마지막 출근이라 인사드려요. {많이 배우고 갑니다|덕분에 즐거웠습니다}"),
        ("first_lead", "{me.full}님 고생 많았습니다. {어디서든 잘하실 거예요|또 봅시다}"),
        ("first_junior", "선배님 ㅠㅠ {보고 싶을 거예요|점심 꼭 해요}"),
    ))  # fmt: skip
    present = t.talk("best", t.at(last, 21), (
        ("me", "팀에서 {gift}{을} 선물로 받았어. {울 뻔|괜히 뭉클하더라}"),
        ("best_friend", "{오래 다녔잖아|사람들 좋네} 이제 좀 쉬어"),
    ))  # fmt: skip
    last_diary = t.diary(last, "Last day at {old}. They gave me {gift} as a farewell present. {Handed in the badge and walked home|Everyone signed a card}.")
    first_diary = t.diary(first, "First day at {new}. {Three names remembered, twelve forgotten|The coffee is better and the chairs are worse}. {second_manager.full} showed me around.")
    begin = t.talk("best", t.at(first, 19), (
        ("me", "{new} 첫 출근했다 {하루 종일 이름만 외움|다들 영어로 말해서 정신없어}"),
        ("best_friend", "오 {새 회사|새 출발} 축하해 {laugh}"),
    ))  # fmt: skip
    first_event = t.event("첫 출근 {new}", t.at(first, 9).replace(minute=0), hours=8)
    joining, leaving_all = [begin[0], first_diary, first_event, offer], [leaving[0], last_diary]

    t.ask("when", [gold.day(last)], leaving_all,
          ko=("{old} 그만둔 날이 언제지?", "{old}에 마지막으로 나간 게 며칠이었어?", "언제 {old}{을} 퇴사했어?"),
          en=("When was my last day at {old}?", "When did I leave {old}?"), both=True)
    t.ask("when", [gold.day(first)], joining,
          ko=("{new}에 처음 출근한 날이 언제야?", "{new}에서 일하기 시작한 게 언제부터지?"),
          en=("When did I start at {new}?", "When was my first day of work at {new}?"))
    t.ask("how_long_between", [gold.span(last, first)], [*leaving_all, *joining],
          ko=("{old} 퇴사하고 {new} 입사할 때까지 얼마나 쉬었어?", "{old} 마지막 날부터 {new} 첫 출근까지 며칠이었지?"),
          en=("How long was I between jobs, from leaving {old} to starting at {new}?", "How many days lay between my last day at {old} and my first at {new}?"))
    t.ask("how_long_since", [gold.span(first, life.until)], joining,
          ko=("{new} 다닌 지 얼마나 됐지?", "{new} 입사한 지 얼마나 지났어?"), en=("How long have I worked at {new}?", "How long ago did I join {new}?"))
    t.ask("lookup", [gold.money(salary)], [offer], ko="{new}에서 제안한 연봉이 얼마였지?", en=("What salary did {new} offer me?", "How much a year was the {new} offer?"))
    t.ask("lookup", [t.forms("role")], [offer, tip[0]], ko="{new}에서 나한테 제안한 직책 이름이 뭐였어?", en=("Which position did {new} offer me?", "What job title was in the {new} offer?"))
    t.ask("who", [gold.who(life.cast.expat_friend)], [tip[0]],
          ko=("{new}에서 사람 구한다고 나한테 알려준 게 누구였지?", "{new} 자리 났다고 말해준 친구가 누구야?"), en=("Who told me that {new} was hiring?", "Who tipped me off about the opening at {new}?"))
    t.ask("lookup", [t.forms("gift")], [present[0], last_diary],
          ko=("{old} 떠날 때 팀에서 뭘 선물해줬지?", "퇴사 선물로 받은 게 뭐였어?"),
          en=("What farewell present did I get from the team at {old}?", "What did my colleagues give me when I left {old}?"))
    t.ask_nothing("when", ko=("내가 {never}에 입사한 게 언제지?", "{never}에서 마지막으로 일한 날은?"), en="When did I start working for {never}?")
    t.ask_nothing("lookup", ko="{old} 퇴직금이 얼마 나왔지?", en="How large was my signing bonus at {new}?")
