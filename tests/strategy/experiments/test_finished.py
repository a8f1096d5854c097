"""A finished test, from a file's answers to the effect; and what a tier is large enough to show."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from tests.strategy.tiered_customers import customers, tiering_of
from tiering.strategy.evidence import evidence_of
from tiering.strategy.experiments.finished import Outcomes, outcome_values, readout
from tiering.strategy.experiments.sample_size import detectable_share
from tiering.strategy.experiments.sizes import outcomes_known, tier_sizes


@pytest.mark.parametrize(
    ("cells", "values", "kind"),
    [
        (["yes", "No", " Y "], [1, 0, 1], "share"),
        (["是", "否", None], [1, 0, math.nan], "share"),
        ([1, 0, 1], [1, 0, 1], "share"),
        ([10.5, 0, "–"], [10.5, 0, math.nan], "mean"),
        (["perhaps"], [math.nan], "mean"),
    ],
)
def test_answers_are_read_as_people_write_them(cells, values, kind):
    found = outcome_values(pd.Series(cells, dtype=object))
    assert found[0].tolist() == pytest.approx(values, nan_ok=True)
    assert found[1] == kind


def outcomes(kind, treated, tiers, answers, before=None) -> Outcomes:
    tiers = np.array(tiers, dtype=np.intp)
    return Outcomes(kind, np.array(treated, bool), tiers, tiers, np.array(answers, float), before)


def test_every_tier_has_its_own_effect_and_all_together_one():
    treated = [True, False] * 20
    answers = [1, 0] * 10 + [1, 1] * 10
    found = readout(outcomes("share", treated, [0] * 20 + [1] * 20, answers), 2)
    assert found.tiers["effect"].tolist() == [1.0, 0.0]
    assert found.tiers["p"][0] < 0.001
    assert found.tiers["holm"].tolist() == pytest.approx([min(2 * found.tiers["p"][0], 1), 1.0])
    assert found.shares.p < 0.001


def test_a_tier_with_one_arm_tells_nothing():
    found = readout(outcomes("share", [True, True, True, False], [0, 0, 1, 1], [1, 0, 1, 0]), 2)
    assert np.isnan(found.tiers["effect"][0])
    assert found.tiers["effect"][1] == 1.0


def test_means_are_read_with_what_was_sold_before():
    before = np.array([10.0, 20, 30, 40, 50, 60])
    answers = before + np.array([3, 1, 3, 1, 3, 1])
    sharp = readout(outcomes("mean", [True, False] * 3, [0] * 6, answers, before), 1)
    plain = readout(outcomes("mean", [True, False] * 3, [0] * 6, answers), 1)
    assert sharp.means.effect == pytest.approx(2.0, abs=1e-9)
    assert plain.means.effect == pytest.approx(-8.0)
    assert sharp.tiers["effect"][0] == pytest.approx(2.0, abs=1e-9)


def test_customers_without_a_tier_are_read_too():
    assert readout(outcomes("share", [True, False], [4, 4], [1, 0]), 4).tiers["tier"].tolist() == [4]


def test_nobody_is_no_table():
    assert readout(outcomes("share", [], [], []), 4).tiers.empty


def tiered(rows: int = 60):
    changes = [{"recent_half_revenue": 50.0 if row % 2 else 0.0, "annual_revenue": 100.0 + row} for row in range(rows)]
    return tiering_of(customers(*changes), [90.0] * (rows // 2) + [10.0] * (rows // 2))


def test_a_tier_is_sized_by_its_own_customers_and_baseline():
    tiering = tiered()
    sizes = tier_sizes(tiering, evidence_of(tiering.base), "repurchase")
    assert [size.customers for size in sizes] == [30, 0, 0, 30, 60]
    assert sizes[0].baseline == 0.5
    assert sizes[0].detectable == pytest.approx(detectable_share(0.5, 30))
    assert not sizes[0].can_show(0.10)
    assert sizes[0].can_show(0.49)
    assert sizes[0].needed > 100


def test_where_nearly_all_buy_again_no_such_rise_is_left():
    tiering = tiering_of(customers(*[{}] * 30), [90.0] * 30)
    size = tier_sizes(tiering, evidence_of(tiering.base), "repurchase")[0]
    assert size.baseline == 1.0
    assert size.is_saturated
    assert not size.can_show(0.10)


def test_all_tiers_together_show_less_than_one():
    tiering = tiered()
    sizes = tier_sizes(tiering, evidence_of(tiering.base), "repurchase")
    assert sizes[-1].detectable < sizes[0].detectable


def test_an_empty_tier_shows_nothing():
    tiering = tiered()
    empty = tier_sizes(tiering, evidence_of(tiering.base), "revenue")[1]
    assert math.isnan(empty.detectable)
    assert not empty.can_show(1.0)


def test_revenue_known_before_sharpens_what_can_be_shown():
    changes = [{"annual_revenue": 100.0 + row, "prior_revenue": 90.0 + row + 3 * (row % 2)} for row in range(40)]
    tiering = tiering_of(customers(*changes), [90.0] * 40)
    size = tier_sizes(tiering, evidence_of(tiering.base), "revenue")[0]
    assert size.sharpened < size.detectable / 3


def test_an_outcome_needs_its_column():
    table = customers({}, {}).drop(columns=["recent_half_revenue", "earlier_half_revenue"])
    assert outcomes_known(evidence_of(tiering_of(table, [90.0, 10.0]).base)) == ("revenue",)
