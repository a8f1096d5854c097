"""What a new file starts from looks right to a sales lead: value first, each exception with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_data import SETS, load_canonical
from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, completed, customer_base, evaluate, tier_customers, tier_names
from tiering.indicators.presets import PRESETS
from tiering.problems import DataProblem, Problem
from tiering.said.provisional import provisional_notes
from tiering.said.revenue_outliers import outlier_notes
from tiering.scenario import Scenario
from tiering.views.revenue_outliers import big_below, biggest, revenue_outliers, small_on_top
from tiering.views.similar_tiers import similar_tiers
from tiering.words import Words

EN = Words("en")
TODAY = date(2025, 12, 31)
EXCEPTIONS = 0.1  # of the biggest customers may stand elsewhere than in the top tier
SMALL_ON_TOP = 0.02  # of the top tier may bring less than the middle customer of the next
LEFT_TO_THE_LAST = 0.25  # of the revenue


@cache
def sample(key: str) -> Tiering:
    orders, customers = load_canonical(key, "en")
    return evaluate(dataset(orders, customers), Scenario())


def by_customer(tiering: Tiering) -> dict[str, str]:
    return dict(zip(tiering.base.customers["customer_id"], tier_names(tiering), strict=True))


@pytest.mark.parametrize("key", SETS)
def test_the_biggest_customers_are_on_top_and_every_exception_has_its_reason(key: str) -> None:
    tiering = sample(key)
    below = big_below(tiering)
    assert below.size <= EXCEPTIONS * biggest(tiering)
    said = outlier_notes(tiering, EN, "¥", most=100)
    assert len(said) == below.size + small_on_top(tiering).size
    assert all(": " in sentence and not sentence.endswith(": .") for sentence in said)


@pytest.mark.parametrize("key", SETS)
def test_hardly_anybody_on_top_brings_less_than_the_middle_customer_of_the_next_tier(key: str) -> None:
    tiering = sample(key)
    assert small_on_top(tiering).size <= SMALL_ON_TOP * (tiering.tiers == 0).sum()


@pytest.mark.parametrize("key", SETS)
def test_the_last_tier_is_not_where_the_revenue_lies(key: str) -> None:
    shares = sample(key).totals.shares
    assert shares[3] < LEFT_TO_THE_LAST
    assert shares[0] > shares[1] > shares[2] > shares[3]


@pytest.mark.parametrize("key", SETS)
def test_nobody_without_revenue_in_the_period_stands_above_the_lowest_tier(key: str) -> None:
    tiering = sample(key)
    nothing = tiering.base.customers["annual_revenue"].le(0).to_numpy()
    assert nothing.any()
    assert set(tiering.tiers[nothing]) == {3}
    assert any(f"{int(nothing.sum())} customers brought no revenue" in note for note in provisional_notes(tiering, EN))


def test_more_returned_than_bought_is_never_the_top_tier_whatever_the_weights() -> None:
    lines = [(f"C{k:02}", "2025-06-01", f"{k}.00") for k in range(1, 40)]
    data = dataset(order_lines(*lines, ("returner", "2025-12-30", "900.00"), ("returner", "2025-12-31", "-900.01")))
    tiers = by_customer(evaluate(data, Scenario(weights={"recency_days": 100})))
    assert tiers["returner"] == "C"


def test_a_newcomer_among_the_biggest_is_told_as_one() -> None:
    (one,) = revenue_outliers(sample("saas"))
    assert (one.place, one.because) == (2, "provisional")
    assert "a newcomer, tiered by potential and company data for now" in outlier_notes(sample("saas"), EN, "¥")[0]


COMPANY = [
    (f"C{who:02}", (TODAY - timedelta(days=30 + 47 * who % 320 + 60 * order)).isoformat(), str(90 + 61 * who * order))
    for who in range(40)
    for order in range(1 + who % 5)
]
CATEGORIES = ("pumps", "valves", "seals")


@cache
def company(extra: tuple[tuple[str, str, str], ...] = ()) -> Dataset:
    lines = [(who, day, money, CATEGORIES[at % 3]) for at, (who, day, money) in enumerate([*COMPANY, *extra])]
    return dataset(order_lines(*lines, columns=("category",)))


@cache
def settled(goal: str) -> tuple[Scenario, Tiering]:
    base = customer_base(company(), Scenario(), TODAY)
    scenario = completed(Scenario(goal=goal, weights=dict(PRESETS[goal])), base)  # type: ignore[arg-type]
    return scenario, tier_customers(base, scenario)


@pytest.mark.parametrize("goal", PRESETS)
@settings(deadline=None, max_examples=15, derandomize=True)
@given(st.integers(0, 39), st.integers(0, 364), st.integers(1, 20_000))
def test_one_more_order_never_lowers_a_tier(goal: str, who: int, days_ago: int, money: int) -> None:
    scenario, before = settled(goal)
    extra = (f"C{who:02}", (TODAY - timedelta(days=days_ago)).isoformat(), str(money))
    after = tier_customers(customer_base(company((extra,)), Scenario(), TODAY), scenario)
    name = f"C{who:02}"
    places = [int(one.tiers[one.base.customers["customer_id"].eq(name).to_numpy()][0]) for one in (before, after)]
    assert places[1] <= places[0]


def test_a_thing_all_have_alike_is_nothing_to_tier_by() -> None:
    same = dataset(order_lines(*[(f"C{k}", "2025-06-01", "10.00") for k in range(30)]))
    with pytest.raises(DataProblem) as problem:
        evaluate(same, Scenario())
    assert (problem.value.code, problem.value.facts["n"]) == (Problem.ALL_ALIKE, 30)


def test_where_nobody_bought_no_line_is_drawn() -> None:
    lines = [(f"C{k}", "2025-06-01", amount) for k in range(30) for amount in (f"{k}.00", f"-{k}.00")]
    with pytest.raises(DataProblem) as problem:
        evaluate(dataset(order_lines(*lines)), Scenario())
    assert problem.value.code == Problem.NOBODY_BOUGHT


@pytest.mark.parametrize(
    ("customers", "tiers"), [(2, ("A", "B")), (5, ("A", "B")), (6, ("S", "A", "B")), (20, ("S", "A", "B"))]
)
def test_few_customers_get_fewer_tiers_by_share_of_revenue_and_that_is_said(
    customers: int, tiers: tuple[str, ...]
) -> None:
    lines = [(f"C{k:02}", "2025-06-01", f"{10 + k * k}.00") for k in range(customers)]
    tiering = evaluate(dataset(order_lines(*lines)), Scenario())
    assert tiering.scenario.tiers == tiers
    assert tiering.scenario.cuts.kind == "score"  # type: ignore[union-attr]
    assert all(tiering.totals.customers[: len(tiers)] > 0)
    assert tiering.totals.shares[0] >= 0.5
    assert f"Only {customers} customers brought revenue" in provisional_notes(tiering, EN)[0]


def test_tiers_somebody_chose_stay_also_for_few_customers() -> None:
    lines = [(f"C{k:02}", "2025-06-01", f"{10 + k * k}.00") for k in range(10)]
    tiering = evaluate(dataset(order_lines(*lines)), Scenario(tiers=("Gold", "Silver", "Bronze", "Iron")))
    assert tiering.scenario.tiers == ("Gold", "Silver", "Bronze", "Iron")
    assert len(tiering.scenario.cuts.lines) == 3  # type: ignore[union-attr]


def test_fifty_who_bought_once_each_are_told_that_their_tiers_hardly_differ() -> None:
    lines = [(f"C{k:02}", (date(2025, 6, 1) + timedelta(days=k)).isoformat(), f"{140 + k % 7}.00") for k in range(50)]
    tiering = evaluate(dataset(order_lines(*lines)), Scenario())
    assert similar_tiers(tiering)[0][0] == (0, 1, 2, 3)
    assert any("bring nearly the same on average" in note for note in provisional_notes(tiering, EN))
    assert not any("nearly the same" in note for note in provisional_notes(sample("saas"), EN))
