"""Notes of ordinary days: diary paragraphs and notes with a title, in both languages."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

DIARY = (
    "{점심|저녁}에 {food}{을} 먹었다. {양이 많았다|조금 짰다|기대보다 맛있었다}.",
    "{where}에 다녀왔다. {사람이 적어서 좋았다|생각보다 멀었다|오래 앉아 있었다}.",
    "{book} 읽는 중. {문장이 짧아서 좋다|진도가 안 나간다|밑줄을 너무 많이 그었다}.",
    "{task} 때문에 {늦게까지 남았다|하루가 다 갔다}. {그래도 끝냈다|내일 마저 한다}.",
    "종일 {low}. {일찍 자야겠다|물을 더 마시자|아무것도 안 하기로 했다}.",
    "{plant}에 물을 줬다. {새 잎이 났다|조금 시들하다}.",
    "{hobby} 다녀왔다. {몸이 가벼워졌다|숨이 찼다|재미를 알 것 같다}.",
    "{drama} {마지막 회|첫 회|두 편}{을} 봤다. {결말이 아쉽다|음악이 좋았다}.",
    "출근길에 {song}{을} 들었다. {하루 종일 맴돈다|기분이 나아졌다}.",
    "[[할 일]] {세 개|다섯 개|하나} 지웠다. {빨래|분리수거|은행|우체국}{은} 내일.",
    "Long day with {task}. {Still not finished|Done at last|Handed it over to {team}}.",
    "Walked along {the river|the market street|the back alleys} after dinner. {Quiet|Too many scooters|Saw the first lights of the season}.",
    "Reading {book}. {Slow start|Underlined half of chapter two|The translation is lovely}.",
    "Had {food} with nobody and a podcast. {Perfect|Slightly sad|Good}.",
    "Feeling {tired|sleepy|foggy|all over the place}. {Early night|More water, less screen|It will pass}.",
    "Talked with [[{friend}]] about {work|money|old films|growing up with two languages}. {Laughed a lot|I should listen more}.",
    "{film} tonight. {Three stars|Would watch again|Left before the end}.",
    "Small win: {fixed the lamp|cleared the inbox|cooked for three days|called the bank}.",
    "{hobby} in the evening. {Getting better|Arms like noodles|Nearly skipped it}.",
    "{weather}. {Stayed in|Took the long way|Kept the window open for an hour}.",
    "{bloom} {구경을 했다|사진을 찍었다}. {사람이 많았다|짧지만 좋았다|혼자 걸었다}.",
    "{새벽 3시|새벽 5시|6시 반}에 깼다. {꿈이 길었다|이유는 모르겠다}.",
    "{12시|새벽 1시|새벽 2시} 넘어 잠들었다. {내일은 다르게|책 때문이다}.",
    "버스에서 {옆자리 아이가 노래를 불렀다|창밖만 봤다|한 정거장 더 갔다}. {나쁘지 않았다|웃음이 났다}.",
    "{thing}{을} {새로 샀다. 진작 살걸|버렸다. 속이 시원하다|깨끗이 닦았다. 새것 같다}.",
    "{friend.called}{이랑} {통화했다. 목소리가 밝았다|메시지를 주고받았다. 별 얘기 아닌데 좋았다}.",
    "{team} 회의가 {길었다. 결론은 다음 주|짧게 끝났다. 할 말은 했다}.",
    "{dish} {먹을 만큼만 덜어 놓았다|남은 것으로 볶음밥을 했다}.",
    "오늘의 단어: {머뭇거리다|담백하다|어스름|느긋하다|살뜰하다}.",
    "{동네 서점|골목 끝 가게|새로 생긴 꽃집}에 들렀다. {아무것도 안 샀다|엽서 두 장을 샀다}.",
    "청소를 했다. {창문까지 닦았다|책상만 했다|음악을 크게 틀었다}.",
    "Word of the day: {brisk|dawdle|tender|threshold|linger|thrift}.",
    "{A neighbour waved. Nice|The lift was out again. Ten floors|Somebody was practising scales. It made the evening|The baker remembered my order. It made the day}.",
    "Spent too long choosing {a lamp|a font|a sandwich|a birthday card}. {Chose the first one|No regrets}.",
    "Made a list of {things to fix|films to see|people to write to|words I like|trips I will not take}. {Crossed off one|Lost the list}.",
    "The {bloom} near the station, {again|still}. {Took a picture like everyone else|Stood there for a while}.",
    "{Ironed five shirts|Cleaned the window|Sorted the cables} while listening to {song}.",
    "{food} for lunch in {the park|the stairwell|a queue}. {Quiet|Good company|Ten minutes, no more}.",
    "Work was {slow|loud|fine}. {Finished {task}|Started {task}, stopped, started again}.",
    "Wrote half a page of {a letter|a story|nothing in particular}. {Threw it away|Kept one sentence}.",
    "Nothing happened today. {Lovely|I noticed it|Recommended}.",
)  # fmt: skip

# (title, body, folder, tag)
TITLED = (
    ("독서 메모 - {book}", "『{book}』{을} 읽고.\n\n- {문장이 담백하다|사람 이야기가 많다|번역이 좋다}\n- {다시 읽고 싶은 장: 3장|기억할 말: 서두르지 않는다}\n\n관련: [[독서 목록]]", "Books", "book"),
    ("Book notes - {book}", "Finished {book}.\n\n- {The narrator cannot be trusted|Everybody is cold all the time|Best chapter: the ferry}\n- {Lend it to someone|Keep it}\n\nSee [[Reading list]]", "Books", "book"),
    ("회의 메모 {client}", "참석: {team}, {client}\n\n- {task} 일정 {확정|재조정}\n- {비용은 다음에|담당자 변경|추가 요청 두 건}\n\n다음: [[할 일]]", "Work", "meeting"),
    ("Meeting - {client}", "With {team} and {client}.\n\n- {task}: {on track|one week late|needs a decision}\n- {They want numbers|Ask legal|Send the slides}\n", "Work", "meeting"),
    ("장보기 {food}", "- {양파|감자|대파}\n- {두부|계란|어묵}\n- {고춧가루|간장|참기름}\n- {우유|요거트|빵}\n", "Lists", "list"),
    ("Packing for {a weekend away|the company retreat|a night at my parents'}", "- {rain jacket|sweater|cap}\n- {toothbrush|contact lenses|earplugs}\n- charger\n- {snacks|a book|socks}\n", "Lists", "list"),
    ("요리 시도: {food}", "{food}{을} 만들어 봤다. {불이 너무 셌다|간이 맞았다|다음엔 물을 줄이자}. 시간은 {25|40|60}분.", "Kitchen", "cooking"),
    ("{hobby} 기록", "{자세가 조금 나아졌다|{minutes} 만에 지쳤다|선생님이 칭찬했다}. 다음 목표: {꾸준히|일주일에 두 번}.", "Hobby", "hobby"),
    ("Words I keep forgetting", "- {awkward|thorough|reluctant|vague}\n- {to dwell on|to wind down|to look forward to}\n- {by and large|more or less}\n", "Language", "language"),
)  # fmt: skip
