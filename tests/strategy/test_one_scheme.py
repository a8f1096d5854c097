"""One weight that is moved moves tiers, advice, load, money and formula together, and they all add up to the file."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sample_data import SETS
from tests.strategy.test_actions import dataset, made, tiered
from tiering.evaluate import Tiering
from tiering.strategy.evidence import evidence_of
from tiering.strategy.experiments.sizes import tier_sizes
from tiering.strategy.formula import period_metrics, periods, sales, sales_factors
from tiering.strategy.resources.budget import tier_pnl
from tiering.strategy.resources.levels import allocation
from tiering.strategy.resources.load import owner_loads, region_loads, tier_loads
from tiering.strategy.resources.services import customer_hours, tier_services
from tiering.strategy.tier_advice import advice

MOVED = ("", "recency_days", "satisfaction")
pytestmark = pytest.mark.parametrize("more_of", MOVED)
KEY = SETS[2]  # the smallest


@cache
def lines_of_the_year() -> pd.DataFrame:
    lines = dataset(KEY).orders.select(["customer_id", "order_date", "amount"]).to_pandas()
    day, end = pd.to_datetime(lines["order_date"]), pd.Timestamp(tiered(KEY).base.as_of)
    return lines[(day > end - pd.DateOffset(years=1)) & (day <= end)]


@cache
def formula_metrics() -> pd.DataFrame:
    return period_metrics(dataset(KEY).orders, tiered(KEY).base.as_of, 12)


def counts(tiering: Tiering) -> list[int]:
    """Customers by tier, those without one last."""
    return np.bincount(tiering.tiers, minlength=5).tolist()


def served(tiering: Tiering) -> list[int]:
    """Customers by the tier they are served as: without a score as the last one."""
    by_tier = counts(tiering)
    return [*by_tier[:3], by_tier[3] + by_tier[4]]


def revenue_by_hand(tiering: Tiering) -> list[float]:
    """Order lines of the year, summed for the customers of each tier."""
    tier_of = dict(zip(tiering.base.customers["customer_id"], tiering.tiers.tolist(), strict=True))
    lines = lines_of_the_year()
    sums = lines["amount"].astype(float).groupby(lines["customer_id"].map(tier_of)).sum()
    return [float(sums.get(tier, 0.0)) for tier in range(5)]


def test_revenue_by_tier_is_that_of_the_order_lines_and_adds_up_to_the_file(more_of):
    tiering = tiered(KEY, more_of)
    by_hand = revenue_by_hand(tiering)
    assert np.bincount(tiering.tiers, tiering.base.revenue, 5) == pytest.approx(by_hand, abs=0.01)
    assert sum(by_hand) == pytest.approx(float(lines_of_the_year()["amount"].sum()), abs=0.01)
    assert tier_pnl(tiering)["revenue"].sum() == pytest.approx(sum(by_hand), abs=0.01)


def test_advice_counts_the_customers_of_the_tiers(more_of):
    tiering = tiered(KEY, more_of)
    assert [card.customers for card in advice(tiering)] == counts(tiering)[:4]
    for action in made(tiering, dataset(KEY).orders):
        assert set(tiering.tiers[action.rows]) == {action.tier}


def test_the_load_is_that_of_the_tiers_by_whatever_side_it_is_seen(more_of):
    tiering = tiered(KEY, more_of)
    hours = [service.hours for service in tier_services(tiering.scenario)]
    whole = float(np.dot(served(tiering), hours))
    assert tier_loads(tiering)["customers"].tolist() == served(tiering)
    assert customer_hours(tiering).sum() == pytest.approx(whole)
    for loads in (tier_loads(tiering), owner_loads(tiering), region_loads(tiering)):
        assert loads["hours"].sum() == pytest.approx(whole)
        assert loads["customers"].sum() == len(tiering.tiers)


def test_the_formula_gives_the_revenue_of_each_tier(more_of):
    tiering = tiered(KEY, more_of)
    _, now = periods(formula_metrics(), tiering, 12)
    by_formula = sales(sales_factors(now, tiering.tiers.astype(np.intp), 5, 0.2))
    assert by_formula == pytest.approx(revenue_by_hand(tiering), abs=0.01)


def test_best_use_of_hours_and_tests_start_from_the_same_tiers(more_of):
    tiering = tiered(KEY, more_of)
    levels_today = allocation(tiering, seconds=0.05).now
    assert np.bincount(4 - levels_today, minlength=4).tolist() == served(tiering)
    buying = tiering.tiers[tiering.base.revenue > 0]
    sizes = tier_sizes(tiering, evidence_of(tiering.base), "revenue")
    assert [size.customers for size in sizes] == [*np.bincount(buying, minlength=5)[:4], int((buying < 4).sum())]


def test_moving_the_weight_moved_all_of_it(more_of):
    before, after = tiered(KEY), tiered(KEY, more_of)
    moved = (before.tiers != after.tiers).any()
    assert moved == bool(more_of)
    assert (customer_hours(before).sum() != customer_hours(after).sum()) == moved
    assert (revenue_by_hand(before) != revenue_by_hand(after)) == moved
    kinds = [sorted((part.kind, part.tier, part.rows.size) for part in made(one, None)) for one in (before, after)]
    assert (kinds[0] != kinds[1]) == moved
