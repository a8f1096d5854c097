"""Repurchase: learnt before, tested after, refused where there is too little; demand and its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sample_data import load_canonical
from tests.small_data import order_lines
from tiering.movement.demand import bands_of, chances_by_rule, forecast, plain_rules
from tiering.movement.prediction_metrics import put_right
from tiering.movement.repurchase import Repurchase, TooLittle, best_method, repurchase
from tiering.movement.sale_days import sale_days
from tiering.movement.snapshots import bought_between, orders_between, snapshots

START = date(2024, 1, 1)


def customers_with(paces: list[int], until: int = 730) -> pa.Table:
    """Customer k orders every ``paces[k]`` days, a little unevenly, for two years."""
    lines = []
    for k, pace in enumerate(paces):
        day, step = k % pace, 0
        while day < until:
            lines.append((f"K{k:04d}", (START + timedelta(day)).isoformat(), str(50 + k % 40)))
            step += 1
            day += max(1, pace + (step * 7 + k) % (pace // 2 + 1) - pace // 4)
    return order_lines(*lines)


@pytest.fixture(scope="module")
def saas() -> tuple[pa.Table, date]:
    orders, _ = load_canonical("saas", "en")
    return orders, pc.max(orders["order_date"]).as_py()


@pytest.fixture(scope="module")
def model(saas) -> Repurchase:
    found = repurchase(*saas, 3)
    assert isinstance(found, Repurchase)
    return found


def test_the_model_is_no_worse_than_recency_alone_on_months_it_has_not_seen(model) -> None:
    best, recency = model.tested.used, model.tested.quality["recency"]
    assert best.brier <= recency.brier
    assert best.auc.value >= recency.auc.value
    assert best.calibration_error < 0.1
    assert model.tested.over_recency.low > 0


def told_by(happened: list[int], **wrong: list[int]) -> dict:
    """Methods that tell 0.9 or 0.1 of each customer, wrongly where named."""
    came = np.array(happened)
    return {name: np.where(np.isin(np.arange(came.size), places), 1 - came, came) * 0.8 + 0.1
            for name, places in wrong.items()}  # fmt: skip


def test_the_smallest_error_wins_and_a_simpler_way_that_may_be_as_good_wins_over_it() -> None:
    happened = np.arange(200) % 2 == 0
    clear = told_by(happened, base=[*range(100)], recency=[*range(60)], recency_orders=[3], logistic=[3, 4])
    assert best_method(happened, clear) == "recency_orders"
    close = told_by(happened, base=[*range(100)], recency=[*range(3)], recency_orders=[3], logistic=[])
    assert best_method(happened, close) == "recency"
    hopeless = told_by(happened, base=[0], recency=[0, 1], recency_orders=[0, 1], logistic=[0, 1])
    assert best_method(happened, hopeless) == "base"


@pytest.mark.parametrize("months", [3, 6])
def test_where_all_orders_are_of_one_value_the_way_in_use_is_not_worse_than_recency(months) -> None:
    chance = np.random.default_rng(months)
    lines = []
    for k in range(500):
        gap = chance.lognormal(4, 0.8)
        days = np.cumsum(chance.exponential(gap, 60))
        lasts = chance.exponential(500)
        lines += [
            (f"K{k:03d}", (START + timedelta(int(day))).isoformat(), "10") for day in days if day < min(730, lasts)
        ] or [(f"K{k:03d}", (START + timedelta(k)).isoformat(), "10")]
    found = repurchase(order_lines(*lines), START + timedelta(729), months)
    assert isinstance(found, Repurchase)
    assert found.tested.used.brier <= found.tested.quality["recency"].brier


def test_a_level_that_changed_is_put_right_by_the_window_after_the_one_learnt_on() -> None:
    told = np.linspace(0.05, 0.95, 400)
    happened = np.random.default_rng(3).random(400) < told / 2
    righted = put_right(told, happened)(told)
    assert righted.mean() == pytest.approx(happened.mean(), abs=0.005)
    assert np.mean((righted - happened) ** 2) < np.mean((told - happened) ** 2)
    assert (np.diff(righted) > 0).all()


def test_windows_follow_one_another_and_the_test_is_later_than_what_was_learnt(model) -> None:
    assert [part.day for part in (model.train, model.test, model.today)] == [
        date(2026, 3, 30), date(2026, 6, 30), date(2026, 9, 30),
    ]  # fmt: skip
    assert set(model.train.ids) <= set(model.test.ids) <= set(model.today.ids)


def test_nothing_after_the_test_date_changes_what_was_told_then(saas, model) -> None:
    orders, as_of = saas
    later = pc.greater(orders["order_date"], pa.scalar(model.test.day))
    doubled = pa.concat_tables([orders, orders.filter(later)])
    again = repurchase(doubled, as_of, 3)
    assert isinstance(again, Repurchase)
    assert again.tested.chance["logistic"] == pytest.approx(model.tested.chance["logistic"])


def test_the_order_of_lines_changes_no_probability(saas, model) -> None:
    orders, as_of = saas
    turned = orders.take(np.arange(orders.num_rows)[::-1])
    again = repurchase(turned, as_of, 3)
    assert isinstance(again, Repurchase)
    assert again.chance == pytest.approx(model.chance)


def test_probabilities_add_up_to_about_the_buyers_there_were(model) -> None:
    buyers = model.tested.happened.sum()
    assert model.tested.chance["logistic"].sum() == pytest.approx(buyers, rel=0.15)
    assert ((model.chance >= 0) & (model.chance <= 1)).all()


def test_thirty_customers_are_refused_kindly_and_counted_plainly() -> None:
    orders = customers_with([10 + k for k in range(30)])
    as_of = START + timedelta(729)
    refusal = repurchase(orders, as_of, 3)
    assert refusal == TooLittle("customers", 200, 30)
    _, before, today = snapshots(orders, as_of, 3)
    rules = plain_rules(before, today, 3)
    assert sum(rule.again.whole for rule in rules) == 30
    assert sum(rule.now for rule in rules) == 30
    assert rules[0].band == "lately"
    assert rules[0].again.value > 0.9


def test_a_plain_rule_is_a_probability_that_is_never_certain() -> None:
    orders = customers_with([10 + k for k in range(30)])
    _, before, today = snapshots(orders, START + timedelta(729), 3)
    chance = chances_by_rule(plain_rules(before, today, 3), today, 3)
    lately = bands_of(today, 3) == 0
    assert set(chance[lately].tolist()) == {31 / 32}
    assert (chance < 1).all()


def test_a_short_history_names_the_months_it_takes() -> None:
    orders = customers_with([20] * 30, until=270)
    refusal = repurchase(orders, START + timedelta(269), 3)
    assert isinstance(refusal, TooLittle)
    assert (refusal.reason, refusal.needed, refusal.found) == ("history", 12, 8)


def test_where_everybody_orders_again_there_is_nothing_to_learn() -> None:
    orders = customers_with([12] * 210)
    refusal = repurchase(orders, START + timedelta(729), 3)
    assert refusal == TooLittle("outcomes", 30, 0)


def test_one_customer_and_a_history_shorter_than_the_horizon_are_no_error() -> None:
    orders = order_lines(("a", "2024-01-01", "5"))
    assert isinstance(repurchase(orders, date(2024, 1, 1), 3), TooLittle)
    _, before, today = snapshots(orders, date(2024, 1, 1), 3)
    assert plain_rules(before, today, 3) == ()


def test_bands_are_by_the_last_order_at_the_date() -> None:
    orders = order_lines(("a", "2024-05-01", "1"), ("b", "2024-02-01", "1"), ("c", "2023-01-01", "1"))
    today = snapshots(orders, date(2024, 6, 30), 3)[2]
    assert bands_of(today, 3).tolist() == [0, 1, 2]


def test_orders_between_two_dates_are_counted() -> None:
    orders = order_lines(
        *(("a", day, "1") for day in ("2024-01-01", "2024-05-01", "2024-06-01")), ("b", "2024-01-01", "1")
    )
    _, before, today = snapshots(orders, date(2024, 6, 30), 3)
    assert orders_between(before, today).tolist() == [2, 0]
    assert bought_between(before, today).tolist() == [True, False]


def test_demand_was_near_what_came_and_adds_up_over_customers(saas, model) -> None:
    told = forecast(model, sale_days(*saas))
    assert told.told.orders.sum() == pytest.approx(told.came.orders.sum(), rel=0.15)
    assert told.coming.orders.shape == model.today.ids.shape
    assert (told.coming.money >= 0).all()
    assert (told.coming.orders >= model.chance - 1e-12).all()


def test_goods_that_all_went_back_promise_no_money(model, saas) -> None:
    orders, as_of = saas
    days = sale_days(orders, as_of)
    biggest = str(model.today.ids[np.argmax(forecast(model, days).coming.money)])
    table = model.today.table
    returned = table.assign(revenue=table["revenue"].where(model.today.ids != biggest, 1.0))
    less = forecast(replace(model, today=replace(model.today, table=returned)), days).coming.money
    place = int(np.flatnonzero(model.today.ids == biggest)[0])
    assert less[place] < np.median(less)
