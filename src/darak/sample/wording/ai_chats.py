"""Talks with an AI assistant on ordinary subjects: (title, turns)."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

AI_CHATS = (
    ("{plant} 키우기", (("user", "{plant} 잎이 {노랗게|갈색으로} 변하는데 왜 그래?"), ("assistant", "과습일 가능성이 큽니다. 흙이 {3cm|손가락 두 마디} 깊이까지 말랐을 때 물을 주고, 창가에서 조금 떨어뜨려 보세요."), ("user", "분갈이는 언제 해?"), ("assistant", "봄이 가장 좋고, 화분 아래로 뿌리가 보이면 한 치수 큰 화분으로 옮기면 됩니다."))),
    ("{food} 레시피", (("user", "{food} 1인분 간단하게 만드는 법 알려줘"), ("abandoned", "먼저 재료를 모두 손질하고 한 시간 재워 둡니다."), ("assistant", "1. 재료를 한 입 크기로 썹니다. 2. 센 불에서 3분 볶습니다. 3. 물 {200|300}ml를 넣고 {8|12}분 끓입니다. 4. 간을 봅니다."))),
    ("메일 다듬기", (("user", "거래처에 {task} 일정이 {이틀|사흘} 늦는다고 정중하게 쓰고 싶어"), ("assistant", "안녕하세요. 말씀드린 {task} 일정이 부득이하게 조금 늦어져 양해를 구합니다. 새 일정은 확정되는 대로 알려드리겠습니다."))),
    ("Polishing a paragraph", (("user", "Can you make this shorter: we would like to inform you that {task} will be delivered on {day}"), ("assistant", "We will deliver {task} on {day}."), ("user", "friendlier please"), ("assistant", "Good news: {task} will be with you on {day}!"))),
    ("Spreadsheet formula", (("user", "How do I sum a column only where the next column says {client}?"), ("assistant", "Use SUMIF: =SUMIF(B:B, \"{client}\", A:A)."))),
    ("Stretching for {ache} pain", (("user", "My {ache} hurts after a day at the desk, what helps?"), ("assistant", "Short breaks every 40 minutes, slow circles, and raising the screen to eye level usually help. See a doctor if it lasts more than two weeks."))),
    ("{book} 같은 책", (("user", "{book} 재밌게 읽었는데 비슷한 책 추천해줘"), ("assistant", "{book2}{과} {book3}{을} 권합니다. 둘 다 조용한 문장으로 일상을 다룹니다."))),
    ("Bread that will not rise", (("user", "my bread stays flat, kitchen is about {17|18|19} degrees"), ("assistant", "That is cool for yeast. Let the dough rise for {three|four} hours or put it in the oven with only the light on."))),
    ("영어 표현", (("user", "{'눈치 보다'|'눈치가 빠르다'}를 영어로 어떻게 말해?"), ("assistant", "상황에 따라 walk on eggshells, read the room, quick on the uptake 등을 씁니다."))),
    ("영어 표현: 아쉽다, 서운하다", (("user", "{아쉽다|서운하다|답답하다}에 딱 맞는 영어가 있어?"), ("assistant", "한 단어로는 없습니다. 아쉬울 때는 what a shame, 서운할 때는 I felt a bit hurt, 답답할 때는 it's frustrating이 가깝습니다."), ("user", "{회사|친구}한테 써도 돼?"), ("assistant", "What a shame은 어디서나 무난하고, 나머지는 가까운 사이에서 쓰는 편이 좋습니다."))),
    ("{room} 정리", (("user", "{room} 정리 순서 좀 알려줘. 30분밖에 없어"), ("assistant", "10분은 버릴 것만 고르고, 15분은 종류별로 모으고, 남은 5분은 닦으세요. 고민되는 물건은 상자 하나에 넣어 두고 다음 주에 다시 봅니다."))),
    ("축하 문구", (("user", "{cheer} 축하 문구 짧게 써줘"), ("assistant", "그동안의 노력이 빛나는 순간이네요. 진심으로 축하합니다."), ("user", "{조금 더 편하게|덜 딱딱하게}"), ("assistant", "정말 축하해요! 옆에서 다 봤어요, 얼마나 애썼는지."))),
    ("{quilt} 이불 빨래", (("user", "{quilt} 이불 집에서 빨아도 돼?"), ("assistant", "라벨에 물세탁 표시가 있으면 됩니다. 중성세제를 쓰고 약하게 두 번 헹군 뒤 그늘에서 뒤집어 가며 말리세요."))),
    ("{dirt} 없애기", (("user", "{텀블러|도시락통|도마}에 밴 {dirt} 어떻게 없애?"), ("assistant", "따뜻한 물에 베이킹소다 한 숟갈을 풀어 하룻밤 두었다가 헹구세요. 그래도 남으면 식초를 조금 더합니다."))),
    ("회의 안건 순서", (("user", "회의가 {한 시간|40분}인데 안건이 {다섯|일곱} 개야. 순서 어떻게 할까?"), ("assistant", "결정이 필요한 것부터, 그다음 의견이 필요한 것, 알리기만 할 것은 문서로 돌리세요. 마지막 5분은 누가 언제까지 할지 정하는 데 남겨 둡니다."))),
    ("문장 다듬기", (("user", "'{team}에서 진행한 {task}에 대한 검토가 완료되었음을 알려드립니다' 더 짧게"), ("assistant", "{team}{이} {task} 검토를 마쳤습니다."), ("user", "좋다 고마워"), ("assistant", "도움이 되어 다행입니다."))),
    ("맞춤법", (("user", "{'되'랑 '돼' 중에 뭐가 맞아?|'돼'랑 '되' 어떻게 구분해?}"), ("assistant", "'하'를 넣어 말이 되면 '되', '해'를 넣어 말이 되면 '돼'입니다. '며칠'은 언제나 '며칠'로 씁니다."), ("user", "바라? 바래?"), ("assistant", "소망을 뜻하면 '바라'가 맞습니다."))),
    ("{brew} 내리기", (("user", "집에서 {brew} 내리면 떫은데 왜지?"), ("assistant", "물이 너무 뜨겁거나 오래 우린 탓이 큽니다. {90|92}도로 {2분 30초|3분}만 내려 보세요."))),
    ("Polite no", (("user", "How do I say no to {a meeting|a favour|an invitation} without a long excuse?"), ("assistant", "Thank you for thinking of me. I can't make it this time, but I hope it goes well."), ("user", "{warmer|shorter}"), ("assistant", "Thank you for asking me. Not this time, I'm afraid."))),
    ("A stain", (("user", "{stain} on a white shirt, five minutes ago"), ("assistant", "Blot, do not rub. Cold water from the back of the cloth, a drop of dish soap, ten minutes, then wash as usual. Keep it out of the dryer until the mark is gone."))),
    ("Compound interest, simply", (("user", "Explain compound interest like I'm ten"), ("assistant", "You plant a coin and next year there is a coin and a bit. The year after, the bit grows too. At four percent a year the coins double in about eighteen years."), ("user", "so starting early matters"), ("assistant", "More than the amount, usually."))),
    ("Why the sky is blue", (("user", "why is the sky blue but sunsets red, in two sentences"), ("assistant", "Air scatters blue light more than red, so blue reaches you from everywhere. In the evening the light crosses so much air that the blue is scattered away and the red is left."))),
    ("Noise cancelling", (("user", "how do noise cancelling headphones work?"), ("assistant", "A microphone hears the noise and the speaker plays its mirror image, so that the two add up to nearly nothing. It works best on steady sounds such as engines."))),
    ("Words for an email", (("user", "Is it 'following up on' or 'following up with'?"), ("assistant", "You follow up on a thing and follow up with a person: I am following up with {team} on {task}."))),
    ("A name for something", (("user", "I need a name for {a shared folder of receipts|a group chat of five lazy hikers|a spreadsheet nobody wants}"), ("assistant", "Paper Trail, Slow Feet, The Grid We Deserve."), ("user", "{the second|the last} one, thanks"), ("assistant", "Good choice."))),
    ("Keeping {herb} alive", (("user", "my {herb} dies every {month|winter}"), ("assistant", "It probably dries out between waterings. A bigger pot, morning sun, and water when the top feels dry; pinch it back so that it branches."))),
    ("English practice", (("user", "Give me three sentences with {although|by the time|as long as}"), ("assistant", "{Although it rained, we walked home.|By the time I arrived, the soup was gone.|As long as you are here, nothing is wrong.} Try two of your own and I will look at them."), ("user", "Although I was tired, I {cooked|called home|read two chapters}."), ("assistant", "Correct, and natural."))),
    ("A short introduction", (("user", "Two lines about me for {for_whom}: I work in product, I hike badly, I read in two languages"), ("assistant", "Product person by day. Slow hiker and reader in two languages by weekend."))),
    ("What to cook with {leftover}", (("user", "I have {leftover} and no plan"), ("assistant", "Hot pan, oil, garlic first. Add what you have, a spoon of soy sauce at the rim, and finish with sesame. Eight minutes."))),
    ("Reading a chart", (("user", "The average went up but the median went down, how?"), ("assistant", "A few very large values pull the average up while most values fell. Look at the distribution of {task} before you tell {team}."))),
    ("A long train ride", (("user", "two hours on a train, something to listen to that is not news"), ("assistant", "Try a single long interview with somebody whose work you know nothing about, or one album from start to end without your phone in hand."))),
    ("Weekend plan", (("user", "Two free hours on {day}, {rain|sun} expected, ideas?"), ("assistant", "A small gallery, a bakery you have not tried, or {the library|a long walk with a podcast}."))),
    ("단축키 질문", (("user", "표에서 빈 줄만 한 번에 지우는 방법 있어?"), ("assistant", "필터로 빈 칸만 보이게 한 뒤 줄을 모두 골라 지우면 됩니다."))),
    ("{where} 옷차림", (("user", "{비 오는|바람 부는|흐린} 날 밖에서 두 시간 걷는데 뭐 입지?"), ("assistant", "얇은 옷을 겹쳐 입고 바람막이를 챙기세요."))),
)  # fmt: skip
