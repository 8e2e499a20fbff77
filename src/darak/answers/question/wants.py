"""The content words of a question, with everything that would do for them in a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from darak.answers.plan import LIKE, Form, Language, Order, Role, Terms, Want
from darak.answers.question import rules_english, rules_korean
from darak.answers.question.concepts import OBJECTS, Like, load_concepts, short_noun
from darak.answers.question.slots import Slot
from darak.language.conjugation import beginnings
from darak.language.hangul import final, is_hangul, with_final
from darak.language.inflections_english import inflections
from darak.language.korean import Stem, stems
from darak.language.query import Term, analyse
from darak.language.romanisation import romanised
from darak.language.tokens import phrase_terms

_PART = 0.28
"""Strength of a piece of a compound."""
_VERBAL = re.compile(r"(?P<noun>.{2,}?)(?:하|되|시키|당하|받|해(?:주|드리|보|버리|놓|두|오|가))")
_HELPED = re.compile(r"(?P<main>.+?)(?:주|드리|보|버리|놓|두|오|가)")
# 커피값, 병원비, 보험료: what is paid for, and that it is paid.
_PAID_FOR = re.compile(r"(?P<noun>[가-힣]{2,})(?:값|비용|비|료|요금)")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_CODE = re.compile(r"\b[A-Za-z][a-z]+(?:-[A-Za-z]+)+\b|\b(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*\b(?![’'])", re.ASCII)
_KOREAN_WORD = re.compile(r"[가-힣]+")
_VERB_PLACE = re.compile(
    r"\b(?:did|do|does|didn't|to|have|has|had)\s+(?:(?:i|we|you|he|she|they|it)\s+)?(?:first\s+|last\s+|ever\s+)?$", re.I
)
_ASKS = re.compile(r"(?:언제|누구|누가|누굴|어디|무엇|무슨|어느|어떤|어떻|얼마|며칠|몇|뭐|뭘|왜)")
_MAY_BE_PARTICLE = re.compile("이?랑|은|는|이|가|와|과|로|으로|의|도|나|야|지")
_LIAISON = re.compile("l(?=[aeiouwy])")
_PLACE_ENDINGS = "동구시군읍면리로길산도섬역천강"
_GENERAL = rules_korean.GENERAL | rules_english.GENERAL
_BEFORE_SORT = re.compile(f"{rules_korean.BEFORE_SORT}|{rules_english.BEFORE_SORT}", re.I)
_AFTER_SORT = re.compile(f"{rules_korean.AFTER_SORT}|{rules_english.AFTER_SORT}", re.I)
_DESCRIBES = re.compile(r"\s+(?:(?:friend|teacher|colleague|doctor|친구|동료|선배|후배|동생|선생님|원장님?)\s+)?", re.I)
_APPOSED = re.compile(r"\s*,\s*(?:my|the|a|our)\s+", re.I)
_QUOTING = re.compile(r"(?P<verb>.+?)(?:겠|었|았)?(?:는|ㄴ)?(?:다고|자고|라고|냐고|려고|기로)")
_IDLE = re.compile(rules_korean.IDLE)
_ADNOMINAL = re.compile(rules_korean.ADNOMINAL)
_PERSON_NOUNS = re.compile(rules_korean.PERSON_NOUNS, re.I)
_COUNTED = re.compile(r"(?:\d|(?<![가-힣])몇\s*)$")
_HELPING = re.compile(r"[아어여해와워려져러라내고]\s+$")
_HELPERS = frozenset(["두", "놓", "버리", "주", "보", "있", "나가", "오", "가", "내", "드리", "싶"])
# One syllable that may be a verb before a noun: (에서) 산 선물, 간 날.
_BEFORE_NOUN = re.compile(r"\s+(?:날|게|때|것|거|건|적|곳|사람|후|뒤|지|이유|친구|데)|\s+[가-힣]{2,}")
_AFTER_SUBJECT = re.compile(r"\b(?:did|do|does)\s+(?:(?:the|our|my)\s+\w+(?:\s+\w+)?|(?-i:[A-Z])\w+|)\s*$", re.I)
_SMALL = frozenset("to of in on at up".split())
_FOUND = re.compile(r"\b(?:did|do|have|had|could|can)\s+(?:i|we)\s+(?:finally\s+|ever\s+|first\s+|last\s+)?(?P<verb>find|found)\b", re.I)
_NOUN_PLACE = re.compile(
    r"(?:\b(?:the|a|an|my|your|his|her|its|our|their|this|that|these|those|of|in|on|for|with|from|about|at|by|any|some|which|what|first|last|new|own)|['’]s)\s+$|^\s*$",
    re.I,
)
_OBJECTS = frozenset(["me", "him", "her", "it", "us", "them", "my", "his", "our", "their", "the", "a", "an"])


def hint(order: Order | None) -> Want | None:
    """The words by which a record says itself that something was the first or the last time."""
    if order is None:
        return None
    words = rules_korean.HINTS[order].split()
    return Want(order, "hint", tuple(Form(phrase_terms(word), 1.0) for word in words))


def read_wants(
    text: str,
    language: Language,
    slot: Slot | None = None,
    people: Sequence[tuple[int, int]] = (),
    *,
    sorts: bool = True,
) -> tuple[Want, ...]:
    """The words to look for in a question whose names and dates are blanked out already.

    Words that only name the value asked for (`slot`) are hints: the value itself must be there, not they. So are
    words beside a name, which stood at `people`: they tell which person of that name is meant (my friend Anna). The
    sort of thing that is asked for (which city) is looked for where there is nothing else, if `sorts`.
    """
    found: list[tuple[int, int, Want]] = []
    rest = text
    for start, end, want in (*_codes(text), *_english_phrases(text), *_korean_phrases(text)):
        if rest[start:end].strip():
            found.append((start, end, want))
            rest = rest[:start] + " " * (end - start) + rest[end:]
    if match := _FOUND.search(rest):  # elsewhere "find" only asks: find me the mail
        like = load_concepts().english("find", ("find",))
        found.append((*match.span("verb"), Want("find", "act", like.forms, like.kinds)))
    terms = analyse(rest)
    found += [(*term.span, _want(rest, term)) for term in terms if not _idle(rest, term, language)]
    found += _dropped_verbs(rest, [term.span for term in terms])
    found.sort(key=lambda one: one[0])
    naming = slot.words if slot else frozenset[str]()
    wants: list[Want] = []
    sort_words: list[str] = []
    for at in reversed(range(len(found))):
        start, end, want = found[at]
        after = (found[at + 1][0], wants[-1]) if wants else None
        described = want.role in ("thing", "narrow", "trait") and _is_beside(text, start, end, people)
        if set(want.surface.lower().split()) <= naming or _readings(want.surface) & naming or described:
            want = replace(want, role="hint")
        elif want.role in ("thing", "narrow") and _is_bare(text, start, end, want) and _PERSON_NOUNS.match(text, end):
            want = replace(want, role="hint")
        elif _is_sort(text, start, end, want) and not (after and after[1].surface in sort_words and text[end : after[0]] == " "):
            sort_words.append(want.surface)
            want = replace(want, role="hint")
        elif _narrows(text, start, end, want, after, others=any(o.role == "thing" for _, _, o in found if o is not found[at][2])):
            want = replace(want, role="narrow")
        wants.append(want)
    if sorts and not people and not any(want.role in ("thing", "number", "deed") for want in wants):
        wants = [replace(want, role="thing") if want.surface in sort_words else want for want in wants]
    return tuple({want.surface.lower(): want for want in reversed(wants)}.values())


def _readings(surface: str) -> frozenset[str]:
    """A Korean word without its particles, in every reading."""
    return frozenset(stem.form for stem in stems(surface)) if is_hangul(surface) else frozenset()


def _narrows(
    text: str, start: int, end: int, want: Want, after: tuple[int, Want] | None, others: bool
) -> bool:
    """A title, or a noun right before another noun, tells which one is meant, and is often left out:
    (hiring) plan, 설문 원본."""
    if want.role != "thing" or text[start].isupper():
        return False
    if want.surface in rules_korean.TITLES:
        return True
    if want.surface.lower() in _GENERAL and others:
        return True
    if after is None or after[1].role not in ("thing", "narrow"):
        return False
    beside = _is_bare(text, start, end, want) and text[end : after[0]] == " "
    return beside and after[1].role == "thing"


def _is_bare(text: str, start: int, end: int, want: Want) -> bool:
    """Whether a word stands without particles."""
    return text[start:end].lower() == want.surface.lower()


def _is_beside(text: str, start: int, end: int, people: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands right before a name, or in apposition to it."""
    return any(
        (end <= one[0] and _DESCRIBES.fullmatch(text, end, one[0])) or (one[1] <= start and _APPOSED.fullmatch(text, one[1], start))
        for one in people
    )


