"""The whale curve: the published example, and what holds for any profits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.resources.budget import whale_curve

WHALE = json.loads((Path(__file__).parents[1] / "truth/tier_kpis.json").read_text())["cases"][1]


def test_the_whale_curve_climbs_above_the_whole():
    curve = whale_curve(np.array(WHALE["inputs"]["profit"], float))
    assert curve.tolist() == pytest.approx(WHALE["expected"]["cumulative_share"])
    assert float(curve.max()) == pytest.approx(WHALE["expected"]["peak"])
    assert int(curve.argmax()) + 1 == WHALE["expected"]["peak_at_customers"]


def test_without_a_profit_there_is_no_curve():
    assert whale_curve(np.array([5.0, -5.0])).size == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=20), st.randoms())
def test_any_order_of_customers_gives_the_same_curve_which_ends_at_the_whole(profits, chance):
    curve = whale_curve(np.array(profits, float))
    chance.shuffle(profits)
    assert whale_curve(np.array(profits, float)).tolist() == curve.tolist()
    assert not curve.size or curve[-1] == pytest.approx(1.0)
