"""How KakaoTalk writes a chat on each platform and in each language, as data.

A dialect is the stamp that begins a message. Stamps are given as atoms, so that three patterns follow from one row:
the line itself, the line with one atom damaged, and the beginning of a line that was cut off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from darak.records.time import Precision

_GAP = "[ \u00a0\u202f]"
_NUMBERED = (r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})")
_KOREAN = (r"(?P<year>\d{4})", "년", " ", _NUMBERED[0], "월", " ", _NUMBERED[1], "일")
_DOTTED = (r"(?P<year>\d{4})", r"\.", " ", _NUMBERED[0], r"\.", " ", _NUMBERED[1], r"\.")
_ISO = (r"(?P<year>\d{4})", "-", _NUMBERED[0], "-", _NUMBERED[1])
_JAPANESE = (r"(?P<year>\d{4})", "年", " ?", _NUMBERED[0], "月", " ?", _NUMBERED[1], "日")
_SLASHED = (r"(?P<year>\d{4})", "/", _NUMBERED[0], "/", _NUMBERED[1])
_ENGLISH = (r"(?P<month>[A-Z][a-z]{2,8})", " ", _NUMBERED[1], ",", " ", r"(?P<year>\d{4})")
_CLOCK = (
    rf"(?:(?P<half>오전|오후|午前|午後|AM|PM)(?:{_GAP}|(?<=[前後])))?",
    r"(?P<hour>\d{1,2})",
    ":",
    r"(?P<minute>\d{2})",
    rf"(?:{_GAP}?(?P<half_after>AM|PM|am|pm|[ap]\.m\.))?",
)
_BRACKETED = (r"\[", r"(?P<author>.*?)", r"\]", " ", r"\[", *_CLOCK, r"\]")
_SPOKEN = r"(?P<rest>.*)"
_NO_DATE = r"(?! ?[A-Z][a-z]{2,8} \d{1,2}, \d{4},)"
_SAID = r"(?: (?P<text>.*))?$"
_DAMAGE = ".{0,9}?"


@dataclass(frozen=True)
class Dialect:
    """One way of writing a chat: the atoms of the stamp that begins a message, and what follows it.

    `end` follows the stamp in a damaged line; `last` is what its last atom may have become. In a `dated` dialect each
    line has its date; otherwise the date stands in divider lines. With `bare_system`, notices are lines without any
    stamp. `owner` is what a phone may call the one whose phone it is. The patterns are made when they are first asked
    for: together they take longer than a short import.
    """

    name: str
    atoms: tuple[str, ...]
    tail: str
    end: str
    last: str
    dated: bool = True
    bare_system: bool = False
    owner: str = ""

    @cached_property
    def line(self) -> re.Pattern[str]:
        """A line that begins a message or a system notice."""
        return re.compile("".join(self.atoms) + self.tail)

    @cached_property
    def damaged(self) -> re.Pattern[str]:
        """A line whose stamp has a damaged atom."""
        plain = self._unnamed
        damages = [_DAMAGE] * (len(plain) - 1) + [self.last]
        variants = ["".join((*plain[:i], damage, *plain[i + 1 :])) for i, damage in enumerate(damages)]
        return re.compile(f"(?:{'|'.join(variants)}){self.end}")

    @cached_property
    def cut(self) -> re.Pattern[str]:
        """A beginning of a stamp."""
        cut = ""
        for atom in reversed(self._unnamed):
            cut = f"{atom}(?:{cut})?" if cut else atom
        return re.compile(cut)

    @cached_property
    def stamp(self) -> re.Pattern[str]:
        """A stamp that stands alone."""
        return re.compile("".join(self.atoms[:-1]))

    @property
    def _unnamed(self) -> list[str]:
        return [re.sub(r"\(\?P<\w+>", "(?:", atom) for atom in self.atoms]


_AFTER = "(?P<separator>, ?|: ?)"
_NO_AFTER = "(?:[^,: ] |,[^ ]).*? : "
_MEMBER = "회원님"
DIALECTS = (
    Dialect("Android, Korean", (*_KOREAN, " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER, owner=_MEMBER),
    Dialect("iOS, Korean", (*_DOTTED, " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER, owner=_MEMBER),
    Dialect("ISO dates, Korean", (*_ISO, " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER, owner=_MEMBER),
    Dialect("Japanese", (*_JAPANESE, " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER),
    Dialect("slashed dates, Japanese", (*_SLASHED, " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER),
    Dialect("English", (*_ENGLISH, "(?: at|,)?", " ", *_CLOCK, _AFTER), _SPOKEN, end="", last=_NO_AFTER, owner="you"),
    Dialect(
        "Android, English, older", (*_CLOCK, ",", " ", *_ENGLISH, _AFTER), _SPOKEN, end="", last=_NO_AFTER, owner="you"
    ),
    Dialect(
        "iOS, Korean, older",
        (*_CLOCK, _AFTER),
        _NO_DATE + _SPOKEN,
        end=".{1,60}? : ",
        last="[^,: ] ",
        dated=False,
        owner=_MEMBER,
    ),
    Dialect("Windows", _BRACKETED, _SAID, end="(?: |$)", last=_DAMAGE, dated=False, bare_system=True),
)

DIVIDER = re.compile(
    r"(?:-{3,} ?)?(?:"
    + r"(?P<year>\d{4})(?:년 |\. |年 ?)(?P<month>\d{1,2})(?:월 |\. |月 ?)(?P<day>\d{1,2})(?:일|\.|日)"
    + r"(?: [월화수목금토일]요일| ?[月火水木金土日]曜日)?|"
    + r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, "
    + re.sub(r"<(\w+)>", r"<english_\1>", "".join(_ENGLISH))
    + r")(?: ?-{3,})?"
)
"""A line that begins a day."""
_DASHES = re.compile("-{8,}")
_NUMBERED_PARTS = re.compile(
    r"(\d{4}[년年])|(?<!\d)(\d{1,2}[월月])|(?<!\d)(\d{1,2}[일日])|([월화수목금토일]요일|[月火水木金土日]曜日)"
)
_ENGLISH_PARTS = re.compile(r"([A-Z][a-z]+day,)|\b([A-Z][a-z]{2,8})(?= \d)|\b(\d{1,2},)|\b(\d{4})\b")
_DIVIDER_SIZES = range(12, 36)


def was_divider(text: str) -> bool:
    """Whether a line is a divider of which one part is damaged."""
    inner, dashes = _DASHES.subn("", text)
    if not dashes and len(text) not in _DIVIDER_SIZES:
        return False
    kinds = ({part.lastindex for part in known.finditer(inner)} for known in (_NUMBERED_PARTS, _ENGLISH_PARTS))
    parts = max(map(len, kinds))
    return parts == 3 and len(inner.strip()) in _DIVIDER_SIZES and not DIVIDER.fullmatch(text)


SAVED = re.compile(r"(?:저장한 날짜|Date Saved|保存[^:：\d]{0,6}?) ?[:：] ?")
"""The header's line that says when the chat was saved; what stands above it names the room."""
_FILE = r"(?:(?:-\d+)?\.txt)?"
ROOMS = (
    re.compile(rf"(?P<room>.+?) \(\d+명\)(?: ?님?과의?)? 카카오톡 대화{_FILE}"),
    re.compile(rf"(?P<room>.+?)(?P<count> \d+)?(?: ?님과의?)? 카카오톡 대화{_FILE}"),
    re.compile(rf"KakaoTalk Chats (?:with )?(?P<room>.+?)(?: \(\d+(?: people)?\))?{_FILE}"),
    re.compile(r"(?P<room>.+?)(?: with)? KakaoTalk Chats"),
    re.compile(r"(?P<room>.+?)(?P<count> \d+)? ?(?:さん)?との(?:カカオ)?トーク.{0,10}"),
)
STAMPED_NAMES = (
    re.compile(r"KakaoTalk_Chats?_(?P<room>.+?)_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d"),
    re.compile(r"KakaoTalk_Chats_\d{4}-\d\d-\d\d[_ ][\d.]+(?:_(?P<room>.+))?"),
    re.compile(r"KakaoTalk_\d{8}_\d{4}_\d{2}_(?:\d+_)?(?:group|(?P<room>.+))"),
    re.compile(r"Talk_\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}.\d{2}-.+|KakaoTalk_?Chats?"),
)
"""Names that KakaoTalk gives its files; what is not the moment of the export may be the room."""