def _is_sort(text: str, start: int, end: int, want: Want) -> bool:
    """Whether a noun says what sort of thing is asked for: which (city), 어느 (도시), (책) 목록."""
    if want.role not in ("thing", "trait") or want.surface[:1].isupper():
        return False
    return bool(_BEFORE_SORT.search(text, 0, start) or _AFTER_SORT.match(text, end))


def _modifying(text: str, found: Sequence[tuple[int, int, Want]], at: int) -> Want:
    """A noun right before another noun tells which one is meant, and is often left out: (hiring) plan, 설문 원본."""
    start, end, want = found[at]
    if want.role != "thing" or text[start].isupper():
        return want
    if want.surface in rules_korean.TITLES or (want.surface.lower() in _GENERAL and len(found) > 1):
        return replace(want, role="trait")
    if at + 1 == len(found):
        return want
    after = found[at + 1]
    bare = text[start:end].lower() == want.surface.lower() and text[end : after[0]] == " "
    return replace(want, role="trait") if bare and after[2].role == "thing" else want


def _codes(text: str) -> Iterator[tuple[int, int, Want]]:
    """Names with a hyphen, and letters with digits: Munhwa-dong, 10K, N2, L213-X."""
    for match in _CODE.finditer(text):
        like = load_concepts().english(match[0].lower(), phrase_terms(match[0]))
        forms = _strongest([Form(phrase_terms(match[0]), 1.0), *like.forms])
        yield *match.span(), Want(match[0], "thing" if match[0][0].isupper() or not like.verbal else "act", forms, like.kinds)


