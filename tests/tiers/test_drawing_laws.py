"""Laws that hold in whichever way the tiers are drawn: order, currency, more is never worse, equals stay together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tests.small_data import dataset
from tiering.evaluate import Tiering, evaluate, tiers_hash
from tiering.scenario import Cuts, Scenario
from tiering.scenario.measures import Measures
from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.scenario.ways.standards import Condition, Standards, TierRule

quick = settings(deadline=None, max_examples=8)
LIMIT = 1000.0
BENEFITS = ("annual_revenue", "annual_orders", "satisfaction")
WEIGHTS = {"annual_revenue": 50, "annual_orders": 30, "satisfaction": 20}


def standards(unit: float = 1.0) -> Standards:
    upper = TierRule(
        conditions=(
            Condition(indicator="annual_revenue", sign=">", value=LIMIT * unit),
            Condition(indicator="annual_orders", sign=">=", value=4),
        )
    )
    lower = TierRule(
        need="any",
        conditions=(
            Condition(indicator="annual_revenue", sign=">=", value=LIMIT / 2 * unit),
            Condition(indicator="satisfaction", sign=">=", value=4),
        ),
    )
    return Standards(rules=(upper, lower))


def staffed() -> Capacity:
    return Capacity(tiers=tuple(TierCapacity(people=n, hours=h) for n, h in ((1, 800), (1, 400), (1, 50))))


def scenario(way: str, unit: float = 1.0) -> Scenario:
    start = Scenario(tiers=("S", "A", "B"), weights=WEIGHTS)
    if way == "geometric":
        weak_spots = Measures(together="geometric")
        return start.model_copy(update={"cuts": Cuts(lines=(70.0, 40.0)), "measures": weak_spots})
    if way in ("score", "share", "revenue"):
        lines = (70.0, 40.0) if way == "score" else (0.2, 0.6)
        return start.model_copy(update={"cuts": Cuts(kind=way, lines=lines)})  # type: ignore[arg-type]
    ways = {"standards": standards(unit), "capacity": staffed()}
    return start.model_copy(update={"way": ways[way]})


ALL = ("score", "geometric", "share", "revenue", "capacity", "standards")

figures = st.tuples(
    st.one_of(st.none(), st.integers(0, 300_000).map(lambda cents: cents / 100)),
    st.one_of(st.none(), st.integers(0, 12)),
    st.one_of(st.none(), st.integers(1, 5)),
)
companies = st.lists(figures, min_size=3, max_size=14).filter(
    lambda rows: all(sum(row[place] is not None for row in rows) >= 2 for place in range(3))
)


def tiered(rows: list[tuple[Any, ...]], choices: Scenario, unit: float = 1.0) -> Tiering:
    revenue = [None if row[0] is None else row[0] * unit for row in rows]
    customers = pa.table(
        {
            "customer_id": [f"C{number:02d}" for number in range(len(rows))],
            "annual_revenue": pa.array(revenue, pa.float64()),
            "annual_orders": pa.array([row[1] for row in rows], pa.float64()),
            "satisfaction": pa.array([row[2] for row in rows], pa.float64()),
        }
    )
    return evaluate(dataset(None, customers), choices)


def by_customer(tiering: Tiering) -> dict[str, int]:
    return dict(zip(tiering.base.customers["customer_id"], tiering.tiers.tolist(), strict=True))


@pytest.mark.parametrize("way", ALL)
@quick
@given(rows=companies, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_tier(way: str, rows: list[tuple[Any, ...]], chance) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    before = by_customer(tiered(rows, scenario(way)))
    after = by_customer(tiered([rows[place] for place in order], scenario(way)))
    assert {f"C{place:02d}": after[f"C{new:02d}"] for new, place in enumerate(order)} == before


@pytest.mark.parametrize("way", ALL)
@quick
@given(rows=companies)
def test_money_in_another_unit_changes_no_tier(way: str, rows: list[tuple[Any, ...]]) -> None:
    wan = 1 / 8192  # exact in binary, so that it is the rule that is tested and not the rounding of cents
    assert by_customer(tiered(rows, scenario(way, wan), wan)) == by_customer(tiered(rows, scenario(way)))


@pytest.mark.parametrize("way", ALL)
@quick
@given(rows=companies)
def test_equal_customers_share_a_tier(way: str, rows: list[tuple[Any, ...]]) -> None:
    found = by_customer(tiered([*rows, *rows], scenario(way)))
    for place in range(len(rows)):
        assert found[f"C{place:02d}"] == found[f"C{place + len(rows):02d}"]


@pytest.mark.parametrize("way", ["score", "standards"])
@pytest.mark.parametrize("better", BENEFITS)
@quick
@given(rows=companies, gain=st.integers(1, 5))
def test_more_of_a_good_thing_never_lowers_a_tier(
    way: str, better: str, rows: list[tuple[Any, ...]], gain: int
) -> None:
    start = tiered(rows, scenario(way))
    frozen = scenario(way).model_copy(update={"anchors": dict(start.base.matrix.anchors)})
    place = BENEFITS.index(better)
    who = next(number for number, row in enumerate(rows) if row[place] is not None)
    raised = list(rows[who])
    raised[place] += gain * (100 if better == "annual_revenue" else 1)
    after = tiered([*rows[:who], tuple(raised), *rows[who + 1 :]], frozen)
    name = f"C{who:02d}"
    assert by_customer(after)[name] <= by_customer(tiered(rows, frozen))[name]


@pytest.mark.parametrize("way", ["score", "standards"])
@quick
@given(rows=companies.filter(lambda rows: len(rows) > 3))
def test_with_the_scales_kept_a_customer_who_leaves_moves_nobody(way: str, rows: list[tuple[Any, ...]]) -> None:
    start = tiered(rows, scenario(way))
    frozen = scenario(way).model_copy(update={"anchors": dict(start.base.matrix.anchors)})
    if any(all(row[place] is None for row in rows[:-1]) for place in range(3)):
        return
    if way == "score" and not any(row[0] for row in rows[:-1]):
        return  # nobody bought: nothing to tier by
    before = by_customer(tiered(rows, frozen))
    after = by_customer(tiered(rows[:-1], frozen))
    assert after == {name: before[name] for name in after}


@pytest.mark.parametrize("way", ALL)
def test_every_way_comes_back_from_the_scenario_file_with_the_same_tiers(way: str) -> None:
    rows = [(1500.0, 6, 4), (700.0, 2, 3), (700.0, 2, 3), (90.0, 1, 5), (None, 3, 2), (2500.0, 9, 1)]
    read = scenario_from_json(scenario_to_json(scenario(way)))
    assert read == scenario(way)
    assert tiers_hash(tiered(rows, read)) == tiers_hash(tiered(rows, scenario(way)))


def test_standards_have_no_line_by_score_and_need_no_weights() -> None:
    rows = [(1500.0, 6, 4), (700.0, 2, 3), (90.0, 1, 1)]
    tiering = tiered(rows, scenario("standards").model_copy(update={"weights": {"annual_revenue": 0}}))
    assert tiering.positions == ()
    assert [by_customer(tiering)[name] for name in ("C00", "C01", "C02")] == [0, 1, 2]


@pytest.mark.parametrize("way", ALL)
def test_totals_hold_every_customer_once(way: str) -> None:
    rows = [(1500.0, 6, 4), (700.0, None, 3), (90.0, 1, 1), (None, None, None)]
    tiering = tiered(rows, scenario(way))
    assert tiering.totals.customers.sum() == 4
    assert np.isclose(tiering.totals.revenue.sum(), 2290.0)
    assert isinstance(tiering.base.customers, pd.DataFrame)
