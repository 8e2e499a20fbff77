"""The words of one query, looked up in all volumes: which records say them, and how well they fit by BM25."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

import tantivy
from msgspec import Struct

from darak.language.query import Phrase, Term
from darak.language.tokens import index_terms
from darak.memory.filter import Filter
from darak.memory.memory import Memory
from darak.memory.volume import SIZE, TEXT_FIELDS, Volume
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
"""So many words at most."""
_TELLING = 12
"""So many of the rarest words find the candidates; all words then rank them."""
_ENOUGH = 1_000
"""Records that surely hold enough candidates: past them, no word of very many records is looked for as well."""
_MANY = 50_000
"""A word of more records than this takes milliseconds to go through, and tells little."""
_DENSE = 10_000
"""A form of more records than this is looked up in the few records in question instead of being gone through."""
_BITS = 24
"""A float of 32 bits holds sums of powers of two below 2 ** 24 exactly."""
_OF_DAYS = 30

_must, _should = tantivy.Occur.Must, tantivy.Occur.Should


class Found(Struct, frozen=True, gc=False):
    """A record that says some of the words: its BM25 score, and its wall clock in seconds since 1970."""

    own: float
    second: int | None


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a word is said: its weight in BM25, and how many records say it at most."""

    phrase: Phrase
    weight: float
    holders: int


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the query as this memory knows it: the forms that are said at all, how rare the term is (idf times
    weight), and how many records say it at most."""

    forms: tuple[Form, ...]
    rarity: float
    holders: int


class Retrieval:
    """One query over one memory. `words` are those worth looking up, the rarest first."""

    def __init__(self, memory: Memory, terms: Sequence[Term], filter: Filter) -> None:
        self._volumes = tuple(memory.volumes.items())
        self._threads = memory.threads
        self._filter = filter
        self._frequencies: dict[str, int] = {}
        self.size = sum(volume.searcher.num_docs for _, volume in self._volumes)
        once = {term.forms: term for term in terms}
        telling = {forms: term for forms, term in once.items() if self._holders(forms) <= _COMMON * self.size}
        kept = telling if len(telling) > _FEW else once
        words = sorted(map(self._word, kept.values()), key=lambda word: -word.rarity)
        self.words = words[:_MOST]
        self._telling = _telling(self.words)

    def find(self, limit: int, windows: Sequence[Window] = ()) -> dict[int, Found]:
        """Up to `limit` records of each volume by number: the best by their most telling words, in the windows."""

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            near = [_days_between(schema, w.since - REACH, w.until + REACH) for w in windows]
            words = tantivy.Query.boolean_query([(_should, _query(schema, word.forms)) for word in self._telling])
            return _all_of([words, *self._filter.queries(schema), *_any_of(near)])

        return self._found(limit, query)

    def complete(self, found: Mapping[int, Found], days: Collection[int] = ()) -> dict[int, Found]:
        """What `find` found, by all words, and the records of these days, even if they say nothing.

        A day of very many records gives its best.
        """
        every = sum(bool(word.forms) for word in self.words)
        numbers = found if len(self._telling) < every else ()  # else they have all their score
        if not numbers and not days:
            return dict(found)

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            chosen = [*_these(schema, number, numbers)]
            if days:
                of_days = tantivy.Query.boolean_query([(_should, _is(schema, "day", day)) for day in days])
                chosen.append((_should, _all_of([of_days, *self._filter.queries(schema)])))
            sparse = [_query(schema, forms) for word in self.words if (forms := _sparse(word))]
            dense = [_form_query(schema, form) for word in self.words for form in _dense(word)]
            return _each_of(_among(chosen, sparse), dense)

        return {**found, **self._found(len(numbers) + _OF_DAYS * len(days), query)}

    def says(self, found: Mapping[int, Found]) -> dict[int, int]:
        """Which words these records say: bit i for `words[i]`.

        A search tells it all: every word, and every dense form, scores a power of two of its own.
        """
        if len(self.words) == 1:
            return {n: int(one.own > 0) for n, one in found.items()}
        said = dict.fromkeys(found, 0)
        sparse = [(1 << i, forms) for i, word in enumerate(self.words) if (forms := _sparse(word))]
        dense = [(1 << i, (form,)) for i, word in enumerate(self.words) for form in _dense(word)]
        for start in range(0, len(sparse) + len(dense), _BITS):
            asked = (sparse + dense)[start : start + _BITS]
            meant: dict[int, int] = {}  # most records say one of a few combinations
            for n, places in self._which(found, [forms for _, forms in asked], max(0, len(sparse) - start)).items():
                if places not in meant:
                    meant[places] = sum({bit for place, (bit, _) in enumerate(asked) if places >> place & 1})
                said[n] |= meant[places]
        return said

    def _which(self, found: Collection[int], asked: Sequence[Sequence[Form]], sparse: int) -> dict[int, int]:
        """Bit i for each record that says one of the forms `asked[i]`; the first `sparse` of them have short lists."""

        def query(number: int, schema: tantivy.Schema) -> tantivy.Query:
            queries = [_query(schema, forms) for forms in asked]
            bits = [tantivy.Query.const_score_query(one, float(1 << place)) for place, one in enumerate(queries)]
            return _each_of(_among(_these(schema, number, found), bits[:sparse]), bits[sparse:])

        return {n: int(one.own) for n, one in self._found(len(found), query).items()}

    def _found(self, limit: int, query: Callable[[int, tantivy.Schema], tantivy.Query]) -> dict[int, Found]:
        def search(place: tuple[int, Volume]) -> list[tuple[int, Found]]:
            number, volume = place
            result = volume.searcher.search(query(number, volume.schema), max(limit, 1), count=False)
            addresses = [address for _, address in result.hits]
            ns = volume.searcher.fast_field_values("n", addresses)
            seconds = volume.searcher.fast_field_values("second", addresses)
            return [
                (int(n or 0), Found(float(score), None if second is None else int(second)))
                for (score, _), n, second in zip(result.hits, ns, seconds, strict=True)
            ]

        if len(self._volumes) == 1:
            return dict(search(self._volumes[0]))
        return dict(chain.from_iterable(self._threads.map(search, self._volumes)))

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
        forms: list[Form] = []
        for form in term.forms:
            if holders := self._holders([form]):
                share = 1.0 if literal.issuperset(form) else _OTHER_FORM
                forms.append(Form(form, weight * share * rarity / self._summed_idf(form), holders))
        for part in term.parts:
            if holders := self._holders([part]):
                forms.append(Form(part, weight * _PART * self._idf(holders) / self._summed_idf(part), holders))
        return Word(tuple(forms), weight * rarity, sum(form.holders for form in forms))

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


def _telling(words: Sequence[Word]) -> list[Word]:
    """Of the words, rarest first, those that find the candidates: in a large memory not the very common ones."""
    telling: list[Word] = []
    holders = 0
    for word in words:
        if holders >= _ENOUGH and holders + word.holders > _MANY:
            break
        if word.forms:
            telling.append(word)
            holders += word.holders
    return telling[:_TELLING]


def _sparse(word: Word) -> tuple[Form, ...]:
    return tuple(form for form in word.forms if form.holders <= _DENSE)


def _dense(word: Word) -> tuple[Form, ...]:
    return tuple(form for form in word.forms if form.holders > _DENSE)


def _form_query(schema: tantivy.Schema, form: Form) -> tantivy.Query:
    phrase = form.phrase
    if len(phrase) == 1:
        query = tantivy.Query.term_query(schema, _WORDS, phrase[0])
    else:
        query = tantivy.Query.phrase_query(schema, _WORDS, list(phrase))
    return tantivy.Query.boost_query(query, form.weight)


def _query(schema: tantivy.Schema, forms: Sequence[Form]) -> tantivy.Query:
    """What says one of the forms, by the one that weighs most."""
    queries = [_form_query(schema, form) for form in forms]
    if not queries:
        return tantivy.Query.empty_query()
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def _is(schema: tantivy.Schema, field: str, value: int) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, value, index_option="basic")


def _these(schema: tantivy.Schema, volume: int, numbers: Iterable[int]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Those of the records that are in a volume. A query each: a term set takes three times as long."""
    return [(_should, _is(schema, "n", n)) for n in numbers if n // SIZE == volume]


def _among(chosen: list[tuple[tantivy.Occur, tantivy.Query]], scored: Iterable[tantivy.Query]) -> tantivy.Query:
    """The chosen documents, with the sum of the scores. Every list of `scored` is gone through, so that they should be
    short."""
    among = tantivy.Query.const_score_query(tantivy.Query.boolean_query(chosen), 0.0)
    return tantivy.Query.boolean_query([(_must, among), *((_should, query) for query in scored)])


def _each_of(query: tantivy.Query, scored: Iterable[tantivy.Query]) -> tantivy.Query:
    """The documents of a query, with the scores added to its own.

    One inside the other: so each long list is looked into at these documents alone, where a union of them would be
    gone through from end to end.
    """
    for one in scored:
        query = tantivy.Query.boolean_query([(_must, query), (_should, one)])
    return query


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
