"""Every move is split into four causes that add up to it, and a known cause gets all of its move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.movement.histories import BY_REVENUE, MARCH, SEPTEMBER, histories
from tests.small_data import order_lines
from tiering.dataset import Dataset
from tiering.evaluate import evaluate
from tiering.movement.attribution import CAUSES, Attribution, Span, attribution, main_cause, repeated_lines
from tiering.scenario import Cuts, Scenario

WINDOW, BEHAVED, RULE, OTHERS = range(4)
LONG_AGO = ("2022-02-01", 5)


def monthly(amount: int, first: str, last: str) -> list[tuple[str, int]]:
    """One order on the 15th of each month from ``first`` to ``last`` (YYYY-MM)."""
    months = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    return [(f"{month}-15", amount) for month in months]


def split(bought: dict[str, Sequence[tuple[str, int]]], before: Scenario = BY_REVENUE, after: Scenario | None = None):
    return attribution(histories(bought), Span(MARCH, SEPTEMBER, before, after or before))


def parts(found: Attribution, who: str) -> tuple[list[int], list[int]]:
    row = found.customer_ids.tolist().index(who)
    return found.points[:, row].tolist(), found.steps[:, row].tolist()


def adds_up(found: Attribution) -> None:
    assert (found.points.sum(axis=0) == found.milli[1] - found.milli[0]).all()
    assert (found.steps.sum(axis=0) == found.tiers[0].astype(int) - found.tiers[1]).all()


def test_a_customer_who_only_lost_an_old_project_from_the_window_moved_by_the_window() -> None:
    steady = monthly(20, "2022-01", "2025-09")
    found = split({"project": [("2024-05-10", 500), *steady]})
    points, steps = parts(found, "project")
    assert points[WINDOW] == pytest.approx(-50_000, abs=5)
    assert points[BEHAVED] == points[RULE] == points[OTHERS] == 0
    assert steps == [-2, 0, 0, 0]
    adds_up(found)


def test_a_customer_who_stopped_ordering_behaved_differently() -> None:
    found = split({"stopped": monthly(60, "2022-01", "2025-03"), "other": monthly(60, "2022-01", "2025-09")})
    points, steps = parts(found, "stopped")
    assert points[WINDOW] == points[RULE] == points[OTHERS] == 0
    assert points[BEHAVED] == pytest.approx(-36_000, abs=5)
    assert steps == [0, -1, 0, 0]
    adds_up(found)


def test_a_customer_who_orders_four_times_as_much_behaved_differently() -> None:
    found = split({"grower": monthly(20, "2022-01", "2025-03") + monthly(85, "2025-04", "2025-09")})
    assert parts(found, "grower")[1] == [0, 2, 0, 0]
    adds_up(found)


def test_a_steady_customer_has_nothing_to_explain() -> None:
    assert parts(split({"steady": monthly(45, "2022-01", "2025-09")}), "steady") == ([0] * 4, [0] * 4)


def test_a_lowered_line_moves_by_the_rule_without_a_point() -> None:
    lowered = BY_REVENUE.model_copy(update={"cuts": Cuts(kind="score", lines=(50.0, 30.0))})
    found = split({"steady": monthly(45, "2022-01", "2025-09")}, BY_REVENUE, lowered)
    assert parts(found, "steady") == ([0] * 4, [0, 0, 1, 0])
    adds_up(found)


def test_another_window_is_another_rule() -> None:
    half = BY_REVENUE.model_copy(update={"window_months": 6})
    points, steps = parts(split({"steady": monthly(60, "2022-01", "2025-09")}, BY_REVENUE, half), "steady")
    assert points == [0, 0, pytest.approx(-36_000, abs=5), 0]
    assert steps == [0, 0, -1, 0]


def test_who_is_overtaken_under_lines_by_share_fell_because_of_the_others() -> None:
    by_share = BY_REVENUE.model_copy(update={"tiers": ("A", "B"), "cuts": Cuts(kind="share", lines=(0.25,))})
    found = split(
        {
            "steady": monthly(40, "2022-01", "2025-09"),
            "x": monthly(10, "2022-01", "2025-03") + monthly(90, "2025-04", "2025-09"),
            "y": monthly(10, "2022-01", "2025-09"),
        },
        by_share,
    )
    assert parts(found, "steady") == ([0] * 4, [0, 0, 0, -1])
    assert parts(found, "x")[1][BEHAVED] == 1
    adds_up(found)


def test_a_scale_that_follows_the_data_moves_whoever_stood_still() -> None:
    own_scale = BY_REVENUE.model_copy(update={"anchors": {}})
    bought = {f"k{n}": monthly(10 * n, "2022-01", "2025-03") + monthly(30 * n, "2025-04", "2025-09") for n in (1, 2, 3)}
    found = split(bought | {"steady": monthly(20, "2022-01", "2025-09")}, own_scale)
    points, _ = parts(found, "steady")
    assert points[WINDOW] == points[BEHAVED] == points[RULE] == 0
    assert points[OTHERS] < 0
    adds_up(found)


def test_the_ends_are_the_tiers_everybody_sees() -> None:
    bought = {"a": monthly(60, "2022-01", "2025-03"), "b": monthly(30, "2022-01", "2025-09")}
    found = split(bought)
    for end, day in enumerate((MARCH, SEPTEMBER)):
        seen = evaluate(histories(bought), BY_REVENUE, day)
        score = dict(zip(seen.base.customers["customer_id"], seen.scores.milli.tolist(), strict=True))
        assert found.milli[end].tolist() == [score[who] for who in found.customer_ids]


def test_whoever_came_later_has_no_move_to_split() -> None:
    found = split({"old": monthly(30, "2022-01", "2025-09"), "new": [("2025-06-01", 700)]})
    assert "new" not in found.customer_ids.tolist()


def test_the_main_cause_is_the_largest_of_those_shown_beside_it() -> None:
    found = split({"project": [("2024-05-10", 500), *monthly(20, "2022-01", "2025-09")], "z": [LONG_AGO]})
    rows = found.moved
    assert found.customer_ids[rows].tolist() == ["project"]
    assert CAUSES[main_cause(found, rows)[0]] == "window"
    way = np.sign(found.tiers[0, rows].astype(int) - found.tiers[1, rows])
    points = found.points[:, rows] * way
    assert points[main_cause(found, rows), np.arange(rows.size)].tolist() == points.max(axis=0).tolist()


def test_carrying_on_places_the_orders_of_an_equally_long_time_once_more() -> None:
    orders = order_lines(
        ("a", "2025-01-01", "1", "o1"), ("a", "2025-02-20", "2", "o2"), ("a", "2025-04-05", "9", "o3"),
        columns=("order_id",),
    )  # fmt: skip
    going_on = repeated_lines(orders, date(2025, 3, 1), date(2025, 3, 31)).to_pylist()
    assert [(line["order_date"], float(line["amount"])) for line in going_on] == [
        (date(2025, 1, 1), 1.0),
        (date(2025, 2, 20), 2.0),
        (date(2025, 3, 22), 2.0),
    ]
    assert going_on[1]["order_id"] != going_on[2]["order_id"]


@st.composite
def companies(draw: st.DrawFn) -> Dataset:
    """Five to nine customers with orders anywhere in three years."""
    day = st.integers(0, 1090).map(lambda n: (date(2022, 10, 2) + timedelta(days=n)).isoformat())
    orders = st.lists(st.tuples(day, st.integers(-50, 400)), min_size=1, max_size=8)
    return histories({f"k{n}": draw(orders) for n in range(draw(st.integers(5, 9)))})


RULES: list[dict[str, Any]] = [
    {},
    {"cuts": Cuts(kind="share", lines=(0.2, 0.6))},
    {"weights": {"annual_revenue": 40, "recency_days": 60}, "anchors": {}},
    {"revenue": "gross", "window_months": 24, "anchors": {}},
]


@settings(max_examples=5, deadline=None)
@given(companies(), st.sampled_from(RULES), st.sampled_from(RULES))
def test_four_causes_add_up_for_everybody_whatever_happened(company, before, after) -> None:
    span = Span(MARCH, SEPTEMBER, BY_REVENUE.model_copy(update=before), BY_REVENUE.model_copy(update=after))
    found = attribution(company, span)
    adds_up(found)
    assert found.points.sum() == (found.milli[1] - found.milli[0]).sum()