CSV_HEADER = re.compile(rb'(?:\xef\xbb\xbf)?"?Date"?,"?User"?,"?Message"?[ \t]*(?:\r?\n|$)', re.IGNORECASE)
CSV = Dialect(
    "CSV",
    (*_ISO, " ", r"(?P<hour>\d{1,2})", ":", r"(?P<minute>\d{2})", r"(?::(?P<second>\d{2}))?", ","),
    # A row that was pasted into a quoted text begins with a time too, but its quotes are doubled.
    r'(?!""[^,"])(?P<rest>.*)',
    end=r'(?:"(?!")|[^",]{1,40},)',
    last=r'[^, \d:](?=")',
)

DELETED = re.compile(r"삭제된 메시지입니다\.|메시지가 삭제되었습니다\.|削除されたメッセージです。")
"""A line that stands alone where a message has been, also in dialects whose lines are stamped."""
NOTICES = (
    re.compile(r"(?P<actor>.+)님이 .+님을? 초대(?:하였|했)습니다\."),
    re.compile(r".+님을 초대(?:하였|했)습니다\."),
    re.compile(r"(?P<actor>.+)님이 (?:들어왔|나갔)습니다\."),
    re.compile(r".+님을 내보냈습니다\."),
    re.compile(r"(?P<actor>.+)님이 (?:부?방장이 되었|부?방장으로 지정되었|채팅방을 개설했)습니다\."),
    re.compile(r"타인, 기관 등의 사칭에 유의.+|운영정책 보기"),
    DELETED,
    re.compile(r"채팅방 관리자가 메시지를 가렸습니다\."),
    re.compile(r"운영정책을 위반한 메시지로 신고 접수 시 .+"),
    re.compile(r"(?P<actor>.+) (?:joined|left) this chatroom\."),
    re.compile(r".+ has been removed from this chatroom\."),
    re.compile(r"The message has been deleted\."),
    re.compile(r"톡게시판 .+"),
    re.compile(r"(?P<actor>.+?)さんが.+を招待しました。?"),
    re.compile(r"(?P<actor>.+?)さんが(?:入室|参加|退室|退出)しました。?"),
    re.compile(r"(?P<member>.+?) invited .+\."),
)
"""What KakaoTalk itself says in a chat. An `actor` did it; a `member` did, and must have spoken to be believed."""
WAS_SAID = re.compile(r" (?:[A-Za-z0-9\ufffd]|[^\w\s]) |: | :\S")
"""What the " : " between writer and text looks like with one byte damaged."""
SYSTEM_NAMES = frozenset(("", "시스템", "System"))

