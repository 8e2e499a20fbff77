"""Words that depend on the time of year."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from random import Random

SEASONS = ("spring", "summer", "autumn", "winter")
# slot: the words of each season
_KOREAN = {
    "weather": ("꽃가루가 심하네, 바람이 꽤 부네, 하늘이 맑다, 봄비가 오네, 황사 온대", "너무 덥다, 습하다, 소나기가 지나갔어, 장마인가 봐, 매미 소리 엄청나네", "하늘이 진짜 높다, 쌀쌀해졌네, 안개가 꼈네, 비가 오네, 바람이 차다", "눈이 오네, 너무 춥다, 길이 얼었어, 칼바람 분다, 미세먼지가 심하네"),
    "fruit": ("딸기, 참외, 오렌지", "수박, 복숭아, 자두, 포도", "사과, 배, 감", "귤, 딸기, 한라봉"),
    "bloom": ("벚꽃, 개나리, 목련", "수국, 능소화, 해바라기", "단풍, 억새, 코스모스", "동백, 눈꽃, 매화"),
    "snack": ("쑥떡, 딸기모찌, 핫도그", "팥빙수, 옥수수, 식혜", "군밤, 땅콩빵, 호두과자", "붕어빵, 호떡, 군고구마"),
    "cold": ("일교차가 크다, 아직 쌀쌀하다", "덥다, 후텁지근하다", "쌀쌀하다, 아침이 춥다", "춥다, 바람이 매섭다"),
    "care": ("겉옷 챙겨라, 감기 조심해", "물 많이 마셔, 그늘로 다녀", "겉옷 챙겨라, 감기 조심해", "따뜻하게 입어라, 목도리 하고 다녀"),
}  # fmt: skip
_ENGLISH = {
    "weather": ("So much pollen, Finally a mild day, Windy as anything, Spring rain all day", "Far too hot, So humid, It's pouring, The cicadas are deafening", "Such a clear sky, Foggy this morning, Getting chilly, Crisp and bright", "It's snowing, Freezing, The pavement is ice, The air is awful today"),
    "bloom": ("cherry blossom, forsythia, magnolia", "hydrangea, sunflower, lotus", "autumn leaves, silver grass, cosmos", "frost, camellia, snow"),
    "cold": ("mild, breezy", "boiling, sticky", "chilly, crisp", "freezing, icy"),
}  # fmt: skip


def _table(rows: dict[str, tuple[str, ...]]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    return tuple(
        tuple((slot, tuple(words[season].split(", "))) for slot, words in rows.items()) for season in range(len(SEASONS))
    )


_WORDS = {"ko": _table(_KOREAN), "en": _table(_ENGLISH)}


def seasonal(language: str, month: int, rng: Random) -> dict[str, object]:
    """One word for each slot of the season: March to May is spring, and so on."""
    season = _WORDS[language][month % 12 // 3 - 1]
    return {slot: words[int(rng.random() * len(words))] for slot, words in season}