def _english_phrases(text: str) -> Iterator[tuple[int, int, Want]]:
    """Runs of English words that the table of concepts knows as one, pronouns between them or not: pay (me) back."""
    concepts = load_concepts()
    words = [match for match in _ENGLISH_WORD.finditer(text) if match[0].lower() not in OBJECTS]
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(concepts.longest, len(words) - at), 1, -1):
            run = words[at : at + length]
            surface = " ".join(match[0].lower() for match in run)
            if like := concepts.english(surface, phrase_terms(surface)):
                start, end = run[0].start(), run[-1].end()
                verbal = like.verbal or _is_verb_place(text, start, surface) or _is_english_verb(surface.split()[0])
                role: Role = "act" if verbal else "thing"
                if all(part in rules_english.VAGUE or part in _SMALL for part in surface.split()):
                    role = "vague"
                yield start, end, Want(surface, role, _strongest([Form(phrase_terms(surface), 1.0), *like.forms]), like.kinds)
                step = length
                break
        at += step


def _korean_phrases(text: str) -> Iterator[tuple[int, int, Want]]:
    """A noun or adverbial with its verb that the table of concepts knows as one: 두고 오다, 집(을) 보다."""
    concepts = load_concepts()
    words = list(_KOREAN_WORD.finditer(text))
    for one, other in zip(words, words[1:], strict=False):
        heads = dict.fromkeys([one[0], *(stem.form for stem in stems(one[0]) if stem.kind == "noun")])
        verbs = [stem.form for stem in stems(other[0]) if stem.kind == "verb"]
        for head, verb in ((head, verb) for head in heads for verb in verbs):
            if like := concepts.korean(f"{head} {verb}", True):
                yield one.start(), other.end(), Want(f"{head} {verb}다", "act", _strongest(like.forms), like.kinds)
                break


def _dropped_verbs(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Want]]:
    """Verbs that look like counters or pronouns (살던, 네고) and that the table of concepts knows."""
    concepts = load_concepts()
    for match in _KOREAN_WORD.finditer(text):
        if len(match[0]) < 2 or any(start <= match.start() < end for start, end in read):
            continue
        for stem in stems(match[0]):
            if stem.kind == "verb" and stem.form not in rules_korean.ASKING_VERBS and (like := concepts.korean(stem.form, True)):
                yield *match.span(), Want(stem.form + "다", "act", like.forms, like.kinds)
                break


