"""Shops with what they sell, captions of photos, places that are visited."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

SUNSET = (17, 18, 18, 18, 19, 19, 19, 19, 18, 17, 17, 17)
"""The hour in which the sun sets, January to December."""

# category: (share of days, ((merchant, items…), …), lowest and highest price)
SHOPS = {
    "점심 lunch": (0.34, ("한솥집", "바른김밥", "우리분식", "면사랑", "Green Bowl", "덮밥상회"), 7000, 14000),
    "식료품 groceries": (0.14, ("초록마트", "동네슈퍼", "싱싱청과", "두레생협"), 9000, 68000),
    "쇼핑 shopping": (0.05, ("모두몰", "Parcelbird", "이웃상점", "리빙하우스"), 12000, 140000),
    "교통 transport": (0.05, ("한강택시", "Metro Pass", "빠른고속"), 4800, 32000),
    "약국 pharmacy": (0.02, ("온누리약국", "새봄약국"), 4000, 23000),
    "책 books": (0.02, ("모퉁이서점", "Page & Co"), 11000, 42000),
    "외식 dining": (0.06, ("솔밭갈비", "만리향", "Trattoria Luce", "바다횟집", "이모네포차"), 18000, 96000),
}
CAFES = ("카페 온도", "Cafe Juniper", "마루커피", "Bean There", "오후네시")
CAFE_ITEMS = ("아메리카노", "라떼", "cold brew", "flat white", "플랫화이트", "디카페인")

CAPTIONS = (
    "{구름|골목|고양이|강아지} 사진", "{bloom} 사진", "{bloom} 앞에서", "{plant} 새 잎", "돗자리 펴고 {food}",
    "{bloom}, finally", "{food} for lunch", "a cat {on the wall|under a bench|that did not care}", "clouds over the {hill|rooftops|playground}",
    "{a bench in the sun|the long way home|somebody's kite|the old man and his radio again}", "the view from {the hill|the bus|the roof}",
)  # fmt: skip
SUNSET_CAPTIONS = ("노을 사진", "퇴근길 하늘", "해 지기 직전", "sunset over the {river|rooftops|bridge}", "last light", "pink sky, no filter")
NIGHT_CAPTIONS = (
    "저녁 산책", "{달|가로등|골목 불빛} 사진", "{food} 한 그릇", "street lights {after rain|in the fog}", "the moon {again|over the rooftops}", "{food} for dinner",
)  # fmt: skip
VISITS = (("시민도서관", 70), ("동네체육관", 60), ("시장", 25), ("Cafe Juniper", 55), ("한방의원", 30), ("영화관", 120))
