"""Tables with one row per customer: a click turns to the customer's card, the file takes them all."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.ui.base import drill_down, frame, state
from tiering.words import Words

MOST_ROWS = 500


def customer_rows(name: str, listed: pd.DataFrame, labels: dict[str, str], words: Words) -> None:
    """Draw the first 500 of ``listed`` (column ``customer_id`` and those of ``labels``), and the download of all."""
    shown = listed.head(MOST_ROWS)
    event: Any = st.dataframe(
        frame.safe_table(drill_down.in_percent(shown)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config={column: drill_down.figure_column(shown, column, label) for column, label in labels.items()},
        height="content" if len(shown) <= drill_down.FEW_ROWS else drill_down.MOST_HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"movement-{name}",
    )
    if event.selection.rows and event.selection.rows[0] < len(shown):
        state.choose(customer_id=str(shown["customer_id"].iloc[event.selection.rows[0]]), goto="customer")
        st.rerun()
    hint = "movement.rows.cut" if len(listed) > MOST_ROWS else "movement.rows.click"
    st.caption(words(hint, n=MOST_ROWS, all=len(listed)))
    drill_down.download(name, listed, {"customer_id": words("field.customer_id.label")} | labels, words)
