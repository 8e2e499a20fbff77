"""Found records are ordered by their own words, and by what their neighbours in time have in common with the query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.memory.ranking import WEIGHTS, Candidate, borrowed, rank, votes

HOUR = 3600
DINNER, SUSHI, DAD = 1, 2, 4
RARITY = [3.0, 5.0, 4.0]


def found(n: int, hours: float | None, own: float, says: int, fit: float = 1.0) -> Candidate:
    return Candidate(n, None if hours is None else int(hours * HOUR), own, fit, says)


def order(*candidates: Candidate) -> list[int]:
    return [n for n, _ in rank(candidates, RARITY)]


def test_the_record_with_the_best_words_comes_first():
    assert order(found(1, 0, 2.0, DINNER), found(2, 1000, 9.0, DINNER | SUSHI)) == [2, 1]


def test_a_record_borrows_a_word_from_its_neighbour():
    beside, alone = found(1, 0.5, 3.0, DINNER), found(2, 900, 3.0, DINNER)
    assert order(alone, beside, found(3, 0, 5.0, SUSHI | DAD)) == [3, 1, 2]


def test_what_is_borrowed_is_less_the_further_away_it_is_said():
    first, near, far = borrowed([found(1, 0, 5, SUSHI), found(2, 1, 3, DINNER), found(3, 5, 3, DINNER)], RARITY, 2.0)
    assert near > far > 0
    assert first > far


def test_records_of_an_unknown_time_neither_lend_nor_borrow():
    candidates = [found(1, 0, 3.0, DINNER), found(2, None, 3.0, SUSHI), found(3, None, 3.0, DAD)]
    assert borrowed(candidates, RARITY, 2.0) == pytest.approx([3 / 5, 1.0, 4 / 5])


def test_a_record_outside_the_asked_days_counts_and_lends_little():
    assert order(found(1, 0, 5.0, SUSHI, fit=0.1), found(2, 500, 3.0, SUSHI)) == [2, 1]
    inside = found(3, 1, 3, DINNER)
    lent, own = (borrowed([found(1, 0, 5, SUSHI, fit), inside], [3.0, 5.0], 2.0)[1] for fit in (1.0, 0.0))
    assert lent * 5 > 3 * own


def test_the_record_that_says_every_word_itself_stays_first_among_many_that_say_most():
    exact = found(100, 9000, 9.0, DINNER | SUSHI | DAD)
    crowd = [found(n, n / 10, 7.0, SUSHI | (DAD if n % 2 else DINNER)) for n in range(20)]
    assert order(*crowd, exact)[0] == 100


def test_of_equal_records_the_one_in_a_busy_hour_comes_first():
    crowd = [found(n, n / 60, 2.0, DINNER) for n in range(5)]
    assert order(found(9, 700, 2.0, DINNER), *crowd)[-1] == 9


def test_votes_come_from_the_others_only():
    assert votes([found(1, 0, 1, 1), found(2, 3000, 1, 1)], [1.0, 1.0], 3.0) == pytest.approx([0.0, 0.0])
    assert votes([found(1, 0, 1, 1), found(2, 0, 1, 1)], [1.0, 0.5], 3.0) == pytest.approx([0.5, 1.0])


def test_nothing_found_gives_nothing():
    assert rank([], RARITY) == []
    assert rank([found(1, 0, 4.0, SUSHI, fit=0.0)], RARITY) == []


candidates = st.lists(
    st.builds(
        Candidate,
        n=st.integers(0, 10**6),
        second=st.none() | st.integers(-(10**9), 4 * 10**9),
        own=st.floats(0.01, 60),
        fit=st.floats(0, 1),
        says=st.integers(0, 7),
    ),
    max_size=30,
    unique_by=lambda c: c.n,
)


@given(candidates, st.randoms())
def test_the_order_in_which_records_were_found_does_not_matter(found, random):
    shuffled = found[:]
    random.shuffle(shuffled)
    assert [n for n, _ in rank(found, RARITY)] == [n for n, _ in rank(shuffled, RARITY)]


@given(candidates)
def test_every_candidate_is_ranked_once_and_scores_fall(found):
    ranked = rank(found, RARITY)
    assert sorted(n for n, _ in ranked) == sorted(c.n for c in found if c.fit > 0)
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)


@given(candidates)
def test_borrowing_is_a_share(found):
    ordered = sorted(found, key=lambda c: (c.second is None, c.second or 0))
    assert all(0 <= share <= 1 + 1e-9 for share in borrowed(ordered, RARITY, 2.0))


@given(candidates)
def test_without_neighbours_only_own_words_count(found):
    alone = replace(WEIGHTS, contrast=1.0, borrowed=0.0, votes=0.0, complete=0.0)
    scores = dict(rank(found, RARITY, alone))
    best = max((c.own * c.fit for c in found), default=0.0) or 1.0
    assert all(scores[c.n] == pytest.approx(c.own * c.fit / best) for c in found if c.fit > 0)
