"""Retention by the tier of the beginning, survival, value of a tier, renewals: published cases and hand counts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import dataset, order_lines
from tiering.evaluate import evaluate
from tiering.movement.chain import AWAY, NOT_YET, Chain
from tiering.movement.lifetime_value import (
    Assumptions,
    lifetime_value,
    mean_reward,
    moves_with_absence,
    value_of_states,
    yearly_discount,
)
from tiering.movement.retention import (
    contract_ends,
    month_of,
    renewal_calendar,
    retained_revenue,
    retention_by_tier,
    retention_months,
    retention_of_tiers,
)
from tiering.movement.survival import cohorts, kaplan_meier, median_months, relations
from tiering.scenario import Scenario
from tiering.strategy.evidence import evidence_of
from tiering.strategy.kpis import tier_kpis

TRUTH = json.loads((Path(__file__).parents[1] / "truth" / "survival_and_value.json").read_text(encoding="utf-8"))
PUBLISHED = json.loads((Path(__file__).parents[1] / "truth" / "tier_kpis.json").read_text("utf-8"))["cases"][0]
GONE, LATER = 2 + AWAY, 2 + NOT_YET


def chain(states: list[list[int]], revenue: list[list[float]]) -> Chain:
    """Two dates, the tiers A (0) and B (1), customers as given."""
    number = len(states[0])
    codes = np.array(states, np.int8)
    return Chain(
        dates=(date(2024, 12, 31), date(2025, 12, 31)),
        names=("A", "B"),
        customer_ids=np.array([f"k{k}" for k in range(number)], dtype=object),
        states=codes,
        tiers=codes.clip(max=2),
        drawn=codes.clip(max=2),
        milli=np.zeros(codes.shape, np.int32),
        revenue=np.array(revenue),
        first_order=np.full(number, np.datetime64("2024-01-01")),
        positions=((), ()),
        settlements=(None, None),
    )


def test_the_published_hundred_becomes_103_net_and_85_gross() -> None:
    # one grew by 18, one fell by 6, one left with 9, one stayed as it was: 100 at the start
    case = PUBLISHED["inputs"]
    before = np.array([40.0, 30.0, 9.0, 21.0])
    after = np.array([40.0 + case["expansion"], 30.0 - case["contraction"], 0.0, 21.0])
    found = retained_revenue(before, after, after == 0)
    assert (found.start, found.expansion) == (case["start"], case["expansion"])
    assert (found.contraction, found.churned) == (case["contraction"], case["churned"])
    assert found.net == pytest.approx(PUBLISHED["expected"]["NRR"])
    assert found.gross == pytest.approx(PUBLISHED["expected"]["GRR"])
    assert found.kept.value == 0.75


def test_who_had_no_revenue_does_not_count_and_returns_beyond_it_are_a_loss_of_money_not_of_a_customer() -> None:
    found = retained_revenue(np.array([0.0, 10.0, 10.0]), np.array([50.0, -3.0, 10.0]), np.zeros(3, bool))
    assert (found.kept.part, found.kept.whole, found.net) == (2, 2, 0.5)
    assert (found.contraction, found.churned) == (10, 0)


def test_nobody_keeps_nothing() -> None:
    nobody = retained_revenue(np.zeros(0), np.zeros(0), np.zeros(0, bool))
    assert np.isnan([nobody.net, nobody.gross, nobody.kept.value]).all()


def test_a_customer_without_a_tier_is_in_no_sum() -> None:
    money, stays = np.array([10.0, 90.0]), np.zeros(2, bool)
    everybody = retention_of_tiers(np.array([0, 2]), (money, money), stays, 2)[-1]
    assert (everybody.kept.whole, everybody.start) == (1, 10)


def test_four_customers_by_hand() -> None:
    # A: one grew from 100 to 130, one fell from 100 to 70. B: one left, one fell from 40 to 30 and rose to A.
    found = retention_by_tier(chain([[0, 0, 1, 1], [0, 1, GONE, 0]], [[100, 100, 60, 40], [130, 70, 0, 30]]))
    upper, lower, everybody = found
    assert (upper.expansion, upper.contraction, upper.churned) == (30, 30, 0)
    assert (upper.net, upper.gross, upper.kept.value) == (1.0, 0.85, 1.0)
    assert (lower.expansion, lower.contraction, lower.churned) == (0, 10, 60)
    assert (lower.net, lower.gross, lower.kept.value) == (0.3, 0.3, 0.5)
    assert everybody.net == pytest.approx(230 / 300)


def test_the_tier_is_that_of_the_beginning() -> None:
    # by the tier of the end, A would seem to have grown by half
    upper, lower, _ = retention_by_tier(chain([[1, 0], [0, 1]], [[100, 100], [150, 50]]))
    assert (upper.net, lower.net) == (0.5, 1.5)


def test_who_came_later_is_in_no_retention_and_an_empty_tier_has_none() -> None:
    upper, lower, everybody = retention_by_tier(chain([[0, LATER], [0, 0]], [[100, 0], [90, 500]]))
    assert (upper.kept.whole, everybody.start) == (1, 100)
    assert np.isnan(lower.net)


CENTS = st.integers(0, 10**8).map(lambda cents: cents / 100)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), CENTS, CENTS), min_size=1),
)
def test_retention_adds_up_over_tiers_and_gross_is_at_most_one(customers) -> None:
    was, now, before, after = (list(column) for column in zip(*customers, strict=True))
    found = retention_by_tier(chain([was, [GONE if code == 2 else code for code in now]], [before, after]))
    for part in ("start", "expansion", "contraction", "churned"):
        assert sum(getattr(tier, part) for tier in found[:2]) == pytest.approx(getattr(found[2], part))
    for tier in found:
        assert np.isnan(tier.gross) or tier.gross <= min(1.0, tier.net + 1e-9) + 1e-9


def test_a_short_file_gets_the_longest_window_it_holds_twice() -> None:
    assert retention_months(date(2023, 1, 2), date(2025, 12, 31), 12) == 12
    assert retention_months(date(2010, 12, 1), date(2011, 12, 9), 12) == 6
    assert retention_months(date(2025, 8, 1), date(2025, 12, 31), 12) == 0


def test_twelve_customers_have_the_published_survival() -> None:
    months, ended = np.array(TRUTH["customers"], float).T
    curve = kaplan_meier(months, ended.astype(bool))
    assert curve["months"].tolist() == TRUTH["months"]
    assert curve["survival"].tolist() == pytest.approx(TRUTH["survival"])
    assert median_months(curve) == TRUTH["median"]
    assert ((curve["low"] <= curve["survival"]) & (curve["survival"] <= curve["high"])).all()


def test_leaving_out_who_has_not_ended_would_make_relations_look_shorter() -> None:
    months, ended = np.array(TRUTH["customers"], float).T
    ends = ended.astype(bool)
    assert median_months(kaplan_meier(months[ends], ends[ends])) < TRUTH["median"]


def test_a_relation_ends_with_its_last_order_once_the_silence_is_long_enough() -> None:
    first = np.array(["2023-01-01", "2023-01-01", "2024-01-01", "2025-06-01", "NaT"], dtype="datetime64[D]")
    last = np.array(["2023-07-01", "2025-11-01", "2024-12-31", "2025-12-01", "NaT"], dtype="datetime64[D]")
    known = relations(first, last, date(2025, 12, 31), 12)
    assert known.ended.tolist() == [True, False, True]
    assert known.months.round(1).tolist() == [5.9, 24.0, 12.0]


def test_nobody_left_yet_keeps_the_curve_at_one() -> None:
    curve = kaplan_meier(np.array([3.0, 5.0]), np.array([False, False]))
    assert curve["survival"].tolist() == [1, 1]
    assert np.isnan(median_months(curve))


def test_cohorts_are_years_or_half_years_with_ten_customers_at_least() -> None:
    first = np.array(["2021-03-01"] * 12 + ["2022-03-01"] * 3 + ["2023-08-01"] * 11, dtype="datetime64[D]")
    known = relations(first, first, date(2025, 12, 31), 12)
    assert {name: int(members.sum()) for name, members in cohorts(known).items()} == {"2021": 12, "2023": 11}
    short = relations(first[-11:], first[-11:], date(2025, 12, 31), 12)
    assert list(cohorts(short)) == ["2023 H2"]


def test_over_a_horizon_a_customer_is_worth_the_periods_in_it_and_one_who_left_nothing() -> None:
    rates = np.array([[0.5, 0.5], [0.0, 1.0]])
    assert value_of_states(rates, np.array([100.0, 0.0]), 0.0, 3) == pytest.approx([175.0, 0.0])
    forever = value_of_states(rates, np.array([100.0, 0.0]), 0.1)
    assert value_of_states(rates, np.array([100.0, 0.0]), 0.1, 200) == pytest.approx(forever)


def test_few_who_had_left_say_nothing_of_coming_back() -> None:
    """Of 29 who had stopped ordering all came back: lost is lost; of 30 the data are believed."""
    few, enough = (chain([[0, *[GONE] * number], [0] * (number + 1)], np.ones((2, number + 1)).tolist())
                   for number in (29, 30))  # fmt: skip
    assert moves_with_absence(few)[0][-1, -1] == 1.0
    assert moves_with_absence(enough)[0][-1, 0] == 1.0


def test_the_value_of_states_is_the_published_one() -> None:
    case = TRUTH["value_of_states"]
    found = value_of_states(np.array(case["rates"]), np.array(case["rewards"]), case["discount"])
    assert found.tolist() == pytest.approx(case["value"], abs=1e-8)


def test_a_value_below_zero_says_when_to_stop() -> None:
    case = TRUTH["value_of_states"]
    assert value_of_states(np.array(case["rates"]), np.array(case["rewards"]), 0.2)[3] < 0


def test_without_a_discount_the_value_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        value_of_states(np.eye(1), np.ones(1), 0.0)


def test_two_years_at_half_kept_and_ten_percent_by_hand() -> None:
    found = lifetime_value(np.array([100.0]), np.array([0.5]), Assumptions(discount=0.10, years=2))
    assert found[0] == pytest.approx(100 + 100 * 0.5 / 1.1)


def test_a_tier_without_moves_is_worth_its_endless_margin() -> None:
    assert value_of_states(np.eye(2), np.array([11.0, 0.0]), 0.1) == pytest.approx([121.0, 0.0])
    assert yearly_discount(0.21, 6) == pytest.approx(0.10)


def test_moves_know_the_way_out_and_back() -> None:
    rates, customers = moves_with_absence(chain([[0, 0, 1, GONE, LATER], [0, GONE, 1, 1, 0]], np.ones((2, 5)).tolist()))
    assert rates.tolist() == [[0.5, 0, 0.5], [0, 1, 0], [0, 0, 1]]  # one who came back is too few to count on
    assert customers.tolist() == [2, 1, 1]
    assert mean_reward(chain([[0, 0], [0, 0]], [[1, 1], [100, 50]]), 0.2).tolist() == [15, 0, 0]


def test_contracts_are_counted_in_the_month_they_end() -> None:
    table = pd.DataFrame({"contract_end": [date(2025, 12, 31), date(2025, 9, 30), date(2026, 2, 1), None]})
    place = month_of(contract_ends(table), date(2025, 12, 15))
    assert place.tolist() == [0, -1, 2, -2]
    calendar = renewal_calendar(place, np.array([10.0, 20, 30, 40]), date(2025, 12, 15))
    assert calendar.loc[calendar["customers"] > 0, ["place", "revenue"]].to_numpy().tolist() == [
        [-1, 20], [0, 10], [2, 30],
    ]  # fmt: skip
    assert calendar["month"].iloc[3] == pd.Timestamp("2026-02-01")


def test_without_contracts_nothing_ends() -> None:
    assert month_of(contract_ends(pd.DataFrame({"customer_id": ["a"]})), date(2025, 1, 1)).tolist() == [-2]


def test_the_repurchase_rate_of_the_tiers_is_that_counted_from_the_orders() -> None:
    lines = [("a", "2025-02-01", "900"), ("a", "2025-09-01", "900"), ("b", "2025-03-01", "500")]
    lines += [("c", "2025-04-01", "80"), ("c", "2025-12-01", "80"), ("d", "2025-11-01", "70")]
    tiering = evaluate(dataset(order_lines(*lines)), Scenario(), date(2025, 12, 31))
    evidence = evidence_of(tiering.base)
    again = {"a": True, "b": False, "c": True}  # who bought in the first half of the year, and again in the second
    ids = tiering.base.customers["customer_id"].tolist()
    for tier in range(len(tiering.scenario.tiers)):
        members = [again[who] for who, code in zip(ids, tiering.tiers, strict=True) if code == tier and who in again]
        (rate,) = tier_kpis(tiering, evidence, tier, ("repurchase_rate",))
        assert rate.baseline == (sum(members) / len(members) if members else None)