_LONGEST_NOTICE = 500

_PLACEHOLDERS = {
    **dict.fromkeys(("사진", "photo", "photos", "写真"), "photo"),
    **dict.fromkeys(("동영상", "video", "動画"), "video"),
    **dict.fromkeys(("이모티콘", "emoticon", "emoticons", "スタンプ", "絵文字"), "emoticon"),
    **dict.fromkeys(("음성메시지", "음성 메시지", "voice note", "ボイスメッセージ"), "voice"),
    "연락처": "contact",
    **dict.fromkeys(("삭제된 메시지입니다.", "this message was deleted.", "削除されたメッセージです。"), "deleted"),
}
"""In small letters, without the brackets that some platforms put around them."""
_BRACKETED_WORD = re.compile(r"<([^<>]+?)(?:[:：][^<>]*)?(?: 읽지 않음)?>|\(([^()_]+)(?:_[^()]*)?\) ?")
"""What is in brackets, without what it is called (a set of emoticons, a contact) and whether it was looked at."""
_MEDIA = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic"), "photo"),
    **dict.fromkeys(("mp4", "avi", "3gp", "mov"), "video"),
    **dict.fromkeys(("m4a", "aac", "amr"), "voice"),
}
MEDIA_NAME = re.compile(r"(?:-?\d{6,}(?:-\d+)?|[0-9a-fA-F]{24,})\.(\w{3,4})")
"""The name that a phone gives to a photo, a video or a voice."""
_MANY_PHOTOS = re.compile(r"사진 \d+장|\d+ photos?|写真 ?\d+枚", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON = ("오후", "午後", "PM", "pm", "p.m.")


def placeholder(text: str) -> str | None:
    """What a text stands for when it is KakaoTalk's word for something that the export leaves out."""
    bracketed = _BRACKETED_WORD.fullmatch(text)
    word = (bracketed[1] or bracketed[2] if bracketed else text).lower()
    if file := MEDIA_NAME.fullmatch(text):
        return _MEDIA.get(file[1].lower())
    return _PLACEHOLDERS.get(word) or ("photo" if _MANY_PHOTOS.fullmatch(word) else None)


def notice_of(text: str) -> re.Match[str] | None:
    """The match of a text that KakaoTalk says itself."""
    if len(text) > _LONGEST_NOTICE:
        return None
    return next(filter(None, (notice.fullmatch(text) for notice in NOTICES)), None)


def day_of(groups: Mapping[str, str | None]) -> date:
    """The date in the groups of a match; ValueError when there is no such day."""
    prefix = "" if groups.get("year") else "english_"
    year, month, day = (groups[prefix + key] or "" for key in ("year", "month", "day"))
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    return date(int(year), number, int(day))


def moment_of(groups: Mapping[str, str | None], day: date) -> tuple[datetime, Precision]:
    """The clock in the groups of a match, on `day`; 오전 12 is 0 h and 오후 12 is noon. ValueError when impossible."""
    hour, half = int(groups["hour"] or ""), groups.get("half") or groups.get("half_after")
    if half is not None:
        if hour > 12:
            raise ValueError(f"no {hour} o'clock in a half day")
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    second = groups.get("second")
    moment = datetime(day.year, day.month, day.day, hour, int(groups["minute"] or ""), int(second or 0))
    return moment, Precision.SECOND if second else Precision.MINUTE
