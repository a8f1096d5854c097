"""Actions: on each sample set enough of them, no customer twice, and their money is that of the order lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pydantic import ValidationError

from sample_data import SETS, load_canonical
from tests.strategy.test_look_alikes import BOUGHT, alike, orders_of
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, completed, customer_base, default_as_of, tier_customers
from tiering.scenario import Scenario
from tiering.scenario.plan import Playbooks
from tiering.strategy.actions import DUE_DAYS, Action, actions
from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.strategy.rules import RULES


@cache
def dataset(key: str) -> Dataset:
    orders, customers = load_canonical(key, "en")
    return Dataset(orders, customers, pa.table({}), (), sha256(key.encode()).hexdigest())


@cache
def tiered(key: str, more_of: str = "") -> Tiering:
    """A sample set under the first proposal, or with one weight moved to 100 and the lines where they were."""
    base = customer_base(dataset(key), Scenario(), default_as_of(dataset(key)))
    first = completed(Scenario(), base)
    if more_of:
        first = first.model_copy(update={"weights": {**first.weights, more_of: 100}})
    return tier_customers(base, first)


def made(tiering: Tiering, orders: pa.Table | None) -> tuple[Action, ...]:
    evidence = evidence_of(tiering.base)
    return actions(tiering, evidence, recommendations(tiering, evidence), orders)


@pytest.mark.parametrize("key", SETS)
def test_each_sample_set_calls_for_ten_actions_of_four_kinds_and_no_customer_is_in_two(key):
    found = made(tiered(key), dataset(key).orders)
    assert len(found) >= 10
    assert len({action.kind for action in found}) >= 4
    rows = np.concatenate([action.rows for action in found])
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("key", SETS)
def test_actions_come_by_money_and_each_is_in_one_tier(key):
    tiering = tiered(key)
    found = made(tiering, dataset(key).orders)
    totals = [action.total for action in found]
    assert totals == sorted(totals, reverse=True)
    assert all((tiering.tiers[action.rows] == action.tier).all() for action in found)


def test_every_kind_has_a_day_by_which_it_is_due():
    assert set(DUE_DAYS) == {rule.kind for rule in RULES} | {"cross"}
    tiering = tiered(SETS[0])
    for action in made(tiering, None):
        assert action.due == tiering.base.as_of + timedelta(days=DUE_DAYS[action.kind])


def test_a_day_typed_over_moves_the_actions_of_its_kind_and_no_other():
    tiering = tiered(SETS[0])
    own = tiering.scenario.model_copy(update={"playbooks": Playbooks(due_days={"fix": 21})})
    before, after = (made(one, None) for one in (tiering, replace(tiering, scenario=own)))
    for first, second in zip(before, after, strict=True):
        later = timedelta(days=21 - DUE_DAYS["fix"] if first.kind == "fix" else 0)
        assert (second.kind, second.due) == (first.kind, first.due + later)


@pytest.mark.parametrize("days", [0, 731, 1.5])
def test_days_out_of_all_reason_are_refused(days):
    with pytest.raises(ValidationError):
        Playbooks(due_days={"fix": days})


def test_a_filter_leaves_the_money_of_the_customers_left():
    found = made(tiered(SETS[0]), None)[0]
    only = np.zeros(len(tiered(SETS[0]).tiers), dtype=bool)
    only[found.rows[1]] = True
    assert found.among(only).rows.tolist() == [found.rows[1]]
    assert found.among(only).total == found.money[1]
    assert found.among(~only).total == pytest.approx(found.total - found.money[1])


def test_who_has_no_other_move_is_offered_the_missing_category():
    (action,) = made(alike(), orders_of(BOUGHT))
    assert (action.kind, action.rows.tolist(), action.total) == ("cross", [8, 9], 900.0)


def test_the_money_at_stake_is_what_the_order_lines_of_each_customer_add_up_to():
    """By hand: a year's lines for most moves, the year before for winning back, the lacking margin for right-sizing."""
    lines = dataset(SETS[0]).orders.to_pandas().astype({"amount": float, "cost": float})
    day = pd.to_datetime(lines["order_date"])
    end = pd.Timestamp(tiered(SETS[0]).base.as_of)
    year, before = (end - pd.DateOffset(years=back) for back in (1, 2))
    sold = lines[(day > year) & (day <= end)].groupby("customer_id")[["amount", "cost"]].sum()
    earlier = lines[(day > before) & (day <= year)].groupby("customer_id")["amount"].sum()
    rates = 1 - sold["cost"] / sold["amount"].where(sold["amount"] > 0)
    by_hand = {"annual_revenue": sold["amount"], "prior_revenue": earlier}
    by_hand["margin_gap"] = (rates.median() - rates) * sold["amount"]
    ids = tiered(SETS[0]).base.customers["customer_id"].to_numpy()
    walked = [action for action in made(tiered(SETS[0]), None) if action.source.basis in by_hand]
    assert {action.source.basis for action in walked} == set(by_hand)
    for action in walked:
        expected = by_hand[action.source.basis][ids[action.rows]].to_numpy()
        assert action.money == pytest.approx(expected, abs=0.01), action.kind
