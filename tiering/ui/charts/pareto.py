"""Charts of how few items make most of the revenue, and of what they earn."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS, compact_label
from tiering.words import Words

HEIGHT = 340


def pareto_chart(curve: pd.DataFrame, bands: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """Cumulative shares as a curve over the bands A, B and C.

    ``curve``: ``item_share``, ``revenue_share`` (0..1), ``name``, ``revenue``; ``bands``: ``band``, ``start``, ``end``
    (item shares), ``top`` (revenue share at the end), ``strength`` of its ground, ``note`` at its end (may be empty).
    """
    ground = (
        alt.Chart(bands)
        .mark_rect(color=ACCENT.on(dark))
        .encode(
            x=alt.X("start:Q", title=words("segments.pareto.axis_items"), axis=_percent(), scale=_WHOLE),
            x2="end:Q",
            opacity=alt.Opacity("strength:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("band:N", title=words("segments.band")),
                alt.Tooltip("end:Q", title=words("segments.pareto.so_far"), format=".1%"),
                alt.Tooltip("top:Q", title=words("segments.pareto.axis_revenue"), format=".1%"),
            ],
        )
    )
    letters = (
        alt.Chart(bands)
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .transform_filter("datum.end - datum.start > 0.02")
        .mark_text(fontSize=15, fontWeight="bold", color=INK.on(dark), tooltip=None)
        .encode(x="middle:Q", y=alt.datum(0.04), text="band:N")
    )
    line = (
        alt.Chart(curve)
        .mark_line(color=ACCENT.on(dark), strokeWidth=2.5, tooltip=None)
        .encode(
            x="item_share:Q",
            y=alt.Y("revenue_share:Q", title=words("segments.pareto.axis_revenue"), axis=_percent(), scale=_WHOLE),
        )
    )
    touched = line.mark_point(opacity=0, size=120).encode(tooltip=_item_tooltip(words, "revenue"))
    return alt.layer(ground, letters, line, touched, *_ends(bands, dark)).properties(height=HEIGHT)


def _ends(bands: pd.DataFrame, dark: bool) -> list[alt.Chart]:
    """A dot and its sentence where A and B end."""
    ends = alt.Chart(bands).transform_filter("datum.note != ''").encode(x="end:Q", y="top:Q")
    said = ends.mark_text(align="left", dx=9, dy=13, fontSize=13, color=INK.on(dark), tooltip=None).encode(
        text="note:N"
    )
    return [ends.mark_point(filled=True, size=70, opacity=1, color=ACCENT.on(dark), tooltip=None), said]


def whale_chart(curve: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """Cumulative margin, biggest margin first: what lies above the end of the curve is lost again by the last ones.

    ``curve``: ``item_share`` (0..1), ``running`` (money), ``name``, ``margin``.
    """
    end = float(curve["running"].iloc[-1]) if len(curve) else 0.0
    axis = alt.Axis(labelExpr=compact_label(words), tickCount=5, gridOpacity=0.4)
    base = alt.Chart(curve).encode(
        x=alt.X("item_share:Q", title=words("segments.pareto.axis_margin_items"), axis=_percent(), scale=_WHOLE),
        y=alt.Y("running:Q", title=words("segments.pareto.axis_margin"), axis=axis),
    )
    line = base.mark_line(color=ACCENT.on(dark), strokeWidth=2.5, tooltip=None)
    level = alt.Chart(pd.DataFrame({"end": [end]})).mark_rule(
        strokeDash=[4, 4], color=INK.on(dark), opacity=0.6, tooltip=None
    )
    falling = base.transform_filter("datum.margin < 0").mark_line(color=LOSS.on(dark), strokeWidth=3, tooltip=None)
    touched = base.mark_point(opacity=0, size=120).encode(tooltip=_item_tooltip(words, "margin"))
    return alt.layer(level.encode(y="end:Q"), line, falling, touched).properties(height=HEIGHT)


_WHOLE = alt.Scale(domain=[0, 1])


def _percent() -> alt.Axis:
    return alt.Axis(format=".0%", tickCount=5, gridOpacity=0.4)


def _item_tooltip(words: Words, money: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=words("segments.name")),
        alt.Tooltip(f"{money}:Q", title=words(f"segments.{money}"), format=",.0f"),
        alt.Tooltip("item_share:Q", title=words("segments.pareto.so_far"), format=".1%"),
    ]
