"""The charts of the strategy page: they are drawn by the same library that draws them in the browser."""

from __future__ import annotations

import pandas as pd
import pytest
import vl_convert

from tiering.ui.charts.effects import effects_chart
from tiering.ui.charts.money import steps_chart
from tiering.ui.charts.team import loads_chart, pairs_chart
from tiering.words import LANGUAGES, Words

LOADS = pd.DataFrame({"label": ["Li", "Wang"], "within": [1.0, 0.5], "over": [0.7, 0.0], "note": ["170%", "50%"]})
PAIRS = pd.DataFrame(
    {
        "label": ["S", "A"],
        "first": [3.0, 1.0],
        "second": [5.0, -1.0],
        "first_note": ["3", "1"],
        "second_note": ["5", "−1"],
    }
)
STEPS = pd.DataFrame(
    {
        "label": ["Before", "Leads", "Retention", "After"],
        "start": [0.0, 100.0, 130.0, 0.0],
        "end": [100.0, 130.0, 110.0, 110.0],
        "kind": ["whole", "more", "less", "whole"],
        "note": ["100", "+30", "−20", "110"],
    }
)
EFFECTS = pd.DataFrame(
    {"label": ["S", "A"], "effect": [0.4, 0.1], "low": [0.1, -0.1], "high": [0.6, 0.2], "note": ["+40%", "+10%"]}
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda words: loads_chart(LOADS, words, False), ["170%", "Wang"]),
        (lambda words: pairs_chart(PAIRS, ("one", "two"), words, True), ["one", "two", "−1"]),
        (lambda words: steps_chart(STEPS, words, False), ["Retention", "+30", "−20"]),
        (lambda words: effects_chart(EFFECTS, words, True), ["+40%", "+10%"]),
    ],
)
def test_every_figure_stands_in_the_picture(draw, said, language):
    chart = draw(Words(language)).properties(width=400)
    picture = vl_convert.vegalite_to_svg(chart.to_dict())
    assert [text for text in said if text not in picture] == []


def test_only_a_loss_is_red():
    picture = vl_convert.vegalite_to_svg(steps_chart(STEPS, Words("en"), False).properties(width=400).to_dict())
    assert picture.count("#b3261e") == 1


def test_who_is_over_capacity_is_seen_beyond_the_line():
    chart = loads_chart(LOADS, Words("en"), False).to_dict()
    assert {"within capacity", "over capacity"} == set(chart["layer"][0]["encoding"]["color"]["scale"]["domain"])


def test_the_figure_of_a_loss_stands_beside_its_bar_not_on_it():
    bars = pairs_chart(PAIRS, ("one", "two"), Words("en"), False).data
    assert bars.loc[bars["note"] == "−1", ["money", "beside"]].to_numpy().tolist() == [[-1.0, 0.0]]
