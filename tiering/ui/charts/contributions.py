"""Chart of what each indicator contributes to one customer's score."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, QUIET
from tiering.words import Words

ROW_HEIGHT = 22
AXIS_HEIGHT = 62  # the page fits the axis and its title into the chart's height


def contributions_chart(parts: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``value`` (shown), ``points``, ``possible`` → a bar within the bar of what is possible, one a row."""
    # the page's theme would drop labels it finds too close together, and shift the first and the last
    named = alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False, ticks=False, domain=False)
    order = alt.Y("label:N", sort=None, title=None, axis=named)
    tooltip = [
        alt.Tooltip("label:N", title=words("customer.indicator")),
        alt.Tooltip("value:N", title=words("customer.value")),
        alt.Tooltip("points:Q", title=words("customer.points"), format=".1f"),
        alt.Tooltip("possible:Q", title=words("customer.possible"), format=".1f"),
    ]
    rows = alt.Chart(parts)
    possible = rows.mark_bar(color=QUIET.on(dark), height=12).encode(
        x=alt.X("possible:Q", title=words("customer.points"), axis=alt.Axis(grid=False, tickCount=4)),
        y=order,
        tooltip=tooltip,
    )
    earned = rows.mark_bar(color=ACCENT.on(dark), height=12).encode(x="points:Q", y=order, tooltip=tooltip)
    figures = rows.mark_text(align="left", dx=4, fontSize=11).encode(
        x="possible:Q", y=order, text=alt.Text("note:N"), color=alt.value("#8b95a1" if dark else "#5b6673")
    )
    return alt.layer(possible, earned, figures).properties(height=ROW_HEIGHT * max(len(parts), 2) + AXIS_HEIGHT)
