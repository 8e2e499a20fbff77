"""What single Korean words of a question want: nouns without particles, verbs by their stems, and words that only ask.

The stems of a word may have several readings; where noun and verb are both possible, the tables of verbs decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from darak.answers.plan import LIKE, Form, Role, Terms, Want
from darak.answers.question import rules_korean as rules
from darak.answers.question.concepts import Like, load_concepts, short_noun
from darak.answers.question.word import strongest
from darak.language.conjugation import beginnings
from darak.language.hangul import final, is_hangul, with_final
from darak.language.korean import Stem, stems
from darak.language.query import Term
from darak.language.romanisation import romanised
from darak.language.tokens import phrase_terms
from darak.language.word_list import word_list

_PART = 0.28
"""Strength of a piece of a compound."""
_MADE_VERB = re.compile(r"(?P<noun>.{2,}?)(?:하|되|시키|당하|받|해(?:주|드리|보|버리|놓|두|오|가))")
_HELPED = re.compile(r"(?P<main>.+?)(?:주|드리|보|버리|놓|두|오|가)")
# 커피값, 병원비, 보험료: what is paid for, and that it is paid.
_PAID_FOR = re.compile(r"(?P<noun>[가-힣]{2,})(?:값|비용|비|료|요금)")
# Reported speech: 드린다고, 갚겠다고, 읽으라고.
_QUOTING = re.compile(r"(?P<verb>.+?)(?:겠|었|았)?(?:는|ㄴ)?(?:다고|자고|라고|냐고|려고|기로)")
_MAY_BE_PARTICLE = re.compile("이?랑|은|는|이|가|와|과|로|으로|의|도|나|야|지")
_PARTICLE = re.compile("을|를|에|에서|은|는|이|가|의|로|으로")
_LIAISON = re.compile("l(?=[aeiouwy])")
_PLACE_ENDINGS = "동구시군읍면리로길산도섬역천강"
_STREET = re.compile("[가-힣]{2,}길")
"""What may be the name of a street, beside a verb: 해리단길."""
_ASKS = re.compile("언제|누구|누가|누굴|어디|무엇|무슨|어느|어떤|어떻|얼마|며칠|몇|뭐|뭘|왜")
_IDLE = re.compile(rules.IDLE)
_COUNTED = re.compile(r"(?:\d|(?<![가-힣])몇\s*)$")
_ONE_OF = re.compile(r"(?<![가-힣])(?:한|두|세|네)\s+$")
_UNITS = re.compile(r"(?:잔|번|개|끼|병|권|통)(?:에|당|씩)?")
_AFTER_VERB = re.compile(r"[아어여해와워려져러라내고]\s+$")
_HELPERS = word_list("두 놓 버리 주 보 있 나가 오 가 내 드리 싶")
_ADNOMINAL = re.compile(rules.ADNOMINAL)
_BEFORE_NOUN = re.compile(r"\s+(?:날|게|때|것|거|건|적|곳|사람|후|뒤|지|이유|친구|데)|\s+[가-힣]{2,}")


def is_idle(text: str, term: Term) -> bool:
    """Whether a word only asks, helps another verb, or is what is left of a number's unit."""
    word, before = term.surface, text[: term.span[0]]
    if len(word) <= 2 and before[-1:].isalnum():  # an ending after Latin letters: km야, AI가
        return True
    if _ASKS.match(word) or _IDLE.fullmatch(word) or _COUNTED.search(before):
        return True
    if _ONE_OF.search(before) and _UNITS.fullmatch(word):
        return True
    readings = stems(word)
    if _AFTER_VERB.search(before) and any(stem.form in _HELPERS for stem in (*readings, *_short_verbs(word))):
        return True
    if _quoted(word) in rules.ASKING_VERBS or readings[0].form in rules.ASKING | rules.ASKING_VERBS:
        return True
    return any(
        (len(stem.form) > 1 and stem.form in rules.ASKING) or (stem.kind == "verb" and stem.form in rules.ASKING_VERBS)
        for stem in readings
    )


