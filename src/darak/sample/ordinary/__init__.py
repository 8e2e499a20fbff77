"""Ordinary days: what fills a life between its stories. Thinned by the life's scale."""

from darak.sample.life import Life
from darak.sample.ordinary.ai_chats import tell_ai_chats
from darak.sample.ordinary.calendar import tell_calendar
from darak.sample.ordinary.chats import tell_chats
from darak.sample.ordinary.mails import tell_mails
from darak.sample.ordinary.notes import tell_notes
from darak.sample.ordinary.phone import tell_phone


def tell_ordinary_days(life: Life) -> None:
    for tell in (tell_chats, tell_mails, tell_notes, tell_calendar, tell_ai_chats, tell_phone):
        tell(life)
