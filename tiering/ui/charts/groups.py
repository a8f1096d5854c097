"""Groups of customers: their share of customers beside their share of revenue."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

ROW_HEIGHT = 44
COUNT_COLOURS = ("#b4bfca", "#56626f")


def groups_chart(groups: pd.DataFrame, words: Words, dark: bool, told: bool = True) -> alt.LayerChart:
    """``label``, ``customer_share``, ``revenue_share`` (0..1), ``customers``, ``revenue`` → two bars per group.

    Where no revenue is ``told``, the share of customers alone.
    """
    kinds = {"customer_share": words("segments.customer_share"), "revenue_share": words("segments.revenue_share")}
    kinds = kinds if told else {"customer_share": kinds["customer_share"]}
    bars = groups.melt(["label", "customers", "revenue"], list(kinds), "kind", "share")
    bars["kind"] = bars["kind"].map(kinds)
    order = list(kinds.values())
    base = alt.Chart(bars).encode(
        y=alt.Y(
            "label:N",
            sort=groups["label"].tolist(),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFontSize=12, labelOverlap=False),
        ),
        yOffset=alt.YOffset("kind:N", sort=order),
        x=alt.X("share:Q", title=None, axis=None),
        tooltip=[
            alt.Tooltip("label:N", title=words("segments.group")),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("share:Q", title=words("segments.share"), format=".1%"),
            alt.Tooltip("customers:Q", title=words("segments.customers"), format=",.0f"),
            *([alt.Tooltip("revenue:Q", title=words("segments.revenue"), format=",.0f")] if told else []),
        ],
    )
    colours = [COUNT_COLOURS[int(dark)], ACCENT.on(dark)][: len(kinds)]
    drawn = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color(
            "kind:N",
            title=None,
            sort=order,
            scale=alt.Scale(domain=order, range=colours),
            legend=alt.Legend(orient="top"),
        )
    )
    figures = base.mark_text(align="left", dx=4, fontSize=11, color=INK.on(dark)).encode(
        text=alt.Text("share:Q", format=".1%")
    )
    return alt.layer(drawn, figures).properties(height=ROW_HEIGHT * max(len(groups), 1) + 30)
