"""Chart of the points one customer was given and taken, rule by rule, against the points that make a step."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT
from tiering.words import Words

ROW_HEIGHT = 26
AXIS_HEIGHT = 58


def waterfall_chart(steps: pd.DataFrame, step_at: int, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``start``, ``end``, ``note``, ``total`` → a bar from start to end for each row, in their order."""
    ink = "#8b95a1" if dark else "#5b6673"
    named = alt.Axis(labelLimit=260, labelOverlap=False, labelFlush=False, ticks=False, domain=False)
    order = alt.Y("label:N", sort=None, title=None, axis=named)
    span = max(step_at, int(steps[["start", "end"]].abs().to_numpy().max())) * 1.25
    below = bool(steps[["start", "end"]].to_numpy().min() < 0)
    across = alt.Scale(domain=[-span if below else 0, span])
    rows = alt.Chart(steps)
    bars = rows.mark_bar(height=13, color=ACCENT.on(dark)).encode(
        x=alt.X("start:Q", title=words("decided.axis"), scale=across, axis=alt.Axis(grid=False, tickCount=5)),
        x2="end:Q",
        y=order,
        opacity=alt.condition("datum.total", alt.value(1.0), alt.value(0.5)),
        tooltip=[
            alt.Tooltip("label:N", title=words("rules.effect.rule")),
            alt.Tooltip("note:N", title=words("decided.axis")),
        ],
    )
    figures = rows.transform_calculate(right="max(datum.start, datum.end)")
    figures = figures.mark_text(align="left", dx=5, fontSize=12, color=ink).encode(
        x=alt.X("right:Q"), y=order, text="note:N"
    )
    edges = alt.Chart(pd.DataFrame({"at": [step_at, *([-step_at] if below else [])]}))
    lines = edges.mark_rule(strokeDash=[4, 3], color=ink).encode(x="at:Q")
    return alt.layer(bars, lines, figures).properties(height=ROW_HEIGHT * max(len(steps), 2) + AXIS_HEIGHT)
