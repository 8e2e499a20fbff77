"""The people of one life, drawn by the seed: owner, family, friends, colleagues and those met on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from darak.sample.grammar import Both
from darak.sample.korean import particle
from darak.sample.names import ELDERS_WOMEN, ENGLISH, FAMILIES, GIVEN


@dataclass(frozen=True, slots=True)
class Person:
    """A human of the life. `given` and `full` exist in both languages, `nick` is how the owner saved them."""

    key: str
    given_name: Both
    full_name: Both
    nick: str
    email: str
    phone: str
    birthday: tuple[int, int]
    korean: bool = True

    def form(self, language: str) -> str:
        """What one calls this person in a sentence: the given name."""
        return self.given_name.form(language)

    def full(self, language: str) -> str:
        return self.full_name.form(language)

    def called(self, language: str) -> str:
        """The given name as friends say it in a sentence: with -이 after a final consonant of a Korean name."""
        given = self.form(language)
        korean_name = self.korean and self.full_name.ko.endswith(given)
        return given + particle(given, "_") if language == "ko" and korean_name else given

    @property
    def names(self) -> tuple[str, ...]:
        """Forms by which an answer may name this person."""
        forms = [self.nick, self.given_name.ko, self.given_name.en, self.full_name.ko, self.full_name.en]
        return tuple(dict.fromkeys(forms))


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. `namesake` has the given name of `college_friend`; `soundalike` has nearly that name."""

    owner: Person
    mother: Person
    father: Person
    grandmother: Person
    sibling: Person
    aunt: Person
    best_friend: Person
    college_friend: Person
    hometown_friend: Person
    club_friend: Person
    namesake: Person
    soundalike: Person
    expat_friend: Person
    hiking_friend: Person
    travel_friend: Person
    first_lead: Person
    first_colleague: Person
    first_junior: Person
    second_manager: Person
    second_colleague: Person
    second_designer: Person
    teacher: Person
    landlord: Person

    def everyone(self) -> tuple[Person, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)


_ELDER_SIBLINGS = (
    Both("누나", "my sister"), Both("언니", "my sister"), Both("오빠", "my brother"), Both("형", "my brother"),
)  # fmt: skip


class _Draw:
    """Draws people without two of the same given name."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.given = rng.sample(GIVEN, len(GIVEN))
        self.families = rng.sample(FAMILIES, len(FAMILIES))
        self.english = rng.sample(ENGLISH, len(ENGLISH))
        self.elders = rng.sample(ELDERS_WOMEN, len(ELDERS_WOMEN))
        self.surnames = 0

    def phone(self) -> str:
        return f"010-{self.rng.randint(2000, 9999)}-{self.rng.randint(1000, 9999)}"

    def birthday(self) -> tuple[int, int]:
        return self.rng.randint(1, 12), self.rng.randint(1, 28)

    def family(self) -> tuple[str, str]:
        self.surnames += 1
        return self.families[self.surnames % len(self.families)]

    def korean(self, key: str, nick: str = "{full}", domain: str = "dalmail.example") -> Person:
        return self.named(key, self.rng.choice(self.given.pop()), self.family(), nick, domain)

    def named(
        self, key: str, given: tuple[str, str], family: tuple[str, str], nick: str, domain: str
    ) -> Person:
        full = Both(family[0] + given[0], f"{given[1]} {family[1]}")
        shown = nick.format(full=full.ko, given=given[0], english=full.en, family=family[0])
        address = f"{given[1].lower()}.{family[1].lower()}@{domain}"
        return Person(key, Both(*given), full, shown, address, self.phone(), self.birthday())

    def foreign(self, key: str, nick: str = "{full}", domain: str = "postbox.example") -> Person:
        first, transliterated, last = self.english.pop()
        full = Both(transliterated, f"{first} {last}")
        shown = nick.format(full=full.en, given=first)
        address = f"{first.lower()}.{last.lower()}@{domain}"
        given = Both(transliterated, first)
        return Person(key, given, full, shown, address, self.phone(), self.birthday(), korean=False)

    def elder(self, key: str, called: Both, nick: str) -> Person:
        ko, en = self.elders.pop()
        address = f"{en.split()[0].lower()}@dalmail.example"
        return Person(key, called, Both(ko, en), nick, address, self.phone(), self.birthday())


def draw_cast(rng: Random, first_domain: str, second_domain: str) -> Cast:
    """Everybody of one life. The mail domains are those of the two employers."""
    draw = _Draw(rng)
    owner = draw.korean("owner")
    family = (owner.full_name.ko[0], owner.full_name.en.split()[-1])
    row = draw.given.pop()
    shared, alike = row
    elder = rng.choice(_ELDER_SIBLINGS)
    sibling = draw.named("sibling", rng.choice(draw.given.pop()), family, elder.ko, "dalmail.example")
    sibling = replace(sibling, given_name=elder)
    first = {"domain": first_domain}
    return Cast(
        owner=owner,
        mother=draw.elder("mother", Both("엄마", "Mom"), "엄마"),
        father=replace(
            draw.named("father", draw.given.pop()[0], family, "아빠", "dalmail.example"),
            given_name=Both("아빠", "Dad"),
        ),
        grandmother=draw.elder("grandmother", Both("할머니", "Grandma"), "할머니"),
        sibling=sibling,
        aunt=draw.elder("aunt", Both("이모", "my aunt"), rng.choice(("이모", "막내이모", "큰이모"))),
        best_friend=draw.korean("best_friend", rng.choice(("{full}", "{given}", "{given}♡"))),
        college_friend=draw.named("college_friend", shared, draw.family(), "{full}", "dalmail.example"),
        hometown_friend=draw.korean("hometown_friend", rng.choice(("{full}", "{given}"))),
        club_friend=draw.korean("club_friend"),
        namesake=draw.named("namesake", shared, draw.family(), "{full} 원장님", "white-dental.example"),
        soundalike=draw.named("soundalike", alike, draw.family(), "{full}", "dalmail.example"),
        expat_friend=draw.foreign("expat_friend", rng.choice(("{full}", "{given}"))),
        hiking_friend=draw.foreign("hiking_friend"),
        travel_friend=draw.foreign("travel_friend", "{given}"),
        first_lead=draw.korean("first_lead", "{full} 팀장님", **first),
        first_colleague=draw.korean("first_colleague", "{full} 대리님", **first),
        first_junior=draw.korean("first_junior", "{full} 사원", **first),
        second_manager=draw.foreign("second_manager", domain=second_domain),
        second_colleague=draw.korean("second_colleague", "{english}", second_domain),
        second_designer=draw.foreign("second_designer", domain=second_domain),
        teacher=draw.korean("teacher", "{full} 선생님"),
        landlord=draw.korean("landlord", rng.choice(("집주인 {full}", "{full} 사장님(집주인)"))),
    )
