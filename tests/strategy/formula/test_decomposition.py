"""Decomposition: the published answers, and no remainder."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.formula.decomposition import decomposed, lmdi, multipliers, shapley
from tiering.strategy.formula.factors import FACTORS, sales

CASES = json.loads((Path(__file__).parents[2] / "truth/decomposition.json").read_text())["cases"]
DEMO, FORMULA = CASES
NAMES = {
    "leads": "new",
    "conversion": "conv",
    "purchase": "buy",
    "existing": "base",
    "retention": "ret",
    "repurchase": "rep",
}


def factors(given_factors: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame([{name: given_factors[short] for name, short in NAMES.items()} | {"rest": 0.0}])


START, END = factors(FORMULA["inputs"]["period0"]), factors(FORMULA["inputs"]["period1"])


def test_logarithmic_means_give_the_demo_of_pylmdi():
    before, after = np.array(DEMO["inputs"]["X0"]), np.array(DEMO["inputs"]["Xt"])
    contributions = lmdi(before, after).sum(axis=1)
    assert [contributions.sum(), *contributions] == pytest.approx(DEMO["expected"]["additive"])


def test_logarithmic_means_give_the_multipliers_of_the_demo_of_pylmdi():
    before, after = np.array(DEMO["inputs"]["X0"]), np.array(DEMO["inputs"]["Xt"])
    wholes = sum(DEMO["inputs"]["V0"]), sum(DEMO["inputs"]["Vt"])
    found = multipliers(lmdi(before, after).sum(axis=1), *wholes)
    assert [found.prod(), *found] == pytest.approx(DEMO["expected"]["multiplicative"], abs=1e-8)


def test_the_multipliers_of_the_example_make_up_the_growth_of_sales():
    parts = decomposed(START, END, by_logarithms=True).sum().to_numpy()
    found = multipliers(parts, FORMULA["expected"]["S0"], FORMULA["expected"]["S1"])
    assert found.prod() == pytest.approx(1177.04 / 1060, abs=1e-12)


def test_what_did_not_change_multiplies_by_one_and_without_sales_there_is_no_multiplier():
    assert multipliers(np.zeros(3), 50.0, 50.0).tolist() == [1.0, 1.0, 1.0]
    for before, after in ((0.0, 5.0), (5.0, 0.0), (-1.0, 5.0)):
        assert np.isnan(multipliers(np.ones(2), before, after)).all()


@pytest.mark.parametrize(("by_logarithms", "expected"), [(False, "Shapley_720_permutations"), (True, "LMDI_PyLMDI")])
def test_the_example_of_the_sales_formula_is_shared_out_as_published(by_logarithms, expected):
    shared = decomposed(START, END, by_logarithms).iloc[0]
    for name, short in NAMES.items():
        assert shared[name] == pytest.approx(FORMULA["expected"][expected][short], abs=1e-8)
    assert (shared["open"], shared["rest"]) == (0.0, 0.0)


def test_the_example_has_the_published_sales():
    assert [sales(START)[0], sales(END)[0]] == pytest.approx([FORMULA["expected"]["S0"], FORMULA["expected"]["S1"]])


TRIPLES = st.lists(st.tuples(*[st.floats(-50, 50)] * 6), min_size=1, max_size=4)


@settings(max_examples=50, deadline=None)
@given(TRIPLES)
def test_the_closed_form_is_the_mean_over_all_orders(rows):
    table = np.array(rows).T
    before, after = table[:3], table[3:]
    expected = np.zeros_like(before)
    for order in permutations(range(3)):
        now = before.copy()
        for place in order:
            was = now.prod(axis=0)
            now[place] = after[place]
            expected[place] += (now.prod(axis=0) - was) / 6
    assert shapley(before, after) == pytest.approx(expected, abs=1e-6)


POSITIVE = st.lists(st.tuples(*[st.floats(0.01, 1e4)] * 14), min_size=1, max_size=5)


@settings(max_examples=50, deadline=None)
@given(POSITIVE, st.booleans())
def test_the_contributions_of_every_tier_add_up_to_its_change(rows, by_logarithms):
    table = np.array(rows)
    before, after = (pd.DataFrame(part, columns=[*FACTORS, "rest"]) for part in (table[:, :7], table[:, 7:]))
    shared = decomposed(before, after, by_logarithms)
    changes = sales(after) - sales(before)
    scale = np.abs(sales(after)) + np.abs(sales(before))
    assert np.all(np.abs(shared.sum(axis=1) - changes) <= 1e-9 * scale)


def test_a_factor_that_did_not_change_contributes_nothing():
    same = decomposed(START, START.assign(purchase=9.0))
    assert same.drop(columns="purchase").abs().to_numpy().sum() == 0.0


def test_logarithms_leave_open_what_starts_at_nothing_and_shapley_does_not():
    nothing = START.assign(leads=0.0)
    by_logarithms, by_orders = decomposed(nothing, END, True).iloc[0], decomposed(nothing, END).iloc[0]
    assert by_logarithms["open"] == pytest.approx(260 * 0.12 * 4.5)
    assert by_orders["open"] == 0.0
    assert by_orders[["leads", "conversion", "purchase"]].sum() == pytest.approx(260 * 0.12 * 4.5)
