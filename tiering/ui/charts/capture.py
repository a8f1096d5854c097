"""How much of the revenue that came after was held by the first customers of an order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

HEIGHT = 320
PLAIN_COLOURS = ("#8a96a3", "#8b98a6")


def capture_chart(curves: pd.DataFrame, marks: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """Two cumulative curves, the scheme's with a dot at each line between tiers.

    ``curves``: ``kind`` (label), ``customer_share``, ``revenue_share`` (0..1); ``marks``: ``customer_share``,
    ``revenue_share``, ``note``.
    """
    kinds = list(dict.fromkeys(curves["kind"]))
    colours = alt.Scale(domain=kinds, range=[ACCENT.on(dark), PLAIN_COLOURS[int(dark)]])
    percent = {"format": ".0%", "tickCount": 5, "gridOpacity": 0.4}
    x = alt.X("customer_share:Q", title=words("movement.backtest.axis_customers"), axis=alt.Axis(**percent))
    y = alt.Y("revenue_share:Q", title=words("movement.backtest.axis_revenue"), axis=alt.Axis(**percent))
    lines = (
        alt.Chart(curves)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", title=None, sort=kinds, scale=colours, legend=alt.Legend(orient="top")),
            strokeDash=alt.StrokeDash(
                "kind:N", legend=None, sort=kinds, scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 4]])
            ),
            tooltip=[
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("customer_share:Q", title=words("movement.backtest.axis_customers"), format=".0%"),
                alt.Tooltip("revenue_share:Q", title=words("movement.backtest.axis_revenue"), format=".1%"),
            ],
        )
    )
    at = alt.Chart(marks).encode(x=x, y=y)
    dots = at.mark_point(filled=True, size=80, opacity=1, color=ACCENT.on(dark), tooltip=None)
    said = at.mark_text(align="left", dx=9, dy=12, fontSize=12, color=INK.on(dark), tooltip=None).encode(text="note:N")
    return alt.layer(lines, dots, said).properties(height=HEIGHT)
