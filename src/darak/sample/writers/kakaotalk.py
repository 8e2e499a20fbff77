"""KakaoTalk's export variants, one room a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from darak.sample.course import Room
from darak.sample.korean import clock_ko, date_ko, month_en, weekday_en, weekday_ko
from darak.sample.model import ChatLine


def write_kakaotalk(room: Room, lines: Sequence[ChatLine], saved: datetime, folder: Path) -> Path:
    """The room's lines (already by time) in the variant that the room names. Returns the file written."""
    folder.mkdir(parents=True, exist_ok=True)
    name, write = _VARIANTS[room.variant]
    path = folder / name(room, saved)
    path.write_bytes(write(room, lines, saved).encode("utf-8"))
    return path


def _android(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    title = room.title + (f" {len(room.members) + 1}" if len(room.members) > 1 else "")
    out = [f"{title} 님과 카카오톡 대화", f"저장한 날짜 : {date_ko(saved)} {clock_ko(saved)}", ""]
    last = None
    for line in lines:
        stamp = f"{date_ko(line.time)} {clock_ko(line.time)}"
        if line.time.date() != last:
            out += ["", stamp]
            last = line.time.date()
        out.append(f"{stamp}, {_said(line)}")
    return "\n".join(out) + "\n"


def _said(line: ChatLine) -> str:
    return line.text if line.system else f"{line.author} : {line.text}"


def _dotted(moment: datetime) -> str:
    return f"{moment.year}. {moment.month}. {moment.day}. {clock_ko(moment)}"


def _english(moment: datetime) -> str:
    return f"{month_en(moment.month)[:3]} {moment.day}, {moment.year} at {moment:%H:%M}"


def _ios_korean(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    out = [f"{room.title} 님과 카카오톡 대화", f"저장한 날짜 : {_dotted(saved)}", ""]
    last = None
    for line in lines:
        if line.time.date() != last:
            out += ["", f"{date_ko(line.time)} {weekday_ko(line.time)}"]
            last = line.time.date()
        out.append(f"{_dotted(line.time)}{':' if line.system else ','} {_said(line)}")
    return "\ufeff" + "\r\n".join(out) + "\r\n"


def _ios_korean_old(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    out = [f"{room.title} 카카오톡 대화", f"저장한 날짜 : {date_ko(saved)} {clock_ko(saved)}", ""]
    last = None
    for line in lines:
        if line.time.date() != last:
            out += ["", f"{date_ko(line.time)} {weekday_ko(line.time)}"]
            last = line.time.date()
        out.append(f"{clock_ko(line.time)}, {_said(line)}")
    return "\n".join(out) + "\n"


def _ios_english(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    out = [f"Talk_{saved.year}.{saved.month}.{saved.day} {saved:%H:%M}-1.txt", f"Date Saved : {_english(saved)}", ""]
    last = None
    for line in lines:
        if line.time.date() != last:
            out += ["", f"{weekday_en(line.time)}, {month_en(line.time.month)} {line.time.day}, {line.time.year}"]
            last = line.time.date()
        out.append(f"{_english(line.time)}{':' if line.system else ','} {_said(line)}")
    return "\r\n".join(out) + "\r\n"


def _windows(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    out = [f"{room.title} 님과 카카오톡 대화", f"저장한 날짜 : {saved:%Y-%m-%d %H:%M:%S}", ""]
    last = None
    for line in lines:
        if line.time.date() != last:
            out.append(f"--------------- {date_ko(line.time)} {weekday_ko(line.time)} ---------------")
            last = line.time.date()
        out.append(line.text if line.system else f"[{line.author}] [{clock_ko(line.time)}] {line.text}")
    return "\r\n".join(out) + "\r\n"


def _mac(room: Room, lines: Sequence[ChatLine], saved: datetime) -> str:
    out = ["Date,User,Message"]
    second, last = 0, datetime.min
    for line in lines:
        second = second + 7 if line.time == last else line.time.minute * 13 % 30
        last = line.time
        stamp = line.time + timedelta(seconds=min(second, 59))
        name, text = (value.replace('"', '""') for value in (line.author, line.text))
        out.append(f'{stamp:%Y-%m-%d %H:%M:%S},"{name}","{text}"')
    return "\n".join(out) + "\n"


def _phone_name(room: Room, saved: datetime) -> str:
    return f"KakaoTalk_Chats_{saved:%Y-%m-%d_%H.%M.%S}_{room.title}.txt"


def _apple_name(room: Room, saved: datetime) -> str:
    return f"Talk_{saved.year}.{saved.month}.{saved.day} {saved:%H.%M}-{room.key}.txt"


def _windows_name(room: Room, saved: datetime) -> str:
    return f"KakaoTalk_{saved:%Y%m%d_%H%M_%S}_{room.key}_group.txt"


def _mac_name(room: Room, saved: datetime) -> str:
    return f"KakaoTalk_Chat_{room.title}_{saved:%Y-%m-%d-%H-%M-%S}.csv"


_Name = Callable[[Room, datetime], str]
_Write = Callable[[Room, Sequence[ChatLine], datetime], str]
_VARIANTS: dict[str, tuple[_Name, _Write]] = {
    "android_ko": (_phone_name, _android),
    "android_ko_group": (_phone_name, _android),
    "ios_ko": (_apple_name, _ios_korean),
    "ios_ko_old": (_apple_name, _ios_korean_old),
    "ios_en": (_apple_name, _ios_english),
    "windows_ko": (_windows_name, _windows),
    "mac_csv": (_mac_name, _mac),
}
