"""Charts of the analysis page: what is drawn, in which order, and that no technical name is read on hovering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tiering.ui.base.theme import LOSS
from tiering.ui.charts.customers import groups_chart, traits_chart, trials_chart
from tiering.ui.charts.grid import CELL, grid_chart
from tiering.ui.charts.money import losses_chart
from tiering.ui.charts.pareto import pareto_chart, whale_chart
from tiering.words import LANGUAGES, Words

CURVE = pd.DataFrame(
    {
        "item_share": [0.0, 0.5, 1.0],
        "revenue_share": [0.0, 0.8, 1.0],
        "name": ["", "a", "b"],
        "revenue": [0.0, 8.0, 2.0],
    }
)
BANDS = pd.DataFrame(
    {
        "band": ["A", "B"],
        "start": [0.0, 0.5],
        "end": [0.5, 1.0],
        "top": [0.8, 1.0],
        "strength": [0.2, 0.1],
        "note": ["x", ""],
    }
)
WHALE = pd.DataFrame({"item_share": [0.5, 1.0], "running": [9.0, 7.0], "name": ["a", "b"], "margin": [9.0, -2.0]})
GROUPS = pd.DataFrame(
    {
        "label": ["z", "a"],
        "customers": [3, 1],
        "customer_share": [0.75, 0.25],
        "revenue": [9.0, 1.0],
        "revenue_share": [0.9, 0.1],
    }
)
CELLS = pd.DataFrame(
    {"row": ["R5", "R1"], "column": ["F1", "F1"], "row_place": [0, 1], "column_place": [0, 0], "shade": [1.0, -0.2],
     "note": ["n", "m"], "under": ["", ""], "customers": [3, 1], "revenue": [9.0, 1.0]}
)  # fmt: skip
LOSSES = pd.DataFrame({"label": ["one"], "left": [60.0], "lost": [40.0], "lost_note": ["−40"]})
TRIALS = pd.DataFrame({"k": [3, 4], "silhouette": [0.4, 0.5], "stability": [0.9, 0.7]})
TRAITS = pd.DataFrame({"label": ["z", "a"], "top_share": [0.5, 0.4], "rest_share": [0.1, 0.2], "note": ["5×", "2×"]})

CHARTS: dict[str, Callable[[Words, bool], alt.LayerChart]] = {
    "pareto": lambda words, dark: pareto_chart(CURVE, BANDS, words, dark),
    "whale": lambda words, dark: whale_chart(WHALE, words, dark),
    "groups": lambda words, dark: groups_chart(GROUPS, words, dark),
    "grid": lambda words, dark: grid_chart(CELLS, words, dark, diverging=True),
    "losses": lambda words, dark: losses_chart(LOSSES, words, dark),
    "trials": lambda words, dark: trials_chart(TRIALS, 0.6, words, dark),
    "traits": lambda words, dark: traits_chart(TRAITS, "#123456", words, dark),
}
RED = {LOSS.light, LOSS.dark}


def layers(chart: alt.LayerChart) -> list[dict[str, Any]]:
    return chart.to_dict()["layer"]


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from strings(part)
    elif isinstance(node, str):
        yield node


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_hovering_shows_words_or_nothing(name, language, dark) -> None:
    for layer in layers(CHARTS[name](Words(language), dark)):
        hints = layer["encoding"].get("tooltip")
        if hints is None:
            assert layer["mark"].get("tooltip", "") is None, layer["mark"]
        else:
            assert all("title" in hint for hint in hints)


@pytest.mark.parametrize("name", CHARTS)
def test_only_what_is_lost_is_red(name) -> None:
    for dark in (False, True):
        drawn = set(strings(CHARTS[name](Words("en"), dark).to_dict())) & RED
        assert bool(drawn) == (name in ("whale", "losses"))


@pytest.mark.parametrize(("name", "side"), [("groups", "y"), ("traits", "y")])
def test_rows_stand_in_the_order_given(name, side) -> None:
    assert layers(CHARTS[name](Words("en"), False))[0]["encoding"][side]["sort"] == ["z", "a"]


def test_a_click_on_a_grid_tells_row_and_column() -> None:
    spec = CHARTS["grid"](Words("en"), False).to_dict()
    assert spec["params"][0]["name"] == CELL
    assert spec["params"][0]["select"]["fields"] == ["row_place", "column_place"]


def test_money_is_in_wan_in_chinese_and_in_thousands_in_english() -> None:
    axes = {language: str(CHARTS["whale"](Words(language), False).to_dict()) for language in LANGUAGES}
    assert "万" in axes["zh"]
    assert "万" not in axes["en"]
