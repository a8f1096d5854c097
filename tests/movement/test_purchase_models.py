"""Purchase models on the published CDNOW customers (1/10 sample, weeks, 39 weeks of calibration)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tiering.movement.order_value import fit_spend_model, order_values
from tiering.movement.purchase_models import Histories, PurchaseModel, fit_purchase_model

CDNOW = pd.read_csv(Path(__file__).parents[1] / "truth" / "cdnow.csv.gz")
SEEN = Histories(*(CDNOW[name].to_numpy(float) for name in ("repeats", "last", "age")))
PAPER = PurchaseModel("bgnbd", (0.243, 4.414, 0.793, 2.426), -9582.4)


@pytest.fixture(scope="module")
def bgnbd() -> PurchaseModel:
    return fit_purchase_model("bgnbd", SEEN)


def one(repeats: float, last: float, age: float) -> Histories:
    return Histories(np.array([repeats]), np.array([last]), np.array([age]))


def test_bgnbd_has_the_parameters_and_likelihood_of_its_paper(bgnbd) -> None:
    assert bgnbd.parameters == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.005)
    assert bgnbd.log_likelihood == pytest.approx(-9582.4, abs=0.2)


def test_bgnbd_falls_short_of_the_actual_repeats_as_published(bgnbd) -> None:
    assert bgnbd.expected(SEEN, 39).sum() == pytest.approx(1653.4, rel=1e-3)
    assert bgnbd.alive(SEEN).sum() == pytest.approx(1917.28, rel=1e-3)
    assert CDNOW["repeats_after"].sum() == 1882


@pytest.mark.parametrize(("until", "told", "came"), [(38.93, 2497.82045218844, 2457), (77.86, 4160.716181493, 4339)])
def test_bgnbd_tells_the_published_running_total_of_repeats(bgnbd, until, told, came) -> None:
    # every customer as a new one from its own start; the 39th and the last of 78 equal steps through 38.86 + 39 weeks
    ages, customers = np.unique(CDNOW["age"], return_counts=True)
    each = [bgnbd.expected(one(0, 0, 0), until - (ages.max() - age))[0] for age in ages]
    assert customers @ np.array(each) == pytest.approx(told, rel=1e-5)
    assert CDNOW["repeats"].sum() + (until > 39) * CDNOW["repeats_after"].sum() == came


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0.1429, 0.007828347516068),
        (1, 0.0532678911716563),
        (3, 0.150865230893049),
        (31.8571, 1.0419960608522),
        (32, 1.04524332837444),
        (52, 1.4460505953964),
        (78, 1.86051905794275),
    ],
)
def test_a_new_customer_is_expected_to_buy_as_published(time, expected) -> None:
    # with nothing seen yet, what is expected is that of a new customer
    assert PAPER.expected(one(0, 0, 0), time)[0] == pytest.approx(expected, rel=1e-6)


def test_a_customer_seen_twice_is_expected_to_buy_as_printed() -> None:
    assert PAPER.expected(one(2, 30.43, 38.86), 39)[0] == pytest.approx(1.226, abs=0.001)


def test_more_purchases_long_ago_mean_less_hope(bgnbd) -> None:
    frequent = [bgnbd.expected(one(x, 20, 39), 52)[0] for x in (10, 15, 20, 25)]
    assert frequent == pytest.approx([0.347487, 0.0428375, 0.00415932, 0.000358398], rel=0.01)


def test_mbgnbd_has_its_published_parameters() -> None:
    model = fit_purchase_model("mbgnbd", SEEN)
    assert model.parameters == pytest.approx((0.525, 6.183, 0.891, 1.614), abs=0.005)
    assert model.alive(one(0, 0, 30))[0] < 1


def test_paretonbd_has_its_published_parameters_and_customer_1516() -> None:
    model = fit_purchase_model("paretonbd", SEEN)
    assert model.parameters == pytest.approx((0.553, 10.578, 0.606, 11.669), abs=0.02)
    assert model.log_likelihood == pytest.approx(-9595.0, abs=0.2)
    vignette = PurchaseModel("paretonbd", (0.5534, 10.5802, 0.6061, 11.6562), 0)
    assert vignette.alive(one(26, 30.86, 31))[0] == pytest.approx(0.9979, abs=1e-4)
    assert vignette.expected(one(26, 30.86, 31), 52)[0] == pytest.approx(25.46, abs=0.01)


def test_one_order_customers_are_all_alive_to_bgnbd_which_is_why_it_is_not_shown(bgnbd) -> None:
    assert bgnbd.alive(one(0, 0, 500))[0] == 1
    assert bgnbd.buys(one(0, 0, 500), 39)[0] < 0.05


def test_probabilities_to_buy_are_probabilities_and_fall_with_silence(bgnbd) -> None:
    silence = Histories(np.full(5, 4.0), np.array([38.0, 30, 20, 10, 5]), np.full(5, 39.0))
    chance = bgnbd.buys(silence, 13)
    assert (np.diff(chance) < 0).all()
    assert ((chance > 0) & (chance < 1)).all()


def test_gamma_gamma_has_its_published_parameters() -> None:
    repeaters = CDNOW[CDNOW["repeats"] > 0]
    orders, mean = repeaters["repeats"].to_numpy(float), repeaters["mean_value"].to_numpy()
    model = fit_spend_model(orders, mean)
    assert len(repeaters) == 946
    assert (model.p, model.q, model.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.02)
    assert model.log_likelihood == pytest.approx(-4055.9, abs=0.1)
    first = model.expected(np.array([2.0, 1.0]), np.array([22.35, 11.77]))
    assert first.tolist() == pytest.approx([24.66, 18.92], abs=0.01)


def test_repeaters_spend_what_the_published_table_says() -> None:
    mean = CDNOW.loc[CDNOW["repeats"] > 0, "mean_value"]
    found = mean.describe()
    assert found["count"] == 946
    assert found[["mean", "std", "min", "50%", "max"]].tolist() == pytest.approx([35, 30, 3, 27, 300], abs=0.6)


def test_gamma_gamma_does_not_mind_the_unit_of_money() -> None:
    orders, mean = np.arange(1.0, 61) % 7 + 1, 20 + (np.arange(60.0) * 37) % 50
    one_unit, other = fit_spend_model(orders, mean), fit_spend_model(orders, mean / 10_000)
    assert other.expected(orders, mean / 10_000) == pytest.approx(one_unit.expected(orders, mean) / 10_000, rel=1e-3)


def test_where_frequent_buyers_spend_more_credibility_stands_in() -> None:
    orders = np.arange(2.0, 62)
    mean = 10 * orders
    assert order_values(orders, mean, np.ones(60)).method == "credibility"


def test_too_few_repeaters_keep_their_own_mean_and_a_newcomer_gets_that_of_all() -> None:
    found = order_values(np.array([3.0, 1.0, 0.0]), np.array([10.0, 30.0, 0.0]), np.zeros(3))
    assert found.method == "own_mean"
    assert found.money.tolist() == pytest.approx([10.0, 30.0, 15.0])
