"""Korean verbs and adjectives: from a stem to how its forms begin, and from a form to its possible stems.

A stem is the dictionary form without 다. Both ways know the contractions (떨리+었 -> 떨렸) and the irregular classes
(걷+어 -> 걸어, 춥+어 -> 추워, 짓+어 -> 지어, 모르+아 -> 몰라, 빨갛+아 -> 빨개).
"""

from functools import lru_cache

from darak.language.hangul import final, is_hangul, parts, syllable, with_final
from darak.language.word_list import word_list

_BRIGHT = "ㅏㅑㅗ"
# Irregular stems where the regular ones are many, regular stems where the irregular ones are.
_D_IRREGULAR = word_list("걷 듣 묻 싣 깨닫 붇 긷 일컫 엿듣")
_S_IRREGULAR = word_list("짓 낫 붓 긋 잇 젓")
_B_REGULAR = word_list("입 잡 뽑 씹 접 집 좁 업 꼽 굽 넓 밟 붙잡 사로잡 손꼽 갈아입")
_REU_REGULAR = word_list("따르 들르 치르 우러르 잠그 담그")
# Stems of several syllables that end in ㅡ; those in ㅏ and ㅓ are many (만나, 일어나, 비싸).
_EU = tuple(
    word_list("아프 고프 슬프 글프 설프 헤프 나쁘 바쁘 기쁘 예쁘 이쁘 가쁘 담그 잠그 따르 치르 우러르 다다르 모으")
)
# The last syllables of stems in ㅘ, ㅙ and of adjectives in ㅎ that are drawn together with -아/-어.
_O_BEFORE_A = "와봐꽈쏴돼봬"
_H_BEFORE_A = "개매애얘래때"
_H_REGULAR = word_list("좋 놓 넣 낳 쌓 찧 닿 땋")
_H_CHANGED = {"ㅏ": "ㅐ", "ㅓ": "ㅐ", "ㅑ": "ㅒ"}
_DRAWN = {"ㅏ": "ㅏ", "ㅓ": "ㅓ", "ㅐ": "ㅐ", "ㅔ": "ㅔ", "ㅕ": "ㅕ", "ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
_UNDRAWN = {"ㅏ": "ㅏ", "ㅓ": "ㅓ", "ㅐ": "ㅐ", "ㅔ": "ㅔ", "ㅘ": "ㅗ", "ㅝ": "ㅜ", "ㅕ": "ㅣ", "ㅙ": "ㅚ"}
# What follows a stem of one syllable, which alone would find half of the dictionary.
_AFTER_ANY = "고는지자던기게네다더도거려러"
_AFTER_VOWEL = "서면니며"
_AFTER_FINAL = "은을음으습나"
# Forms that stand in other words far more often: 떨어지다, 들어가다, 물어보다, 어떠니.
_OF_OTHERS = word_list("떨어 들어 물어 떠니")


@lru_cache(maxsize=4096)
def beginnings(stem: str) -> tuple[str, ...]:
    """How the forms of a stem begin: 떨리 -> 떨리 떨려 떨렸 떨린 …; 걷 -> 걷고 걷는 … 걸어 걸었."""
    if not is_hangul(stem):
        return ()
    head, last = stem[:-1], stem[-1]
    changed = _before_vowel(head, last)
    if head:
        forms = [stem, *changed]
    else:
        own = _AFTER_ANY + (_AFTER_FINAL if final(last) and final(last) != "ㄹ" else _AFTER_VOWEL)
        forms = [*(last + ending for ending in own), *changed]
    # One syllable alone stands for a verb only where nothing else is written so: 샀, 갔, 했.
    kept = [form for form in forms if len(form) > 1 or final(form) == "ㅆ"]
    return tuple(dict.fromkeys(f for f in kept if not any(f != g and f.startswith(g) for g in kept)))


def _before_vowel(head: str, last: str) -> list[str]:
    """The forms in which the stem itself changes, or has an ending drawn into its last syllable."""
    first, vowel, end = parts(last)
    stem = head + last
    a, at = ("아", "았") if vowel in _BRIGHT else ("어", "었")
    open_last = syllable(first, vowel)
    if end == "ㄷ" and stem in _D_IRREGULAR:
        return [head + with_final(last, "ㄹ") + ending for ending in (a, at, "으", "은", "을")]
    if end == "ㅂ" and stem not in _B_REGULAR:
        drawn = ("와", "왔") if stem in ("돕", "곱") else ("워", "웠")
        return [head + open_last + ending for ending in (*drawn, "우", "운", "울")]
    if end == "ㅅ" and stem in _S_IRREGULAR:
        return [head + open_last + ending for ending in (a, at, "은", "을", "으")]
    if end == "ㅎ" and stem not in _H_REGULAR and vowel in _H_CHANGED and head:
        return [head + syllable(first, _H_CHANGED[vowel]), head + syllable(first, _H_CHANGED[vowel], "ㅆ")] + [
            head + with_final(last, end) for end in ("ㄴ", "ㄹ")
        ]
    if end == "ㄹ":
        dropped = tuple(form for form in (open_last + "는", open_last + "니") if form not in _OF_OTHERS)
        if head:
            dropped = (open_last, with_final(last, "ㄴ"), with_final(last, "ㅂ"))
        joined = [stem + a + ending for ending in "서도야요"] if stem + a in _OF_OTHERS else [stem + a]
        return [*joined, stem + at, *(head + form for form in dropped)]
    if end:
        return [stem + a, stem + at, stem + "으", stem + "은", stem + "을"]
    drawn_in = [head + with_final(last, end) for end in ("ㄴ", "ㄹ", "ㅂ", "ㅁ")]
    if last == "하":
        return [*drawn_in, head + "해", head + "했", head + "하여"]
    if last == "르" and head and stem not in _REU_REGULAR:
        before, bright = head[:-1] + with_final(head[-1], "ㄹ"), parts(head[-1])[1] in _BRIGHT
        return [*drawn_in, *(before + ending for ending in (("라", "랐") if bright else ("러", "렀")))]
    return [*drawn_in, *_contracted(head, first, vowel)]


def _contracted(head: str, first: int, vowel: str) -> list[str]:
    """An open last syllable with -아/-어 and -았/-었."""
    if vowel == "ㅡ":
        drawn = "ㅏ" if head and parts(head[-1])[1] in _BRIGHT else "ㅓ"
    elif vowel in _DRAWN:
        drawn = _DRAWN[vowel]
    else:
        return [head + syllable(first, vowel) + ending for ending in ("어", "었")]
    past, present = head + syllable(first, drawn, "ㅆ"), head + syllable(first, drawn)
    apart = [head + syllable(first, vowel) + ("아" if vowel == "ㅗ" else "어")] if vowel in "ㅗㅜㅚㅣ" else []
    if head:
        return [past, present, *apart]
    return [past, *apart, *(present + ending for ending in "서도야요")]


def stems_of(past: str) -> tuple[str, ...]:
    """The possible stems of a form that is cut after -아/-어, or -았/-었: 떨렸, 떨려 -> 떨리; 걸었 -> 걸 걷."""
    head, last = past[:-1], with_final(past[-1], "")
    first, vowel, _ = parts(last)
    if is_drawn_eu(head + last):
        return (head + syllable(first, "ㅡ"),)
    found: list[str] = []
    if last in ("아", "어", "여") and head:
        found += [head, *_irregular(head)]
        if last == "여":
            found.append(head if head[-1] == "하" else head + "이")  # 하여; 모여, 보여
    if last == "해":
        found.append(head + "하")
    if (last == "워" or (last == "와" and head in ("도", "고"))) and head and not final(head[-1]):
        found.append(head[:-1] + with_final(head[-1], "ㅂ"))
    if last in ("라", "러") and head and final(head[-1]) == "ㄹ":
        found.append(head[:-1] + with_final(head[-1], "") + "르")
    unlike = head and vowel in "ㅘㅙ" and last not in _O_BEFORE_A
    if vowel in _UNDRAWN and last not in ("아", "어", "여", "해") and not unlike:
        found.append(head + syllable(first, _UNDRAWN[vowel]))
    if vowel in "ㅏㅓ" and last not in ("아", "어", "하"):
        found.append(head + syllable(first, "ㅡ"))
    if head and last in _H_BEFORE_A:
        found += [head + syllable(first, changed, "ㅎ") for changed in "ㅏㅓ"]
    if vowel == "ㅕ" and last != "여":
        found.append(head + syllable(first, "ㅕ"))
    return tuple(dict.fromkeys(found))


def is_drawn_eu(form: str) -> bool:
    """Whether a form ends with a stem in ㅡ that is drawn together with -아/-어: 아파, 바빠, 담가."""
    first, vowel, end = parts(form[-1])
    return not end and vowel in "ㅏㅓ" and (form[:-1] + syllable(first, "ㅡ")).endswith(_EU)


def _irregular(head: str) -> list[str]:
    """Stems whose last consonant changes before a vowel: 걸 -> 걷, 지 -> 짓."""
    before, last = head[:-1], head[-1]
    candidates = [before + with_final(last, "ㄷ")] if final(last) == "ㄹ" else []
    candidates += [before + with_final(last, "ㅅ")] if not final(last) else []
    return [stem for stem in candidates if stem in _D_IRREGULAR or stem in _S_IRREGULAR]
