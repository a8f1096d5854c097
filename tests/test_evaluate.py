"""The whole product as one function: data and choices in, tiers out."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.evaluate import (
    Tiering,
    completed,
    customer_base,
    default_as_of,
    evaluate,
    scores_in_points,
    tier_customers,
    tier_names,
    tiers_hash,
)
from tiering.indicators.newcomers import with_first_day
from tiering.indicators.presets import PRESETS
from tiering.problems import DataProblem, Problem
from tiering.scenario import Cuts, Scenario
from tiering.scenario.measures import Newcomers

DATES = pa.date32()
AS_THEY_ARE = Newcomers(annualise=False)


def company(customers: int, seed: int = 5) -> list[tuple[str, str, str]]:
    """Order lines of a company over two years; every third customer has an equal twin."""
    chance = random.Random(seed)
    lines: list[tuple[str, str, str]] = []
    for number in range(customers):
        own = [
            (f"20{chance.randint(24, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}", amount)
            for amount in (f"{chance.lognormvariate(7, 1.5):.2f}" for _ in range(chance.randint(1, 15)))
        ]
        own += [(day, f"-{float(amount) / 4:.2f}") for day, amount in own[:1] if number % 4 == 0]
        lines += [(f"C{number:03d}", day, amount) for day, amount in own]
        if number % 3 == 0:
            lines += [(f"T{number:03d}", day, amount) for day, amount in own]
    return lines


LINES = company(60)
COMPANY = dataset(order_lines(*LINES))


def problem_of(data: Dataset, scenario: Scenario, as_of: date | None = None) -> Problem:
    with pytest.raises(DataProblem) as raised:
        evaluate(data, scenario, as_of)
    return raised.value.code


def tier_of(tiering: Tiering) -> dict[str, str]:
    return dict(zip(tiering.base.customers["customer_id"], tier_names(tiering), strict=True))


def scaled_company(factor: str) -> Dataset:
    """The same company in another unit of money, exact to six places."""
    lines = [(who, day, str(Decimal(amount) * Decimal(factor))) for who, day, amount in LINES]
    return dataset(order_lines(*lines, places=6))


def test_three_customers_worked_by_hand() -> None:
    orders = order_lines(
        ("big", "2025-01-10", "1000.00"),
        ("big", "2025-12-31", "3000.00"),
        ("middle", "2025-12-01", "2000.00"),
        ("small", "2025-01-31", "200.00"),
        ("small", "2025-01-31", "-100.00"),
    )
    scenario = Scenario(tiers=("A", "B"), weights={"recency_days": 1}, cuts=Cuts(lines=(50.0,)), newcomers=AS_THEY_ARE)
    answer = evaluate(dataset(orders), scenario)
    # days since the last order: 0, 30 and 334; percentiles 5 and 95 of those: 3 and 303.6
    assert answer.base.customers["customer_id"].tolist() == ["big", "middle", "small"]
    assert answer.base.as_of == date(2025, 12, 31)
    assert answer.base.revenue.tolist() == [4000.0, 2000.0, 100.0]
    assert scores_in_points(answer) == pytest.approx([100.0, 100 * (303.6 - 30) / 300.6, 0.0], abs=0.01)
    assert tier_of(answer) == {"big": "A", "middle": "A", "small": "B"}
    assert answer.totals.revenue.tolist() == [6000.0, 100.0, 0.0]


def test_the_row_order_of_the_file_changes_nothing() -> None:
    first = evaluate(COMPANY, Scenario())
    for seed in range(3):
        shuffled = random.Random(seed).sample(LINES, len(LINES))
        again = evaluate(dataset(order_lines(*shuffled)), Scenario())
        assert again.scores.milli.tolist() == first.scores.milli.tolist()
        assert tiers_hash(again) == tiers_hash(first)


@pytest.mark.parametrize("factor", ["10000", "0.0001"])
@pytest.mark.parametrize("goal", PRESETS)
def test_the_unit_of_money_changes_no_tier(goal: str, factor: str) -> None:
    scenario = Scenario(goal=goal)  # type: ignore[arg-type]
    own, other = evaluate(COMPANY, scenario), evaluate(scaled_company(factor), scenario)
    assert other.scores.milli.tolist() == own.scores.milli.tolist()
    assert tiers_hash(other) == tiers_hash(own)


@pytest.mark.parametrize("kind", ["share", "revenue"])
def test_the_unit_of_money_moves_no_share_line(kind: str) -> None:
    scenario = Scenario(cuts=Cuts(kind=kind, lines=(0.1, 0.5, 0.8)))  # type: ignore[arg-type]
    assert tiers_hash(evaluate(scaled_company("10000"), scenario)) == tiers_hash(evaluate(COMPANY, scenario))


def test_equal_customers_share_score_and_tier() -> None:
    answer = evaluate(COMPANY, Scenario())
    points = dict(zip(answer.base.customers["customer_id"], answer.scores.milli.tolist(), strict=True))
    tiers = tier_of(answer)
    twins = [who for who in tiers if who.startswith("T")]
    assert len(twins) == 20
    assert [(points[who], tiers[who]) for who in twins] == [
        (points["C" + who[1:]], tiers["C" + who[1:]]) for who in twins
    ]


def test_the_input_is_left_as_it_was() -> None:
    before = COMPANY.orders.to_pydict() if COMPANY.orders else None
    evaluate(COMPANY, Scenario())
    assert COMPANY.orders is not None
    assert COMPANY.orders.to_pydict() == before


def test_more_revenue_never_lowers_a_tier_by_revenue() -> None:
    answer = evaluate(COMPANY, Scenario(weights={"annual_revenue": 50}, newcomers=AS_THEY_ARE))
    assert (np.diff(answer.base.revenue) <= 0).all()
    assert (np.diff(answer.tiers) >= 0).all()


def test_with_kept_scales_and_lines_removing_customers_moves_nobody() -> None:
    whole = evaluate(COMPANY, Scenario())
    kept = whole.scenario.model_copy(update={"anchors": dict(whole.base.matrix.anchors)})
    fewer = dataset(order_lines(*(line for line in LINES if line[0] != "C000" and not line[0].startswith("T"))))
    left = tier_of(evaluate(fewer, kept, whole.base.as_of))
    assert len(left) == 59
    assert left == {who: tier for who, tier in tier_of(whole).items() if who in left}


def test_with_all_that_is_kept_the_customer_with_the_earliest_orders_may_go_too() -> None:
    """Without the first customer the orders cover no window before the last: growth and retention stay told."""
    since_last_year = [("old", "2023-06-30", "10"), ("old", "2025-06-01", "10")]
    others = [
        (f"C{number:02d}", day, str(100 * number + 50 * place))
        for number in range(20)
        for place, day in enumerate(["2024-04-15", "2025-03-15"])
    ]
    weights = {"annual_revenue": 40, "growth": 40, "retention": 20}
    choices = Scenario(weights=weights)
    whole = evaluate(dataset(order_lines(*since_last_year, *others)), choices, date(2025, 6, 30))
    assert {"growth"} <= set(whole.base.matrix.keys)
    kept = whole.scenario.model_copy(
        update={
            "anchors": dict(whole.base.matrix.anchors),
            "newcomers": with_first_day(whole.scenario.newcomers, whole.base.customers, whole.base.as_of),
        }
    )
    left = evaluate(dataset(order_lines(*others)), kept, whole.base.as_of)
    assert tier_of(left) == {who: tier for who, tier in tier_of(whole).items() if who != "old"}
    loose = kept.model_copy(update={"newcomers": whole.scenario.newcomers})
    assert "growth" not in evaluate(dataset(order_lines(*others)), loose, whole.base.as_of).base.matrix.keys


def test_what_the_scenario_leaves_open_is_filled_in_once_and_then_stays() -> None:
    answer = evaluate(COMPANY, Scenario(goal="retention"))
    assert answer.scenario.weights == PRESETS["retention"]
    assert answer.scenario.cuts is not None
    assert completed(answer.scenario, answer.base) == answer.scenario
    assert tiers_hash(evaluate(COMPANY, answer.scenario)) == tiers_hash(answer)


def test_first_lines_leave_5_20_and_50_percent_of_the_customers_above() -> None:
    answer = evaluate(dataset(order_lines(*company(300))), Scenario())
    above = np.cumsum(answer.totals.customers[:3]) / answer.totals.customers.sum()
    assert above == pytest.approx([0.05, 0.2, 0.5], abs=0.02)


def test_totals_are_those_of_the_customers_in_the_tier() -> None:
    answer = evaluate(COMPANY, Scenario())
    for tier in range(4):
        assert answer.totals.customers[tier] == (answer.tiers == tier).sum()
        assert answer.totals.revenue[tier] == pytest.approx(answer.base.revenue[answer.tiers == tier].sum())
    assert answer.totals.shares.sum() == pytest.approx(1.0)


def test_one_customer_is_tiered_too() -> None:
    answer = evaluate(dataset(order_lines(("C1", "2025-06-01", "100.00"))), Scenario())
    assert scores_in_points(answer).tolist() == [50.0]  # nothing to compare with
    assert tier_of(answer) == {"C1": "S"}


def test_customers_alone_are_enough() -> None:
    customers = pa.table(
        {
            "customer_id": ["a", "b", "c", "d"],
            "annual_revenue": [1000.0, 500.0, None, 10.0],
            "annual_orders": [12.0, 3.0, None, 1.0],
            "satisfaction": [4.0, 3.0, 5.0, 2.0],
            "last_order": pa.array([date(2025, 12, 31), date(2025, 6, 1), None, date(2023, 1, 1)], DATES),
        }
    )
    answer = evaluate(dataset(customers=customers), Scenario())
    assert answer.base.as_of == date(2025, 12, 31)
    tiers = tier_of(answer)
    assert tiers["a"] == "A"  # three of them bought: two tiers
    assert tiers["c"] == ""  # satisfaction alone is less than 60 % of the weight
    assert tiers["d"] == "B"
    assert {"margin", "growth", "silence"} <= set(answer.base.matrix.unavailable)


def test_a_customer_of_whom_under_60_percent_is_known_is_not_tiered_and_not_in_the_totals_of_a_tier() -> None:
    customers = pa.table({"customer_id": ["known", "prospect"], "satisfaction": [4.0, 5.0], "size": ["大型", "large"]})
    answer = evaluate(dataset(order_lines(("known", "2025-06-01", "80.00")), customers), Scenario())
    assert tier_of(answer)["prospect"] == ""
    assert np.isnan(scores_in_points(answer)[1])
    assert answer.totals.customers.tolist() == [1, 0, 0, 0, 1]
    assert answer.scores.coverage is not None
    assert answer.scores.coverage[1] < 0.6 < answer.scores.coverage[0]


def test_a_prospect_is_tiered_by_its_attributes_where_these_are_what_counts() -> None:
    customers = pa.table({"customer_id": ["known", "prospect"], "satisfaction": [2.0, 5.0], "size": ["小型", "大型"]})
    weights = {"satisfaction": 50, "size": 30, "annual_revenue": 20}
    answer = evaluate(dataset(order_lines(("known", "2025-06-01", "80.00")), customers), Scenario(weights=weights))
    assert scores_in_points(answer)[answer.base.customers["customer_id"] == "prospect"].tolist() == [100.0]


def test_a_customer_who_returned_more_than_he_bought_is_no_key_account() -> None:
    lines = [*LINES, ("returner", "2025-12-01", "168472.50"), ("returner", "2025-12-02", "-168475.40")]
    scenario = Scenario(weights={"annual_revenue": 60, "annual_orders": 10}, newcomers=AS_THEY_ARE)
    answer = evaluate(dataset(order_lines(*lines)), scenario)
    assert answer.base.customers["customer_id"].iloc[-1] == "returner"
    assert answer.base.revenue[-1] == pytest.approx(-2.90)
    assert tier_of(answer)["returner"] == "C"


def test_gross_counts_what_was_bought_before_returns() -> None:
    lines = [("returner", "2025-12-01", "900.00"), ("returner", "2025-12-02", "-890.00"), ("other", "2025-12-01", "50")]
    net, gross = (evaluate(dataset(order_lines(*lines)), Scenario(revenue=basis)) for basis in ("net", "gross"))  # type: ignore[arg-type]
    assert net.base.customers["customer_id"].iloc[0] == "other"
    assert gross.base.revenue.tolist() == [900.0, 50.0]


def test_without_a_cost_column_margin_is_unavailable_also_with_customers_who_fell_silent() -> None:
    orders = order_lines(("now", "2025-06-01", "80.00"), ("gone", "2021-06-01", "80.00"))
    assert customer_base(dataset(orders), Scenario(), date(2025, 12, 31)).matrix.unavailable["margin"] == "cost"


def test_a_margin_column_of_the_customers_file_counts_where_the_orders_have_no_cost() -> None:
    customers = pa.table({"customer_id": ["a", "b"], "margin": [900.0, 100.0]})
    orders = order_lines(("a", "2025-06-01", "80.00"), ("b", "2025-06-01", "80.00"))
    answer = evaluate(dataset(orders, customers), Scenario(weights={"margin": 10}))
    assert tier_of(answer) == {"a": "A", "b": "B"}  # two customers, two tiers


def test_the_date_given_wins_over_the_scenarios_and_that_over_the_datas_last() -> None:
    scenario = Scenario(as_of=date(2025, 3, 1))
    assert evaluate(COMPANY, scenario, date(2025, 2, 1)).base.as_of == date(2025, 2, 1)
    assert evaluate(COMPANY, scenario).base.as_of == date(2025, 3, 1)
    assert evaluate(COMPANY, Scenario()).base.as_of == COMPANY.last_order_date == default_as_of(COMPANY)


def test_a_customers_file_without_dates_has_no_now() -> None:
    assert default_as_of(dataset(customers=pa.table({"customer_id": ["a"]}))) is None
    assert default_as_of(dataset(customers=pa.table({"customer_id": ["a"], "last_order": ["soon"]}))) is None


def test_what_comes_later_than_the_date_is_not_known_yet() -> None:
    past = [line for line in LINES if line[1] <= "2025-03-01"]
    early = evaluate(COMPANY, Scenario(), date(2025, 3, 1))
    assert tiers_hash(early) == tiers_hash(evaluate(dataset(order_lines(*past)), Scenario(), date(2025, 3, 1)))


def test_weights_of_zero_are_a_problem_that_names_what_could_be_weighed() -> None:
    assert problem_of(COMPANY, Scenario(weights={"annual_revenue": 0})) == Problem.WEIGHTS_ALL_ZERO
    assert problem_of(COMPANY, Scenario(weights={"margin": 80})) == Problem.WEIGHTS_UNKNOWN  # there is no cost
    with pytest.raises(DataProblem) as raised:
        evaluate(COMPANY, Scenario(weights={"margin": 80}))
    assert "annual_revenue" in raised.value.facts["available"]  # type: ignore[operator]


def test_while_all_sliders_are_at_zero_nobody_is_tiered() -> None:
    answer = evaluate(COMPANY, Scenario())
    nobody = tier_customers(answer.base, answer.scenario.model_copy(update={"weights": {"annual_revenue": 0}}))
    assert set(tier_names(nobody)) == {""}
    assert nobody.totals.customers.tolist() == [0, 0, 0, 0, 80]


def test_a_date_before_all_orders_is_a_problem() -> None:
    assert problem_of(COMPANY, Scenario(), date(2020, 1, 1)) == Problem.AS_OF_BEFORE_DATA


def test_data_without_anybody_or_without_any_indicator_is_a_problem() -> None:
    nobody = pa.table({"customer_id": pa.array([], pa.string())})
    assert problem_of(dataset(customers=nobody), Scenario()) == Problem.NO_CUSTOMERS
    names = pa.table({"customer_id": ["a", "b"], "city": ["Wuhan", "Xi'an"]})
    assert problem_of(dataset(customers=names), Scenario()) == Problem.NO_INDICATORS


def test_the_hash_is_of_who_is_in_which_tier_and_of_nothing_else() -> None:
    answer = evaluate(COMPANY, Scenario())
    renamed = answer.scenario.model_copy(update={"name": "another name"})
    assert tiers_hash(tier_customers(answer.base, renamed)) == tiers_hash(answer)
    other_lines = renamed.model_copy(update={"cuts": Cuts(lines=(90.0, 80.0, 70.0))})
    assert tiers_hash(tier_customers(answer.base, other_lines)) != tiers_hash(answer)
