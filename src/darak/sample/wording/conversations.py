"""Conversations of ordinary days: parsing of the tables `speaker: text`, blocks apart by an empty line."""

from __future__ import annotations

from darak.sample.wording.chat_friends_en import FRIENDS_EN
from darak.sample.wording.chat_friends_ko import FRIENDS_KO
from darak.sample.wording.chat_more_en import MORE_FRIENDS_EN
from darak.sample.wording.chat_more_ko import MORE_FRIENDS_KO
from darak.sample.wording.chat_more_work import MORE_WORK_EN, MORE_WORK_KO
from darak.sample.wording.chat_others_ko import CLUB_KO, FAMILY_KO
from darak.sample.wording.chat_work import WORK_EN, WORK_KO

Conversation = tuple[tuple[str, str], ...]


def _parsed(table: str) -> tuple[Conversation, ...]:
    """Speakers are `me` and, by first appearance, `a`, `b`, `c`."""
    blocks = (block.splitlines() for block in table.strip().split("\n\n"))
    return tuple(
        tuple((speaker.strip(), text.strip()) for speaker, _, text in (line.partition(":") for line in block))
        for block in blocks
    )


CONVERSATIONS: dict[str, tuple[Conversation, ...]] = {
    "friends_ko": _parsed(FRIENDS_KO + MORE_FRIENDS_KO),
    "friends_en": _parsed(FRIENDS_EN + MORE_FRIENDS_EN),
    "family_ko": _parsed(FAMILY_KO),
    "club_ko": _parsed(CLUB_KO),
    "work_ko": _parsed(WORK_KO + MORE_WORK_KO),
    "work_en": _parsed(WORK_EN + MORE_WORK_EN),
}
