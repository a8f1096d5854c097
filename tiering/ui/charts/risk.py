"""Revenue at risk by tier, and whether repurchase probabilities came true."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS, QUIET, SCARCE
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
