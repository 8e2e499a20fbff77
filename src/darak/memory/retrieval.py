"""The words of one query, looked up in all volumes: which records say them, and how well they fit by BM25."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

import tantivy

from darak.language.query import Phrase, Term
from darak.language.tokens import index_terms
from darak.memory.filter import Filter
from darak.memory.memory import Memory
from darak.memory.volume import SIZE, TEXT_FIELDS
from darak.memory.windows import REACH, Window

(_WORDS,) = TEXT_FIELDS
_LIGHT = 0.4
"""What a word counts that questions use more than records do."""
_OTHER_FORM = 0.5
"""What another form of a word counts, next to the one in the query."""
_PART = 0.5
"""What a piece of a compound counts, next to the whole."""
_COMMON = 0.2
"""A word of more records than this share says little: a name that is everywhere, most often the owner's own."""
_FEW = 3
"""So many words or fewer are all looked for, however common."""
_MOST = 20
"""So many words at most. Each is a bit of a 32-bit float, in which sums of powers of two below 2 ** 24 are exact."""
_TELLING = 12
"""So many of the rarest words find the candidates; all words then rank them."""
_OF_DAYS = 30

_must, _should = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Found:
    """A record that says some of the words: its BM25 score, and its wall clock in seconds since 1970."""

    own: float
    second: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the query as this memory knows it: the forms that are said at all, each with its weight in BM25, and
    how rare the term is (idf times weight)."""

    forms: tuple[tuple[Phrase, float], ...]
    rarity: float


class Retrieval:
    """One query over one memory. `words` are those worth looking up, the rarest first."""

    def __init__(self, memory: Memory, terms: Sequence[Term], filter: Filter) -> None:
        self._volumes = tuple(memory.volumes.items())
        self._filter = filter
        self._frequencies: dict[str, int] = {}
        self.size = sum(volume.searcher.num_docs for _, volume in self._volumes)
        once = {term.forms: term for term in terms}
        telling = {forms: term for forms, term in once.items() if self._holders(forms) <= _COMMON * self.size}
        kept = telling if len(telling) > _FEW else once
        words = sorted(map(self._word, kept.values()), key=lambda word: -word.rarity)
        self.words = words[:_MOST]
        self._telling = [word for word in self.words if word.forms][:_TELLING]

    def find(self, limit: int, windows: Sequence[Window] = ()) -> dict[int, Found]:
        """Up to `limit` records of each volume by number: the best by their most telling words, in the windows."""

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            near = [_days_between(schema, w.since - REACH, w.until + REACH) for w in windows]
            words = tantivy.Query.boolean_query([(_should, _query(schema, word)) for word in self._telling])
            return _all_of([words, *self._filter.queries(schema), *_any_of(near)])

        return self._found(limit, query)

    def score(self, numbers: Collection[int], days: Collection[int] = ()) -> dict[int, Found]:
        """These records by all their words, and those of these days, even if they say nothing.

        A day of very many records gives its best.
        """

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            chosen = [*_these(schema, number, numbers)]
            if days:
                of_days = tantivy.Query.boolean_query([(_should, _is(schema, "day", day)) for day in days])
                chosen.append((_should, _all_of([of_days, *self._filter.queries(schema)])))
            return _among(chosen, [_query(schema, word) for word in self.words])

        return self._found(len(numbers) + _OF_DAYS * len(days), query)

    def says(self, numbers: Collection[int]) -> dict[int, int]:
        """Which words these records say: bit i for `words[i]`.

        One search tells it all: every word scores a power of two of its own.
        """

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            bits = [
                tantivy.Query.const_score_query(_query(schema, word), float(1 << i))
                for i, word in enumerate(self.words)
            ]
            return _among(_these(schema, number, numbers), bits)

        return {n: int(found.own) for n, found in self._found(len(numbers), query).items()}

    def _found(self, limit: int, query: Callable[[int, tantivy.Schema], tantivy.Query]) -> dict[int, Found]:
        found: dict[int, Found] = {}
        for number, volume in self._volumes:
            result = volume.searcher.search(query(number, volume.schema), max(limit, 1), count=False)
            addresses = [address for _, address in result.hits]
            ns = volume.searcher.fast_field_values("n", addresses)
            seconds = volume.searcher.fast_field_values("second", addresses)
            for (score, _), n, second in zip(result.hits, ns, seconds, strict=True):
                found[int(n or 0)] = Found(float(score), None if second is None else int(second))
        return found

    def latest(self, windows: Sequence[Window], limit: int) -> list[int]:
        """The last records of the windows, the latest first; of the whole memory when there are no windows."""
        found: list[tuple[int, int]] = []
        for _, volume in self._volumes:
            inside = [_days_between(volume.schema, w.since, w.until) for w in windows]
            parts = [tantivy.Query.all_query(), *self._filter.queries(volume.schema), *_any_of(inside)]
            result = volume.searcher.search(_all_of(parts), limit, count=False, order_by_field="second")
            ns = volume.searcher.fast_field_values("n", [address for _, address in result.hits])
            found += [(int(second or 0), int(n or 0)) for (second, _), n in zip(result.hits, ns, strict=True)]
        return [n for _, n in sorted(found, reverse=True)[:limit]]

    def _word(self, term: Term) -> Word:
        weight = _LIGHT if term.weight == "light" else 1.0
        rarity = self._idf(self._holders(term.forms))
        # All forms of a word weigh the same in BM25: else a rare one, which may be no form of it at all, weighs most.
        # The idf of a phrase is the sum of its terms' idf, which is too much for the bigrams of one word.
        literal = set(index_terms(term.surface))
        forms: list[tuple[Phrase, float]] = []
        for form in term.forms:
            if self._holders([form]):
                share = 1.0 if literal.issuperset(form) else _OTHER_FORM
                forms.append((form, weight * share * rarity / self._summed_idf(form)))
        for part in term.parts:
            if holders := self._holders([part]):
                forms.append((part, weight * _PART * self._idf(holders) / self._summed_idf(part)))
        return Word(tuple(forms), weight * rarity)

    def _summed_idf(self, form: Phrase) -> float:
        return sum(self._idf(self._frequency(term)) for term in form)

    def _holders(self, forms: Sequence[Phrase]) -> int:
        """At most so many records say one of the forms."""
        return min(sum(min(map(self._frequency, form)) for form in forms), self.size)

    def _frequency(self, term: str) -> int:
        """How many records hold an index term."""
        if term not in self._frequencies:
            counts = (volume.searcher.doc_freq(_WORDS, term) for _, volume in self._volumes)
            self._frequencies[term] = sum(counts)
        return self._frequencies[term]

    def _idf(self, holders: int) -> float:
        return log(1 + (self.size - holders + 0.5) / (holders + 0.5))


def _query(schema: tantivy.Schema, word: Word) -> tantivy.Query:
    forms = [
        tantivy.Query.boost_query(
            tantivy.Query.term_query(schema, _WORDS, form[0])
            if len(form) == 1
            else tantivy.Query.phrase_query(schema, _WORDS, list(form)),
            boost,
        )
        for form, boost in word.forms
    ]
    if not forms:
        return tantivy.Query.empty_query()
    return forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms)


def _is(schema: tantivy.Schema, field: str, value: int) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, value, index_option="basic")


def _these(schema: tantivy.Schema, volume: int, numbers: Iterable[int]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Those of the records that are in a volume. A query each: a term set takes three times as long."""
    return [(_should, _is(schema, "n", n)) for n in numbers if n // SIZE == volume]


def _among(chosen: list[tuple[tantivy.Occur, tantivy.Query]], scored: Iterable[tantivy.Query]) -> tantivy.Query:
    """The chosen documents, with the sum of the scores.

    All in one boolean query: then the few chosen lead, and the words' long lists are only looked into.
    """
    among = tantivy.Query.const_score_query(tantivy.Query.boolean_query(chosen), 0.0)
    return tantivy.Query.boolean_query([(_must, among), *((_should, query) for query in scored)])


def _all_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    """Documents that match every part, scored by the first alone."""
    first, *others = parts
    rest = [(_must, tantivy.Query.const_score_query(part, 0.0)) for part in others]
    return tantivy.Query.boolean_query([(_must, first), *rest])


def _any_of(queries: Sequence[tantivy.Query]) -> list[tantivy.Query]:
    """One query that any of these satisfies; none when there are none."""
    return [tantivy.Query.boolean_query([(_should, query) for query in queries])] if queries else []


def _days_between(schema: tantivy.Schema, since: int, until: int) -> tantivy.Query:
    kind = tantivy.FieldType.Integer
    return tantivy.Query.range_query(schema, "day", kind, since, until, include_lower=True, include_upper=False)