def korean_want(text: str, term: Term) -> Want:
    """A word with what may stand for it: its forms, words of like meaning, how a place is written in Latin letters."""
    word, noun, like = term.surface, bare_noun(term.surface), _like(term.surface)
    role = _role(text, term)
    if role == "thing" and like.verbal:
        role = "act"
    short = _noun_made_verb(word) if is_verb(word) else short_noun(noun)
    forms = [Form(terms, 1.0, short) for terms in (*term.forms, phrase_terms(noun))]
    forms += like.forms or (Form(terms, _PART) for terms in term.parts)
    for verb in (*_short_verbs(word), *_bare_verbs(word), *_adnominal_verbs(word)):
        forms += (Form(phrase_terms(form), 1.0) for form in beginnings(verb.form))
        forms += load_concepts().korean(verb.form, True).forms
    if not like.verbal:
        forms += (Form(terms, LIKE) for terms in _latin(noun))
    if noun.endswith("님") and len(noun) > 2:
        forms.append(Form(phrase_terms(noun[:-1]), 1.0))
    if match := _PAID_FOR.fullmatch(noun):
        forms += [Form(phrase_terms(match["noun"]), 0.9), *load_concepts().korean(match["noun"], False).forms]
    verb = next((stem.form for stem in _readings(word) if stem.kind == "verb"), None)
    shown = f"{verb}다" if verb and role in ("act", "deed", "vague") else noun
    return Want(shown, role, strongest(forms), like.kinds)


def _like(word: str) -> Like:
    """The words of like meaning of a word in any of its readings."""
    concepts = load_concepts()
    found: list[Like] = []
    for stem in _readings(word):
        if stem.kind == "noun":
            untitled = stem.form.removesuffix("님") if len(stem.form) > 2 else stem.form
            nouns = (concepts.korean(noun, False) for noun in (stem.form, untitled))
            found.append(next((like for like in nouns if like), concepts.korean(untitled + "하", True)))
            continue
        found.append(concepts.korean(stem.form, True))
        if match := _MADE_VERB.fullmatch(stem.form):
            found.append(concepts.korean(match["noun"], False))
        elif match := _HELPED.fullmatch(stem.form):
            found += [concepts.korean(main.form, True) for main in stems(match["main"]) if main.kind == "verb"]
    forms = tuple(chain.from_iterable(like.forms for like in found))
    return Like(forms, frozenset(chain.from_iterable(like.kinds for like in found)))


def bare_noun(word: str) -> str:
    """The noun of a word without what may well be a particle: 이모랑 -> 이모, 동창들 -> 동창."""
    nouns = [stem.form for stem in stems(word) if stem.kind == "noun"] or [word]
    if len(nouns[0]) == 1 and _PARTICLE.fullmatch(word[1:]):
        return nouns[0]
    shorter = [noun for noun in nouns if len(noun) > 1 and _MAY_BE_PARTICLE.fullmatch(word[len(noun) :])]
    noun = min(shorter, key=len, default=max(nouns, key=len))
    return noun[:-1] if len(noun) > 2 and noun.endswith("들") else noun


def _latin(noun: str) -> Iterable[Terms]:
    """How a name of a place may be written in Latin letters: 설악산 -> seoraksan, 연희동 -> yeonhui dong."""
    if len(noun) < 3 or not is_hangul(noun):
        return
    for spelt in dict.fromkeys((romanised(noun), _LIAISON.sub("r", romanised(noun)))):
        yield (spelt,)
    if noun[-1] in _PLACE_ENDINGS:
        yield (romanised(noun[:-1]), romanised(noun[-1]))


