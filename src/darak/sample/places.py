"""Cities with their neighbourhoods, and places of daily life. Coordinates are of the neighbourhood, rounded."""



from __future__ import annotations

from dataclasses import dataclass

from darak.sample.grammar import Both


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; `lat` and `lon` in degrees."""

    name: Both
    lat: float
    lon: float

    def form(self, language: str) -> str:
        return self.name.form(language)


@dataclass(frozen=True, slots=True)
class City:
    name: Both
    neighbourhoods: tuple[Place, ...]
    parks: tuple[Place, ...]


def _places(*rows: tuple[str, str, float, float]) -> tuple[Place, ...]:
    return tuple(Place(Both(ko, en), lat, lon) for ko, en, lat, lon in rows)


CITIES = (
    City(Both("서울", "Seoul"),
         _places(("망원동", "Mangwon-dong", 37.556, 126.902), ("연희동", "Yeonhui-dong", 37.570, 126.930),
                 ("성수동", "Seongsu-dong", 37.544, 127.056), ("상도동", "Sangdo-dong", 37.500, 126.948),
                 ("석촌동", "Seokchon-dong", 37.503, 127.104), ("불광동", "Bulgwang-dong", 37.617, 126.928),
                 ("중계동", "Junggye-dong", 37.645, 127.066)),
         _places(("월드컵공원", "World Cup Park", 37.566, 126.888), ("서울숲", "Seoul Forest", 37.544, 127.037),
                 ("올림픽공원", "Olympic Park", 37.520, 127.121))),
    City(Both("부산", "Busan"),
         _places(("전포동", "Jeonpo-dong", 35.155, 129.065), ("남천동", "Namcheon-dong", 35.143, 129.108),
                 ("해리단길", "Haeridan-gil", 35.165, 129.158), ("대연동", "Daeyeon-dong", 35.136, 129.085),
                 ("명륜동", "Myeongnyun-dong", 35.213, 129.079), ("망미동", "Mangmi-dong", 35.171, 129.104)),
         _places(("이기대공원", "Igidae Park", 35.124, 129.121), ("온천천", "Oncheoncheon Stream", 35.200, 129.086),
                 ("시민공원", "Citizens Park", 35.168, 129.057))),
    City(Both("대전", "Daejeon"),
         _places(("어은동", "Eoeun-dong", 36.363, 127.358), ("갈마동", "Galma-dong", 36.352, 127.370),
                 ("대흥동", "Daeheung-dong", 36.325, 127.427), ("관평동", "Gwanpyeong-dong", 36.425, 127.393),
                 ("노은동", "Noeun-dong", 36.367, 127.319), ("문화동", "Munhwa-dong", 36.315, 127.408)),
         _places(("한밭수목원", "Hanbat Arboretum", 36.367, 127.388), ("갑천변", "Gapcheon riverside", 36.372, 127.375),
                 ("보문산", "Mt. Bomun", 36.302, 127.420))),
    City(Both("대구", "Daegu"),
         _places(("삼덕동", "Samdeok-dong", 35.864, 128.605), ("범어동", "Beomeo-dong", 35.859, 128.627),
                 ("대명동", "Daemyeong-dong", 35.844, 128.577), ("지산동", "Jisan-dong", 35.829, 128.633),
                 ("침산동", "Chimsan-dong", 35.889, 128.588), ("상인동", "Sangin-dong", 35.817, 128.541)),
         _places(("수성못", "Suseong Lake", 35.828, 128.618), ("두류공원", "Duryu Park", 35.848, 128.558),
                 ("금호강변", "Geumho riverside", 35.889, 128.620))),
    City(Both("수원", "Suwon"),
         _places(("행궁동", "Haenggung-dong", 37.283, 127.013), ("매탄동", "Maetan-dong", 37.266, 127.046),
                 ("광교", "Gwanggyo", 37.291, 127.049), ("인계동", "Ingye-dong", 37.265, 127.031),
                 ("정자동", "Jeongja-dong", 37.297, 126.992), ("영통동", "Yeongtong-dong", 37.252, 127.071)),
         _places(("광교호수공원", "Gwanggyo Lake Park", 37.284, 127.066), ("서호공원", "Seoho Park", 37.279, 126.989),
                 ("만석공원", "Manseok Park", 37.300, 127.001))),
    City(Both("전주", "Jeonju"),
         _places(("서학동", "Seohak-dong", 35.809, 127.153), ("중화산동", "Junghwasan-dong", 35.812, 127.124),
                 ("송천동", "Songcheon-dong", 35.861, 127.122), ("효자동", "Hyoja-dong", 35.802, 127.105),
                 ("금암동", "Geumam-dong", 35.836, 127.135), ("인후동", "Inhu-dong", 35.836, 127.158)),
         _places(("덕진공원", "Deokjin Park", 35.847, 127.121), ("완산공원", "Wansan Park", 35.808, 127.139),
                 ("전주천변", "Jeonju Stream", 35.820, 127.150))),
)  # fmt: skip
