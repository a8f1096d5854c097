"""The chart of reasons for a tier."""

from __future__ import annotations

import pandas as pd

from tiering.ui.charts.customers import contributions_chart
from tiering.words import Words


def shown(rows: int) -> dict:
    parts = pd.DataFrame(
        {
            "label": [f"indicator {k}" for k in range(rows)],
            "value": "1",
            "points": 1.0,
            "possible": 2.0,
            "note": "1.0 · 1",
        }
    )
    return contributions_chart(parts, Words("en"), dark=False).to_dict()


def test_every_bar_on_the_customer_card_keeps_its_name():
    for layer in shown(9)["layer"]:
        axis = layer["encoding"]["y"]["axis"]
        assert axis["labelOverlap"] is False
        assert axis["labelFlush"] is False


def test_three_bars_do_not_lie_on_one_another():
    above_the_axis = 50
    assert shown(3)["height"] - above_the_axis >= 3 * 20
