"""Moves between dates: the published tables, counts by hand, and who came and went."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.movement.histories import BY_REVENUE, MARCH, SEPTEMBER, histories
from tiering.evaluate import evaluate, tier_names
from tiering.movement.chain import AWAY, NOT_YET, UNSCORED, Chain, tier_chain
from tiering.movement.intervals import Share, wilson
from tiering.movement.migration import (
    Migration,
    arrivals_and_departures,
    chained_counts,
    homogeneity,
    migration,
    rates,
    state_changes,
    states_in_use,
    stay_shares,
    symmetry,
    ups_and_downs,
)

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[1] / "truth" / "migration.json").read_text("utf-8"))["cases"]
}
LONG_AGO = ("2022-02-01", 5)
BOUGHT = {
    "riser": [LONG_AGO, ("2024-12-01", 400), ("2025-08-01", 400)],
    "faller": [LONG_AGO, ("2024-05-01", 600), ("2024-12-01", 200)],
    "steady": [LONG_AGO, ("2024-12-01", 700)],
    "leaver": [LONG_AGO, ("2024-04-01", 500)],
    "newcomer": [("2025-06-01", 350)],
    "back": [("2023-05-01", 90), ("2025-07-01", 90)],
}


@pytest.fixture(scope="module")
def chain() -> Chain:
    return tier_chain(histories(BOUGHT), BY_REVENUE, [SEPTEMBER, MARCH])


def place(chain: Chain, who: str) -> int:
    return chain.customer_ids.tolist().index(who)


def states(chain: Chain, who: str) -> tuple[int, int]:
    before, after = chain.states[:, place(chain, who)].tolist()
    return before, after


def test_each_customer_has_the_tiers_of_a_person_who_adds_up_the_window(chain) -> None:
    assert states(chain, "riser") == (1, 0)
    assert states(chain, "faller") == (0, 2)
    assert states(chain, "steady") == (0, 0)


def test_a_customer_without_an_order_in_the_window_has_left_not_fallen(chain) -> None:
    assert states(chain, "leaver") == (1, 3 + AWAY)


def test_a_customer_who_had_not_bought_yet_is_new_and_one_who_was_silent_is_back(chain) -> None:
    before, after = states(chain, "newcomer")
    assert before == 3 + NOT_YET
    assert after < 3
    assert states(chain, "back") == (3 + AWAY, 2)
    assert arrivals_and_departures(migration(chain, 0, 1), 3) == (1, 1, 1)


def test_every_customer_stands_in_exactly_one_cell_with_its_money(chain) -> None:
    matrix = migration(chain, 0, 1)
    assert matrix.counts.sum() == len(chain.customer_ids) == 7
    assert matrix.before.sum() == chain.revenue[0].sum() == 400 + 800 + 700 + 500
    assert matrix.after.sum() == chain.revenue[1].sum() == 800 + 200 + 700 + 350 + 90
    assert matrix.counts[0, 2] == 1
    assert (matrix.before[0, 2], matrix.after[0, 2]) == (800, 200)


def test_movers_come_with_the_most_money_first_and_whoever_stayed_away_is_none(chain) -> None:
    assert chain.customer_ids[state_changes(chain, 0, 1)].tolist() == ["riser", "faller", "leaver", "newcomer", "back"]


def test_rows_and_columns_in_use_hold_every_customer_also_newcomers_without_a_score() -> None:
    counts = np.zeros((5, 5), dtype=np.int64)
    counts[0, 0], counts[0, 2 + AWAY] = 30, 10
    counts[2 + NOT_YET] = [31, 531, 976, 0, 0]
    counts[2 + AWAY, 2 + AWAY] = 200
    matrix = Migration(counts, counts * 1.0, counts * 1.0)
    rows, columns = states_in_use(matrix, 2)
    assert rows == [0, 1, 2 + AWAY, 2 + NOT_YET]
    assert columns == [0, 1, 2 + UNSCORED, 2 + AWAY]
    assert counts[np.ix_(rows, columns)].sum() == counts.sum() == 30 + 10 + 1538 + 200
    assert arrivals_and_departures(matrix, 2) == (1538, 0, 10)
    assert rates(counts)[0][2 + NOT_YET, : 2 + AWAY].round(2).tolist() == [0.02, 0.35, 0.63]


def test_a_date_of_a_chain_shows_the_tiers_of_that_date_alone(chain) -> None:
    alone = evaluate(histories(BOUGHT), BY_REVENUE, MARCH)
    names = dict(zip(alone.base.customers["customer_id"], tier_names(alone), strict=True))
    for who, tier in zip(chain.customer_ids, chain.tiers[0], strict=True):
        assert names.get(who, "") == ("A", "B", "C", "")[tier]


def test_the_order_of_dates_and_lines_changes_nothing(chain) -> None:
    turned = histories({who: list(reversed(orders)) for who, orders in reversed(BOUGHT.items())})
    again = tier_chain(turned, BY_REVENUE, [MARCH, SEPTEMBER, MARCH])
    assert again.dates == chain.dates
    assert again.customer_ids.tolist() == chain.customer_ids.tolist()
    assert (again.states == chain.states).all()
    assert (again.milli == chain.milli).all()


def test_moves_of_a_chain_are_the_sum_of_its_steps() -> None:
    days = [date(2024, 9, 30), date(2024, 12, 31), MARCH, SEPTEMBER]
    chain = tier_chain(histories(BOUGHT), BY_REVENUE, days)
    steps = [migration(chain, a, b).counts[:3, :3] for a, b in pairwise(range(4))]
    assert (chained_counts(chain) == sum(steps)).all()
    assert (chained_counts(chain, 0, 1) + chained_counts(chain, 1) == chained_counts(chain)).all()


def test_whoever_left_did_not_stay(chain) -> None:
    stays = stay_shares(chain.states, chain.count)
    assert [(stay.part, stay.whole) for stay in stays] == [(1, 2), (0, 2), (0, 0)]
    assert stays[0].interval[0] < 0.5 < stays[0].interval[1]
    assert np.isnan(stays[2].interval).all()


def test_rates_and_errors_of_six_published_sequences() -> None:
    case = CASES["rates_of_six_sequences"]
    names = case["inputs"]["states"]
    counts = np.zeros((3, 3), dtype=np.int64)
    for sequence in case["inputs"]["sequences"]:
        for before, after in pairwise(sequence):
            counts[names.index(before), names.index(after)] += 1
    assert counts.tolist() == case["expected"]["counts"]
    share, error = rates(counts)
    np.testing.assert_allclose(share, case["expected"]["mle"], atol=1e-8)
    np.testing.assert_allclose(error, case["expected"]["standard_error"], atol=1e-8)


def test_rates_of_a_tier_nobody_was_in_are_unknown_not_zero() -> None:
    assert np.isnan(rates(np.array([[1, 1], [0, 0]]))[0][1]).all()


def test_homogeneity_compares_rows_and_is_not_misled_by_joint_counts() -> None:
    case = CASES["homogeneity"]
    found = homogeneity(np.array(case["inputs"]["q1"]), np.array(case["inputs"]["q2"]))
    assert found.statistic == pytest.approx(case["expected"]["rows"]["pearson"], abs=1e-8)
    assert found.freedom == case["expected"]["rows"]["dof"]
    assert found.p == pytest.approx(case["expected"]["rows"]["p_pearson"], abs=1e-8)
    assert found.freedom != case["expected"]["joint"]["dof"]


def test_a_tier_that_only_grew_has_not_changed_its_pattern() -> None:
    counts = np.array([[8, 2], [3, 7]])
    assert homogeneity(counts, counts * np.array([[10], [1]])).statistic == pytest.approx(0.0)


def test_no_pattern_is_compared_where_a_half_is_empty() -> None:
    found = homogeneity(np.zeros((2, 2), int), np.array([[5, 1], [1, 5]]))
    assert found.freedom == 0
    assert np.isnan(found.p)


def test_symmetry_is_that_of_the_published_table() -> None:
    case = CASES["symmetry"]
    found = symmetry(np.array(case["inputs"]["table"]))
    assert found.statistic == pytest.approx(case["expected"]["symmetry_stat"], abs=1e-8)
    assert found.p == pytest.approx(case["expected"]["symmetry_p"], abs=1e-8)


def test_as_many_moves_there_as_back_are_symmetric() -> None:
    found = symmetry(np.array([[5, 2, 0], [2, 9, 4], [0, 4, 1]]))
    assert (found.statistic, found.freedom, found.p) == (0.0, 2, 1.0)


def test_below_the_diagonal_customers_rose_and_above_it_they_fell() -> None:
    assert ups_and_downs(np.array([[9, 1, 2], [4, 9, 8], [16, 32, 9]])) == (52, 11)


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(np.array([8.0, 0.0]), np.array([10.0, 0.0]))
    assert (low[0], high[0]) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    assert np.isnan([low[1], high[1]]).all()


def test_a_tier_that_everybody_keeps_has_an_interval_that_ends_at_one() -> None:
    stay = stay_shares(np.zeros((2, 5), dtype=np.int8), 2)[0]
    assert (stay.value, stay.interval[1]) == (1.0, 1.0)
    assert stay.interval[0] < 0.6


def test_the_same_customers_looked_at_four_times_tell_little_more_than_once() -> None:
    """Half of a tier always stays, half always leaves it and comes back: four looks are no four times as many."""
    states = np.zeros((9, 40), dtype=np.int8)
    states[1::2, :20] = 1
    once, often = stay_shares(states[:2], 2)[0], stay_shares(states, 2)[0]
    rows = Share(often.part, often.whole)
    width = {name: share.interval[1] - share.interval[0] for name, share in {"often": often, "rows": rows}.items()}
    assert width["often"] > 1.3 * width["rows"]
    assert often.worth < often.whole / 1.5
    assert once.worth == pytest.approx(40, rel=0.1)
