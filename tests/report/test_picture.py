"""A chart as a picture."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from tiering.report.picture import SCALE, WIDTH, chart_png

SALES = pd.DataFrame({"tier": ["S", "A"], "revenue": [3, 1]})
BARS = alt.Chart(SALES).mark_bar().encode(x="revenue:Q", y="tier:N")


def test_a_picture_is_a_png_wide_enough_for_a_slide() -> None:
    picture = chart_png(BARS.to_dict(), dark=False, fonts="Arial")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") >= WIDTH * SCALE


def test_a_chart_that_would_fetch_its_data_is_not_drawn() -> None:
    fetching = {**BARS.to_dict(), "data": {"url": "http://127.0.0.1:9/sales.csv"}}
    with pytest.raises(ValueError, match=r"not allowed|denied|http"):
        chart_png(fetching, dark=True, fonts="Arial")
