"""The sales formula: what sales are made of, what each factor is worth, why they changed, and what is kept by tier."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import tier_customers
from tiering.metrics.windows import months_before
from tiering.movement.retention import retention_of_tiers
from tiering.strategy.formula import FACTORS, decomposed, sales
from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.money import steps_chart
from tiering.ui.pages.money import formula_data, simulator
from tiering.ui.pages.money.formula_data import FormulaData
from tiering.ui.pages.money.simulator import steps
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words

USUAL_CONVERSION = 20
PARTS = (*FACTORS, "rest")


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
        retained_section(shown, words)
        return
    found = formula_data.formula_data(shown, months, conversion, words)
    if part == "change" and found.before is not None:
        change_section(shown, found, words)
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


def change_section(shown: Shown, found: FormulaData, words: Words) -> None:
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


def retained_section(shown: Shown, words: Words) -> None:
    """Draw net and gross retention, by the tiers at the start of the window."""
    rows = _rows(shown, words)
    whole = rows.iloc[-1]
    st.markdown(
        words(
            "formula.kept.sentence",
            net=words.percent(float(whole["net_rate"]), 1),
            gross=words.percent(float(whole["gross_rate"]), 1),
            kept=words.percent(float(whole["kept_rate"]), 1),
        )
    )
    labels = {
        "name": words("formula.kept.tier"),
        "customers": words("segments.customers"),
        "revenue": words("formula.kept.start"),
        **{f"{name}_rate": words(f"formula.kept.{name}") for name in ("net", "gross", "kept")},
    }
    drill_down.table("kept", rows, labels, None)
    drill_down.download("kept-revenue", rows, labels, words)
    st.caption(words("formula.kept.hint", n=shown.tiering.scenario.window_months))


def _rows(shown: Shown, words: Words) -> pd.DataFrame:
    as_of, scenario = shown.tiering.base.as_of, shown.tiering.scenario
    assert as_of is not None, "ask only where there are orders"
    start = scenario.model_copy(update={"as_of": months_before(as_of, scenario.window_months)})
    then = tier_customers(cached.base_of(shown.dataset, start), start)
    customers = shown.tiering.base.customers
    now = pd.DataFrame({"revenue": shown.tiering.base.revenue, "orders": customers["annual_orders"].to_numpy()})
    after = now.set_index(customers["customer_id"]).reindex(then.base.customers["customer_id"]).fillna(0.0)
    gone = after["orders"].to_numpy() <= 0
    revenue = (then.base.revenue, after["revenue"].to_numpy(dtype=np.float64))
    found = retention_of_tiers(then.tiers, revenue, gone, len(scenario.tiers))
    return pd.DataFrame(
        {
            "name": [*scenario.tiers, words("formula.total")],
            "customers": [tier.kept.whole for tier in found],
            "revenue": [tier.start for tier in found],
            "net_rate": [tier.net for tier in found],
            "gross_rate": [tier.gross for tier in found],
            "kept_rate": [tier.kept.value for tier in found],
        }
    )
