"""More of work, in both languages."""



MORE_WORK_KO = """
a: {client} 계약 건 {검토 끝났나요|진행 어떻게 되나요}
me: {법무팀 회신 기다리고 있습니다|오늘 중으로 마무리하겠습니다}
a: {네 끝나면 알려주세요|급한 건 아니니 천천히 하세요}

b: {me.full}님 {내선|자리} 전화 계속 울려요
me: {아 죄송합니다 자리 비웠습니다|당겨 받아주시면 감사하겠습니다}

c: 선배님 {복사기|회의실 예약|지출결의} 어떻게 하는 건가요
me: {제가 이따 알려드릴게요|안내 문서 보내드릴게요|총무팀에 먼저 신청하셔야 해요}
c: {감사합니다|네 알겠습니다!}

[noon]
a: 오늘 {team}{이랑} 이야기한 내용 {정리해서 공유 부탁해요|회의록 있나요}
me: {네 퇴근 전에 올리겠습니다|방금 올렸습니다}

me: {파일 서버|메일|메신저}{이} {느린데|안 열리는데} 저만 그런가요
b: {저도요|여기는 괜찮아요|껐다 켜보세요}
a: {전산팀에 문의했습니다|점검 중이래요}

a: {다음 달|이번 달} 휴가 일정 {시트에 적어주세요|공유해 주세요}
me: {적었습니다|저는 둘째 주에 이틀 쓰려고 합니다}
b: {저는 아직 미정입니다|저도 적었습니다}

b: {택배|꽃다발|간식}{이} 로비에 와 있다는데 {누구 건가요|찾아가세요}
me: {제 거예요 감사합니다|저는 아닙니다}

a: {task} 2쪽 표 {합계가 안 맞아요|단위가 빠졌어요}
me: {바로 고치겠습니다|다시 계산해 보겠습니다}
a: {네 부탁해요|고마워요}

[morning]
me: 오늘 {사고로 길이 막혀서|지하철 지연으로} {minutes} 정도 늦을 것 같습니다 죄송합니다
a: {네 조심히 오세요|알겠습니다 천천히 오세요}

c: 내일 {워크숍|교육} 준비물 있나요
b: {필기도구만요|노트북 챙기세요}
me: {간식은 제가 사가겠습니다|버스는 8시 반 출발이래요}

a: {client} 담당자가 바뀌었다고 합니다 {인사 메일 보내주세요|명함 받아두세요}
me: {네 보내겠습니다|확인했습니다}
"""

MORE_WORK_EN = """
a: quick sync on {task} tomorrow at {desk_hour}?
me: {sure|can it be async?|give me ten more minutes}
a: {fine|ok, sending a note instead}

b: does {client} pay per seat or per month?
me: {per month since spring|per seat, twelve of them|let me check the contract}

c: which {blue|green} is ours? I count four in the app
me: {the darkest one|please fix the other three|ask the style guide}
c: {on it|crying quietly}

a: can someone take notes today?
me: {I will|did it last time, {b}?}
b: {fine|ok ok}

me: {server|search|login} was slow for ten minutes, back to normal
a: {thanks for watching it, do we know why?|do we know why?}
me: {a stuck job|not yet, digging}

b: how do I say 'we hear you but no' to {client}?
me: {'let us look into it next quarter'|kindly|with a diagram}

a: please fill in the {survey|holiday sheet|phone list} by {weekday}
me: {done|will do after lunch}
c: {which link?|done}

c: user test: {three|four|five} of six people missed the button
me: {which six?|make it bigger|that explains the numbers}
a: {good finding|let's talk tomorrow}

me: {task} is out for comments, be gentle
b: {typo on page 2|looks solid|who wrote the middle part, it's lovely}

a: visitors from {client} on {weekday}, please tidy the desks
me: {hiding the snacks|mine is a museum}

b: {train|flight} delayed, dialling in from the {platform|gate}
a: {ok|we can move it}
"""
