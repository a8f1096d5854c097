"""One customer's score from review to review, with the tier by score and the tier in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from tiering.said.colours import Colour
from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

HEIGHT = 220


def held_chart(
    reviewed: pd.DataFrame, lines: Sequence[float], tiers: Mapping[str, Colour], words: Words, dark: bool
) -> alt.LayerChart:
    """``date`` (label), ``score`` 0..100, ``drawn``, ``held`` (tier names) → the way of the score over today's lines.

    ``tiers``: colour of each tier by its name, best first. Above each point stands the tier by score, with the tier in
    use behind an arrow where that is another one.
    """
    order = reviewed["date"].tolist()
    across = alt.X("date:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False))
    scale = alt.Scale(zero=False, padding=24)
    up = alt.Y("score:Q", title=words("movement.causes.axis"), scale=scale, axis=alt.Axis(tickCount=4, grid=False))
    base = alt.Chart(reviewed).encode(x=across, y=up)
    colours = alt.Scale(domain=list(tiers), range=[colour.on(dark) for colour in tiers.values()])
    another = f"datum.drawn + ' → {words('movement.review.used')} ' + datum.held"
    drawn = base.transform_calculate(said=f"datum.drawn === datum.held ? datum.held : {another}")
    marks = alt.Chart(pd.DataFrame({"line": list(lines), "tier": list(tiers)[: len(lines)]}))
    rule = marks.mark_rule(strokeDash=[4, 4], color=INK.on(dark), opacity=0.5, tooltip=None).encode(y="line:Q")
    named = marks.mark_text(align="left", dx=4, dy=-7, fontSize=11, color=INK.on(dark), tooltip=None).encode(
        x=alt.value(0), y="line:Q", text="tier:N"
    )
    way = base.mark_line(color=ACCENT.on(dark), opacity=0.5, tooltip=None)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("held:N", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("date:N", title=words("movement.review.review")),
            alt.Tooltip("score:Q", title=words("movement.causes.axis"), format=".1f"),
            alt.Tooltip("drawn:N", title=words("movement.review.tier_drawn")),
            alt.Tooltip("held:N", title=words("movement.review.tier_held")),
        ],
    )
    said = drawn.mark_text(dy=-14, fontSize=12, color=INK.on(dark), tooltip=None).encode(text="said:N")
    return alt.layer(rule, named, way, dots, said).properties(height=HEIGHT)
