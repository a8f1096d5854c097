"""The sales formula: what sales are made of, what each factor is worth, and why they changed."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import frame
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.pages.money import formula_change, formula_data, retained_revenue, simulator
from tiering.words import Words

USUAL_CONVERSION = 20


def section(shown: Shown, words: Words) -> None:
    """Draw the simulator or the change between two periods."""
    if not (shown.tiering.base.revenue != 0).any():
        st.info(words("formula.nothing"))
        return
    told, compared = formula_data.lengths(shown)
    has_kept = bool(told) and shown.tiering.scenario.window_months in told
    parts = ["simulate", *(["change"] if compared else []), *(["kept"] if has_kept else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        part = choices.picked("formula_part", parts, words) if len(parts) > 1 else parts[0]
        months = None if part == "kept" else _months(compared if part == "change" else told, words)
        conversion = 1.0
        if months is not None:
            conversion = choices.number("conversion", words, (1, 100), USUAL_CONVERSION, unit="%%") / 100
    if part == "kept":
        retained_revenue.section(shown, words)
        return
    found = formula_data.formula_data(shown, months, conversion, words)
    if part == "change" and found.before is not None:
        formula_change.section(shown, found, words)
    else:
        simulator.section(shown, found, words)
    st.caption(_notes(shown, months, bool(compared), words))


def _months(offered: tuple[int, ...], words: Words) -> int | None:
    if len(offered) < 2:
        return offered[0] if offered else None
    return int(choices.picked("period", [str(months) for months in offered], words))


def _notes(shown: Shown, months: int | None, is_compared: bool, words: Words) -> str:
    if months is None:
        key = "no_orders" if shown.dataset.orders is None else "too_short"
        return words(f"formula.{key}")
    notes = [words("formula.how", n=months), words("formula.tiers_start")]
    if not is_compared:
        notes.append(words("formula.no_comparison"))
    if months < 12:
        notes.append(words("formula.seasonal"))
    return frame.plain(" ".join(notes))
