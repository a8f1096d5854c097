"""What a customer has to order by the review day: found by tiering it again, never by a rule of thumb."""

from __future__ import annotations

from datetime import date

import pytest

from tests.small_data import dataset, order_lines
from tests.test_evaluate import COMPANY
from tiering.evaluate import Tiering, evaluate
from tiering.scenario import Anchors, Cuts, Scenario
from tiering.scenario.exceptions import CapRule, PointRule, TierRules
from tiering.scenario.measures import Newcomers
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.views.outlook import Extra, Outlook, Trial, _own_lines, outlook, review_day

# revenue 0 to 1000 is 0 to 100 points: A from 600, B from 200
SCALE = {"annual_revenue": Anchors(points=(0.0, 1000.0), levels=(0.0, 1.0))}
SCENARIO = Scenario(
    tiers=("A", "B", "C"),
    weights={"annual_revenue": 1},
    cuts=Cuts(lines=(59.9, 19.9)),
    anchors=SCALE,
    newcomers=Newcomers(annualise=False),
)
ORDERS = order_lines(
    ("steady", "2025-02-10", "250.00"),  # leaves the window before the end of March
    ("steady", "2025-09-10", "110.00"),
    ("steady", "2025-12-10", "110.00"),
    ("late", "2025-12-31", "150.00"),
    ("top", "2025-11-30", "900.00"),
    ("lost", "2023-01-31", "100.00"),
)


def tiering(**changes: object) -> Tiering:
    return evaluate(dataset(ORDERS), SCENARIO.model_copy(update=changes), date(2025, 12, 31))


def looked_at(who: str, **changes: object) -> Outlook:
    now = tiering(**changes)
    found = outlook(dataset(ORDERS), now, now.base.customers["customer_id"].tolist().index(who))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "review"),
    [
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 9, 1), date(2026, 12, 31)),  # 29 days are too few to act
        (date(2026, 9, 30), date(2026, 12, 31)),
        (date(2025, 12, 31), date(2026, 3, 31)),
    ],
)
def test_the_review_is_the_end_of_the_quarter_that_leaves_time_to_act(day: date, review: date) -> None:
    assert review_day(day) == review


def test_a_customer_whose_old_orders_leave_the_window_is_told_what_it_takes_to_rise() -> None:
    found = looked_at("steady")
    # 470 today; on 31 March 250 of it are out of the window: 220 are left, and 600 make an A
    assert (found.by, found.usual, found.now, found.idle) == (date(2026, 3, 31), 110.0, 1, 1)
    assert found.rise is not None
    assert (found.rise.tier, found.rise.orders, found.rise.money) == (0, 4, 380.0)
    assert found.keep is None


def test_a_customer_short_of_a_line_rises_by_one_order() -> None:
    rise = looked_at("late").rise
    assert rise is not None
    assert (rise.tier, rise.orders, rise.money) == (1, 1, 50.0)


def test_a_customer_that_would_fall_is_told_what_keeps_it() -> None:
    lines = order_lines(("fading", "2025-02-10", "500.00"), ("fading", "2025-12-10", "150.00"))
    now = evaluate(dataset(lines), SCENARIO, date(2025, 12, 31))
    found = outlook(dataset(lines), now, 0)
    assert found is not None
    assert (found.now, found.idle) == (0, 2)
    assert found.keep is not None
    assert found.keep.orders == 2  # 150 + 2 × 325 reach 600, 150 + 325 do not
    assert 450 <= (found.keep.money or 0) <= 470


def test_the_top_tier_has_nowhere_to_rise_and_what_it_has_is_enough() -> None:
    found = looked_at("top")
    assert (found.now, found.idle, found.rise, found.keep) == (0, 0, None, None)


def test_rules_count_a_cap_that_no_order_lifts_leaves_no_way_up() -> None:
    cap = TierRules(caps=(CapRule(field="orders", test="known", tier="B"),))
    assert looked_at("steady", rules=cap).rise is None
    bonus = TierRules(points=(PointRule(field="annual_orders", test="at_least", value=3.0, points=10),))
    rise = looked_at("late", rules=bonus).rise
    assert rise is not None
    assert rise.orders == 1


def test_where_means_are_drawn_to_that_of_all_the_added_orders_are_history_too() -> None:
    now = evaluate(COMPANY, Scenario(newcomers=Newcomers(credibility=True)))
    assert any(anchors.pull for anchors in now.base.matrix.anchors.values())
    assert COMPANY.orders is not None
    assert now.base.as_of is not None
    for row in range(0, len(now.tiers), 4):
        own = _own_lines(COMPANY.orders, now.base.customers["customer_id"].iloc[row], now.base.as_of)
        assert Trial(COMPANY, now, row, own, now.base.as_of).tiers([Extra()]) == [now.tiers[row]]
    assert outlook(COMPANY, now, len(now.tiers) // 2) is not None


def test_standards_are_judged_with_the_added_orders_in() -> None:
    limits = [TierRule(conditions=(Condition(indicator="annual_revenue", sign=">", value=v),)) for v in (600, 200)]
    rise = looked_at("late", way=Standards(rules=tuple(limits))).rise
    assert rise is not None
    assert (rise.tier, rise.orders) == (1, 1)


def test_without_orders_of_its_own_nothing_is_said() -> None:
    now = tiering(weights={"recency_days": 1})
    assert outlook(dataset(None), now, 0) is None


def test_tiered_again_today_with_nothing_added_everybody_stands_where_it_stands() -> None:
    now = evaluate(COMPANY, Scenario())
    assert now.base.as_of is not None
    assert COMPANY.orders is not None
    for row in range(0, len(now.tiers), 4):
        own = _own_lines(COMPANY.orders, now.base.customers["customer_id"].iloc[row], now.base.as_of)
        assert Trial(COMPANY, now, row, own, now.base.as_of).tiers([Extra()]) == [now.tiers[row]]
