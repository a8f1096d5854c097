"""Charts of risk: what they draw is what they are given, in the language asked for."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tiering.movement.survival import kaplan_meier
from tiering.ui.base.theme import LOSS
from tiering.ui.charts.money import survival_chart
from tiering.ui.charts.risk import at_risk_chart, calibration_chart
from tiering.words import LANGUAGES, Words

TIERS = pd.DataFrame({"label": ["S", "A"], "red": [0.02, 0.0], "amber": [0.01, 0.2], "note": ["¥1", "¥2"]})
BINS = pd.DataFrame({"said": [0.1, 0.8], "came": [0.2, 0.7], "customers": [30, 60]})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [True, False])
def test_red_is_the_colour_of_loss_and_each_bar_names_its_money(language, dark) -> None:
    drawn = json.dumps(at_risk_chart(TIERS, Words(language), dark).to_dict(), ensure_ascii=False)
    assert LOSS.on(dark) in drawn
    assert Words(language)("movement.warning.red") in drawn
    assert "¥2" in drawn


def test_calibration_has_the_diagonal_it_is_to_be_read_by() -> None:
    chart = calibration_chart(BINS, Words("en"), False).to_dict()
    assert [layer["mark"]["type"] for layer in chart["layer"]] == ["line", "circle"]
    assert chart["layer"][1]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_survival_is_drawn_in_steps_with_its_band_and_cohorts_are_named_at_their_ends() -> None:
    curve = kaplan_meier(pd.Series([3.0, 5, 8, 9]).to_numpy(), pd.Series([True, False, True, False]).to_numpy())
    alone = survival_chart(curve, pd.DataFrame({"cohort": []}), Words("en"), False).to_dict()
    assert [layer["mark"]["type"] for layer in alone["layer"]] == ["area", "line"]
    both = pd.concat([curve.assign(cohort="2023"), curve.assign(cohort="2024")])
    named = survival_chart(curve, both, Words("en"), False).to_dict()
    assert [layer["mark"]["type"] for layer in named["layer"]] == ["area", "line", "line", "text"]
    assert named["layer"][1]["mark"]["interpolate"] == "step-after"
