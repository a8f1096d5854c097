"""Chart of one customer's sales by month."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, LOSS
from tiering.ui.charts.axes import compact_label
from tiering.words import Words


def history_chart(monthly: pd.DataFrame, words: Words, dark: bool) -> alt.Chart:
    """``month``, ``sales``, ``returns`` → bars by month, returns below zero in the colour of loss."""
    long = monthly.melt("month", ["sales", "returns"], "kind", "amount")
    long["kind"] = long["kind"].map({"sales": words("customer.sales"), "returns": words("customer.returns")})
    colours = [ACCENT.on(dark), LOSS.on(dark)]
    # months as steps: on an axis of days each name stands before its bar, and one more after the last
    months = alt.Axis(format="%Y-%m", labelOverlap=True, labelAngle=0, grid=False)
    kinds = [words("customer.sales"), words("customer.returns")]
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):O", title=None, axis=months),
            y=alt.Y("amount:Q", title=None, axis=alt.Axis(labelExpr=compact_label(words), tickCount=4)),
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=kinds, range=colours), legend=alt.Legend(orient="top")
            ),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title=words("customer.month"), format="%Y-%m"),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("amount:Q", title=words("customer.revenue"), format=",.2f"),
            ],
        )
        .properties(height=220)
    )
