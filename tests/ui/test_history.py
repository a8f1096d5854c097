"""The chart of one customer's sales by month."""

from __future__ import annotations

import pandas as pd

from tiering.ui.charts.customers import history_chart
from tiering.words import Words


def test_each_month_names_its_own_bar_and_no_month_follows_the_last():
    monthly = pd.DataFrame({"month": pd.date_range("2025-01-01", periods=6, freq="MS"), "sales": 300.0, "returns": 0.0})
    months = history_chart(monthly, Words("en"), dark=False).to_dict()["encoding"]["x"]
    assert (months["timeUnit"], months["type"]) == ("yearmonth", "ordinal")
