"""What people call the places where records come from, in both languages, and what is done there.

`names` are regular expressions of what is said; `sources` are names of sources, of which those are meant that the
vault has. A product's name is also what others write of (what I pay for Netflix), so it means the source only where
the question goes there: on Netflix, 넷플릭스에서, Slack messages.
"""

from __future__ import annotations

from dataclasses import dataclass

BROWSERS = (
    "chrome",
    "google-chrome",
    "chromium",
    "firefox",
    "safari",
    "edge",
    "brave",
    "opera",
    "vivaldi",
    "arc",
    "waterfox",
    "qutebrowser",
    "browserexport",
    "browser",
    "floorp",
    "librewolf",
    "palemoon",
)
AI_CHATS = ("chatgpt", "claude", "gemini")


@dataclass(frozen=True, slots=True)
class SourceName:
    """One place under all its names."""

    names: str
    sources: tuple[str, ...]


SOURCE_NAMES: tuple[SourceName, ...] = (
    SourceName(r"카카오\s?톡|카톡|톡방|kakao\s?talk|kakao", ("kakaotalk",)),
    SourceName(r"왓츠앱|와츠앱|whats\s?app", ("whatsapp",)),
    SourceName(r"텔레그램|telegram", ("telegram",)),
    SourceName(r"슬랙|slack", ("slack",)),
    SourceName(r"디스코드|discord", ("discord",)),
    SourceName(r"시그널|signal", ("signal",)),
    SourceName(r"라인|(?-i:LINE)", ("line",)),
    SourceName(r"스카이프|skype", ("skype",)),
    SourceName(r"구글\s?챗|행아웃|google\s+chat|hangouts?", ("google-chat",)),
    SourceName(r"문자\s?메시지|문자|sms|texts?", ("sms",)),
    SourceName(r"아이메시지|i\s?message", ("imessage",)),
    SourceName(r"페이스북|페북|facebook|messenger", ("facebook",)),
    SourceName(r"인스타그램|인스타|instagram|insta", ("instagram",)),
    SourceName(r"마스토돈|mastodon", ("mastodon",)),
    SourceName(r"트위터|twitter", ("x", "twitter")),
    SourceName(r"레딧|reddit", ("reddit",)),
    SourceName(r"챗\s?지피티|챗\s?gpt|지피티|chat\s?gpt", ("chatgpt",)),
    SourceName(r"클로드|claude", ("claude",)),
    SourceName(r"제미나이|제미니|gemini", ("gemini",)),
    SourceName(r"유튜브|유투브|you\s?tube", ("youtube",)),
    SourceName(r"넷플릭스|넷플|netflix", ("netflix",)),
    SourceName(r"스포티파이|spotify", ("spotify",)),
    SourceName(r"라스트\s?에프엠|last\.?fm", ("lastfm",)),
    SourceName(r"레터박스드?|letterboxd", ("letterboxd",)),
    SourceName(r"굿리즈|goodreads", ("goodreads",)),
    SourceName(r"킨들|kindle", ("kindle",)),
    SourceName(r"아마존|amazon", ("amazon",)),
    SourceName(r"인스타페이퍼|instapaper", ("instapaper",)),
    SourceName(r"레인드롭|(?-i:Raindrop)", ("raindrop",)),
    SourceName(r"(?-i:Pocket)", ("pocket",)),
    SourceName(r"크롬|chrome", ("chrome", "google-chrome", "chromium")),
    SourceName(r"파이어폭스|firefox", ("firefox",)),
    SourceName(r"사파리|safari", ("safari",)),
    SourceName(
        r"구글(?=\S*\s*검색)|(?<=search\son\s)google|(?<=searched\son\s)google|google(?=\s+search)", ("google-search",)
    ),
    SourceName(r"노션|notion", ("notion",)),
    SourceName(r"에버노트|evernote", ("evernote",)),
    SourceName(r"옵시디언|obsidian|markdown|마크다운", ("markdown",)),
    SourceName(r"로그시크|logseq", ("logseq",)),
    SourceName(r"롬\s?리서치|roam(?:\s+research)?", ("roam",)),
    SourceName(r"구글\s?킵|google\s+keep", ("google-keep",)),
    SourceName(r"구글\s?(?:할\s?일|태스크)|google\s+tasks", ("google-tasks",)),
    SourceName(r"데이\s?원|day\s+one", ("day-one",)),
    SourceName(r"베어|bear", ("bear",)),
    SourceName(r"블로그|blog", ("blog", "naver-blog")),
    SourceName(r"스트라바|strava", ("strava",)),
    SourceName(r"터미널|셸|terminal|shell", ("shell", "ipython")),
)


@dataclass(frozen=True, slots=True)
class SourceActivity:
    """What is done in sources of one sort: how a question that says nothing else asks for it, by which records.

    `words` are what only says that it was done, in a question that names such a source.
    """

    asks: tuple[str, ...]
    words: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...] = ()


