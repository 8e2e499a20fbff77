"""A presentation about five years ago that made the owner tremble, among others that did not."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

TOPICS = (
    Both("구독 요금 개편안", "the subscription pricing overhaul"), Both("신규 앱 출시 계획", "the new app launch plan"),
    Both("물류 자동화 제안", "the warehouse automation proposal"), Both("해외 진출 전략", "the overseas expansion plan"),
    Both("고객 이탈 분석", "the customer churn analysis"), Both("친환경 포장 전환", "the switch to greener packaging"),
)  # fmt: skip
AUDIENCES = (
    Both("임원들", "the executives"), Both("이사회", "the board"), Both("투자사 사람들", "the investors"),
    Both("본사 심사단", "the head office panel"),
)  # fmt: skip
REMEDIES = (
    Both("청심환", "a herbal calming pill"), Both("따뜻한 보리차", "hot barley tea"), Both("꿀물", "honey water"),
    Both("박하사탕", "peppermint candy"),
)  # fmt: skip
MISHAPS = (
    Both("리모컨을 떨어뜨렸", "dropped the clicker"), Both("첫 문장을 두 번 말했", "said the first sentence twice"),
    Both("슬라이드 순서를 헷갈렸", "mixed up two slides"), Both("물컵을 엎질렀", "knocked over a glass of water"),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "presentation")
    day = t.day(5.0, 70, "123")
    t.draw(topic=TOPICS, audience=AUDIENCES, remedy=REMEDIES, mishap=MISHAPS)
    before, after = day - timedelta(days=1), day + timedelta(days=1)

    eve = t.talk("best", t.at(before, 22), (
        ("me", "내일 {audience} 앞에서 {topic} 발표하는데 {벌써 심장이 뛴다|잠이 안 온다}"),
        ("best_friend", "{다 외웠잖아|넌 실전에 강하잖아} {자기 전에 따뜻한 거 마셔|휴대폰 내려놓고 자}"),
    ))  # fmt: skip
    told = t.talk("best", t.at(day, 19), (
        ("best_friend", "발표 어떻게 됐어??"),
        ("me", "{하 진짜|와} {손이 덜덜 떨려서|목소리가 덜덜 떨려서|다리가 후들후들 떨려서} 죽는 줄 알았어. 중간에 {mishap}는데 아무도 뭐라 안 하더라"),
        ("best_friend", "그래도 끝났네 {고생했다|장하다 진짜}"),
        ("me", "시작 직전에 {first_colleague.full} 대리님이 {remedy}{을} 쥐여줬어. 그거 아니었으면 못 했을 듯"),
        ("me", "끝나고 {first_lead.full} 팀장님이 {떨면서도 할 말은 다 했다고|제일 솔직한 발표였다고} 하시더라"),
    ))  # fmt: skip
    diary = t.diary(day, (
        "Presented {topic} to {audience} this morning. I have never been so nervous: {my hands shook so much|my voice trembled so badly} that I {mishap}. {first_colleague.full} slipped me {remedy} right before, which saved me.",
        "The big presentation on {topic} is over. Standing before {audience} I was shaking with nerves and {mishap}. What saved me: {remedy}, handed over by {first_colleague.full} at the last minute.",
    ))  # fmt: skip
    work = t.talk("first_team", t.at(after, 10), (
        ("first_lead", "{me.full}님 어제 {topic} 발표 {고생 많았어요|수고했어요}. {audience} 반응이 좋았습니다"),
        ("me", "감사합니다 팀장님. 많이 부족했는데 다들 도와주셔서요"),
    ))  # fmt: skip
    invitation = t.event("{topic} 발표 ({audience})", t.at(day, 10), hours=1.5, people=[life.cast.first_lead])
    _calm_ones(t)
    _ask(t, day, [eve[0], told[1], work[0], diary, invitation], [told[3], diary])


def _calm_ones(t: Teller) -> None:
    """Presentations of other years that went well: what a search must not mistake for the one that was asked."""
    calm = (
        "오늘 {분기 실적|사용자 조사 결과} 발표는 {생각보다 편하게 끝났어|질문도 없이 금방 끝났다}",
        "{내년 예산안|교육 프로그램} 발표 {연습 없이도 술술 나오더라|10분 만에 끝냄}",
        "신입사원들 앞에서 발표했는데 {이제 좀 여유가 생긴 것 같아|하나도 안 긴장되더라}",
        "협력사 가서 발표하고 왔어 {분위기 좋았다|다들 졸더라}",
        "오늘 사내 발표 {2등 했다|농담이 다 통했어}",
        "온라인으로 발표하니까 {세상 편하다|얼굴 안 보여서 좋네}",
    )
    easy = (
        "Gave {the onboarding talk to the new hires|a short demo to the partner team|the quarterly numbers to finance}. {Calm from start to finish, almost boring|They asked good questions and I had the answers}.",
        "My presentation on {survey results|search traffic|team rituals|office plants} went smoothly; {no jitters at all this time|I even made them laugh}.",
    )
    for years, said in zip((8.1, 7.0, 6.2, 3.4, 2.2, 0.9), t.rng.sample(calm, 6), strict=True):
        t.talk("best", t.at(t.day(years, 50, "01234"), 19), (
            ("me", said), ("best_friend", "{오 이제 베테랑이네|좋겠다|역시} {laugh}"),
        ))  # fmt: skip
    for years in (5.9, 4.3, 3.0, 1.4):
        t.diary(t.day(years, 50, "01234"), easy)


def _ask(t: Teller, day: date, event: list[Evidence], help_: list[Evidence]) -> None:
    colleague = t.life.cast.first_colleague
    t.ask("when", [gold.day(day)], event,
          ko=("내가 발표하면서 덜덜 떨었던 게 언제였지?", "{audience} 앞에서 발표하면서 엄청 떨었던 날이 언제야?",
              "너무 긴장해서 떨면서 발표했던 날짜 알려줘"),
          en=("When did I give that presentation where I was so nervous?",
              "What was the date of the talk to {audience} that had me shaking?",
              "On which day was I trembling while presenting to {audience}?"))  # fmt: skip
    t.ask("who", [gold.who(colleague)], help_,
          ko=("떨리는 발표 직전에 {remedy} 챙겨준 사람이 누구였지?", "발표 시작 전에 나한테 {remedy} 준 게 누구야?"),
          en=("Who gave me {remedy} before my nervous presentation?", "Who handed me {remedy} just before the talk?"))
    t.ask("lookup", [t.forms("topic")], event,
          ko=("5년 전쯤 {audience} 앞에서 떨면서 했던 발표, 주제가 뭐였지?", "그 떨렸던 {audience} 발표는 무슨 내용이었어?"),
          en=("What was the topic of my shaky presentation to {audience} about five years ago?",
              "What did I present to {audience} the time my nerves got me?"))  # fmt: skip
    t.ask("how_long_since", [gold.span(day, t.life.until)], event,
          ko=("{audience} 앞에서 떨면서 발표한 지 얼마나 됐어?", "그 긴장했던 {audience} 발표한 지 얼마나 지났지?"),
          en=("How long ago was the presentation to {audience} that made me so nervous?", "How much time has passed since I trembled in front of {audience}?"))
    t.ask_nothing("lookup",
                  ko=("{topic} 발표하고 받은 꽃다발은 무슨 꽃이었지?", "떨렸던 {topic} 발표 뒤에 받은 상금이 얼마였지?"),
                  en=("How much prize money did I win with {topic}?", "Which hotel ballroom did I present {topic} in?"))
