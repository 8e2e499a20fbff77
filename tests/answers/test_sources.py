"""Questions name sources as people do, and ask for what is done in them; that counts where the vault has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.answers.conftest import message, note

from darak.answers.answer import Answer, Citation

Living = Callable[..., Callable[..., Answer]]


def of(source: str, kind: str, key: str, time: str, text: str, **more: Any) -> dict[str, Any]:
    line = {"type": "record", "id": key, "source": source, "account": "me", "kind": kind, "time": time, "text": text}
    return line | {"zone": "Asia/Seoul"} | more


LINES = (
    of("netflix", "play", "n1", "2025-03-01T21:00", "The Lighthouse Keepers"),
    of("netflix", "play", "n2", "2025-03-08T21:00", "River Town: Season 2"),
    of("youtube", "play", "y1", "2025-03-02T20:00", "Watched How to prune roses", extra={"activity": "watched"}),
    of("spotify", "play", "s1", "2025-01-02T08:00", "Northern Line – Snowfall"),
    of("firefox", "other", "f1", "2025-02-03T10:00", "Rose pruning calendar", extra={"activity": "web page"}),
    of("chrome", "other", "c1", "2025-03-02T20:00", "How to prune roses - YouTube", extra={"activity": "web page"}),
    of("slack", "message", "k1", "2025-02-10T10:00", "The build is green again", author="Iris Vale"),
    of("slack", "message", "k2", "2025-02-10T11:00", "Deploying after lunch", author="Omar"),
    of("chatgpt", "chat", "g1", "2025-02-20T10:00", "Three days in Lisbon: what to see?", title="Lisbon travel"),
    of("line", "message", "l1", "2025-02-22T10:00", "우산 챙겨", author="정수민"),
    of("google-chat", "message", "h1", "2025-02-23T10:00", "Slides are ready", author="Omar"),
    of("kindle", "note", "i1", "2025-02-24T10:00", "Herons stand still", title="Birds"),
    of("amazon", "purchase", "a1", "2025-02-25T10:00", "Field guide · Amazon.de · 13.90 EUR", title="Field guide",
       extra={"amount": 13.9, "currency": "EUR"}),
    of("kakaotalk", "message", "t1", "2025-02-21T10:00", "수영장 열쇠는 경비실에 있어", author="정수민"),
    message("m1", "2025-02-11T10:00", "Iris Vale", "Dinner at eight?", "iris"),
    note("n-listen", "2025-04-04T20:00", "The doctor listened to my lungs: all clear."),
)  # fmt: skip


def _cited(answer: Answer) -> set[str | None]:
    return {one.record.native_id for one in answer.citations if isinstance(one, Citation)}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("넷플릭스에서 뭐 봤어?", {"n1", "n2"}),
        ("넷플릭스에서 본 거 알려줘", {"n1", "n2"}),
        ("What did I watch on Netflix?", {"n1", "n2"}),
        ("What videos did I watch on YouTube?", {"y1"}),
        ("유튜브에서 본 영상이 뭐야?", {"y1"}),
        ("What did I listen to on 2 January 2025?", {"s1"}),
        ("Which websites did I visit on 2025-02-03?", {"f1"}),
        ("2025년 2월 3일에 무슨 사이트 봤어?", {"f1"}),
        ("What did Iris Vale say in Slack?", {"k1"}),
        ("What did I ask ChatGPT about travel?", {"g1"}),
        ("When did I start using ChatGPT", {"g1"}),
        ("카톡에서 수민이가 뭐라고 했어?", {"t1"}),
        ("라인에서 수민이가 한 말 알려줘", {"l1"}),
        ("What did Omar say on Google Chat?", {"h1"}),
        ("What did I highlight?", {"i1"}),
        ("킨들에서 밑줄 친 것", {"i1"}),
        ("What did I buy on Amazon?", {"a1"}),
        ("아마존에서 뭐 샀어?", {"a1"}),
        ("How much did I spend on Amazon?", {"a1"}),
    ],
)
def test_what_a_source_holds_is_found_by_its_spoken_name(living: Living, question: str, found: set[str]) -> None:
    answer = living(*LINES)(question)
    assert answer.status == "answered"
    assert _cited(answer) == found


def test_more_than_the_source_is_still_looked_for_in_it(living: Living) -> None:
    ask = living(*LINES)
    assert ask("What did I ask ChatGPT about gardening?").status == "no_record"
    assert _cited(ask("카톡에서 수영장 열쇠 얘기 언제 했어?")) == {"t1"}


def test_a_name_that_the_vault_has_no_source_of_is_a_word_like_any(living: Living) -> None:
    answer = living(note("n", "2025-02-02T10:00", "Slack rope on the tent, fixed it."))("What did I fix on slack rope?")
    assert answer.plan.sources == ()


def test_what_is_paid_to_a_firm_is_not_looked_for_in_its_product(living: Living) -> None:
    assert living(*LINES)("How much did I pay for Netflix?").plan.sources == ()


def test_a_verb_that_a_source_shares_with_life_does_not_bind_the_question_to_it(living: Living) -> None:
    assert _cited(living(*LINES)("When did the doctor listen to my lungs?")) == {"n-listen"}


def test_names_that_are_words_too_mean_the_source_only_as_names(living: Living) -> None:
    pocket = of("pocket", "other", "p1", "2025-02-26T10:00", "How to prune roses")
    ask = living(*LINES, pocket)
    assert ask("What did I have in my pocket?").plan.sources == ()
    assert ask("Who stood in line with me?").plan.sources == ()
    assert ask("What did I save in Pocket?").plan.sources == ("pocket",)
