"""The list of indicators and the starting weights."""

from __future__ import annotations

from typing import get_args

import pytest

from tiering.indicators.catalogue import BY_KEY, CATALOGUE, GROUPS, Group
from tiering.indicators.presets import PRESETS
from tiering.scenario import Scenario


def test_indicators_have_keys_of_their_own_and_stand_group_by_group() -> None:
    assert len(BY_KEY) == len(CATALOGUE)
    groups = [indicator.group for indicator in CATALOGUE]
    assert groups == sorted(groups, key=GROUPS.index)
    assert set(groups) == set(GROUPS) == set(get_args(Group))


def test_fewer_is_better_for_what_warns() -> None:
    warns = {indicator.key for indicator in CATALOGUE if not indicator.more_is_better}
    assert warns == {"recency_days", "gap_variation", "returns_share", "silence", "top_category_share"}


def test_money_is_never_on_a_scale_that_one_giant_flattens() -> None:
    assert {i.scale for i in CATALOGUE if i.unit == "money"} <= {"log", "percentile"}


@pytest.mark.parametrize("goal", PRESETS)
def test_each_goal_weighs_every_indicator_and_makes_a_scenario(goal: str) -> None:
    assert set(PRESETS[goal]) == set(BY_KEY)
    assert Scenario(goal=goal, weights=dict(PRESETS[goal])).goal == goal  # type: ignore[arg-type]


def test_goals_lean_where_they_say() -> None:
    share, profit, stay = (PRESETS[goal] for goal in ("market_share", "profitability", "retention"))
    assert share["annual_orders"] > share["annual_revenue"]  # small and frequent customers
    assert profit["margin"] == max(profit.values())
    assert profit["tenure_days"] > share["tenure_days"]  # long relations
    assert stay["satisfaction"] + stay["silence"] > stay["annual_revenue"]


def test_average_order_value_is_in_the_profit_goal_alone_for_revenue_holds_it_already() -> None:
    assert [goal for goal in PRESETS if PRESETS[goal]["average_order_value"]] == ["profitability"]
