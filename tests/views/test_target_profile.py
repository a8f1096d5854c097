"""What marks the top tiers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.dimensions import Dimension
from tiering.views.prospects import likeness, marks, traits

# Twenty on top, eighty of the rest: 15 of the top and 20 of the rest are in steel, all regions are alike.
TOP = np.arange(100) < 20
STEEL = np.where(np.isin(np.arange(100), [*range(15), *range(20, 40)]), 0, 1)
SIDES = {
    "industry": Dimension("industry", STEEL, ["steel", "food"]),
    "region": Dimension("region", np.arange(100) % 2, ["east", "west"]),
}


def test_shares_lift_and_errors_by_hand() -> None:
    steel = traits(SIDES, TOP).iloc[0]
    assert (steel["side"], steel["code"], steel["customers"]) == ("industry", 0, 15)
    assert (steel["top_share"], steel["rest_share"], steel["lift"]) == pytest.approx((0.75, 0.25, 3.0))
    assert steel["z"] == pytest.approx(0.5 / (0.35 * 0.65 * (1 / 20 + 1 / 80)) ** 0.5)


def test_only_what_stands_out_marks_the_top() -> None:
    found = marks(traits(SIDES, TOP))
    assert found[["side", "code"]].values.tolist() == [["industry", 0]]


def test_likeness_counts_the_sides_that_match() -> None:
    assert likeness(SIDES, marks(traits(SIDES, TOP))).tolist() == (STEEL == 0).astype(int).tolist()


def test_four_customers_are_too_few_to_mark_anything() -> None:
    few = {"industry": Dimension("industry", np.array([0, 0, 0, 0, 1, 1, 1, 1]), ["steel", "food"])}
    assert marks(traits(few, np.arange(8) < 4)).empty


def test_with_all_or_nobody_on_top_there_is_nothing_to_compare() -> None:
    assert traits(SIDES, np.ones(100, dtype=bool)).empty
    assert traits(SIDES, np.zeros(100, dtype=bool)).empty


def test_a_class_only_the_top_has_is_infinitely_more_frequent() -> None:
    alone = {"industry": Dimension("industry", np.where(TOP, 0, 1), ["steel", "food"])}
    assert traits(alone, TOP)["lift"].tolist() == [np.inf]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 3), st.booleans()), min_size=1, max_size=60))
def test_shares_of_a_side_add_to_one(rows: list[tuple[int, bool]]) -> None:
    codes, top = (np.array(column) for column in zip(*rows, strict=True))
    found = traits({"size": Dimension("size", codes, list("abcd"))}, top.astype(bool))
    if len(found):
        assert found["top_share"].sum() == pytest.approx(1.0)
        assert found["rest_share"].sum() <= 1.0 + 1e-9
