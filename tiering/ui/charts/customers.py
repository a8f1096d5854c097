"""One customer's score, points and sales, and groups of customers side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS, QUIET, compact_label
from tiering.words import Words

CONTRIBUTION_HEIGHT = 22
CONTRIBUTION_AXIS = 62  # the page fits the axis and its title into the chart's height
POINTS_HEIGHT = 26
POINTS_AXIS = 58
HEIGHT = 190
GROUP_HEIGHT = 44
COUNT_COLOURS = ("#b4bfca", "#56626f")
TRAIT_HEIGHT = 28
REST_COLOURS = ("#93a0ad", "#76828f")


def contributions_chart(parts: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``value`` (shown), ``points``, ``possible`` → a bar within the bar of what is possible, one a row."""
    # the page's theme would drop labels it finds too close together, and shift the first and the last
    named = alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False, ticks=False, domain=False)
    order = alt.Y("label:N", sort=None, title=None, axis=named)
    tooltip = [
        alt.Tooltip("label:N", title=words("customer.indicator")),
        alt.Tooltip("value:N", title=words("customer.value")),
        alt.Tooltip("points:Q", title=words("customer.points"), format=".1f"),
        alt.Tooltip("possible:Q", title=words("customer.possible"), format=".1f"),
    ]
    rows = alt.Chart(parts)
    possible = rows.mark_bar(color=QUIET.on(dark), height=12).encode(
        x=alt.X("possible:Q", title=words("customer.points"), axis=alt.Axis(grid=False, tickCount=4)),
        y=order,
        tooltip=tooltip,
    )
    earned = rows.mark_bar(color=ACCENT.on(dark), height=12).encode(x="points:Q", y=order, tooltip=tooltip)
    figures = rows.mark_text(align="left", dx=4, fontSize=11).encode(
        x="possible:Q", y=order, text=alt.Text("note:N"), color=alt.value("#8b95a1" if dark else "#5b6673")
    )
    return alt.layer(possible, earned, figures).properties(
        height=CONTRIBUTION_HEIGHT * max(len(parts), 2) + CONTRIBUTION_AXIS
    )


def history_chart(monthly: pd.DataFrame, words: Words, dark: bool) -> alt.Chart:
    """``month``, ``sales``, ``returns`` → bars by month, returns below zero in the colour of loss."""
    long = monthly.melt("month", ["sales", "returns"], "kind", "amount")
    long["kind"] = long["kind"].map({"sales": words("customer.sales"), "returns": words("customer.returns")})
    colours = [ACCENT.on(dark), LOSS.on(dark)]
    # months as steps: on an axis of days each name stands before its bar, and one more after the last
    months = alt.Axis(format="%Y-%m", labelOverlap=True, labelAngle=0, grid=False)
    kinds = [words("customer.sales"), words("customer.returns")]
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):O", title=None, axis=months),
            y=alt.Y("amount:Q", title=None, axis=alt.Axis(labelExpr=compact_label(words), tickCount=4)),
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=kinds, range=colours), legend=alt.Legend(orient="top")
            ),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title=words("customer.month"), format="%Y-%m"),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("amount:Q", title=words("customer.revenue"), format=",.2f"),
            ],
        )
        .properties(height=220)
    )


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
    return alt.layer(bars, lines, figures).properties(height=POINTS_HEIGHT * max(len(steps), 2) + POINTS_AXIS)


def trials_chart(found: pd.DataFrame, limit: float, words: Words, dark: bool) -> alt.LayerChart:
    """``k``, ``silhouette``, ``stability`` → two lines over k, and the stability below which nothing is shown."""
    kinds = {"silhouette": words("segments.cluster.silhouette"), "stability": words("segments.cluster.stability")}
    long = found.melt("k", list(kinds), "kind", "figure")
    long["kind"] = long["kind"].map(kinds)
    colours = alt.Scale(domain=list(kinds.values()), range=[INK.on(dark), ACCENT.on(dark)])
    base = alt.Chart(long).encode(
        x=alt.X("k:O", title=words("segments.cluster.k"), axis=alt.Axis(labelAngle=0)),
        y=alt.Y("figure:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5, gridOpacity=0.4)),
        color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("k:O", title=words("segments.cluster.k")),
            alt.Tooltip("figure:Q", title=" ", format=".3f"),
        ],
    )
    lines = base.mark_line(point=True, strokeWidth=2)
    said = base.mark_text(dy=-10, fontSize=11).encode(text=alt.Text("figure:Q", format=".2f"))
    least = (
        alt.Chart(pd.DataFrame({"limit": [limit]}))
        .mark_rule(strokeDash=[4, 4], color=INK.on(dark), opacity=0.6, tooltip=None)
        .encode(y="limit:Q")
    )
    return alt.layer(least, lines, said).properties(height=HEIGHT)


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
    return alt.layer(drawn, figures).properties(height=GROUP_HEIGHT * max(len(groups), 1) + 30)


def traits_chart(found: pd.DataFrame, colour: str, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``top_share``, ``rest_share`` (0..1), ``note`` → a line from the rest's share to the top's."""
    axis = alt.Axis(ticks=False, domain=False, labelLimit=240, labelOverlap=False)
    rows = alt.Y("label:N", sort=found["label"].tolist(), title=None, axis=axis)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("top_share:Q", title=words("segments.profile.top_share"), format=".1%"),
        alt.Tooltip("rest_share:Q", title=words("segments.profile.rest_share"), format=".1%"),
    ]
    base = alt.Chart(found).encode(y=rows, tooltip=tooltip)
    span = base.mark_rule(strokeWidth=3, color=colour, opacity=0.55).encode(
        x=alt.X("rest_share:Q", title=None, axis=alt.Axis(format=".0%", orient="top", tickCount=5, gridOpacity=0.4)),
        x2="top_share:Q",
    )
    rest = base.mark_point(filled=True, size=60, opacity=1, color=REST_COLOURS[int(dark)]).encode(x="rest_share:Q")
    top = base.mark_point(filled=True, size=110, opacity=1, color=colour).encode(x="top_share:Q")
    said = base.mark_text(align="left", dx=10, fontSize=12, color=INK.on(dark)).encode(x="top_share:Q", text="note:N")
    return alt.layer(span, rest, top, said).properties(height=TRAIT_HEIGHT * max(len(found), 1) + 40)
