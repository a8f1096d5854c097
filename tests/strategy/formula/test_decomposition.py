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

from tiering.strategy.formula import FACTORS, decomposed, sales, shapley

CASES = json.loads((Path(__file__).parents[2] / "truth/decomposition.json").read_text())["cases"]
(FORMULA,) = CASES
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


def test_the_example_of_the_sales_formula_is_shared_out_as_published():
    shared = decomposed(START, END).iloc[0]
    for name, short in NAMES.items():
        assert shared[name] == pytest.approx(FORMULA["expected"]["Shapley_720_permutations"][short], abs=1e-8)
    assert shared["rest"] == 0.0


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
@given(POSITIVE)
def test_the_contributions_of_every_tier_add_up_to_its_change(rows):
    table = np.array(rows)
    before, after = (pd.DataFrame(part, columns=[*FACTORS, "rest"]) for part in (table[:, :7], table[:, 7:]))
    shared = decomposed(before, after)
    changes = sales(after) - sales(before)
    scale = np.abs(sales(after)) + np.abs(sales(before))
    assert np.all(np.abs(shared.sum(axis=1) - changes) <= 1e-9 * scale)


def test_a_factor_that_did_not_change_contributes_nothing():
    same = decomposed(START, START.assign(purchase=9.0))
    assert same.drop(columns="purchase").abs().to_numpy().sum() == 0.0
