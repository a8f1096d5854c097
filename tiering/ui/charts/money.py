"""Revenue left after losses, from one amount to another, and how long customers go on ordering."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, LOSS
from tiering.words import Words

LOSS_HEIGHT = 40
STEP_HEIGHT = 34
QUIET_COLOURS = ("#b4bfca", "#56626f")
ROOM = 0.14
SHADES = ("#b5c4d3", "#8aa7c4", "#5b89b4", "#c97a0a")
HEIGHT = 210
QUIET = ("#93a4b5", "#5d6c7b")


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
    return alt.layer(bars, said).properties(height=LOSS_HEIGHT * len(losses) + 40)


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
    return alt.layer(bars, notes).properties(height=STEP_HEIGHT * len(steps) + 20)


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
