"""A baseline is the other scheme's rule for the very same customers, whatever date and window it was made for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.decision.four_customers import FOUR, scheme
from tiering.decision.comparison import compare, on_same_customers
from tiering.evaluate import evaluate, tier_names
from tiering.indicators.scales import kept_scales
from tiering.scenario import Scenario
from tiering.scenario.population import Population

NOW = scheme(60.0, 30.0, as_of=date(2025, 12, 31), window_months=6)


@pytest.mark.parametrize(
    "choice",
    [
        {"as_of": date(2024, 1, 1)},
        {"window_months": 24},
        {"revenue": "gross"},
        {"population": Population(excluded=("east",))},
    ],
)
def test_what_says_who_the_customers_are_comes_from_the_scenario(choice: dict[str, object]) -> None:
    before = scheme(80.0, 20.0, **choice)
    assert on_same_customers(before, NOW) == scheme(80.0, 20.0, as_of=NOW.as_of, window_months=6)


@pytest.mark.parametrize("choice", [{"weights": {"annual_revenue": 9}}, {"goal": "retention"}, {"name": "2024"}])
def test_what_draws_the_tiers_stays_the_baselines_own(choice: dict[str, object]) -> None:
    found = on_same_customers(NOW.model_copy(update=choice), NOW)
    assert {name: getattr(found, name) for name in choice} == choice


def test_the_same_scheme_is_its_own_baseline() -> None:
    assert on_same_customers(NOW, NOW) == NOW


def test_both_sides_hold_the_same_customers_in_the_same_rows() -> None:
    before = scheme(80.0, 20.0, as_of=date(2025, 11, 15), window_months=1, population=Population(excluded=("west",)))
    now, then = evaluate(FOUR, NOW), evaluate(FOUR, on_same_customers(before, NOW))
    assert then.base.customers["customer_id"].tolist() == now.base.customers["customer_id"].tolist()
    assert (compare(then, now).customers["row_before"] == compare(then, now).customers["row_after"]).all()


def test_scores_are_told_on_the_same_scale() -> None:
    now = evaluate(FOUR, NOW)
    frozen = now.scenario.model_copy(update={"anchors": kept_scales(now.base.matrix)})
    then = evaluate(FOUR, on_same_customers(scheme(80.0, 20.0), frozen))
    assert then.scores.milli.tolist() == evaluate(FOUR, frozen).scores.milli.tolist()


def test_a_stricter_line_before_means_moves_up_now() -> None:
    # silent for 0, 30, 60, 90 days: scores of about 100, 66, 33, 0
    then, now = evaluate(FOUR, on_same_customers(scheme(90.0, 50.0), NOW)), evaluate(FOUR, NOW)
    names = dict(
        zip(now.base.customers["customer_id"], zip(tier_names(then), tier_names(now), strict=True), strict=True)
    )
    assert names == {"east": ("A", "A"), "north": ("B", "A"), "south": ("C", "B"), "west": ("C", "C")}
    assert compare(then, now).directions.tolist() == [0, 1, 1, 0]


def test_a_baseline_that_leaves_all_open_is_filled_from_the_same_customers() -> None:
    then = evaluate(FOUR, on_same_customers(Scenario(), NOW))
    assert then.scenario.cuts is not None
    assert then.scenario.window_months == 6
