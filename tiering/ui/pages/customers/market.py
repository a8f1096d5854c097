"""The ready-made view of a maker of equipment: size × industry × frequency × value, a line of strategy per cell."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import drill_down
from tiering.ui.base.cached import Shown
from tiering.ui.pages.customers.sides import labelled, side_label
from tiering.views.crosstab import SIDES, STRATEGIES, market_cells
from tiering.views.dimensions import Dimension
from tiering.words import Words


def section(shown: Shown, sides: dict[str, Dimension], words: Words) -> None:
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

    labels = drill_down.told(shown, labels)
    drill_down.table("market", said, labels, listing)
    st.caption(words("segments.click"))
    drill_down.download("market-cells", said, labels, words)
