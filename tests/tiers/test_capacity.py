"""Lines by the account managers' hours: the top tier first, nobody beyond what its people can serve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.tiers.cuts import NOBODY, base_tiers
from tiering.tiers.score import UNSCORED
from tiering.tiers.ways.capacity import LEAST_HOURS, capacity_lines, proposed_capacity, served, tier_loads

quick = settings(deadline=None, max_examples=80)
some_scores = st.lists(st.integers(-1, 100_000), min_size=1, max_size=60)


def staffed(*tiers: tuple[float, float], hours_per_person: float = 1000) -> Capacity:
    return Capacity(
        hours_per_person=hours_per_person, tiers=tuple(TierCapacity(people=n, hours=each) for n, each in tiers)
    )


def points(*scores: float) -> np.ndarray:
    return np.array([round(score * 1000) for score in scores], dtype=np.int32)


def counted(capacity: Capacity, milli: np.ndarray) -> list[int]:
    tiers = base_tiers(milli, capacity_lines(capacity, milli))
    return np.bincount(tiers, minlength=len(capacity.tiers) + 1)[:-1].tolist()


def test_two_people_with_1000_hours_serve_20_customers_of_100_hours() -> None:
    capacity = staffed((2, 100), (1, 10), (1, 1))
    assert served(capacity, capacity.tiers[0]) == 20
    assert counted(capacity, points(*np.linspace(1, 99, 200))) == [20, 100, 80]


def test_half_a_person_counts_half() -> None:
    assert counted(staffed((0.5, 100), (1, 1)), points(*np.linspace(1, 99, 50))) == [5, 45]


def test_a_tier_without_people_stays_empty() -> None:
    capacity = staffed((0, 100), (1, 100), (1, 1))
    assert counted(capacity, points(*np.linspace(1, 99, 50))) == [0, 10, 40]
    assert capacity_lines(capacity, points(100, 50))[0] == NOBODY


def test_equal_customers_who_would_not_all_fit_begin_the_next_tier_together() -> None:
    assert counted(staffed((1, 500), (1, 100), (1, 1)), points(90, 80, 80, 80, 10)) == [1, 4, 0]


def test_people_enough_for_everybody_leave_the_lower_tiers_empty() -> None:
    assert counted(staffed((9, 1), (1, 1), (1, 1)), points(90, 50, 10)) == [3, 0, 0]


def test_the_rest_may_be_too_much_for_the_last_tier_and_that_is_shown() -> None:
    capacity = staffed((1, 100), (1, 20))
    loads = tier_loads(capacity, counted(capacity, points(*np.linspace(1, 99, 100))))
    assert [(load.customers, load.needed, load.available, load.over) for load in loads] == [
        (10, 1000.0, 1000.0, 0.0),
        (90, 1800.0, 1000.0, 800.0),
    ]


def test_those_without_a_score_take_nobodys_time() -> None:
    milli = np.append(points(90, 50, 10), np.full(7, UNSCORED, np.int32))
    assert counted(staffed((1, 1000), (1, 10)), milli) == [1, 2]


HOURS = (200.0, 80.0, 46.0, 27.0, 13.0, 5.0)


@pytest.mark.parametrize("tiers", range(2, 7))
@pytest.mark.parametrize("customers", [1, 3, 40, 4372, 1_000_000])
def test_the_first_proposal_overloads_nobody(customers: int, tiers: int) -> None:
    capacity = proposed_capacity(customers, HOURS[:tiers], 1600)
    milli = (np.arange(customers) * 99_999 // max(customers, 1)).astype(np.int32)
    assert len(capacity.tiers) == tiers
    assert all(load.over == 0 for load in tier_loads(capacity, counted(capacity, milli)))


def test_a_tier_that_is_not_visited_at_all_still_takes_a_little() -> None:
    assert proposed_capacity(100, (10.0, 0.0), 1600).tiers[1].hours == LEAST_HOURS


@quick
@given(
    some_scores,
    st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 2), st.integers(1, 400)), min_size=2, max_size=5),
)
def test_no_tier_but_the_last_holds_more_than_its_people_serve_and_none_could_hold_more(
    scores: list[int], tiers: list[tuple[float, float]]
) -> None:
    milli, capacity = np.array(scores, dtype=np.int32), staffed(*tiers)
    lines = capacity_lines(capacity, milli)
    assert list(lines) == sorted(lines, reverse=True)
    numbers = base_tiers(milli, lines)
    for tier, staff in enumerate(capacity.tiers[:-1]):
        held = int((numbers == tier).sum())
        assert held <= served(capacity, staff)
        below = milli[(numbers > tier) & (milli != UNSCORED)]
        if below.size:  # with the next tenth of a point it would be too many
            assert held + int((below // 100 == below.max() // 100).sum()) > served(capacity, staff)