def _role(text: str, term: Term) -> Role:
    word, end = term.surface, term.span[1]
    if _short_verbs(word) and _BEFORE_NOUN.match(text, end):
        return "vague"
    if term.weight == "light":
        return "vague" if any(stem.form in rules.VAGUE for stem in stems(word) if stem.kind == "verb") else "trait"
    if (quoted := _quoted(word)) and not load_concepts().korean(word[:-2], False):
        return _verb_role([quoted])
    if is_verb(word):
        return _verb_role([stem.form for stem in _readings(word) if stem.kind == "verb"])
    beside = _ADNOMINAL.match(text, end) and not _STREET.fullmatch(word)
    if len(word) > 1 and final(word[-1]) in ("ㄴ", "ㄹ") and beside:
        return "thing" if load_concepts().korean(word, False) else "act"
    return "thing"


def _verb_role(verbs: Iterable[str]) -> Role:
    """A verb that says little, such as to go, is vague; one made of a noun tells more than others."""
    verbs = list(verbs)
    if any(verb in rules.VAGUE for verb in verbs):
        return "vague"
    return "deed" if any(_MADE_VERB.fullmatch(verb) for verb in verbs) else "act"


def _quoted(word: str) -> str | None:
    """The stem of a verb in reported speech."""
    match = _QUOTING.fullmatch(word)
    if match is None:
        return None
    verb = match["verb"]
    return verb[:-1] + with_final(verb[-1], "") if final(verb[-1]) in ("ㄴ", "ㅆ") else verb.removesuffix("으")


def _noun_made_verb(word: str) -> str | None:
    """The short noun of a verb that is looked up by its noun alone: 이사했어 -> 이사, which 이사회 also begins with."""
    made = (_MADE_VERB.fullmatch(stem.form) for stem in stems(word) if stem.kind == "verb")
    noun = next((match["noun"] for match in made if match), "")
    return short_noun(noun) if noun else None


def _short_verbs(word: str) -> tuple[Stem, ...]:
    """The verbs that one syllable ending in ㄴ or ㄹ may be, beside the noun that it is: 산 -> 사다, 살다."""
    if len(word) != 1 or final(word) not in ("ㄴ", "ㄹ"):
        return ()
    candidates = (with_final(word, ""), with_final(word, "ㄹ"))
    return tuple(Stem(verb, "verb") for verb in candidates if _is_listed(verb))


def _bare_verbs(word: str) -> tuple[Stem, ...]:
    """The listed verb that a word is without any ending, as stems in ㅏ are said: 끝나, 만나요."""
    stem = word.removesuffix("요")
    return (Stem(stem, "verb"),) if len(stem) > 1 and stem[-1] in "나자라" and stem in rules.VERBS else ()


def _adnominal_verbs(word: str) -> tuple[Stem, ...]:
    """The listed verb in a vowel that a longer word ending in ㄴ or ㄹ may be: 모인, 쏘일."""
    if len(word) < 2 or final(word[-1]) not in ("ㄴ", "ㄹ"):
        return ()
    stem = word[:-1] + with_final(word[-1], "")
    return (Stem(stem, "verb"),) if stem in rules.VERBS else ()


def _readings(word: str) -> tuple[Stem, ...]:
    return (*_bare_verbs(word), *_adnominal_verbs(word), *stems(word))


def is_verb(word: str) -> bool:
    """Whether a word is a verb or an adjective; of an ambiguous one the tables of verbs decide."""
    readings = _readings(word)
    if _STREET.fullmatch(word):
        return any(is_known_verb(stem.form) for stem in readings if stem.kind == "verb")
    if readings[0].kind == "verb":
        return True
    if len(word) > 2 and load_concepts().korean(word, False):  # 보고서 is no form of 보다
        return False
    return len(word) > 1 and any(is_known_verb(stem.form) for stem in readings if stem.kind == "verb")


def is_known_verb(verb: str) -> bool:
    """Whether a stem is a listed verb, a noun made a verb, or a verb with a helping one: 나르, 인쇄하, 날라주."""
    if _is_listed(verb) or _MADE_VERB.fullmatch(verb):
        return True
    helped = _HELPED.fullmatch(verb)
    mains = stems(helped["main"]) if helped else ()
    return any(stem.form in rules.VERBS for stem in mains if stem.kind == "verb")


def _is_listed(verb: str) -> bool:
    return verb in rules.VERBS or bool(load_concepts().korean(verb, True))
