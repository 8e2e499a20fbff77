"""What Google writes in the languages of an account, as data: verbs around titles, products, labels."""

from __future__ import annotations

import re

_VERBS: dict[str, tuple[str, ...]] = {
    "watched": (
        "Watched {}", "{} 을(를) 시청했습니다.", "{} angesehen", "Vous avez regardé {}", "Has visto {}",
        "Hai guardato {}", "{} を視聴しました", "Je hebt naar {} gekeken", "Просмотрено видео {}", "Obejrzano: {}",
        "{} adlı videoyu izlediniz",
        "Tittade på {}", "Så på {}", "Ви дивилися відео {}", "{} katsottiin", "Zhlédli jste video {}", "{} देखा",
        "تمت مشاهدة {}", "Ați vizionat {}", "Megtekintette a következőt: {}", "Παρακολουθήσατε το βίντεο {}",
        "Гледахте {}", "Pinanood ang {}", "{} দেখা হয়েছে", "{} izlənildi", "Vous avez visionné {}",
    ),
    "listened": ("Listened to {}", "{} 을(를) 들었습니다.", "{} angehört", "Vous avez écouté {}", "{} を聴きました"),
    "searched": (
        "Searched for {}", "{} 을(를) 검색했습니다.", "Nach {} gesucht", "Gesucht nach: {}", "Vous avez recherché {}",
        "Has buscado {}", "Hai cercato {}", "{} を検索しました", "「{}」を検索しました", "Je hebt gezocht naar {}",
    ),
    "visited": (
        "Visited {}", "{} 을(를) 방문했습니다.", "{} 방문함", "{} besucht", "Vous avez consulté {}", "Has visitado {}",
        "Hai visitato {}", "{} にアクセスしました",
    ),
    "viewed": ("Viewed {}", "{} 을(를) 조회했습니다.", "{} 을(를) 확인했습니다.", "{} aufgerufen", "Has consultado {}"),
    "used": ("Used {}", "{} 을(를) 사용했습니다.", "{} 사용함", "{} verwendet", "Vous avez utilisé {}", "Has usado {}"),
    "liked": ("Liked {}", "{} 을(를) 좋아합니다.", "{} 을(를) 좋아함"),
    "said": ("Said {}", "{} 이라고 말했습니다.", "{} (이)라고 말했습니다."),
    "directions": ("Directions to {}", "{} 경로", "{} 길찾기"),
}  # fmt: skip
"""Beside those documented by their users, only such as are known from exports; another verb stays in the title."""
_PRODUCTS: dict[str, tuple[str, ...]] = {
    "youtube": ("YouTube", "YouTube Music", "YouTube TV", "YouTube Kids", "YouTube 뮤직"),
    "google-search": ("Search", "Google Search", "검색", "Google 검색", "Suche", "Google Suche", "Recherche",
                      "Búsqueda", "Ricerca", "検索", "Zoeken", "Поиск"),
    "google-images": ("Image Search", "이미지 검색", "Bildersuche"),
    "google-videos": ("Video Search", "동영상 검색", "Videosuche"),
    "google-maps": ("Maps", "Google Maps", "지도", "Google 지도", "マップ", "Карты"),
    "google-assistant": ("Assistant", "Google Assistant", "어시스턴트", "Google 어시스턴트", "アシスタント"),
    "google-play": ("Google Play Store", "Google Play 스토어", "Google Play ストア"),
    "google-news": ("News", "Google News", "뉴스", "Google 뉴스"),
    "google-discover": ("Discover", "디스커버"),
    "google-chrome": ("Chrome",),
    "google-android": ("Android",),
    "google-translate": ("Google Translate", "Google 번역"),
    "google-lens": ("Google Lens", "Google 렌즈"),
    "google-shopping": ("Shopping", "Google Shopping", "쇼핑"),
    "google-books": ("Books", "Google Play Books", "도서"),
    "gemini": ("Gemini Apps", "Gemini", "Bard", "Gemini 앱", "Gemini-Apps"),
}  # fmt: skip
SOURCES = {name: source for source, names in _PRODUCTS.items() for name in names}
OTHER = "google-activity"
DETAILS = ("Details", "세부정보", "세부 정보", "Details:", "Détails", "Detalles", "Dettagli", "詳細")
PRODUCTS = ("Products", "제품", "Produkte", "Produits", "Productos", "Prodotti", "サービス", "Producten", "Продукты")
PLAYED = ("watched", "listened")


def _pattern(template: str) -> re.Pattern[str]:
    before, after = (part.strip() for part in template.split("{}"))
    # Some pages write a verb at the end with its full stop, some without; a title's own stays.
    ending = rf"\s*{re.escape(after.rstrip('.'))}\.?\s*" if after else ""
    return re.compile(rf"{re.escape(before)}\s*(?P<what>.*?)\s*{ending}", re.DOTALL)


# A short ending such as "देखा" or "방문함" is tried after those that say more.
_PATTERNS = sorted(
    ((action, _pattern(template), len(template)) for action, templates in _VERBS.items() for template in templates),
    key=lambda entry: -entry[2],
)


def without_verb(title: str) -> tuple[str, str]:
    """(what was done, to what) of a title in any of the languages; ("", the title) when its verb is not known."""
    for action, pattern, _ in _PATTERNS:
        match = pattern.fullmatch(title)
        if match and match["what"]:
            return action, match["what"]
    return "", title
