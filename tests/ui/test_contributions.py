"""The chart of reasons for a tier."""

from __future__ import annotations

import pandas as pd

from tiering.ui.charts.contributions import contributions_chart
from tiering.words import Words


def test_every_bar_on_the_customer_card_keeps_its_name():
    parts = pd.DataFrame(
        {"label": [f"indicator {k}" for k in range(9)], "value": "1", "points": 1.0, "possible": 2.0, "note": "1.0 · 1"}
    )
    for layer in contributions_chart(parts, Words("en"), dark=False).to_dict()["layer"]:
        axis = layer["encoding"]["y"]["axis"]
        assert axis["labelOverlap"] is False
        assert axis["labelFlush"] is False
