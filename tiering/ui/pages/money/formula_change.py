"""Why sales changed from the period before to this one, factor by factor and tier by tier."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.strategy.formula.factors import FACTORS, decomposed, sales
from tiering.ui.base import drill_down, frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.steps import steps_chart
from tiering.ui.pages.money.formula_data import FormulaData
from tiering.ui.pages.money.simulator import steps
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words

PARTS = (*FACTORS, "rest")


def section(shown: Shown, found: FormulaData, words: Words) -> None:
    """Draw the steps from one period to the other, and the table by tier."""
    assert found.before is not None, "a change needs two periods"
    parts = decomposed(found.before, found.now)
    before, now = float(sales(found.before).sum()), float(sales(found.now).sum())
    st.markdown(_sentence(shown, (before, now), parts.sum(), words))
    left, right = st.columns([4, 8], gap="medium")
    with left:
        drawn = steps((before, now), parts[list(PARTS)].sum(), shown, words, ("period_before", "period_now"))
        draw(steps_chart(drawn, words, frame.is_dark()), words)
    with right:
        _table(found, parts, words)
    st.caption(words("formula.method"))


def _sentence(shown: Shown, ends: tuple[float, float], parts: pd.Series, words: Words) -> str:
    factors = parts[list(FACTORS)]
    biggest = str(factors.abs().idxmax())
    facts = {
        "before": shown_money(shown, ends[0], words),
        "now": shown_money(shown, ends[1], words),
        "money": shown_money(shown, float(factors[biggest]), words),
    }
    return words(
        "formula.change_sentence",
        factor=words(f"formula.factor.{biggest}"),
        **{name: frame.plain(text) for name, text in facts.items()},
    )


def _table(found: FormulaData, parts: pd.DataFrame, words: Words) -> None:
    assert found.before is not None
    rows = parts.assign(before=sales(found.before), now=sales(found.now), change=sales(found.now) - sales(found.before))
    rows = pd.concat([rows, rows.sum().to_frame().T], ignore_index=True)
    rows.insert(0, "name", [*found.names, words("formula.total")])
    shown_parts = [name for name in PARTS if rows[name].abs().max() >= 0.005]
    labels = {
        "name": words("resources.tier"),
        "before": words("formula.period_before"),
        "now": words("formula.period_now"),
        "change": words("formula.table.change"),
        **{name: words(f"formula.factor.{name}") for name in shown_parts},
    }
    drill_down.table("formula-change", rows.round(dict.fromkeys([*PARTS, "before", "now", "change"], 0)), labels, None)
    drill_down.download("sales-change", rows, labels, words)
