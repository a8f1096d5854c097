"""Revenue left after losing some customers."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS
from tiering.words import Words

ROW_HEIGHT = 40


def losses_chart(losses: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``left``, ``lost`` (money), ``left_note``, ``lost_note`` → one bar each, what is lost in red."""
    order = losses["label"].tolist()
    long = losses.melt(["label", "lost_note"], ["left", "lost"], "kind", "money")
    long["kind"] = long["kind"].map({"left": words("segments.loss.left"), "lost": words("segments.loss.lost")})
    kinds = [words("segments.loss.left"), words("segments.loss.lost")]
    rows = alt.Y(
        "label:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False)
    )
    bars = (
        alt.Chart(long)
        .transform_calculate(place=f"datum.kind === '{kinds[0]}' ? 0 : 1")
        .mark_bar(height=18)
        .encode(
            x=alt.X("money:Q", title=None, axis=None, stack="zero"),
            y=rows,
            order="place:Q",
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=kinds, range=[ACCENT.on(dark), LOSS.on(dark)]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("money:Q", title=words("customer.revenue"), format=",.0f"),
            ],
        )
    )
    whole = alt.Chart(losses).transform_calculate(whole="datum.left + datum.lost")
    said = whole.mark_text(align="left", dx=6, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x="whole:Q", y=rows, text="lost_note:N"
    )
    return alt.layer(bars, said).properties(height=ROW_HEIGHT * len(losses) + 40)
