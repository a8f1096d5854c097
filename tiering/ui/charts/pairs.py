"""Two amounts of money per row, one above the other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

ROW_HEIGHT = 46
QUIET_COLOURS = ("#b4bfca", "#56626f")
ROOM_FOR_NOTE = 1.3


def pairs_chart(rows: pd.DataFrame, kinds: tuple[str, str], words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``first``, ``second``, ``first_note``, ``second_note`` → two bars per row, named by ``kinds``."""
    order = list(kinds)
    bars = pd.concat(
        [
            rows.assign(kind=kind, money=rows[name], note=rows[f"{name}_note"])[["label", "kind", "money", "note"]]
            for name, kind in zip(("first", "second"), kinds, strict=True)
        ]
    )
    bars = bars.assign(beside=bars["money"].clip(lower=0.0))
    low, high = min(float(bars["money"].min()), 0.0), max(float(bars["money"].max()), 1.0)
    base = alt.Chart(bars).encode(
        y=alt.Y(
            "label:N",
            sort=rows["label"].tolist(),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFontSize=12, labelOverlap=False),
        ),
        yOffset=alt.YOffset("kind:N", sort=order),
        x=alt.X("money:Q", title=None, axis=None, scale=alt.Scale(domain=[low, high * ROOM_FOR_NOTE])),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("money:Q", title=words("plan.money"), format=",.0f"),
        ],
    )
    drawn = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color(
            "kind:N",
            title=None,
            sort=order,
            scale=alt.Scale(domain=order, range=[QUIET_COLOURS[int(dark)], ACCENT.on(dark)]),
            legend=alt.Legend(orient="top"),
        )
    )
    notes = base.mark_text(align="left", dx=4, fontSize=11, color=INK.on(dark)).encode(
        x=alt.X("beside:Q", title=None, axis=None), text="note:N"
    )
    return alt.layer(drawn, notes).properties(height=ROW_HEIGHT * max(len(rows), 1) + 30)
