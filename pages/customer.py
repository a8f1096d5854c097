"""Customers: the table of all, and one customer's card with the reasons for its tier."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import cached, frame, state
from tiering.ui.pages.customers import card, list


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.customer"))
    shown = cached.shown()
    wanted = list.filters(shown.tiering, words)
    rows = list.matching_rows(shown.tiering, wanted)
    list.counted(rows, words)
    if not rows.size:
        st.info(words("customer.none"))
        return
    picked = list.table(shown, rows, words)
    if picked is not None:
        state.choose(customer_id=picked)
    row = card.row_of(shown.tiering, state.choices().customer_id)
    if row is None:
        st.info(words("customer.pick"))
        return
    card.card(shown, row, words)


if __name__ == "__main__":
    import app

    app.main()
