"""Absolute standards: limits strict where they say "over", missing values never taken for met, nothing lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tiering.indicators.catalogue import BY_KEY, Indicator
from tiering.indicators.newcomers import HistoryStatus
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.tiers.indicator_values import Readings, readings
from tiering.tiers.proposals import READY_TIERS, proposed_standards, ready_standards
from tiering.tiers.ways.standards import judge, standard_shifts

NOTHING = None


def table(**columns: list[Any]) -> Readings:
    return readings(pd.DataFrame(columns))


def rule(*conditions: tuple[str, str, float], need: str = "all") -> TierRule:
    return TierRule(
        need=need,  # type: ignore[arg-type]
        conditions=tuple(Condition(indicator=key, sign=sign, value=value) for key, sign, value in conditions),  # type: ignore[arg-type]
    )


def letters(customers: Readings, *rules: TierRule) -> str:
    names = "ABCDEF"[: len(rules) + 1] + "-"
    return "".join(names[tier] for tier in judge(customers, Standards(rules=rules)).tiers)


@pytest.mark.parametrize(
    ("value", "tier"),
    [(1_000_001, "A"), (1_000_000.01, "A"), (1_000_000, "B"), (500_000, "B"), (499_999.99, "C"), (0, "C"), (-5, "C")],
)
def test_over_a_million_is_strict_and_half_a_million_is_within(value: float, tier: str) -> None:
    standards = ready_standards("order_value", table(annual_revenue=[value]))
    assert "ABC"[judge(table(annual_revenue=[value]), standards).tiers[0]] == tier


def test_half_a_million_alone_makes_two_tiers() -> None:
    customers = table(annual_revenue=[500_000.0, 499_999.99])
    assert judge(customers, ready_standards("half_million", customers)).tiers.tolist() == [0, 1]


def test_the_published_first_tier_asks_for_frequency_and_satisfaction_as_well() -> None:
    figures = {"annual_revenue": [2e6, 2e6, 2e6, 7e5, 1e5], "annual_orders": [12, 11, 30, 1, 90]}
    customers = table(**figures, satisfaction=[4.0, 5.0, 3.0, 4.0, 5.0])
    standards = ready_standards("frequent_satisfied", customers)
    assert [condition.value for condition in standards.rules[0].conditions] == [1e6, 12.0, 4.0]
    assert "".join("ABC"[tier] for tier in judge(customers, standards).tiers) == "ABBBC"
    unasked = ready_standards("frequent_satisfied", table(**figures))
    assert unasked.rules[0].conditions[-1].value == 4.0


@pytest.mark.parametrize(("sign", "expected"), [(">", "BBA"), (">=", "BAA"), ("<=", "AAB"), ("<", "ABB")])
def test_each_comparison_says_what_happens_on_the_limit(sign: str, expected: str) -> None:
    assert letters(table(annual_orders=[11, 12, 13]), rule(("annual_orders", sign, 12))) == expected


def test_a_share_that_took_another_rounding_is_the_same_share() -> None:
    assert 0.1 + 0.2 != 0.3
    assert letters(table(growth=[0.1 + 0.2, 0.3]), rule(("growth", ">", 0.3))) == "BB"
    assert letters(table(growth=[0.3, 0.1 + 0.2]), rule(("growth", "<=", 0.3))) == "AA"


def test_cents_count_up_to_a_billion() -> None:
    assert letters(table(annual_revenue=[1e9 + 0.01, 1e9]), rule(("annual_revenue", ">", 1e9))) == "AB"


def test_all_conditions_or_any_of_them() -> None:
    customers = table(annual_revenue=[9, 9, 1, 1], annual_orders=[9, 1, 9, 1])
    both = (("annual_revenue", ">=", 5), ("annual_orders", ">=", 5))
    assert letters(customers, rule(*both)) == "ABBB"
    assert letters(customers, rule(*both, need="any")) == "AAAB"


def test_the_first_rule_met_decides_from_the_top() -> None:
    customers = table(annual_revenue=[100, 50, 10])
    assert letters(customers, rule(("annual_revenue", ">=", 40)), rule(("annual_revenue", ">=", 5))) == "AAB"


def test_a_missing_value_is_not_met_but_remembered() -> None:
    customers = table(annual_revenue=[9.0, 9.0, 9.0], satisfaction=[5.0, np.nan, 1.0])
    judged = judge(customers, Standards(rules=(rule(("annual_revenue", ">", 5), ("satisfaction", ">=", 4)),)))
    assert judged.tiers.tolist() == [0, 1, 1]
    assert judged.kept_back.tolist() == [False, True, False]


def test_with_any_of_several_one_known_value_is_enough() -> None:
    customers = table(annual_revenue=[9.0, 1.0, 1.0], satisfaction=[np.nan, np.nan, 5.0])
    standards = Standards(rules=(rule(("annual_revenue", ">", 5), ("satisfaction", ">=", 4), need="any"),))
    judged = judge(customers, standards)
    assert judged.tiers.tolist() == [0, 1, 0]
    assert judged.kept_back.tolist() == [False, True, False]


def test_a_column_that_vanished_is_named_and_opens_the_tier_to_nobody() -> None:
    standards = Standards(rules=(rule(("annual_revenue", ">", 5), ("satisfaction", ">=", 4)),))
    for customers in (table(annual_revenue=[9.0, 1.0]), table(annual_revenue=[9.0, 1.0], satisfaction=[None, None])):
        judged = judge(customers, standards)
        assert judged.absent == ("satisfaction",)
        assert (judged.tiers.tolist(), judged.idle) == ([1, 1], (0,))
        assert not judged.kept_back.any()


def test_with_any_of_several_a_column_that_vanished_leaves_the_others_to_decide() -> None:
    either = rule(("satisfaction", ">=", 4), ("annual_revenue", ">", 5), need="any")
    judged = judge(table(annual_revenue=[9.0, 1.0, np.nan]), Standards(rules=(either,)))
    assert (judged.absent, judged.idle, judged.tiers.tolist()) == (("satisfaction",), (), [0, 1, 2])


@pytest.mark.parametrize("need", ["all", "any"])
def test_losing_a_column_never_lets_anybody_into_a_better_tier(need: str) -> None:
    figures = {"annual_revenue": [9.0, 9.0, 1.0, 1.0], "satisfaction": [5.0, 1.0, 5.0, 1.0]}
    asked = (
        rule(("satisfaction", ">=", 4), ("annual_revenue", ">", 5), need=need),
        rule(("satisfaction", ">=", 3), need=need),
        rule(("annual_revenue", ">", 0), need=need),
    )
    whole = judge(table(**figures), Standards(rules=asked)).tiers
    for lost in figures:
        left = judge(table(**{key: figures[key] for key in figures if key != lost}), Standards(rules=asked)).tiers
        assert (left >= whole).all()


def test_a_rule_with_nothing_left_to_ask_is_met_by_nobody_and_named() -> None:
    customers = table(annual_revenue=[9.0, 1.0])
    judged = judge(
        customers, Standards(rules=(rule(("satisfaction", ">=", 4)), rule(("annual_revenue", ">", 5)), rule()))
    )
    assert (judged.idle, judged.tiers.tolist()) == ((0, 2), [1, 3])


def test_who_has_no_value_for_any_condition_is_not_tiered() -> None:
    customers = table(annual_revenue=[9.0, np.nan])
    assert letters(customers, rule(("annual_revenue", ">", 5))) == "A-"
    assert letters(customers, rule(("satisfaction", ">", 5))) == "--"


def test_words_in_a_column_of_numbers_are_missing_values() -> None:
    own = Indicator("own_figure", "potential", "count", "range", "own")
    customers = readings(pd.DataFrame({"own_figure": ["7", "many", "2"]}), (own,))
    assert letters(customers, rule(("own_figure", ">", 5))) == "A-B"


def test_an_indicator_nobody_knows_is_absent_and_no_mistake() -> None:
    assert judge(table(annual_revenue=[9.0]), Standards(rules=(rule(("own:gone", ">", 1)),))).absent == ("own:gone",)


def test_grades_are_compared_by_rank() -> None:
    assert letters(table(credit=["AAA", "BBB", "C"]), rule(("credit", ">=", 6))) == "AAB"


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_proposed_limits_let_the_customary_shares_in(tiers: int) -> None:
    revenue = np.round(np.linspace(1_000, 1_000_000, 2000), 2)
    standards = proposed_standards(table(annual_revenue=revenue.tolist()), "annual_revenue", tiers)
    found = judge(table(annual_revenue=revenue.tolist()), standards).tiers
    assert len(standards.rules) == tiers - 1
    first = {2: 0.2, 3: 0.05, 4: 0.05, 5: 0.05, 6: 0.03}[tiers]
    assert (found == 0).mean() == pytest.approx(first, abs=0.01)


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_where_nobody_has_the_leading_figure_each_tier_but_the_last_still_has_a_limit(tiers: int) -> None:
    standards = proposed_standards(table(annual_revenue=[1.0, 2.0]), "margin", tiers)
    assert [[(one.indicator, one.value) for one in rule.conditions] for rule in standards.rules] == [
        [("margin", 0.0)] for _ in range(tiers - 1)
    ]


def test_where_less_is_better_the_proposal_asks_for_at_most() -> None:
    standards = proposed_standards(table(recency_days=[1, 2, 3, 90]), "recency_days", 2)
    assert standards.rules[0].conditions == (Condition(indicator="recency_days", sign="<=", value=1.0),)


def test_ready_standards_say_how_many_tiers_they_make() -> None:
    for ready, tiers in READY_TIERS.items():
        assert len(ready_standards(ready, table(annual_revenue=[1.0])).rules) == tiers - 1


def test_a_limit_shifted_by_one_percent_moves_those_between_the_old_and_the_new() -> None:
    revenue = np.array([1015.0, 1010.0, 1005.0, 1000.0, 995.0, 990.0, 985.0])
    customers = table(annual_revenue=revenue.tolist())
    (shift,) = standard_shifts(customers, Standards(rules=(rule(("annual_revenue", ">=", 1000)),)), revenue)
    assert (shift.higher.customers, shift.higher.revenue) == (2, 2005.0)  # 1010 is still in
    assert (shift.lower.customers, shift.lower.revenue) == (2, 1985.0)  # 990 is in now


def newcomers(revenue: list[float], provisional: list[bool], factor: float = 4.0) -> Readings:
    fresh = np.array([True] * len(revenue))
    new = np.array(provisional)
    return Readings(
        pd.DataFrame({"annual_revenue": revenue}),
        dict(BY_KEY),
        HistoryStatus(np.where(new, 1.0, factor), fresh, new, new),
    )


def test_a_newcomer_of_some_months_is_judged_by_a_whole_year() -> None:
    assert letters(newcomers([300.0, 200.0], [False, False]), rule(("annual_revenue", ">=", 1000))) == "AB"


def test_who_is_too_new_keeps_what_it_has_reached_and_is_never_put_last_for_being_new() -> None:
    rules = (rule(("annual_revenue", ">=", 1000)), rule(("annual_revenue", ">=", 500)))
    assert letters(newcomers([1200.0, 600.0, 100.0], [True, True, True]), *rules) == "AB-"
