"""How well each number of clusters fits and how often it is found again."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

HEIGHT = 190


def trials_chart(found: pd.DataFrame, limit: float, words: Words, dark: bool) -> alt.LayerChart:
    """``k``, ``silhouette``, ``stability`` → two lines over k, and the stability below which nothing is shown."""
    kinds = {"silhouette": words("segments.cluster.silhouette"), "stability": words("segments.cluster.stability")}
    long = found.melt("k", list(kinds), "kind", "figure")
    long["kind"] = long["kind"].map(kinds)
    colours = alt.Scale(domain=list(kinds.values()), range=[INK.on(dark), ACCENT.on(dark)])
    base = alt.Chart(long).encode(
        x=alt.X("k:O", title=words("segments.cluster.k"), axis=alt.Axis(labelAngle=0)),
        y=alt.Y("figure:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5, gridOpacity=0.4)),
        color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("k:O", title=words("segments.cluster.k")),
            alt.Tooltip("figure:Q", title=" ", format=".3f"),
        ],
    )
    lines = base.mark_line(point=True, strokeWidth=2)
    said = base.mark_text(dy=-10, fontSize=11).encode(text=alt.Text("figure:Q", format=".2f"))
    least = (
        alt.Chart(pd.DataFrame({"limit": [limit]}))
        .mark_rule(strokeDash=[4, 4], color=INK.on(dark), opacity=0.6, tooltip=None)
        .encode(y="limit:Q")
    )
    return alt.layer(least, lines, said).properties(height=HEIGHT)
