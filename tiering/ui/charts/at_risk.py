"""Revenue at risk by tier: how much of each tier's revenue lies with customers who are late."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import INK, LOSS, SCARCE
from tiering.words import Words

ROW_HEIGHT = 40


def at_risk_chart(tiers: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``red``, ``amber`` (shares of the tier's revenue), ``note`` → one bar per tier, red first."""
    kinds = {"red": words("movement.warning.red"), "amber": words("movement.warning.amber")}
    long = tiers.melt(["label", "note"], list(kinds), "kind", "share")
    long["place"] = long["kind"].map({"red": 0, "amber": 1})
    long["kind"] = long["kind"].map(kinds)
    rows = alt.Y(
        "label:N",
        sort=tiers["label"].tolist(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFontSize=12, labelOverlap=False),
    )
    widest = max(float((tiers["red"] + tiers["amber"]).max()), 0.01)
    across = alt.X("share:Q", title=None, axis=None, stack="zero", scale=alt.Scale(domain=[0, widest * 1.7]))
    colours = alt.Scale(domain=list(kinds.values()), range=[LOSS.on(dark), SCARCE.on(dark)])
    bars = (
        alt.Chart(long)
        .mark_bar(height=18)
        .encode(
            x=across,
            y=rows,
            order="place:Q",
            color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            tooltip=[
                alt.Tooltip("label:N", title=words("customer.tier")),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("share:Q", title=words("movement.warning.of_tier"), format=".1%"),
            ],
        )
    )
    whole = alt.Chart(tiers).transform_calculate(whole="datum.red + datum.amber")
    said = whole.mark_text(align="left", dx=6, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x=alt.X("whole:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest * 1.7])), y=rows, text="note:N"
    )
    return alt.layer(bars, said).properties(height=ROW_HEIGHT * len(tiers) + 40)
