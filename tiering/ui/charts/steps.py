"""From one amount to another, step by step."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS
from tiering.words import Words

ROW_HEIGHT = 34
QUIET_COLOURS = ("#b4bfca", "#56626f")
ROOM = 0.14


def steps_chart(steps: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``start``, ``end``, ``note``, ``kind`` (``whole``, ``more`` or ``less``) → one bar per row."""
    colours = {"whole": QUIET_COLOURS[int(dark)], "more": ACCENT.on(dark), "less": LOSS.on(dark)}
    low, high = steps[["start", "end"]].min().min(), steps[["start", "end"]].max().max()
    moving = steps.loc[steps["kind"] != "whole", ["start", "end"]]
    # Small steps between big amounts are seen only where the axis does not begin at nothing; no bar's length is read
    # off then, the figures stand beside it.
    narrowest = float(moving.min().min()) if len(moving) else low
    span = (high - narrowest) or 1.0
    shown = [max(narrowest - span, min(low, 0.0)) if low >= 0 else low - span * ROOM, high + span * ROOM * 2]
    rows = alt.Y(
        "label:N",
        sort=steps["label"].tolist(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=190, labelFontSize=12, labelOverlap=False),
    )
    across = alt.Scale(domain=shown, zero=False, nice=False, clamp=True)
    base = alt.Chart(steps.assign(right=steps[["start", "end"]].max(axis=1)))
    bars = base.mark_bar(height=18).encode(
        x=alt.X("start:Q", title=None, axis=None, scale=across),
        x2="end:Q",
        y=rows,
        color=alt.Color("kind:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("note:N", title=words("plan.money"))],
    )
    notes = base.mark_text(align="left", dx=6, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x=alt.X("right:Q", scale=across), y=rows, text="note:N"
    )
    return alt.layer(bars, notes).properties(height=ROW_HEIGHT * len(steps) + 20)
