"""The forms under which a person may be called, in Hangul and in Latin letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from darak.language import words_of_names as words
from darak.language.hangul import final
from darak.language.romanisation import family_spellings, given_spellings
from darak.language.tokens import normalise

TITLE = "|".join(sorted(words.TITLES, key=len, reverse=True))
LATIN_WORD = re.compile(r"[^\W\d_ㄱ-ㆎ가-힣㐀-鿿ぁ-ヿ]+")

_hangul_word = re.compile("[가-힣]+")
_titles_only = re.compile(f"(?:{TITLE})+")
_titled = re.compile(rf"(?P<name>[가-힣]{{2,}}?)(?P<title>(?:{TITLE})+)")
_hanja_name = re.compile("[㐀-鿿]{2,4}")
_address = re.compile(r"(?P<local>[^\s@<>]+)@\S+")


@dataclass(frozen=True, slots=True)
class KoreanName:
    """A Korean name as displayed: the family name may be missing, titles (원장, 형) may be given."""

    family: str
    given: str
    titles: tuple[str, ...]

    def called(self) -> list[str]:
        """The name with and without the family name; one syllable only as it is called: 솔이, 솔아."""
        names = [name for name in (self.family + self.given, self.given) if len(name) > 1]
        if self._is_short:
            names += [self.given[1] + ending for ending in ("이", "아")]
        return names

    @property
    def _is_short(self) -> bool:
        """Whether it is a family name and one syllable that ends in a consonant: 김솔."""
        given = self.given
        return (
            not self.family
            and not self.titles
            and len(given) == 2
            and given[0] in words.FAMILY_NAMES
            and bool(final(given[1]))
            and given[1] not in words.NO_GIVEN_NAMES
        )

    def titled(self) -> list[str]:
        """Names with a title, written together: 임기훈원장, 기훈원장, 임원장."""
        names = [*self.called(), self.family] if self.family else self.called()
        return [name + title for name in names for title in self.titles]

    def spelt(self) -> Iterator[tuple[str, ...]]:
        """Spellings in Latin letters: the given name, and both names in either order."""
        for given in given_spellings(self.given):
            if len(self.given) > 1:
                yield (given,)
            for family in family_spellings(self.family) if self.family else ():
                yield from ((family, given), (given, family))


def name_forms(display: str) -> set[str]:
    """The forms under which somebody with this displayed name may be called, in lower case.

    김민수 -> 김민수, 민수, 민수야, 민수 씨, 김민수 님, …, kim minsu, minsu kim; Lee Jieun -> jieun, lee, jieun lee.
    """
    forms = {" ".join(normalise(display).lower().split())}
    for korean in korean_names(display):
        for name in korean.called():
            forms |= {name, f"{name} 씨", f"{name} 님", name + ("아" if final(name[-1]) else "야")}
        for name in korean.titled():
            forms |= {name} if name.endswith(tuple(words.RELATIONS)) else {name, f"{name}님"}
        forms |= {" ".join(spelling) for spelling in korean.spelt()}
    forms |= {" ".join(form) for form in (*latin_forms(display), *short_forms(display))}
    forms |= set(_hanja_name.findall(normalise(display)))
    return {form for form in forms if len(form) > 1 and form not in words.NOBODY}


def korean_names(display: str) -> list[KoreanName]:
    """The Korean names in what is displayed: 치과 임기훈 원장님 -> 임 + 기훈, 원장."""
    found = _written_together(_hangul_word.findall(normalise(display)))
    titles = tuple(_bare(word) for word in found if _titles_only.fullmatch(word))
    rest = [word for word in found if not _titles_only.fullmatch(word) and word not in words.PLACES]
    if not rest:
        return [KoreanName("", word, ()) for word in found if word not in words.PLACES and word not in words.NOBODY]
    full = [word for word in rest if _split(word)[0] and len(word) > 2]
    names: list[KoreanName] = []
    for word in full or rest:
        titled = _titled.fullmatch(word)
        if titled and not (word in full and len(titled["title"]) == 1):
            names.append(KoreanName(*_split(titled["name"]), (*titles, _bare(titled["title"]))))
        else:
            names.append(KoreanName(*_split(word), titles))
            if titled:  # 민수형: 민 may be a family name, or 형 a title
                names.append(KoreanName("", titled["name"], (*titles, titled["title"])))
    return [name for name in names if name.given not in words.NOBODY]


def _written_together(found: list[str]) -> list[str]:
    """A family name that stands apart joined with the given name: 박 영희, as address books have it."""
    match found:
        case [family, given, *rest] if family in words.FAMILY_NAMES and _may_be_given(given):
            return [family + given, *rest]
        case [given, family] if family in words.FAMILY_NAMES and _may_be_given(given):
            return [family + given]
        case _:
            return found


def _may_be_given(word: str) -> bool:
    if len(word) == 1:
        return word not in words.NO_GIVEN_NAMES
    return len(word) == 2 and not _titles_only.fullmatch(word) and word not in words.NOBODY | words.PLACES


def _bare(title: str) -> str:
    return title if title == "님" else title.removesuffix("님")


def _split(name: str) -> tuple[str, str]:
    """Family and given name; what is too short or too long for both is a given name."""
    if len(name) == 4 and name[:2] in words.FAMILY_NAMES:
        return name[:2], name[2:]
    if len(name) == 3 and name[0] in words.FAMILY_NAMES:
        return name[0], name[1:]
    return "", name


def latin_forms(display: str) -> list[tuple[str, ...]]:
    """The forms of a name in Latin letters, in lower case words: all of it, first and last name, either order."""
    text = normalise(display)
    if address := _address.search(text):
        text = re.sub(r"[\d._+-]+", " ", address["local"]) + " " + text.replace(address[0], " ")
    if text.count(",") == 1:  # Kim, Minsu
        family, _, given = text.partition(",")
        text = f"{given} {family}"
    found = [word.lower() for word in LATIN_WORD.findall(re.sub(r"(?<=\w)[-'’](?=\w)", "", text))]
    name = [word for word in found if len(word) > 1 and word not in words.ENGLISH_TITLES]
    if not name or words.NOBODY & set(name):
        return []
    forms = [tuple(name), (name[0],), (name[-1],)]
    if len(name) > 1:
        forms += [(name[0], name[-1]), (name[-1], name[0]), (name[-1], *name[:-1])]
    return list(dict.fromkeys(forms))


def short_forms(display: str) -> list[tuple[str, ...]]:
    """A name in Latin letters as friends say it: Michael Smith -> mike, mike smith, smith mike."""
    forms = latin_forms(display)
    given = forms[0][0] if forms else ""
    shorts = words.SHORT_NAMES.get(given, ())
    return [
        tuple(short if word == given else word for word in form) for form in forms if given in form for short in shorts
    ]


def given_names(display: str) -> set[str]:
    """What somebody with this displayed name may be called by friends: 김민수 대리 -> 민수, minsu, …; Al Day -> al."""
    korean = korean_names(display)
    given = {name.given for name in korean if len(name.given) > 1}
    given |= {form[0] for name in korean for form in name.spelt() if len(form) == 1}
    latin = [form[0] for form in (*latin_forms(display), *short_forms(display)) if len(form) == 1]
    family = {form for form in latin if is_family_name(form, display)} or set(latin) & _korean_family_names()
    return given | (set(latin) - family or set(latin))


def is_family_name(form: str, display: str) -> bool:
    """Whether a form is the family name alone of a name in Latin letters, which others may bear: Granger.

    In a Korean name (Kim Minsu) the family name stands first and the given name last.
    """
    found = [word.lower() for word in LATIN_WORD.findall(normalise(display))]
    if len(found) < 2 or form != found[-1] or form == found[0]:
        return False
    return found[0] not in _korean_family_names()


@cache
def _korean_family_names() -> frozenset[str]:
    return frozenset(spelling for family in words.FAMILY_NAMES for spelling in family_spellings(family))
