"""Laws of looking at the past: whatever the customers did, these hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.movement.histories import BY_REVENUE, MARCH, SEPTEMBER, histories
from tiering.movement.attribution import Span, attribution
from tiering.movement.backtest import Backtest, backtest, outcome
from tiering.movement.captured import captured
from tiering.movement.chain import Chain, tier_chain
from tiering.movement.intervals import wilson
from tiering.movement.migration import homogeneity, migration, rates, state_changes, symmetry, ups_and_downs
from tiering.movement.review_rules import REASONS, ReviewInput, held_tiers, record
from tiering.scenario import Scenario
from tiering.scenario.exceptions import Review

tables = arrays.arrays(np.int64, (3, 3), elements=st.integers(0, 50))
OWN_SCALE = Scenario(tiers=("A", "B", "C"), weights={"annual_revenue": 60, "annual_orders": 40}, cuts=BY_REVENUE.cuts)


def company(factor: int = 1) -> dict[str, list[tuple[str, int]]]:
    """Twelve customers with two years of orders; ``twin`` does what ``k3`` does."""
    chance = np.random.default_rng(7)
    days = np.arange("2023-06-01", "2025-09-30", dtype="datetime64[D]")
    bought = {}
    for k in range(12):
        when = np.sort(chance.choice(days, size=4 + 2 * k, replace=False)).astype(str).tolist()
        amounts = chance.integers(10, 90, len(when)).tolist()
        bought[f"k{k}"] = [(day, amount * factor) for day, amount in zip(when, amounts, strict=True)]
    return bought | {"twin": bought["k3"]}


@pytest.fixture(scope="module")
def chain() -> Chain:
    return tier_chain(histories(company()), OWN_SCALE, [MARCH, SEPTEMBER])


@settings(max_examples=25, deadline=None)
@given(tables)
def test_as_many_moves_are_counted_there_as_back_when_time_runs_backwards(table) -> None:
    forwards, backwards = symmetry(table), symmetry(table.T)
    assert forwards.statistic == pytest.approx(backwards.statistic)
    assert forwards.freedom == backwards.freedom
    assert ups_and_downs(table) == ups_and_downs(table.T)[::-1]


@settings(max_examples=25, deadline=None)
@given(tables, tables)
def test_it_does_not_matter_which_half_is_called_the_first(first, second) -> None:
    one, other = homogeneity(first, second), homogeneity(second, first)
    assert one.statistic == pytest.approx(other.statistic)
    assert one.freedom == other.freedom


@settings(max_examples=25, deadline=None)
@given(tables)
def test_a_pattern_never_differs_from_itself(table) -> None:
    assert homogeneity(table, table).statistic == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(tables)
def test_the_rates_of_a_tier_add_up_to_one(table) -> None:
    share, error = rates(table)
    known = table.sum(axis=1) > 0
    assert share[known].sum(axis=1) == pytest.approx(1.0)
    assert (error[known] >= 0).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share_and_narrows_with_more_customers(part, whole) -> None:
    hits, trials = np.array([min(part, whole)] * 2) * [1, 10], np.array([whole, whole * 10])
    low, high = wilson(hits.astype(float), trials.astype(float))
    assert (low <= hits / trials + 1e-12).all()
    assert (high >= hits / trials - 1e-12).all()
    assert high[1] - low[1] < high[0] - low[0]


def test_equal_customers_share_their_tiers_at_every_date_and_all_causes(chain) -> None:
    ids = chain.customer_ids.tolist()
    assert (chain.states[:, ids.index("k3")] == chain.states[:, ids.index("twin")]).all()
    found = attribution(histories(company()), Span(MARCH, SEPTEMBER, OWN_SCALE, OWN_SCALE))
    at = [found.customer_ids.tolist().index(who) for who in ("k3", "twin")]
    assert (found.points[:, at[0]] == found.points[:, at[1]]).all()


def test_another_currency_unit_changes_no_tier_and_no_cause(chain) -> None:
    dearer = histories(company(10_000), first="10000")
    again = tier_chain(dearer, OWN_SCALE, [MARCH, SEPTEMBER])
    assert again.customer_ids.tolist() == chain.customer_ids.tolist()
    assert (again.states == chain.states).all()
    span = Span(MARCH, SEPTEMBER, OWN_SCALE, OWN_SCALE)
    assert (attribution(dearer, span).points == attribution(histories(company()), span).points).all()


def test_looking_back_leaves_the_orders_as_they_were() -> None:
    data = histories(company())
    before = data.orders
    attribution(data, Span(MARCH, SEPTEMBER, OWN_SCALE, OWN_SCALE))
    backtest(data, OWN_SCALE, SEPTEMBER, 6)
    assert data.orders is before
    assert before.equals(histories(company()).orders)


def test_money_and_customers_of_a_matrix_are_those_of_its_dates(chain) -> None:
    matrix = migration(chain, 0, 1)
    for tier in range(chain.count):
        assert matrix.counts[tier].sum() == (chain.states[0] == tier).sum()
        assert matrix.after[:, tier].sum() == pytest.approx(chain.revenue[1][chain.states[1] == tier].sum())
    was, now = chain.states[:, state_changes(chain, 0, 1)]
    assert (was != now).all()


def test_the_tiers_of_a_backtest_hold_all_customers_and_all_their_revenue() -> None:
    test = backtest(histories(company()), OWN_SCALE, SEPTEMBER, 6)
    did = outcome(test)
    assert did.customers.sum() == test.tiers.size
    assert did.revenue_share.sum() == pytest.approx(1.0)
    assert (np.diff(captured(test).by_scheme) >= 0).all()


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(40)))
def test_the_order_of_customers_changes_no_captured_share(order) -> None:
    chance = np.random.default_rng(0)
    annual, after = chance.integers(0, 9, 40).astype(float), chance.integers(0, 9, 40).astype(float)
    tiers, ones = chance.integers(0, 3, 40).astype(np.int8), np.ones(40)
    test = Backtest(
        MARCH, SEPTEMBER, 6, tiers, np.zeros(40, np.int32), annual, annual, after, ones, ones, 0.0, 3
    )  # fmt: skip
    turned = replace(test, tiers=tiers[order], annual=annual[order], after=after[order])
    assert captured(turned, 1).by_scheme == pytest.approx(captured(test, 1).by_scheme)
    assert captured(turned, 1).by_revenue == pytest.approx(captured(test, 1).by_revenue)


raw_tiers = arrays.arrays(np.int8, (6, 8), elements=st.integers(0, 3))


@settings(max_examples=60, deadline=None)
@given(raw_tiers, st.integers(1, 4), st.integers(0, 4))
def test_whatever_the_rules_a_tier_in_use_is_one_that_was_drawn_and_a_reason_stands_where_it_differs(
    raw, confirm, stay
) -> None:
    no = np.zeros(8, dtype=bool)
    found = held_tiers(
        [ReviewInput(each, each, each, no, no) for each in raw], Review(confirm=confirm, stay=stay, grace=0), 3
    )
    assert ((found.tiers == 3) == (raw == 3)).all()
    assert ((found.tiers == raw) == (found.reasons == REASONS.index("none"))).all()
    for customer in range(8):
        assert set(found.tiers[:, customer]) <= set(raw[:, customer])


@settings(max_examples=40, deadline=None)
@given(raw_tiers.map(lambda raw: np.minimum(raw, 2)))
def test_the_longer_a_fall_must_be_confirmed_the_later_it_is_followed(raw) -> None:
    no = np.zeros(8, dtype=bool)
    falling = np.sort(raw, axis=0)
    held = [
        held_tiers(
            [ReviewInput(each, each, each, no, no) for each in falling], Review(confirm=confirm, grace=0), 3
        ).tiers
        for confirm in (1, 2, 3)
    ]
    assert (held[0] == falling).all()
    assert (held[1] <= held[0]).all()
    assert (held[2] <= held[1]).all()


def test_a_past_without_a_change_counts_none(chain) -> None:
    still = replace(chain, tiers=np.zeros_like(chain.tiers))
    found = record(np.zeros_like(chain.tiers), still)
    assert (found.changes, found.reversed_changes, found.wrong_customers, found.wrong_revenue) == (0, 0, 0, 0)
