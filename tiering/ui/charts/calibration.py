"""Said against came: how many ordered of those who were told such a probability."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, QUIET
from tiering.words import Words


def calibration_chart(bins: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``said``, ``came`` (0..1), ``customers`` → points beside the diagonal on which they should lie."""
    whole = alt.Scale(domain=[0, 1])
    percent = alt.Axis(format="%", tickCount=5, grid=True, gridColor=QUIET.on(dark))
    said = alt.X("said:Q", title=words("movement.repurchase.said"), scale=whole, axis=percent)
    came = alt.Y("came:Q", title=words("movement.repurchase.came"), scale=whole, axis=percent)
    diagonal = (
        alt.Chart(pd.DataFrame({"said": [0.0, 1.0], "came": [0.0, 1.0]}))
        .mark_line(strokeDash=[4, 4], color=INK.on(dark), strokeWidth=1, tooltip=None)
        .encode(x=said, y=came)
    )
    points = (
        alt.Chart(bins)
        .mark_circle(color=ACCENT.on(dark), opacity=0.9)
        .encode(
            x=said,
            y=came,
            size=alt.Size("customers:Q", legend=None, scale=alt.Scale(range=[40, 500])),
            tooltip=[
                alt.Tooltip("said:Q", title=words("movement.repurchase.said"), format=".1%"),
                alt.Tooltip("came:Q", title=words("movement.repurchase.came"), format=".1%"),
                alt.Tooltip("customers:Q", title=words("segments.customers"), format=",.0f"),
            ],
        )
    )
    return alt.layer(diagonal, points).properties(height=260)
