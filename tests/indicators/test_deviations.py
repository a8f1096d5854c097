"""What draws short histories towards what is usual: by hand for single customers, and as laws over a company."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.small_data import dataset, order_lines
from tests.test_evaluate import COMPANY, company
from tiering.evaluate import Tiering, evaluate, scores_in_points
from tiering.indicators.columns import line_figures
from tiering.indicators.shrinkage import BASES, shares_of_own
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario import Scenario
from tiering.scenario.measures import Measures, Newcomers

AS_OF = date(2025, 12, 31)
WEIGHTS = {"average_order_value": 5, "margin": 5, "margin_rate": 5, "growth": 5, "silence": 5}
DRAWN = Scenario(
    weights=WEIGHTS,
    newcomers=Newcomers(credibility=True, annualise=False),
    measures=Measures(switched={"margin_rate": True}),
)


def figures(*lines: tuple[str, ...], asked: set[str], columns: tuple[str, ...] = ()):
    table = line_figures(order_lines(*lines, columns=columns), AS_OF, 12, asked)
    assert table is not None
    return table.set_index("customer_id")


def test_margin_rates_of_orders_lie_around_that_of_the_customer_by_their_money() -> None:
    lines = (("a", "2025-02-01", "300.00", "150.00"), ("a", "2025-03-01", "100.00", "90.00"))
    found = figures(*lines, asked={"margin_rate_std"}, columns=("cost",))["margin_rate_std"]
    # rates .5 and .1, together 160 of 400: 2 orders, squares 2 / 400 * (300 * .1² + 100 * .3²)
    assert found["a"] == pytest.approx(np.sqrt(2 / 400 * (300 * 0.1**2 + 100 * 0.3**2)))


def test_an_order_whose_costs_are_not_all_known_says_nothing_of_margins() -> None:
    lines = (
        ("a", "2025-02-01", "300.00", "150.00"),
        ("a", "2025-03-01", "100.00", "90.00"),
        ("a", "2025-04-01", "50.00", None),
    )
    known = figures(*lines[:2], asked={"margin_rate_std"}, columns=("cost",))
    assert figures(*lines, asked={"margin_rate_std"}, columns=("cost",)).equals(known)


def test_quarters_that_all_change_alike_do_not_lie_apart_whatever_the_growth() -> None:
    days = ("02-10", "05-10", "08-10", "11-10")
    before = [("even", f"2024-{day}", "100.00") for day in days] + [("one", "2024-11-10", "400.00")]
    after = [("even", f"2025-{day}", "150.00") for day in days] + [("one", "2025-02-10", "600.00")]
    found = figures(*before, *after, asked={"growth_std", "growth_orders"})
    assert found.loc["even"].tolist() == [0.0, 8.0]
    # quarters of the year before: +6, 0, 0, −4, of which the mean is the growth of 50 %
    assert found.loc["one"].tolist() == [pytest.approx(np.std([6, 0, 0, -4], ddof=1) * np.sqrt(2 / 4)), 2.0]


def test_a_customer_without_the_year_before_says_nothing_of_growth() -> None:
    found = figures(("a", "2024-06-01", "5.00"), ("new", "2025-06-01", "5.00"), asked={"growth_std"})
    assert np.isnan(found.loc["new", "growth_std"])


def with_costs(lines: list[tuple[str, str, str]]) -> Tiering:
    """Customers with ever other margins, orders around them."""
    told = [
        (*line, f"{float(line[2]) * (0.4 + 0.05 * (int(line[0][1:]) % 8) + 0.02 * (int(line[1][-1]) % 3)):.2f}")
        for line in lines
    ]
    return evaluate(dataset(order_lines(*told, columns=("cost",))), DRAWN)


def test_order_value_margin_growth_and_silence_are_drawn_and_say_how_much_is_own() -> None:
    tiering = with_costs(company(60))
    listed = tiered_customers(tiering)
    shares = listed[[name for name in listed if name.startswith("own_share_")]]
    assert set(shares) == {f"own_share_{key}" for key in BASES}
    assert shares.to_numpy().min() >= 0
    assert shares.to_numpy().max() <= 1
    few, many = listed["annual_orders"].idxmin(), listed["annual_orders"].idxmax()
    assert shares.loc[few, "own_share_margin"] < shares.loc[many, "own_share_margin"]


def test_nothing_is_drawn_unless_it_is_asked_for() -> None:
    tiering = evaluate(COMPANY, DRAWN.model_copy(update={"newcomers": Newcomers(annualise=False)}))
    matrix = tiering.base.matrix
    assert all(shares_of_own(tiering.base.customers, i, matrix.anchors[i.key]) is None for i in matrix.indicators)
    assert not [name for name in tiered_customers(tiering) if name.startswith("own_share_")]


def test_row_order_and_the_unit_of_money_change_no_drawn_score() -> None:
    lines = company(40)
    scores = scores_in_points(with_costs(lines))
    assert np.array_equal(scores, scores_in_points(with_costs(lines[::-1])), equal_nan=True)
    scaled = [(who, day, f"{float(amount) * 100:.2f}") for who, day, amount in lines]
    assert scores_in_points(with_costs(scaled)) == pytest.approx(scores, abs=0.02, nan_ok=True)


def test_kept_scales_hold_what_was_usual_so_that_others_who_go_move_nobody() -> None:
    lines = company(40)
    whole = evaluate(dataset(order_lines(*lines)), DRAWN, AS_OF)
    first = min(day for _, day, _ in lines)
    left = [line for line in lines if line[0] != "C007" or line[1] == first]
    kept = DRAWN.model_copy(update={"anchors": dict(whole.base.matrix.anchors)})
    fewer = evaluate(dataset(order_lines(*left)), kept, AS_OF)
    before = dict(zip(whole.base.customers["customer_id"], scores_in_points(whole), strict=True))
    after = dict(zip(fewer.base.customers["customer_id"], scores_in_points(fewer), strict=True))
    others = sorted(set(after) - {"C007"})
    assert [after[who] for who in others] == pytest.approx([before[who] for who in others], nan_ok=True)
