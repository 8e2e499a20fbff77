"""Particles and endings of Korean words, by what they may follow."""

from darak.language.word_list import word_list

# Particles and forms of the copula, by the last sound before them.
AFTER_CONSONANT = word_list(
    "은 이 을 과 이랑 이나 이라도 이든 이란 이야 이에요 이지 이었지 이었어 이었더라 이었나 이었던 아 이라고"
)
AFTER_VOWEL = word_list("는 가 를 와 랑 나 라도 든 란 야 예요 였지 였어 였더라 였나 였던 지 라고 여")
AFTER_VOWEL_OR_L = word_list("로 로는 로도")
AFTER_CONSONANT_NOT_L = word_list("으로 으로는 으로도")
AFTER_ANY = word_list(
    "의 에 에서 에게 에게서 한테 한테서 께 께서 도 만 까지 부터 마다 밖에 보다 처럼 만큼 대로 조차 마저 하고 들 에다",
    "에다가 에게는 요 인데 인가 인지 입니다 인 일까 이고 이지 이야 고 때문에 때",
)
PARTICLES = AFTER_CONSONANT | AFTER_VOWEL | AFTER_VOWEL_OR_L | AFTER_CONSONANT_NOT_L | AFTER_ANY
# Those that hardly ever are the end of a noun; those that often are, but more often are particles.
SURE = word_list(
    "를 에 에서 에게 에게서 한테 한테서 께 께서 까지 부터 마다 밖에 보다 처럼 하고 으로 이랑 이라도 에다가 입니다",
    "이에요 이었지 이었어 때문에",
)
PLAIN = word_list("은 는 이 가 을 를 과 와 의 도 만 로 랑")
# 집에서는: particles that may stand before another, and those that may stand after another.
INNER = word_list(
    "에 에서 에게 한테 께 께서 에게서 한테서 으로 로 까지 부터 이랑 랑 하고 마다 처럼 보다 만큼 대로 들 만"
)
OUTER = word_list("은 는 도 만 까지 부터 요 이나 나 의 밖에 이라도 라도 들 이 가 을 를 에게 한테 에서")

AFTER_PAST = word_list(
    "던 던가 던지 던데 더라 더니 어 어요 어서 다 다고 다는 다가 지 지만 지요 죠 나 나요 니 냐 는지 는데",
    "는데요 네 네요",
    "구나 군요 거든 거든요 잖아 잖아요 습니다 습니까 을까 을까요 을 을때 으면 으니 으니까 기 기에 고 음",
)
AFTER_STEM = word_list(
    "는대 는대요",
    "는데 는데요 는지 는가 는다 는다고 는 은 은지 을 을까 을까요 을게 을게요 을지 을래 던 던데 더라 더니 더라고",
    "고 고서 고는 고도 고요 거나 게 게요",
    "기 기로 기에 기도 기는 기만 지 지만 지는 지도 지요 죠 면 으면 면서 으면서 며 으며",
    "려고 으려고 려면 러 으러 니 니까 으니 으니까 서 도 자 자고 라고 다 다고 다는 다가",
    "냐 냐고 나 나요 네 네요 느라 도록 든지 거든 잖아 습니다 습니까 음 므로 으므로 라 세요 으세요 셔서 시는",
    "신 시 셨 겠다 겠어 겠지 겠다고 싶",
)
# Endings whose first consonant is drawn into the stem, and endings of a stem with -아/-어 in it.
DRAWN_IN = word_list(
    "ㄴ대 ㄴ대요",
    "ㄴ데 ㄴ데요 ㄴ지 ㄴ가 ㄴ다 ㄴ다고 ㄴ다는 ㄴ ㄹ ㄹ까 ㄹ까요 ㄹ게 ㄹ게요 ㄹ지 ㄹ래 ㄹ때 ㅂ니다 ㅂ니까 ㅂ시다 ㅁ",
)
AFTER_A = word_list("서 도 야 요 라 지 본 봐 줘")
SURE_ENDINGS = word_list(
    "는데 는데요 는지 는다 는다고 을까 을까요 더라 더라고 면서 려고 지만 니까 습니다 습니까 거든 거든요 잖아 잖아요",
    "세요 어서 아서 해서 도록 느라",
)
# Verbs that stand beside others or say little by themselves.
LIGHT_VERBS = word_list("있 없 하 되 보 가 오 주 가보")
# Verbs and adjectives whose stem is one syllable. They are few, so that 연기 and 최고 are not read as 연+기 and 최+고.
SHORT_STEMS = frozenset(
    "있없되"
    "가갈감갖걷걸겪굴굽굶긁기길깁까깎깔깨꺾꼬꼽꽂꾸꿇끄끊끌끓끼나날낚남낫낮낳내넓넘넣녹놀놓누눕늘늙늦"
    "닦닫달닮담닿대덜덮덥데돋돌돕두듣들따딛땋때떠떨떼뚫뛰뜨뜯띄막많말맑맞맡매맵먹멀메몰묵묶묻물밀밉믿박"
    "받밝밟배뱉벌벗베보볶붇불붓붙비빌빗빚빠빨빼뺏뻗뽑뿜사살삶삼새서섞세솟쉬쉽식신싣싫심싸쌓썩썰쏘쏟쓰"
    "쓸씹씻안앉알앓얇얕얻얼업엮열오옮올외울웃익읽잃입잇잊자작잡재적젊접젓젖졸좁좋주죽줄줍쥐지집짓짙짚"
    "짜짧쪼찌찍찢차참찾채추춥치캐커켜크키타털튀트틀파팔패퍼펴푸풀품피하핥헐헤훑휘흐같싶"
)
