"""What could not be read or done, in Korean and as plainly in English as in Korean.

The rest of Darak says what went wrong in an English sentence; here stands what a page says in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "unknown-format": (
        "다락이 모르는 종류의 파일이에요. 읽을 수 있는 자료는 아래에 있어요.",
        "Darak does not know this kind of file. What it can read is listed below.",
    ),
    "columns-unconfirmed": (
        "은행이나 카드의 내역 같아요. 파일을 다시 넣으면 어떻게 읽을지 물어봐요.",
        "It seems to be a statement of a bank or a card. Add it again, and you are asked how it is read.",
    ),
    "empty": ("빈 파일이에요. 다시 내보내 주세요.", "The file is empty. Export it again."),
    "encrypted": (
        "암호가 걸려 있어요. 암호를 풀어 저장한 다음 다시 넣어 주세요.",
        "It is locked with a password. Save it without one, and add it again.",
    ),
    "cut-off": (
        "파일이 중간에 끊겼어요. 다시 내보내거나 내려받아 주세요. 그 앞은 읽었어요.",
        "The file breaks off. Export or download it again; what comes before was read.",
    ),
    "broken-archive": (
        "압축 파일이 손상되었거나 끊겼어요. 다시 내보내거나 내려받아 주세요.",
        "The archive is damaged or cut off. Export or download it again.",
    ),
    "path-escape": (
        "압축 파일 밖을 가리키는 이름이라 읽지 않았어요.",
        "Its name points outside the archive, so it was not read.",
    ),
    "nested-too-deep": (
        "압축이 여러 겹이에요. 먼저 풀어서 넣어 주세요.",
        "Archives lie too deep in one another. Unpack them first.",
    ),
    "link": (
        "다른 곳을 가리키는 바로 가기라서 따라가지 않았어요.",
        "It only points to another place. Add what it points to.",
    ),
    "accounts-open": (
        "파일에 있는 개수와 읽은 개수가 달라요. 알려 주시면 고칠게요.",
        "The file holds another number of items than were read. Please report this.",
    ),
    "importer-failed": (
        "읽다가 다락이 잘못했어요. 알려 주시면 고칠게요.",
        "Darak failed while reading it. Please report this.",
    ),
    "no-text-layer": ("글자 없이 그림뿐인 쪽이에요.", "The page is a picture without text."),
    "no-git": (
        "git 저장소를 읽으려면 이 컴퓨터에 git이 있어야 해요.",
        "To read a repository, install git on this machine.",
    ),
    "date-order": (
        "날짜의 일과 월 가운데 무엇이 먼저인지 이 파일만으로는 알 수 없어요.",
        "No date of the file shows whether its day or its month stands first.",
    ),
}
"""By the code of a problem."""

FAMILIES: Mapping[str, str] = {
    "damaged": "손상되어 읽을 수 없었어요.",
    "broken": "손상되어 읽을 수 없었어요.",
    "bad": "알아볼 수 없는 내용이에요.",
    "not": "알아볼 수 없는 내용이에요.",
    "text": "알아볼 수 없는 내용이에요.",
    "unknown": "알아볼 수 없는 내용이에요.",
    "undecodable": "글자를 알아볼 수 없었어요.",
    "unreadable": "읽을 수 없었어요.",
    "unclosed": "끝이 없는 기록이에요.",
    "invalid": "날짜나 시각을 알 수 없어요.",
    "impossible": "날짜나 시각을 알 수 없어요.",
    "unread": "날짜나 시각을 알 수 없어요.",
    "ambiguous": "날짜가 두 가지로 읽혀요.",
    "no": "있어야 할 것이 없어요.",
    "missing": "있어야 할 것이 없어요.",
    "empty": "빈 기록이에요.",
    "too": "너무 커서 읽지 않았어요.",
    "line": "줄이 너무 길어서 읽지 않았어요.",
    "large": "너무 커서 읽지 않았어요.",
    "attachment": "첨부 파일을 담지 못했어요.",
    "entities": "안전하지 않은 내용이라 읽지 않았어요.",
    "extra": "읽으려면 프로그램이 더 있어야 해요.",
    "encrypted": "암호가 걸려 있어요.",
}
"""By the first word of a code that has no sentence of its own, in Korean; what happened exactly stands beside it."""

SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english), korean)
    for english, korean in (
        # What people may be the same, and why
        ("the same name", "이름이 같아요"),
        ("the same name with a title", "호칭을 빼면 이름이 같아요"),
        ("the same name in other letters", "다른 글자로 쓴 같은 이름이에요"),
        ("the same name, for short", "줄여 부른 같은 이름이에요"),
        ("the given name of nobody else", "이런 이름은 한 사람뿐이에요"),
        ("called the same", "똑같이 불려요"),
        # Forgetting
        ("nothing in this memory fits", "그런 기록이 없어요. 지워진 것도 없어요."),
        ("an import is running; forget when it has ended", "지금 파일을 읽는 중이에요. 다 읽은 다음에 다시 해 주세요."),
        ("say what to forget: .*", "무엇을 잊을지 하나는 골라 주세요."),
        ("the memory has changed since; .*", "그 사이에 기록이 달라졌어요. 무엇이 지워지는지 다시 봐 주세요."),
        (
            "what was shown is too old, or .*",
            "보여 드린 지 오래되었거나 이미 지웠어요. 무엇이 지워지는지 다시 봐 주세요.",
        ),
        ("nobody called (.*) is in this memory", "‘{0}’이라는 사람은 기록에 없어요."),
        ("(\\S+) is after (\\S+)", "{0}은 {1}보다 뒤예요. 날짜를 확인해 주세요."),
        ("there is no source '(.*)'; .*", "‘{0}’이라는 자료는 없어요."),
        # Keys
        (
            "there (?:is|was) a key called '(.*?)'.*",
            "‘{0}’이라는 열쇠가 이미 있거나 있었어요. 다른 이름을 지어 주세요.",
        ),
        ("a key that sees a part of the memory may not change it", "일부만 보는 열쇠로는 쓸 수 없어요."),
        # Imports and the disk
        (".*: there is nothing in it to read", "안에 읽을 것이 없어요."),
        (".*: may not be read by this user", "이 파일을 읽을 권한이 없어요."),
        ("the import broke off \\(.*\\); send the file again", "읽다가 멈췄어요. 파일을 다시 넣어 주세요."),
        ("The disk is full.*", "디스크가 가득 찼어요. 저장한 것은 그대로 있으니, 자리를 비우고 다시 해 주세요."),
        ("The vault's database is damaged.*", "금고가 손상되었어요. 백업에서 되살리거나 파일을 다시 넣어 주세요."),
        (".*may not be read or written by this user.*", "이 폴더에 쓸 권한이 없어요."),
        (
            "The disk does not take what is written.*",
            "디스크에 쓸 수 없었어요. 저장한 것은 그대로 있으니 다시 해 주세요.",
        ),
    )
)
"""Sentences of the rest of Darak, as patterns, and what a Korean page says in their place."""
