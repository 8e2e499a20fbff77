"""Work chats: Korean with polite endings, English as in an international team."""



WORK_KO = """
a: {task} {언제까지 가능할까요|진행 상황 어떤가요}?
me: {오늘 안으로 공유드리겠습니다|거의 다 됐습니다|내일 오전에 드리겠습니다}
a: {네 감사합니다|알겠습니다|천천히 해주세요}

a: 회의 {minutes} 뒤에 시작합니다
me: {네 들어가겠습니다|자료 띄워두겠습니다|회의실 어디인가요?}
a: {3층|5층|2층} {대회의실|소회의실}입니다

b: {client} 쪽에서 {일정 문의|견적 요청|수정 요청} 왔습니다
a: {me.full}님이 확인 부탁드려요
me: {네 확인해보겠습니다|답장 드렸습니다|오후에 통화하기로 했습니다}

me: {task} 공유드립니다. 의견 부탁드려요
a: {잘 정리됐네요|3페이지 숫자만 다시 봐주세요|표 제목만 고치면 될 것 같아요}
me: {수정해서 다시 올리겠습니다|감사합니다}

[morning]
b: 오늘 점심 {food} 어떠세요
me: {좋습니다|저는 도시락 싸왔어요|저는 선약이 있어서요}
a: {12시에 로비에서 봬요|저도 갈게요}

a: {team} 회신 왔나요?
me: {아직입니다|방금 왔습니다 전달드릴게요|다시 한번 요청해두겠습니다}

c: 선배님 이 {파일|폴더|링크} 권한 좀 부탁드려도 될까요
me: {열어드렸어요|네 잠시만요|메일 주소 알려주세요}
c: {감사합니다|들어가집니다!}

a: {내일|금요일|월요일} {오전|오후} 회의는 {한 시간 미룹니다|취소됐습니다|온라인으로 합니다}
me: {네 알겠습니다|확인했습니다}

[morning]
me: 오늘 {반차|재택|외근}입니다. 급한 건 전화 주세요
a: {네 다녀오세요|알겠습니다}

b: 프린터 {또 걸렸어요|토너가 없어요}
me: {제가 총무팀에 말할게요|2층 거 쓰세요}

a: 이번 주 {task}, {task2} 우선순위 바꿔서 진행할게요
me: {네 알겠습니다|그럼 일정은 다음 주로 미룰까요?}
a: {네 그렇게 해주세요|그건 그대로 갑시다}

b: 신입분 {자리|노트북} 준비됐나요?
me: {네 세팅해뒀습니다|오늘 도착한다고 합니다}

[noon]
a: 오늘 {client} 미팅 {수고하셨습니다|분위기 좋았습니다}
me: {팀장님도 고생하셨습니다|후속 자료 정리하겠습니다}

me: {task} 최종본 {메일로 보냈습니다|드라이브에 올렸습니다}
b: {확인했습니다|감사합니다 출력해둘게요}

b: {엘리베이터|주차장} 점검이라고 합니다 {내일 오후 2시|내일 오전 10시}부터요
me: {공유 감사합니다|네}

[noon]
a: {오늘은 일찍|다들 일찍} 퇴근하세요
me: {네 먼저 들어가 보겠습니다|조금만 더 하고 가겠습니다}

c: 혹시 {작년|지난달} {task} 양식 있을까요?
me: {공용 폴더에 있어요|보내드릴게요}
c: {찾았습니다 감사합니다|감사합니다!}

a: 분기 발표 자료 {초안|최종} 봤습니다. {깔끔하네요|그래프만 키워주세요}
me: {네 반영하겠습니다|감사합니다}

b: 커피 사러 가는데 {필요하신 분|드실 분}?
me: {저 {drink}요|저는 괜찮아요|감사합니다 {drink} 부탁드려요}

a: 회식 {장소|메뉴} {food} 어때요
me: {좋습니다|저는 다 괜찮아요|가까운 데면 좋겠습니다}
"""

WORK_EN = """
a: where are we with {task}?
me: {nearly done, sharing today|blocked on {team}|first draft is in the folder}
a: {great|thanks, no rush|let's look at it tomorrow}

[morning]
a: {standup in five|moving standup to 11:30|no standup today}
me: {ok|works for me|joining from the train}

b: {client} asked for {an update|a new quote|one more export format}
me: {I'll take it|can we say next week?|replied with the timeline}
b: {thank you!|perfect}

me: pushed {task}, could someone have a look?
a: {left two comments|looks good to me|on it after lunch}
me: {fixed, thanks|good catch}

c: new {mockups|icons|screens} are up, feedback welcome
me: {love the second one|the contrast is a bit low|much clearer than before}
c: {will tweak|noted|shipping it}

a: can you cover the {client} call at {desk_hour}?
me: {sure|I clash with a review, could {b} do it?|yes, send me the notes}

b: the build is {red|green} again
me: {my fault, fixing|looking|enjoy it while it lasts}

[morning]
me: out {this afternoon|tomorrow morning}, ping me if urgent
a: {enjoy|ok|we'll manage}

[morning]
b: lunch? thinking {food}
me: {yes please|brought mine|give me 10 minutes}

a: retro notes are posted, please add yours before {weekday}
me: {added|doing it now}

c: does anyone have the old {logo|style guide|photo library}?
me: {drive, shared folder|I'll send it|no, but {team} might}

[noon]
a: good demo today, {client} sounded happy
me: {team effort|they liked the dashboard most|relieved}

b: numbers for {task} look off in row {12|30|48}
me: {double counting, fixing|which filter?|thanks, will check}

a: reminder: expense reports due {weekday}
me: {done|oh no}

c: {coffee|snack} delivery is here
me: {coming|save me one}

me: moved {task} to next sprint, too much on the plate
a: {makes sense|fine by me}

b: customer says export is {slow|missing a column}
me: {reproduced it|can't see it here, asking for the file}
b: {thanks, they're patient|great}

a: welcome lunch for the new {engineer|analyst|designer} on {weekday}
me: {in|booked the table for six}
"""
