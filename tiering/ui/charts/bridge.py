"""From the files' total to the revenue counted: a waterfall that begins at zero."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS

HEIGHT = 210
QUIET = ("#93a4b5", "#5d6c7b")


def bridge_chart(steps: pd.DataFrame, dark: bool) -> alt.LayerChart:
    """``label``, ``start``, ``end``, ``money``, ``lines``, ``kind`` → a bar a step.

    ``kind`` is ``total``, ``less``, ``more`` or ``counted``.
    """
    colours = {
        "total": QUIET[int(dark)],
        "less": LOSS.on(dark),
        "more": ACCENT.on(dark),
        "counted": ACCENT.on(dark),
    }
    across = alt.X(
        "label:N",
        sort=steps["label"].tolist(),
        title=None,
        axis=alt.Axis(labelAngle=0, labelLimit=150, ticks=False, domain=False, labelFontSize=12),
    )
    base = alt.Chart(steps.assign(top=steps[["start", "end"]].max(axis=1)))
    tooltip = [alt.Tooltip(f"{name}:N", title=" ") for name in ("label", "money", "lines")]
    bars = base.mark_bar(size=64).encode(
        x=across,
        y=alt.Y("start:Q", axis=None, scale=alt.Scale(zero=True)),
        y2="end:Q",
        color=alt.Color("kind:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        tooltip=tooltip,
    )
    figures = base.mark_text(dy=-8, fontSize=13, fontWeight="bold", color=INK.on(dark), tooltip=None).encode(
        x=across, y="top:Q", text="money:N"
    )
    return alt.layer(bars, figures).properties(height=HEIGHT)
