"""What the browser counts by itself while a line is dragged: final tiers, to the customer and the cent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.evaluate import Tiering, evaluate
from tiering.said.decided_by import moved_by
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.ui.studio.baseline import changing_shifts, customers_above, shares_above, studio_paths
from tiering.words import Words

DATA = dataset(orders_of(10), customers_of(14))  # K11 to K14 never ordered and have no score
RULES = TierRules(
    points=(
        PointRule(field="satisfaction", test="at_least", value=5.0, points=10),
        PointRule(field="satisfaction", test="at_most", value=1.0, points=-12),
    ),
    caps=(CapRule(field="annual_orders", test="at_least", value=8.0, tier="B"),),
)
BY_HAND = Ledger(
    overrides=tuple(
        Override(customer_id=who, tier=tier, reason="pilot", owner="Li", expires=date(2030, 1, 1))
        for who, tier in (("K3", "S"), ("K12", "A"))
    )
)


def tiering(lines: tuple[float, ...] = (80.0, 60.0, 30.0), rules: TierRules = RULES) -> Tiering:
    return evaluate(DATA, Scenario(cuts=Cuts(lines=lines), rules=rules, ledger=BY_HAND))


def counted_as_the_browser_does(now: Tiering, lines: tuple[float, ...]) -> list[int]:
    """Customers by tier: those on each side of the lines, then each path from there."""
    edges = [round(line * 10) for line in lines]
    counts = [0] * (len(lines) + 2)
    for score in now.scores.milli.tolist():
        counts[sum(score // 100 < edge for edge in edges) if score >= 0 else len(lines) + 1] += 1
    for path in studio_paths(now):
        for bin, customers, _ in path["bins"]:
            tier = sum(bin < edge for edge in edges)
            counts[tier] -= customers
            counts[path["tiers"][tier]] += customers
        counts[len(lines) + 1] -= path["unscored"][0]
        counts[path["tiers"][len(lines) + 1]] += path["unscored"][0]
    return counts


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3, unique=True))
def test_wherever_the_lines_are_dragged_the_browser_counts_what_the_server_will_say(tenths: list[int]) -> None:
    lines = tuple(tenth / 10 for tenth in sorted(tenths, reverse=True))
    assert counted_as_the_browser_does(tiering(), lines) == tiering(lines).totals.customers.tolist()


def test_shares_and_customers_above_a_line_are_those_by_score_not_by_final_tier() -> None:
    ruled, plain = tiering(), evaluate(DATA, Scenario(cuts=Cuts(lines=(80.0, 60.0, 30.0))))
    assert ruled.totals.customers.tolist() != plain.totals.customers.tolist()
    assert shares_above(ruled) == shares_above(plain)
    assert customers_above(ruled) == customers_above(plain)


def test_where_only_lines_decide_there_is_no_path() -> None:
    assert studio_paths(evaluate(DATA, Scenario())) == []


def test_whoever_is_set_by_hand_moves_with_no_line() -> None:
    everybody = Ledger(
        overrides=tuple(
            Override(customer_id=f"K{k}", tier="S", reason="pilot", owner="Li", expires=date(2030, 1, 1))
            for k in range(1, 15)
        )
    )
    score = tiering().scores.milli.max() / 1000
    lines = (float(int(score * 10) / 10), 2.0, 1.0)
    moving = changing_shifts(evaluate(DATA, Scenario(cuts=Cuts(lines=lines))))
    fixed = changing_shifts(evaluate(DATA, Scenario(cuts=Cuts(lines=lines), ledger=everybody)))
    assert moving[0].fall_customers > 0
    assert [shift.fall_customers + shift.rise_customers for shift in fixed] == [0, 0, 0]


@pytest.mark.parametrize(("who", "reason"), [("K3", "set by hand"), ("K12", "set by hand"), ("K9", "points +10")])
def test_a_mover_is_told_what_moved_it(who: str, reason: str) -> None:
    rules = RULES.model_copy(update={"caps": ()})
    now, before = tiering(rules=rules), evaluate(DATA, Scenario(cuts=Cuts(lines=(80.0, 60.0, 30.0))))
    row = now.base.customers["customer_id"].tolist().index(who)
    assert moved_by(now, before, row, Words("en")) == reason