def _idle(text: str, term: Term, language: Language) -> bool:
    """Words that ask, and what is left of a number's unit."""
    if term.language == "ko":
        before = text[: term.span[0]]
        if len(term.surface) <= 2 and before[-1:].isalnum():  # an ending after Latin letters: km야, AI가
            return True
        if _ASKS.match(term.surface) or _IDLE.fullmatch(term.surface) or _COUNTED.search(before):
            return True
        if _HELPING.search(before) and any(stem.form in _HELPERS for stem in stems(term.surface) + _short_verb(term)):
            return True
        if _quoted_verb(term.surface) in rules_korean.ASKING_VERBS:
            return True
        readings = stems(term.surface)
        asking = rules_korean.ASKING | rules_korean.ASKING_VERBS
        return readings[0].form in asking or any(
            (stem.form in rules_korean.ASKING and len(stem.form) > 1) or (stem.kind == "verb" and stem.form in rules_korean.ASKING_VERBS)
            for stem in readings
        )
    return language == "en" and term.kind == "word" and term.surface.lower() in rules_english.ASKING


def _short_verb(term: Term) -> tuple[Stem, ...]:
    """The verb that one syllable ending in ㄴ or ㄹ may be, beside the noun that it is: 산 -> 사다."""
    if len(term.surface) != 1 or final(term.surface) not in ("ㄴ", "ㄹ"):
        return ()
    bare = with_final(term.surface, "")
    stems_of = (bare, with_final(term.surface, "ㄹ"))  # 산: 사다 and 살다
    return tuple(Stem(v, "verb") for v in stems_of if v in rules_korean.VERBS or load_concepts().korean(v, True))


def _korean_like(term: Term) -> Like:
    """The words of like meaning of a Korean word in any of its readings."""
    concepts = load_concepts()
    found: list[Like] = []
    for stem in stems(term.surface):
        if stem.kind == "noun":
            noun = stem.form.removesuffix("님") if len(stem.form) > 2 else stem.form
            found.append(concepts.korean(stem.form, False) or concepts.korean(noun, False) or concepts.korean(noun + "하", True))
            continue
        found.append(concepts.korean(stem.form, True))
        if match := _VERBAL.fullmatch(stem.form):
            found.append(concepts.korean(match["noun"], False))
        elif match := _HELPED.fullmatch(stem.form):
            found += [concepts.korean(main.form, True) for main in stems(match["main"]) if main.kind == "verb"]
    forms = tuple(chain.from_iterable(like.forms for like in found))
    return Like(forms, frozenset(chain.from_iterable(like.kinds for like in found)))


def _want(text: str, term: Term) -> Want:
    if term.language == "ko":
        like = _korean_like(term)
    elif term.kind == "word":
        like = load_concepts().english(term.surface.lower(), term.forms[0])
    else:
        like = Like()
    bare = short_noun(_noun(term)) if term.language == "ko" and not _is_verb(term) else None
    forms = [Form(terms, 1.0, bare) for terms in term.forms] + list(like.forms)
    if not like:
        forms += [Form(terms, _PART) for terms in term.parts]
    if term.language == "ko":
        for verb in _short_verb(term):
            like = load_concepts().korean(verb.form, True)
            forms += [*(Form(phrase_terms(form), 1.0) for form in beginnings(verb.form)), *like.forms]
        noun = _noun(term)
        if term.surface != noun:
            forms.append(Form(phrase_terms(noun), 1.0, bare))
        forms += [Form(terms, LIKE) for terms in _latin(noun)] if not like.verbal else []
        if noun.endswith("님") and len(noun) > 2:
            forms.append(Form(phrase_terms(noun[:-1]), 1.0))
        if match := _PAID_FOR.fullmatch(noun):
            paid_for = load_concepts().korean(match["noun"], False)
            forms += [Form(phrase_terms(match["noun"]), 0.9), *paid_for.forms]
    role = _role(text, term)
    if role == "thing" and like.verbal and term.surface[:1].islower():
        role = "act"
    return Want(_shown(term), role, _strongest(forms), like.kinds)


def _shown(term: Term) -> str:
    """The word as the plan shows it: without particles."""
    if term.language != "ko":
        return term.surface
    readings = stems(term.surface)
    verb = next((stem.form for stem in readings if stem.kind == "verb"), None)
    return f"{verb}다" if verb and _role("", term) in ("act", "deed", "vague") else _noun(term)


def _noun(term: Term) -> str:
    """The noun of a Korean word without what may well be a particle: 이모랑 -> 이모."""
    nouns = [stem.form for stem in stems(term.surface) if stem.kind == "noun"] or [term.surface]
    shorter = [noun for noun in nouns if len(noun) > 1 and _MAY_BE_PARTICLE.fullmatch(term.surface[len(noun) :])]
    noun = min(shorter, key=len, default=max(nouns, key=len))
    return noun[:-1] if len(noun) > 2 and noun.endswith("들") else noun