ACTIVITIES: tuple[SourceActivity, ...] = (
    SourceActivity(
        (r"\bwhat\s+(?:did|have)\s+i\s+(?:highlight|underline)(?:d)?\b", r"(?<![가-힣])밑줄\s*(?:친|그은)\S*"),
        (
            r"\b(?:highlight(?:s|ed|ing)?|underlined?|clippings?|read|notes?|books?)\b",
            r"(?<![가-힣])(?:하이라이트|밑줄|메모|책|읽은|읽었|친|그은)(?:한|했)?[을를은는이가에]?(?![가-힣])",
        ),
        ("kindle",),
    ),
    SourceActivity(
        (),
        (
            r"\b(?:buy|bought|buying|order(?:s|ed)?|purchas(?:es?|ed)|things?|shop(?:ped|ping)?)\b",
            r"(?<![가-힣])(?:샀\S*|산|사|주문(?:한|했\S*)?|구매(?:한|했\S*)?|물건|것)[을를은는이가]?(?![가-힣])",
        ),
        ("amazon",),
    ),
    SourceActivity(
        (
            r"\blisten(?:ed|ing)?\b(?:\s+to)?",
            r"(?<![가-힣])(?:무슨|어떤)?\s*(?:노래|음악)[을를]?\s*들\S*",
            r"뭐\s*들었\S*",
        ),
        (
            r"\b(?:listen(?:ed|ing)?(?:\s+to)?|songs?|music|tracks?|play(?:ed)?)\b",
            r"(?<![가-힣])(?:노래|음악|곡)[을를은는이가]?|(?<![가-힣])들[었은]\S*",
        ),
        ("spotify", "lastfm", "youtube-music", "apple-music"),
        ("play",),
    ),
    SourceActivity(
        (
            r"\b(?:what|which)\s+(?:movies?|films?|videos?|shows?|series)\s+(?:did|have)\s+(?:i|we)\s+(?:watch(?:ed)?|see|seen)\b",
            r"\bwhat\s+(?:did|have)\s+(?:i|we)\s+watch(?:ed)?\b",
            r"(?:무슨|어떤)\s*(?:영화|영상|드라마|동영상)[을를]?\s*봤\S*",
        ),
        (
            r"\b(?:watch(?:ed|ing)?|see|saw|seen|videos?|movies?|films?|shows?|series|episodes?)\b",
            r"(?<![가-힣])(?:영화|동?영상|비디오|드라마|시리즈|프로그램|시청)[을를은는이가]?(?![가-힣])|(?<![가-힣])(?:봤|본|시청한|시청했)\S*",
        ),
        ("netflix", "youtube", "letterboxd"),
        ("play",),
    ),
    SourceActivity(
        (
            r"\b(?:web\s?sites?|web\s?pages?|sites?)\b.*\b(?:visit(?:ed)?|open(?:ed)?|browse[d]?|look(?:ed)?\s+at)\b",
            r"(?:웹\s?사이트|사이트|웹\s?페이지)\S*\s*(?:\S+\s+)?(?:방문|들어갔|들어간|봤|본|열었)\S*",
        ),
        (
            r"\b(?:web\s?sites?|web\s?pages?|sites?|pages?|visit(?:ed)?|open(?:ed)?|browse[d]?|browsing|history)\b",
            r"(?<![가-힣])(?:웹\s?사이트|사이트|웹\s?페이지|페이지)[을를은는이가에]?(?![가-힣])|(?<![가-힣])(?:방문|들어갔|들어간|봤|본|열었)\S*",
        ),
        BROWSERS,
        ("other",),
    ),
    SourceActivity(
        (
            r"\bwhat\s+did\s+i\s+(?:google|search(?:\s+for)?)\b",
            r"구글링\S*",
        ),
        (r"\b(?:search(?:ed)?(?:\s+for)?|googled?|look(?:ed)?\s+up)\b", r"(?<![가-힣])검색\S*"),
        ("google-search",),
    ),
    SourceActivity(
        (
            r"\b(?:shell\s+)?commands?\b.*\b(?:run|ran|type[d]?|use[d]?)\b",
            r"명령어?\S*\s*(?:\S+\s+)?(?:쳤|실행|입력)\S*",
        ),
        (r"\b(?:commands?|run|ran|typed?|used?)\b", r"(?<![가-힣])(?:명령어?[를을은]?|쳤\S*|친|실행\S*|입력\S*)"),
        ("shell", "ipython"),
        ("other",),
    ),
    SourceActivity(
        (),
        (
            r"\b(?:ask(?:ed|ing)?|tell|told|talk(?:ed)?|chat(?:s|ted)?|conversations?|discuss(?:ed)?|us(?:e|ed|ing)|about|with)\b",
            r"(?<![가-힣])(?:물어본|물어봤\S*|물어보\S*|물었\S*|물은|질문\S*|대화\S*|얘기\S*|이야기\S*|쓰기|썼\S*|쓴|사용\S*|대해\S*|관해\S*)",
        ),
        AI_CHATS,
    ),
    SourceActivity(
        (),
        (
            r"\b(?:messages?|chats?|conversations?|say|said|tell|told|write|wrote|written|talk(?:ed)?|post(?:s|ed)?|us(?:e|ed|ing)"
            r"|threads?|about|send|sent)\b",
            r"(?<![가-힣])(?:메시지|메세지|대화|채팅|톡|글|게시글|포스트|한\s말|말한|말했\S*|얘기\S*|이야기\S*|보낸|보냈\S*|올린|올렸\S*|썼\S*|쓴"
            r"|쓰기|사용\S*|대해\S*|관해\S*|나눈|나눴\S*)(?:[을를은는이가도에]|에서)?(?![가-힣])",
        ),
        (
            "kakaotalk",
            "whatsapp",
            "telegram",
            "slack",
            "discord",
            "signal",
            "line",
            "skype",
            "google-chat",
            "imessage",
            "facebook",
            "instagram",
            "mastodon",
            "x",
            "twitter",
            "reddit",
            "blog",
            "naver-blog",
        ),
    ),
    SourceActivity(
        (),
        (
            r"\b(?:notes?|pages?|write|wrote|written|saved?|about|say|said)\b",
            r"(?<![가-힣])(?:메모|노트|페이지|글|적은|적었\S*|쓴|썼\S*|적어\s?둔|정리한|저장한|대해\S*|관해\S*)[을를은는이가]?(?![가-힣])",
        ),
        ("notion", "evernote", "markdown", "logseq", "roam", "google-keep", "day-one", "bear"),
    ),
)
