"""Cross-classification: any two or three sides of the customers, and the ready-made view of an equipment maker."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from tiering.said.tables import knows_revenue
from tiering.ui.base import drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.grid import grid_chart
from tiering.ui.pages.customers.dimensions import class_labels, labelled, side_label, sides_of
from tiering.views.crosstab import SIDES, STANDS_OUT, STRATEGIES, CrossTable, cross_table, market_cells
from tiering.views.dimensions import Dimension, shortened
from tiering.words import Words

NO_THIRD = ""
STRONGEST = 6.0


def section(shown: Shown, words: Words) -> None:
    """Draw the heat map of two sides, or the ready-made table of four."""
    sides = sides_of(shown)
    looks = ["free", *(["market"] if set(SIDES) <= set(sides) else [])]
    if len(looks) > 1 and choices.picked("cross_look", looks, words, bare=True) == "market":
        market_section(shown, sides, words)
        return
    if len(sides) < 2:
        st.info(words("segments.cross.needs"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rows, columns = _two(sides, words)
        kept = _third(sides, {rows.key, columns.key}, words)
        money = ["revenue"] if knows_revenue(shown.tiering) else []
        shade = choices.picked("cross_shade", ["residual", *money, "customers"], words)
    rows = replace(rows, codes=np.where(kept, rows.codes, -1))
    table = cross_table(
        rows.codes, columns.codes, shown.tiering.base.revenue, (len(rows.classes), len(columns.classes))
    )
    if not table.counts.sum():
        st.info(words("segments.cross.nobody"))
        return
    _drawn(shown, (rows, columns), table, shade, words)


def _two(sides: dict[str, Dimension], words: Words) -> tuple[Dimension, Dimension]:
    keys = list(sides)
    default = "tier" if "tier" in keys else keys[0]
    first = choices.selected("cross_rows", keys, words, lambda key: side_label(key, words), default)
    others = [key for key in keys if key != first]
    wished = next((key for key in ("industry", "region", "lifecycle", "value") if key in others), others[0])
    second = choices.selected("cross_columns", others, words, lambda key: side_label(key, words), wished)
    return shortened(sides[first]), shortened(sides[second])


def _third(sides: dict[str, Dimension], taken: set[str], words: Words) -> np.ndarray:
    """Whether a customer is in the class of the third side that was picked; everybody without one."""
    keys = [NO_THIRD, *(key for key in sides if key not in taken)]
    everybody = np.ones(next(iter(sides.values())).codes.size, dtype=bool)

    def shown_as(key: str) -> str:
        return side_label(key, words) if key else words("segments.cross.no_third")

    third = choices.selected("cross_third", keys, words, shown_as)
    if not third:
        return everybody
    labels = class_labels(sides[third], words)
    picked = choices.selected(f"cross_only_{third}", list(range(len(labels))), words, lambda code: labels[code])
    return np.asarray(sides[third].codes == picked)


def _drawn(shown: Shown, pair: tuple[Dimension, Dimension], table: CrossTable, shade: str, words: Words) -> None:
    rows, columns = pair
    cells = _cells(shown, pair, table, shade, words)
    st.markdown(_sentence(pair, table, words))
    st.caption(words(f"segments.cross.hint_{shade}"))
    grid = grid_chart(cells, words, frame.is_dark(), diverging=shade == "residual")
    clicked = drill_down.clicked_cell("cross-classification", grid, words)
    if clicked is not None and clicked[0] < len(rows.classes) and clicked[1] < len(columns.classes):
        _show_cell(shown, pair, clicked, words)
    if table.thin:
        st.caption(words("segments.cross.thin", share=words.percent(table.thin)))
    every = {
        "row": side_label(rows.key, words),
        "column": side_label(columns.key, words),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        "revenue_share": words("segments.revenue_share"),
        "residual": words("segments.cross.residual"),
    }
    drill_down.download("cross-classification", cells, drill_down.available_columns(shown, every), words)


def _show_cell(shown: Shown, pair: tuple[Dimension, Dimension], clicked: tuple[int, int], words: Words) -> None:
    inside = (pair[0].codes == clicked[0]) & (pair[1].codes == clicked[1])
    if inside.any():
        labels = [class_labels(side, words)[place] for side, place in zip(pair, clicked, strict=True)]
        ids = shown.tiering.base.customers["customer_id"].to_numpy()[inside]
        drill_down.show_customers(drill_down.Listing(" × ".join(labels), ids.tolist()))


def _cells(
    shown: Shown, pair: tuple[Dimension, Dimension], table: CrossTable, shade: str, words: Words
) -> pd.DataFrame:
    row, column = (place.ravel() for place in np.indices(table.counts.shape))
    labels = [class_labels(side, words) for side in pair]
    positive = np.maximum(table.revenue, 0.0)
    shades = {
        "residual": table.residuals / STRONGEST,
        "revenue": positive / max(positive.max(), 1e-9),
        "customers": table.counts / max(table.counts.max(), 1),
    }
    cells = pd.DataFrame(
        {
            "row_place": row,
            "column_place": column,
            "customers": table.counts.ravel(),
            "revenue": table.revenue.ravel(),
            "revenue_share": positive.ravel() / max(positive.sum(), 1e-9),
            "residual": table.residuals.ravel().round(2),
            "shade": shades[shade].ravel(),
        }
    )
    named = cells.assign(
        row=[labels[0][place] for place in row],
        column=[labels[1][place] for place in column],
        note=[words("segments.cross.count", n=int(n)) if n else "" for n in cells["customers"]],
        under="",
    )
    if not knows_revenue(shown.tiering):
        return named.drop(columns=list(drill_down.MONEY))
    return named.assign(
        under=[
            words.money(money, shown.dataset.currency) if n else ""
            for n, money in zip(cells["customers"], cells["revenue"], strict=True)
        ]
    )


def _sentence(pair: tuple[Dimension, Dimension], table: CrossTable, words: Words) -> str:
    if not np.isfinite(table.cramer):
        return words("segments.cross.no_relation")
    if not table.tells:
        untold = "too_few" if table.too_few else "by_chance"
        facts = {"customers": int(table.counts.sum()), "p": words.number(table.p, 2)}
        return words(f"segments.cross.{untold}", **facts)
    strength = "weak" if table.cramer < 0.1 else "some" if table.cramer < 0.3 else "strong"
    relation = words(f"segments.cross.{strength}", cramer=words.number(table.cramer, 2))
    most = np.unravel_index(int(np.argmax(table.residuals)), table.residuals.shape)
    if table.residuals[most] < STANDS_OUT:
        return relation
    labels = [class_labels(side, words)[place] for side, place in zip(pair, most, strict=True)]
    return relation + frame.plain(
        words(
            "segments.cross.most",
            cell=" × ".join(labels),
            n=int(table.counts[most]),
            expected=words.number(float(table.expected[most]), 1),
        )
    )


def market_section(shown: Shown, sides: dict[str, Dimension], words: Words) -> None:
    """Draw the table of cells."""
    cells = market_cells(sides, shown.tiering.base.revenue)
    if cells.empty:
        st.info(words("segments.cross.nobody"))
        return
    st.markdown(words("segments.market.sentence", n=len(cells), customers=int(cells["customers"].sum())))
    said = cells.assign(
        **{f"{key}_label": labelled(cells[key], sides[key], words) for key in SIDES},
        advice=[words(f"segments.market.{STRATEGIES[code]}") for code in cells["strategy"]],
    )
    labels = {
        **{f"{key}_label": side_label(key, words) for key in SIDES},
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        "advice": words("segments.advice"),
    }

    def listing(row: int) -> drill_down.Listing:
        inside = [sides[key].codes == cells[key].iloc[row] for key in SIDES]
        ids = shown.tiering.base.customers["customer_id"].to_numpy()[inside[0] & inside[1] & inside[2] & inside[3]]
        return drill_down.Listing(" × ".join(said[f"{key}_label"].iloc[row] for key in SIDES), ids.tolist())

    labels = drill_down.available_columns(shown, labels)
    drill_down.table("market", said, labels, listing)
    st.caption(words("segments.click"))
    drill_down.download("market-cells", said, labels, words)
