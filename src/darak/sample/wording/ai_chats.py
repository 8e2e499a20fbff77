"""Talks with an AI assistant on ordinary subjects: (title, turns)."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

AI_CHATS = (
    ("{plant} 키우기", (("user", "{plant} 잎이 {노랗게|갈색으로} 변하는데 왜 그래?"), ("assistant", "과습일 가능성이 큽니다. 흙이 {3cm|손가락 두 마디} 깊이까지 말랐을 때 물을 주고, 창가에서 조금 떨어뜨려 보세요."), ("user", "분갈이는 언제 해?"), ("assistant", "봄이 가장 좋고, 화분 아래로 뿌리가 보이면 한 치수 큰 화분으로 옮기면 됩니다."))),
    ("{food} 레시피", (("user", "{food} 1인분 간단하게 만드는 법 알려줘"), ("abandoned", "먼저 재료를 모두 손질하고 한 시간 재워 둡니다."), ("assistant", "1. 재료를 한 입 크기로 썹니다. 2. 센 불에서 3분 볶습니다. 3. 물 {200|300}ml를 넣고 {8|12}분 끓입니다. 4. 간을 봅니다."))),
    ("메일 다듬기", (("user", "거래처에 {task} 일정이 {이틀|사흘} 늦는다고 정중하게 쓰고 싶어"), ("assistant", "안녕하세요. 말씀드린 {task} 일정이 부득이하게 조금 늦어져 양해를 구합니다. 새 일정은 확정되는 대로 알려드리겠습니다."))),
    ("Polishing a paragraph", (("user", "Can you make this shorter: we would like to inform you that {task} will be delivered on {day}"), ("assistant", "We will deliver {task} on {day}."), ("user", "friendlier please"), ("assistant", "Good news: {task} will be with you on {day}!"))),
    ("Spreadsheet formula", (("user", "How do I sum a column only where the next column says {client}?"), ("assistant", "Use SUMIF: =SUMIF(B:B, \"{client}\", A:A)."))),
    ("Stretching for {neck|back|wrist} pain", (("user", "My {neck|back|wrist} hurts after a day at the desk, what helps?"), ("assistant", "Short breaks every 40 minutes, slow circles, and raising the screen to eye level usually help. See a doctor if it lasts more than two weeks."))),
    ("{book} 같은 책", (("user", "{book} 재밌게 읽었는데 비슷한 책 추천해줘"), ("assistant", "{book2}{과} {book3}{을} 권합니다. 둘 다 조용한 문장으로 일상을 다룹니다."))),
    ("Bread that will not rise", (("user", "my bread stays flat, kitchen is about {17|18|19} degrees"), ("assistant", "That is cool for yeast. Let the dough rise for {three|four} hours or put it in the oven with only the light on."))),
    ("영어 표현", (("user", "'눈치 보다'를 영어로 어떻게 말해?"), ("assistant", "상황에 따라 walk on eggshells, read the room 등을 씁니다."))),
    ("Weekend plan", (("user", "Two free hours on {day}, {rain|sun} expected, ideas?"), ("assistant", "A small gallery, a bakery you have not tried, or {the library|a long walk with a podcast}."))),
    ("단축키 질문", (("user", "표에서 빈 줄만 한 번에 지우는 방법 있어?"), ("assistant", "필터로 빈 칸만 보이게 한 뒤 줄을 모두 골라 지우면 됩니다."))),
    ("{where} 옷차림", (("user", "{비 오는|바람 부는|흐린} 날 밖에서 두 시간 걷는데 뭐 입지?"), ("assistant", "얇은 옷을 겹쳐 입고 바람막이를 챙기세요."))),
)  # fmt: skip
