"""The list of indicators and the starting weights."""

from __future__ import annotations

from typing import get_args

import pytest

from tiering.indicators.catalogue import BY_KEY, CATALOGUE, GROUPS, Group
from tiering.indicators.levels import ORDERED_COLUMNS
from tiering.indicators.presets import LOWERED_BY_ORDERS, PRESETS
from tiering.ingest.meaning.fields import FIELDS
from tiering.scenario import Scenario

BECOMES = {"share": "share", "days": "number", "count": "number", "money": "money", "grade": "own"}


def test_indicators_have_keys_of_their_own_and_stand_group_by_group() -> None:
    assert len(BY_KEY) == len(CATALOGUE)
    groups = [indicator.group for indicator in CATALOGUE]
    assert groups == sorted(groups, key=GROUPS.index)
    assert set(groups) == set(GROUPS) == set(get_args(Group))


def test_fewer_is_better_for_what_warns() -> None:
    warns = {indicator.key for indicator in CATALOGUE if not indicator.more_is_better}
    of_orders = {"recency_days", "gap_variation", "returns_share", "silence", "top_category_share", "top_product_share"}
    of_money = {"payment_days", "overdue_days", "overdue_share"}
    of_service = {"complaints", "tickets", "fault_rate", "late_response_share"}
    room_to_grow = {"wallet_share"}
    assert warns == of_orders | of_money | of_service | room_to_grow


def test_what_a_customers_file_may_say_of_an_indicator_is_a_field_it_can_be_mapped_to() -> None:
    from_a_column = {i.key for i in CATALOGUE if i.needs == i.key}
    assert len(from_a_column) > 20
    assert from_a_column <= set(FIELDS)


def test_a_field_becomes_what_its_indicator_reads() -> None:
    for indicator in CATALOGUE:
        if indicator.needs == indicator.key and indicator.unit in BECOMES:
            assert FIELDS[indicator.key].becomes == BECOMES[indicator.unit], indicator.key


def test_grades_have_words_and_nothing_else_has() -> None:
    assert {i.key for i in CATALOGUE if i.unit == "grade"} == set(ORDERED_COLUMNS)


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
    assert stay["satisfaction"] + stay["recency_days"] > stay["annual_revenue"]
    assert stay["tenure_days"] == max(goal["tenure_days"] for goal in PRESETS.values())


def test_value_first_gives_money_three_quarters_of_all_that_orders_tell() -> None:
    told = {key: weight for key, weight in PRESETS["value"].items() if BY_KEY[key].from_history}
    money = told["annual_revenue"] + told["margin"]
    assert money / sum(told.values()) > 0.85
    assert money / sum(PRESETS["value"].values()) > 0.7  # whatever else a file tells


def test_no_goal_weighs_what_one_more_order_can_make_worse() -> None:
    for weights in PRESETS.values():
        assert not [key for key in LOWERED_BY_ORDERS if weights[key]]
