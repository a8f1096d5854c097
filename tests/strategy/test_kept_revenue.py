"""Kept revenue: the published example, the whale curve, and tiers frozen at the start."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.kept_revenue import kept_by_tier, kept_revenue, whale_curve

CASES = json.loads((Path(__file__).parents[1] / "truth/tier_kpis.json").read_text())["cases"]
PUBLISHED, WHALE = CASES[0], CASES[1]


def test_the_published_example_keeps_103_percent_net_and_85_percent_gross():
    given_sums = PUBLISHED["inputs"]
    # One grew by 18, one fell by 6, one left with 9, one stayed as it was: 100 at the start.
    start = np.array([40.0, 30.0, 9.0, 21.0])
    now = np.array([40.0 + given_sums["expansion"], 30.0 - given_sums["contraction"], 0.0, 21.0])
    kept = kept_revenue(start, now)
    assert (kept.start, kept.churned) == (given_sums["start"], given_sums["churned"])
    assert kept.net == pytest.approx(PUBLISHED["expected"]["NRR"])
    assert kept.gross == pytest.approx(PUBLISHED["expected"]["GRR"])
    assert kept.customers_kept == 0.75


def test_the_whale_curve_climbs_above_the_whole():
    curve = whale_curve(np.array(WHALE["inputs"]["profit"], float))
    assert curve.tolist() == pytest.approx(WHALE["expected"]["cumulative_share"])
    assert int(curve.argmax()) + 1 == WHALE["expected"]["peak_at_customers"]


def test_without_a_profit_there_is_no_curve():
    assert whale_curve(np.array([5.0, -5.0])).size == 0


def test_newcomers_do_not_count_and_returns_are_a_loss():
    kept = kept_revenue(np.array([0.0, 10.0, 10.0]), np.array([50.0, -3.0, 10.0]))
    assert (kept.customers, kept.stayed, kept.net) == (2, 1, 0.5)


def test_nobody_keeps_nothing():
    assert np.isnan(kept_revenue(np.zeros(1), np.ones(1)).net)
    assert np.isnan(kept_revenue(np.zeros(0), np.zeros(0)).customers_kept)


PAIRS = st.lists(st.tuples(st.floats(0, 1e6), st.floats(-1e4, 1e6), st.integers(0, 3)), min_size=1, max_size=30)


@settings(max_examples=30, deadline=None)
@given(PAIRS)
def test_gross_never_exceeds_one_or_net_and_the_tiers_add_up(rows):
    start, now, tiers = (np.array(column) for column in zip(*rows, strict=True))
    kept = kept_revenue(start, now)
    if kept.start > 0:
        assert 0 <= kept.gross <= 1 + 1e-12
        assert kept.gross <= kept.net + 1e-12
    table = kept_by_tier(tiers, start, now, 4)
    assert table["customers"][:4].sum() == table["customers"][4]
    assert table["start"][:4].sum() == pytest.approx(table["start"][4])