def _latin(noun: str) -> Iterable[Terms]:
    """How a Korean name of a place may be written in Latin letters: 설악산 -> seoraksan, 연희동 -> yeonhui dong."""
    if len(noun) < 3 or not is_hangul(noun):
        return
    for spelt in dict.fromkeys((romanised(noun), _LIAISON.sub("r", romanised(noun)))):
        yield (spelt,)
    if noun[-1] in _PLACE_ENDINGS:
        yield (romanised(noun[:-1]), romanised(noun[-1]))


def _role(text: str, term: Term) -> Role:
    if term.kind == "number":
        return "number"
    if term.weight == "light":
        return "trait"
    if term.language == "ko":
        if (quoted := _quoted_verb(term.surface)) and not load_concepts().korean(term.surface[:-2], False):
            return "vague" if quoted in rules_korean.VAGUE else "deed" if _VERBAL.fullmatch(quoted) else "act"
        unsure = len(term.surface) > 1 and final(term.surface[-1]) in ("ㄴ", "ㄹ") and not load_concepts().korean(term.surface, False)
        if unsure and _ADNOMINAL.match(text, term.span[1]) and not _is_verb(term):
            return "act"
        if _short_verb(term) and _BEFORE_NOUN.match(text, term.span[1]):
            return "vague"
        return _act(term) if _is_verb(term) else "thing"
    if term.kind == "word" and term.surface.lower() in rules_english.ADJECTIVES:
        return "trait"
    if term.kind == "word" and term.surface.lower() in rules_english.VAGUE:
        return "vague"
    if term.kind == "word" and term.surface[:1].islower() and _is_verb_place(text, term.span[0], term.surface):
        return "act"
    return "thing"


def _quoted_verb(word: str) -> str | None:
    """The stem of a verb in reported speech: 드린다고, 갚겠다고, 읽으라고."""
    match = _QUOTING.fullmatch(word)
    if match is None:
        return None
    verb = match["verb"]
    return verb[:-1] + with_final(verb[-1], "") if final(verb[-1]) in ("ㄴ", "ㅆ") else verb.removesuffix("으")


def _act(term: Term) -> Role:
    """A verb; one that says little, such as to go, is vague, one made of a noun tells more than others."""
    verbs = [stem.form for stem in stems(term.surface) if stem.kind == "verb"]
    if any(verb in rules_korean.VAGUE for verb in verbs):
        return "vague"
    return "deed" if any(_VERBAL.fullmatch(verb) for verb in verbs) else "act"


def _is_verb(term: Term) -> bool:
    """Whether a Korean word is a verb or adjective; of an ambiguous one the table of verbs decides."""
    readings = stems(term.surface)
    if readings[0].kind == "verb":
        return True
    return len(term.surface) > 1 and any(_is_known(stem.form) for stem in readings if stem.kind == "verb")


def _is_known(verb: str) -> bool:
    """Whether a stem is a verb of the tables, a noun made one, or one with a helping verb: 나르, 인쇄하, 날라주."""
    if load_concepts().korean(verb, True) or verb in rules_korean.VERBS or _VERBAL.fullmatch(verb):
        return True
    helped = _HELPED.fullmatch(verb)
    return helped is not None and any(stem.form in rules_korean.VERBS for stem in stems(helped["main"]) if stem.kind == "verb")


def _is_verb_place(text: str, start: int, surface: str) -> bool:
    if _VERB_PLACE.search(text, 0, start) or re.search(r"(?:ed|ing)$", surface):
        return True
    if not _is_english_verb(surface):
        return False
    return bool(_AFTER_SUBJECT.search(text, 0, start)) or not _NOUN_PLACE.search(text, 0, start)


def _is_english_verb(word: str) -> bool:
    return word.lower() in rules_english.VERBS or (
        len(inflections(word.lower())) > 1 and word.lower() not in rules_english.IRREGULAR_NOUNS
    )


def _strongest(forms: Iterable[Form]) -> tuple[Form, ...]:
    best: dict[Terms, Form] = {}
    for form in forms:
        if form.terms and (form.terms not in best or best[form.terms].strength < form.strength):
            best[form.terms] = form
    return tuple(best.values())
