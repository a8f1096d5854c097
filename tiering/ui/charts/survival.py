"""How long customers go on ordering: the share still ordering by months since the first order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

SHADES = ("#b5c4d3", "#8aa7c4", "#5b89b4", "#c97a0a")


def survival_chart(curve: pd.DataFrame, cohorts: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``months``, ``survival``, ``low``, ``high`` of all; the same with ``cohort`` → steps, all with its interval."""
    months = alt.X("months:Q", title=words("movement.kept.months"), axis=alt.Axis(grid=False, tickMinStep=1))
    share = alt.Y("survival:Q", title=None, axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    band = alt.Chart(curve).mark_area(opacity=0.18, interpolate="step-after", color=ACCENT.on(dark), tooltip=None)
    everybody = alt.Chart(curve).mark_line(interpolate="step-after", color=ACCENT.on(dark), strokeWidth=2.5)
    layers: list[alt.Chart] = [
        band.encode(x=months, y=alt.Y("low:Q", title=None), y2="high:Q"),
        everybody.encode(
            x=months,
            y=share,
            tooltip=[
                alt.Tooltip("months:Q", title=words("movement.kept.months"), format=".0f"),
                alt.Tooltip("survival:Q", title=words("movement.kept.still"), format=".1%"),
                alt.Tooltip("at_risk:Q", title=words("segments.customers"), format=",.0f"),
            ],
        ),
    ]
    if len(cohorts):
        names = list(dict.fromkeys(cohorts["cohort"]))
        colours = alt.Scale(domain=names, range=list(SHADES[-len(names) :]))
        ends = cohorts.groupby("cohort", sort=False).tail(1)
        lines = alt.Chart(cohorts).mark_line(interpolate="step-after", strokeWidth=1.5)
        coloured = alt.Color("cohort:N", title=words("movement.kept.cohort"), scale=colours)
        layers.append(lines.encode(x=months, y=share, color=coloured))
        named = alt.Chart(ends).mark_text(align="left", dx=4, fontSize=11, color=INK.on(dark), tooltip=None)
        layers.append(named.encode(x=months, y=share, text="cohort:N"))
    return alt.layer(*layers).properties(height=300)
