"""The simulator: six sliders, and what sales would be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.formula import (
    FACTORS,
    SHARES,
    changed,
    combined_factors,
    decomposed,
    new_sales,
    repeat_sales,
    sales,
)
from tiering.ui.base import drill_down, frame
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.money import steps_chart
from tiering.ui.pages.money.formula_data import FormulaData, factor, plain_factor
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words

ALL = ""
STEP = 0.1
VISIBLE = 0.001  # of the biggest step; smaller ones are in the table


def section(shown: Shown, found: FormulaData, words: Words) -> None:
    """Draw the formula, the sliders and the result."""
    st.markdown(_formula(shown, found, words))
    left, right = st.columns([4, 7], gap="large")
    with left:
        scope, changes = _sliders(shown, found, words)
    rows = np.array([scope in (ALL, name) for name in found.names])
    after = changed(found.now, changes, rows)
    with right:
        _result(shown, found, after, words)
    _table(shown, found, after, words)


def _formula(shown: Shown, found: FormulaData, words: Words) -> str:
    whole = combined_factors(found.now)
    parts = {name: plain_factor(name, float(whole[name]), shown, words) for name in FACTORS}
    money = frame.plain(shown_money(shown, float(sales(found.now).sum()), words))
    text = "formula.sentence" if whole["leads"] else "formula.sentence_existing"
    rest = float(whole["rest"])
    said = words(text, sales=money, **(parts if whole["leads"] else {name: parts[name] for name in FACTORS[3:]}))
    if abs(rest) < 0.005:
        return said
    return words("formula.rest", said=said, money=frame.plain(shown_money(shown, rest, words)))


def _sliders(shown: Shown, found: FormulaData, words: Words) -> tuple[str, dict[str, float]]:
    scope = choices.selected("scope", [ALL, *found.names], words, lambda name: name or words("formula.all_tiers"))
    changes = {}
    one, other = st.columns(2)
    known = _known(found)
    for name in known:
        with one if name in FACTORS[:3] or known == FACTORS[3:] else other:
            changes[name] = choices.number(f"change_{name}", words, (-50, 100), 0, unit="%%") / 100
    st.button(words("formula.reset"), on_click=_reset)
    return scope, changes


def _known(found: FormulaData) -> tuple[str, ...]:
    """Factors the data tell: those of new customers only where some are new."""
    return tuple(FACTORS) if found.now["leads"].any() else tuple(FACTORS[3:])


def _reset() -> None:
    for name in FACTORS:
        choices.set_kept(f"change_{name}", 0)


def _result(shown: Shown, found: FormulaData, after: pd.DataFrame, words: Words) -> None:
    before, now = float(sales(found.now).sum()), float(sales(after).sum())
    if now == before:
        _worth(shown, found, words)
        return
    share = words.percent(now / before - 1, 1) if before > 0 else "–"
    st.metric(
        words("formula.result"),
        shown_money(shown, now, words),
        f"{shown_money(shown, now - before, words)} ({share})".replace("−", "-"),
        delta_color="off",
    )
    parts = decomposed(found.now, after)[list(FACTORS)].sum()
    draw(steps_chart(steps((before, now), parts, shown, words), words, frame.is_dark()), words)


def _worth(shown: Shown, found: FormulaData, words: Words) -> None:
    """What ten percent more of each factor would bring, before anything is moved."""
    everywhere = np.ones(len(found.names), dtype=bool)
    start = sales(found.now).sum()
    rows = pd.DataFrame(
        {
            "label": [words(f"formula.factor.{name}") for name in FACTORS],
            "gain": [float(sales(changed(found.now, {name: STEP}, everywhere)).sum() - start) for name in FACTORS],
        }
    )
    rows = rows[rows["gain"] != 0].sort_values("gain", ascending=False, kind="stable", ignore_index=True)
    st.markdown(words("formula.worth"))
    bars = rows.assign(
        start=0.0, end=rows["gain"], kind="more", note=[shown_money(shown, gain, words) for gain in rows["gain"]]
    )
    draw(steps_chart(bars, words, frame.is_dark()), words)
    full = [name for name in SHARES if (found.now[name] * (1 + STEP) > 1).any()]
    for name in full:
        tiers = words.listed([found.names[place] for place in np.flatnonzero(found.now[name] * (1 + STEP) > 1)])
        st.caption(frame.plain(words("formula.full", factor=words(f"formula.factor.{name}"), tiers=tiers)))


def steps(
    ends: tuple[float, float],
    parts: pd.Series,
    shown: Shown,
    words: Words,
    names: tuple[str, str] = ("start", "finish"),
) -> pd.DataFrame:
    """Rows of the chart from one amount over the ``parts`` that are not 0 to the other amount."""
    moved = parts[parts.abs() > VISIBLE * parts.abs().max()]
    starts = ends[0] + np.concatenate([[0.0], np.cumsum(moved.to_numpy())[:-1]]) if len(moved) else np.zeros(0)
    between = pd.DataFrame(
        {
            "label": [words(f"formula.factor.{name}") for name in moved.index],
            "start": starts,
            "end": starts + moved.to_numpy(),
            "kind": ["more" if part > 0 else "less" for part in moved],
            "note": [("+" if part > 0 else "") + shown_money(shown, float(part), words) for part in moved],
        }
    )
    whole = [
        {
            "label": words(f"formula.{name}"),
            "start": 0.0,
            "end": end,
            "kind": "whole",
            "note": shown_money(shown, end, words),
        }
        for name, end in zip(names, ends, strict=True)
    ]
    return pd.concat([pd.DataFrame(whole[:1]), between, pd.DataFrame(whole[1:])], ignore_index=True)


def _table(shown: Shown, found: FormulaData, after: pd.DataFrame, words: Words) -> None:
    whole = combined_factors(found.now).to_frame().T
    both = pd.concat([found.now, whole], ignore_index=True)
    rows = pd.DataFrame(
        {
            "name": [*found.names, words("formula.total")],
            **{name: [factor(name, float(value), shown, words) for value in both[name]] for name in FACTORS},
            "new_sales": [*new_sales(found.now), new_sales(found.now).sum()],
            "repeat_sales": [*repeat_sales(found.now), repeat_sales(found.now).sum()],
            "rest": [*found.now["rest"], found.now["rest"].sum()],
            "sales": [*sales(found.now), sales(found.now).sum()],
            "after": [*sales(after), sales(after).sum()],
        }
    )
    labels = {
        "name": words("resources.tier"),
        **{name: words(f"formula.factor.{name}") for name in _known(found)},
        **{name: words(f"formula.table.{name}") for name in ("new_sales", "repeat_sales") if found.now["leads"].any()},
        **({"rest": words("formula.table.rest")} if rows["rest"].abs().max() >= 0.005 else {}),
        "sales": words("formula.table.sales"),
        **({"after": words("formula.table.after")} if not np.array_equal(rows["sales"], rows["after"]) else {}),
    }
    rows = rows[list(labels)]
    drill_down.table(
        "formula",
        rows.round({name: 0 for name in ("new_sales", "repeat_sales", "rest", "sales", "after") if name in labels}),
        labels,
        None,
    )
    drill_down.download("sales-formula", rows, labels, words)
