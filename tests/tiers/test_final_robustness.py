"""How sure final tiers are: counted by tiering everybody under every weighting, rules and hands included."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.small_data import levelled
from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.tiers.cuts import base_tiers
from tiering.tiers.final_tier import TierAdjustments, tier_adjustments
from tiering.tiers.robustness import (
    NONE,
    final_flips,
    final_shares,
    final_stability_shares,
    smallest_flips,
    stability_shares,
    tier_shares,
)
from tiering.tiers.score import score_customers
from tiering.tiers.single_changes import next_lines_up

CHANCE = np.random.default_rng(3)
SIZE = 60
MATRIX = levelled({key: CHANCE.random(SIZE).tolist() for key in ("growth", "trend", "satisfaction")})
WEIGHTS = dict.fromkeys(MATRIX.keys, 10)
POSITIONS = (62_000, 50_000, 38_000)
TIERS = ("S", "A", "B", "C")
BASE = base_tiers(score_customers(MATRIX, WEIGHTS).milli, POSITIONS)
DRAWN = np.random.default_rng(5).integers(1, 50, (40, 3)).astype(np.float32)


def settled() -> TierAdjustments:
    customers = pd.DataFrame({"customer_id": [f"c{n}" for n in range(SIZE)], "x": [float(n % 5) for n in range(SIZE)]})
    rules = TierRules(
        points=(
            PointRule(field="x", test="is", value=1.0, points=10),
            PointRule(field="x", test="is", value=2.0, points=-10),
        ),
        caps=(CapRule(field="x", test="is", value=3.0, tier="B"),),
    )
    hand = Ledger(
        overrides=(Override(customer_id="c0", tier="C", reason="pilot", owner="Li", expires=date(2030, 1, 1)),)
    )
    found = tier_adjustments(customers, (rules, hand), TIERS, date(2026, 1, 1))
    assert found is not None
    return found


def tiers_under(weights: np.ndarray) -> np.ndarray:
    given = dict(zip(MATRIX.keys, (int(weight) for weight in weights), strict=True))
    return settled().final(base_tiers(score_customers(MATRIX, given).milli, POSITIONS))


def test_the_share_kept_is_counted_over_final_tiers() -> None:
    now = settled().final(BASE)
    counted = np.mean([tiers_under(weights) == now for weights in DRAWN], axis=0)
    found = final_stability_shares((MATRIX, DRAWN, POSITIONS), BASE, settled())
    np.testing.assert_allclose(found, counted)
    assert found[0] == 1.0  # set by hand


def test_without_rules_it_is_the_share_of_the_base_tier() -> None:
    plain = stability_shares(MATRIX, DRAWN, POSITIONS, BASE)
    np.testing.assert_array_equal(final_stability_shares((MATRIX, DRAWN, POSITIONS), BASE, None), plain)


def test_shares_by_final_tier_add_up_as_those_by_base_tier_do() -> None:
    rows = np.arange(SIZE)
    by_base = tier_shares(MATRIX, DRAWN, POSITIONS, rows)
    by_final = final_shares(by_base, settled(), rows)
    counted = [np.mean([tiers_under(weights) == tier for weights in DRAWN], axis=0) for tier in range(4)]
    np.testing.assert_allclose(by_final, counted, atol=1e-12)


def test_a_flip_that_leaves_the_final_tier_is_none() -> None:
    rows = np.arange(SIZE)
    flips = final_flips(smallest_flips(MATRIX, WEIGHTS, POSITIONS, BASE, rows), settled(), BASE, rows)
    now = settled().final(BASE)
    assert flips.indicator[0] == NONE
    told = flips.indicator != NONE
    assert told.any()
    assert (flips.tier[told] != now[told]).all()


def test_the_next_line_up_is_the_first_that_betters_the_final_tier() -> None:
    lines = next_lines_up(settled(), BASE, POSITIONS)
    for row in range(SIZE):
        every = settled().final(np.arange(4, dtype=np.int8), np.full(4, row))
        better = [tier for tier in range(BASE[row]) if every[tier] < every[BASE[row]]]
        assert lines[row] == (POSITIONS[better[-1]] if better else np.inf)
    plain = next_lines_up(None, BASE, POSITIONS)
    assert plain.tolist() == [np.inf if tier == 0 else POSITIONS[tier - 1] for tier in BASE]
