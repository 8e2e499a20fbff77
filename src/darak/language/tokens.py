"""Index terms: how a text becomes the terms that are stored, and how a word becomes the terms that find it.

Words of spaced scripts are runs of letters, digits and the marks that belong to them, lowercased here and stemmed by
Tantivy. Korean, Chinese and Japanese writing is cut into character bigrams instead, which is cheap and complete:
every CJK character is doubled with a space between (`꿈을` -> `꿈 꿈을 을`), so that a splitter at spaces yields the
first character of a word, all its bigrams in order, and its last character. A noun of two or more syllables is then
found by its bigrams as a phrase, and a noun of one syllable at the start or end of a word.

One `str.translate` does it all, so that Tantivy needs to look for nothing but spaces: to ask of each character
whether it is a letter, and for its small form, takes it a fifth of the time of indexing.
"""

import re
import unicodedata
from functools import cache
from operator import add

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

# Hangul syllables; Chinese characters with extensions, compatibility forms and 々〆〇; kana. Lone Hangul
# letters (ㅋㅋㅋ) are left out: as bigrams they would only fill the index, as words they can be found.
CJK = "가-힣㐀-䶿一-鿿豈-龎々〆〇ぁ-ゖァ-ヺーㇰ-ㇿ\U00020000-\U0003ffff"

# What is written beside CJK without a space (iPhone을, 3월, 하하ㅋㅋ): digits, Latin, Greek, Cyrillic, ㄱ-ㆎ.
BESIDE_CJK = "0-9A-Za-zª-ʯͰ-ԯㄱ-ㆎ"

LONGEST_TERM = 40  # bytes; longer runs are base64, hashes and the like

_cjk = re.compile(f"[{CJK}]")
_border = re.compile(f"(?<=[{CJK}])(?=[{BESIDE_CJK}])|(?<=[{BESIDE_CJK}])(?=[{CJK}])")
_run = re.compile(f"([{CJK}]+)|[^\\W_{CJK}]+")

_PLAIN = {
    " ": "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\u2028\u2029",
    "'": "\u2018\u2019\u201a\u201b",
    '"': "\u201c\u201d\u201e\u201f",
    # Invisible: soft hyphen, zero width space, writing direction, byte order. Joiners stay, emoji need them.
    "": "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
}
_plain = str.maketrans({odd: plain for plain, odd_ones in _PLAIN.items() for odd in odd_ones})
_odd = re.compile(f"[{''.join(_PLAIN.values())}]")


def indexed(char: str) -> str:
    """What a character is in the index: CJK doubled, other letters and digits small, all else a space."""
    if _cjk.match(char):
        return f"{char} {char}"
    # A mark belongs to its letter (Devanagari's vowels), but for those that only choose how an emoji looks.
    word = char.isalnum() or (unicodedata.category(char) in ("Mn", "Mc") and not "\ufe00" <= char <= "\ufe0f")
    return char.lower()[0] if word else " "


class _Indexed(dict[int, str]):
    """The translation table of `index_text`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = value = indexed(chr(code))
        return value


_indexed = _Indexed()


def normalise(text: str) -> str:
    """NFC, with odd spaces and quotation marks made plain and invisible marks removed."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_plain) if _odd.search(text) else text)


def has_cjk(text: str) -> bool:
    """Whether a text holds Hangul syllables, Chinese characters or kana."""
    return not text.isascii() and _cjk.search(text) is not None


def index_text(text: str) -> str:
    """What to give to an index field that has `index_analyzer`: the text's words with spaces between."""
    if text.isascii():
        return text.translate(_indexed)
    return _border.sub(" ", unicodedata.normalize("NFC", text)).translate(_indexed)


def index_analyzer() -> TextAnalyzer:
    """The analyser of index fields: splits at spaces, leaves out what is too long for a word, stems English."""
    return (
        TextAnalyzerBuilder(Tokenizer.whitespace())
        .filter(Filter.remove_long(LONGEST_TERM))
        .filter(Filter.stemmer("english"))
        .build()
    )


@cache
def _analyzer() -> TextAnalyzer:
    return index_analyzer()


def index_terms(text: str) -> list[str]:
    """All terms under which a text is indexed, in order of position."""
    return _analyzer().analyze(index_text(text))


def phrase_terms(text: str) -> tuple[str, ...]:
    """The terms that, as a phrase, find a word or a run of words, also inside longer Korean words.

    `다락방` -> `다락 락방`; `꿈` -> `꿈`; `3월` -> `3 월`; `running shoes` -> `run shoe`.
    """
    runs = list(_run.finditer(unicodedata.normalize("NFC", text)))
    if len(runs) == 1 and (word := runs[0][1]):
        return tuple(map(add, word, word[1:])) or (word,)
    terms = index_terms(text)
    # A CJK word's first and last character mark its borders, but what is searched may stand inside a word.
    if runs and runs[0][1] and len(runs[0][1]) > 1:
        terms = terms[1:]
    if runs and runs[-1][1]:
        terms = terms[:-1]
    return tuple(terms)


def english_stem(word: str) -> str:
    """The index term of one English word: `Running` -> `run`; empty when no letter is there."""
    return "".join(index_terms(word)[:1])
